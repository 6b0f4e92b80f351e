import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from tests.patience import PATIENCE

from evtimeline.daemon.ticks import Job, Ticks

HOUR = 3600.0


@contextmanager
def ticking(*jobs: Job) -> Iterator[Ticks]:
    ticks = Ticks(jobs)
    ticks.start()
    try:
        yield ticks
    finally:
        ticks.finish()


def test_a_job_runs_at_once_and_again_and_again() -> None:
    runs = threading.Semaphore(0)
    with ticking(Job("poll", 0.01, runs.release)):
        assert all(runs.acquire(timeout=PATIENCE) for _ in range(5))


def test_a_job_that_runs_is_not_begun_a_second_time() -> None:
    begun, end, running, most = threading.Semaphore(0), threading.Event(), [0], [0]

    def work() -> None:
        running[0] += 1
        most[0] = max(most[0], running[0])
        begun.release()
        end.wait(PATIENCE)
        running[0] -= 1

    others = threading.Semaphore(0)
    with ticking(Job("slow", 0.01, work), Job("other", 0.01, others.release)) as ticks:
        assert begun.acquire(timeout=PATIENCE)
        ticks.nudge("slow")
        assert all(others.acquire(timeout=PATIENCE) for _ in range(5))
        end.set()
    assert most == [1]


def test_a_nudge_does_not_wait_for_the_next_tick() -> None:
    runs = threading.Semaphore(0)
    with ticking(Job("tell", HOUR, runs.release, after=HOUR)) as ticks:
        ticks.nudge("tell")
        assert runs.acquire(timeout=PATIENCE)


def test_a_job_that_nudges_another_while_all_are_finished_holds_up_nobody() -> None:
    begun, finishing = threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        assert finishing.wait(PATIENCE)
        ticks.nudge("other")

    ticks = Ticks([Job("poll", HOUR, work), Job("other", HOUR, lambda: None, after=HOUR)])
    ticks.start()
    assert begun.wait(PATIENCE)
    ending = threading.Thread(target=ticks.finish)
    ending.start()
    finishing.set()
    ending.join(PATIENCE)
    assert not ending.is_alive()


def test_a_clock_that_was_put_back_stops_no_job() -> None:
    runs = threading.Semaphore(0)
    with ticking(Job("poll", 10.0, runs.release)) as ticks:
        assert runs.acquire(timeout=PATIENCE)
        # As if the wall clock had shown three hours more when the next tick was set.
        ticks._scheduler.modify_job("poll", next_run_time=datetime.now(UTC) + timedelta(hours=3))  # noqa: TID251
        assert 10_000 < ticks.catch_up() < 10_800
        assert runs.acquire(timeout=PATIENCE)
        assert ticks.catch_up() == 0.0


def test_a_clock_that_jumped_a_thousand_years_ahead_costs_one_run() -> None:
    runs = threading.Semaphore(0)
    with ticking(Job("poll", 10.0, runs.release)) as ticks:
        assert runs.acquire(timeout=PATIENCE)
        began = time.process_time()
        ticks._scheduler.modify_job("poll", next_run_time=datetime(1025, 1, 1, tzinfo=UTC))
        assert runs.acquire(timeout=PATIENCE)
        assert not runs.acquire(blocking=False)
        assert time.process_time() - began < 5  # three thousand million ticks would take an hour


def test_how_long_the_scheduler_has_been_silent_is_known() -> None:
    runs = threading.Semaphore(0)
    with ticking(Job("poll", HOUR, runs.release)) as ticks:
        assert runs.acquire(timeout=PATIENCE)
        before = ticks.idle
        ticks.nudge("poll")
        assert runs.acquire(timeout=PATIENCE)
        assert ticks.idle >= 0.0
        assert before >= 0.0
