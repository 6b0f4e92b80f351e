"""Lengths of time counted from the day of publication: in two weeks, 三年前, the next six months, 近三年."""

from dataclasses import dataclass
from datetime import date, timedelta

from evtimeline.core import periods
from evtimeline.core.periods import Span


@dataclass(frozen=True, slots=True)
class Length:
    """So many months and days; `unit` is the largest unit that was said: day, week, month, quarter or year."""

    months: int
    days: int
    unit: str

    def after(self, day: date) -> date:
        """The day that lies this far after `day`."""
        return periods.shift(day, months=self.months, days=self.days)

    def before(self, day: date) -> date:
        """The day that lies this far before `day`."""
        return periods.shift(day, months=-self.months, days=-self.days)

    @property
    def exact(self) -> bool:
        """Days and weeks are counted; months and years are said in round numbers."""
        return self.months == 0


_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120}
_DAYS = {"day": 1, "week": 7}


def length(number: int, unit: str, *, and_half: bool = False) -> Length:
    """`number` units, and half of one more if so; number 0 is the half alone."""
    if unit in _MONTHS:
        size = _MONTHS[unit]
        extra = size // 2 if and_half else 0
        return Length(number * size + extra, 15 if and_half and size == 1 else 0, unit)
    size = _DAYS[unit]
    return Length(0, number * size + (size // 2 if and_half else 0), unit)


def past(amount: Length, reference: date) -> Span:
    """The days of that length which end the day before `reference`."""
    return amount.before(reference), reference - timedelta(days=1)


def coming(amount: Length, reference: date) -> Span:
    """The days of that length which begin the day after `reference`."""
    return reference + timedelta(days=1), amount.after(reference)


def calendar_units(number: int, unit: str, reference: date) -> Span:
    """The next `number` whole weeks, months, quarters or years, the last ones if negative."""
    if unit == "week":
        monday = periods.week(reference)[0] + timedelta(days=7 if number > 0 else 7 * number)
        return monday, monday + timedelta(days=7 * abs(number) - 1)
    size = _MONTHS[unit]
    first = (reference.month - 1) // size * size + 1 if size <= 12 else 1
    year = reference.year // 10 * 10 if size > 12 else reference.year
    begin = first + size if number > 0 else first + size * number
    return periods.months(year, begin, begin + size * abs(number) - 1)
