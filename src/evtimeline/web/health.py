"""Whether this daemon is alive, and whether it is ready to do its work; each check says why not in one sentence."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING

from evtimeline.errors import SchemaTooNewError, SchemaTooOldError, StoreError
from evtimeline.store import daemons, figures, job_runs, schema
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
"""How long ago the last round of polling may have ended, unless one is going on."""

Pulse = Callable[[], datetime]
"""When the scheduler last ticked; asks no database."""


@dataclass(frozen=True)
class Check:
    """One thing that was looked at, whether it is well, and why or why not."""

    name: str
    ok: bool
    why: str


@dataclass(frozen=True)
class _Polling:
    """What a database knows of a daemon's polling; `in_hand` is how many feeds it is at."""

    here: Daemon | None
    last: JobRun | None
    in_hand: int


class Health:
    """Looks at one daemon by the name under which its heartbeat and its runs are kept."""

    def __init__(
        self, engine: "Engine", daemon: str, clock: Callable[[], datetime], patience: Patience, pulse: Pulse
    ) -> None:
        self._engine = engine
        self._daemon = daemon
        self._polls = (daemon, POLL_JOB)
        self._clock = clock
        self._patience = patience
        self._pulse = pulse

    def alive(self) -> Answer:
        """Answer /healthz: a process that answers and whose scheduler ticks is alive, with or without a database."""
        return _answer("alive", (self._scheduler(),))

    def ready(self) -> Answer:
        """Answer /readyz: everything that a daemon needs to do its work."""
        return _answer("ready", tuple(self._checks()))

    def _checks(self) -> Iterator[Check]:
        try:
            polling = self._patience.wait_for(self._look)
        except (SchemaTooOldError, SchemaTooNewError) as error:
            yield Check("database", True, "it answers")
            yield Check("schema", False, str(error))
        except StoreError as error:
            yield Check("database", False, str(error))
        else:
            yield Check("database", True, "it answers")
            yield Check("schema", True, f"revision {schema.HEAD}")
            yield _polled(polling, self._clock())
        yield self._scheduler()

    def _look(self) -> _Polling:
        schema.check(self._engine)
        with reading(self._engine) as connection:
            here = next((one for one in daemons.load(connection) if one.name == self._daemon), None)
            last = next((run for run in job_runs.load(connection) if (run.daemon, run.job) == self._polls), None)
            return _Polling(here, last, figures.polls_in_hand(connection, self._daemon, self._clock()))

    def _scheduler(self) -> Check:
        age = self._clock() - self._pulse()
        if age > ALIVE:
            return Check("scheduler", False, f"it ticked for the last time {_ago(age)}: restart the daemon")
        return Check("scheduler", True, f"it ticked {_ago(age)}")


def _polled(polling: _Polling, now: datetime) -> Check:
    last, here = polling.last, polling.here
    if polling.in_hand:
        return Check("poll", True, f"feeds are being polled: {polling.in_hand}")
    if last and last.error:
        return Check("poll", False, f"the last round of polling failed: {last.error}")
    since = last.ended_at if last else here.started_at if here else None
    what = "the last round of polling ended" if last else "nothing was polled yet, and the daemon started"
    if since is None:
        return Check("poll", False, "nothing was polled yet")
    fine = now - since <= POLLED
    return Check("poll", fine, f"{what} {_ago(now - since)}" + ("" if fine else ": look into the daemon's log"))


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
