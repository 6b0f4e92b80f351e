"""All figures of one moment, read in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import TYPE_CHECKING

from evtimeline.core.claims import Verdict
from evtimeline.core.status import Status
from evtimeline.core.subscriptions import MessageState, Result
from evtimeline.store import daemons, figures, job_runs
from evtimeline.store.daemons import Daemon
from evtimeline.store.engine import reading
from evtimeline.store.figures import Waiting
from evtimeline.store.job_runs import ROUND, JobRun
from evtimeline.web.tally import Tally

if TYPE_CHECKING:
    from sqlalchemy import Engine


@dataclass(frozen=True)
class Snapshot:
    """What was counted at `at`, and how many seconds the counting took.

    `runs` are those of daemons at work, and the rounds of machines where none need be.
    """

    at: datetime
    feeds: Mapping[str, int]
    polls: Waiting
    entries: int
    milestones: Mapping[Status, int]
    claims: Mapping[Verdict, int]
    outbox: Mapping[MessageState, int]
    messages: Waiting
    deliveries: Mapping[tuple[str, Result], int]
    last_digest: datetime | None
    daemons: tuple[Daemon, ...]
    runs: tuple[JobRun, ...]
    seconds: float


def take(engine: "Engine", now: datetime, tally: Tally) -> Snapshot:
    """Count everything. Raises StoreError."""
    began = monotonic()
    with reading(engine) as connection:
        known = daemons.load(connection)
        alive = {one.name for one in known if one.is_alive(now)}
        return Snapshot(
            at=now,
            feeds=figures.feeds_by_state(connection),
            polls=figures.polls_due(connection, now),
            entries=figures.entries_ever(connection),
            milestones=figures.milestones_by_status(connection, now),
            claims=figures.claims_by_verdict(connection),
            outbox=figures.outbox_by_state(connection),
            messages=figures.messages_due(connection, now),
            deliveries=tally.count(connection),
            last_digest=figures.last_digest(connection),
            daemons=known,
            runs=tuple(run for run in job_runs.load(connection) if run.daemon in alive or run.job == ROUND),
            seconds=monotonic() - began,
        )
