"""From date expressions to windows: both ends of ranges, the years they share, and open ends."""

from dataclasses import replace
from datetime import date, timedelta

from evtimeline.core import periods
from evtimeline.core.composing import Bound, Expression
from evtimeline.core.mentions import Mention, Said, inherits
from evtimeline.core.resolving import Days, resolve
from evtimeline.core.senses import UNKNOWN, Direction, Sense
from evtimeline.core.windows import Qualifier, Window, closed, finer, not_after, not_before

_FIRST_DAY, _LAST_DAY = date(periods.FIRST_YEAR, 1, 1), date(periods.LAST_YEAR, 12, 31)
_OF_YEAR = Said.MONTH | Said.QUARTER | Said.HALF | Said.SEASON | Said.HOLIDAY
_AHEAD = (Bound.BY, Bound.BEFORE, Bound.AFTER, Bound.ONWARD, Bound.NOT_BEFORE)  # few bounds are set on the past
_PARTS_THAT_END = frozenset(("early", "start", "mid", "late", "end", "mid to late", "early to mid", "weekend", "later"))


def window_of(expression: Expression, reference: date, sense: Sense, fiscal_start: int = 1) -> Window | None:
    """The window that an expression means in a sentence of that sense; None where it means no days."""
    if expression.first.part == "deadline" and expression.first.span is not None:
        return not_after(expression.first.span[1])
    if sense.direction is Direction.UNKNOWN and expression.bound in _AHEAD:
        sense = Sense(Direction.FUTURE)
    if expression.last is None:
        days = resolve(expression.first, reference, sense, fiscal_start)
    else:
        days = _range(expression.first, expression.last, reference, sense, fiscal_start)
    return None if days is None else _bounded(expression, days)


def in_year_of(expression: Expression, before: Expression, reference: date, *, beside: bool = False) -> Expression:
    """The expression in the year of the one before it in the sentence: in the second quarter of 2026, the third one.

    Only like follows like, and only forward: a month after a month, and not an earlier one; unless it stands `beside`
    it in brackets, as the same day in other words: 2026年大年初一(2月17日).
    """
    first, earlier = expression.first, before.last or before.first
    if beside and earlier.year and first.said & Said.MONTH and not (first.year or expression.last):
        return replace(expression, first=first._replace(said=first.said | Said.YEAR, year=earlier.year))
    kind = first.said & ~Said.PART
    if not earlier.year or not kind & _OF_YEAR or kind != earlier.said & ~(Said.YEAR | Said.PART) or expression.last:
        return expression
    carried = first._replace(said=first.said | Said.YEAR, year=earlier.year)
    here, there = resolve(carried, reference, UNKNOWN), resolve(earlier, reference, UNKNOWN)
    return replace(expression, first=carried) if here and there and here[0][0] >= there[0][0] else expression


def is_deadline(expression: Expression) -> bool:
    """Whether the words say "until then", even where the window itself is closed (by the end of June)."""
    return expression.bound in (Bound.BY, Bound.BEFORE) or expression.first.part == "deadline"


def _bounded(expression: Expression, days: Days) -> Window | None:
    (first, last), precision = days
    bound, mention = expression.bound, expression.last or expression.first
    if bound in (Bound.BY, Bound.BEFORE) and mention.part in _PARTS_THAT_END:
        bound = None  # "by the end of June" is the end of June
    if bound is Bound.BY:
        return not_after(first - timedelta(days=1) if _is_eve(expression) else last)
    if bound is Bound.BEFORE:
        return not_after(first - timedelta(days=1)) if first > _FIRST_DAY else None
    if bound is Bound.AFTER:
        following = last + timedelta(days=1) if not mention.said & Said.HOLIDAY else first
        return not_before(following) if following <= _LAST_DAY else None
    if bound is not None:
        return not_before(first)
    about = expression.about or expression.first.part == "about"
    return closed(first, last, precision, Qualifier.ABOUT if about else None)


def _is_eve(expression: Expression) -> bool:
    """Whether `by` is said of a Chinese holiday, before which it is to be: 国庆前上市."""
    return (
        expression.first.said & Said.HOLIDAY == Said.HOLIDAY and expression.last is None and not expression.first.part
    )


def _range(first: Mention, last: Mention, reference: date, sense: Sense, fiscal_start: int) -> Days | None:
    a, b = inherits(first, last), inherits(last, first)
    if sense.direction is Direction.FUTURE and not a.year and not b.year and b.said & _OF_YEAR:
        end = resolve(b, reference, sense, fiscal_start)  # it may have begun: the end is still to come
        a = _in_year_of(a, end) if end else a
        b = _in_year_of(b, end) if end else b
    start = resolve(a, reference, sense, fiscal_start)
    if start is None:
        return None
    if not b.year and not a.year and b.span is None and b.week is None:
        b = _in_year_of(b, start)
    end = resolve(b, reference, sense, fiscal_start)
    if end is not None and end[0][1] < start[0][0]:
        start, end = _across_the_year(a, b, first, last, reference, fiscal_start)
    if start is None or end is None or end[0][1] < start[0][0]:
        return None
    return (start[0][0], end[0][1]), finer(start[1], end[1])


def _in_year_of(mention: Mention, start: Days) -> Mention:
    """The end of a range in the year, and for a bare day the month, of its start."""
    if mention.said & _OF_YEAR:
        return mention._replace(said=mention.said | Said.YEAR, year=start[0][0].year)
    if mention.said & Said.DAY:
        said = mention.said | Said.YEAR | Said.MONTH
        return mention._replace(said=said, year=start[0][0].year, number=start[0][0].month)
    if mention.said & Said.WEEKDAY:
        return mention._replace(said=Said.WEEK | Said.WEEKDAY, week=start[0][0])
    return mention


def _across_the_year(
    a: Mention, b: Mention, first: Mention, last: Mention, reference: date, fiscal_start: int
) -> tuple[Days | None, Days | None]:
    """November to February: the side whose year was not said gives way."""
    if b.week is not None and not last.week:
        b = b._replace(week=b.week + timedelta(days=7))
    elif not first.year and a.year and (last.year or b.year <= reference.year):
        a = a._replace(year=a.year - 1)
    elif not last.year and b.year:
        b = b._replace(year=b.year + 1)
    return resolve(a, reference, UNKNOWN, fiscal_start), resolve(b, reference, UNKNOWN, fiscal_start)
