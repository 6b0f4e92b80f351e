"""From a fetched body to clean entries: decode, recognise, read the raw items, make them clean."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from evtimeline.core.claims import Tier
from evtimeline.core.entries import Entry
from evtimeline.errors import ParseError
from evtimeline.feeds.clean import NAME_LIMIT, html_to_text, plain
from evtimeline.feeds.encoding import decode
from evtimeline.feeds.items import Origin, entries_of
from evtimeline.feeds.pieces import Pieces, cut, hash_in, identity_of, marks_of
from evtimeline.feeds.raw import RawFeed, RawItem

ENTRY_LIMIT = 2_000
QUICK_SIZE = 1_000_000  # bytes of a document that is read without a worker
QUICK_TAGS = 1_000  # in one item: cleaning HTML takes time with the square of its depth
_DAY = 1_440  # minutes
_PERIODS = {"hourly": 60, "daily": _DAY, "weekly": 7 * _DAY, "monthly": 30 * _DAY, "yearly": 365 * _DAY}
_BEFORE_TEXT = "\ufeff\x00 \t\r\n"
_ROOTS = ("rss", "feed", "rdf")
_BEFORE_ROOT = re.compile(r"\s+|<\?[^>]{0,2000}>|<!--.*?-->", re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE\b[^\[>]{0,2000}(?P<subset>\[)?", re.IGNORECASE)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)")


@dataclass(frozen=True)
class Document:
    """A body as it was fetched, and what is known of its feed; `zone` is an IANA name, `now` the time of the poll.

    `known` are the marks of items that were read before: they are passed over.
    """

    body: bytes
    url: str
    now: datetime
    content_type: str = ""
    zone: str = "UTC"
    language: str = ""
    publisher: str = ""
    tier: Tier | None = None
    known: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ParsedFeed:
    """A feed's entries, newest first as far as their dates tell, and what was odd about the document.

    `complete` is False when the document was cut off: then its validators must not be kept, so that the next poll
    gets the rest. `ttl_minutes` is how long the feed asks to be left alone. `marks` name all items as they stand,
    those that were passed over included; there are none where items cannot be told apart by them.
    """

    title: str
    language: str
    format: str
    entries: tuple[Entry, ...]
    complete: bool = True
    ttl_minutes: int | None = None
    warnings: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


def parse(document: Document) -> ParsedFeed:
    """The entries of a document; raises ParseError with a sentence when it is not a feed.

    Meant to run inside a guarded worker (see `parser.py`): feedparser's time and memory have no bound of their own.
    """
    text = decode(document.body, document.content_type)
    raw = _read(text)
    pieces = cut(text.encode("utf-8", "surrogatepass"), _root(text))
    return _made_clean(_fresh(raw, marks := marks_of(raw.items, pieces), document.known), document, marks)


def parse_quickly(document: Document) -> ParsedFeed | None:
    """The same for a well-formed document that is cheap to read, without a worker; None for any other."""
    if len(document.body) > QUICK_SIZE:
        return None
    text = decode(document.body, document.content_type).lstrip(_BEFORE_TEXT)
    root = _root(text)
    if root not in _ROOTS:
        return None
    from evtimeline.feeds.strict_xml import read_bytes, strict_bytes

    data = strict_bytes(text)
    if data is None:
        return None
    pieces = cut(data, root)
    if pieces and document.known:
        known = {hash_in(mark): mark for mark in document.known}
        raw = read_bytes(pieces.without(known), root)
        if raw and (marks := _marks_with(raw.items, pieces, known)):
            return _cheaply(
                raw if pieces.hashes[0] not in known else replace(raw, items=raw.items[1:]), document, marks
            )
    raw = read_bytes(data, root)
    if raw is None:
        return None
    marks = marks_of(raw.items, pieces)
    return _cheaply(_fresh(raw, marks, document.known), document, marks)


def _fresh(raw: RawFeed, marks: tuple[str, ...], known: Collection[str]) -> RawFeed:
    """The feed without the items that were read before."""
    if not marks or not known:
        return raw
    items = (item for item, mark in zip(raw.items, marks, strict=True) if mark not in known)
    return replace(raw, items=tuple(items))


def _marks_with(items: Sequence[RawItem], pieces: Pieces, known: Mapping[str, str]) -> tuple[str, ...]:
    """The marks of a document, of which only the first item and those that are not known were read; if sure, any."""
    fresh = [one for place, one in enumerate(pieces.hashes) if place == 0 or one not in known]
    if len(fresh) != len(items):
        return ()
    read = {one: one + identity_of(item) for one, item in zip(fresh, items, strict=True)}
    marks = tuple(read.get(one) or known[one] for one in pieces.hashes)
    return marks if len({mark.removeprefix(hash_in(mark)) for mark in marks}) == len(marks) else ()


def _cheaply(raw: RawFeed, document: Document, marks: tuple[str, ...]) -> ParsedFeed | None:
    """The feed, unless cleaning it could take long."""
    if len(raw.items) > ENTRY_LIMIT or any(item.body.value.count("<") > QUICK_TAGS for item in raw.items):
        return None
    return _made_clean(raw, document, marks)


def _made_clean(raw: RawFeed, document: Document, marks: tuple[str, ...]) -> ParsedFeed:
    language = (document.language or raw.language).strip().lower().replace("_", "-").partition("-")[0][:8]
    origin = Origin(document.url, document.zone, language, document.publisher, document.tier, document.now)
    entries, warnings = entries_of(raw.items, origin)
    if raw.cut:
        warnings.insert(0, "the document was cut short; its whole items were taken, the rest is asked for again")
    if len(entries) > ENTRY_LIMIT:
        warnings.append(f"{len(entries)} entries, of which the newest {ENTRY_LIMIT} were taken")
        entries, marks = entries[:ENTRY_LIMIT], ()
    return ParsedFeed(
        title=plain(html_to_text(raw.title.value) if raw.title.is_html else raw.title.value, NAME_LIMIT),
        language=language,
        format=raw.format,
        entries=tuple(entries),
        complete=not raw.cut,
        ttl_minutes=_asked_for(raw),
        warnings=tuple(warnings),
        marks=marks,
    )


def _read(text: str) -> RawFeed:
    """Recognise what a document is, and read it as that; raises ParseError for everything that is not a feed."""
    start = text[:4000].lstrip(_BEFORE_TEXT)
    if not start and not text.strip():
        raise ParseError("the answer is empty")
    if start.startswith(("{", "[")):
        from evtimeline.feeds.parse_json import read_json

        return read_json(text.strip(_BEFORE_TEXT))
    root = _root(text)
    if root not in _ROOTS:
        raise ParseError(_not_a_feed(root, start))
    from evtimeline.feeds.strict_xml import read_strict

    text = text.lstrip(_BEFORE_TEXT)
    raw = read_strict(text, root)
    if raw is None:
        from evtimeline.feeds.parse_xml import read_xml  # feedparser takes 60 ms that most rounds need not pay

        raw = read_xml(text, root)
    return raw


def _root(text: str) -> str:
    """The local name of the root element in lower case; empty when there is none."""
    position = 1 if text.startswith("\ufeff") else 0
    for _ in range(1000):
        if match := _BEFORE_ROOT.match(text, position):
            position = match.end()
        elif match := _DOCTYPE.match(text, position):
            close = text.find("]", match.end()) if match["subset"] else match.end()
            position = text.find(">", max(close, match.end())) + 1
            if position == 0 or close < 0:
                return ""
        else:
            break
    match = _ROOT.match(text, position)
    return match[1].lower() if match else ""


def _not_a_feed(root: str, start: str) -> str:
    remedy = "use `evtimeline feed add` with its address to find its feed"
    if root in ("html", "head", "body") or re.match(r"(?i)<!doctype html", start):
        return f"this is a web page, not a feed: {remedy}"
    if root == "opml":
        return "this is a list of feeds (OPML), not a feed: use `evtimeline feed import`"
    if re.search("[\x01-\x08\x0e-\x1f\ufffd]", start[:200]):
        return "this is not text, so it is no feed"
    return f"this is <{root[:40]}>, not a feed" if root else "this is not a feed"


def _asked_for(raw: RawFeed) -> int | None:
    """Minutes that the feed asks to be left alone, within a day: its ttl, else sy:updatePeriod and its frequency."""
    if re.fullmatch(r"\s*\d{1,18}\s*", raw.ttl) and int(raw.ttl):
        return min(int(raw.ttl), _DAY)
    period = _PERIODS.get(raw.update_period.strip().lower())
    if period is None:
        return None
    often = raw.update_frequency.strip()
    return min(max(period // (int(often) if re.fullmatch(r"[1-9]\d{0,5}", often) else 1), 1), _DAY)
