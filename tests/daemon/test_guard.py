import logging
from collections.abc import Callable

import pytest
from tests.builders import NOW

from evtimeline.daemon.guard import Guard
from evtimeline.errors import DocumentError, Problem, StoreError


@pytest.fixture
def events(caplog: pytest.LogCaptureFixture) -> Callable[[], list[str]]:
    caplog.set_level(logging.INFO, "evtimeline.events")

    def taken() -> list[str]:
        found = [record.getMessage() for record in caplog.records]
        caplog.clear()
        return found

    return taken


def failing(error: Exception) -> Callable[[], None]:
    def work() -> None:
        raise error

    return work


def works() -> None:
    """Do nothing wrong."""


def test_a_job_that_fails_is_told_once_and_again_when_it_works(events: Callable[[], list[str]]) -> None:
    guard = Guard("d", lambda: NOW)
    for _ in range(5):
        guard.run("poll", failing(ValueError("no")))
    guard.run("tell", works)
    guard.run("poll", works)
    guard.run("poll", works)
    assert events() == ["poll-failed", "poll-works-again"]


def test_another_reason_is_told_too(events: Callable[[], list[str]]) -> None:
    guard = Guard("d", lambda: NOW)
    for reason in ("no", "no", "other"):
        guard.run("poll", failing(ValueError(reason)))
    assert events() == ["poll-failed", "poll-failed"]


def test_a_database_that_is_down_is_told_once_for_all_jobs(events: Callable[[], list[str]]) -> None:
    guard = Guard("d", lambda: NOW)
    for job in ("poll", "tell", "deliver", "poll"):
        guard.run(job, failing(StoreError("no PostgreSQL answers at db")))
    for job in ("tell", "poll", "deliver"):
        guard.run(job, works)
    assert events() == ["database-failed", "database-works-again"]


def test_jobs_that_only_read_end_no_outage_of_those_that_write(events: Callable[[], list[str]]) -> None:
    guard = Guard("d", lambda: NOW)
    for _ in range(3):
        guard.run("poll", failing(StoreError("the disk is full")))
        guard.run("beat", failing(StoreError("the disk fails")))
        guard.run("tell", works)
    guard.run("poll", works)
    assert events() == ["database-failed", "database-failed"]
    guard.run("beat", works)
    assert events() == ["database-works-again"]


def test_what_every_job_did_last_is_known() -> None:
    guard = Guard("d", lambda: NOW)
    guard.run("poll", failing(DocumentError("feeds.yaml", (Problem(1, "a"), Problem(2, "b")))))
    guard.run("tell", works)
    poll, tell = guard.runs()
    assert (poll.daemon, poll.job, poll.ended_at, poll.error) == ("d", "poll", NOW, "feeds.yaml:1: a; feeds.yaml:2: b")
    assert tell.error is None


def test_a_bug_is_one_sentence() -> None:
    guard = Guard("d", lambda: NOW)
    guard.run("poll", failing(ValueError("several\nlines")))
    assert guard.runs()[0].error == "this is a bug in evtimeline (ValueError: several"
