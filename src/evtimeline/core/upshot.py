"""One answer from all that an entry's passages state of a milestone: the title leads, the summary adds and refines."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from evtimeline.core.attribution import days_since, is_of_announcement
from evtimeline.core.cases import Statement
from evtimeline.core.claims import Signal, Stance
from evtimeline.core.lexicon import Cue
from evtimeline.core.phrases import FoundDate
from evtimeline.core.signals import JUST_DAYS
from evtimeline.core.windows import Precision, Window, inside

_ORDER = tuple(Signal)
_CHANGES = (Signal.DELAYED, Signal.ADVANCED)
_DATED = (*_CHANGES, Signal.SCHEDULED)
_PAST = (Signal.ACHIEVED, Signal.MENTION)


@dataclass(frozen=True, slots=True)
class Upshot:
    """What the entry as a whole says; `base` is the statement that carries it."""

    signal: Signal
    stance: Stance
    window: Window | None
    base: Statement


def combine(statements: Sequence[Statement], stated_on: date) -> Upshot:
    """The upshot of the statements of an entry's passages, which are in the order of the texts."""
    base = _base(statements)
    if base.signal is Signal.PROGRESS and any(other.aside and other.dated for other in statements):
        base = replace(base, signal=Signal.MENTION)  # it has happened long since: nothing is a step toward it
    if base.signal is Signal.ACHIEVED:
        base = next((other for other in statements if other.done), base)  # what is told happened to a sibling, or again
    base = _looked_back_on(base, statements, stated_on) or base
    window = _window(base, statements, stated_on)
    base = _moved(base, window, statements)
    stance = base.stance
    for other in statements:
        if other.signal is base.signal and other.stance is not Stance.ASSERTED and stance is Stance.ASSERTED:
            stance = other.stance
    return Upshot(base.signal, stance, window, base)


def _looked_back_on(base: Statement, statements: Sequence[Statement], stated_on: date) -> Statement | None:
    """What the sentence that names it tells as long past, where the day to come is another thing's.

    `The X50, which arrived last year, sells well. Its rival opens its order books in May.`
    """
    if base.signal is not Signal.SCHEDULED:
        return None
    past = (other for other in statements if other.passage.own and other.signal is Signal.MENTION and other.dated)
    if not base.passage.own:
        return next((other for other in past if other.aside and _has_ended(other, stated_on)), None)
    return next((other for other in past if other.done), None)


def _has_ended(told: Statement, stated_on: date) -> bool:
    return told.dated is not None and days_since(told.dated, stated_on) > 0


def _moved(base: Statement, window: Window | None, statements: Sequence[Statement]) -> Statement:
    """A date to come beside an old one is a delay or an advance: `will ship in May; it was last due in March`."""
    if base.signal is not Signal.SCHEDULED or base.stance in (Stance.REAFFIRMED, Stance.DENIED) or window is None:
        return base
    for other in statements:
        told = other.signal in _CHANGES and other.passage.own and other.passage.field == "summary" and other.dated
        if told and inside(window, told.window):
            return replace(base, signal=other.signal)
        old = other.old.window if other.old else None
        if old is None or old == window or old.latest is None:
            continue
        if _is_later(window, old):
            return replace(base, signal=Signal.DELAYED)
        if other.passage.own and old.earliest and window.latest and window.latest < old.earliest:
            return replace(base, signal=Signal.ADVANCED)
    return base


def _is_later(window: Window, old: Window) -> bool:
    """Whether a window ends later than the old one, and does not merely hold it with less precision."""
    if old.latest is None or (window.latest is not None and window.latest <= old.latest):
        return False
    begins = window.earliest or window.latest
    return begins is None or old.earliest is None or begins >= old.earliest


def _base(statements: Sequence[Statement]) -> Statement:
    """The statement that leads: of the title when it says more than a step, else the weightiest, the earliest first."""
    titles = [s for s in statements if s.passage.field == "title" and s.passage.own]
    strong = [s for s in titles if s.signal not in (Signal.MENTION, Signal.PROGRESS)]
    return min(strong or statements, key=_weight)


def _weight(statement: Statement) -> tuple[int, int, int]:
    undated = statement.signal is Signal.SCHEDULED and statement.dated is None
    carried = 0 if statement.passage.own else 1
    return carried + 2 * _ORDER.index(statement.signal) + 3 * undated, -statement.strength, statement.passage.start


def _window(base: Statement, statements: Sequence[Statement], stated_on: date) -> Window | None:
    """The base's window, made finer by another statement of the same, or taken from one where the base has none."""
    dated = base.dated
    for other in statements:
        if other is base or (other.old and other.dated == other.old and base.signal in _CHANGES):
            continue
        if (
            other.dated
            and _same(base, other)
            and _is_better(other.dated, dated, beside=other.passage.own or base.signal in _CHANGES)
        ):
            dated = other.dated
    if dated is None and base.signal in _CHANGES and not any(s.passage.has(Cue.UNDATED) for s in statements):
        dated = next((other.spare for other in statements if other.spare), None)
    if dated is None and base.signal is Signal.ACHIEVED:
        dated = _day_of_the_news(statements, stated_on)
    return dated.window if dated else None


def _is_better(other: FoundDate, dated: FoundDate | None, *, beside: bool) -> bool:
    """Whether a date takes the place of another: where there was none, or as a finer one inside or just beside it.

    `beside`: it may lie outside the coarser one.
    """
    if dated is None:
        return True
    if other.window == dated.window:
        return False
    if inside(other.window, dated.window):
        return True
    coarse = dated.window.precision is not Precision.DAY and other.window.precision is Precision.DAY
    return beside and coarse and _is_near(other.window, dated.window)


def _is_near(day: Window, window: Window) -> bool:
    """Whether a day lies less than two months from a window: `the end of 2026` was said of 19 November."""
    if day.latest is None or window.earliest is None or window.latest is None:
        return False
    return -60 < (day.latest - window.earliest).days < 60 and (window.latest - window.earliest).days < 60


def _same(base: Statement, other: Statement) -> bool:
    """Whether two statements speak of the same date: both to come, or both past."""
    if base.signal in _DATED:
        return other.signal in _DATED
    return base.signal in _PAST and other.signal in _PAST


def _day_of_the_news(statements: Sequence[Statement], stated_on: date) -> FoundDate | None:
    """A day just past in any passage, for an event that is told without one."""
    for statement in statements:
        for found in statement.passage.dates:
            just = found.window.precision is Precision.DAY and 0 <= days_since(found, stated_on) <= JUST_DAYS
            tells = statement.signal is Signal.ACHIEVED
            if just and (tells or not is_of_announcement(found, statement.passage, stated_on)):
                return found
    return None
