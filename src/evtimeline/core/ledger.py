"""The fold that turns a milestone's claims and verdicts into what stands, and into every change that led there.

What stands at any time is a function of the *set* of claims that were learned and accepted by then; a revision is the
difference that one more claim or verdict makes. So the order in which claims are handed in never matters, and what was
believed on a day (`as_of`) is the same fold over what was known on it. The rules live where they are applied:

- tracks: what a claim can do. Rumours, forecasts and conditional statements never move what stands; progress and
  mentions move nothing. Only the first promise (`is_baseline`) may be a guess, and stands while nothing better does.
- promises: which date stands. denials: what a denial strikes. outcomes: what makes it done or cancelled.

The first promise is the one the user wrote down: of several, the one learned last, because writing it anew corrects
it. Where he wrote none it is the earliest stated promise of anybody.
What a user wrote needs no verdict to count; what was read counts once its latest verdict is `accepted`.
A milestone that enough publishers call done is done, until so many of them are rejected or denied that it is not; a
report that is not enough is dropped when a better tier later promises a day that lies ahead.
"Quiet" counts from the newest accepted claim that is more than a mention.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import zip_longest
from typing import NamedTuple

from evtimeline.core.book import Book, View
from evtimeline.core.claims import Claim, Decision, Origin, Revision, RevisionKind, Signal, Stance, Verdict
from evtimeline.core.judging import judge
from evtimeline.core.milestones import Milestone
from evtimeline.core.revising import revision
from evtimeline.core.standing import Evidence, Outcome, Settlement, Standing, evidence
from evtimeline.core.stories import publisher_key
from evtimeline.core.tracks import Order, Track, is_baseline, rank, stated_order, track
from evtimeline.core.windows import slip_days

__all__ = ["Evidence", "Outcome", "Settlement", "Standing", "judge", "settle"]


class _Turn(NamedTuple):
    """A moment at which a claim begins (or ceases) to count."""

    at: datetime
    claim: Claim
    counts: bool


def settle(
    milestone: Milestone, claims: Sequence[Claim], decisions: Sequence[Decision], as_of: date | None = None
) -> Settlement:
    """Fold a milestone's ledger into what stands and the revisions that led there.

    Claims must carry distinct ids, which decisions refer to. With `as_of` only what was learned and decided up to the
    end of that day (UTC) is known. Never raises on any claims; the order of the arguments does not matter.
    """
    known = [claim for claim in claims if _by(claim.learned_at, as_of)]
    verdicts = _verdicts(decisions, as_of)
    book, before, revisions = Book(milestone), View(), list[Revision]()
    turns = sorted(_turns(known, verdicts), key=_turn_order)
    for turn, following in zip_longest(turns, turns[1:]):
        (book.add if turn.counts else book.remove)(turn.claim)
        if following and following.at == turn.at and not turn.counts:
            continue  # a correction takes a claim back and puts another in its place: one change, not two
        after = book.view()
        change = revision(before, after, turn.claim, turn.at, book.first())
        revisions += [change] if change else []
        before = after
    tally = Counter(_verdict(claim, verdicts.get(claim.id, ())) for claim in known)
    return Settlement(_standing(book, before, known, tally, revisions), tuple(revisions))


def _by(moment: datetime, as_of: date | None) -> bool:
    return as_of is None or moment.astimezone(UTC).date() <= as_of


def _verdicts(decisions: Sequence[Decision], as_of: date | None) -> dict[int, list[Decision]]:
    """The decisions on each claim that had been taken, in order."""
    taken: dict[int, list[Decision]] = {}
    for decision in sorted(decisions, key=lambda d: (d.decided_at, d.id, d.verdict, d.decided_by)):
        if _by(decision.decided_at, as_of):
            taken.setdefault(decision.claim_id, []).append(decision)
    return taken


def _verdict(claim: Claim, taken: Sequence[Decision]) -> Verdict:
    """The latest verdict; what a user wrote himself counts until somebody decides otherwise."""
    if taken:
        return taken[-1].verdict
    return Verdict.PENDING if claim.origin is Origin.ENTRY else Verdict.ACCEPTED


def _turns(claims: Sequence[Claim], verdicts: Mapping[int, Sequence[Decision]]) -> Iterator[_Turn]:
    """Every moment at which a claim turns from not counting to counting or back."""
    for claim in claims:
        taken = verdicts.get(claim.id, ())
        at = {claim.learned_at: claim.origin is not Origin.ENTRY}
        at |= {max(d.decided_at, claim.learned_at): d.verdict is Verdict.ACCEPTED for d in taken}
        counted = False
        for moment, counts in at.items():
            if counts is not counted:
                yield _Turn(moment, claim, counts)
            counted = counts


def _turn_order(turn: _Turn) -> tuple[datetime, bool, bool, Order | tuple[int]]:
    """Turns in the order of learning.

    What was learned at one instant comes in the order in which it was stored, so that a change that was told stays
    true when more is stored; but before it the promise that the user wrote down, then backfill, of which nobody is
    told, as its history went.
    """
    claim = turn.claim
    order = stated_order(claim) if claim.backfill else (claim.id,)
    return turn.at, not is_baseline(claim), not claim.backfill, order


def _standing(
    book: Book, view: View, known: Sequence[Claim], tally: Mapping[Verdict, int], revisions: Sequence[Revision]
) -> Standing:
    """Write down what the fold came to."""
    first, last = book.first(), _last(book)
    answers = _answers(book)
    cancelled = view.outcome is Outcome.CANCELLED
    return Standing(
        first=first.window if first else None,
        window=view.window,
        outcome=view.outcome,
        outcome_on=_outcome_on(book, view),
        holder=evidence(view.holder) if view.holder else None,
        reporters=book.happened.weight.publishers if view.outcome in (Outcome.DONE, Outcome.REPORTED) else (),
        cancellers=view.cancelled.reporters if cancelled or not _answered(book.cancelled, answers) else (),
        rivals=_all(view.promised.rivals if view.contested else ()),
        challenges=_all(view.promised.challenges if view.is_open else ()),
        delayed=evidence(view.promised.delayed) if view.delayed and view.promised.delayed else None,
        rumours=_beside(book, Track.RUMOUR, answers) if view.is_open else (),
        forecasts=_beside(book, Track.FORECAST, answers) if view.is_open else (),
        struck=tuple(sorted(book.struck)),
        slip_first=slip_days(first.window, view.window) if first and first.window and view.window else None,
        slip_last=next((r.days_last for r in reversed(revisions) if r.kind in _MOVES), None),
        last=evidence(last) if last else None,
        quiet_since=last.stated_on if last else None,
        last_learned=max((claim.learned_at for claim in known), default=None),
        claims=len(known),
        pending=tally[Verdict.PENDING],
        rejected=tally[Verdict.REJECTED],
    )


_MOVES = (
    RevisionKind.SLIPPED,
    RevisionKind.ADVANCED,
    RevisionKind.CONTESTED,
    RevisionKind.SETTLED,
    RevisionKind.DONE,
)


def _all(claims: Sequence[Claim]) -> tuple[Evidence, ...]:
    return tuple(evidence(claim) for claim in claims)


def _outcome_on(book: Book, view: View) -> date | None:
    """The day it happened, is reported to have happened, or was called off; None where no single day is known."""
    if view.outcome is Outcome.CANCELLED:
        return view.cancelled.on
    window = book.happened.window if view.outcome in (Outcome.DONE, Outcome.REPORTED) else None
    return window.earliest if window and window.days == 1 else None


def _live(book: Book) -> Iterator[Claim]:
    return (claim for claim in book.accepted.values() if claim.id not in book.struck)


def _last(book: Book) -> Claim | None:
    """The newest claim that is more than a mention."""
    spoken = (c for c in _live(book) if c.signal is not Signal.MENTION or c.stance is Stance.DENIED)
    return max(spoken, key=lambda claim: (claim.stated_on, claim.learned_at, claim.id), default=None)


def _answers(book: Book) -> dict[int, date]:
    """The day on which each tier last said when it happens, or that it has."""
    newest: dict[int, date] = {}
    for claim in _live(book):
        if track(claim) in (Track.DATE, Track.ACHIEVED) and not is_baseline(claim):
            newest[rank(claim)] = max(newest.get(rank(claim), date.min), claim.stated_on)
    return newest


def _answered(claims: Sequence[Claim], answers: Mapping[int, date]) -> bool:
    """Whether everything that `claims` say has been answered by somebody at least as near to the event."""
    return all(
        any(day > c.stated_on or (day == c.stated_on and r < rank(c)) for r, day in answers.items() if r <= rank(c))
        for c in claims
    )


def _beside(book: Book, kind: Track, answers: Mapping[int, date]) -> tuple[Evidence, ...]:
    """What is said beside what stands and nobody has answered, each publisher's newest, in order of stating."""
    newest: dict[str, Claim] = {}
    for claim in sorted(_live(book), key=stated_order):
        if track(claim) is kind and not _answered((claim,), answers):
            newest[publisher_key(claim.publisher)] = claim
    return _all(sorted(newest.values(), key=stated_order))
