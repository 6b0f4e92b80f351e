"""What keys, kinds, days, windows and zones look like when people type them; a wrong one says what would be right."""

import difflib
import re
from datetime import date
from zoneinfo import ZoneInfo, available_timezones

from evtimeline.core.milestones import Kind, Titles
from evtimeline.core.phrases import parse_window
from evtimeline.core.windows import Window, parse_edtf
from evtimeline.documents.marked import nearest
from evtimeline.errors import DateNotUnderstoodError

COMPARATORS = (">", ">=", "=", "<=", "<", "~")
YEARS = range(1900, 2200)

_KINDS = tuple(kind.value for kind in Kind)
_KEY = re.compile(r"[a-z0-9][a-z0-9-]*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CJK = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


def titles_of(text: str) -> Titles:
    """A title typed without its language, which is taken for Chinese when a Chinese character stands in it."""
    return {"zh" if _CJK.search(text) else "en": text}


def to_key(text: str) -> str:
    """A key as it may stand in a timeline; raises ValueError that proposes one that may."""
    if _KEY.fullmatch(text) and len(text) <= 80:
        return text
    proposal = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:80]
    hint = f", for example {proposal!r}" if proposal else ", for example 'yu7-launch'"
    raise ValueError(f"{text[:80]!r} cannot be a key; use small letters, digits and hyphens{hint}")


def to_kind(text: str) -> str:
    """A kind of milestone; any word may be one, but a mistyped name of a known kind raises ValueError."""
    if text in _KINDS:
        return text
    folded = _folded(text)
    mistyped = any(difflib.SequenceMatcher(None, kind, folded).ratio() > 0.9 for kind in _KINDS)
    if mistyped or sorted(text) in map(sorted, _KINDS):
        raise ValueError(f"{text!r} is no known kind{nearest(folded, _KINDS)}")
    return to_key(text)


def _folded(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower())


def to_window(text: str, stated: date | None) -> Window:
    """A window as it is typed, relative words counted from `stated`; raises DateNotUnderstoodError or ValueError."""
    try:
        return parse_edtf(text)
    except DateNotUnderstoodError:
        return parse_window(text, stated) if stated else _absolute(text)


def _absolute(text: str) -> Window:
    """A window that means the same on whatever day it is said."""
    window = parse_window(text, date(2021, 3, 9))
    if window != parse_window(text, date(2026, 8, 14)):
        raise ValueError(f"{text!r} depends on the day it was said; add that day as `stated: 2025-04-20`")
    return window


def to_day(text: str) -> date:
    """A day written 2025-04-20; raises ValueError."""
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None or day.year not in YEARS:
        raise ValueError(f"{text!r} is not a day such as 2025-04-20")
    return day


def to_zone(text: str) -> str:
    """The IANA name of a time zone; raises ValueError with the nearest one."""
    try:
        return ZoneInfo(text).key
    except (KeyError, ValueError, OSError):
        raise ValueError(f"{text!r} is not a time zone{nearest(text, available_timezones())}") from None


def to_link(text: str) -> str:
    """An http or https address; raises ValueError."""
    if not re.fullmatch(r"https?://[^\s/]+\S*", text):
        raise ValueError(f"{text[:80]!r} is not an http or https address")
    return text


def to_comparator(text: str) -> str:
    """One of > >= = <= < ~; raises ValueError."""
    if text not in COMPARATORS:
        raise ValueError(f"{text!r} is not one of {' '.join(COMPARATORS)}, in quotes")
    return text
