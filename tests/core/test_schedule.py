from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import instant

from evtimeline.core.schedule import (
    DAY,
    Health,
    Next,
    Pace,
    PollHistory,
    Why,
    failure_state,
    habit_of,
    health,
    learned,
    next_poll,
    next_try,
)

NOW = instant("2025-07-01")
HOUR = timedelta(hours=1)
URL = "https://a.example/rss"


def wait(due: Next) -> timedelta:
    return due.at - NOW


def after(interval: timedelta = HOUR, **pace: timedelta) -> Next:
    return next_poll(NOW, Pace(interval, **pace), url=URL)


def test_a_feed_is_polled_again_after_its_interval_or_a_little_later() -> None:
    assert HOUR <= wait(after()) <= HOUR * 1.1
    assert after().why is Why.INTERVAL


def test_feeds_polled_together_drift_apart() -> None:
    assert len({next_poll(NOW, Pace(HOUR), url=f"{URL}/{number}").at for number in range(50)}) > 40


@pytest.mark.parametrize(
    ("habit", "hours", "why"),
    [(timedelta(minutes=20), 1, Why.INTERVAL), (DAY, 2, Why.HABIT), (7 * DAY, 6, Why.HABIT), (365 * DAY, 6, Why.HABIT)],
)
def test_a_feed_that_rarely_brings_something_is_polled_less_often(habit: timedelta, hours: int, why: Why) -> None:
    due = after(habit=habit)
    assert hours * HOUR <= wait(due) <= hours * HOUR * 1.1
    assert due.why is why


def test_a_habit_stretches_no_interval_beyond_a_day_or_six_times() -> None:
    assert wait(after(timedelta(minutes=10), habit=90 * DAY)) <= HOUR * 1.1
    assert DAY <= wait(after(12 * HOUR, habit=90 * DAY)) <= DAY * 1.1
    assert 7 * DAY <= wait(after(7 * DAY, habit=90 * DAY)) <= 7.7 * DAY


def test_a_long_silence_counts_as_a_habit_though_every_answer_was_that_nothing_changed() -> None:
    assert after(habit=HOUR, silent=8 * HOUR).why is Why.INTERVAL  # a night
    assert after(habit=HOUR, silent=10 * DAY) == after(habit=2.5 * DAY)
    assert after(silent=10 * DAY).why is Why.HABIT


def test_a_feed_that_asks_for_patience_gets_some() -> None:
    assert wait(after(asked=3 * HOUR)) >= 3 * HOUR
    assert after(asked=3 * HOUR).why is Why.ASKED
    assert wait(after(asked=HOUR / 12)) <= HOUR * 1.1
    assert wait(after(asked=7000 * DAY)) <= 7 * HOUR


def test_an_answer_that_stays_fresh_is_not_asked_for_again() -> None:
    assert wait(after(fresh=2 * HOUR)) >= 2 * HOUR
    assert after(fresh=2 * HOUR).why is Why.FRESH
    assert wait(after(fresh=DAY)) <= 7 * HOUR


def test_a_server_that_demands_patience_with_a_good_answer_is_given_it() -> None:
    assert after(retry_after=5 * HOUR) == Next(NOW + 5 * HOUR, Why.DEMANDED)
    assert wait(after(retry_after=90 * DAY)) == DAY
    assert after(retry_after=timedelta(seconds=1)).why is Why.INTERVAL


def test_a_habit_is_learned_from_what_polls_bring() -> None:
    assert learned(None, DAY, 4) == 6 * HOUR
    assert learned(8 * HOUR, DAY, 6) == 7 * HOUR
    assert learned(8 * HOUR, DAY, 0) == 8 * HOUR
    assert learned(8 * HOUR, None, 3) == 8 * HOUR
    assert learned(8 * HOUR, -DAY, 3) == 8 * HOUR  # the clock was put back


@given(
    *(st.timedeltas(timedelta(), 4000 * DAY) for _ in range(5)),
    st.timedeltas(timedelta(minutes=1), 30 * DAY),
)
def test_no_feed_is_polled_sooner_than_its_interval_nor_much_later_than_a_day(
    habit: timedelta, silent: timedelta, asked: timedelta, fresh: timedelta, demanded: timedelta, interval: timedelta
) -> None:
    due = wait(next_poll(NOW, Pace(interval, habit, silent, asked, fresh, demanded), url=URL))
    assert interval <= due <= max(interval, DAY) * 1.1


def test_failures_double_the_wait_up_to_a_day() -> None:
    waits = [wait(next_try(NOW, HOUR, url=URL, failures=number)) for number in (1, 2, 3, 4, 5, 50)]
    for one, hours in zip(waits, (2, 4, 8, 16, 24, 24), strict=True):
        assert hours * HOUR <= one <= hours * HOUR * 1.1


def test_a_feed_that_is_polled_rarely_is_not_polled_more_often_for_failing() -> None:
    assert wait(next_try(NOW, 3 * DAY, url=URL, failures=9)) >= 3 * DAY


def test_the_server_is_given_the_time_that_it_asks_for_up_to_a_day() -> None:
    assert next_try(NOW, HOUR, url=URL, failures=1, retry_after=5 * 3600) == Next(NOW + 5 * HOUR, Why.DEMANDED)
    assert wait(next_try(NOW, HOUR, url=URL, failures=1, retry_after=10**9)) == DAY
    assert next_try(NOW, HOUR, url=URL, failures=1, retry_after=1).why is Why.FAILING


def test_a_feed_that_is_gone_is_asked_once_a_day() -> None:
    assert wait(next_try(NOW, HOUR, url=URL, failures=1, gone=True)) >= DAY


@given(st.integers(1, 10_000), st.integers(0, 10**12), st.timedeltas(timedelta(minutes=1), timedelta(days=30)))
def test_no_feed_is_ever_given_up(failures: int, asked: int, interval: timedelta) -> None:
    due = next_try(NOW, interval, url=URL, failures=failures, retry_after=asked).at
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
