"""Lengths of time by which news says that a date has moved: delayed by six months, 推迟三个月, two weeks early."""

import re
from dataclasses import dataclass, replace
from datetime import date

from evtimeline.core import periods, words_en_relative, words_zh_relative
from evtimeline.core.claims import Claim, Signal
from evtimeline.core.lengths import Length
from evtimeline.core.patterns_en import COUNT, UNIT
from evtimeline.core.standing import Outcome, Standing
from evtimeline.core.text import fold
from evtimeline.core.windows import Precision, Window


@dataclass(frozen=True, slots=True)
class FoundShift:
    """A length of time that moves a date which stood before; `direction` is 1 for later and -1 for earlier.

    What it comes to depends on the date that stood, so it is no window: `Length.after` and `before` count it.
    """

    text: str
    start: int
    end: int
    length: Length
    direction: int


def _english_amount(name: str) -> str:
    return rf"(?P<{name}>(?:{COUNT}|half\sa)[\s-]{UNIT}s?(?:[\s-]and[\s-]a[\s-]half)?)"


def _chinese_amount(name: str) -> str:
    number = r"(?:[1-9]\d{0,2}|[一二两三四五六七八九十]{1,3}|半)"
    return rf"(?P<{name}>{number}\s?(?:个半?月|个?季度|年|周|个?星期|天)半?)(?!前|后|内)"


_SOME = (
    r"""(?:(?:another|a\sfurther|about|around|roughly|nearly|almost|at\sleast|up\sto|some|more\sthan|over)\s){0,2}"""
)
_ENGLISH = re.compile(
    rf"""\b(?:
    (?P<later>(?:delay|postpon|push|slip|mov|put|set\sback|held\sback)\w*\s(?:(?!up\b|forward\b)\w+\s){{0,4}}?by\s{_SOME}{_english_amount("by")}
        |(?:delay|slip|postponement)\sof\s{_SOME}{_english_amount("of")}
        |{_english_amount("adjective")}\s(?:delay|slip|postponement|setback)
        |{_english_amount("late")}\s(?:late|later\sthan\s(?:planned|expected|scheduled)|behind(?:\sschedule)?)\b)
    |(?P<earlier>(?:advanc|brought\sforward|bring\w*\sforward|mov\w+\s(?:up|forward)|pull\w*\s(?:in|forward))\w*
        \s(?:\w+\s){{0,3}}?by\s{_SOME}{_english_amount("forward")}
        |{_english_amount("early")}\s(?:early|ahead\sof\s(?:schedule|plan|time)
            |earlier\sthan\s(?:planned|expected|scheduled)))\b
    )""",
    re.VERBOSE,
)
_CHINESE = re.compile(
    rf"""(?P<later>(?:推迟|延迟|延期|延后|顺延|推后|跳票|滞后|晚于?(?:计划|预期)?|逾期|拖延)
        (?:了|约|近|至少|最多|超过|长达|最长|上市|交付|投产){{0,3}}\s?{_chinese_amount("by")})
    |(?P<earlier>(?:提前|提早|早于?(?:计划|预期)?)(?:了|约|近|至少|超过|完成|上市|交付|投产){{0,3}}\s?{_chinese_amount("forward")})""",
    re.VERBOSE,
)
_CHINESE_PARTS = re.compile(r"([\d一二两三四五六七八九十半]+)\s?(个半月|个?季度|个月|年|周|个?星期|天)(半?)")


def find_shifts(text: str) -> tuple[FoundShift, ...]:
    """Every length of time by which a text says that a date has moved, in order."""
    folded = fold(text)
    found = []
    for pattern, read in ((_ENGLISH, _english), (_CHINESE, _chinese)):
        for match in pattern.finditer(folded):
            amount = next(value for name, value in match.groupdict().items() if value and name not in _SIDES)
            length = read(amount)
            if length is not None:
                direction = 1 if match["later"] else -1
                said = text[match.start() : match.end()]
                found.append(FoundShift(said, match.start(), match.end(), length, direction))
    return tuple(sorted(found, key=lambda shift: shift.start))


_SIDES = ("later", "earlier")


def _english(amount: str) -> Length | None:
    return words_en_relative.amount(amount)


def _chinese(amount: str) -> Length | None:
    match = _CHINESE_PARTS.fullmatch(amount)
    return words_zh_relative.amount(match[1], match[2], match[3]) if match else None


SAME_NEWS_DAYS = 30
"""A move that is told again within so many days is still the same move, not a second one."""

_DIRECTION = {Signal.DELAYED: 1, Signal.ADVANCED: -1}


def placed(claim: Claim, standing: Standing) -> Claim:
    """The claim with its window counted from what stood, where it says by how much a date moves and not to when.

    What has just been moved is not moved again by those who tell it later: they are given the window that stands.
    """
    said = find_shifts(claim.quote.text) if claim.quote else ()
    shift = next((one for one in said if one.direction == _DIRECTION.get(claim.signal)), None)
    stood, holder = standing.window, standing.holder
    if claim.window or shift is None or stood is None or holder is None or standing.outcome is not Outcome.OPEN:
        return claim
    since = (claim.stated_on - holder.stated_on).days
    if since < 0:
        return claim  # what stood on that day is not what stands
    if holder.signal is claim.signal and since <= SAME_NEWS_DAYS:
        return replace(claim, window=stood, reasons=(*claim.reasons, f"“{shift.text}” led to {stood.display}"))
    side = "after" if shift.direction > 0 else "before"
    reason = f"“{shift.text}”: so long {side} {stood.display}, which stood"
    return replace(claim, window=moved(stood, shift), reasons=(*claim.reasons, reason))


def moved(window: Window, shift: FoundShift) -> Window:
    """The window that lies so much later or earlier; the end of a month stays the end of a month."""
    fine = window.precision if not shift.length.exact or window.precision is Precision.WEEK else Precision.DAY
    return replace(
        window,
        earliest=_moved(window.earliest, shift) if window.earliest else None,
        latest=_moved(window.latest, shift) if window.latest else None,
        precision=fine,
    )


def _moved(day: date, shift: FoundShift) -> date:
    there = shift.length.after(day) if shift.direction > 0 else shift.length.before(day)
    ends = day.day == periods.last_day(day.year, day.month) and day.day > 28 - (day.month == 2)
    return there.replace(day=periods.last_day(there.year, there.month)) if ends and shift.length.days == 0 else there
