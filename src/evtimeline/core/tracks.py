"""On which track of the ledger a claim runs: a date, an outcome, a denial, a voice beside what stands, or none."""

from datetime import date, datetime
from enum import StrEnum

from evtimeline.core.claims import Claim, Origin, Signal, Stance

WEAK = 3
"""The rank below every tier: a first promise that is itself a guess stands only while nothing better is known."""


class Track(StrEnum):
    """What a claim can do to what stands."""

    DATE = "date"  # moves the window, or says that it moves without saying to when
    ACHIEVED = "achieved"
    CANCELLED = "cancelled"
    DENIAL = "denial"  # strikes other claims
    RUMOUR = "rumour"  # kept beside what stands
    FORECAST = "forecast"  # kept beside what stands, conditional statements too
    NONE = "none"  # progress and mentions: evidence that somebody speaks of it, no more


_SIDE = {Stance.DENIED: Track.DENIAL, Stance.RUMOUR: Track.RUMOUR}
_MOVES = (Signal.SCHEDULED, Signal.DELAYED, Signal.ADVANCED)
Order = tuple[date, int, datetime, int]


def track(claim: Claim) -> Track:
    """The track of an accepted claim, by its signal and stance."""
    if is_baseline(claim):
        return Track.DATE
    if claim.stance in (Stance.FORECAST, Stance.CONDITIONAL):
        return Track.FORECAST if claim.signal is not Signal.MENTION else Track.NONE
    if claim.stance is Stance.RUMOUR and claim.signal in (Signal.MENTION, Signal.PROGRESS):
        return Track.NONE
    if claim.stance in _SIDE:
        return _SIDE[claim.stance]
    return _firm(claim)


def _firm(claim: Claim) -> Track:
    if claim.signal is Signal.ACHIEVED:
        return Track.ACHIEVED
    if claim.signal is Signal.CANCELLED:
        return Track.CANCELLED
    dated = claim.signal in _MOVES and (claim.window is not None or claim.signal is Signal.DELAYED)
    return Track.DATE if dated or is_bare_reaffirmation(claim) else Track.NONE


def is_bare_reaffirmation(claim: Claim) -> bool:
    """Whether it says that the old date holds, without naming it."""
    return (
        claim.stance is Stance.REAFFIRMED
        and claim.window is None
        and claim.signal in (Signal.SCHEDULED, Signal.PROGRESS)
    )


def is_baseline(claim: Claim) -> bool:
    """Whether it is the first promise that a user wrote down: in a timeline file, or when adding a milestone.

    A person's correction of what was read in an entry quotes that entry, and is an ordinary claim.
    """
    written = claim.origin is not Origin.ENTRY and (claim.quote is None or claim.quote.field == "document")
    return written and claim.signal in (Signal.SCHEDULED, Signal.MENTION) and claim.stance is not Stance.DENIED


def rank(claim: Claim) -> int:
    """How much a claim weighs: 0 primary, 1 secondary, 2 tertiary, 3 a first promise that is only a guess.

    What a person states beside the first promise weighs as primary.
    """
    if not is_baseline(claim):
        return 0 if claim.origin is Origin.PERSON else claim.tier.rank
    if claim.stance in (Stance.FORECAST, Stance.RUMOUR, Stance.CONDITIONAL):
        return WEAK
    return claim.tier.rank


def stated_order(claim: Claim) -> Order:
    """Sorts claims by the day they were stated; on one day the weightier comes last and so has the last word."""
    return claim.stated_on, -rank(claim), claim.learned_at, claim.id
