"""What a message says, as values that are fully worded and sorted: templates only lay them out."""

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from evtimeline.core.cells import safe, truncate
from evtimeline.core.subscriptions import Subscription


class Sort(StrEnum):
    """What kind of message it is; each has its templates."""

    DIGEST = "digest"
    ALERT = "alert"
    REMINDER = "reminder"
    OPERATOR = "operator"


class Tone(StrEnum):
    """How an item is set off: by colour, and never by colour alone."""

    BAD = "bad"  # later, cancelled, overdue, broken
    GOOD = "good"  # done, earlier
    NEWS = "news"
    PLAIN = "plain"


@dataclass(frozen=True)
class Stripe:
    """A stretch of a bar in whole percent of its width; `filled` where the window is."""

    percent: int
    filled: bool


@dataclass(frozen=True)
class Bar:
    """Two windows on one scale, one above the other; the stripes of each fill 100 percent."""

    old_label: str
    new_label: str
    old: tuple[Stripe, ...]
    new: tuple[Stripe, ...]


@dataclass(frozen=True)
class Item:
    """One thing that is told. Its texts are worded and clean, of one line each; what is empty is left out.

    `facts` are the same for programs: names with EDTF windows, day numbers and codes.
    """

    title: str
    badge: str = ""
    tone: Tone = Tone.PLAIN
    when: str = ""
    bar: Bar | None = None
    quote: str = ""
    source: str = ""
    link: str | None = None
    also: str = ""
    notes: tuple[str, ...] = ()
    facts: tuple[tuple[str, str | int | None], ...] = ()


@dataclass(frozen=True)
class Section:
    """Items under a heading, which may be empty; `more` says how many were left out."""

    name: str
    heading: str
    items: tuple[Item, ...]
    more: str = ""


@dataclass(frozen=True)
class Letter:
    """A whole message. `preview` is what a mailbox shows beside the subject; `warnings` stand on top of everything."""

    sort: Sort
    language: str
    subject: str
    heading: str
    preview: str = ""
    lead: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    closing: tuple[str, ...] = ()
    reason: str = ""


LONGEST_TITLE = 120  # cells
LONGEST_QUOTE = 360
LONGEST_SUBJECT = 120


def plain(text: str | None, longest: int = LONGEST_TITLE) -> str:
    """Make foreign text harmless and bounded: one line, no control or direction marks, `longest` cells."""
    return truncate(" ".join(safe((text or "")[: longest * 4]).split()), longest)


def web_link(url: str | None) -> str | None:
    """The address if it may stand in a message: http or https, a host, nothing that is no part of an address."""
    if not url or len(url) > 2000 or not url.isprintable() or any(c in url for c in " <>\"'`\\"):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def shown_address(subscription: Subscription) -> str:
    """Where a subscription is told, for people to read: of a URL that opens a door, no more than the host."""
    address, channel = subscription.address, subscription.channel
    if channel in ("smtp", "file") or "://" not in address:
        return plain(address, 60)
    host = urlsplit(address).hostname if channel != "apprise" else None
    return f"{channel} ({plain(host, 40)})" if host else channel


def payload(letter: Letter) -> str:
    """The letter as JSON for programs, version 1; docs/telling-people.md describes its fields."""
    sections = [
        {
            "name": section.name,
            "heading": section.heading,
            "items": list(map(_record, section.items)),
            "more": section.more,
        }
        for section in letter.sections
    ]
    return json.dumps(
        {
            "version": 1,
            "type": letter.sort.value,
            "language": letter.language,
            "subject": letter.subject,
            "reason": letter.reason,
            "warnings": list(letter.warnings),
            "sections": sections,
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _record(item: Item) -> dict[str, object]:
    """An item without its picture and what is empty."""
    worded = {name: value for name, value in asdict(item).items() if value and name not in ("bar", "facts")}
    return worded | dict(item.facts)
