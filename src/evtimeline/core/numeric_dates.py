"""Dates in digits, the same in every language: 2025-06-26, 2025/6, 26.06.2025, 20250626, 10/31/74."""

import re
from datetime import date

from evtimeline.core.mentions import Mention, Said
from evtimeline.core.periods import last_day

YEAR = r"(?:19|20|21)\d\d"
PATTERNS = {
    "iso": rf"""(?P<iy>{YEAR})(?:[-/.](?P<im>\d\d?)[-/.](?P<id>\d\d?)|\s(?P<im2>[01]\d)\s(?P<id2>[0-3]\d))
        (?![\d:]|[.-]\d)[日号]?""",
    "compact": r"(?P<cy>(?:19|20)\d\d)(?P<cm>0[1-9]|1[0-2])(?P<cd>0[1-9]|[12]\d|3[01])(?!\d|[.,]\d)",
    "dmy": rf"""(?P<da>\d\d?)(?:[-/](?P<db>\d\d?)[-/](?P<dy>{YEAR}|\d\d)|\.(?P<db2>\d\d?)\.(?P<dy2>{YEAR}))
        (?![\d/]|[.,]\d)""",
    "yearmonth": rf"(?P<ymy>{YEAR})\s?[-/]\s?(?P<ymm>1[0-2]|0?[1-9])(?![\d.,]|\s?[-/]\s?\d|[月日])",
    "monthyear": rf"(?P<mym>1[0-2]|0?[1-9])\s?[-/]\s?(?P<myy>{YEAR})(?![\d.,]|\s?[-/]\s?\d{{1,2}}(?!\d)|年)",
}
NAMES = frozenset(PATTERNS)


def short_year(number: int, reference: date) -> int:
    """The year that two digits mean: at most ten years ahead, else of the past century."""
    if number >= 100:
        return number
    year = reference.year // 100 * 100 + number
    return year if year <= reference.year + 10 else year - 100


def read_numeric(match: re.Match[str], reference: date, *, day_first: bool) -> Mention | None:
    """The mention of a match of one of PATTERNS; None where the digits are no date."""
    kind = match.lastgroup
    if kind in ("yearmonth", "monthyear"):
        year, month = (match["ymy"], match["ymm"]) if kind == "yearmonth" else (match["myy"], match["mym"])
        return Mention(match.start(), match.end(), Said.YEAR | Said.MONTH, year=int(year), number=int(month))
    if kind == "iso":
        return _day(match, int(match["iy"]), int(match["im"] or match["im2"]), int(match["id"] or match["id2"]))
    if kind == "compact":
        return _day(match, int(match["cy"]), int(match["cm"]), int(match["cd"]))
    first, second = int(match["da"]), int(match["db"] or match["db2"])
    year_number = short_year(int(match["dy"] or match["dy2"]), reference)
    if day_first or match["db2"]:
        first, second = second, first
    return _day(match, year_number, first, second)


def _day(match: re.Match[str], year: int, month: int, day: int) -> Mention | None:
    if month > 12 >= day:
        month, day = day, month
    if not (1 <= month <= 12 and 1 <= day <= last_day(year, month)):
        return None
    said = Said.YEAR | Said.MONTH | Said.DAY
    return Mention(match.start(), match.end(), said, year=year, number=month, day=day)
