"""Plans: how one timeline differs from another, field by field, before anything is changed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from evtimeline.core.milestones import Confirm, Entity, Milestone, Names, Promise, Target, Timeline, Titles

T = TypeVar("T", Entity, Milestone)

PROMISE_FIELDS = frozenset({"window", "stated", "source", "publisher", "tier", "link", "stance", "quote"})
"""The fields that make up the first promise; where one changes, the ledger gets a claim more."""


class Action(StrEnum):
    """What a plan does to a thing."""

    ADD = "add"
    CHANGE = "change"
    RETIRE = "retire"  # a milestone that is taken out keeps its ledger


class Part(StrEnum):
    """What a timeline consists of."""

    TIMELINE = "timeline"
    ENTITY = "entity"
    MILESTONE = "milestone"


@dataclass(frozen=True)
class FieldChange:
    """A field that becomes another text; None where it is not there."""

    field: str
    old: str | None
    new: str | None


@dataclass(frozen=True)
class Difference:
    """What happens to one thing; `titles` are the milestone's or timeline's, or the entity's first name."""

    action: Action
    part: Part
    key: str
    titles: Titles
    changes: tuple[FieldChange, ...] = ()

    @property
    def promises(self) -> bool:
        """Whether a milestone's first promise is stated anew, so that the ledger gets a claim more."""
        return self.part is Part.MILESTONE and any(change.field in PROMISE_FIELDS for change in self.changes)


def diff(old: Timeline | None, new: Timeline) -> tuple[Difference, ...]:
    """What must happen to `old` so that it equals `new`, in the order of `new`; nothing when they are equal."""
    head = _difference(Part.TIMELINE, new.key, new.titles, _head(old) if old else None, _head(new))
    return (
        *head,
        *_parts(Part.ENTITY, old.entities if old else (), new.entities, _entity, lambda e: {"": e.names.names[0]}),
        *_parts(Part.MILESTONE, old.milestones if old else (), new.milestones, _milestone, lambda m: m.titles),
        *_order(old, new),
    )


def to_be_reread(timeline: Timeline, differences: Sequence[Difference]) -> tuple[str, ...]:
    """The keys of the milestones that texts may name differently now: new or changed ones, all when an entity did."""
    told = [one for one in differences if one.action is not Action.RETIRE]
    if any(one.part is Part.ENTITY for one in told):
        return tuple(milestone.key for milestone in timeline.milestones)
    return tuple(one.key for one in told if one.part is Part.MILESTONE)


def _parts(
    part: Part,
    old: Sequence[T],
    new: Sequence[T],
    fields: Callable[[T], Mapping[str, str]],
    titles: Callable[[T], Titles],
) -> Iterable[Difference]:
    before = {item.key: item for item in old}
    for item in new:
        known = before.pop(item.key, None)
        yield from _difference(part, item.key, titles(item), fields(known) if known else None, fields(item))
    for item in before.values():
        yield Difference(Action.RETIRE, part, item.key, titles(item))


def _difference(
    part: Part, key: str, titles: Titles, old: Mapping[str, str] | None, new: Mapping[str, str]
) -> tuple[Difference, ...]:
    before = old or {}
    names = dict.fromkeys((*new, *before))
    changes = tuple(
        FieldChange(name, before.get(name), new.get(name)) for name in names if before.get(name) != new.get(name)
    )
    if not changes:
        return ()
    return (Difference(Action.ADD if old is None else Action.CHANGE, part, key, titles, changes),)


def _order(old: Timeline | None, new: Timeline) -> tuple[Difference, ...]:
    """Things that are in both and only change places."""
    if old is None:
        return ()
    changes = []
    for name, before, after in (
        ("order of entities", [e.key for e in old.entities], [e.key for e in new.entities]),
        ("order of milestones", [m.key for m in old.milestones], [m.key for m in new.milestones]),
    ):
        both = set(before) & set(after)
        was, becomes = [k for k in before if k in both], [k for k in after if k in both]
        if was != becomes:
            changes.append(FieldChange(name, ", ".join(was), ", ".join(becomes)))
    return (Difference(Action.CHANGE, Part.TIMELINE, new.key, new.titles, tuple(changes)),) if changes else ()


def _head(timeline: Timeline) -> Mapping[str, str]:
    return {**_title_fields(timeline.titles), "zone": timeline.zone}


def _entity(entity: Entity) -> Mapping[str, str]:
    return _name_fields(entity.names)


def _milestone(milestone: Milestone) -> Mapping[str, str]:
    subject, target = milestone.subject, milestone.target
    fields = {
        **_title_fields(milestone.titles),
        "kind": str(milestone.kind),
        **(_name_fields(subject) if isinstance(subject, Names) else {"subject": subject}),
        "parties": _listed(milestone.parties) or None,
        **_promise(milestone.promise),
        "target": _quantity(target) if target else None,
        "confirm": _confirmation(milestone.confirm) if milestone.confirm != Confirm() else None,
        "note": milestone.note,
    }
    return {name: text for name, text in fields.items() if text is not None}


def _promise(promise: Promise) -> Mapping[str, str | None]:
    source = promise.source
    return {
        "window": promise.window.edtf if promise.window else None,
        "stated": promise.stated.isoformat() if promise.stated else None,
        "source": source.title if source else None,
        "publisher": source.publisher if source else None,
        "tier": source.tier.value if source else None,
        "link": source.link if source else None,
        "stance": promise.stance.value,
        "quote": promise.quote,
    }


def _title_fields(titles: Titles) -> Mapping[str, str]:
    return {f"title ({language})": title for language, title in titles.items()}


def _name_fields(names: Names) -> Mapping[str, str]:
    fields = {"names": _listed(names.names)}
    return {**fields, "not": _listed(names.exclusions)} if names.exclusions else fields


def _listed(texts: Iterable[str]) -> str:
    """The texts on one line; quotes keep apart what holds a comma itself."""
    return ", ".join(f'"{text}"' if "," in text else text for text in texts)


def _confirmation(confirm: Confirm) -> str:
    return f"{confirm.primary} primary or {confirm.secondary} secondary"


def _quantity(target: Target) -> str:
    return f"{target.comparator} {target.value.normalize():f} {target.unit}"
