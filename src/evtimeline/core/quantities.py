"""The large numbers of a title, in all the ways in which texts write them, and the year that a target is for."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from evtimeline.core.milestones import Milestone
from evtimeline.core.text import fold
from evtimeline.core.windows import Precision, Window, closed

DATES: Final = re.compile(
    r"(?:in |by |by end of )?"
    r"(?<!\d)(?:19[5-9]\d|20[0-6]\d)(?!\d)(?:年)?(?:[上下]半年|第?[一二三四1-4]季度|\d{1,2}月(?:底|初)?)?(?:底|末|初)?"
)
"""Years and what stands around them in a title: no name and no quantity."""

_LONGEST: Final = 15
_QUANTITY: Final = re.compile(r"(\d[\d,.]*)\s*(万|亿|k\b|million|m\b|billion|bn\b)?")
_SCALE: Final[Mapping[str, int]] = {
    "万": 10**4,
    "亿": 10**8,
    "k": 10**3,
    "million": 10**6,
    "m": 10**6,
    "billion": 10**9,
    "bn": 10**9,
}


def written(title: str) -> Iterator[str]:
    """The ways to write each large number of a title: 350,000 is also 350000, 350k and 35万; years are none."""
    for match in _QUANTITY.finditer(DATES.sub(" ", fold(title))):
        digits = match.group(1).rstrip(",.").replace(",", "")
        if digits.count(".") > 1 or not digits.replace(".", "").isdecimal() or len(digits) > _LONGEST:
            continue
        value = float(digits) * _SCALE.get(match.group(2) or "", 1)
        if value >= 1000:
            yield from _spellings(round(value))


def _spellings(value: int) -> Iterator[str]:
    yield f"{value}"
    yield f"{value:,}"
    if value % 1000 == 0:
        yield f"{value // 1000}k"
    for unit, scale in (("万", 10**4), ("亿", 10**8), ("million", 10**6)):
        short = f"{value / scale:.4f}".rstrip("0").rstrip(".")
        if float(short) * scale == value and value >= scale / 10:
            yield short + unit


_YEAR: Final = re.compile(r"(?<!\d)20\d\d(?!\d)")


def period_of(milestone: Milestone) -> Window | None:
    """The time that a target is for: its window, else the year in its title."""
    if milestone.promise.window:
        return milestone.promise.window
    year = next((found for title in milestone.titles.values() for found in _YEAR.findall(fold(title))), None)
    return closed(date(int(year), 1, 1), date(int(year), 12, 31), Precision.YEAR) if year else None
