"""Which claims a denial strikes: what was said shortly before it, by nobody nearer to the event than the denier."""

from bisect import bisect_left, bisect_right, insort
from datetime import date, timedelta

from evtimeline.core.claims import Claim, Signal, Stance
from evtimeline.core.tracks import Track, is_baseline, rank, track
from evtimeline.core.windows import inside

REACH = timedelta(days=90)
"""A denial answers the talk of its day; older reports have been overtaken by other statements or have come true."""

_CONTRARY = (Signal.DELAYED, Signal.ADVANCED, Signal.CANCELLED)
_DATED = (Signal.SCHEDULED, Signal.DELAYED, Signal.ADVANCED)
_UNNAMED = (Signal.MENTION, Signal.PROGRESS)
_ABOUT_DATES = (*_DATED, *_UNNAMED)
_Placed = tuple[date, int, Claim]


def strikes(denial: Claim, claim: Claim) -> bool:
    """Whether `denial` strikes `claim`.

    A denial that names what it denies (delayed, cancelled, achieved ...) strikes that; one with a window strikes only
    dates inside it; one that names nothing ("not true") strikes rumours and reports of delay, advance or cancellation.
    """
    near = timedelta(0) <= denial.stated_on - claim.stated_on <= REACH
    return near and _denies(denial, claim) and rank(claim) >= rank(denial)


def _denies(denial: Claim, claim: Claim) -> bool:
    """Whether what `claim` says is what `denial` denies, whoever says so and when."""
    if denial.window is not None and denial.signal in _ABOUT_DATES:
        return claim.window is not None and claim.signal in _DATED and inside(claim.window, denial.window)
    if denial.signal in _UNNAMED:
        return claim.stance is Stance.RUMOUR or claim.signal in _CONTRARY
    if claim.stance is Stance.RUMOUR and claim.signal is Signal.SCHEDULED:
        return denial.signal in (Signal.SCHEDULED, Signal.DELAYED)
    return claim.signal is denial.signal and denial.signal is not Signal.SCHEDULED


class Denials:
    """The denials of one milestone and the claims they could strike, each found by the day it was stated."""

    def __init__(self) -> None:
        self._denials: list[_Placed] = []
        self._targets: list[_Placed] = []

    def add(self, claim: Claim) -> None:
        """Take an accepted claim into account."""
        place = self._place(claim)
        if place is not None:
            insort(place, (claim.stated_on, claim.id, claim))

    def remove(self, claim: Claim) -> None:
        """Forget a claim that is accepted no longer."""
        place = self._place(claim)
        if place is not None:
            place.remove((claim.stated_on, claim.id, claim))

    def within_reach(self, denial: Claim) -> tuple[Claim, ...]:
        """The claims that `denial` strikes."""
        near = _between(self._targets, _days_off(denial.stated_on, -REACH), denial.stated_on)
        return tuple(claim for claim in near if strikes(denial, claim))

    def is_struck(self, claim: Claim) -> bool:
        """Whether some denial strikes `claim`."""
        if track(claim) is Track.DENIAL or is_baseline(claim):
            return False
        later = _between(self._denials, claim.stated_on, _days_off(claim.stated_on, REACH))
        return any(strikes(denial, claim) for denial in later)

    def _place(self, claim: Claim) -> list[_Placed] | None:
        kind = track(claim)
        if kind is Track.DENIAL:
            return self._denials
        return None if kind is Track.NONE or is_baseline(claim) else self._targets


def _between(placed: list[_Placed], first: date, last: date) -> tuple[Claim, ...]:
    start = bisect_left(placed, first, key=_stated)
    end = bisect_right(placed, last, lo=start, key=_stated)
    return tuple(claim for _, _, claim in placed[start:end])


def _stated(place: _Placed) -> date:
    return place[0]


def _days_off(day: date, offset: timedelta) -> date:
    """The day that far off, or the last one the calendar has in that direction."""
    try:
        return day + offset
    except OverflowError:
        return date.max if offset > timedelta(0) else date.min
