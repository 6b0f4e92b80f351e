"""The date words of English, as one pattern over folded text, and what each of them says."""

import re
from collections.abc import Callable, Iterator
from datetime import date

from evtimeline.core import numeric_dates, periods, words_en_relative
from evtimeline.core.mentions import Mention, Part, Said
from evtimeline.core.numerals import english_number, english_year
from evtimeline.core.numeric_dates import YEAR, read_numeric, short_year
from evtimeline.core.patterns_en import LEAD, MONTH, WORDS
from evtimeline.core.scanning import Scanner
from evtimeline.core.windows import Precision
from evtimeline.core.words_en_relative import MONTHS, WEEKDAYS, Context

_SCANNER = Scanner(LEAD, WORDS)
_BESIDE = re.compile(
    r"(?:\b(?:(?:19|20)\d\d|in|by|of|until|till|since|from|to|through|before|after|for|during|around|early|late|mid|end|this|next|last"
    r"|between|and|or|on|into|per|late|than|as|by\sthe|in\sthe|until\sthe|of\sthe|for\sthe|over\sthe|during\sthe|on\sthe"
    r"|before\sthe|after\sthe|from\sthe|to\sthe)\s|[-/(])$"
)
_UNSURE = frozenset(("may", "mar", "march", "jan", "dec", "sep", "sat", "sun", "wed", "mon", "fri", "tue", "thu"))


Reader = Callable[[re.Match[str], Context], Mention | None]


def scan(text: str, folded: str, reference: date, *, day_first: bool = False) -> Iterator[Mention]:
    """The date words of an English text, in order; `text` as written tells May from may."""
    context = Context(text, folded, reference)
    for match in _SCANNER.matches(folded):
        kind = match.lastgroup or ""
        if kind in numeric_dates.NAMES:
            found = read_numeric(match, reference, day_first=day_first)
        else:
            found = _READERS[kind](match, context)
        if found is not None:
            yield found


def _beside(match: re.Match[str], context: Context) -> bool:
    """Whether a preposition or the like stands before the match."""
    return _BESIDE.search(context.folded[max(0, match.start() - 12) : match.start()]) is not None


def _alone(match: re.Match[str], context: Context) -> bool:
    """Whether the match is all there is."""
    return len(context.text) < 40 and context.folded.strip(" .,:;!?") == match.group().strip(" .")


_SLASH_PLACE = re.compile(
    r"(?:\b(?:on|in|this|next|between|from|to|until|by|before|after)|day|mon|tue|wed|thu|fri|sat|sun|\d-)\s?$"
)


def _slash(match: re.Match[str], context: Context) -> Mention | None:
    """7/6 is a date after a preposition or a weekday only; elsewhere it is a ratio."""
    left = context.folded[max(0, match.start() - 8) : match.start()]
    if not (_SLASH_PLACE.search(left) or _alone(match, context)):
        return None
    month, day = int(match["sla"]), int(match["slb"])
    if month > 12:
        month, day = day, month
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return Mention(match.start(), match.end(), Said.MONTH | Said.DAY, number=month, day=day)


def _day_month(match: re.Match[str], context: Context) -> Mention | None:
    if match["dmm"] == "may" and not context.text[match.start("dmm")].isupper() and match["dm"].isdigit():
        return None
    day, month = english_number(match["dm"]), MONTHS[match["dmm"][:3]]
    said, year = Said.MONTH | Said.DAY, 0
    if match["dmyy"]:
        said, year = said | Said.YEAR, short_year(int(match["dmyy"]), context.reference)
    return Mention(match.start(), match.end(), said, number=month, day=day, year=year)


def _day(match: re.Match[str], _: Context) -> Mention | None:
    day = english_number(match["dl"] or match["dlfrom"] or match["do"] or match["on"])
    return Mention(match.start(), match.end(), Said.DAY, day=day, weak=not match["on"]) if day <= 31 else None


def _month_day(match: re.Match[str], context: Context) -> Mention | None:
    if match["md"] == "may" and not context.text[match.start("md")].isupper() and not _beside(match, context):
        return None
    day, last, month = english_number(match["mdd"]), english_number(match["mdto"] or ""), MONTHS[match["md"][:3]]
    said, year = Said.MONTH | Said.DAY, 0
    if match["mdy"]:
        said, year = said | Said.YEAR, short_year(int(match["mdy"]), context.reference)
    if day > 31 or last > 31:
        return None
    return Mention(match.start(), match.end(), said, number=month, day=day, day_to=last, year=year)


_AT_MONTH = re.compile(r"\b(?:in|by|of|until|since|early|late|mid)[\s-]$")
_GOES_ON = re.compile(
    rf"\.?(?:,?\s(?:of\s|in\s)?'?{YEAR}|[-/]\d|\s?(?:-|to|or|and|through|until)\s?{MONTH}\b)", re.VERBOSE
)

_OF_AN_EVENT = re.compile(
    r"\s(?:\d+\s)?(?:release|launch|opening|debut|start|start-up|premiere|listing|ipo|float|sailing|flight|delivery|handover"
    r"|vote|election|ceremony|hearing|verdict|decision|closing|deadline|target|date|rollout|reveal|announcement|filing|event"
    r"|unveiling|introduction|signing|approval|sales|deliveries|show|meeting|review|summit|recall|price\s(?:cut|rise))\b"
)

_OWNED = re.compile(r"(?:\b(?:the|its|a|their|our|his|her|planned|expected|original|previous)|'s)\s$")


def _is_of_an_event(match: re.Match[str], context: Context) -> bool:
    """Whether a month tells which event is meant: its May launch."""
    owned = _OWNED.search(context.folded, max(0, match.start() - 10), match.start())
    return owned is not None and _OF_AN_EVENT.match(context.folded, match.end("m")) is not None


def _month(match: re.Match[str], context: Context) -> Mention | None:
    word = match["m"]
    if word in _UNSURE or len(word) <= 3:
        capital = context.text[match.start()].isupper()
        goes_on = _GOES_ON.match(context.folded, match.end("m")) is not None
        dotted = bool(match["dot"]) and capital and word != "may"
        beside = (
            _beside(match, context)
            if capital
            else _AT_MONTH.search(context.folded[max(0, match.start() - 8) : match.start()])
        )
        beside = beside or (capital and _is_of_an_event(match, context))
        if not (_alone(match, context) or dotted or goes_on or beside or (word == "march" and capital)):
            return None
    said, year, end = Said.MONTH, 0, match.end() if match["my"] or match["myof"] or len(word) <= 4 else match.end("m")
    if match["my"] or match["myof"]:
        said, year = said | Said.YEAR, short_year(int(match["my"] or match["myof"]), context.reference)
    return Mention(match.start(), end, said, number=MONTHS[word[:3]], year=year)


def _decade(match: re.Match[str], _: Context) -> Mention | None:
    half = match["dechalf"]
    begins = int(match["dec"]) + (5 if half and half != "first" else 0)
    span = periods.months(begins, 1, 60 if half else 120)
    return Mention(match.start(), match.end(), Said.SPAN, span=span, precision=Precision.YEAR)


def _fiscal(match: re.Match[str], context: Context) -> Mention | None:
    year = short_year(int(match["fy"]), context.reference)
    return Mention(match.start(), match.end(), Said.YEAR, year=year, fiscal=True)


def _year(match: re.Match[str], _: Context) -> Mention | None:
    year = int(match["y"]) if match["y"] else english_year(match["yw"])
    if not periods.FIRST_YEAR <= year <= periods.LAST_YEAR:
        return None
    if match["ynext"]:  # 2026-27 is a season of two years
        if int(match["ynext"]) != (year + 1) % 100:
            return None
        span = periods.months(year, 1, 24)
        return Mention(match.start(), match.end(), Said.SPAN, span=span, precision=Precision.YEAR)
    return Mention(match.start(), match.end(), Said.YEAR, year=year)


def _quarter(match: re.Match[str], context: Context) -> Mention | None:
    number = int(match["q1"] or match["q2"] or 0)
    if not number:
        number = 4 if match["qlast"] else english_number(match["qw"]) % 5  # the final one, -1, is the fourth
    found = Mention(match.start(), match.end(), Said.QUARTER, number=number)
    return _with_year(found, match["q2y"], context.reference)


def _with_year(found: Mention, year: str | None, reference: date) -> Mention:
    if not year:
        return found
    return found._replace(said=found.said | Said.YEAR, year=short_year(int(year), reference))


_OF_SHORT = re.compile(
    rf"\s(?:of\s)?(?:the\s|next\s|this\s|last\s)?(?:month|week|quarter|q[1-4]|{MONTH})\b", re.VERBOSE
)


def _half(match: re.Match[str], context: Context) -> Mention | None:
    if match["halfword"]:
        first = match["halfword"] in ("first", "1st")
        if _OF_SHORT.match(context.folded, match.end()):
            part = "first half" if first else "last half"
            return Mention(match.start(), match.end(), Said.PART, part=part, weak=True, leads=True)
        return Mention(match.start(), match.end(), Said.HALF, number=1 if first else 2)
    number = int(match["h1"] or match["h2"])
    if match["h1"] and not (
        _beside(match, context) or _NEAR_YEAR.search(context.folded, max(0, match.start() - 6), match.end() + 8)
    ):
        return None  # H2 alone is hydrogen more often than a half-year
    return _with_year(Mention(match.start(), match.end(), Said.HALF, number=number), match["h2y"], context.reference)


_NEAR_YEAR = re.compile(rf"{YEAR}|this\syear|next\sye|fy|of\s20")
_YEAR_NEXT = re.compile(
    rf"\s(?:of\s)?(?:{YEAR}|this|next|last)|,\s{YEAR}|\s(?:release|launch|debut|opening|start|window)\b"
)


def _season(match: re.Match[str], context: Context) -> Mention | None:
    if not (_beside(match, context) or _YEAR_NEXT.match(context.folded, match.end()) or _alone(match, context)):
        return None
    number = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}[match["seasonword"]]
    return Mention(match.start(), match.end(), Said.SEASON, number=number)


def _week_of(match: re.Match[str], _: Context) -> Mention | None:
    return Mention(match.start(), match.end(), Said.WEEKOF, weak=True, leads=True)


_DATE_NEXT = re.compile(rf"\.?,?\s?(?:\d|{MONTH}\b|,\s\d)", re.VERBOSE)
_DATE_BEFORE = re.compile(r"(?:\d(?:st|nd|rd|th)?,?\s?\(?|week\s|day\sor\s|(?:mon|tue|wed|thu|fri)\sor\s)$")


def _weekday(match: re.Match[str], context: Context) -> Mention | None:
    word = match["wd"]
    day = english_number(match["wdd"] or match["wdo"] or "")
    if word in _UNSURE and not day and not _alone(match, context):
        near = _DATE_NEXT.match(context.folded, match.end("wd")) or _DATE_BEFORE.search(
            context.folded[max(0, match.start() - 10) : match.start()]
        )
        named = context.text[match.start()].isupper() and _beside(match, context) and word not in ("sun", "sat", "wed")
        if not (near or named):
            return None
    said = Said.WEEKDAY | Said.DAY if day else Said.WEEKDAY
    return Mention(match.start(), match.end(), said, weekday=WEEKDAYS[word[:3]], day=day)


def _part(match: re.Match[str], _: Context) -> Mention | None:
    word = match["mix"] or match["early"] or match["end"] or match["bareend"]
    if match["mix"]:
        word = "early to mid" if word.startswith("early") else "mid to late"
    word = {"beginning": "start", "turn": "start", "middle": "mid", "close": "end", "remainder": "rest",
            "remaining": "rest"}.get(word, word)  # fmt: skip
    return Mention(match.start(), match.end(), Said.PART, part=word, weak=True, leads=True)


def _sub(match: re.Match[str], _: Context) -> Mention | None:
    if match["subweek"]:
        return Mention(match.start(), match.end(), Said.SUB, sub=Part("week", int(match["subweek"])), leads=True)
    rank, unit, count = match["subord"], match["subunit"], english_number(match["subn"] or "1")
    number = {"opening": 1, "closing": -1}.get(rank) or english_number(rank.split()[0] if not match["subrank"] else "1")
    if match["subrank"]:
        number = -english_number(match["subrank"])
    if unit[:3] in WEEKDAYS and not unit.startswith("month"):
        part = Part("weekday", number, weekday=WEEKDAYS[unit[:3]])
    else:
        part = Part(unit.rstrip("s"), number, count)
    return Mention(match.start(), match.end(), Said.SUB, sub=part, weak=True, leads=True)


_READERS: dict[str, Reader] = {
    **words_en_relative.READERS,
    "slash": _slash,
    "daymonth": _day_month,
    "dayleft": _day,
    "dayof": _day,
    "monthday": _month_day,
    "month": _month,
    "decade": _decade,
    "fiscal": _fiscal,
    "year": _year,
    "quarter": _quarter,
    "half": _half,
    "season": _season,
    "weekof": _week_of,
    "weekday": _weekday,
    "part": _part,
    "sub": _sub,
}
