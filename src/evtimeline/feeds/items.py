"""From raw items to clean entries: identity, dates, texts and who wrote them."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from evtimeline.core.claims import Tier
from evtimeline.core.entries import Entry
from evtimeline.feeds.clean import (
    HTML_LIMIT,
    ID_LIMIT,
    NAME_LIMIT,
    SUMMARY_LIMIT,
    TITLE_LIMIT,
    html_to_text,
    link,
    plain,
    unescaped,
)
from evtimeline.feeds.dates import read_date, stated_on
from evtimeline.feeds.raw import RawItem, Text

_FEED_HOSTS = ("www.", "rss.", "feeds.", "feed.")


@dataclass(frozen=True)
class Origin:
    """What every entry of a feed inherits."""

    url: str
    zone: str
    language: str
    publisher: str
    tier: Tier | None
    now: datetime


def entries_of(items: Iterable[RawItem], origin: Origin) -> tuple[list[Entry], list[str]]:
    """The entries of a feed, newest first, each identity once, and warnings about items that were left out."""
    empty, entries = 0, []
    zone = ZoneInfo(origin.zone)
    for item in items:
        entry = _entry(item, origin, zone)
        if entry is None:
            empty += 1
        else:
            entries.append(entry)
    entries = _each_once(entries)
    dated = sorted(entries, key=lambda entry: entry.published or origin.now, reverse=True)
    return dated, [f"{empty} empty items were left out"] if empty else []


def _entry(item: RawItem, origin: Origin, zone: ZoneInfo) -> Entry | None:
    """One clean entry; None for an item that holds nothing at all."""
    title, summary = _clean(item.title, TITLE_LIMIT), _clean(item.body, SUMMARY_LIMIT, lines=True)
    target = link(item.link, origin.url)
    if not (title or summary or target or item.fingerprint):
        return None
    updated = read_date(item.updated, zone, origin.now)
    same = item.published in ("", item.updated)
    published = updated if same else read_date(item.published, zone, origin.now)
    publisher, tier = _writer(item, origin)
    if item.source_name:
        title, summary = _without_publisher(title, summary, plain(item.source_name, NAME_LIMIT))
    return Entry(
        guid=_identity(item, target, title),
        title=title,
        summary="" if summary == title else summary,
        stated_on=stated_on(published, zone, origin.now),
        language=origin.language or item.language[:2].lower(),
        link=target,
        published=published,
        updated=updated,
        publisher=publisher,
        tier=tier,
    )


def _clean(text: Text, limit: int, *, lines: bool = False) -> str:
    """The clean text; many feeds escape plain text once too often, hence its entities are resolved, too."""
    value = html_to_text(text.value) if text.is_html else unescaped(text.value[:HTML_LIMIT])
    return plain(value, limit, lines=lines)


def _identity(item: RawItem, target: str | None, title: str) -> str:
    """What makes an item itself over time: its id, else its link, else its title with its date."""
    given = plain(item.id, 4 * ID_LIMIT)
    if given:
        return given if len(given) <= ID_LIMIT else _digest(item.id)
    if target:
        return target if len(target) <= ID_LIMIT else _digest(target)
    return _digest(title, item.published or item.updated) if title else _digest(item.fingerprint)


def _digest(*parts: str) -> str:
    data = "\n".join(parts).encode("utf-8", "surrogatepass")
    return "sha256:" + hashlib.sha256(data).hexdigest()[:32]


def _each_once(entries: list[Entry]) -> list[Entry]:
    """Each identity once. Items that share an id and nothing else are different items of a careless feed."""
    shared = {guid for guid, count in Counter(entry.guid for entry in entries).items() if count > 1}
    kept: dict[str, Entry] = {}
    for entry in entries:
        before = kept.get(entry.guid)
        if entry.guid in shared and before is not None and not _alike(before, entry):
            entry = replace(entry, guid=_digest(entry.guid, entry.link or "", entry.title))
            before = kept.get(entry.guid)
        if before is None or _moment(entry) > _moment(before):
            kept[entry.guid] = entry
    return list(kept.values())


def _alike(one: Entry, other: Entry) -> bool:
    """Two versions of one item: the link, or where a link is missing the title, is the same."""
    return one.link == other.link if one.link and other.link else one.title == other.title


def _moment(entry: Entry) -> datetime:
    return entry.updated or entry.published or datetime.min.replace(tzinfo=UTC)


def _writer(item: RawItem, origin: Origin) -> tuple[str, Tier]:
    """Who wrote an item: the source it names, when that is not the feed's own house and the feed is not primary."""
    name = plain(item.source_name, NAME_LIMIT)
    if not name or origin.tier is Tier.PRIMARY or name == origin.publisher or _same_house(item.source_link, origin.url):
        return origin.publisher, origin.tier or Tier.SECONDARY
    return name, Tier.SECONDARY


def _same_house(one: str, other: str) -> bool:
    first, second = _house(one), _house(other)
    return bool(first and second) and (first == second or first.endswith("." + second) or second.endswith("." + first))


def _house(url: str) -> str:
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""
    return next((host.removeprefix(prefix) for prefix in _FEED_HOSTS if host.startswith(prefix)), host)


def _without_publisher(title: str, summary: str, publisher: str) -> tuple[str, str]:
    """News aggregators end a title with ` - Publisher`, and some repeat just that as the summary."""
    for dash in (" - ", " – ", " | "):
        shorter = title.removesuffix(dash + publisher)
        if publisher and shorter != title and shorter:
            title = shorter
            break
    repeats = " ".join(summary.split()) in (title, f"{title} {publisher}", f"{title} - {publisher}")
    return title, "" if repeats else summary
