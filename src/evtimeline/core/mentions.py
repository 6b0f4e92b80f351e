"""Mentions: what the words of one date expression say, joined word by word, before the missing year is known."""

from dataclasses import dataclass, fields, replace
from datetime import date
from enum import Flag, auto

from evtimeline.core.periods import Span
from evtimeline.core.windows import Precision


class Said(Flag):
    """Which levels of the calendar a mention speaks of."""

    YEAR = auto()
    HALF = auto()
    QUARTER = auto()
    SEASON = auto()
    MONTH = auto()
    HOLIDAY = auto()
    WEEK = auto()
    SPAN = auto()  # days that are already known: today, in two weeks
    DAY = auto()
    WEEKDAY = auto()
    PART = auto()
    SUB = auto()
    LUNAR = auto()
    WEEKOF = auto()  # the week of the day that is named
    OFFSET = auto()  # counted from the day that is named


NOTHING = Said(0)
_MIDDLE = Said.HALF | Said.QUARTER | Said.SEASON | Said.MONTH | Said.HOLIDAY | Said.WEEK | Said.SPAN


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a longer period: `unit` is day, weekday, week, month or quarter; the number counts from 1, or from the
    end when negative; `count` of them in a row; for a weekday `weekday` says which (0 is Monday)."""

    unit: str
    number: int
    count: int = 1
    weekday: int = -1


@dataclass(frozen=True, slots=True)
class Mention:
    """What was said between `start` and `end`.

    `number`..`number_to` count the half, quarter, season or month that `said` names; `part` is early, mid, late, end,
    start, earlier, later, rest, first half or last half; `weak` words (the month) count only beside others;
    `toward` is +1 or -1 where the word itself points to the future (next Friday) or the past.
    """

    start: int
    end: int
    said: Said
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
    weak: bool = False
    relative: bool = False
    toward: int = 0


_CARRIED = tuple((f.name, f.default) for f in fields(Mention) if f.name not in ("start", "end", "said", "weak"))


def joined(first: Mention, second: Mention) -> Mention | None:
    """One mention that says what both say, or None where they contradict or do not belong together."""
    if first.said & second.said or not _sensible(first.said | second.said):
        return None
    news = {name: getattr(second, name) for name, default in _CARRIED if getattr(second, name) != default}
    return replace(
        first,
        end=max(first.end, second.end),
        start=min(first.start, second.start),
        said=first.said | second.said,
        weak=first.weak and second.weak,
        **news,
    )


def _sensible(said: Said) -> bool:
    middle = said & _MIDDLE
    if len(middle) > 1:
        return False
    if Said.OFFSET in said:
        return True
    if Said.WEEKOF in said:
        return Said.PART not in said and not said & (Said.SUB | Said.WEEK | Said.SPAN | Said.HALF | Said.QUARTER)
    if Said.SPAN in said:
        return not said & ~(Said.SPAN | Said.WEEKDAY | Said.PART | Said.SUB)
    if Said.DAY in said:
        dated = Said.MONTH in said or not said & ~(Said.DAY | Said.WEEKDAY | Said.LUNAR)
        return dated and (not middle or middle is Said.MONTH) and not said & (Said.PART | Said.SUB)
    if Said.WEEKDAY in said:
        return Said.YEAR not in said and (not middle or middle in (Said.WEEK, Said.HOLIDAY)) and Said.PART not in said
    return not (Said.WEEK in said and Said.YEAR in said)


def inherits(mention: Mention, other: Mention) -> Mention:
    """`mention` with the year, and for a bare day the month, that only its neighbour in a range states."""
    said = mention.said
    if Said.DAY in said and said in Said.DAY | Said.WEEKDAY and Said.MONTH in other.said:
        mention = replace(mention, said=said | Said.MONTH, number=other.number)
    if mention.said & (_MIDDLE & ~(Said.WEEK | Said.SPAN)) and Said.YEAR not in mention.said and other.year:
        mention = replace(mention, said=mention.said | Said.YEAR, year=other.year, relative=other.relative)
    return mention
