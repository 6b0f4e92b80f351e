from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import instant

from evtimeline.core.schedule import (
    DAY,
    Health,
    PollHistory,
    failure_due,
    failure_state,
    habit_of,
    health,
    next_due,
)

NOW = instant("2025-07-01")
HOUR = timedelta(hours=1)
URL = "https://a.example/rss"


def delay(due: datetime) -> timedelta:
    return due - NOW


def test_a_feed_is_polled_again_after_its_interval_or_a_little_later() -> None:
    assert HOUR <= delay(next_due(NOW, HOUR, url=URL)) <= HOUR * 1.1


def test_feeds_polled_together_drift_apart() -> None:
    assert len({next_due(NOW, HOUR, url=f"{URL}/{number}") for number in range(50)}) > 40


def test_a_feed_that_asks_for_patience_gets_some() -> None:
    assert delay(next_due(NOW, HOUR, url=URL, ttl_minutes=180)) >= 3 * HOUR
    assert delay(next_due(NOW, HOUR, url=URL, ttl_minutes=5)) <= HOUR * 1.1
    assert delay(next_due(NOW, HOUR, url=URL, ttl_minutes=10**6)) <= 7 * HOUR


def test_failures_double_the_wait_up_to_a_day() -> None:
    waits = [delay(failure_due(NOW, HOUR, url=URL, failures=number)) for number in (1, 2, 3, 4, 5, 50)]
    for wait, hours in zip(waits, (2, 4, 8, 16, 24, 24), strict=True):
        assert hours * HOUR <= wait <= hours * HOUR * 1.1


def test_a_feed_that_is_polled_rarely_is_not_polled_more_often_for_failing() -> None:
    assert delay(failure_due(NOW, 3 * DAY, url=URL, failures=9)) >= 3 * DAY


def test_the_server_is_given_the_time_that_it_asks_for_up_to_a_day() -> None:
    assert delay(failure_due(NOW, HOUR, url=URL, failures=1, retry_after=5 * 3600)) == 5 * HOUR
    assert delay(failure_due(NOW, HOUR, url=URL, failures=1, retry_after=10**9)) == DAY
    assert delay(failure_due(NOW, HOUR, url=URL, failures=1, retry_after=1)) >= 2 * HOUR


def test_a_feed_that_is_gone_is_asked_once_a_day() -> None:
    assert delay(failure_due(NOW, HOUR, url=URL, failures=1, gone=True)) >= DAY


@given(st.integers(1, 10_000), st.integers(0, 10**12), st.timedeltas(timedelta(minutes=1), timedelta(days=30)))
def test_no_feed_is_ever_given_up(failures: int, asked: int, interval: timedelta) -> None:
    due = failure_due(NOW, interval, url=URL, failures=failures, retry_after=asked)
    assert NOW < due <= NOW + max(DAY, interval) * 1.1


@pytest.mark.parametrize(
    ("status", "failures", "parsed", "state"),
    [
        (410, 1, False, Health.GONE),
        (404, 1, False, Health.FAILING),
        (404, 5, False, Health.GONE),
        (500, 9, False, Health.FAILING),
        (None, 9, False, Health.FAILING),
        (200, 1, True, Health.NOT_A_FEED),
    ],
)
def test_what_a_failure_makes_of_a_feed(status: int | None, failures: int, parsed: bool, state: Health) -> None:
    assert failure_state(status, failures, parsed=parsed) is state


def test_a_feed_that_answers_and_brings_nothing_for_far_longer_than_its_habit_is_quiet() -> None:
    daily = PollHistory("ok", NOW - 60 * DAY, NOW - 10 * DAY, habit=DAY)
    weekly = PollHistory("ok", NOW - 60 * DAY, NOW - 10 * DAY, habit=7 * DAY)
    assert health(daily, NOW) is Health.QUIET
    assert health(weekly, NOW) is Health.OK


def test_a_busy_feed_may_rest_over_a_weekend() -> None:
    assert health(PollHistory("ok", NOW - 60 * DAY, NOW - 2 * DAY, habit=HOUR), NOW) is Health.OK


def test_a_feed_that_never_brought_anything_becomes_quiet_too() -> None:
    assert health(PollHistory("ok", NOW - 40 * DAY), NOW) is Health.QUIET
    assert health(PollHistory("ok", NOW - 4 * DAY), NOW) is Health.OK


@pytest.mark.parametrize("state", ["new", "failing", "gone", "not a feed"])
def test_trouble_is_told_before_silence(state: str) -> None:
    assert health(PollHistory(state, NOW - 90 * DAY), NOW).value == state


def test_a_habit_is_the_usual_gap_between_the_newest_entries() -> None:
    assert habit_of([NOW - 2 * number * DAY for number in range(100)]) == 2 * DAY
    assert habit_of([NOW, NOW - DAY, None]) is None
    assert habit_of([NOW] * 10) is None
