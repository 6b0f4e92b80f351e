"""Which edition a title means of what comes again, by its number or year, and whether a text speaks of another."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from evtimeline.core.numerals import BELOW_HUNDRED, chinese_number, otherwise_written
from evtimeline.core.text import fold
from evtimeline.core.windows import Window


@dataclass(frozen=True, slots=True)
class Edition:
    """The how manieth it is (第26届, 26th), the years that a title names, and before when it cannot have happened; all
    may be unsaid."""

    numbers: frozenset[int] = frozenset()
    years: frozenset[int] = frozenset()
    earliest: date | None = None


NO_EDITION: Final = Edition()

_ZH: Final = re.compile(r"第([一二三四五六七八九十百\d]{1,5})(?=[届季])")
_EN: Final = re.compile(r"(?<!\d)(\d{1,3})(?:st|nd|rd|th)\b")
_YEAR: Final = re.compile(r"(?<!\d)20[0-4]\d(?!\d)")


def edition_of(titles: Iterable[str], promised: Window | None) -> Edition:
    """The edition that the titles of a milestone mean, which was promised for a window."""
    folded = [fold(title) for title in titles]
    numbers = frozenset(number for title in folded for number in _numbers(title))
    years = frozenset(int(year) for title in folded for year in _YEAR.findall(title))
    first = date(min(years), 1, 1) if years else None
    if numbers and not years and promised and promised.earliest:
        first = promised.earliest - _ADVANCE
    return Edition(numbers, years, first)


_ADVANCE: Final = timedelta(days=270)
"""By how much the next edition of what comes every year may at most be advanced."""


def _numbers(text: str) -> Iterator[int]:
    yield from map(chinese_number, _ZH.findall(text))
    yield from map(int, _EN.findall(text))


_BEFORE: Final = re.compile(
    r"(?:第(?P<zh>[一二三四五六七八九十百\d]{1,5})[届季]"
    r"|\b(?P<en>\d{1,3})(?:st|nd|rd|th)(?: annual| edition of)?(?: the)?"
    r"|(?<!\d)(?P<year>20[0-4]\d)年?(?:的|中国|国家)?)[ ·]?$"
)
_BEHIND: Final = re.compile(r" ?(?P<year>20[0-4]\d)(?![\d年/-]|\.\d)")
_REACH: Final = 22


def is_another(folded: str, start: int, end: int, edition: Edition) -> bool:
    """Whether the number or the year right beside a name is that of another edition: 第二十七届, World Cup 2026."""
    before = _BEFORE.search(folded, max(0, start - _REACH), start)
    number = (chinese_number(before["zh"]) if before["zh"] else int(before["en"] or 0)) if before else 0
    if number and edition.numbers:
        return number not in edition.numbers
    behind = _BEHIND.match(folded, end)
    year = int((before and before["year"]) or (behind and behind["year"]) or 0)
    return bool(year and edition.years) and year not in edition.years


_COUNTED: Final = re.compile(rf"(?<=[一-鿿])(?<![一二三四五六七八九十百千])(?P<number>{BELOW_HUNDRED})(?=[号届期季代])")


def otherwise_numbered(name: str) -> Iterator[str]:
    """A name with its number in the other script: 神舟二十号 is also 神舟20号."""
    if found := _COUNTED.search(name):
        yield name[: found.start()] + otherwise_written(found["number"]) + name[found.end() :]
