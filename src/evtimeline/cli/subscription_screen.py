"""What `evtimeline subscriptions` shows: who is told what, how and how often, in words, as a table and as JSON."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from evtimeline.cli.terminal import Cell, Column, Screen, Style, safe, table
from evtimeline.cli.words import text, word
from evtimeline.core.cadence import next_due
from evtimeline.core.letters import shown_address
from evtimeline.core.subscriptions import Cadence, Subscription

VERSION = 1
_DAYS = (
    ("mon", "周一"),
    ("tue", "周二"),
    ("wed", "周三"),
    ("thu", "周四"),
    ("fri", "周五"),
    ("sat", "周六"),
    ("sun", "周日"),
)


def described(one: Subscription, language: str) -> str:
    """One line: address, pace, and what it is limited to."""
    parts = [safe(shown_address(one)), paced(one, language)]
    limits = limited(one, language)
    return text("comma", language).join([*parts, *([limits] if limits else [])])


def paced(one: Subscription, language: str) -> str:
    """How often it is told, with the zone of the time."""
    if one.cadence is Cadence.INSTANT:
        return text("at once", language)
    at = f"{one.at:%H:%M} {one.zone}" if one.at else one.zone
    if one.cadence is Cadence.DAILY or one.weekday is None:
        return text("daily at", language, at=at)
    return text("weekly at", language, day=_DAYS[one.weekday][language == "zh"], at=at)


def limited(one: Subscription, language: str) -> str:
    """What it is limited to, and what it gets besides; empty where it is told everything."""
    parts = [*one.timelines, *one.milestones, *(word(kind, language) for kind in one.kinds)]
    if one.least_tier:
        parts.append(word(one.least_tier.value, language))
    if one.quiet_from and one.quiet_to:
        parts.append(text("quiet hours", language, hours=f"{one.quiet_from:%H:%M}-{one.quiet_to:%H:%M}"))
    if one.operator:
        parts.append(text("operator", language))
    return safe(text("comma", language).join(parts))


def listed(
    many: Sequence[Subscription], waiting: Mapping[int, int], now: datetime, screen: Screen, language: str
) -> Iterator[str]:
    """A row for each subscription; `waiting` counts the messages that it has not been sent yet."""
    if not many:
        yield text("nobody told", language)
        return
    columns = [
        Column("#", 2),
        Column(text("address", language), 14, yields=1),
        Column(text("how often", language), 10, yields=2),
        Column(text("next", language), 11, yields=3, optional=True),
        Column(text("waiting messages", language), 4, optional=True),
        Column(text("limited to", language), 8, yields=4, optional=True),
    ]
    rows = [
        [
            Cell(str(one.id)),
            Cell(safe(shown_address(one)), Style.FAINT if one.paused else Style.PLAIN),
            Cell(paced(one, language)),
            Cell(
                text("paused", language) if one.paused else _next(one, now),
                Style.WARNING if one.paused else Style.PLAIN,
            ),
            Cell(str(waiting.get(one.id, 0))),
            Cell(limited(one, language)),
        ]
        for one in many
    ]
    yield from table(columns, rows, screen)


def dump(many: Sequence[Subscription], now: datetime) -> str:
    """The subscriptions as JSON, without tokens and without what opens a door."""
    return json.dumps(
        {"version": VERSION, "subscriptions": [_record(one, now) for one in many]}, ensure_ascii=False, indent=1
    )


def _next(one: Subscription, now: datetime) -> str:
    due = next_due(one, now)
    return f"{due.astimezone(ZoneInfo(one.zone)):%m-%d %H:%M}" if due else "–"


def _record(one: Subscription, now: datetime) -> dict[str, object]:
    due = next_due(one, now)
    return {
        "id": one.id,
        "address": shown_address(one),
        "channel": one.channel,
        "cadence": one.cadence.value,
        "weekday": one.weekday,
        "at": f"{one.at:%H:%M}" if one.at else None,
        "zone": one.zone,
        "next": due.isoformat() if due else None,
        "language": one.language,
        "timelines": list(one.timelines),
        "milestones": list(one.milestones),
        "kinds": list(one.kinds),
        "least_tier": one.least_tier.value if one.least_tier else None,
        "quiet": f"{one.quiet_from:%H:%M}-{one.quiet_to:%H:%M}" if one.quiet_from and one.quiet_to else None,
        "operator": one.operator,
        "empty": one.empty,
        "remind_days": list(one.remind_days),
        "group_wait_minutes": int(one.group_wait.total_seconds() // 60),
        "paused": one.paused,
    }
