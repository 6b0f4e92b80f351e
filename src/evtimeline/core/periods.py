"""Periods of the calendar: the first and last day of months, quarters, halves, seasons and weeks, and their parts."""

from calendar import monthrange
from datetime import date, timedelta

Span = tuple[date, date]
"""The first and the last day, both inclusive."""

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Years outside of these are no date of news; what claims to be one is a mistake."""


def months(year: int, first: int, last: int) -> Span:
    """The span from month `first` to month `last`; 13 is January of the next year, 0 December of the one before."""
    begin = _month_start(year, first)
    return begin, _month_start(year, last + 1) - timedelta(days=1)


def _month_start(year: int, month: int) -> date:
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def quarter(year: int, number: int) -> Span:
    """Quarter 1..4 of a calendar year."""
    return months(year, 3 * number - 2, 3 * number)


def half(year: int, number: int) -> Span:
    """Half 1 or 2 of a calendar year."""
    return months(year, 6 * number - 5, 6 * number)


def season(year: int, number: int) -> Span:
    """Season 1..4 as the north has them: spring from March; winter, from December, ends in the next year."""
    return months(year, 3 * number, 3 * number + 2)


def week(day: date) -> Span:
    """The week, Monday to Sunday, that holds `day`."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def week_of(year: int, number: int) -> Span:
    """Week `number` of the ISO 8601 week calendar; ValueError if the year has no such week."""
    monday = date.fromisocalendar(year, number, 1)
    return monday, monday + timedelta(days=6)


def last_day(year: int, month: int) -> int:
    """The number of the last day of a month."""
    return monthrange(year, month)[1]


def shift(day: date, *, months: int = 0, days: int = 0) -> date:
    """`day` moved by whole months, staying in the month when it is shorter, then by days."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, last_day(year, month))) + timedelta(days=days)
