"""Whether the sentence around a date looks ahead or back."""

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple


class Direction(Enum):
    """Where a sentence looks; ALONE: there is no sentence, the expression is the whole text."""

    UNKNOWN = auto()
    FUTURE = auto()
    PAST = auto()
    ALONE = auto()


class Sense(NamedTuple):
    """The sense of a sentence, and how many days ahead or behind a date without a year may lie in it.

    In Chinese a month without a year is one of this year, or just over the turn of it; in English it may be further.
    """

    direction: Direction
    ahead: int = 366
    behind: int = 200


UNKNOWN = Sense(Direction.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Cues:
    """The words of a language that tell: `telling` has the groups `ahead` and `back`, `clause` ends a clause.

    `plan` are words of a plan that was: "was due in May" tells neither of the past nor of the future. `reach` is how
    far before a date they may stand, `ahead` and `behind` what Sense says.
    """

    telling: re.Pattern[str]
    plan: re.Pattern[str]
    clause: re.Pattern[str]
    reach: int
    ahead: int
    behind: int


_NEAR, _RIGHT_BEFORE = 30, 6


def _describes(found: re.Match[str], ahead: re.Match[str], start: int) -> bool:
    """Whether a participle only describes what is to come: to start treated water release on Thursday."""
    participle = found.lastgroup == "back2" and ahead.lastgroup == "ahead"
    return participle and found.start() - ahead.end() <= _NEAR and start - found.end() > _RIGHT_BEFORE


def sense_of(folded: str, start: int, end: int, cues: Cues) -> Sense:
    """Where the sentence looks for the date at `start`..`end`: the nearest telling word of its clause decides."""
    begin = max(0, start - cues.reach)
    for cut in cues.clause.finditer(folded, begin, start):
        begin = cut.end()
    if cues.plan.search(folded, begin, start):
        return UNKNOWN
    nearest: re.Match[str] | None = None
    for found in cues.telling.finditer(folded, begin, start):
        if nearest is None or not _describes(found, nearest, start):
            nearest = found
    if nearest is None:
        stop = cues.clause.search(folded, end, end + cues.reach)
        nearest = cues.telling.search(folded, end, stop.start() if stop else end + cues.reach)
    if nearest is None:
        return UNKNOWN
    return Sense(Direction.FUTURE if nearest.lastgroup == "ahead" else Direction.PAST, cues.ahead, cues.behind)
