"""What whoever looks at the milestones should know of the machinery behind them, in one small query."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from evtimeline.core.subscriptions import MessageState
from evtimeline.store.daemons import ALIVE
from evtimeline.store.tables_running import daemons
from evtimeline.store.tables_telling import messages, subscriptions

PATIENCE = timedelta(hours=1)
"""How long a message may be due before nobody seems to send it; rounds that cron runs are more frequent."""

_WAITING = (MessageState.QUEUED.value, MessageState.HELD.value, MessageState.UNKNOWN.value)


@dataclass(frozen=True)
class Alarms:
    """Messages that were given up; since when the oldest is due, where that is long; when the last daemon was lost."""

    dead: int = 0
    unsent_since: datetime | None = None
    daemon_lost_at: datetime | None = None

    def __bool__(self) -> bool:
        return bool(self.dead or self.unsent_since or self.daemon_lost_at)


NOTHING_WRONG = Alarms()


def read(connection: Connection, now: datetime) -> Alarms:
    """Read what is wrong; a daemon that has left cleanly is not lost."""
    state, due = messages.c.state, messages.c.due_at
    present = messages.join(subscriptions), subscriptions.c.removed_at.is_(None)
    dead = select(func.count()).select_from(present[0]).where(present[1], state == MessageState.DEAD.value)
    waiting = select(func.min(due)).select_from(present[0])
    unsent = waiting.where(present[1], subscriptions.c.paused.is_(False), state.in_(_WAITING), due < now - PATIENCE)
    beat = select(func.max(daemons.c.beat_at))
    columns = (one.scalar_subquery() for one in (dead, unsent, beat))
    number, since, beat_at = connection.execute(select(*columns)).one()
    return Alarms(number, since, beat_at if beat_at and now - beat_at > ALIVE else None)
