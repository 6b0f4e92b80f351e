"""From a mention to its days: parts of periods, and the year, month or week that the words leave out."""

from datetime import date, timedelta

from evtimeline.core import holidays, periods
from evtimeline.core.lunar import lunar_day, lunar_month
from evtimeline.core.mentions import Mention, Part, Said
from evtimeline.core.periods import Span
from evtimeline.core.senses import UNKNOWN, Direction, Sense
from evtimeline.core.windows import Precision

_MIDDLE = {
    Said.MONTH: Precision.MONTH,
    Said.QUARTER: Precision.QUARTER,
    Said.HALF: Precision.HALF,
    Said.SEASON: Precision.SEASON,
    Said.HOLIDAY: Precision.DAY,
}
Days = tuple[Span, Precision]


def resolve(mention: Mention, reference: date, sense: Sense, fiscal_start: int = 1) -> Days | None:
    """The days of a mention, read on `reference` in a sentence of that sense; None where there are no such days."""
    try:
        found = _resolve(mention, reference, sense, fiscal_start)
        if found and mention.said & (Said.OFFSET | Said.WEEKOF):
            found = _counted(mention, found)
    except (ValueError, OverflowError):  # 31 June, week 54, a year that no calendar has
        return None
    if found and all(periods.FIRST_YEAR <= day.year <= periods.LAST_YEAR for day in found[0]):
        return found
    return None


def _resolve(mention: Mention, reference: date, sense: Sense, fiscal_start: int) -> Days | None:
    said = mention.said
    if mention.span is not None:
        return _inside(mention, mention.span, mention.precision, reference)
    if mention.week is not None:
        return _inside(mention, periods.week(mention.week), Precision.WEEK, reference)
    if mention.year:
        return _in_year(mention, mention.year, reference, fiscal_start)
    if said & (Said.MONTH | Said.QUARTER | Said.HALF | Said.SEASON | Said.HOLIDAY | Said.LUNAR):
        return _nearest_year(mention, reference, sense, fiscal_start)
    if said & Said.DAY:
        return _nearest_month(mention, reference, sense)
    if said & Said.WEEKDAY:
        return _nearest_week(mention, reference, sense)
    if said & Said.SUB:
        return _in_year(mention, reference.year, reference, fiscal_start)
    return None


def _counted(mention: Mention, found: Days) -> Days:
    """Three days after what was found, or the week that holds it."""
    first = found[0][0]
    if mention.said & Said.WEEKOF:
        return periods.week(first), Precision.WEEK
    moved = periods.shift(first, months=mention.offset[0], days=mention.offset[1])
    return ((first, moved - timedelta(days=1)) if mention.part == "run" else (moved, moved)), Precision.DAY


def _in_year(mention: Mention, year: int, reference: date, fiscal_start: int) -> Days | None:
    """The mention read in that year."""
    if mention.said & Said.LUNAR:
        return _lunar(mention, year)
    if mention.said & Said.MONTH and mention.day:
        day = date(year, mention.number, mention.day)
        return (day, date(year, mention.number, mention.day_to) if mention.day_to else day), Precision.DAY
    for level, precision in _MIDDLE.items():
        if mention.said & level:
            span = _middle(mention, level, year, fiscal_start)
            return span and _inside(mention, span, precision, reference)
    first = 1 if not mention.fiscal or fiscal_start == 1 else fiscal_start - 12
    return _inside(mention, periods.months(year, first, first + 11), Precision.YEAR, reference)


def _middle(mention: Mention, level: int, year: int, fiscal_start: int) -> Span | None:
    number, last = mention.number, mention.number_to or mention.number
    if level is Said.HOLIDAY:
        return holidays.span(mention.holiday, year)
    if level is Said.MONTH:
        return periods.months(year, number, last if last >= number else last + 12)
    size = {Said.QUARTER: 3, Said.SEASON: 3, Said.HALF: 6}[level]
    shift = fiscal_start - 13 if mention.fiscal and fiscal_start != 1 else 2 if level is Said.SEASON else 0
    return periods.months(year, size * (number - 1) + 1 + shift, size * last + shift)


def _lunar(mention: Mention, year: int) -> Days | None:
    leap = mention.part == "leap"
    if mention.day:
        day = lunar_day(year, mention.number, mention.day, leap=leap)
        return ((day, day), Precision.DAY) if day else None
    span = lunar_month(year, mention.number, leap=leap)
    return (span, Precision.DAY) if span else None


def _nearest_year(mention: Mention, reference: date, sense: Sense, fiscal_start: int) -> Days | None:
    choices = []
    reach = 4 if mention.number == 2 and mention.day == 29 else 1
    for year in range(reference.year - reach, reference.year + reach + 1):
        try:
            found = _in_year(mention, year, reference, fiscal_start)
        except ValueError:  # 29 February
            continue
        if found is not None:
            choices.append(found)
    if mention.weekday >= 0:  # a weekday beside the day vouches for the year
        choices = [days for days in choices if days[0][0].weekday() == mention.weekday] or choices
    found = _in_sense(choices, reference, sense)
    if found is None and mention.said & (Said.HOLIDAY | Said.LUNAR):
        recent = reference - timedelta(days=30)  # a feast that is long over is named for the next one
        found = next((days for days in choices if days[0][1] >= recent), None)
    return found or _in_calendar(choices, reference)


def _in_sense(choices: list[Days], reference: date, sense: Sense) -> Days | None:
    """The first that is not over, for the future; the last that has begun, for the past; None if it is too far."""
    if sense.direction is Direction.FUTURE:
        next_one = next((days for days in choices if days[0][1] >= reference), None)
        return next_one if next_one and (next_one[0][0] - reference).days <= sense.ahead else None
    if sense.direction is Direction.PAST:
        last_one = next((days for days in reversed(choices) if days[0][0] <= reference), None)
        return last_one if last_one and (reference - last_one[0][1]).days <= sense.behind else None
    return None


def _in_calendar(choices: list[Days], reference: date) -> Days | None:
    """Without a sense: this calendar year's, unless it lies far back, or the year before has just ended with it."""
    just_over = reference - timedelta(days=50)
    long_over = reference - timedelta(days=183)
    far = reference + timedelta(days=280)
    for (first, last), precision in choices:
        if just_over <= last < reference and first.year < reference.year and reference.month <= 2:
            return (first, last), precision
        if last >= long_over and (first.year == reference.year or last >= reference) and first <= far:
            return (first, last), precision
    return min(choices, key=lambda days: _distance(days[0], reference), default=None)


def _distance(span: Span, reference: date) -> int:
    return max((span[0] - reference).days, (reference - span[1]).days, 0)


def _nearest(choices: list[Days], reference: date, sense: Sense) -> Days | None:
    """The choice in the sense of the sentence, else the nearest; with no sentence the next one."""
    if sense.direction is Direction.ALONE:
        return next((days for days in choices if days[0][0] > reference), None)
    near = min(choices, key=lambda days: (_distance(days[0], reference), days[0][0] > reference), default=None)
    return _in_sense(choices, reference, sense) or near


def _nearest_month(mention: Mention, reference: date, sense: Sense) -> Days | None:
    """A day without a month."""
    choices = []
    for offset in range(-14, 15):
        month = reference.month - 1 + offset
        year, month = reference.year + month // 12, month % 12 + 1
        if mention.day <= periods.last_day(year, month):
            day = date(year, month, mention.day)
            if mention.weekday in (-1, day.weekday()):
                choices.append(((day, day), Precision.DAY))
    if sense.direction is Direction.ALONE and mention.weekday < 0:
        return next((days for days in choices if days[0][0] >= reference), None)
    return _nearest(choices, reference, UNKNOWN if sense.direction is Direction.ALONE else sense)


def _nearest_week(mention: Mention, reference: date, sense: Sense) -> Days | None:
    """A weekday without a week."""
    this = reference - timedelta(days=reference.weekday() - mention.weekday)
    choices = [this + timedelta(days=7 * n) for n in (-1, 0, 1)]
    return _nearest([((day, day), Precision.DAY) for day in choices], reference, sense)


def _inside(mention: Mention, span: Span, precision: Precision, reference: date) -> Days | None:
    """What the mention takes of a period: a weekday of it, its third week, its early part."""
    if mention.sub is not None:
        return _sub(mention.sub, span, precision)
    if mention.weekday >= 0 and precision is Precision.WEEK:
        day = span[0] + timedelta(days=mention.weekday)
        return (day, day), Precision.DAY
    return _part(mention.part, span, precision, reference) if mention.part else (span, precision)


_OF_DAYS = {
    Precision.MONTH: {"early": (1, 10), "start": (1, 10), "mid": (11, 20), "late": (21, 31), "end": (21, 31),
                      "first half": (1, 15), "last half": (16, 31), "mid to late": (11, 31), "early to mid": (1, 20)},
    Precision.WEEK: {"early": (1, 3), "start": (1, 3), "mid": (2, 5), "late": (5, 7), "end": (5, 7), "weekend": (6, 7)},
}  # fmt: skip
_OF_MONTHS = {
    120: {"early": (1, 48), "start": (1, 12), "mid": (49, 84), "late": (85, 120), "end": (109, 120)},
    12: {"early": (1, 3), "start": (1, 3), "mid": (6, 7), "late": (10, 12), "end": (12, 12), "first half": (1, 6),
         "last half": (7, 12), "mid to late": (6, 12), "early to mid": (1, 7)},
    6: {"early": (1, 2), "start": (1, 2), "mid": (3, 4), "late": (5, 6), "end": (6, 6), "first half": (1, 3),
        "last half": (4, 6), "mid to late": (3, 6), "early to mid": (1, 4)},
    3: {"early": (1, 1), "start": (1, 1), "mid": (2, 2), "late": (3, 3), "end": (3, 3), "first half": (1, 2),
        "last half": (2, 3), "mid to late": (2, 3), "early to mid": (1, 2)},
}  # fmt: skip


def _part(part: str, span: Span, precision: Precision, reference: date) -> Days:
    """Early, mid, late and the like of a period: the one table of these words."""
    first, last = span
    if part in ("later", "rest") and last >= reference:
        return (max(first, reference), last), Precision.DAY
    if part == "earlier" and first < reference:
        return (first, min(last, reference - timedelta(days=1))), Precision.DAY
    if precision in _OF_DAYS and part in _OF_DAYS[precision]:
        a, b = _OF_DAYS[precision][part]
        return (first + timedelta(days=a - 1), min(last, first + timedelta(days=b - 1))), Precision.DAY
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    if count in _OF_MONTHS and part in _OF_MONTHS[count]:
        a, b = _OF_MONTHS[count][part]
        return periods.months(first.year, first.month + a - 1, first.month + b - 1), _months_precision(a, b)
    return span, precision


def _months_precision(first: int, last: int) -> Precision:
    if first % 12 == 1 and last % 12 == 0:
        return Precision.YEAR
    if last - first == 2 and first % 3 == 1:
        return Precision.QUARTER
    return Precision.HALF if last - first == 5 and first % 6 == 1 else Precision.MONTH


def _sub(sub: Part, span: Span, precision: Precision) -> Days | None:
    """The third week, the last 10 days, the first Friday of a period."""
    first, last = span
    if sub.unit in ("month", "quarter"):
        size = 3 if sub.unit == "quarter" else 1
        whole = ((last.year - first.year) * 12 + last.month - first.month + 1) // size
        begin = sub.number if sub.number > 0 else whole + sub.number + 2 - sub.count
        a = first.month + (begin - 1) * size
        found = periods.months(first.year, a, a + sub.count * size - 1)
        return found, Precision.QUARTER if sub.unit == "quarter" else Precision.MONTH
    if sub.unit == "week":
        return _weeks(sub, span, precision)
    step = timedelta(days=7 if sub.unit == "weekday" else 1)
    if sub.number > 0:
        begin_day = first + timedelta(days=(sub.weekday - first.weekday()) % 7 if sub.unit == "weekday" else 0)
        day = begin_day + step * (sub.number - 1)
        return (day, day + step * (sub.count - 1)), Precision.DAY
    end_day = last - timedelta(days=(last.weekday() - sub.weekday) % 7 if sub.unit == "weekday" else 0)
    day = end_day + step * (sub.number + 1)
    return (day - step * (sub.count - 1), day), Precision.DAY


def _weeks(sub: Part, span: Span, precision: Precision) -> Days:
    """Whole weeks of a period: of a year by ISO 8601, else from the first Monday and to the last Sunday in it."""
    first, last = span
    if sub.number < 0:
        sunday = last - timedelta(days=(last.weekday() + 1) % 7) + timedelta(days=7 * (sub.number + 1))
        return (sunday - timedelta(days=7 * sub.count - 1), sunday), Precision.WEEK
    monday = first + timedelta(days=-first.weekday() % 7)
    if precision is Precision.YEAR:
        monday = periods.week_of(first.year, 1)[0]
    monday += timedelta(days=7 * (sub.number - 1))
    return (monday, monday + timedelta(days=7 * sub.count - 1)), Precision.WEEK
