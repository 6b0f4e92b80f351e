"""The English date words that count from the day of publication: today, next week, last June, in two weeks."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from evtimeline.core import lengths, periods
from evtimeline.core.lengths import Length
from evtimeline.core.mentions import Mention, Said
from evtimeline.core.numerals import english_number
from evtimeline.core.patterns_en import COUNT, UNIT
from evtimeline.core.windows import Precision

MONTHS = {name: n for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}  # noqa: SIM905
WEEKDAYS = {name: n for n, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
_HOLIDAYS = {
    "new year's day": "new year", "new years day": "new year", "new year day": "new year",
    "new year's eve": "new year's eve", "new years eve": "new year's eve", "lunar new year": "spring festival",
    "chinese new year": "spring festival", "spring festival": "spring festival", "lantern festival": "lantern",
    "dragon boat festival": "dragon boat", "mid-autumn festival": "mid-autumn", "qingming": "qingming",
    "golden week": "golden week", "labor day": "us labor", "labour day": "labour", "may day": "labour",
    "national day": "national", "national day holiday": "golden week", "earth day": "earth",
    "juneteenth": "juneteenth", "independence day": "independence", "halloween": "halloween",
    "veterans day": "veterans", "christmas": "christmas", "christmas day": "christmas",
    "christmas eve": "christmas eve", "xmas": "christmas", "boxing day": "boxing", "thanksgiving": "thanksgiving",
    "thanksgiving day": "thanksgiving", "black friday": "black friday", "cyber monday": "cyber monday",
    "good friday": "good friday", "easter": "easter", "easter sunday": "easter", "easter monday": "easter monday",
    "palm sunday": "palm sunday", "pentecost": "pentecost", "ascension day": "ascension",
    "memorial day": "memorial", "columbus day": "columbus", "mlk day": "martin luther king",
}  # fmt: skip
_HOLIDAY_STEMS = {"singles": "singles", "valentine": "valentine", "st": "st patrick", "mother": "mothers",
                  "father": "fathers", "president": "presidents", "martin": "martin luther king"}  # fmt: skip
_STEPS = {"this": 0, "current": 0, "next": 1, "coming": 1, "following": 1, "upcoming": 1}
_SEASONS = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}


@dataclass(frozen=True, slots=True)
class Context:
    """The text that is read, as written and folded, and the day of publication."""

    text: str
    folded: str
    reference: date


def _fixed(match: re.Match[str], first: date, last: date, precision: Precision = Precision.DAY) -> Mention:
    return Mention(match.start(), match.end(), Said.SPAN, span=(first, last), precision=precision, relative=True)


_ONE = re.compile(rf"({COUNT}|half)([\s-]and[\s-]a[\s-]half|\sa)?[\s-]({UNIT})", re.VERBOSE)


def amount(text: str) -> Length | None:
    """Three months, a year and a half, 5 years 1 month 12 days; None where it is "a few"."""
    months = days = 0
    units = []
    for count, half, unit in _ONE.findall(text):
        number = english_number(count)
        if "few" in count:
            return None
        part = lengths.length(number, unit, and_half=bool(half))
        months, days = months + part.months, days + part.days
        units.append(unit)
    return Length(months, days, units[0]) if units else None


_NOT_FROM_NOW = re.compile(r"\b(?:time|first|largest|biggest|highest|lowest|best|worst|most|record|once)\s$")
_ADJECTIVE = re.compile(rf"-{UNIT}")  # in a 10-year plan


def _within(match: re.Match[str], context: Context) -> Mention | None:
    """In two weeks is a day; within two weeks, in the next two weeks is a deadline."""
    length, word = amount(match["wa"]), match["wn"]
    left = context.folded[max(0, match.start() - 16) : match.start()]
    if length is None or _NOT_FROM_NOW.search(left) or _ADJECTIVE.search(match["wa"]):
        return None
    day = length.after(context.reference)
    if word == "within" or match["wnext"]:
        return _fixed(match, context.reference, day)._replace(part="deadline")
    return _fixed(match, day, day)._replace(part="" if length.exact else "about")


def _ago(match: re.Match[str], context: Context) -> Mention | None:
    length = Length(6, 0, "month") if match["aa"] == "half a year" else amount(match["aa"])
    if length is None:
        return None
    day = length.before(context.reference)
    return _fixed(match, day, day)._replace(part="" if length.exact else "about")


def _hence(match: re.Match[str], context: Context) -> Mention | None:
    length, word = amount(match["ha"]), match["hw"] or ""
    if length is None:
        return None
    steps = {"tomorrow": 1, "tmrw": 1, "yesterday": -1, "day before yesterday": -2}
    anchor = context.reference + timedelta(days=steps.get(word, 0))
    day = length.before(anchor) if match["hd"] == "before" else length.after(anchor)
    return _fixed(match, day, day)


def _offset(match: re.Match[str], _: Context) -> Mention | None:
    """Three days after ...: counts from the date that follows."""
    length = amount(match["oa"])
    if length is None:
        return None
    sign = -1 if match["od"] == "before" else 1
    part = "run" if match["od"].startswith("starting") else ""
    offset = (sign * length.months, sign * length.days)
    return Mention(match.start(), match.end(), Said.OFFSET, weak=True, offset=offset, part=part, leads=True)


def _many_units(match: re.Match[str], context: Context) -> Mention | None:
    """The next three weeks are whole weeks when a number follows next or last; the past three weeks end yesterday."""
    word, count, unit = match["mr"] or match["mr2"], match["mn"] or match["mn2"], match["mu"]
    number, ahead = english_number(count), word not in ("last", "past", "previous")
    if not number or "few" in count:
        return None
    over = context.folded[max(0, match.start() - 8) : match.start()].endswith(("over ", "during ", "for ", "in "))
    whole = match["mr"] in ("next", "last", "coming", "upcoming") or match["mr2"] == "upcoming"
    if whole and not over and unit != "day":
        span = lengths.calendar_units(number if ahead else -number, unit, context.reference)
        return _fixed(match, *span, Precision.WEEK if unit == "week" else Precision.MONTH)
    length = lengths.length(number, unit)
    return _fixed(match, *(lengths.coming if ahead else lengths.past)(length, context.reference))


def _rel(match: re.Match[str], context: Context) -> Mention | None:
    word, unit, today = match["rw"], match["ru"], context.reference
    step = _STEPS.get(word, -1)
    if word == "following" and unit in ("month", "year"):
        return None  # it follows what was told, not the day of publication
    if unit in ("week", "weekend"):
        return _week(match, step, today, part="weekend" if unit == "weekend" else "")
    if unit in ("month", "quarter", "half", "year", "decade"):
        return _unit(match, unit, step, today, fiscal=bool(match["rfiscal"]))
    if unit in _SEASONS:
        return _season(match, _SEASONS[unit], step, today)
    if unit[:3] in WEEKDAYS:
        return _weekday(match, WEEKDAYS[unit[:3]], word, today)
    month = MONTHS[unit[:3]]
    year = today.year
    if step == 1 and month <= today.month:
        year += 1
    if step == -1 and month >= today.month:
        year -= 1
    return Mention(match.start(), match.end(), Said.YEAR | Said.MONTH, year=year, number=month, relative=True)


def _week(match: re.Match[str], step: int, today: date, part: str = "") -> Mention:
    monday = periods.week(today)[0] + timedelta(days=7 * step)
    said = Said.WEEK | Said.PART if part else Said.WEEK
    return Mention(match.start(), match.end(), said, week=monday, part=part, relative=True)


def _unit(match: re.Match[str], unit: str, step: int, today: date, *, fiscal: bool = False) -> Mention:
    if unit == "year":
        return Mention(match.start(), match.end(), Said.YEAR, year=today.year + step, fiscal=fiscal, relative=True)
    if unit == "decade":
        first = today.year // 10 * 10 + 10 * step
        return _fixed(match, *periods.months(first, 1, 120), Precision.YEAR)
    size, said = {"month": (1, Said.MONTH), "quarter": (3, Said.QUARTER), "half": (6, Said.HALF)}[unit]
    day = periods.shift(today.replace(day=1), months=size * step)
    number = (day.month - 1) // size + 1
    return Mention(match.start(), match.end(), Said.YEAR | said, year=day.year, number=number, relative=True)


def _season(match: re.Match[str], number: int, step: int, today: date) -> Mention:
    year = today.year - (number == 4 and today.month <= 2)  # January belongs to the winter of the year before
    if step == -1 and periods.season(year, number)[1] < today:
        step = 0
    said = Said.YEAR | Said.SEASON
    return Mention(match.start(), match.end(), said, year=year + step, number=number, relative=True)


def _weekday(match: re.Match[str], weekday: int, word: str, today: date) -> Mention | None:
    """This Friday is this week's or the coming one, next Friday and last Friday belong to the neighbouring weeks."""
    if word in ("coming", "upcoming", "past"):
        toward = -1 if word == "past" else 1
        days = (weekday - today.weekday()) % 7 if toward > 0 else -((today.weekday() - weekday) % 7 or 7)
        return _fixed(match, today + timedelta(days=days), today + timedelta(days=days))
    if word in ("this", "current"):
        return Mention(match.start(), match.end(), Said.WEEKDAY, weekday=weekday)
    step = _STEPS.get(word, -1) + bool(match["rplus"]) if match.lastgroup == "rel" else 1
    monday = periods.week(today)[0] + timedelta(days=7 * step)
    said = Said.WEEK | Said.WEEKDAY
    return Mention(match.start(), match.end(), said, week=monday, weekday=weekday, relative=True)


def _after_next(match: re.Match[str], context: Context) -> Mention | None:
    unit = match["an"]
    if unit == "week":
        return _week(match, 2, context.reference)
    if unit in ("month", "quarter", "year"):
        return _unit(match, unit, 2, context.reference)
    monday = periods.week(context.reference)[0] + timedelta(days=7)
    said = Said.WEEK | Said.WEEKDAY
    return Mention(match.start(), match.end(), said, week=monday, weekday=WEEKDAYS[unit[:3]], relative=True)


def _rel_the(match: re.Match[str], context: Context) -> Mention | None:
    unit = match["tu"]
    if unit == "weekend":  # early in a week it is the one that was
        return _week(match, -1 if context.reference.weekday() < 3 else 0, context.reference, part="weekend")
    found = _week(match, 0, context.reference) if unit == "week" else _unit(match, unit, 0, context.reference)
    return found._replace(weak=True)


def _to_date(match: re.Match[str], context: Context) -> Mention | None:
    found = _unit(match, match["td"] or "year", 0, context.reference)
    return found._replace(said=found.said | Said.PART, part="earlier")


def _period_end(match: re.Match[str], context: Context) -> Mention | None:
    """Year-end 2025, end-year, mid-year, month-end."""
    unit, year = match["pu"] or match["pu2"] or match["pu3"] or match["pm"], match["py"] or match["py2"] or match["py3"]
    found = _week(match, 0, context.reference) if unit == "week" else _unit(match, unit, 0, context.reference)
    part = "mid" if match["pm"] else match["pp"] or "end"
    return found._replace(said=found.said | Said.PART, part=part, year=int(year) if year else found.year)


def _day_word(match: re.Match[str], context: Context) -> Mention | None:
    word = match.group().split()
    key = match["dafter"] or word[-1]
    steps = {"after tomorrow": 2, "before yesterday": -2, "tomorrow": 1, "tomorrows": 1, "tmrw": 1, "yesterday": -1,
             "yesterdays": -1, "night": -1}  # fmt: skip
    step = 1 if word[:2] == ["the", "next"] else steps.get(key, 0)
    day = context.reference + timedelta(days=step)
    return _fixed(match, day, day)


def _holiday(match: re.Match[str], _: Context) -> Mention | None:
    word = match.group().replace(" day", " day")
    stem = re.split(r"[\s'.s]", word)[0]
    name = (
        _HOLIDAYS.get(word)
        or _HOLIDAY_STEMS.get(stem)
        or next((holiday for key, holiday in _HOLIDAY_STEMS.items() if word.startswith(key)), "")
    )
    return Mention(match.start(), match.end(), Said.HOLIDAY, holiday=name) if name else None


READERS: dict[str, Callable[[re.Match[str], Context], Mention | None]] = {
    "within": _within,
    "ago": _ago,
    "hence": _hence,
    "offset": _offset,
    "manyunits": _many_units,
    "rel": _rel,
    "afternext": _after_next,
    "relthe": _rel_the,
    "todate": _to_date,
    "periodend": _period_end,
    "dayword": _day_word,
    "holiday": _holiday,
}
