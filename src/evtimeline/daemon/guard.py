"""The edge at which a job's failure becomes one line: told once, not again while it lasts, and when it is over."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from evtimeline.daemon.logs import note
from evtimeline.errors import EvtimelineError, StoreError
from evtimeline.feeds.urls import masked
from evtimeline.store.job_runs import JobRun

DATABASE = "database"
"""What fails when the database does: all jobs at once, so it is told once."""


@dataclass
class _Outage:
    """Since when (monotonic seconds) something fails, the sentences that were told, and the jobs it keeps from work."""

    since: float
    told: set[str] = field(default_factory=set)
    jobs: set[str] = field(default_factory=set)


@dataclass
class Guard:
    """Runs jobs; `name` is the daemon's. `runs` is what each job did last, for the database."""

    name: str
    clock: Callable[[], datetime]
    _outages: dict[str, _Outage] = field(default_factory=dict)
    _runs: dict[str, JobRun] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self, job: str, work: Callable[[], None]) -> None:
        """Do a job's work; whatever it raises is told, and the job is tried again at its next tick."""
        began, failure = time.monotonic(), None
        try:
            work()
        except Exception as error:  # noqa: BLE001  the scheduler's edge: one job must not end the others
            failure = error
        seconds = time.monotonic() - began
        with self._lock:
            why = sentence(failure) if failure else None
            self._runs[job] = JobRun(self.name, job, self.clock(), round(seconds, 3), why)
            if failure and why:
                self._failed(job, failure, why)
            else:
                self._worked(job)

    def runs(self) -> tuple[JobRun, ...]:
        """What each job did last."""
        with self._lock:
            return tuple(self._runs.values())

    def _failed(self, job: str, error: Exception, why: str) -> None:
        what = DATABASE if isinstance(error, StoreError) else job
        outage = self._outages.setdefault(what, _Outage(time.monotonic()))
        level = logging.DEBUG if why in outage.told else logging.ERROR
        note(level, f"{what}-failed", error=error, job=job, why=why)
        outage.told.add(why)
        outage.jobs.add(job)

    def _worked(self, job: str) -> None:
        """End the outages that kept no other job from work: what only reads goes on while a disk is full."""
        for what in (job, DATABASE):
            outage = self._outages.get(what)
            if outage is None or job not in outage.jobs:
                continue
            outage.jobs.remove(job)
            if not outage.jobs:
                del self._outages[what]
                minutes = round((time.monotonic() - outage.since) / 60, 1)
                note(logging.INFO, f"{what}-works-again", after_minutes=minutes)


def sentence(error: Exception) -> str:
    """What to say of a failure, on one line and without secrets: it is kept in the database and told over HTTP."""
    if isinstance(error, EvtimelineError):
        return masked("; ".join(str(error).splitlines()))
    return masked(f"this is a bug in evtimeline ({type(error).__name__}: {error})".splitlines()[0])
