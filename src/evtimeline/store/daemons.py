"""The daemons at work, each with its last heartbeat; one that has not been heard of for long is forgotten."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select

from evtimeline.store.batches import insert_or_replace
from evtimeline.store.tables_running import daemons, job_runs

ALIVE = timedelta(minutes=3)
"""A daemon that has not been heard of for so long is taken for dead."""

FORGOTTEN = timedelta(days=7)
"""A daemon that has not been heard of for so long is no longer listed, nor what its jobs did."""


@dataclass(frozen=True)
class Daemon:
    """A daemon by its name, which no other has; instants are aware UTC."""

    name: str
    started_at: datetime
    beat_at: datetime
    version: str

    def is_alive(self, now: datetime) -> bool:
        """Whether it has been heard of lately."""
        return now - self.beat_at <= ALIVE


def beat(connection: Connection, daemon: Daemon) -> None:
    """Say that a daemon is at work, and forget those that have been silent for long."""
    lost = daemon.beat_at - FORGOTTEN
    connection.execute(delete(job_runs).where(job_runs.c.ended_at < lost))
    connection.execute(delete(daemons).where(daemons.c.beat_at < lost))
    row = {name: getattr(daemon, name) for name in ("name", "started_at", "beat_at", "version")}
    connection.execute(insert_or_replace(connection, daemons), [row])


def leave(connection: Connection, name: str) -> None:
    """Say that a daemon has stopped cleanly; what its jobs did last stays."""
    connection.execute(delete(daemons).where(daemons.c.name == name))


def load(connection: Connection) -> tuple[Daemon, ...]:
    """Read all daemons that have not left, dead ones too, by their names."""
    rows = connection.execute(select(daemons).order_by(daemons.c.name)).mappings()
    return tuple(Daemon(**row) for row in rows)
