"""Whether the sentence around a date looks ahead or back."""

import re
from dataclasses import dataclass

FUTURE, PAST, UNKNOWN, ALONE = 1, -1, 0, 2
"""The sense of the sentence around a date; ALONE: there is no sentence, the expression is the whole text."""


@dataclass(frozen=True, slots=True)
class Cues:
    """The words of a language that tell: `telling` has the groups `ahead` and `back`, `clause` ends a clause.

    `plan` are words of a plan that was: "was due in May" tells neither of the past nor of the future. `reach` is how
    far before a date they may stand.
    """

    telling: re.Pattern[str]
    plan: re.Pattern[str]
    clause: re.Pattern[str]
    reach: int


def sense_of(folded: str, start: int, end: int, cues: Cues) -> int:
    """FUTURE, PAST or UNKNOWN for the date at `start`..`end`: the nearest telling word of its clause decides."""
    begin = max(0, start - cues.reach)
    for cut in cues.clause.finditer(folded, begin, start):
        begin = cut.end()
    if cues.plan.search(folded, begin, start):
        return UNKNOWN
    nearest = None
    for nearest in cues.telling.finditer(folded, begin, start):  # noqa: B007 (the last one is wanted)
        pass
    if nearest is None:
        stop = cues.clause.search(folded, end, end + cues.reach)
        nearest = cues.telling.search(folded, end, stop.start() if stop else end + cues.reach)
    if nearest is None:
        return UNKNOWN
    return FUTURE if nearest.lastgroup == "ahead" else PAST
