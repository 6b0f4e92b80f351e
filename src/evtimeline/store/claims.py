"""The ledger: claims and the verdicts on them, added and read, never changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, RowMapping, Select, exists, func, insert, select, tuple_

from evtimeline.core.claims import SUMMARY_LENGTH, Claim, Decision, Origin, Verdict
from evtimeline.core.standing import Evidence
from evtimeline.errors import UnknownKeyError
from evtimeline.store import milestones as milestones_store
from evtimeline.store import tables
from evtimeline.store.batches import chunks, insert_new
from evtimeline.store.claim_rows import (
    EVIDENCE_COLUMNS,
    SUMMARY,
    claim_cells,
    claim_in,
    decision_cells,
    decision_in,
    evidence_in,
)
from evtimeline.store.milestones import FOLLOWED, StoredMilestone

Place = tuple[int, str]
"""The number of a milestone and the key of a claim in its ledger."""

_CLAIMS = select(tables.claims, func.substr(tables.entries.c.summary, 1, SUMMARY_LENGTH).label(SUMMARY)).outerjoin(
    tables.entries
)
"""Claims with the beginning of what their entry says."""


@dataclass(frozen=True)
class NewClaim:
    """A claim to be stored. `key` names the occasion: a second claim of a milestone with the same key is passed over.

    For example `entry:<feed>:<guid>:<content hash>` or `file:<hash>`.
    """

    milestone_id: int
    key: str
    claim: Claim
    entry_id: int | None = None


@dataclass(frozen=True)
class StoredClaim:
    """A claim in the ledger, its `id` set, with the milestone it is about and the entry it was read in."""

    milestone_id: int
    key: str
    claim: Claim
    entry_id: int | None = None


@dataclass(frozen=True)
class ReviewItem:
    """A claim that waits for a person: its milestone, and the verdict that left it pending."""

    claim: StoredClaim
    milestone: StoredMilestone
    decision: Decision


def add(connection: Connection, new: Iterable[NewClaim]) -> tuple[StoredClaim, ...]:
    """Add claims to the ledger; returns those that were not there yet, in their order."""
    unique: dict[Place, NewClaim] = {}
    for one in new:
        unique.setdefault((one.milestone_id, one.key), one)
    taken = _numbers(connection, list(unique))
    fresh = [one for place, one in unique.items() if place not in taken]
    if not fresh:
        return ()
    connection.execute(insert_new(connection, tables.claims), [_cells(one) for one in fresh])
    numbers = _numbers(connection, [(one.milestone_id, one.key) for one in fresh])
    return tuple(
        StoredClaim(one.milestone_id, one.key, replace(one.claim, id=numbers[one.milestone_id, one.key]), one.entry_id)
        for one in fresh
    )


def get(connection: Connection, claim_id: int) -> StoredClaim:
    """Read one claim; raises UnknownKeyError."""
    statement = _CLAIMS.where(tables.claims.c.id == claim_id)
    row = connection.execute(statement).mappings().one_or_none()
    if row is None:
        raise UnknownKeyError(f"there is no claim {claim_id}: `evtimeline review` shows those that wait")
    return _stored_in(row)


def by_numbers(connection: Connection, claim_ids: Iterable[int]) -> Mapping[int, StoredClaim]:
    """Read claims by their numbers; unknown numbers are left out."""
    return _by_ids(connection, sorted(set(claim_ids)))


def since(connection: Connection, claim_id: int, until: int | None = None) -> tuple[StoredClaim, ...]:
    """Read what was read in entries and stored after a claim, backfill excepted, in the order of storing.

    `until` is the last one to be read.
    """
    columns = tables.claims.c
    fresh = columns.entry_id.is_not(None) & columns.backfill.is_(False) & (columns.id > claim_id)
    statement = _CLAIMS.where(fresh).order_by(columns.id)
    if until is not None:
        statement = statement.where(columns.id <= until)
    return tuple(_stored_in(row) for row in connection.execute(statement).mappings())


def last_id(connection: Connection) -> int:
    """Read the number of the newest claim; 0 where there is none."""
    newest: int | None = connection.execute(select(func.max(tables.claims.c.id))).scalar_one()
    return newest or 0


def of_milestone(connection: Connection, milestone_id: int) -> tuple[Claim, ...]:
    """Read the ledger of one milestone in the order in which it was learned."""
    return of_milestones(connection, [milestone_id])[milestone_id]


def of_milestones(connection: Connection, milestone_ids: Iterable[int]) -> Mapping[int, tuple[Claim, ...]]:
    """Read the ledgers of many milestones, each in the order in which it was learned; every number has its tuple."""
    wanted = sorted(set(milestone_ids))
    found: dict[int, list[Claim]] = {number: [] for number in wanted}
    columns = tables.claims.c
    for part in chunks(wanted):
        statement = _CLAIMS.where(columns.milestone_id.in_(part))
        for row in connection.execute(statement.order_by(columns.learned_at, columns.id)).mappings():
            found[row["milestone_id"]].append(claim_in(row))
    return {number: tuple(claims) for number, claims in found.items()}


def of_entries(connection: Connection, entry_ids: Iterable[int]) -> tuple[StoredClaim, ...]:
    """Read what was ever claimed on the strength of these entries, in the order in which it was learned."""
    columns = tables.claims.c
    found: list[StoredClaim] = []
    for part in chunks(sorted(set(entry_ids))):
        statement = _CLAIMS.where(columns.entry_id.in_(part)).order_by(columns.id)
        found += [_stored_in(row) for row in connection.execute(statement).mappings()]
    return tuple(found)


def evidence_of(connection: Connection, milestone_ids: Iterable[int]) -> Mapping[int, tuple[Evidence, ...]]:
    """Read what counts of the claims that were read in entries, without their words; every number has its tuple."""
    wanted = sorted(set(milestone_ids))
    found: dict[int, list[Evidence]] = {number: [] for number in wanted}
    columns, verdicts, later = tables.claims.c, tables.verdicts, tables.verdicts.alias("later")
    overruled = exists().where(later.c.claim_id == verdicts.c.claim_id, later.c.id > verdicts.c.id)
    counts = (verdicts.c.verdict == Verdict.ACCEPTED.value) & ~overruled
    read = (columns.milestone_id, *(columns[name] for name in EVIDENCE_COLUMNS))
    for part in chunks(wanted):
        statement = select(*read).join_from(tables.claims, verdicts).where(columns.milestone_id.in_(part), counts)
        of_entries_only = statement.where(columns.origin == Origin.ENTRY.value).order_by(columns.id)
        for row in connection.execute(of_entries_only).mappings():
            found[row["milestone_id"]].append(evidence_in(row))
    return {number: tuple(many) for number, many in found.items()}


def decide(connection: Connection, decisions: Sequence[Decision]) -> None:
    """Add verdicts, each a dated row of its own; the last one of a claim is the one that counts."""
    if decisions:
        connection.execute(insert(tables.verdicts), [decision_cells(decision) for decision in decisions])


def decisions_of(connection: Connection, milestone_id: int) -> tuple[Decision, ...]:
    """Read the verdicts on the claims of one milestone, the oldest first."""
    return decisions_of_milestones(connection, [milestone_id])[milestone_id]


def decisions_of_milestones(connection: Connection, milestone_ids: Iterable[int]) -> Mapping[int, tuple[Decision, ...]]:
    """Read the verdicts on the claims of many milestones, the oldest first; every number has its tuple."""
    wanted = sorted(set(milestone_ids))
    found: dict[int, list[Decision]] = {number: [] for number in wanted}
    for part in chunks(wanted):
        statement = (
            select(tables.claims.c.milestone_id, tables.verdicts)
            .join_from(tables.verdicts, tables.claims)
            .where(tables.claims.c.milestone_id.in_(part))
            .order_by(tables.verdicts.c.id)
        )
        for row in connection.execute(statement).mappings():
            found[row["milestone_id"]].append(decision_in(row))
    return {number: tuple(decisions) for number, decisions in found.items()}


def pending(connection: Connection, limit: int | None = None, timeline: str | None = None) -> tuple[ReviewItem, ...]:
    """Read the review queue, the oldest first: claims of followed milestones whose last verdict is pending."""
    statement = _pending(timeline).order_by(tables.claims.c.id).limit(limit)
    waiting = {row.claim_id: row for row in connection.execute(statement)}
    claims = _by_ids(connection, list(waiting))
    milestones = milestones_store.by_ids(connection, [claim.milestone_id for claim in claims.values()])
    decisions = _decisions_by_ids(connection, [row.verdict_id for row in waiting.values()])
    return tuple(
        ReviewItem(claims[number], milestones[claims[number].milestone_id], decisions[row.verdict_id])
        for number, row in waiting.items()
    )


def pending_count(connection: Connection, timeline: str | None = None) -> int:
    """Count the review queue."""
    return connection.execute(select(func.count()).select_from(_pending(timeline).subquery())).scalar_one()


def _pending(timeline: str | None) -> Select[tuple[int, int]]:
    verdicts, later = tables.verdicts, tables.verdicts.alias("later")
    overruled = exists().where(later.c.claim_id == verdicts.c.claim_id, later.c.id > verdicts.c.id)
    statement = (
        select(verdicts.c.claim_id, verdicts.c.id.label("verdict_id"))
        .join_from(verdicts, tables.claims)
        .join(tables.milestones)
        .join(tables.timelines)
        .where(verdicts.c.verdict == Verdict.PENDING.value, ~overruled, FOLLOWED)
    )
    return statement if timeline is None else statement.where(tables.timelines.c.key == timeline)


def _numbers(connection: Connection, places: Sequence[Place]) -> Mapping[Place, int]:
    columns = tables.claims.c
    found: dict[Place, int] = {}
    for part in chunks(places):
        statement = select(columns.milestone_id, columns.key, columns.id)
        rows = connection.execute(statement.where(tuple_(columns.milestone_id, columns.key).in_(part)))
        found |= {(milestone_id, key): number for milestone_id, key, number in rows}
    return found


def _by_ids(connection: Connection, claim_ids: Sequence[int]) -> Mapping[int, StoredClaim]:
    found: dict[int, StoredClaim] = {}
    for part in chunks(claim_ids):
        statement = _CLAIMS.where(tables.claims.c.id.in_(part))
        found |= {row["id"]: _stored_in(row) for row in connection.execute(statement).mappings()}
    return found


def _decisions_by_ids(connection: Connection, verdict_ids: Sequence[int]) -> Mapping[int, Decision]:
    found: dict[int, Decision] = {}
    for part in chunks(verdict_ids):
        statement = select(tables.verdicts).where(tables.verdicts.c.id.in_(part))
        found |= {row["id"]: decision_in(row) for row in connection.execute(statement).mappings()}
    return found


def _cells(new: NewClaim) -> dict[str, object]:
    place = {"milestone_id": new.milestone_id, "key": new.key, "entry_id": new.entry_id}
    return place | claim_cells(new.claim)


def _stored_in(row: RowMapping) -> StoredClaim:
    return StoredClaim(row["milestone_id"], row["key"], claim_in(row), row["entry_id"])
