"""The days of the year that news names instead of dates: festivals, shopping days and the seasons of the cinema."""

from collections.abc import Callable
from datetime import date, timedelta

from evtimeline.core.lunar import lunar_day
from evtimeline.core.periods import Span, last_day, months


def span(name: str, year: int) -> Span | None:
    """The days of a holiday in a year; None where the lunar calendar is not known. KeyError for no known name."""
    return _HOLIDAYS[name](year)


def _fixed(month: int, day: int, length: int = 1) -> Callable[[int], Span | None]:
    def days(year: int) -> Span | None:
        first = date(year, month, day)
        return first, first + timedelta(days=length - 1)

    return days


def _lunar(month: int, day: int, length: int = 1, before: int = 0) -> Callable[[int], Span | None]:
    def days(year: int) -> Span | None:
        first = lunar_day(year, month, day)
        if first is None:
            return None
        return first - timedelta(days=before), first + timedelta(days=length - before - 1)

    return days


def _weekday(month: int, weekday: int, number: int, plus: int = 0) -> Callable[[int], Span | None]:
    """The number-th weekday (0 is Monday) of a month, -1 the last one, and `plus` days after it."""

    def days(year: int) -> Span | None:
        if number > 0:
            first = date(year, month, 1)
            day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1) + plus)
        else:
            last = date(year, month, last_day(year, month))
            day = last - timedelta(days=(last.weekday() - weekday) % 7 - plus)
        return day, day

    return days


def _easter(plus: int = 0, length: int = 1) -> Callable[[int], Span | None]:
    def days(year: int) -> Span | None:
        first = _easter_sunday(year) + timedelta(days=plus)
        return first, first + timedelta(days=length - 1)

    return days


def _easter_sunday(year: int) -> date:
    """Easter of the Gregorian calendar (the Meeus/Jones/Butcher computus)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    n = h + i - 7 * ((a + 11 * h + 22 * i) // 451) + 114
    return date(year, n // 31, n % 31 + 1)


def _qingming(year: int) -> Span | None:
    """Clear and bright, the solar term: 4 or 5 April, by the usual formula for the 21st century."""
    day = date(year, 4, int(year % 100 * 0.2422 + 4.81) - (year % 100 - 1) // 4)
    return day, day


def _months(first: int, last: int) -> Callable[[int], Span | None]:
    return lambda year: months(year, first, last)


_HOLIDAYS: dict[str, Callable[[int], Span | None]] = {
    "new year": _fixed(1, 1),
    "new year's eve": _fixed(12, 31),
    "valentine": _fixed(2, 14),
    "women": _fixed(3, 8),
    "st patrick": _fixed(3, 17),
    "earth": _fixed(4, 22),
    "labour": _fixed(5, 1),
    "labour holiday": _fixed(5, 1, 5),
    "youth": _fixed(5, 4),
    "children": _fixed(6, 1),
    "618": _fixed(6, 18),
    "juneteenth": _fixed(6, 19),
    "independence": _fixed(7, 4),
    "army": _fixed(8, 1),
    "teachers": _fixed(9, 10),
    "national": _fixed(10, 1),
    "golden week": _fixed(10, 1, 7),
    "halloween": _fixed(10, 31),
    "singles": _fixed(11, 11),
    "veterans": _fixed(11, 11),
    "double twelve": _fixed(12, 12),
    "christmas eve": _fixed(12, 24),
    "christmas": _fixed(12, 25),
    "boxing": _fixed(12, 26),
    "spring festival eve": _lunar(1, 1, before=1),
    "spring festival": _lunar(1, 1),
    "spring festival holiday": _lunar(1, 1, 8, before=1),
    "spring festival films": _lunar(1, 1, 7),
    "lantern": _lunar(1, 15),
    "dragon boat": _lunar(5, 5),
    "qixi": _lunar(7, 7),
    "mid-autumn": _lunar(8, 15),
    "double ninth": _lunar(9, 9),
    "laba": _lunar(12, 8),
    "qingming": _qingming,
    "winter holidays": _months(1, 2),
    "summer holidays": _months(6, 8),
    "new year films": _months(12, 14),
    "martin luther king": _weekday(1, 0, 3),
    "presidents": _weekday(2, 0, 3),
    "mothers": _weekday(5, 6, 2),
    "memorial": _weekday(5, 0, -1),
    "fathers": _weekday(6, 6, 3),
    "us labor": _weekday(9, 0, 1),
    "columbus": _weekday(10, 0, 2),
    "thanksgiving": _weekday(11, 3, 4),
    "black friday": _weekday(11, 3, 4, plus=1),
    "cyber monday": _weekday(11, 3, 4, plus=4),
    "easter": _easter(),
    "easter monday": _easter(1),
    "good friday": _easter(-2),
    "palm sunday": _easter(-7),
    "pentecost": _easter(49),
    "ascension": _easter(39),
}
