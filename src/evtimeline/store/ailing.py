"""The feeds that operators should know of: those that fail, and those that have fallen silent."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, extract, func, or_, select

from evtimeline.core.schedule import QUIET_HABITS, USUAL_HABIT, Health
from evtimeline.store import tables
from evtimeline.store.feeds import FeedState, state_in


def load(connection: Connection, now: datetime) -> Mapping[str, FeedState]:
    """Read the states, by address, of the feeds that fail or have brought nothing for far longer than their habit."""
    columns = tables.feeds.c
    since = extract("epoch", func.coalesce(columns.new_entry_at, columns.first_polled_at))
    habit = func.coalesce(columns.interval, int(USUAL_HABIT.total_seconds()))
    silent = (columns.state == Health.OK.value) & (since + QUIET_HABITS * habit < now.timestamp())
    failing = columns.state.not_in((Health.OK.value, Health.NEW.value))
    rows = connection.execute(select(tables.feeds).where(or_(failing, silent)).order_by(columns.id)).mappings()
    return {row["url"]: state_in(row) for row in rows}
