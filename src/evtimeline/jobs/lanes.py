"""What the terminal's timeline draws: every milestone as it is today, with none of its claims."""

from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from evtimeline.core.charts import Lane, lane
from evtimeline.core.status import status_of
from evtimeline.store import standings, timelines
from evtimeline.store.engine import reading

if TYPE_CHECKING:
    from sqlalchemy import Engine


class Days(dict[str, date]):
    """Which day it is in a zone, worked out once for each."""

    def __init__(self, now: datetime) -> None:
        super().__init__()
        self._now = now

    def __missing__(self, zone: str) -> date:
        return self.setdefault(zone, self._now.astimezone(ZoneInfo(zone)).date())


def gather_lanes(engine: "Engine", now: datetime, timeline: str | None = None) -> tuple[Lane, ...]:
    """Every followed milestone as it is today, in the order of the files; one query, no claims.

    Raises UnknownKeyError for a timeline that there is not, StoreError.
    """
    with reading(engine) as connection:
        if timeline is not None:
            timelines.load(connection, timeline)
        stored = standings.load_all(connection, timeline)
    days = Days(now)
    return tuple(
        lane(
            one.milestone.timeline_key,
            one.milestone.milestone,
            one.standing,
            status_of(one.standing, one.milestone.milestone, days[one.milestone.zone]),
            days[one.milestone.zone],
        )
        for one in stored
    )
