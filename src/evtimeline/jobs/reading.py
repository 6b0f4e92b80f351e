"""Read entries into the ledger: findings become claims with a first verdict, and what they are about is settled."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from evtimeline.core.claims import SUMMARY_LENGTH, Claim, Decision, Origin, Verdict
from evtimeline.core.judging import judge
from evtimeline.core.reading import Finding, Watchlist, read, watch
from evtimeline.jobs.settling import Moved, settle_milestones
from evtimeline.lexicons import load as load_lexicons
from evtimeline.store import claims, exclusions, milestones, timelines
from evtimeline.store import entries as entries_store
from evtimeline.store.claims import NewClaim, StoredClaim
from evtimeline.store.engine import reading, writing
from evtimeline.store.entries import StoredEntry
from evtimeline.store.milestones import Ref

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

Told = tuple[NewClaim, tuple[Verdict, str]]
"""A claim that an entry makes, with the verdict that the rules give it and the rule's name."""

RULE = "rule: "
CHANGED = f"{RULE}the entry was changed and now says something else"


@dataclass(frozen=True)
class Learned:
    """What some entries added to the ledger: claims that count, claims that wait for review, and what changed."""

    accepted: int = 0
    pending: int = 0
    moved: tuple[Moved, ...] = ()


def load_watchlist(connection: "Connection") -> Watchlist:
    """Compile all that is followed, with what people have excluded."""
    return watch(timelines.load_all(connection), load_lexicons(), exclusions.load_all(connection))


def learn(connection: "Connection", entries: Sequence[StoredEntry], watchlist: Watchlist, now: datetime) -> Learned:
    """Read stored entries and settle what they are about, in the caller's transaction; learning twice adds nothing."""
    told = list(_tell(entries, watchlist, milestones.ids(connection), now))
    return _enter(connection, entries, told, now)


def catch_up(engine: "Engine", timeline: str, keys: Iterable[str], now: datetime) -> Learned:
    """Read all stored entries for milestones that were not followed when they came; all of that is backfill."""
    wanted = {(timeline, key) for key in keys}
    with reading(engine) as connection:
        watchlist = load_watchlist(connection)
        numbers = {ref: number for ref, number in milestones.ids(connection).items() if ref in wanted}
        old = [replace(stored, backfill=True) for stored in entries_store.load_all(connection)]
    told = list(_tell(old, watchlist, numbers, now))
    if not told:
        return Learned()
    with writing(engine) as connection:
        return _enter(connection, (), told, now)


def _enter(connection: "Connection", entries: Sequence[StoredEntry], told: Sequence[Told], now: datetime) -> Learned:
    """Put claims into the ledger with their verdicts, take back what changed entries no longer say, and settle."""
    milestones.lock(connection, {one.milestone_id for one, _ in told})
    verdicts = {(one.milestone_id, one.key): verdict for one, verdict in told}
    added = claims.add(connection, [one for one, _ in told])
    decisions = [_decide(one, *verdicts[one.milestone_id, one.key], now) for one in added]
    dropped = _dropped(connection, entries, set(verdicts))
    decisions += [Decision(one.claim.id, Verdict.REJECTED, CHANGED, now) for one in dropped]
    claims.decide(connection, decisions)
    moved = settle_milestones(connection, {one.milestone_id for one in (*added, *dropped)})
    waiting = sum(decision.verdict is Verdict.PENDING for decision in decisions)
    return Learned(len(added) - waiting, waiting, moved)


def _tell(
    entries: Sequence[StoredEntry], watchlist: Watchlist, numbers: Mapping[Ref, int], now: datetime
) -> Iterator[Told]:
    """The claims that the entries make, each with the verdict that the rules give it."""
    for stored, found in zip(entries, read((one.entry for one in entries), watchlist), strict=True):
        for finding in found.findings:
            if finding.ref in numbers:  # not asked for, or retired since the watchlist was made
                claim = _claim(stored, finding, now)
                yield (
                    NewClaim(numbers[finding.ref], _key(stored, finding), claim, stored.id),
                    judge(claim.score, claim.signal, claim.stance, claim.window, claim.stated_on, claim.tier),
                )


def _claim(stored: StoredEntry, finding: Finding, now: datetime) -> Claim:
    entry = stored.entry
    return Claim(
        signal=finding.signal,
        stance=finding.stance,
        window=finding.window,
        quote=finding.quote,
        stated_on=entry.stated_on,
        learned_at=now,
        publisher=entry.publisher,
        tier=entry.tier,
        origin=Origin.ENTRY,
        title=entry.title,
        link=entry.link,
        score=finding.score,
        reasons=finding.reasons,
        backfill=stored.backfill,
        summary=entry.summary[:SUMMARY_LENGTH],
    )


def _key(stored: StoredEntry, finding: Finding) -> str:
    """Names what was said, so that an entry whose wording changes and says the same adds nothing."""
    window = finding.window.edtf if finding.window else "-"
    return f"entry:{stored.id}:{finding.signal}:{finding.stance}:{window}"


def _decide(stored: StoredClaim, verdict: Verdict, rule: str, now: datetime) -> Decision:
    return Decision(stored.claim.id, verdict, rule, now)


def _dropped(
    connection: "Connection", entries: Iterable[StoredEntry], still: set[tuple[int, str]]
) -> tuple[StoredClaim, ...]:
    """The claims that changed entries made before and no longer make, unless a person has decided on them."""
    changed = [stored.id for stored in entries if stored.changed]
    before = [one for one in claims.of_entries(connection, changed) if (one.milestone_id, one.key) not in still]
    ledgers = claims.decisions_of_milestones(connection, {one.milestone_id for one in before})
    last = {decision.claim_id: decision for decisions in ledgers.values() for decision in decisions}
    return tuple(
        one
        for one in before
        if last[one.claim.id].decided_by.startswith(RULE) and last[one.claim.id].verdict is not Verdict.REJECTED
    )
