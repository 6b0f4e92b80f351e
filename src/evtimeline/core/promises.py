"""Which date stands: a fold over dated claims in the order in which they were stated, whatever the order of learning.

There is a level for every tier. The best tier that has spoken sets the frame, and each lower one may only refine it.

- Within a level newer beats older. If two publishers contradict each other within a week and the newer one does not
  say that the date has moved, they are rivals: contested, until one of them, time or a better tier settles it.
- A lower tier moves what stands when its window lies inside (a refinement), when the promise above has lapsed (stated
  after its last day), or when the tier above has said "delayed" without a date and this date is later. One that merely
  overlaps says the same less exactly and changes nothing.
- One that contradicts is a challenge, kept beside what stands. Two independent publishers of the press that agree,
  both newer than what they challenge, make their date stand.
- A better tier that speaks again sweeps away what was said below it, unless it repeats the window it had.
- A first promise that is only a guess stands while nothing else does, and never refines or contests.
"""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from typing import NamedTuple

from evtimeline.core.claims import Claim, Signal, Stance
from evtimeline.core.stories import independent, same_publisher
from evtimeline.core.tracks import WEAK, Order, is_bare_reaffirmation, is_baseline, rank, stated_order
from evtimeline.core.windows import Window, inside, overlaps

CONTEST = timedelta(days=7)
"""Contradictions this close together are a dispute; with more time between them the newer one is news."""

CHALLENGES = 6  # as many are kept; two suffice to decide
AGREEING = 2  # independent publishers that together overrule a better tier

PRESS = 1  # the level of secondary publishers


class Promised(NamedTuple):
    """What the dated claims up to some point amount to: one claim or none per level, and what is said beside it."""

    levels: tuple[Claim | None, ...] = (None, None, None, None)
    rivals: tuple[Claim, ...] = ()
    challenges: tuple[Claim, ...] = ()
    delayed: Claim | None = None

    @property
    def holder(self) -> Claim | None:
        """The claim that what stands rests on: that of the lowest level, which lies within those above it."""
        return next((claim for claim in reversed(self.levels) if claim is not None), None)

    @property
    def window(self) -> Window | None:
        """The window that stands."""
        return self.holder.window if self.holder else None


NOTHING = Promised()


def after(state: Promised, claim: Claim) -> Promised:
    """What is promised once `claim`, stated later than everything before, has been heard."""
    if is_bare_reaffirmation(claim):
        return _reaffirmed(state, claim)
    if claim.window is None:
        return state._replace(delayed=claim)
    level = rank(claim)
    above = next((held for held in reversed(state.levels[:level]) if held is not None), None)
    if above is None:
        held = state.levels[level]
        said_again = claim.stance is Stance.REAFFIRMED and held is not None and _within(held, claim)
        return _reaffirmed(state, claim) if said_again and not _equal(held, claim) else _taken(state, claim, level)
    return state if level == WEAK else _below(state, claim, above)


def _below(state: Promised, claim: Claim, above: Claim) -> Promised:
    """Hear a claim of a lower tier than `above`: it takes over, refines, adds nothing, or challenges."""
    if _withdrawn(state, claim, above):
        kept = tuple(held if held and _within(claim, held) else None for held in state.levels[: rank(claim)])
        return _taken(state._replace(levels=kept + state.levels[rank(claim) :]), claim, rank(claim))
    if _lapsed(above, claim):
        return after(_without(state, rank(above)), claim)
    if _within(claim, above):
        return _taken(state, claim, rank(claim))
    return state if is_baseline(claim) or _meets(claim, above) else _challenged(state, claim)


def _taken(state: Promised, claim: Claim, level: int) -> Promised:
    """Put `claim` on its level; what is below goes, unless the claim only says again what was there."""
    below = state.levels[level + 1 : WEAK]
    keeps = _equal(state.levels[level], claim) or (
        claim.stance is Stance.REAFFIRMED and all(held is None or _within(held, claim) for held in below)
    )
    lower = (*below, None)[: WEAK - level] if keeps else (None,) * (WEAK - level)
    return Promised(
        levels=(*state.levels[:level], claim, *lower),
        rivals=_rivals(state, claim, level),
        challenges=tuple(c for c in state.challenges if level and rank(c) <= level and not same_publisher(c, claim)),
        delayed=None if _dates_the_delay(state, claim) else state.delayed,
    )


def _rivals(state: Promised, claim: Claim, level: int) -> tuple[Claim, ...]:
    """Who of equal standing has lately said otherwise, once `claim` stands."""
    if state.rivals and rank(state.rivals[0]) != level:
        return state.rivals if rank(state.rivals[0]) < level else ()
    if level == WEAK or is_baseline(claim) or claim.signal is not Signal.SCHEDULED:
        return ()
    held = state.levels[level]
    return tuple(c for c in ((held,) if held else ()) + state.rivals if _disputes(c, claim))


def _disputes(older: Claim, newer: Claim) -> bool:
    recent = newer.stated_on - older.stated_on <= CONTEST and not _lapsed(older, newer)
    return recent and not is_baseline(older) and not same_publisher(older, newer) and not _meets(older, newer)


def _challenged(state: Promised, claim: Claim) -> Promised:
    """Note that `claim` says otherwise; enough of the press saying so overrules what stands above it."""
    others = tuple(c for c in state.challenges if not same_publisher(c, claim))
    challenges = (*others, claim)[-CHALLENGES:]
    if rank(claim) == PRESS:
        agreeing = (c for c in challenges if rank(c) == PRESS and _meets(c, claim))
        if len(independent(agreeing)) >= AGREEING:
            return _taken(NOTHING, claim, PRESS)
    return state._replace(challenges=challenges)


def _reaffirmed(state: Promised, claim: Claim) -> Promised:
    """The old date holds: what had been said against it by nobody better is answered."""
    return state._replace(
        challenges=tuple(c for c in state.challenges if rank(c) < rank(claim)),
        delayed=state.delayed if state.delayed and rank(state.delayed) < rank(claim) else None,
    )


def _withdrawn(state: Promised, claim: Claim, above: Claim) -> bool:
    """Whether the tier above has given up its date, and `claim` is the later one that was missing."""
    return state.delayed is not None and rank(state.delayed) <= rank(above) and _ends_later(claim, state.window)


def _dates_the_delay(state: Promised, claim: Claim) -> bool:
    return state.delayed is None or rank(claim) <= rank(state.delayed) or _ends_later(claim, state.window)


def _without(state: Promised, level: int) -> Promised:
    levels = (*state.levels[:level], None, *state.levels[level + 1 :])
    return state._replace(levels=levels, rivals=tuple(c for c in state.rivals if rank(c) != level))


def _lapsed(held: Claim, claim: Claim) -> bool:
    """Whether the last day of `held` had passed when `claim` was stated, for a later day."""
    latest = held.window.latest if held.window else None
    return latest is not None and claim.stated_on > latest and _ends_later(claim, held.window)


def _ends_later(claim: Claim, window: Window | None) -> bool:
    if claim.window is None or window is None or window.latest is None:
        return False
    return claim.window.latest is None or claim.window.latest > window.latest


def _equal(held: Claim | None, claim: Claim) -> bool:
    return held is not None and _within(held, claim) and _within(claim, held)


def _within(claim: Claim, held: Claim) -> bool:
    return claim.window is not None and held.window is not None and inside(claim.window, held.window)


def _meets(one: Claim, other: Claim) -> bool:
    return one.window is not None and other.window is not None and overlaps(one.window, other.window)


class Promises:
    """The dated claims of one milestone in the order in which they were stated, with the fold after each of them.

    A claim that is learned late is put in its place, and the fold runs on from there only until it comes out as before.
    """

    def __init__(self) -> None:
        self._orders: list[Order] = []
        self._claims: list[Claim] = []
        self._states: list[Promised] = []

    @property
    def now(self) -> Promised:
        """What all the claims together amount to."""
        return self._states[-1] if self._states else NOTHING

    def add(self, claim: Claim) -> None:
        """Hear a claim."""
        order = stated_order(claim)
        place = bisect_left(self._orders, order)
        self._orders.insert(place, order)
        self._claims.insert(place, claim)
        self._states.insert(place, NOTHING)
        self._states[place] = after(self._before(place), claim)
        self._fold(place + 1)

    def remove(self, claim: Claim) -> None:
        """Hear it no longer."""
        place = bisect_left(self._orders, stated_order(claim))
        del self._orders[place], self._claims[place], self._states[place]
        self._fold(place)

    def first(self) -> Claim | None:
        """The earliest stated promise of a date."""
        return next((claim for claim in self._claims if claim.window is not None), None)

    def since(self, day: date) -> Iterator[Claim]:
        """The claims with a window that were stated on `day` or later, in order."""
        start = bisect_left(self._orders, day, key=lambda order: order[0])
        return (claim for claim in islice(self._claims, start, None) if claim.window is not None)

    def _before(self, place: int) -> Promised:
        return self._states[place - 1] if place else NOTHING

    def _fold(self, place: int) -> None:
        state = self._before(place)
        for at in range(place, len(self._claims)):
            state = after(state, self._claims[at])
            if state == self._states[at]:
                return
            self._states[at] = state
