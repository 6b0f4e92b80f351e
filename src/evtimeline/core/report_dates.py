"""The dates of a piece of a report: years taken from what stands before, and what dates no milestone left out."""

import re
from bisect import bisect_left
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from evtimeline.core import report_words as words
from evtimeline.core.phrases import FoundDate, Role, find_dates
from evtimeline.core.windows import Precision, Window, closed

_YEAR_IN_HEADING: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:\s*年|\b)")
_WHOLE_YEAR: Final = re.compile(
    r"(?<![\d年半])(?:今年)?全年|(?:本年度|年度)(?=(?:销量|交付|营收|目标))|\b(?:in |for "
    r"|over )?the full year\b|\bfull[- ]year\b"
)
_SENTENCE: Final = re.compile(r"[。!?;；！？\n]|\.\s")
_BETWEEN: Final = re.compile(r"[\s年,]{0,3}")
_ONLY_YEAR: Final = re.compile(r"\s*(?:19|20)\d\d\s*年?\s*")
_STATED: Final = (
    re.compile(r"(?:发布|报告|撰写|更新|成文|出具)(?:日期|时间|日)?[:]?\s*$|日期[:]\s*$"),
    re.compile(
        r"\b(?:published(?: on)?|report date|dated?|updated?(?: on)?|date of (?:report"
        r"|publication))[:]?\s*$"
    ),
    re.compile(r"(?:截至|截止(?:到|至)?|数据截止(?:日期)?[:]?)\s*$|\bas (?:of|at)\s*$"),
)
_HEAD: Final = 600


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date at a place of a block's text; `explicit`: its year was said beside it."""

    start: int
    end: int
    window: Window
    explicit: bool


def dates_of(text: str, folded: str, as_of: date, headings: Sequence[str]) -> tuple[DateSpan, ...]:
    """The dates of a block that may date a milestone, in order; years left out are those of the context."""
    found = _with_whole_years(folded, find_dates(text, as_of), as_of)
    spans = list(_in_context(folded, found, _heading_year(headings, as_of)))
    return tuple(span for span in spans if not _is_of_a_state(folded, span, as_of))


def _with_whole_years(folded: str, found: Sequence[FoundDate], as_of: date) -> list[FoundDate]:
    """The dates, split years joined to their month, and 全年 as a year of the context."""
    year = Window(date(as_of.year, 1, 1), date(as_of.year, 12, 31), Precision.YEAR)
    joined: list[FoundDate] = []
    for one in found:
        last = joined[-1] if joined else None
        if (
            last
            and not one.explicit_year
            and _ONLY_YEAR.fullmatch(last.text)
            and _BETWEEN.fullmatch(folded, last.end, one.start)
        ):
            window = _moved(one.window, int(last.text.strip()[:4]))
            joined[-1] = replace(
                one, text=folded[last.start : one.end], start=last.start, window=window, explicit_year=True
            )
        elif one.role is not Role.OLD:
            joined.append(one)
    near = tuple(joined)
    starts = [one.start for one in near]
    for match in _WHOLE_YEAR.finditer(folded):
        at = bisect_left(starts, match.start())
        if not any(
            one.start - 3 <= match.end() and match.start() <= one.end + 3 for one in near[max(0, at - 1) : at + 1]
        ):
            joined.append(FoundDate(match.group(), match.start(), match.end(), year))
    return sorted(joined, key=lambda one: one.start)


def _moved(window: Window, year: int) -> Window:
    """The same days of another year; 29 February becomes the 28th."""
    if window.earliest is None or window.latest is None:
        return window
    earliest, latest = window.earliest, window.latest
    last_of_month = window.precision is not Precision.DAY and latest.day == monthrange(latest.year, latest.month)[1]
    moved = _in_year(latest, year + latest.year - earliest.year, last_of_month)
    return closed(_in_year(earliest, year), moved, window.precision, window.qualifier)


def _in_year(day: date, year: int, last_of_month: bool = False) -> date:
    """The same day of another year, or its month's last one."""
    last = monthrange(year, day.month)[1]
    return date(year, day.month, last if last_of_month else min(day.day, last))


def _heading_year(headings: Sequence[str], as_of: date) -> int | None:
    """The one year that the nearest heading with a year names."""
    for heading in reversed(headings):
        years = {int(year) for year in _YEAR_IN_HEADING.findall(heading)}
        if len(years) == 1:
            year = years.pop()
            return year if abs(year - as_of.year) <= 20 else None
    return None


def _in_context(folded: str, found: Sequence[FoundDate], heading_year: int | None) -> Iterator[DateSpan]:
    """Each date with the year of its sentence where none was said; a later date lies not before the year's own."""
    before: Window | None = None
    last = 0
    for one in found:
        if _SENTENCE.search(folded, last, one.start):
            before = None
        last = one.end
        window = one.window
        if not one.explicit_year and window.earliest and window.latest:
            if before and before.earliest:
                window = _moved(window, before.earliest.year)
                if window.latest and window.latest < before.earliest:
                    window = _moved(window, before.earliest.year + 1)
            elif heading_year:
                window = _moved(window, heading_year)
        before = window if one.explicit_year or before else before
        yield DateSpan(one.start, one.end, window, one.explicit_year)


def _is_of_a_state(folded: str, span: DateSpan, as_of: date) -> bool:
    """Whether the date is one of figures, comparisons, model years or beginnings, not of an event."""
    window = span.window
    if window.latest is None and window.earliest and window.earliest < as_of:
        return True
    future = window.earliest is not None and window.earliest > as_of
    if not future and words.STATE_BEFORE.search(folded, max(0, span.start - 24), span.start):
        return True
    return words.STATE_AFTER.match(folded, span.end) is not None


def guess_as_of(text: str, folded: str, reference: date) -> date | None:
    """The day as of which a report speaks, by its own words ("截至 2025 年 4 月", "Published 3 March 2026"); else None.

    A whole month means its last day, but never a day after `reference`.
    """
    head = text[: 4 * _HEAD]
    found = _with_whole_years(folded, find_dates(head, reference), reference)
    stated = [one for one in found if one.explicit_year and one.window.latest]
    for pattern in _STATED:
        for one in stated:
            if pattern.search(folded, max(0, one.start - 40), one.start):
                return _last_day(one.window, reference)
    lone = [
        one for one in stated if one.start < _HEAD and one.window.precision is Precision.DAY and _alone(folded, one)
    ]
    return _last_day(lone[0].window, reference) if lone else None


def _last_day(window: Window, reference: date) -> date:
    assert window.latest is not None
    return min(window.latest, reference) if (window.earliest or window.latest) <= reference else window.latest


def _alone(folded: str, one: FoundDate) -> bool:
    """Whether a day stands on a line of its own, in brackets, or in a dateline (OSLO, 3 March 2026 -)."""
    line = folded.rfind("\n", 0, one.start) + 1
    end = folded.find("\n", one.end)
    rest = folded[one.end : end if end >= 0 else len(folded)].lstrip(" )*_")
    return not rest or (one.start - line < 40 and rest[:1] in "-|—)/")
