"""Whether the sentence around a date looks ahead or back."""

import re

from evtimeline.core import phrases_zh
from evtimeline.core.resolving import FUTURE, PAST, UNKNOWN


def sense_zh(folded: str, start: int, end: int) -> int:
    """FUTURE, PAST or UNKNOWN for a date in a Chinese text: the nearest telling word of its clause decides."""
    return _sense(folded, start, end, phrases_zh.CLAUSE, phrases_zh.FUTURE, phrases_zh.PAST, 24)


def _sense(
    folded: str,
    start: int,
    end: int,
    clause: re.Pattern[str],
    future: re.Pattern[str],
    past: re.Pattern[str],
    reach: int,
) -> int:
    left = folded[max(0, start - reach) : start]
    cuts = [m.end() for m in clause.finditer(left)]
    left = left[cuts[-1] :] if cuts else left
    cut = clause.search(folded, end, end + reach)
    right = folded[end : cut.start() if cut else end + reach]
    for words in (left, right):
        ahead = [m.start() for m in future.finditer(words)]
        back = [m.start() for m in past.finditer(words)]
        if ahead and back:
            nearest_ahead, nearest_back = (ahead[-1], back[-1]) if words is left else (-ahead[0], -back[0])
            return FUTURE if nearest_ahead > nearest_back else PAST
        if ahead or back:
            return FUTURE if ahead else PAST
    return UNKNOWN
