"""Mentions: what the words of one date expression say, joined word by word, before the missing year is known."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from evtimeline.core.periods import Span
from evtimeline.core.windows import Precision


class Said:
    """The levels of the calendar of which a mention speaks, as bits: plain integers, because a text has many words."""

    YEAR = 1
    HALF = 2
    QUARTER = 4
    SEASON = 8
    MONTH = 16
    HOLIDAY = 32
    WEEK = 64
    SPAN = 128  # days that are already known: today, in two weeks
    DAY = 256
    WEEKDAY = 512
    PART = 1024
    SUB = 2048
    LUNAR = 4096
    WEEKOF = 8192  # the week of the day that is named
    OFFSET = 16384  # counted from the day that is named


_MIDDLE = Said.HALF | Said.QUARTER | Said.SEASON | Said.MONTH | Said.HOLIDAY | Said.WEEK | Said.SPAN


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a longer period: `unit` is day, weekday, week, month or quarter; the number counts from 1, or from the
    end when negative; `count` of them in a row; for a weekday `weekday` says which (0 is Monday)."""

    unit: str
    number: int
    count: int = 1
    weekday: int = -1


class Mention(NamedTuple):
    """What was said between `start` and `end`; a tuple, because a text has many words.

    `number`..`number_to` count the half, quarter, season or month that `said` names; `part` is early, mid, late, end,
    start, earlier, later, rest, first half or last half; `weak` words (the month) count only beside others; words that
    lead (late, two weeks after) belong to what follows and never to what stands before.
    """

    start: int
    end: int
    said: int
    weak: bool = False
    year: int = 0
    fiscal: bool = False
    number: int = 0
    number_to: int = 0
    day: int = 0
    day_to: int = 0
    weekday: int = -1
    week: date | None = None
    holiday: str = ""
    span: Span | None = None
    precision: Precision = Precision.DAY
    part: str = ""
    sub: Part | None = None
    offset: tuple[int, int] = (0, 0)
    relative: bool = False
    leads: bool = False


_UNSAID = tuple(Mention(0, 0, 0))[4:]


def joined(first: Mention, second: Mention) -> Mention | None:
    """One mention that says what both say, or None where they contradict or do not belong together."""
    said = first.said | second.said
    if first.said & second.said or second.leads or not _sensible(said):
        return None
    weak = not said & (_MIDDLE | Said.YEAR | Said.DAY | Said.WEEKDAY)
    both = [b if b != unsaid else a for a, b, unsaid in zip(first[4:], second[4:], _UNSAID, strict=True)]
    return Mention._make((min(first.start, second.start), max(first.end, second.end), said, weak, *both))


def _sensible(said: int) -> bool:
    middle = said & _MIDDLE
    if middle & (middle - 1):  # two of them
        return False
    if said & Said.OFFSET:
        return True
    if said & Said.WEEKOF:
        return not said & (Said.PART | Said.SUB | Said.WEEK | Said.SPAN | Said.HALF | Said.QUARTER)
    if said & Said.SPAN:
        return not said & ~(Said.SPAN | Said.WEEKDAY | Said.PART | Said.SUB)
    if said & Said.DAY:
        dated = said & Said.MONTH or not said & ~(Said.DAY | Said.WEEKDAY | Said.LUNAR)
        return bool(dated) and middle in (0, Said.MONTH) and not said & (Said.PART | Said.SUB)
    if said & Said.WEEKDAY:
        return not said & (Said.YEAR | Said.PART) and middle in (0, Said.WEEK)
    return not (said & Said.WEEK and said & Said.YEAR)


def inherits(mention: Mention, other: Mention) -> Mention:
    """`mention` with the year, and for a bare day the month, that only its neighbour in a range states."""
    said = mention.said
    if said & Said.DAY and not said & ~(Said.DAY | Said.WEEKDAY) and other.said & Said.MONTH:
        mention = mention._replace(said=said | Said.MONTH, number=other.number)
    if mention.said & (_MIDDLE & ~(Said.WEEK | Said.SPAN)) and not mention.said & Said.YEAR and other.year:
        mention = mention._replace(said=mention.said | Said.YEAR, year=other.year, relative=other.relative)
    return mention
