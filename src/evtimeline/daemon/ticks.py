"""The jobs of a daemon and how often each is looked after; what is due lies in the database, and this only ticks."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger


@dataclass(frozen=True)
class Job:
    """Something to be done again and again: `every` so many seconds, for the first time `after` so many."""

    name: str
    every: float
    work: Callable[[], None]
    after: float = 0.0


class Ticks:
    """A context manager; inside it the jobs run, each in a thread of its own and never twice at a time."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        self._jobs: Mapping[str, Job] = {job.name: job for job in jobs}
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": {"type": "threadpool", "max_workers": len(jobs)}},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )

    def start(self) -> None:
        """Begin to tick."""
        now = _wall_clock()
        for job in self._jobs.values():
            first = now + timedelta(seconds=job.after)
            self._scheduler.add_job(job.work, _Every(job.every), id=job.name, next_run_time=first)
        self._scheduler.start()

    def nudge(self, name: str) -> None:
        """Let a job run at once; one that is running is left to its next tick."""
        self._scheduler.modify_job(name, next_run_time=_wall_clock())

    def catch_up(self) -> float:
        """Undo what a clock that was put back has done: ticks that lie hours ahead are due now.

        Returns by how many seconds the clock was put back, about; 0.0 if it was not. Call it every few seconds. A clock
        that jumps ahead needs nothing: waits are counted by the monotonic clock, and none is longer than a tick.
        """
        now, most = _wall_clock(), 0.0
        for job in self._scheduler.get_jobs():
            ahead = (job.next_run_time - now).total_seconds() - max(self._jobs[job.id].every, self._jobs[job.id].after)
            if ahead > 1.0:
                self.nudge(job.id)
            most = max(most, ahead)
        return most if most > 1.0 else 0.0

    def finish(self) -> None:
        """Tick no more, and wait for the jobs that are running."""
        self._scheduler.shutdown(wait=True)


class _Every(BaseTrigger):  # type: ignore[misc]  # APScheduler has no types
    """So many seconds after the last look.

    APScheduler's own interval goes through every tick that it has missed: hours of work after a year's jump.
    """

    def __init__(self, seconds: float) -> None:
        self._length = timedelta(seconds=seconds)

    def get_next_fire_time(self, _previous: datetime | None, now: datetime) -> datetime:
        """The next tick, from now on."""
        return now + self._length


def _wall_clock() -> datetime:
    """The clock that APScheduler goes by, whatever instant our own may show in a demonstration."""
    return datetime.fromtimestamp(time.clock_gettime(time.CLOCK_REALTIME), UTC)
