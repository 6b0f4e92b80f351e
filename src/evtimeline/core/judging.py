"""The rule that accepts what was read, or leaves it for a person to decide."""

from datetime import date

from evtimeline.core.claims import Signal, Stance, Tier, Verdict
from evtimeline.core.windows import Window

SURE = 0.7
"""The reader's score from which a finding is accepted without asking."""

FAR = 15  # years from the day of stating; beyond, a number was probably misread as a year
_FIRM = (Stance.ASSERTED, Stance.REAFFIRMED)
_MOVED = (Signal.DELAYED, Signal.ADVANCED, Signal.CANCELLED)
_AHEAD = (Signal.SCHEDULED, Signal.DELAYED, Signal.ADVANCED)


def judge(
    score: float, signal: Signal, stance: Stance, window: Window | None, stated_on: date, tier: Tier
) -> tuple[Verdict, str]:
    """Accept a finding or leave it pending, and say by which rule (`rule: ...`, the text of `decided_by`).

    Nothing is rejected by rule: that is for people.
    """
    doubt = _doubt(score, signal, stance, window, stated_on, tier)
    return (Verdict.PENDING, f"rule: {doubt}") if doubt else (Verdict.ACCEPTED, "rule: clear enough")


def _doubt(
    score: float, signal: Signal, stance: Stance, window: Window | None, stated_on: date, tier: Tier
) -> str | None:
    """What speaks against taking a finding as it was read, or None."""
    if score < SURE:
        return f"not sure that it is about this milestone ({score:.2f})"
    firm = stance in _FIRM
    if firm and signal in _MOVED and tier is Tier.TERTIARY:
        return "a tertiary publisher alone says that it moved"
    return _doubtful_window(window, signal, stated_on) if firm and window else None


def _doubtful_window(window: Window, signal: Signal, stated_on: date) -> str | None:
    ends = [day for day in (window.earliest, window.latest) if day]
    if any(abs(day.year - stated_on.year) > FAR for day in ends):
        return f"the date is more than {FAR} years away"
    if signal is Signal.ACHIEVED and window.earliest and window.earliest > stated_on:
        return "said to have happened on a day that lay ahead"
    if signal in _AHEAD and window.latest and window.latest < stated_on:
        return "promised for a day that had passed"
    return None
