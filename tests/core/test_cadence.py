from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evtimeline.core.cadence import (
    Period,
    instant_of,
    last_due,
    last_morning,
    next_due,
    parse_weekday,
    period_due,
    quiet_until,
    waits_until,
)
from evtimeline.core.subscriptions import Cadence, Subscription

ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC")
MOMENTS = st.floats(0, 3 * 366 * 24)


def local(text: str, zone: str, fold: int = 0) -> datetime:
    """The instant at which clocks in `zone` show `text`."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


def subscribed(cadence: Cadence = Cadence.WEEKLY, at: str = "08:00", **changes: object) -> Subscription:
    made = datetime(2025, 1, 1, tzinfo=UTC)
    values: dict[str, object] = {"weekday": 0, "zone": "Asia/Shanghai", "at": time.fromisoformat(at)} | changes
    return Subscription("team@example.org", "smtp", cadence, made, **values)  # type: ignore[arg-type]


def dues(subscription: Subscription, begin: datetime, end: datetime) -> list[datetime]:
    """Every instant at which a digest is found to be due by a clock that ticks once in ten minutes."""
    told, found, now = begin, [], begin
    while now <= end:
        period = period_due(subscription, told, now)
        if period:
            found.append(period.end)
            told = period.end
        now += timedelta(minutes=10)
    return found


def test_a_weekly_digest_falls_on_its_weekday_by_the_clock_of_its_zone() -> None:
    subscription = subscribed()
    assert last_due(subscription, local("2025-06-23T08:00", "Asia/Shanghai")) == datetime(2025, 6, 23, 0, tzinfo=UTC)
    assert last_due(subscription, local("2025-06-23T07:59", "Asia/Shanghai")) == datetime(2025, 6, 16, 0, tzinfo=UTC)
    assert next_due(subscription, local("2025-06-23T08:00", "Asia/Shanghai")) == datetime(2025, 6, 30, 0, tzinfo=UTC)


@pytest.mark.parametrize(("name", "number"), [("mon", 0), ("Tue", 1), ("WEDNESDAY", 2), ("th", 3), ("sun", 6)])
def test_weekdays_go_by_their_names(name: str, number: int) -> None:
    assert parse_weekday(name) == number


@pytest.mark.parametrize("name", ["", "m", "t", "s", "1", "montag", "mondays"])
def test_what_is_no_weekday_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="write mon"):
        parse_weekday(name)


def test_an_instant_subscription_has_no_digest() -> None:
    subscription = subscribed(Cadence.INSTANT)
    assert last_due(subscription, datetime(2025, 6, 23, tzinfo=UTC)) is None
    assert next_due(subscription, datetime(2025, 6, 23, tzinfo=UTC)) is None


def test_a_clock_that_jumps_weeks_forward_gives_one_digest_that_covers_them() -> None:
    told = local("2025-06-02T08:00", "Asia/Shanghai")
    period = period_due(subscribed(), told, local("2025-06-25T03:00", "Asia/Shanghai"))
    assert period == Period(told, local("2025-06-23T08:00", "Asia/Shanghai"))
    assert period_due(subscribed(), period.end, local("2025-06-25T03:01", "Asia/Shanghai")) is None


def test_a_clock_that_is_put_back_gives_none_twice() -> None:
    told = local("2025-06-23T08:00", "Asia/Shanghai")
    for now in ("2025-06-16T09:00", "2025-06-22T09:00", "2025-06-23T07:00", "2025-06-23T08:00", "2025-06-29T23:00"):
        assert period_due(subscribed(), told, local(now, "Asia/Shanghai")) is None
    assert period_due(subscribed(), told, local("2025-06-30T08:00", "Asia/Shanghai")) is not None


@pytest.mark.parametrize(
    ("zone", "spring", "autumn"),
    [("Europe/Berlin", "2025-03-30", "2025-10-26"), ("America/New_York", "2025-03-09", "2025-11-02")],
)
@pytest.mark.parametrize("at", ["02:30", "01:30", "02:00", "03:00", "08:00"])
def test_a_daily_digest_comes_once_a_day_while_clocks_are_changed(zone: str, spring: str, autumn: str, at: str) -> None:
    for changed in (spring, autumn):
        begin = local(f"{changed}T12:00", zone) - timedelta(days=3)
        found = dues(subscribed(Cadence.DAILY, at, zone=zone), begin, begin + timedelta(days=5))
        days = [due.astimezone(ZoneInfo(zone)).date() for due in found]
        assert days == [days[0] + timedelta(days=n) for n in range(5)]


def test_half_past_two_is_half_past_three_when_it_is_skipped_and_the_first_one_when_it_comes_twice() -> None:
    skipped = instant_of(date(2025, 3, 30), time(2, 30), "Europe/Berlin")
    assert skipped.astimezone(ZoneInfo("Europe/Berlin")).time() == time(3, 30)
    twice = instant_of(date(2025, 10, 26), time(2, 30), "Europe/Berlin")
    assert twice == datetime(2025, 10, 26, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York"])
def test_a_weekly_digest_of_a_sunday_night_survives_both_changes(zone: str) -> None:
    begin = datetime(2025, 1, 1, tzinfo=UTC)
    found = dues(subscribed(at="02:30", weekday=6, zone=zone), begin, begin + timedelta(days=364))
    assert len(found) == 52
    assert {due.astimezone(ZoneInfo(zone)).weekday() for due in found} == {6}


def test_quiet_hours_may_cross_midnight() -> None:
    calm = subscribed(Cadence.INSTANT, quiet_from=time(22), quiet_to=time(7))
    ends = local("2025-06-24T07:00", "Asia/Shanghai")
    for inside in ("2025-06-23T22:00", "2025-06-23T23:59", "2025-06-24T00:00", "2025-06-24T06:59"):
        assert quiet_until(calm, local(inside, "Asia/Shanghai")) == ends
    for outside in ("2025-06-23T21:59", "2025-06-24T07:00", "2025-06-24T12:00"):
        assert quiet_until(calm, local(outside, "Asia/Shanghai")) is None


def test_quiet_hours_within_a_day_and_none_at_all() -> None:
    noon = subscribed(quiet_from=time(12), quiet_to=time(14))
    inside = local("2025-06-23T13:00", "Asia/Shanghai")
    assert quiet_until(noon, inside) == local("2025-06-23T14:00", "Asia/Shanghai")
    assert quiet_until(subscribed(), inside) is None
    assert quiet_until(subscribed(quiet_from=time(13), quiet_to=time(13)), inside) is None


@pytest.mark.parametrize(
    ("inside", "ends"),
    [
        ("2025-10-26T00:00", "2025-10-26T02:30"),  # the first 02:30: in the hour that comes again they are over
        ("2025-03-30T01:00", "2025-03-30T03:30"),  # 02:30 is skipped
    ],
)
def test_quiet_hours_end_once_while_clocks_are_changed(inside: str, ends: str) -> None:
    calm = subscribed(quiet_from=time(23), quiet_to=time(2, 30), zone="Europe/Berlin")
    assert quiet_until(calm, local(inside, "Europe/Berlin")) == local(ends, "Europe/Berlin")
    assert quiet_until(calm, local("2025-10-26T02:10", "Europe/Berlin", fold=1)) is None


@given(MOMENTS, st.sampled_from(ZONES), st.times(), st.times())
def test_quiet_hours_always_end_later_and_then_are_over(hours: float, zone: str, begin: time, end: time) -> None:
    calm = subscribed(zone=zone, quiet_from=begin, quiet_to=end)
    now = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
    ends = quiet_until(calm, now)
    if ends is not None:
        assert now < ends <= now + timedelta(hours=25, minutes=30)
        assert quiet_until(calm, ends) is None


@given(MOMENTS, st.sampled_from(ZONES), st.times())
def test_what_is_due_last_lies_behind_and_what_is_due_next_ahead(hours: float, zone: str, at: time) -> None:
    now = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
    for subscription in (
        subscribed(zone=zone, at=at.isoformat()),
        subscribed(Cadence.DAILY, at.isoformat(), zone=zone),
    ):
        last, following = last_due(subscription, now), next_due(subscription, now)
        assert last is not None
        assert following is not None
        assert last <= now < following
        assert following - last <= timedelta(days=8)
        assert last_due(subscription, following) == following


def test_reminders_go_out_in_the_morning_of_whoever_is_told_at_once() -> None:
    made = datetime(2025, 1, 1, tzinfo=UTC)
    subscription = Subscription("a@example.org", "smtp", Cadence.INSTANT, made, zone="Asia/Shanghai")
    now = local("2025-06-23T07:59", "Asia/Shanghai")
    assert last_morning(subscription, now) == local("2025-06-22T08:00", "Asia/Shanghai")


def test_changes_wait_for_company_but_not_for_a_clock_that_was_put_back() -> None:
    found, wait = datetime(2025, 6, 23, 8, tzinfo=UTC), timedelta(minutes=15)
    assert waits_until(found, wait, found) == found + wait
    assert waits_until(found, wait, found + wait) is None
    assert waits_until(found, wait, found - timedelta(days=2)) is None
