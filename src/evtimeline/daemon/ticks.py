"""The jobs of a daemon and how often each is looked after; what is due lies in the database, and this only ticks."""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger

TOLERANCE = 1.0
"""Seconds by which clocks are corrected all the time."""


@dataclass(frozen=True)
class Job:
    """Something to be done again and again: `every` so many seconds, for the first time `after` so many."""

    name: str
    every: float
    work: Callable[[], None]
    after: float = 0.0

    @property
    def farthest(self) -> float:
        """How many seconds ahead its next tick can be."""
        return max(self.every, self.after)


class Ticks:
    """Runs jobs, each in a thread of its own and none twice at a time."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        self._jobs: Mapping[str, Job] = {job.name: job for job in jobs}
        self._ticked_at = time.monotonic()
        self._nudging = threading.Lock()
        self._finishing = False
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": {"type": "threadpool", "max_workers": len(jobs)}},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )

    @property
    def idle(self) -> float:
        """Seconds since the scheduler last looked after a job; not more than the shortest `every` while all is well."""
        return time.monotonic() - self._ticked_at

    def start(self) -> None:
        """Begin to tick."""
        now = _wall_clock()
        for job in self._jobs.values():
            first = now + timedelta(seconds=job.after)
            self._scheduler.add_job(job.work, _Every(job.every, self._mark), id=job.name, next_run_time=first)
        self._scheduler.start()

    def nudge(self, name: str) -> None:
        """Let a job run at once; one that is running is left to its next tick."""
        with self._nudging:
            if not self._finishing:
                self._scheduler.modify_job(name, next_run_time=_wall_clock())

    def catch_up(self) -> float:
        """Let jobs run at once whose ticks lie hours ahead since the clock was put back; call it every few seconds.

        Returns by how many seconds it was put back, about. A clock that jumps ahead needs nothing: the scheduler waits
        by the monotonic clock, and never longer than a tick.
        """
        now, most = _wall_clock(), 0.0
        for waiting in self._scheduler.get_jobs():
            ahead = (waiting.next_run_time - now).total_seconds() - self._jobs[waiting.id].farthest
            if ahead > TOLERANCE:
                self.nudge(waiting.id)
                most = max(most, ahead)
        return most

    def finish(self) -> None:
        """Tick no more, and wait for the jobs that are running."""
        with self._nudging:  # APScheduler waits for jobs with a lock held that a nudge of one of them would wait for
            self._finishing = True
        self._scheduler.shutdown(wait=True)

    def _mark(self) -> None:
        self._ticked_at = time.monotonic()


class _Every(BaseTrigger):  # type: ignore[misc]  # APScheduler has no types
    """So many seconds after the last look; `mark` is called at each.

    APScheduler's own interval goes through every tick that was missed: a million of them after a year's jump.
    """

    def __init__(self, seconds: float, mark: Callable[[], None]) -> None:
        self._length, self._mark = timedelta(seconds=seconds), mark

    def get_next_fire_time(self, _previous: datetime | None, now: datetime) -> datetime:
        """The next tick, from now on."""
        self._mark()
        return now + self._length


def _wall_clock() -> datetime:
    """The clock that APScheduler goes by, whatever instant our own may show in a demonstration."""
    return datetime.fromtimestamp(time.clock_gettime(time.CLOCK_REALTIME), UTC)
