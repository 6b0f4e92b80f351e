"""What `evtimeline feed` shows: how feeds fare, and what a check brought."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from evtimeline.cli.terminal import Cell, Column, Screen, Style, safe, table, truncate, wrap
from evtimeline.cli.words import NOTHING, text, word
from evtimeline.core.schedule import Health, PollHistory, health
from evtimeline.feeds.catalogue import Feed, format_interval
from evtimeline.feeds.probe import Probe
from evtimeline.feeds.urls import shown
from evtimeline.store.feeds import FeedState

VERSION = 1
_SAMPLE = 5
_STYLES: Mapping[str, Style] = {
    Health.OK: Style.GOOD,
    Health.NEW: Style.FAINT,
    Health.QUIET: Style.WARNING,
    Health.FAILING: Style.BAD,
    Health.GONE: Style.BAD,
    Health.NOT_A_FEED: Style.BAD,
}


def listed_lines(
    catalogue: Sequence[Feed], known: Mapping[str, FeedState], now: datetime, screen: Screen, language: str
) -> Iterator[str]:
    """A row for each feed, then a sentence for each that is in trouble."""
    if not catalogue:
        yield text("no feeds", language)
        return
    columns = [
        Column(text("feed", language), 16, yields=2),
        Column(text("health", language), 8),
        Column(text("last success", language), 6, yields=1),
        Column(text("next poll", language), 6, yields=1),
        Column(text("due because", language), 6, yields=6, optional=True),
        Column(text("entries", language), 4, optional=True),
        Column(text("every", language), 4, yields=3, optional=True),
        Column(text("tier", language), 8, yields=4, optional=True),
        Column(text("tags", language), 6, yields=5, optional=True),
    ]
    yield from table(columns, [_row(feed, known.get(feed.url), now, language) for feed in catalogue], screen)
    yield from _troubles(catalogue, known, now, screen)


def _row(feed: Feed, state: FeedState | None, now: datetime, language: str) -> list[Cell]:
    fares = _health(feed, state, now)
    return [
        Cell(safe(feed.name), Style.PLAIN if feed.enabled else Style.FAINT),
        Cell(word(fares, language), _STYLES.get(fares, Style.FAINT)),
        Cell(_span(now - state.succeeded_at) if state and state.succeeded_at else NOTHING),
        Cell(_until(state, now, language) if feed.enabled else NOTHING),
        Cell(text(f"due {state.due_why}", language) if feed.enabled and state and state.due_why else NOTHING),
        Cell(str(state.entries_count) if state else "0"),
        Cell(format_interval(feed.interval)),
        Cell(word(feed.tier.value, language)),
        Cell(safe(", ".join(feed.tags))),
    ]


def _troubles(
    catalogue: Sequence[Feed], known: Mapping[str, FeedState], now: datetime, screen: Screen
) -> Iterator[str]:
    """What is wrong with whom, with the address, which the table has no room for."""
    for feed in catalogue:
        state = known.get(feed.url)
        if state is None or not feed.enabled:
            continue
        why = state.error
        if not why and _health(feed, state, now) == Health.QUIET:
            since = state.new_entry_at or state.first_polled_at or now
            why = f"answers, but has brought nothing new for {_span(now - since)}"
        if why:
            yield ""
            yield truncate(screen.paint(safe(feed.name), Style.STRONG), 10 * screen.width)
            for line in wrap(f"{safe(why)} ({safe(shown(feed.url))})", screen.width - 2):
                yield f"  {line}"


def listed_json(catalogue: Sequence[Feed], known: Mapping[str, FeedState], now: datetime) -> str:
    """The same for programs; instants are ISO 8601 in UTC, `interval` is in seconds."""
    return json.dumps(
        {"version": VERSION, "feeds": [_record(feed, known.get(feed.url), now) for feed in catalogue]},
        ensure_ascii=False,
        indent=1,
    )


def _record(feed: Feed, state: FeedState | None, now: datetime) -> dict[str, object]:
    return {
        "url": shown(feed.url),
        "title": feed.title,
        "publisher": feed.publisher or None,
        "language": feed.language or None,
        "zone": feed.zone,
        "tier": feed.tier.value,
        "tags": list(feed.tags),
        "interval": int(feed.interval.total_seconds()),
        "enabled": feed.enabled,
        "private": feed.private,
        "health": _health(feed, state, now),
        "error": state.error if state else None,
        "failures": state.failures if state else 0,
        "entries": state.entries_count if state else 0,
        "last_attempt": _instant(state.attempted_at if state else None),
        "last_success": _instant(state.succeeded_at if state else None),
        "last_new_entry": _instant(state.new_entry_at if state else None),
        "next_poll": _instant(state.due_at if state else None),
        "next_poll_because": state.due_why if state else None,
        "moved_to": shown(state.moved_to) if state and state.moved_to else None,
    }


def checked_lines(probe: Probe, screen: Screen) -> Iterator[str]:
    """What one feed answered, with its newest entries."""
    yield screen.paint(
        safe(probe.feed.title or (probe.parsed.title if probe.parsed else "") or shown(probe.feed.url)), Style.STRONG
    )
    yield f"  {safe(shown(probe.feed.url))}"
    if probe.result.moved_to:
        yield f"  moved for good to {safe(shown(probe.result.moved_to))}: change it in feeds.yaml"
    if probe.parsed is None:
        for line in wrap(safe(probe.error or ""), screen.width - 2):
            yield "  " + screen.paint(line, Style.BAD)
        return
    parsed = probe.parsed
    language, seconds = parsed.language or "not stated", probe.result.elapsed
    yield f"  {parsed.format}, {len(parsed.entries)} entries, language {language}, {seconds:.1f} s"
    for warning in parsed.warnings:
        yield "  " + screen.paint(safe(warning), Style.WARNING)
    for entry in parsed.entries[:_SAMPLE]:
        day = entry.published.date().isoformat() if entry.published else "undated   "
        yield truncate(f"  {day}  {safe(entry.title or entry.summary)}", screen.width)


def checked_json(probe: Probe) -> str:
    """The same for programs, with all entries."""
    parsed = probe.parsed
    record = {
        "version": VERSION,
        "url": shown(probe.feed.url),
        "moved_to": shown(probe.result.moved_to) if probe.result.moved_to else None,
        "status": probe.result.status,
        "error": probe.error,
        "format": parsed.format if parsed else None,
        "title": parsed.title if parsed else None,
        "language": parsed.language if parsed else None,
        "complete": parsed.complete if parsed else False,
        "warnings": list(parsed.warnings) if parsed else [],
        "entries": [
            {
                "id": entry.guid,
                "title": entry.title,
                "link": entry.link,
                "published": _instant(entry.published),
                "stated_on": entry.stated_on.isoformat(),
                "publisher": entry.publisher,
                "tier": entry.tier.value,
            }
            for entry in (parsed.entries if parsed else ())
        ],
    }
    return json.dumps(record, ensure_ascii=False)


def say_added(feed: Feed, path: Path) -> Iterator[str]:
    """What was added, and how it will be read."""
    yield f"added {safe(feed.name)} to {path}"
    yield f"  {safe(shown(feed.url))}"
    language, every = feed.language or "as the feed says", format_interval(feed.interval)
    yield f"  language {language}, zone {feed.zone}, tier {feed.tier.value}, every {every}"


def _health(feed: Feed, state: FeedState | None, now: datetime) -> str:
    if not feed.enabled:
        return "off"
    if state is None:
        return Health.NEW
    habit = timedelta(seconds=state.interval) if state.interval else None
    return health(PollHistory(state.state, state.first_polled_at, state.new_entry_at, habit), now)


def _until(state: FeedState | None, now: datetime, language: str) -> str:
    if state is None or state.due_at is None or state.due_at <= now:
        return text("now", language)
    return _span(state.due_at - now)


def _span(length: timedelta) -> str:
    """A length of time in its largest unit: 5m, 3h, 12d."""
    minutes = max(0, int(length.total_seconds() // 60))
    if minutes < 120:
        return f"{minutes}m"
    return f"{minutes // 60}h" if minutes < 2880 else f"{minutes // 1440}d"


def _instant(instant: datetime | None) -> str | None:
    return instant.isoformat().replace("+00:00", "Z") if instant else None
