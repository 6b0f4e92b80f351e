"""Whether it happened or was called off: evidence weighed publisher by publisher."""

from bisect import insort
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import NamedTuple

from evtimeline.core.claims import Claim, Origin, Tier
from evtimeline.core.milestones import Confirm
from evtimeline.core.stories import is_copy, publisher_key
from evtimeline.core.tracks import is_baseline, rank
from evtimeline.core.windows import Precision, Window, inside

_Placed = tuple[date, int, Claim]
_Voice = tuple[str, Tier, Origin]

USUAL = Confirm()
"""What it takes to believe a cancellation, or its end: one primary publisher or two independent others."""


class Weight(NamedTuple):
    """What a row of claims weighs: whether it is enough, by which independent claims."""

    enough: bool
    counted: tuple[Claim, ...]

    @property
    def publishers(self) -> tuple[str, ...]:
        """Who was counted, in order of stating."""
        return tuple(claim.publisher for claim in self.counted)


NO_WEIGHT = Weight(False, ())


def weigh(claims: Iterable[Claim], confirm: Confirm) -> Weight:
    """Count independent publishers in the order of stating until there are enough.

    A primary publisher also counts where publishers of the press are asked for; 0 asked for means that this tier can
    not confirm. What a person states at the keyboard is enough by itself. Tertiary publishers and copies never count.
    """
    counted: list[Claim] = []
    for claim in claims:
        if claim.origin is Origin.PERSON:
            return Weight(True, (*counted, claim))
        if claim.tier is Tier.TERTIARY or _known(claim, counted):
            continue
        counted.append(claim)
        primary = sum(c.tier is Tier.PRIMARY for c in counted)
        if 0 < confirm.primary <= primary or 0 < confirm.secondary <= len(counted):
            return Weight(True, tuple(counted))
    return Weight(False, tuple(counted))


def _known(claim: Claim, counted: Iterable[Claim]) -> bool:
    name = publisher_key(claim.publisher)
    return any(
        name == publisher_key(c.publisher) or (claim.tier is Tier.SECONDARY and is_copy(claim, c)) for c in counted
    )


class Happened:
    """The live claims that it has happened, in the order in which they were stated."""

    def __init__(self, confirm: Confirm) -> None:
        self._confirm = confirm
        self._ranked: tuple[list[_Placed], ...] = ([], [], [])  # by tier
        self._voices: dict[_Voice, _Placed] = {}  # each publisher's first: saying it again adds no weight
        self._weight = NO_WEIGHT
        self._best: Claim | None = None

    def __iter__(self) -> Iterator[Claim]:
        return (claim for placed in self._ranked for _, _, claim in placed)

    @property
    def weight(self) -> Weight:
        """What the claims weigh against what the milestone asks for."""
        return self._weight

    @property
    def best(self) -> Claim | None:
        """The claim that says best when it happened."""
        return self._best

    def newest(self) -> Iterator[Claim]:
        """The newest claim of each tier that has spoken."""
        return (placed[-1][2] for placed in self._ranked if placed)

    def window(self) -> Window | None:
        """The day it happened, or as nearly as anybody states it; None when nobody says that it has."""
        if self._best is None:
            return None
        return _narrowed(_day(self._best), self)

    def add(self, claim: Claim) -> None:
        """Hear a claim."""
        place = (claim.stated_on, claim.id, claim)
        insort(self._ranked[rank(claim)], place)
        self._best = claim if self._best is None else min(self._best, claim, key=_authority)
        first = self._voices.get(_voice(claim))
        if claim.tier is not Tier.TERTIARY and (first is None or place[:2] < first[:2]):
            self._voices[_voice(claim)] = place
            self._weight = self._weighed()

    def remove(self, claim: Claim) -> None:
        """Hear it no longer."""
        self._ranked[rank(claim)].remove((claim.stated_on, claim.id, claim))
        self._best = min(self, key=_authority, default=None)
        counting = sorted(((c.stated_on, c.id, c) for c in self if c.tier is not Tier.TERTIARY), reverse=True)
        self._voices = {_voice(place[2]): place for place in counting}
        self._weight = self._weighed()

    def _weighed(self) -> Weight:
        return weigh((claim for _, _, claim in sorted(self._voices.values())), self._confirm)


def _voice(claim: Claim) -> _Voice:
    return publisher_key(claim.publisher), claim.tier, claim.origin


def _authority(claim: Claim) -> tuple[bool, bool, bool, int, bool, date, int]:
    """Less is better: a person, then who can count, then who names a day, then the nearest, then the earliest."""
    return (
        claim.origin is not Origin.PERSON,
        claim.tier is Tier.TERTIARY,
        _named(claim) is None,
        rank(claim),
        _day(claim).precision is not Precision.DAY,
        claim.stated_on,
        claim.id,
    )


def _named(claim: Claim) -> Window | None:
    """The window in which a claim says it happened; one that had not begun when it was stated is a misreading."""
    window = claim.window
    return window if window and window.earliest and window.earliest <= claim.stated_on else None


def _day(claim: Claim) -> Window:
    return _named(claim) or Window(claim.stated_on, claim.stated_on, Precision.DAY)


def _narrowed(window: Window, claims: Iterable[Claim]) -> Window:
    """The first day inside `window` that one of `claims` names, where `window` is no single day itself."""
    if window.days == 1:
        return window
    days = (_named(claim) for claim in claims)
    return next((day for day in days if day and day.days == 1 and inside(day, window)), window)


class Cancellation(NamedTuple):
    """Since when it is called off (None: it is not) and who says so, be it enough or not."""

    on: date | None
    reporters: tuple[str, ...] = ()


def cancellation(cancelled: Iterable[Claim], promised: Callable[[date], Iterator[Claim]]) -> Cancellation:
    """Weigh cancellations against the dates promised after them; `promised(day)` yields those stated from `day` on.

    It takes as much to bring a milestone back as to call it off, and it may happen more than once.
    """
    claims = sorted(cancelled, key=lambda claim: (claim.stated_on, claim.id))
    while True:
        weight = weigh(claims, USUAL)
        if not weight.enough:
            return Cancellation(None, weight.publishers)
        last = weight.counted[-1]
        back = weigh((claim for claim in promised(last.stated_on) if _brings_back(claim, last)), USUAL)
        if not back.enough:
            return Cancellation(_called_off(last), weight.publishers)
        claims = [claim for claim in claims if _after(claim, back.counted[-1])]


def _called_off(claim: Claim) -> date:
    """The day of the calling off; a person may say today that it was called off on a day that is past."""
    typed = claim.window.earliest if claim.window and claim.origin is Origin.PERSON else None
    return typed or claim.stated_on


def _brings_back(claim: Claim, cancelled: Claim) -> bool:
    return _after(claim, cancelled) and (not is_baseline(claim) or claim.origin is Origin.PERSON)


def _after(claim: Claim, other: Claim) -> bool:
    """Whether it was stated later; on one day, what a person does at the keyboard comes in the order of doing."""
    if claim.stated_on == other.stated_on and claim.origin is Origin.PERSON:
        return claim.learned_at > other.learned_at
    return claim.stated_on > other.stated_on
