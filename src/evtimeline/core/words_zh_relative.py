"""The Chinese date words that count from the day of publication: 今天, 下周三, 上月, 明年, 三个月内, 近三年."""

import re
from datetime import date, timedelta

from evtimeline.core import lengths, periods
from evtimeline.core.lengths import Length
from evtimeline.core.mentions import Mention, Said
from evtimeline.core.numerals import chinese_number
from evtimeline.core.windows import Precision

_UNITS = {"年": "year", "月": "month", "周": "week", "星期": "week", "礼拜": "week", "天": "day", "日": "day",
          "季度": "quarter"}  # fmt: skip
_DAYS = {"大前": -3, "前": -2, "昨": -1, "琴": -1, "今": 0, "本": 0, "即": 0, "明": 1, "听": 1, "后": 2, "大后": 3}
_SHIFTS = {"上上": -2, "上": -1, "本": 0, "这": 0, "今": 0, "当": 0, "下": 1, "下下": 2}
_YEARS = {"大前": -3, "前": -2, "去": -1, "上": -1, "今": 0, "本": 0, "明": 1, "来": 1, "下": 1, "后": 2, "大后": 3}
_WEEKDAYS = {c: n for n, c in enumerate("一二三四五六日")} | {"天": 6}
_HOLIDAYS = {
    "元旦": "new year", "春节档": "spring festival films", "春节": "spring festival", "除夕": "spring festival eve",
    "大年三十": "spring festival eve", "农历新年": "spring festival", "元宵": "lantern", "清明": "qingming",
    "五一": "labour", "劳动节": "labour", "五四": "youth", "六一": "children", "儿童节": "children",
    "端午": "dragon boat", "七夕": "qixi", "暑": "summer holidays", "寒假": "winter holidays", "八一": "army",
    "教师节": "teachers", "中秋": "mid-autumn", "国庆": "national", "国庆档": "golden week", "十一": "golden week",
    "双节": "golden week", "重阳": "double ninth", "双11": "singles", "双十一": "singles", "双12": "double twelve",
    "双十二": "double twelve", "618": "618", "万圣节": "halloween", "感恩节": "thanksgiving",
    "平安夜": "christmas eve", "圣诞": "christmas", "情人节": "valentine", "妇女节": "women", "母亲节": "mothers",
    "父亲节": "fathers", "复活节": "easter", "黑五": "black friday", "黑色星期五": "black friday",
    "贺岁档": "new year films", "跨年": "new year's eve", "腊八": "laba",
}  # fmt: skip
_LONG_HOLIDAYS = {
    "春节": "spring festival holiday",
    "五一": "labour holiday",
    "国庆": "golden week",
    "十一": "golden week",
}


def read(match: re.Match[str], reference: date) -> Mention | None:
    """The mention of a match of one of the relative words."""
    return _READERS[match.lastgroup or ""](match, reference)


def _fixed(match: re.Match[str], first: date, last: date, precision: Precision = Precision.DAY) -> Mention:
    return Mention(match.start(), match.end(), Said.SPAN, span=(first, last), precision=precision, relative=True)


def amount(number: str, unit: str, half: str | None) -> Length | None:
    """三个月, 一年半, 半年; None where the number is none."""
    count = 0 if number == "半" else chinese_number(number)
    and_half = number == "半" or bool(half) or unit.startswith("个半")
    name = _UNITS[unit.removeprefix("个").removeprefix("半")]
    return lengths.length(count, name, and_half=and_half) if count or number == "半" else None


def _length(match: re.Match[str], reference: date) -> Mention | None:
    """三个月内, 两周后, 一年前."""
    length, suffix = amount(match["ln"], match["lu"], match["lhalf"]), match["lsuf"]
    if length is None or (match["lu"] == "月") or (match["lu"] == "日" and match["lpre"]):
        return None
    if suffix.endswith("内"):
        if match["lpre"] in ("近", "最近", "过去", "上", "前"):
            return _fixed(match, *lengths.past(length, reference))
        return _fixed(match, date.min, length.after(reference))._replace(part="deadline")
    if suffix == "以来":
        return _fixed(match, *lengths.past(length, reference))
    day = length.after(reference) if suffix.endswith("后") else length.before(reference)
    return _fixed(match, day, day)._replace(part="" if length.exact else "about")


def _span(match: re.Match[str], reference: date) -> Mention | None:
    """近三年, 未来五年, 前1周, 下三个周."""
    length, ahead = (
        amount(match["scount"], match["sunit"], None),
        match["spre"] not in ("最近", "近", "过去", "前", "上"),
    )
    if length is None:
        return None
    if match["spre"] in ("上", "下") and length.unit == "week":
        count = length.days // 7
        return _fixed(match, *lengths.calendar_units(count if ahead else -count, "week", reference), Precision.WEEK)
    return _fixed(match, *(lengths.coming if ahead else lengths.past)(length, reference))


def _countdown(match: re.Match[str], reference: date) -> Mention | None:
    """倒计时30天, 100天倒计时, 还有一个月."""
    length = amount(match["cn"] or match["cn2"] or match["cn3"], match["cu"] or match["cu2"] or match["cu3"], None)
    if length is None:
        return None
    day = length.after(reference)
    return _fixed(match, day, day)._replace(part="" if length.exact else "about")


def _day_word(match: re.Match[str], reference: date) -> Mention | None:
    word = match.group()
    key = word if word == "今" else word[:-1]  # 今起
    day = reference + timedelta(days=_DAYS[key])
    return _fixed(match, day, day)


def _weekday(match: re.Match[str], reference: date) -> Mention:
    weekday = _WEEKDAYS[match["wd"]]
    if match["wrel"]:
        monday = periods.week(reference)[0] + timedelta(days=7 * _SHIFTS[match["wrel"]])
        said = Said.WEEK | Said.WEEKDAY
        return Mention(match.start(), match.end(), said, week=monday, weekday=weekday, relative=True)
    return Mention(match.start(), match.end(), Said.WEEKDAY, weekday=weekday)


def _week(match: re.Match[str], reference: date) -> Mention:
    monday = periods.week(reference)[0] + timedelta(days=7 * _SHIFTS[match["weekrel"] or "本"])
    if match["weekend"] or match["weekend2"]:
        said = Said.WEEK | Said.PART
        return Mention(match.start(), match.end(), said, week=monday, part="weekend", relative=True)
    return Mention(match.start(), match.end(), Said.WEEK, week=monday, relative=True)


def _month(match: re.Match[str], reference: date) -> Mention:
    month = periods.shift(reference.replace(day=1), months=_SHIFTS[match["mrel"]])
    said, day = Said.YEAR | Said.MONTH, 0
    if match["mreld"]:
        said, day = said | Said.DAY, chinese_number(match["mreld"])
    return Mention(match.start(), match.end(), said, year=month.year, number=month.month, day=day, relative=True)


def _month_part(match: re.Match[str], reference: date) -> Mention:
    part = {"初": "start", "上旬": "early", "中": "mid", "中旬": "mid", "内": "", "下旬": "late"}.get(
        match["mpart"], "end"
    )
    said = Said.YEAR | Said.MONTH | (Said.PART if part else Said.MONTH)
    return Mention(
        match.start(), match.end(), said, year=reference.year, number=reference.month, part=part, relative=True
    )


def _quarter(match: re.Match[str], reference: date) -> Mention:
    first = periods.shift(reference.replace(day=1), months=3 * _SHIFTS[match["qrel"]])
    said = Said.YEAR | Said.QUARTER
    return Mention(match.start(), match.end(), said, year=first.year, number=(first.month + 2) // 3, relative=True)


def _year(match: re.Match[str], reference: date) -> Mention:
    word = match.group()
    if word == "今明两年":
        return _fixed(match, *periods.months(reference.year, 1, 24), Precision.YEAR)
    fiscal = "财" in word
    key = word.removesuffix("度").removesuffix("年").removesuffix("财")
    year = reference.year + _YEARS[key]
    return Mention(match.start(), match.end(), Said.YEAR, year=year, fiscal=fiscal, relative=True, leads=True)


_SLOTS = ("定档", "改档", "提档", "撤档", "改定", "档期定在", "抢占", "角逐", "决战", "备战")
"""Words of the cinema before a holiday, which then is a season of several days."""


def _holiday(match: re.Match[str], _: date) -> Mention:
    word = match["hname"]
    if match["cny"]:
        day = chinese_number(match["cny"])
        return Mention(match.start(), match.end(), Said.LUNAR | Said.MONTH | Said.DAY, number=1, day=day)
    long = next((name for key, name in _LONG_HOLIDAYS.items() if word.startswith(key) and len(word) > len(key) + 1), "")
    if word in _LONG_HOLIDAYS and match.string.endswith(_SLOTS, 0, match.start()):
        long = {"春节": "spring festival films"}.get(word, _LONG_HOLIDAYS[word])  # a film has the whole season
    name = long or next(_HOLIDAYS[word[:n]] for n in range(len(word), 0, -1) if word[:n] in _HOLIDAYS)
    return Mention(match.start(), match.end(), Said.HOLIDAY, holiday=name)


_READERS = {
    "countdown": _countdown,
    "length": _length,
    "span": _span,
    "dayword": _day_word,
    "weekday": _weekday,
    "week": _week,
    "monthrel": _month,
    "monthpart": _month_part,
    "quarterrel": _quarter,
    "yearrel": _year,
    "holiday": _holiday,
}
