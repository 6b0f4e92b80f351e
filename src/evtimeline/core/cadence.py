"""When a subscription is due, and until when it is left in peace, by the clock on the wall of its zone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from evtimeline.core.subscriptions import Cadence, Subscription

MORNING = time(8)
"""When a day's reminders go out, and a subscription that names no time."""

_DAY = timedelta(days=1)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True)
class Period:
    """The time that a digest covers: after `begin`, up to and with `end`; aware UTC instants."""

    begin: datetime
    end: datetime


def parse_weekday(name: str) -> int:
    """The number of a weekday (0 is Monday) by its English name or the beginning of it; raises ValueError."""
    typed = name.strip().lower()
    found = [number for number, day in enumerate(_WEEKDAYS) if len(typed) >= 2 and day.startswith(typed)]
    if len(found) != 1:
        raise ValueError(f"{name!r} is no weekday: write mon, tue, wed, thu, fri, sat or sun")
    return found[0]


def instant_of(day: date, at: time, zone: str) -> datetime:
    """The instant (UTC) at which the clocks of a zone show `at` on `day`, exactly one for every day.

    Of a time that comes twice, as clocks are put back, it is the first. A time that is skipped, as they are put
    forward, is as long after midnight as on any other day: 02:30 is then shown as 03:30 (PEP 495, fold=0).
    """
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)


def last_due(subscription: Subscription, now: datetime) -> datetime | None:
    """The last instant up to `now` at which a digest was due; None for a subscription that is told at once."""
    if subscription.cadence is Cadence.INSTANT:
        return None
    return next(due for day, due in _backwards(subscription, now) if _falls(subscription, day))


def last_morning(subscription: Subscription, now: datetime) -> datetime:
    """The last instant up to `now` at which a day's reminders were due."""
    return next(due for _, due in _backwards(subscription, now))


def next_due(subscription: Subscription, now: datetime) -> datetime | None:
    """The first instant after `now` at which a digest is due; None for a subscription that is told at once."""
    if subscription.cadence is Cadence.INSTANT:
        return None
    day = now.astimezone(ZoneInfo(subscription.zone)).date() - _DAY
    while True:
        due = instant_of(day, subscription.at or MORNING, subscription.zone)
        if due > now and _falls(subscription, day):
            return due
        day += _DAY


def period_due(subscription: Subscription, told_to: datetime, now: datetime) -> Period | None:
    """The period of the digest that is due at `now`; None while there is none.

    `told_to` is the end of the last one, or when the subscription was made. A clock that jumped weeks forward gives
    one period that covers them all; one that was put back gives none until it has caught up.
    """
    due = last_due(subscription, now)
    return Period(told_to, due) if due is not None and due > told_to else None


def quiet_until(subscription: Subscription, at: datetime) -> datetime | None:
    """The end of the quiet hours that `at` lies in; None outside of them. They may cross midnight."""
    begin, end = subscription.quiet_from, subscription.quiet_to
    if begin is None or end is None or begin == end:
        return None
    today = at.astimezone(ZoneInfo(subscription.zone)).date()
    for day in (today - _DAY, today):
        ends = instant_of(day + _DAY if end < begin else day, end, subscription.zone)
        if instant_of(day, begin, subscription.zone) <= at < ends:
            return ends
    return None


def waits_until(oldest: datetime, wait: timedelta, now: datetime) -> datetime | None:
    """Until when changes are held back so that others can join; None once they are to be told.

    `oldest` is when the first of them was found out. If that lies ahead the clock was put back, and nothing waits.
    """
    return oldest + wait if oldest <= now < oldest + wait else None


def _backwards(subscription: Subscription, now: datetime) -> Iterator[tuple[date, datetime]]:
    """The days, and their instants up to `now` at which clocks show the subscription's time, the last one first."""
    day = now.astimezone(ZoneInfo(subscription.zone)).date() + _DAY
    while True:
        due = instant_of(day, subscription.at or MORNING, subscription.zone)
        if due <= now:
            yield day, due
        day -= _DAY


def _falls(subscription: Subscription, day: date) -> bool:
    return subscription.cadence is not Cadence.WEEKLY or day.weekday() == (subscription.weekday or 0)
