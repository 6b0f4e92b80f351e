"""Read milestones with what stands for them and their status of a day, as messages speak of them."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from evtimeline.core.milestones import Titles
from evtimeline.core.news import Followed
from evtimeline.core.standing import Standing
from evtimeline.core.status import status_of
from evtimeline.store import milestones, standings, timelines
from evtimeline.store.milestones import StoredMilestone

if TYPE_CHECKING:
    from sqlalchemy import Connection


def follow_all(connection: "Connection", now: datetime) -> dict[int, Followed]:
    """Everything that is followed, by its number."""
    pairs = ((one.milestone, one.standing) for one in standings.load_all(connection))
    return {one.id: one for one in _followed(pairs, timelines.titles(connection), now)}


def follow(connection: "Connection", milestone_ids: Iterable[int], now: datetime) -> dict[int, Followed]:
    """Some milestones, by their numbers."""
    known = milestones.by_ids(connection, milestone_ids)
    pairs = ((stored, standings.load(connection, number)) for number, stored in known.items())
    return {one.id: one for one in _followed(pairs, timelines.titles(connection), now)}


def _followed(
    pairs: Iterable[tuple[StoredMilestone, Standing]], titles: Mapping[str, Titles], now: datetime
) -> list[Followed]:
    days: dict[str, date] = {}
    found = []
    for stored, standing in pairs:
        today = days.get(stored.zone) or days.setdefault(stored.zone, now.astimezone(ZoneInfo(stored.zone)).date())
        status = status_of(standing, stored.milestone, today)
        key, title = stored.timeline_key, titles[stored.timeline_key]
        found.append(Followed(stored.id, key, title, stored.zone, stored.milestone, standing, status, today))
    return found
