"""Amounts that reports promise: 30 GWh, 35 万辆, $2.5 billion, 15%; lengths, times and technical data are none."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from evtimeline.core import report_words as words
from evtimeline.core.milestones import Target
from evtimeline.core.report_dates import DateSpan

_MORE: Final = r"不低于|不少于|至少|以上|达到?|at least|no less than|to|reach(?:es|ing)?"
_ABOVE: Final = r"超过|超|逾|突破|高于|over|more than|above|exceed(?:s|ing)?|surpass(?:es|ing)?|top(?:s|ping)?|beyond"
_LESS: Final = r"不超过|不高于|可达|最高达?|至多|以内|up to|at most|no more than"
_ABOUT: Final = r"约|近|接近|大约|左右|about|around|roughly|approximately|nearly|almost|some|~"
_UNITS_ZH: Final = (
    r"美元|欧元|港元|日元|英镑|人民币|元|辆|台|架|艘|套|家|座|个(?:百分点)?|块|吨|人|户|片|颗|枚|只|部|艘"
    r"|份|股|根|张|间|桩|站|平方米|公顷|立方米"
)
_UNITS_EN: Final = (
    r"percent|per cent|vehicles?|cars?|units?|tonnes?|tons?|stores?|stations?|users?|customers?|deliveries|aircraft"
    r"|jets?|phones?|robots?|wafers?|jobs|people|sites|outlets|chargers?"
    r"|dollars|euros?|yuan|yen|pounds|barrels|plants|homes|trucks|buses|shares|subscribers|employees"
    r"|shops|branches|hotels|rooms|passengers|orders|batteries|packs|cells"
)
_UNITS: Final = r"GWh|MWh|TWh|GW|MW|kW|TW|%"
_AMOUNT: Final = re.compile(
    rf"(?P<word>{_LESS}|{_ABOVE}|{_MORE}|{_ABOUT})?\s*(?P<money>us\$|rmb|cny|\$|€|£"
    rf"|¥)?\s*(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?:多|余)?"
    rf"\s*(?P<scale>万亿|千万|百万|亿|万|千|billion|million|trillion|thousand|bn|mn|m(?![a-z])"
    rf"|k(?![a-z]))?\s*(?:electric |battery |new )?"
    rf"(?P<unit>{_UNITS}(?![a-z])|{_UNITS_ZH}|(?:{_UNITS_EN})(?![a-z]))?(?P<rate>\s*/?\s*(?:年|a year"
    rf"|per year|annually))?(?P<after>以上|以内|左右)?",
    re.IGNORECASE,
)
_DIGIT: Final = re.compile(r"\d")
_CURRENCIES: Final = {
    "us$": "dollars",
    "$": "dollars",
    "€": "euros",
    "£": "pounds",
    "¥": "yuan",
    "rmb": "yuan",
    "cny": "yuan",
}


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount at a place of a text."""

    start: int
    end: int
    target: Target


def amounts(text: str, folded: str, low: int, high: int, taken: Sequence[DateSpan]) -> list[Amount]:
    """The amounts between two offsets; `taken` are dates in order, whose numbers are none."""
    found: list[Amount] = []
    if not _DIGIT.search(folded, low, high):
        return found
    for match in _AMOUNT.finditer(folded, low, high):
        at = bisect_right(taken, match.start("number"), key=lambda one: one.start)
        if at and taken[at - 1].end > match.start("number"):
            continue
        if match["number"] and _stands_alone(folded, match):
            target = _target(text, match)
            if target:
                found.append(Amount(match.start(), match.end(), target))
    return found


def _stands_alone(folded: str, match: re.Match[str]) -> bool:
    """Whether the number is no part of a name, version or range, and counts something."""
    start = match.start("number")
    before = folded[start - 1 : start]
    if before.isascii() and (before.isalnum() or before in ".:/-") and not match["money"]:
        return False
    return bool(match["unit"] or match["money"] or (match["scale"] and not match["scale"].isascii()))


def _target(text: str, match: re.Match[str]) -> Target | None:
    try:
        value = Decimal(match["number"].replace(",", ""))
    except InvalidOperation:
        return None
    if value >= 10**15:
        return None
    scale, unit = match["scale"] or "", text[match.start("unit") : match.end("unit")] if match["unit"] else ""
    if scale in ("thousand", "k"):
        value, scale = value * 1000, ""
    unit = unit or _CURRENCIES.get(match["money"] or "", "")
    joined = f"{scale} {unit}" if scale.isascii() and scale else f"{scale}{unit}"
    return Target(value, joined.strip() + (match["rate"] or "").rstrip(), _comparator(match))


def _comparator(match: re.Match[str]) -> str:
    word = (match["word"] or match["after"] or "").lower()
    for sign, pattern in (("<=", _LESS), (">", _ABOVE), (">=", _MORE), ("~", _ABOUT)):
        if word and re.fullmatch(pattern, word):
            return sign
    return ">="


def promised(found: Sequence[Amount], folded: str, low: int, high: int) -> Amount | None:
    """The amount that a statement promises: in its own piece, else in what is said behind it of a measure."""
    own = [one for one in found if low <= one.start < high]
    if own:
        return own[0]
    for one in found:
        if words.MEASURE.search(folded, max(low, one.start - 14), one.start):
            return one
    return None
