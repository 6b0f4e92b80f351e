from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.messages import a_subscription, followed, stood

from evtimeline.core.reminders import OVERDUE_DAYS, Occasion, occasion, reminder
from evtimeline.core.standing import Outcome, Standing
from evtimeline.core.subscriptions import Cadence

DAYS = (30, 7, 1)
INSTANT = a_subscription(cadence=Cadence.INSTANT)


def told_on(standing: Standing, begin: str, end: str) -> list[tuple[str, bool, int]]:
    """Every reminder of somebody who is asked each morning."""
    day, last, found = date.fromisoformat(begin), date.fromisoformat(end), []
    while day <= last:
        one = occasion(followed(standing=standing, today=day), DAYS, day - timedelta(days=1))
        if one:
            found.append((day.isoformat(), one.opens, one.days))
        day += timedelta(days=1)
    return found


def test_a_window_is_announced_three_times_and_overdue_ever_more_rarely() -> None:
    assert told_on(stood("2025-06"), "2025-04-01", "2025-12-31") == [
        ("2025-05-02", True, 30),
        ("2025-05-25", True, 7),
        ("2025-05-31", True, 1),
        ("2025-07-01", False, 1),
        ("2025-07-08", False, 8),
        ("2025-07-15", False, 15),
        ("2025-07-29", False, 29),
        ("2025-08-26", False, 57),
    ]


@pytest.mark.parametrize("outcome", [Outcome.DONE, Outcome.CANCELLED, Outcome.REPORTED])
def test_what_has_come_to_its_end_needs_no_reminder(outcome: Outcome) -> None:
    assert told_on(stood("2025-06", outcome=outcome), "2025-04-01", "2025-12-31") == []


@pytest.mark.parametrize("when", [None, "../2025-06", "2025-06/.."])
def test_windows_without_an_end_or_a_beginning(when: str | None) -> None:
    told = told_on(stood(when), "2025-04-01", "2025-08-01")
    assert {opens for _, opens, _ in told} == ({True} if when == "2025-06/.." else {False} if when else set())


def test_whoever_was_away_is_told_once_with_the_days_as_they_are_now() -> None:
    away = date(2025, 5, 20)
    late = occasion(followed(standing=stood("2025-06"), today=date(2025, 5, 27)), DAYS, away)
    assert late == Occasion(late.followed, True, 5) if late else False
    weeks = occasion(followed(standing=stood("2025-06"), today=date(2025, 7, 20)), DAYS, away)
    assert weeks is not None
    assert (weeks.opens, weeks.days) == (False, 20)


def test_a_clock_that_was_put_back_reminds_of_nothing_twice() -> None:
    today = date(2025, 5, 25)
    assert occasion(followed(standing=stood("2025-06"), today=today), DAYS, today) is None
    assert occasion(followed(standing=stood("2025-06"), today=today), DAYS, today + timedelta(days=3)) is None


def test_a_date_that_comes_nearer_by_news_is_not_a_reminder_of_the_days_that_have_passed() -> None:
    named = stood("2025-06-26")
    told = told_on(named, "2025-06-23", "2025-06-26")  # named on the 23rd, which the alert said
    assert told == [("2025-06-25", True, 1)]


@given(st.integers(0, 200), st.integers(0, 60))
def test_no_morning_is_missed_and_none_told_twice(start: int, gap: int) -> None:
    """Asked every `gap` days or every day, what was told last is the same kind of news."""
    first = date(2025, 3, 1) + timedelta(days=start)
    last = first + timedelta(days=gap)
    standing = stood("2025-06")
    once = occasion(followed(standing=standing, today=last), DAYS, first)
    daily = told_on(standing, (first + timedelta(days=1)).isoformat(), last.isoformat())
    if once is None:
        assert not daily or daily[-1][1]  # an opening that was missed and has passed
    else:
        assert daily


def test_overdue_comes_first_and_the_longest_of_it() -> None:
    found = [
        Occasion(followed("profit", stood("2025-07-07")), True, 7),
        Occasion(followed("su7-update", stood("2025-05")), False, OVERDUE_DAYS[3]),
        Occasion(followed("sea-entry", stood("2025-06-29")), False, 1),
    ]
    letter = reminder(found, INSTANT)
    assert [item.badge for item in letter.sections[0].items][-1] == "in 7 days"
    assert letter.subject == "Xiaomi SU7 facelift launch, overdue by 29 days; 2 more reminders"
    assert letter.reason == "reminder"


def test_one_milestone_overdue_since_yesterday() -> None:
    letter = reminder([Occasion(followed("sea-entry", stood("2025-06-29")), False, 1)], INSTANT)
    assert letter.subject == "Xiaomi EV enters Southeast Asia, overdue by 1 day"
