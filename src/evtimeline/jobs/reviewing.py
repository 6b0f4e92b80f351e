"""A person decides on claims: accept, reject or correct them, and what they are about is settled anew."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from evtimeline.core.claims import Claim, Decision, Signal, Stance, Verdict
from evtimeline.core.windows import Window
from evtimeline.errors import UsageError
from evtimeline.jobs.settling import Moved, settle_milestones
from evtimeline.store import claims, exclusions, milestones
from evtimeline.store.claims import NewClaim, StoredClaim

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True)
class Ruling:
    """Who decides, when (aware UTC), and why if it was said."""

    by: str
    at: datetime
    why: str | None = None


@dataclass(frozen=True)
class Correction:
    """What a claim should have been read as; None leaves what was read. `undated` takes the window away."""

    signal: Signal | None = None
    stance: Stance | None = None
    window: Window | None = None
    undated: bool = False


def decide(connection: "Connection", claim_ids: Sequence[int], verdict: Verdict, ruling: Ruling) -> tuple[Moved, ...]:
    """Give claims a verdict and return what it changed; raises UnknownKeyError for a claim that is not there."""
    found = [claims.get(connection, number) for number in dict.fromkeys(claim_ids)]
    milestones.lock(connection, {one.milestone_id for one in found})
    claims.decide(connection, [_decision(one, verdict, ruling) for one in found])
    return settle_milestones(connection, {one.milestone_id for one in found})


def exclude(connection: "Connection", claim_id: int, phrase: str, ruling: Ruling) -> tuple[Moved, ...]:
    """Reject a claim and never again match its milestone where the text says `phrase`.

    Raises UsageError when the phrase is not in the entry that the claim was read from: it would exclude nothing.
    """
    stored = claims.get(connection, claim_id)
    claim = stored.claim
    told = f"{claim.title or ''}\n{claim.quote.text if claim.quote else ''}"
    if phrase.casefold() not in told.casefold():
        raise UsageError(f"'{phrase}' is not in the words of claim {claim_id}: copy it from what `review` shows")
    exclusions.add(connection, stored.milestone_id, phrase, ruling.by, ruling.at)
    return decide(connection, [claim_id], Verdict.REJECTED, replace(ruling, why=ruling.why or f"excluded: {phrase}"))


_NAMED = re.compile("“([^”]+)”")
_GOES_ON = re.compile(r"[ -]?[A-Za-z0-9][A-Za-z0-9.+-]*|[ ]?[\u4e00-\u9fff]{1,4}")


def likely_phrase(claim: Claim) -> str | None:
    """The name that made a claim match with what follows it in the text, as a phrase to exclude; None where none is.

    The name alone would exclude the milestone's own news.
    """
    named = _NAMED.search(claim.reasons[0]) if claim.reasons else None
    told = claim.quote.text if claim.quote else ""
    at = told.find(named[1]) if named else -1
    if named is None or at < 0:
        return None
    more = _GOES_ON.match(told, at + len(named[1]))
    return named[1] + more[0] if more else None


def correct(connection: "Connection", claim_id: int, correction: Correction, ruling: Ruling) -> tuple[Moved, ...]:
    """Reject a claim and accept the corrected one in its place: same words, same publisher, read as a person reads it.

    Raises UsageError when nothing would be different.
    """
    stored = claims.get(connection, claim_id)
    new = _corrected(stored, correction, ruling)
    (added,) = claims.add(connection, [new]) or (None,)
    if added is None:
        raise UsageError(
            f"claim {claim_id} was corrected to this before: accept that one with `evtimeline review accept`"
        )
    claims.decide(
        connection,
        [
            _decision(stored, Verdict.REJECTED, replace(ruling, why=f"corrected by claim {added.claim.id}")),
            _decision(added, Verdict.ACCEPTED, ruling),
        ],
    )
    return settle_milestones(connection, {stored.milestone_id})


def _corrected(stored: StoredClaim, correction: Correction, ruling: Ruling) -> NewClaim:
    claim = stored.claim
    window = None if correction.undated else correction.window or claim.window
    new = replace(
        claim,
        id=0,
        signal=correction.signal or claim.signal,
        stance=correction.stance or claim.stance,
        window=window,
        learned_at=ruling.at,
        score=1.0,
        reasons=(*claim.reasons, f"claim {claim.id}, corrected by {ruling.by}"),
    )
    if (new.signal, new.stance, new.window) == (claim.signal, claim.stance, claim.window):
        raise UsageError(f"claim {claim.id} says this already: accept it with `evtimeline review accept {claim.id}`")
    said = f"{new.signal}:{new.stance}:{window.edtf if window else '-'}"
    return NewClaim(stored.milestone_id, f"correction:{claim.id}:{said}", new, stored.entry_id)


def _decision(stored: StoredClaim, verdict: Verdict, ruling: Ruling) -> Decision:
    return Decision(stored.claim.id, verdict, ruling.by, ruling.at, ruling.why)
