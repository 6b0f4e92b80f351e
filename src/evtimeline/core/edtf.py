"""EDTF, the text form of dates in ISO 8601-2: single periods such as 2025, 2025-06, 2025-35 and 2025-06-26."""

import re
from datetime import date, timedelta

from evtimeline.core import periods
from evtimeline.core.periods import Span

# Months in a period, the month of the year in which the first one begins, and the code of the first one.
_GRIDS = {"month": (1, 1, 1), "season": (3, 3, 21), "quarter": (3, 1, 33), "half": (6, 1, 40), "year": (12, 1, 0)}
_PERIOD = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?|(\d{4})-?([QH])([1-4])|(\d{4})-?W(\d\d)", re.ASCII | re.IGNORECASE
)


def read_period(text: str) -> tuple[Span, str]:
    """The days of one period and its unit: day, week, month, quarter, season, half or year.

    Besides EDTF's codes (21..24 seasons, 33..36 quarters, 40 and 41 halves) it knows 2025-Q3, 2025-H2 and the weeks
    of ISO 8601-1, 2025-W26. ValueError when the text is no such period or its year is outside of 1900..2199.
    """
    match = _PERIOD.fullmatch(text)
    if match is None:
        raise ValueError(f"not a period: {text!r}")
    year = int(match[1] or match[4] or match[7])
    if not periods.FIRST_YEAR <= year <= periods.LAST_YEAR:
        raise ValueError(f"not a year of news: {year}")
    if match[8]:
        return periods.week_of(year, int(match[8])), "week"
    if match[5]:
        number = int(match[6])
        return _coded(year, number + (32 if match[5] in "Qq" else 39))
    if match[3]:
        day = date(year, int(match[2]), int(match[3]))
        return (day, day), "day"
    return _coded(year, int(match[2])) if match[2] else (periods.months(year, 1, 12), "year")


def _coded(year: int, code: int) -> tuple[Span, str]:
    """The period that a two-digit code names within a year."""
    if 1 <= code <= 12:
        return periods.months(year, code, code), "month"
    if 21 <= code <= 24:
        return periods.season(year, code - 20), "season"
    if 33 <= code <= 36:
        return periods.quarter(year, code - 32), "quarter"
    if 40 <= code <= 41:
        return periods.half(year, code - 39), "half"
    raise ValueError(f"no month, season, quarter or half has the number {code}")


def write_first(day: date, unit: str) -> str | None:
    """The period of that unit which begins on `day`, as EDTF; None if none does."""
    if unit == "day":
        return day.isoformat()
    grid = _GRIDS.get(unit)
    if grid is None or day.day != 1 or (day.month - grid[1]) % grid[0]:
        return None
    size, begins, code = grid
    return f"{day.year:04}-{code + (day.month - begins) // size:02}" if code else f"{day.year:04}"


def write_last(day: date, unit: str) -> str | None:
    """The period of that unit which ends on `day`, as EDTF; None if none does."""
    if unit == "day":
        return day.isoformat()
    if unit not in _GRIDS or not periods.FIRST_YEAR <= day.year <= periods.LAST_YEAR:
        return None
    after = day + timedelta(days=1)
    return write_first(periods.shift(after, months=-_GRIDS[unit][0]), unit)


def is_whole(first: date, last: date, unit: str) -> bool:
    """Whether the days from `first` to `last` are whole periods of that unit."""
    if unit == "day":
        return True
    grid = _GRIDS.get(unit)
    return (
        grid is not None
        and first.day == 1
        and (first.month - grid[1]) % grid[0] == 0
        and (last.month + 1 - grid[1]) % grid[0] == 0
        and last.day == periods.last_day(last.year, last.month)
    )


def write_coarsest(day: date, *, last: bool) -> str:
    """The longest of year, month and day that begins, or with `last` ends, on `day`."""
    write = write_last if last else write_first
    return write(day, "year") or write(day, "month") or day.isoformat()
