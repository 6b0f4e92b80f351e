"""Whether this daemon is alive, and whether it is ready to do its work; each check says why not in one sentence."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING

from evtimeline.errors import SchemaTooNewError, SchemaTooOldError, StoreError
from evtimeline.store import daemons, job_runs, schema
from evtimeline.store.daemons import ALIVE, Daemon
from evtimeline.store.engine import reading
from evtimeline.store.job_runs import JobRun
from evtimeline.web.answers import Answer
from evtimeline.web.patience import Patience

if TYPE_CHECKING:
    from sqlalchemy import Engine

POLL_JOB = "poll"
"""The job that asks the feeds, by the name under which its runs are kept."""

POLLED = timedelta(minutes=15)
"""How long ago the last round of polling may have ended; a round of slow feeds takes minutes."""

Pulse = Callable[[], datetime | None]
"""When the scheduler last ticked, asked without the database; None before its first tick."""


@dataclass(frozen=True)
class Check:
    """One thing that was looked at, whether it is well, and why or why not."""

    name: str
    ok: bool
    why: str


class Health:
    """Looks at one daemon; `pulse` is asked for the scheduler's last tick, else the database is."""

    def __init__(
        self,
        engine: "Engine",
        daemon: str,
        clock: Callable[[], datetime],
        patience: Patience,
        pulse: Pulse | None = None,
    ) -> None:
        self._engine = engine
        self._daemon = daemon
        self._clock = clock
        self._patience = patience
        self._pulse = pulse

    def alive(self) -> Answer:
        """Answer /healthz: a process that answers and whose scheduler ticks is alive, with or without a database."""
        return _answer("alive", (self._heartbeat(),))

    def ready(self) -> Answer:
        """Answer /readyz: everything that a daemon needs to do its work."""
        return _answer("ready", tuple(self._checks()))

    def _checks(self) -> Iterator[Check]:
        try:
            here, polled = self._patience.wait_for(self._look)
        except (SchemaTooOldError, SchemaTooNewError) as error:
            yield Check("database", True, "it answers")
            yield Check("schema", False, str(error))
            yield self._heartbeat()
        except StoreError as error:
            yield Check("database", False, str(error))
            yield self._heartbeat()
        else:
            yield Check("database", True, "it answers")
            yield Check("schema", True, f"revision {schema.HEAD}")
            yield self._heartbeat() if self._pulse else _heartbeat(here.beat_at if here else None, self._clock())
            yield _polled(here, polled, self._clock())

    def _look(self) -> tuple[Daemon | None, JobRun | None]:
        schema.check(self._engine)
        with reading(self._engine) as connection:
            here = next((one for one in daemons.load(connection) if one.name == self._daemon), None)
            runs = job_runs.load(connection)
        polled = next((run for run in runs if (run.daemon, run.job) == (self._daemon, POLL_JOB)), None)
        return here, polled

    def _heartbeat(self) -> Check:
        if self._pulse:
            return _heartbeat(self._pulse(), self._clock())
        try:
            here, _ = self._patience.wait_for(self._look)
        except StoreError as error:  # a new process would not bring the database back
            return Check("heartbeat", True, f"not known: {error}")
        return _heartbeat(here.beat_at if here else None, self._clock())


def _heartbeat(beat_at: datetime | None, now: datetime) -> Check:
    if beat_at is None:
        return Check("heartbeat", False, "the scheduler has not begun yet")
    age = now - beat_at
    if age > ALIVE:
        return Check("heartbeat", False, f"the scheduler was last heard of {_ago(age)}: restart the daemon")
    return Check("heartbeat", True, f"the scheduler was last heard of {_ago(age)}")


def _polled(here: Daemon | None, polled: JobRun | None, now: datetime) -> Check:
    since = max((at for at in (here and here.started_at, polled and polled.ended_at) if at), default=None)
    if since is None:
        return Check("poll", False, "this daemon has polled nothing yet")
    if now - since > POLLED:
        return Check("poll", False, f"the last round of polling ended {_ago(now - since)}: look into the daemon's log")
    if polled is None or since != polled.ended_at:
        return Check("poll", True, f"the daemon started {_ago(now - since)} and is at its first round")
    if polled.error:
        return Check("poll", False, f"the last round of polling failed: {polled.error}")
    return Check("poll", True, f"the last round of polling ended {_ago(now - since)}")


def _ago(age: timedelta) -> str:
    seconds = max(round(age.total_seconds()), 0)
    if seconds < 120:
        return f"{seconds} s ago"
    return f"{seconds // 60} min ago" if seconds < 7200 else f"{seconds // 3600} h ago"


def _answer(well: str, checks: tuple[Check, ...]) -> Answer:
    fine = all(check.ok for check in checks)
    told = {"status": well if fine else f"not {well}", "checks": [asdict(check) for check in checks]}
    body = json.dumps(told, ensure_ascii=False, indent=2) + "\n"
    return Answer(HTTPStatus.OK if fine else HTTPStatus.SERVICE_UNAVAILABLE, body, "application/json")
