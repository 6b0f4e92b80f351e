"""Milestones made and changed from what a person types, with everything that was left out derived from the title."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from evtimeline.core.milestones import Milestone, Names, Promise, Timeline, Titles
from evtimeline.documents.marked import nearest
from evtimeline.documents.nodes import unprintable
from evtimeline.documents.typed import titles_of, to_key, to_kind
from evtimeline.errors import UnknownKeyError, UsageError

if TYPE_CHECKING:
    from evtimeline.core.deriving import Derived

T = TypeVar("T")


@dataclass(frozen=True)
class Typed:
    """What was typed of a milestone; None or () where nothing was. Names, exclusions and parties are further ones."""

    title: str | None = None
    key: str | None = None
    kind: str | None = None
    subject: str | None = None
    names: tuple[str, ...] = ()
    exclusions: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    note: str | None = None


def derived(titles: Titles) -> "Derived":
    """What a title says by itself: key, kind, names and parties."""
    from evtimeline import lexicons  # the words of two languages: not for those who leave nothing out
    from evtimeline.core.deriving import derive

    return derive(titles, lexicons.load())


def draft(timeline: Timeline, typed: Typed, promise: Promise) -> Milestone:
    """A milestone to add to `timeline`; raises UsageError or UnknownKeyError where something typed cannot be."""
    titles = titles_of(clean(typed.title or "", "the title"))
    said = derived(titles)
    key = checked(to_key, typed.key) if typed.key else said.key
    if any(milestone.key == key for milestone in timeline.milestones):
        raise UsageError(
            f"{key} is followed already: change it with `evtimeline milestone edit {key}`, or give a --key"
        )
    kind = checked(to_kind, typed.kind) if typed.kind else said.kind
    return amend(timeline, Milestone(key, titles, kind, promise=promise), replace(typed, title=None, kind=None))


def amend(timeline: Timeline, milestone: Milestone, typed: Typed) -> Milestone:
    """The milestone with what was typed; raises UsageError or UnknownKeyError."""
    title = {**milestone.titles, **titles_of(clean(typed.title, "the title"))} if typed.title else milestone.titles
    added = tuple(party for party in _cleaned(typed.parties) if party not in milestone.parties)
    return replace(
        milestone,
        titles=title,
        kind=checked(to_kind, typed.kind) if typed.kind else milestone.kind,
        subject=_subject(timeline, milestone, typed),
        parties=(*milestone.parties, *added),
        note=clean(typed.note, "the note") if typed.note else milestone.note,
    )


def checked(convert: Callable[[str], T], text: str) -> T:
    """What `convert` makes of a text that was typed; its ValueError becomes a UsageError."""
    try:
        return convert(text.strip())
    except ValueError as error:
        raise UsageError(str(error)) from None


def clean(text: str, what: str) -> str:
    """A typed text without the space around it; raises UsageError where it is empty or holds control characters."""
    stripped = text.strip()
    if not stripped:
        raise UsageError(f"{what} is empty; write what is expected, for example 小米YU7上市")
    if "\n" in stripped or "\t" in stripped or unprintable(stripped):
        raise UsageError(f"{what} holds line breaks or control characters; write it on one line")
    return stripped


def free_key(key: str, taken: Sequence[str] | set[str]) -> str:
    """`key`, or `key-2`, `key-3`... where it is taken."""
    number, free = 1, key
    while free in taken:
        number += 1
        free = f"{key}-{number}"
    return free


def _cleaned(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(clean(text, "a name") for text in texts)


def _subject(timeline: Timeline, milestone: Milestone, typed: Typed) -> str | Names | None:
    if typed.subject:
        known = [entity.key for entity in timeline.entities]
        if typed.subject not in known:
            hint = nearest(typed.subject, known) or "; give names with --name instead"
            raise UnknownKeyError(f"{timeline.key} has no entity {typed.subject!r}{hint}")
        return typed.subject
    if not (typed.names or typed.exclusions):
        return milestone.subject
    if isinstance(milestone.subject, str):
        raise UsageError(
            f"{milestone.key} goes by the names of the entity {milestone.subject}: change them in the timeline's file, "
            f"`evtimeline export {timeline.key} -o {timeline.key}.yaml` and `evtimeline apply {timeline.key}.yaml`"
        )
    before = milestone.subject or (Names(()) if typed.names else derived(milestone.titles).names)
    return Names(
        tuple(dict.fromkeys((*before.names, *_cleaned(typed.names)))),
        tuple(dict.fromkeys((*before.exclusions, *_cleaned(typed.exclusions)))),
    )
