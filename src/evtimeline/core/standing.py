"""What stands for a milestone, as plain values that can be stored and shown without folding the ledger again."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from evtimeline.core.claims import Claim, Revision, Signal, Stance, Tier
from evtimeline.core.windows import Window


class Outcome(StrEnum):
    """How far a milestone has come, whatever day it is."""

    OPEN = "open"
    REPORTED = "reported"  # said to have happened, not yet by enough publishers
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Evidence:
    """What a row needs to know of a claim: who said what and when; `claim_id` leads to the words."""

    claim_id: int
    publisher: str
    tier: Tier
    stated_on: date
    signal: Signal
    stance: Stance
    window: Window | None = None


def evidence(claim: Claim) -> Evidence:
    """The claim as evidence."""
    return Evidence(claim.id, claim.publisher, claim.tier, claim.stated_on, claim.signal, claim.stance, claim.window)


@dataclass(frozen=True)
class Standing:
    """What stands for one milestone.

    `first` is the first promise, `window` what stands now: the promise while it is open, reported or cancelled, the
    day (or month ...) it happened when done. `holder` is the claim that `window` rests on. `outcome_on` is the day it
    happened or is reported to have happened, or the day the cancellation was stated; None where only a month or so is
    known. `reporters` are the independent publishers that make it reported or done (tertiary ones never count, so it
    may be empty while reported), `cancellers` those who report a cancellation.

    `rivals` are claims of equal standing that contradict the holder (then it is contested), `challenges` claims of a
    lower tier that say otherwise, `delayed` a newer statement that it will be later without a date. `rumours` and
    `forecasts` are live and unanswered, each publisher's newest. `struck` are the ids of claims that a denial struck.

    `slip_first` is the move of the latest day against the first promise, `slip_last` that of the last slip, advance,
    contest or completion; days, positive is later, None where a side has no latest day. They are plain arithmetic:
    whether a move is a slip is for `windows.change` to say. `last` is the newest accepted claim that is more than
    a mention, `quiet_since` its day. Counts are of claims learned, `claims` being all of them.
    """

    first: Window | None = None
    window: Window | None = None
    outcome: Outcome = Outcome.OPEN
    outcome_on: date | None = None
    holder: Evidence | None = None
    reporters: tuple[str, ...] = ()
    cancellers: tuple[str, ...] = ()
    rivals: tuple[Evidence, ...] = ()
    challenges: tuple[Evidence, ...] = ()
    delayed: Evidence | None = None
    rumours: tuple[Evidence, ...] = ()
    forecasts: tuple[Evidence, ...] = ()
    struck: tuple[int, ...] = ()
    slip_first: int | None = None
    slip_last: int | None = None
    last: Evidence | None = None
    quiet_since: date | None = None
    last_learned: datetime | None = None
    claims: int = 0
    pending: int = 0
    rejected: int = 0

    @property
    def contested(self) -> tuple[Window, ...]:
        """The windows that contradict each other, what stands first; empty when nobody of equal standing disagrees."""
        if not self.rivals or self.window is None:
            return ()
        return (self.window, *(rival.window for rival in self.rivals if rival.window is not None))


@dataclass(frozen=True)
class Settlement:
    """What stands, and every change that led there in the order in which it was learned."""

    standing: Standing
    revisions: tuple[Revision, ...] = ()
