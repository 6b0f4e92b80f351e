"""What is said of a target: for which year, and that a year's target is dated by its year."""

from dataclasses import replace
from datetime import date

from evtimeline.core.cases import Statement
from evtimeline.core.claims import Signal, Stance
from evtimeline.core.lexicon import Cue, Role
from evtimeline.core.phrases import FoundDate
from evtimeline.core.windows import Precision, Window, closed, overlaps


def of_the_period(statement: Statement, period: Window, stated_on: date) -> Statement:
    """The statement as one about the target of `period`.

    One that is dated in another year is of another target and no more than a mention; one that speaks of the whole
    year's target without a date is dated by the year of publication.
    """
    if statement.dated:
        if overlaps(statement.dated.window, period):
            return statement
        return replace(statement, signal=Signal.MENTION, dated=None, aside=True)
    year = _whole_year(statement, stated_on)
    if year is None or statement.signal not in (Signal.PROGRESS, Signal.SCHEDULED, Signal.MENTION):
        return statement
    promised = statement.stance is Stance.REAFFIRMED or _is_set(statement)
    signal = Signal.SCHEDULED if promised and overlaps(year.window, period) else statement.signal
    return replace(statement, signal=signal, dated=year if signal is Signal.SCHEDULED else None)


def _whole_year(statement: Statement, stated_on: date) -> FoundDate | None:
    """The year of publication, where the passage says `full-year` or 全年."""
    passage = statement.passage
    word = next((word for word in passage.words if word.cue is Cue.FULL_YEAR), None)
    if word is None:
        return None
    window = closed(date(stated_on.year, 1, 1), date(stated_on.year, 12, 31), Precision.YEAR)
    return FoundDate(passage.folded[word.start : word.end], word.start, word.end, window)


_SET = ("提升", "上调", "提高", "设定", "设为", "定为", "明确", "raise", "lift", "set", "keep", "kept", "lower", "cut")


def _is_set(statement: Statement) -> bool:
    """Whether the target is named and set, raised or lowered in the passage."""
    passage = statement.passage
    named = any(word.role is Role.NOUN and word.phrase.kind == "target" for word in passage.words)
    return named and any(word in passage.folded[passage.start : passage.end] for word in _SET)
