"""The date words of Chinese, as one pattern over folded text, and what each of them says."""

import re
from collections.abc import Callable, Iterator
from datetime import date

from evtimeline.core import numeric_dates, periods, words_zh_relative
from evtimeline.core.mentions import Mention, Part, Said
from evtimeline.core.numerals import chinese_number
from evtimeline.core.numeric_dates import read_numeric, short_year
from evtimeline.core.patterns_zh import LEAD, RELATIVE, WORDS
from evtimeline.core.scanning import Scanner
from evtimeline.core.windows import Precision

_SCANNER = Scanner(LEAD, WORDS)
_UNITS = {"月": "month", "周": "week", "星期": "week", "礼拜": "week", "天": "day", "日": "day", "季度": "quarter"}
_TAILS = {
    "初": "start", "中": "mid", "底": "end", "末": "end", "尾": "end", "终": "end", "上旬": "early",
    "中旬": "mid", "下旬": "late", "中下旬": "mid to late", "上中旬": "early to mid", "中上旬": "early to mid",
    "上半月": "first half", "下半月": "last half",
}  # fmt: skip
_SEASON_PARTS = {"初": "early", "早": "early", "盛": "mid", "晚": "late", "深": "late", "暮": "late"}


def scan(folded: str, reference: date) -> Iterator[Mention]:
    """The date words of a folded Chinese text, in order."""
    for match in _SCANNER.matches(folded):
        kind = match.lastgroup or ""
        if kind in numeric_dates.NAMES:
            found = read_numeric(match, reference, day_first=True)
        elif kind in RELATIVE:
            found = words_zh_relative.read(match, reference)
        else:
            found = _READERS[kind](match, reference)
        if found is not None:
            yield found


def _fiscal(match: re.Match[str], reference: date) -> Mention:
    year = short_year(int(match["fy"] or match["fy2"]), reference)
    return Mention(match.start(), match.end(), Said.YEAR, year=year, fiscal=True, leads=True)


def _year(match: re.Match[str], _: date) -> Mention | None:
    year = chinese_number(match["y"] or match["ybare"])
    return Mention(match.start(), match.end(), Said.YEAR, year=year, leads=True) if 1900 <= year <= 2199 else None


def _short_year(match: re.Match[str], reference: date) -> Mention | None:
    year = short_year(chinese_number(match["yy"] or match["yy0"] or match["yymaybe"]), reference)
    if match["yymaybe"] and abs(year - reference.year) > 5:
        return None  # "15年" alone is fifteen years, unless it is about now
    return Mention(match.start(), match.end(), Said.YEAR, year=year, leads=True)


def _year_of_range(match: re.Match[str], _: date) -> Mention:
    return Mention(match.start(), match.end(), Said.YEAR, year=int(match["yleft"] or match["yright"]), leads=True)


def _year_part(match: re.Match[str], reference: date) -> Mention | None:
    part = _TAILS.get(match.group()[-1], "")
    if match["again"] is not None:  # 明年年初
        return Mention(match.start(), match.end(), Said.PART, part=part, weak=True) if part else None
    said = Said.YEAR | Said.PART if part else Said.YEAR
    return Mention(match.start(), match.end(), said, year=reference.year, part=part, relative=True)


def _decade(match: re.Match[str], _: date) -> Mention | None:
    if match["plan"]:  # the 10th five-year plan began in 2001
        first = 1951 + 5 * chinese_number(match["plan"])
        return Mention(
            match.start(), match.end(), Said.SPAN, span=periods.months(first, 1, 60), precision=Precision.YEAR
        )
    tens = chinese_number(match["tens"])
    century = chinese_number((match["century"] or "").rstrip("个")) - 1
    if tens < 100:
        guess = 19 if (match["century"] or "上") in ("上", "上个") else 20
        tens += 100 * (century if century > 0 else guess)
    if not 1900 <= tens <= 2190:
        return None
    return Mention(match.start(), match.end(), Said.SPAN, span=periods.months(tens, 1, 120), precision=Precision.YEAR)


def _quarters(match: re.Match[str], _: date) -> Mention:
    first = 1 if match["qn"] else chinese_number(match["qa"])
    last = chinese_number(match["qn"] or match["qb"])
    return Mention(match.start(), match.end(), Said.QUARTER, number=first, number_to=last)


def _quarter(match: re.Match[str], reference: date) -> Mention:
    number = chinese_number(match["q"] or match["qtw"] or match["q1"] or match["q2"])
    return _with_short_year(match, Said.QUARTER, number, match["q2y"], reference)


def _half(match: re.Match[str], reference: date) -> Mention:
    number = {"上": 1, "前": 1, "下": 2, "后": 2}.get(match["hword"] or "") or int(match["h1"] or match["h2"])
    return _with_short_year(match, Said.HALF, number, match["h2y"], reference)


def _with_short_year(match: re.Match[str], said: int, number: int, year: str | None, reference: date) -> Mention:
    if not year:
        return Mention(match.start(), match.end(), said, number=number)
    return Mention(match.start(), match.end(), said | Said.YEAR, number=number, year=short_year(int(year), reference))


_LUNAR_MONTHS = {"正": 1, "冬": 11, "腊": 12}


def _lunar(match: re.Match[str], _: date) -> Mention | None:
    month = match["lm"] or match["lm2"] or match["lm3"] or match["lm4"]
    day = match["ld"] or match["ld3"] or match["ld4"] or match["ld5"]
    leap = match["lleap"] or match["lleap2"]
    year = chinese_number(match["ly"][:-1]) if match["ly"] else 0
    said = Said.LUNAR | Said.MONTH | (Said.DAY if day else Said.MONTH) | (Said.YEAR if year else Said.MONTH)
    number = _LUNAR_MONTHS.get(month) or chinese_number(month)
    return Mention(
        match.start(),
        match.end(),
        said,
        year=year,
        number=number,
        day=chinese_number(day or ""),
        part="leap" if leap else "",
    )


def _months(match: re.Match[str], _: date) -> Mention | None:
    if match["mleft"]:
        number = chinese_number(match["mleft"])
        return Mention(match.start(), match.end(), Said.MONTH, number=number, weak=True)
    first, last = chinese_number(match["ma"]), chinese_number(match["mb"])
    if last != first + 1:
        return None
    return Mention(match.start(), match.end(), Said.MONTH, number=first, number_to=last)


def _month(match: re.Match[str], _: date) -> Mention:
    number, day = chinese_number(match["m"]), chinese_number(match["md"] or "")
    said = Said.MONTH | Said.DAY if day else Said.MONTH
    return Mention(match.start(), match.end(), said, number=number, day=day)


def _day(match: re.Match[str], _: date) -> Mention | None:
    number = chinese_number(match["d"])
    unsure = match.group()[-1:] not in ("日", "号")
    return Mention(match.start(), match.end(), Said.DAY, day=number, weak=unsure) if number <= 31 else None


def _third(match: re.Match[str], _: date) -> Mention:
    return Mention(match.start(), match.end(), Said.PART, part=_TAILS[match["xun"] or match["tail"]], weak=True)


def _season(match: re.Match[str], _: date) -> Mention:
    first, *second = ("春夏秋冬".index(season) + 1 for season in match["pair"] or match["seasonword"])
    part = _SEASON_PARTS.get(match["early"] or "", "")
    said = Said.SEASON | Said.PART if part else Said.SEASON
    return Mention(match.start(), match.end(), said, number=first, number_to=second[0] if second else 0, part=part)


def _sub(match: re.Match[str], _: date) -> Mention | None:
    if match["sn"]:
        number, unit = chinese_number(match["sn"]), _UNITS[match["su"]]
        if match["sd"]:
            part = Part("weekday", number, weekday="一二三四五六日".find(match["sd"]) % 7)
        else:
            part = Part(unit, number)
    else:
        count, unit = chinese_number(match["sc"] or "") or 1, _UNITS[match["slu"]]
        part = Part(unit, 1 if match["sl"] in ("首", "头", "前") else -1, count)
    return Mention(match.start(), match.end(), Said.SUB, sub=part, weak=True) if part.number else None


def _slot(match: re.Match[str], _: date) -> Mention:
    """定档0518, 改档429."""
    return Mention(match.start(), match.end(), Said.MONTH | Said.DAY, number=int(match["sm"]), day=int(match["sday"]))


_READERS: dict[str, Callable[[re.Match[str], date], Mention | None]] = {
    "decade": _decade,
    "fiscal": _fiscal,
    "year": _year,
    "shortyear": _short_year,
    "yearofrange": _year_of_range,
    "yearpart": _year_part,
    "quarters": _quarters,
    "slot": _slot,
    "quarter": _quarter,
    "half": _half,
    "lunarmonth": _lunar,
    "months": _months,
    "month": _month,
    "day": _day,
    "third": _third,
    "season": _season,
    "sub": _sub,
}
