"""One answer from all that an entry's passages state of a milestone: the title leads, the summary adds and refines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from evtimeline.core.claims import Signal, Stance
from evtimeline.core.signals import Statement
from evtimeline.core.windows import Window, inside

_ORDER = tuple(Signal)
_CHANGES = (Signal.CANCELLED, Signal.DELAYED, Signal.ADVANCED)
_DATED = (Signal.DELAYED, Signal.ADVANCED, Signal.SCHEDULED)


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
    window = _window(base, statements)
    stance = base.stance
    for other in statements:
        if other.signal is base.signal and other.stance is not Stance.ASSERTED and stance is Stance.ASSERTED:
            stance = other.stance
    return Upshot(base.signal, stance, window, base)


def _base(statements: Sequence[Statement]) -> Statement:
    """The statement that leads: of the title when it says more than a step, else the weightiest, the earliest first."""
    titles = [s for s in statements if s.passage.field == "title" and s.passage.own]
    strong = [s for s in titles if s.signal not in (Signal.MENTION, Signal.PROGRESS)]
    if strong:
        return min(strong, key=_weight)
    return min(statements, key=_weight)


def _weight(statement: Statement) -> tuple[int, int, int]:
    undated = statement.signal is Signal.SCHEDULED and statement.dated is None
    carried = 0 if statement.passage.own else 1
    return (carried + 2 * _ORDER.index(statement.signal) + 3 * undated, -statement.strength, statement.passage.start)


def _window(base: Statement, statements: Sequence[Statement]) -> Window | None:
    """The base's window, made finer by another statement of the same, or taken from one where the base has none."""
    window = base.dated.window if base.dated else None
    for other in statements:
        if other is base or not other.dated or not _same(base, other):
            continue
        if window is None or (other.dated.window != window and inside(other.dated.window, window)):
            window = other.dated.window
    return window


def _same(base: Statement, other: Statement) -> bool:
    """Whether two statements speak of the same date: both to come, or both past."""
    if base.signal in _DATED:
        return other.signal in _DATED
    return base.signal in (Signal.ACHIEVED, Signal.MENTION) and other.signal in (Signal.ACHIEVED, Signal.MENTION)
