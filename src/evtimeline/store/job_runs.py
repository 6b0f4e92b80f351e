"""What every daemon's jobs did last: when, how long it took, and why it failed."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from evtimeline.store.batches import insert_or_replace
from evtimeline.store.tables_running import job_runs

ROUND = "round"
"""The job of `run --once`: all the others, once; who runs it is no daemon and has one name a machine."""


@dataclass(frozen=True)
class JobRun:
    """The last run of a job by a daemon; it took `seconds`, and failed where there is an `error`, a sentence."""

    daemon: str
    job: str
    ended_at: datetime
    seconds: float
    error: str | None = None


def record(connection: Connection, run: JobRun) -> None:
    """Keep what a job did, in the place of its run before."""
    connection.execute(insert_or_replace(connection, job_runs), [asdict(run)])


def load(connection: Connection) -> tuple[JobRun, ...]:
    """Read the last run of every job of every daemon, the newest first."""
    rows = connection.execute(select(job_runs).order_by(job_runs.c.ended_at.desc(), job_runs.c.job)).mappings()
    return tuple(JobRun(**row) for row in rows)
