"""feeds.yaml: which feeds there are, as the user wrote them; edits keep the user's comments."""

import re
from dataclasses import dataclass
from datetime import timedelta
from difflib import get_close_matches
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from evtimeline.core.claims import Tier
from evtimeline.documents.marked import Fields, open_document, parse_document
from evtimeline.errors import FetchError
from evtimeline.feeds.urls import shown, target

INTERVAL = timedelta(hours=1)
_SHORTEST, _LONGEST = timedelta(minutes=1), timedelta(days=30)
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


@dataclass(frozen=True)
class Feed:
    """A URL that is polled; `zone` is an IANA name, `language` zh, en or empty for what the feed says of itself."""

    url: str
    title: str | None = None
    language: str = ""
    zone: str = "UTC"
    publisher: str = ""
    tier: Tier = Tier.SECONDARY
    tags: tuple[str, ...] = ()
    interval: timedelta = INTERVAL
    enabled: bool = True
    private: bool = False

    @property
    def name(self) -> str:
        """The title, else the publisher, else the address as it may be shown."""
        return self.title or self.publisher or shown(self.url)


def load_catalogue(path: Path) -> tuple[Feed, ...]:
    """Read feeds.yaml, in its order; raises DocumentError with every problem and its line."""
    return _feeds_in(open_document(path))


def parse_catalogue(text: str, path: str) -> tuple[Feed, ...]:
    """Like `load_catalogue`, for a text; `path` is the name that problems are told under."""
    return _feeds_in(parse_document(text, path))


def parse_defaults(text: str, path: str) -> Feed:
    """What a feed of this catalogue is when it says nothing of itself: its `defaults`, on a feed without address."""
    fields = parse_document(text, path)
    default = _defaults_in(fields)
    fields.raise_problems()
    return default


def _feeds_in(fields: Fields) -> tuple[Feed, ...]:
    default = _defaults_in(fields)
    feeds: list[Feed] = []
    lines: dict[str, int] = {}
    for item in fields.mappings("feeds"):
        url = item.required("url")
        item.read("url", _address, "")
        feed = _feed(item, default, url)
        item.close()
        if url in lines:
            item.problem(f"{shown(url)} is already on line {lines[url]}; keep one of them", "url")
        lines.setdefault(url, item.line_of("url"))
        feeds.append(feed)
    fields.close()
    fields.raise_problems()
    return tuple(feeds)


def _defaults_in(fields: Fields) -> Feed:
    usual = fields.mapping("defaults")
    if usual is None:
        return Feed("")
    default = _feed(usual, Feed(""))
    usual.close()
    return default


def parse_interval(text: str) -> timedelta:
    """`30m`, `2h`, `1d`, `1w` or a number of minutes; raises ValueError for anything else or outside 1m-30d."""
    match = re.fullmatch(r"(\d{1,5})\s*([mhdw]?)(?:in(?:utes?)?|ours?|ays?|eeks?)?", text.strip().lower())
    length = timedelta(**{_UNITS[match[2] or "m"]: int(match[1])}) if match else timedelta()
    if not _SHORTEST <= length <= _LONGEST:
        raise ValueError(f"{text!r} is no interval; write one such as 30m, 2h or 1d (1m to 30d)")
    return length


def format_interval(interval: timedelta) -> str:
    """The shortest text that `parse_interval` reads back."""
    minutes = int(interval.total_seconds() // 60)
    for unit, length in (("d", 1440), ("h", 60)):
        if minutes % length == 0:
            return f"{minutes // length}{unit}"
    return f"{minutes}m"


def parse_zone(text: str) -> str:
    """An IANA zone name; raises ValueError that names the nearest."""
    try:
        return ZoneInfo(text).key
    except (OSError, LookupError, ValueError):
        near = get_close_matches(text, available_timezones(), n=1)
        hint = f"did you mean {near[0]}?" if near else "zones are named like Asia/Shanghai or Europe/Berlin"
        raise ValueError(f"{text!r} is no time zone; {hint}") from None


def parse_language(text: str) -> str:
    """A language code of two or three letters, in lower case and without its region; raises ValueError."""
    match = re.fullmatch(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9-]+)?", text)
    if not match:
        raise ValueError(f"{text!r} is no language; write a code such as zh or en")
    return match[1].lower()


def _feed(item: Fields, default: Feed, url: str | None = None) -> Feed:
    """The feed in an item; what it leaves out is as in `default`. Without `url`, the defaults themselves."""
    return Feed(
        url=url or "",
        title=item.text("title") if url is not None else None,
        language=item.read("language", parse_language, default.language),
        zone=item.read("zone", parse_zone, default.zone),
        publisher=item.text("publisher") or default.publisher,
        tier=item.choice("tier", Tier, default.tier),
        tags=item.texts("tags") or default.tags,
        interval=item.read("interval", parse_interval, default.interval),
        enabled=item.flag("enabled", default.enabled),
        private=item.flag("private", default.private),
    )


def _address(text: str) -> str:
    try:
        return target(text).url
    except FetchError as error:
        raise ValueError(str(error)) from None
