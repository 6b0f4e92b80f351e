"""A milestone's accepted claims, each on its track while the ledger is folded; what stands can be read any time."""

from bisect import insort
from datetime import date, datetime, timedelta
from typing import NamedTuple

from evtimeline.core.claims import Claim
from evtimeline.core.denials import Denials
from evtimeline.core.milestones import Milestone
from evtimeline.core.outcomes import Cancellation, Happened, cancellation
from evtimeline.core.promises import Promised, Promises
from evtimeline.core.standing import Outcome
from evtimeline.core.tracks import Track, is_baseline, rank, track
from evtimeline.core.windows import Window


class View(NamedTuple):
    """What stands at one moment of the fold."""

    outcome: Outcome = Outcome.OPEN
    window: Window | None = None
    holder: Claim | None = None
    promised: Promised = Promised()
    cancelled: Cancellation = Cancellation(None)
    reported: Window | None = None

    @property
    def is_open(self) -> bool:
        """Whether dates still matter."""
        return self.outcome in (Outcome.OPEN, Outcome.REPORTED)

    @property
    def contested(self) -> bool:
        """Whether somebody of equal standing disagrees about a date that still matters."""
        return self.is_open and bool(self.promised.rivals)

    @property
    def delayed(self) -> bool:
        """Whether it is said to be late, without a new date."""
        return self.is_open and self.promised.delayed is not None


class Book:
    """Accepted claims come in and go out one by one; each finds its track, and denials strike what they strike."""

    def __init__(self, milestone: Milestone) -> None:
        self.accepted: dict[int, Claim] = {}
        self.struck: dict[int, Claim] = {}
        self.happened = Happened(milestone.confirm)
        self.promises = Promises()
        self.cancelled: list[Claim] = []
        self._baselines: list[tuple[datetime, int, Claim]] = []
        self._denials = Denials()

    def add(self, claim: Claim) -> None:
        """Take in a claim that is accepted."""
        self.accepted[claim.id] = claim
        self._denials.add(claim)
        if self._denials.is_struck(claim):
            self.struck[claim.id] = claim
            return
        self._place(claim)
        if track(claim) is Track.DENIAL:
            self._strike(self._denials.within_reach(claim))

    def remove(self, claim: Claim) -> None:
        """Take out a claim that is accepted no longer; what only it had struck counts again."""
        del self.accepted[claim.id]
        self._denials.remove(claim)
        if self.struck.pop(claim.id, None) is not None:
            return
        self._withdraw(claim)
        if track(claim) is Track.DENIAL:
            self._revive(self._denials.within_reach(claim))

    def first(self) -> Claim | None:
        """The first promise: what the user wrote down, else the earliest stated promise of anybody."""
        written = self._baselines[-1][2] if self._baselines else None
        return written if written and written.window else self.promises.first()

    def view(self) -> View:
        """What stands now."""
        promised = self.promises.now
        if self.happened.weight.enough:
            return View(Outcome.DONE, self.happened.window, self.happened.best, promised)
        off = cancellation(self.cancelled, self.promises.since) if self.cancelled else Cancellation(None)
        if off.on is None and self._is_reported():
            return View(Outcome.REPORTED, promised.window, promised.holder, promised, off, self.happened.window)
        outcome = Outcome.CANCELLED if off.on else Outcome.OPEN
        return View(outcome, promised.window, promised.holder, promised, off)

    def _is_reported(self) -> bool:
        """Whether somebody says it has happened, and nobody nearer has promised it for a later day since."""
        return any(not self._is_overtaken(claim) for claim in self.happened.newest())

    def _is_overtaken(self, report: Claim) -> bool:
        later = self.promises.since(report.stated_on + timedelta(days=1))
        return any(rank(claim) < rank(report) and _ahead(claim, report.stated_on) for claim in later)

    def _strike(self, claims: tuple[Claim, ...]) -> None:
        for claim in claims:
            if claim.id not in self.struck:
                self.struck[claim.id] = claim
                self._withdraw(claim)

    def _revive(self, claims: tuple[Claim, ...]) -> None:
        for claim in claims:
            if not self._denials.is_struck(claim):
                del self.struck[claim.id]
                self._place(claim)

    def _place(self, claim: Claim) -> None:
        kind = track(claim)
        if is_baseline(claim):
            self._write(claim)
        elif kind is Track.DATE:
            self.promises.add(claim)
        elif kind is Track.ACHIEVED:
            self.happened.add(claim)
        elif kind is Track.CANCELLED:
            insort(self.cancelled, claim, key=_stated)

    def _withdraw(self, claim: Claim) -> None:
        kind = track(claim)
        if is_baseline(claim):
            self._unwrite(claim)
        elif kind is Track.DATE:
            self.promises.remove(claim)
        elif kind is Track.ACHIEVED:
            self.happened.remove(claim)
        elif kind is Track.CANCELLED:
            self.cancelled.remove(claim)

    def _write(self, claim: Claim) -> None:
        before = self._written()
        insort(self._baselines, (claim.learned_at, claim.id, claim))
        self._rewrite(before)

    def _unwrite(self, claim: Claim) -> None:
        before = self._written()
        self._baselines.remove((claim.learned_at, claim.id, claim))
        self._rewrite(before)

    def _written(self) -> Claim | None:
        """The first promise of the user as a promise of a date: the last that he wrote, if it names one."""
        newest = self._baselines[-1][2] if self._baselines else None
        return newest if newest and newest.window else None

    def _rewrite(self, before: Claim | None) -> None:
        now = self._written()
        if before is now:
            return
        if before:
            self.promises.remove(before)
        if now:
            self.promises.add(now)


def _stated(claim: Claim) -> tuple[date, int]:
    return claim.stated_on, claim.id


def _ahead(claim: Claim, day: date) -> bool:
    """Whether it promises something that was still to come on `day` and when it was stated."""
    window = claim.window
    return window is not None and (window.earliest or window.latest or date.min) > max(day, claim.stated_on)
