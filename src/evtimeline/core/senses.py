"""Whether the sentence around a date looks ahead or back."""

import re

from evtimeline.core import phrases_en, phrases_zh
from evtimeline.core.resolving import FUTURE, PAST, UNKNOWN


def sense_zh(folded: str, start: int, end: int) -> int:
    """FUTURE, PAST or UNKNOWN for a date in a Chinese text: the nearest telling word of its clause decides."""
    left, right = _clause(folded, start, end, phrases_zh.CLAUSE, 24)
    if phrases_zh.PLAN.search(left):
        return UNKNOWN
    return _nearest(left, right, phrases_zh.FUTURE, phrases_zh.PAST)


def sense_en(folded: str, start: int, end: int) -> int:
    """FUTURE, PAST or UNKNOWN for a date in an English text; a plan that is past says neither."""
    left, right = _clause(folded, start, end, phrases_en.CLAUSE, 80)
    if phrases_en.PLAN.search(left[-50:]):
        return UNKNOWN
    return _nearest(left, right, phrases_en.FUTURE, phrases_en.PAST)


def _clause(folded: str, start: int, end: int, cut: re.Pattern[str], reach: int) -> tuple[str, str]:
    """The words before and after a date within its clause."""
    left = folded[max(0, start - reach) : start]
    cuts = [m.end() for m in cut.finditer(left)]
    stop = cut.search(folded, end, end + reach)
    return left[cuts[-1] :] if cuts else left, folded[end : stop.start() if stop else end + reach]


def _nearest(left: str, right: str, future: re.Pattern[str], past: re.Pattern[str]) -> int:
    for words, side in ((left, 1), (right, -1)):
        ahead = [side * m.start() for m in future.finditer(words)]
        back = [side * m.start() for m in past.finditer(words)]
        if ahead or back:
            return FUTURE if max(ahead, default=-999) >= max(back, default=-999) else PAST
    return UNKNOWN
