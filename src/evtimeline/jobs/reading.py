"""Read entries into the ledger: findings become claims with a first verdict, and what they are about is settled."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from evtimeline.core.claims import SUMMARY_LENGTH, Claim, Decision, Origin, Signal, Verdict
from evtimeline.core.judging import judge
from evtimeline.core.reading import Finding, Reading, Watchlist, read
from evtimeline.core.shifts import placed
from evtimeline.jobs.settling import Moved, settle_milestones
from evtimeline.jobs.watching import load_watchlist as load_watchlist
from evtimeline.store import claims, milestones, standings
from evtimeline.store import entries as entries_store
from evtimeline.store.claims import NewClaim, StoredClaim
from evtimeline.store.engine import reading, writing
from evtimeline.store.entries import StoredEntry
from evtimeline.store.milestones import Ref

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

Told = tuple[NewClaim, tuple[Verdict, str]]
"""A claim that an entry makes, with the verdict that the rules give it and the rule's name."""

Heard = tuple[StoredEntry, Reading]
"""A stored entry and what was read in it."""

RULE = "rule: "
CHANGED = f"{RULE}the entry was changed and now says something else"


@dataclass(frozen=True)
class Learned:
    """What some entries added to the ledger: claims that count, claims that wait for review, and what changed."""

    accepted: int = 0
    pending: int = 0
    moved: tuple[Moved, ...] = ()


def learn(connection: "Connection", read_by_feed: Sequence[Sequence[Heard]], now: datetime) -> tuple[Learned, ...]:
    """Settle what stored entries are about, feed by feed, in the caller's transaction; learning twice adds nothing."""
    heard = [one for group in read_by_feed for one in group]
    before = claims.of_entries(connection, [stored.id for stored, _ in heard if stored.changed])
    refs = {finding.ref for _, found in heard for finding in found.findings}
    if not before and not refs:
        return tuple(Learned() for _ in read_by_feed)
    numbers = milestones.ids(connection) if before else milestones.ids_of(connection, refs)
    milestones.lock(connection, {one.milestone_id for one in before} | {numbers[ref] for ref in refs & numbers.keys()})
    return tuple(_learn(connection, group, before, numbers, now) for group in read_by_feed)


def _learn(
    connection: "Connection",
    heard: Sequence[Heard],
    before: Sequence[StoredClaim],
    numbers: Mapping[Ref, int],
    now: datetime,
) -> Learned:
    told = tuple(_tell(heard, numbers, now))
    changed = {stored.id for stored, _ in heard if stored.changed}
    mine = [one for one in before if one.entry_id in changed]
    if not told and not mine:
        return Learned()
    return enter(connection, corrections(ledger_of(connection, mine, numbers), told, CHANGED), now)


def catch_up(engine: "Engine", timeline: str, keys: Iterable[str], now: datetime) -> Learned:
    """Read all stored entries for milestones that were not followed when they came; all of that is backfill."""
    wanted = {(timeline, key) for key in keys}
    with reading(engine) as connection:
        watchlist = load_watchlist(connection)
        numbers = {ref: number for ref, number in milestones.ids(connection).items() if ref in wanted}
        old = [replace(stored, backfill=True) for stored in entries_store.load_all(connection)]
    told = tuple(tell(old, watchlist, numbers, now))
    if not told:
        return Learned()
    with writing(engine) as connection:
        milestones.lock(connection, {one.milestone_id for one, _ in told})
        return enter(connection, Corrections(told), now)


def tell(
    entries: Sequence[StoredEntry], watchlist: Watchlist, numbers: Mapping[Ref, int], now: datetime
) -> Iterator[Told]:
    """The claims that the entries make on these milestones, each with the verdict that the rules give it."""
    return _tell(zip(entries, read((one.entry for one in entries), watchlist), strict=True), numbers, now)


def _tell(heard: Iterable[Heard], numbers: Mapping[Ref, int], now: datetime) -> Iterator[Told]:
    for stored, found in heard:
        for finding in found.findings:
            if finding.ref in numbers:  # not asked for, or retired since the watchlist was made
                claim = _claim(stored, finding, now)
                yield (
                    NewClaim(numbers[finding.ref], _key(stored, finding), claim, stored.id),
                    judge(claim.score, claim.signal, claim.stance, claim.window, claim.stated_on, claim.tier),
                )


@dataclass(frozen=True)
class Known:
    """A claim of the ledger and the last verdict on it."""

    stored: StoredClaim
    last: Decision

    @property
    def by_rule(self) -> bool:
        """Whether no person has decided on it."""
        return self.last.decided_by.startswith(RULE)


@dataclass(frozen=True)
class Corrections:
    """What the ledger lacks of what entries tell, and what it holds beyond that.

    `told` is not there yet; each of `weighed` is there and gets another verdict than it has; `dropped` are told no
    longer and get the verdict rejected, for the reason `why`.
    """

    told: tuple[Told, ...] = ()
    weighed: tuple[tuple[Known, Verdict, str], ...] = ()
    dropped: tuple[Known, ...] = ()
    why: str = ""


def ledger_of(connection: "Connection", before: Sequence[StoredClaim], numbers: Mapping[Ref, int]) -> tuple[Known, ...]:
    """Those of the claims whose milestones are followed, each with its last verdict."""
    followed = set(numbers.values())
    ledgers = claims.decisions_of_milestones(connection, {one.milestone_id for one in before} & followed)
    last = {decision.claim_id: decision for decisions in ledgers.values() for decision in decisions}
    return tuple(Known(one, last[one.claim.id]) for one in before if one.claim.id in last)


def corrections(known: Iterable[Known], told: Iterable[Told], why: str) -> Corrections:
    """Hold the ledger of some entries against what they tell now; what a person decided stays as it is."""
    fresh = {(new.milestone_id, new.key): (new, verdict) for new, verdict in told}
    weighed, dropped = [], []
    for one in known:
        new = fresh.pop((one.stored.milestone_id, one.stored.key), None)
        if new and one.by_rule and new[1][0] is not one.last.verdict:
            weighed.append((one, *new[1]))
        elif not new and one.by_rule and one.last.verdict is not Verdict.REJECTED:
            dropped.append(one)
    return Corrections(tuple(fresh.values()), tuple(weighed), tuple(dropped), why)


def enter(connection: "Connection", found: Corrections, now: datetime) -> Learned:
    """Put claims into the ledger with their verdicts, take back what is told no longer, and settle once.

    Lock the milestones first where others may settle them, too.
    """
    verdicts = {(one.milestone_id, one.key): verdict for one, verdict in found.told}
    added = claims.add(connection, list(_placed(connection, [one for one, _ in found.told])))
    decisions = [_decide(one, *verdicts[one.milestone_id, one.key], now) for one in added]
    decisions += [_decide(one.stored, verdict, rule, now) for one, verdict, rule in found.weighed]
    waiting = sum(decision.verdict is Verdict.PENDING for decision in decisions)
    counted = len(decisions) - waiting
    decisions += [_decide(one.stored, Verdict.REJECTED, found.why, now) for one in found.dropped]
    claims.decide(connection, decisions)
    touched = (*added, *(one.stored for one, _, _ in found.weighed), *(one.stored for one in found.dropped))
    return Learned(counted, waiting, settle_milestones(connection, {one.milestone_id for one in touched}))


def _placed(connection: "Connection", told: Iterable[NewClaim]) -> Iterator[NewClaim]:
    """The claims; those that say by how much a date moves, and not to when, count from what stands for them."""
    for one in told:
        if one.claim.window or one.claim.signal not in (Signal.DELAYED, Signal.ADVANCED):
            yield one
        else:
            yield replace(one, claim=placed(one.claim, standings.load(connection, one.milestone_id)))


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
