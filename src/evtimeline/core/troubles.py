"""What goes wrong behind the scenes and must not stay silent, as values and as a notice to whoever operates this."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from evtimeline.core.cells import truncate
from evtimeline.core.letters import LONGEST_QUOTE, LONGEST_SUBJECT, Item, Letter, Section, Sort, Tone, plain
from evtimeline.core.message_words import count, day_text, joined, say
from evtimeline.core.subscriptions import Subscription

PATIENCE = 3
"""Failures in a row from which a feed is called broken: one is a hiccup."""

FULL = 50
"""Claims waiting for review from which the queue is called full."""

MOST = 30
"""Problems that one notice lists."""


class Sore(StrEnum):
    """What kind of trouble it is."""

    BROKEN = "broken"  # a feed that fails
    SILENT = "silent"  # a feed that answers, but brings nothing new for far longer than its habit
    DEAD = "dead"  # a message that was given up
    QUEUE = "queue"  # too many claims wait for review
    UNBUILT = "unbuilt"  # a message that could not be made


@dataclass(frozen=True)
class Trouble:
    """One thing that is wrong; `key` stays the same for as long as it is one and the same trouble.

    `why` is the sentence that was kept with it, `since` when it was last right (None: never).
    """

    sore: Sore
    key: str
    title: str
    why: str = ""
    since: datetime | None = None


def warnings(troubles: Iterable[Trouble], language: str) -> tuple[str, ...]:
    """What stands on top of a digest: that it may miss news, or that something could not be delivered."""
    kinds = [one.sore for one in troubles]
    blind = [count(sore.value, kinds.count(sore), language) for sore in (Sore.BROKEN, Sore.SILENT) if kinds.count(sore)]
    missed = kinds.count(Sore.DEAD)
    parts = (
        say("may miss", language, troubles=joined(tuple(blind), "comma", language)) if blind else "",
        count("dead", missed, language) + ("。" if language == "zh" else ".") if missed else "",
    )
    return tuple(part for part in parts if part)


def trouble_item(trouble: Trouble, zone: str, language: str) -> Item:
    """A trouble with the sentence that says why."""
    when = ""
    if trouble.sore in (Sore.BROKEN, Sore.SILENT):
        day = day_text(trouble.since.astimezone(ZoneInfo(zone)).date(), language) if trouble.since else ""
        known = "last success" if trouble.sore is Sore.BROKEN else "nothing new since"
        when = say(known, language, day=day) if day else say("never answered", language)
    return Item(
        title=plain(trouble.title),
        badge=say(f"trouble {trouble.sore}", language),
        tone=Tone.NEWS if trouble.sore is Sore.SILENT else Tone.BAD,
        when=when,
        notes=tuple(filter(None, (plain(trouble.why, LONGEST_QUOTE),))),
        facts=(("kind", trouble.sore.value), ("key", trouble.key)),
    )


def notice(new: Sequence[Trouble], lasting: int, subscription: Subscription) -> Letter:
    """Tell the operator what is newly wrong; `lasting` troubles told before are still there."""
    language, shown = subscription.language, new[:MOST]
    items = tuple(trouble_item(one, subscription.zone, language) for one in shown)
    more = count("more", len(new) - len(shown), language) if len(new) > len(shown) else ""
    still = say("still open", language, troubles=count("troubles", lasting, language)) if lasting else ""
    first = items[0]
    told = f"evtimeline: {truncate(first.title, 60)} {first.badge}"
    rest = count("more", len(new) - 1, language) if len(new) > 1 else ""
    return Letter(
        sort=Sort.OPERATOR,
        language=language,
        subject=truncate(joined((told, rest), "semicolon", language), LONGEST_SUBJECT),
        heading=say("operator", language),
        preview=count("troubles", len(new), language),
        lead=(still,) if still else (),
        sections=(Section("troubles", "", items, more),),
        reason="operator",
    )
