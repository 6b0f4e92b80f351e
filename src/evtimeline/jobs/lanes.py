"""What the terminal's timeline draws: every milestone as it is today, with none of its claims."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from evtimeline.core.charts import Lane, lane
from evtimeline.core.status import is_old_news, status_of
from evtimeline.store import standings, timelines
from evtimeline.store.engine import reading
from evtimeline.store.standings import StoredStanding

if TYPE_CHECKING:
    from sqlalchemy import Engine


class Days(dict[str, date]):
    """Which day it is in a zone, worked out once for each."""

    def __init__(self, now: datetime) -> None:
        super().__init__()
        self._now = now

    def __missing__(self, zone: str) -> date:
        return self.setdefault(zone, self._now.astimezone(ZoneInfo(zone)).date())


@dataclass(frozen=True)
class Lanes:
    """The milestones of one picture; `hidden` counts those that were over long ago."""

    now: datetime
    today: date
    lanes: tuple[Lane, ...]
    hidden: int = 0


def gather_lanes(engine: "Engine", now: datetime, timeline: str | None, everything: bool) -> Lanes:
    """Every followed milestone as it is today, in the order of the files; one query, no claims.

    Raises UnknownKeyError for a timeline that there is not, StoreError.
    """
    with reading(engine) as connection:
        if timeline is not None:
            timelines.load(connection, timeline)
        stored = standings.load_all(connection, timeline)
    shown = [one for one in stored if everything or not is_old_news(one.standing, now)]
    days = Days(now)
    lanes = tuple(_lane(one, days[one.milestone.zone]) for one in shown)
    today = days[shown[0].milestone.zone] if shown else now.date()
    return Lanes(now, today, lanes, len(stored) - len(shown))


def _lane(one: StoredStanding, today: date) -> Lane:
    milestone = one.milestone.milestone
    return lane(one.milestone.timeline_key, milestone, one.standing, status_of(one.standing, milestone, today), today)
