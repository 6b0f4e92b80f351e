"""The date words of Chinese, as one pattern over folded text, and what each of them says."""

import re
from collections.abc import Callable, Iterator
from datetime import date

from evtimeline.core import numeric_dates, periods, words_zh_relative
from evtimeline.core.mentions import Mention, Part, Said
from evtimeline.core.numeric_dates import BEFORE_DIGITS, YEAR, read_numeric, short_year
from evtimeline.core.numerals import chinese_number
from evtimeline.core.windows import Precision

_Z = "一二三四五六七八九"
_ZERO = "零〇○o0"
_LONG_YEAR = rf"{YEAR}|[一二][{_ZERO}九八一][{_ZERO}{_Z}]{{2}}|[一二两]千(?:零?[{_Z}十]{{1,3}})?"
_MONTH = rf"(?:1[0-2]|0?[1-9]|十[一二]?|[{_Z}])"
_DAY = rf"(?:3[01]|[12]\d|0?[1-9]|三十一?|二?十[{_Z}]?|廿[{_Z}]?|卅一?|[{_Z}])"
_TO = r"\s?(?:--?|~|至|到|、|/|或|和|与|ー)\s?"
_OF_YEAR = (
    rf"\s*的?\s*(?:[上下前后]半年|第?[{_Z}\d首前后]{{1,2}}个?(?:季|月|周|星期|礼拜)|最后|q[1-4]|h[12]|[初底末中尾内]|{_MONTH}\s?月"
    r"|[春夏秋冬][季天]|全年|第|春节|国庆|五一|以前|之前|前后|起|至|到|[-~])"
)
_BARE_YEAR = r"\s*(?:[上下]半年|第?[一二三四首1-4]季度|前[一二三四1-4]个?季|q[1-4]|h[12]|[春夏秋冬]季|年?[底末初中])"

_PATTERNS = {
    **numeric_dates.PATTERNS,
    **words_zh_relative.PATTERNS,
    "decade": r"(?:(?P<century>\d\d|[一二]?十[一二八九]?|上个?|本)世纪)?(?P<tens>\d0|[一二三四五六七八九]十|(?:19|20)\d0)年代",
    "fiscal": r"(?P<fy>20\d\d|\d\d)\s?财年|(?<![a-z])fy\s?'?(?P<fy2>20\d\d|\d\d)(?!\d)",
    "year": rf"(?P<y>{_LONG_YEAR})\s?年度?(?!代|来|级)|(?P<ybare>{YEAR})(?={_BARE_YEAR})",
    "shortyear": rf"(?P<yy>\d\d)\s?(?:年(?={_OF_YEAR})|(?=q[1-4](?![\da-z])|h[12](?![\da-z])))|(?P<yy0>0\d|[零〇][{_Z}]|[{_Z}][零〇{_Z}])\s?年(?![代来内后间])"
    r"|(?<![近超满约历每过来未第达])(?P<yymaybe>\d\d)年(?![代来内后前间以之的历期质保免多左寿])",
    "yearleft": rf"(?P<yleft>{YEAR})(?={_TO}{YEAR}(?!\d|[.,]\d))|(?<=[至到\-~=])\s?(?P<yright>{YEAR})(?!\d|[.,]\d|[台辆家人款万亿])",
    "yearpart": r"(?:(?<=[年度])(?P<again>))?年(?:初|中(?!国)|底|末|尾|终(?!奖)|内)|岁末|岁尾",
    "quarters": rf"前(?P<qn>[{_Z}两1-4])个?季度|(?P<qa>[一二三1-3])(?:{_TO})?(?P<qb>[二三四2-4])季度",
    "quarter": rf"第?(?P<q>[一二三四首1-4])个?季度|第(?P<qtw>[一二三四1-4])季(?=$|[^\w]|[初底末中]|量产|营收|出货|财报|投产|上市|发布|交付)"
    r"|(?<![a-z])q(?P<q1>[1-4])(?![\da-z])|(?P<q2>[1-4])q(?P<q2y>(?:20)?\d\d)?(?![\da-z])",
    "half": r"(?P<hword>[上下前后])半年(?![内后前]|之)|(?<![a-z])h(?P<h1>[12])(?![\da-z])|(?P<h2>[12])h(?P<h2y>(?:20)?\d\d)?(?![\da-z])",
    "lunarmonth": rf"(?:农历|阴历|旧历)\s?(?P<ly>(?:{_LONG_YEAR})年)?(?P<lleap>闰)?(?P<lm>正|腊|冬|{_MONTH})月(?:初?(?P<ld>{_DAY})日?)?"
    rf"|(?P<lleap2>闰)(?P<lm2>{_MONTH})月|(?P<lm3>正|腊)月(?:初?(?P<ld3>{_DAY}))?|(?P<lm4>{_MONTH})月(?:初(?P<ld4>[{_Z}十])|(?P<ld5>廿[{_Z}]))",
    "months": rf"(?P<ma>[{_Z}])(?P<mb>[{_Z}])月份?(?!\d)|(?P<mleft>{_MONTH})(?={_TO}{_MONTH}\s?月)",
    "month": rf"(?P<m>{_MONTH})\s?月份?(?!龄|球|嫂|经|亮|饼|怀胎|(?<=五月)天(?!气))(?:\s?(?P<md>{_DAY})(?:\s?[日号](?!线)|(?={_TO}{_DAY}\s?[日号])|(?=$|[,。;]))(?!\d|[.,]\d))?",
    "day": rf"(?<!每月)(?P<d>{_DAY})(?:\s?日(?!本|产|均|系|元|圆|常)|(?:(?<=\d)|(?<![\w][{_Z}十])(?<![\w]..))号(?![线楼机文店院公路产高车厂房馆馈样区地井船星舰卫工令])|(?={_TO}(?:3[01]|[12]?\d)[日号]))",
    "third": r"(?P<xun>上中旬|中上旬|中下旬|上旬|中旬|下旬|上半月|下半月)|(?<=[年月度季周份节])\s?的?(?P<tail>初|中(?![国旬心])|底|末|尾)",
    "season": r"(?P<early>初|早|盛|晚|深|暮)?(?P<seasonword>[春夏秋冬])(?:季|天|日(?=[,。]|$)|(?<=[今明去来年].))(?!度|[雨晚节])",
    "sub": rf"第(?P<sn>[{_Z}十\d]{{1,2}})个?(?P<su>月|周(?!年)|星期|礼拜|季度)(?P<sd>[{_Z}日天](?![\d{_Z}]))?|(?P<sl>最后|首|头|前|后)(?P<sc>[{_Z}十两\d]{{0,2}})\s?个?(?P<slu>月|周(?!年)|星期|礼拜|天|日|季度)(?!前|后|内|之)",
}  # fmt: skip
_SCAN = re.compile(BEFORE_DIGITS + "(?:" + "|".join(f"(?P<{name}>{p})" for name, p in _PATTERNS.items()) + ")")

_UNITS = {"月": "month", "周": "week", "星期": "week", "礼拜": "week", "天": "day", "日": "day", "季度": "quarter"}
_TAILS = {"初": "start", "中": "mid", "底": "end", "末": "end", "尾": "end", "终": "end", "上旬": "early", "中旬": "mid",
          "下旬": "late", "中下旬": "mid to late", "上中旬": "early to mid", "中上旬": "early to mid", "上半月": "first half",
          "下半月": "last half"}  # fmt: skip
_SEASON_PARTS = {"初": "early", "早": "early", "盛": "mid", "晚": "late", "深": "late", "暮": "late"}


def scan(folded: str, reference: date) -> Iterator[Mention]:
    """The date words of a folded Chinese text, in order."""
    for match in _SCAN.finditer(folded):
        kind = match.lastgroup or ""
        if kind in numeric_dates.NAMES:
            found = read_numeric(match, reference, day_first=True)
        elif kind in words_zh_relative.PATTERNS:
            found = words_zh_relative.read(match, reference)
        else:
            found = _READERS[kind](match, reference)
        if found is not None:
            yield found


def _fiscal(match: re.Match[str], reference: date) -> Mention:
    year = short_year(int(match["fy"] or match["fy2"]), reference)
    return Mention(match.start(), match.end(), Said.YEAR, year=year, fiscal=True)


def _year(match: re.Match[str], reference: date) -> Mention | None:
    year = chinese_number(match["y"] or match["ybare"])
    return Mention(match.start(), match.end(), Said.YEAR, year=year) if 1900 <= year <= 2199 else None


def _short_year(match: re.Match[str], reference: date) -> Mention | None:
    year = short_year(chinese_number(match["yy"] or match["yy0"] or match["yymaybe"]), reference)
    if match["yymaybe"] and abs(year - reference.year) > 5:
        return None  # "15年" alone is fifteen years, unless it is about now
    return Mention(match.start(), match.end(), Said.YEAR, year=year)


def _year_of_range(match: re.Match[str], reference: date) -> Mention:
    return Mention(match.start(), match.end(), Said.YEAR, year=int(match["yleft"] or match["yright"]))


def _year_part(match: re.Match[str], reference: date) -> Mention | None:
    part = _TAILS.get(match.group()[-1], "")
    if match["again"] is not None:  # 明年年初
        return Mention(match.start(), match.end(), Said.PART, part=part, weak=True) if part else None
    year = reference.year - (part == "end" and reference.month == 1)
    return Mention(match.start(), match.end(), Said.YEAR | Said.PART, year=year, part=part, relative=True)


def _decade(match: re.Match[str], reference: date) -> Mention | None:
    tens = chinese_number(match["tens"])
    century = chinese_number((match["century"] or "").rstrip("个")) - 1
    if tens < 100:
        guess = 19 if (match["century"] or "上") in ("上", "上个") else 20
        tens += 100 * (century if century > 0 else guess)
    if not 1900 <= tens <= 2190:
        return None
    return Mention(match.start(), match.end(), Said.SPAN, span=periods.months(tens, 1, 120), precision=Precision.YEAR)


def _quarters(match: re.Match[str], reference: date) -> Mention:
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


def _lunar(match: re.Match[str], reference: date) -> Mention | None:
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


def _months(match: re.Match[str], reference: date) -> Mention | None:
    if match["mleft"]:
        number = chinese_number(match["mleft"])
        return Mention(match.start(), match.end(), Said.MONTH, number=number, weak=True)
    first, last = chinese_number(match["ma"]), chinese_number(match["mb"])
    if last != first + 1:
        return None
    return Mention(match.start(), match.end(), Said.MONTH, number=first, number_to=last)


def _month(match: re.Match[str], reference: date) -> Mention:
    number, day = chinese_number(match["m"]), chinese_number(match["md"] or "")
    said = Said.MONTH | Said.DAY if day else Said.MONTH
    return Mention(match.start(), match.end(), said, number=number, day=day)


def _day(match: re.Match[str], reference: date) -> Mention | None:
    number = chinese_number(match["d"])
    unsure = match.group()[-1:] not in ("日", "号")
    return Mention(match.start(), match.end(), Said.DAY, day=number, weak=unsure) if number <= 31 else None


def _third(match: re.Match[str], reference: date) -> Mention:
    return Mention(match.start(), match.end(), Said.PART, part=_TAILS[match["xun"] or match["tail"]], weak=True)


def _season(match: re.Match[str], reference: date) -> Mention:
    number, part = "春夏秋冬".index(match["seasonword"]) + 1, _SEASON_PARTS.get(match["early"] or "", "")
    said = Said.SEASON | Said.PART if part else Said.SEASON
    return Mention(match.start(), match.end(), said, number=number, part=part)


def _sub(match: re.Match[str], reference: date) -> Mention | None:
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


_READERS: dict[str, Callable[[re.Match[str], date], Mention | None]] = {
    "decade": _decade,
    "fiscal": _fiscal,
    "year": _year,
    "shortyear": _short_year,
    "yearleft": _year_of_range,
    "yearpart": _year_part,
    "quarters": _quarters,
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
