"""Whether it happened or was called off: evidence weighed publisher by publisher."""

from bisect import insort
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from evtimeline.core.claims import Claim, Origin, Tier
from evtimeline.core.milestones import Confirm
from evtimeline.core.stories import adds_weight, publisher_key
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


def weigh(claims: Iterable[Claim], confirm: Confirm, before: Sequence[Claim] = ()) -> Weight:
    """Count independent publishers in the order of stating until there are enough; `before` have been counted already.

    A primary publisher also counts where publishers of the press are asked for; 0 asked for means that this tier can
    not confirm. What a person states at the keyboard is enough by itself. Tertiary publishers and copies never count.
    """
    counted = list(before)
    for claim in claims:
        if claim.origin is Origin.PERSON:
            return Weight(True, (*counted, claim))
        if claim.tier is Tier.TERTIARY or not adds_weight(claim, counted):
            continue
        counted.append(claim)
        if _enough(counted, confirm):
            return Weight(True, tuple(counted))
    return Weight(False, tuple(counted))


def _enough(counted: Sequence[Claim], confirm: Confirm) -> bool:
    primary = sum(claim.tier is Tier.PRIMARY for claim in counted)
    return 0 < confirm.primary <= primary or 0 < confirm.secondary <= len(counted)


class Happened:
    """The live claims that it has happened, in the order in which they were stated."""

    def __init__(self, confirm: Confirm) -> None:
        self._confirm = confirm
        self._ranked: tuple[list[_Placed], ...] = ([], [], [])  # by tier
        self._voices: dict[_Voice, _Placed] = {}  # each publisher's first: saying it again adds no weight
        self._weight = NO_WEIGHT
        self._last: _Placed | tuple[date, int] = (date.min, 0)  # no voice comes after it
        self._best: Claim | None = None
        self._within: Claim | None = None

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

    @property
    def window(self) -> Window | None:
        """The day it happened, or as nearly as anybody states it; None when nobody says that it has."""
        best = self._within or self._best
        return _day(best) if best else None

    def newest(self) -> Iterator[Claim]:
        """The newest claim of each tier that has spoken."""
        return (placed[-1][2] for placed in self._ranked if placed)

    def add(self, claim: Claim) -> None:
        """Hear a claim."""
        place = (claim.stated_on, claim.id, claim)
        insort(self._ranked[rank(claim)], place)
        self._date(claim)
        first = self._voices.get(_voice(claim))
        if _can_count(claim) and (first is None or place < first):
            self._voices[_voice(claim)] = place
            self._count(place, anew=first is not None)

    def remove(self, claim: Claim) -> None:
        """Hear it no longer."""
        self._ranked[rank(claim)].remove((claim.stated_on, claim.id, claim))
        self._best = min(self, key=_authority, default=None)
        self._within = _day_within(self._best, self)
        counting = sorted(((c.stated_on, c.id, c) for c in self if _can_count(c)), reverse=True)
        self._voices = {_voice(place[2]): place for place in counting}
        self._weight = self._weighed()

    def _date(self, claim: Claim) -> None:
        """Let one more claim help to say when it happened."""
        if self._best is None or _authority(claim) < _authority(self._best):
            self._best = claim
            self._within = _day_within(claim, self)
        else:
            self._within = _day_within(self._best, (self._within, claim) if self._within else (claim,))

    def _count(self, place: _Placed, anew: bool) -> None:
        """Weigh one more voice: by itself where it is the last to speak, else all of them."""
        if anew or place < self._last:
            self._weight = self._weighed()
        elif not self._weight.enough:
            self._weight = weigh((place[2],), self._confirm, self._weight.counted)
        self._last = max(self._last, place)

    def _weighed(self) -> Weight:
        return weigh((claim for _, _, claim in sorted(self._voices.values())), self._confirm)


def _can_count(claim: Claim) -> bool:
    return claim.tier is not Tier.TERTIARY or claim.origin is Origin.PERSON


def _voice(claim: Claim) -> _Voice:
    return publisher_key(claim.publisher), claim.tier, claim.origin


def _authority(claim: Claim) -> tuple[bool, bool, bool, int, bool, date, int]:
    """Less is better: a person, then who can count, then who names a day, then the nearest, then the earliest."""
    return (
        claim.origin is not Origin.PERSON,
        not _can_count(claim),
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


def _day_within(best: Claim | None, claims: Iterable[Claim]) -> Claim | None:
    """Who best names a single day, inside the longer window that the best claim gives."""
    if best is None or _day(best).days == 1:
        return None
    window = _day(best)
    days = (claim for claim in claims if (day := _named(claim)) and day.days == 1 and inside(day, window))
    return min(days, key=_authority, default=None)


class Cancellation(NamedTuple):
    """Since when it is called off (None: it is not) and who says so, be it enough or not."""

    on: date | None
    reporters: tuple[str, ...] = ()


def cancellation(cancelled: Iterable[Claim], promised: Callable[[date], Iterator[Claim]]) -> Cancellation:
    """Weigh cancellations against the dates promised after them; `promised(day)` yields those stated from `day` on.

    Both come in the order of stating. It takes as much to bring a milestone back as to call it off, and either may
    happen more than once.
    """
    claims = list(cancelled)
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
        return (claim.learned_at, claim.id) > (other.learned_at, other.id)
    return claim.stated_on > other.stated_on
