"""Revisions: every change in what stood, stored once, in the order in which it was found out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from sqlalchemy import Connection, RowMapping, Select, func, select

from evtimeline.core.claims import Revision, RevisionKind
from evtimeline.store import tables
from evtimeline.store.batches import chunks, insert_new
from evtimeline.store.milestones import FOLLOWED
from evtimeline.store.types import window_cells, window_in


@dataclass(frozen=True)
class StoredRevision:
    """A revision with the store's number, which grows, and its milestone."""

    id: int
    milestone_id: int
    revision: Revision


def add(connection: Connection, milestone_id: int, revisions: Sequence[Revision]) -> tuple[StoredRevision, ...]:
    """Store the revisions of one milestone; returns those that were not there yet, in the order of their numbers."""
    return add_all(connection, {milestone_id: revisions})


def add_all(connection: Connection, revisions: Mapping[int, Sequence[Revision]]) -> tuple[StoredRevision, ...]:
    """Store the revisions of many milestones, by their numbers; returns those that were not there yet, likewise."""
    told = {(number, *_identity(one)): (number, one) for number, many in revisions.items() for one in many}
    touched = [number for number, many in revisions.items() if many]
    before = {(stored.milestone_id, *_identity(stored.revision)) for stored in _of(connection, touched)}
    fresh = {identity: told[identity] for identity in told if identity not in before}
    if not fresh:
        return ()
    connection.execute(
        insert_new(connection, tables.revisions), [_cells(number, one) for number, one in fresh.values()]
    )
    stored = _of(connection, sorted({number for number, _ in fresh.values()}))
    return tuple(one for one in stored if (one.milestone_id, *_identity(one.revision)) in fresh)


def of_milestone(connection: Connection, milestone_id: int) -> tuple[StoredRevision, ...]:
    """Read the revisions of one milestone in the order in which they were found out."""
    return _of(connection, [milestone_id])


def since(
    connection: Connection,
    revision_id: int,
    timeline: str | None = None,
    backfill: bool = True,
    until: int | None = None,
) -> tuple[StoredRevision, ...]:
    """Read what was found out after a revision, of milestones that are followed; 0 reads everything.

    `until` is the last one to be read.
    """
    statement = _followed().where(tables.revisions.c.id > revision_id)
    if until is not None:
        statement = statement.where(tables.revisions.c.id <= until)
    if timeline is not None:
        statement = statement.where(tables.timelines.c.key == timeline)
    if not backfill:
        statement = statement.where(tables.revisions.c.backfill.is_(False))
    return _read(connection, statement)


def last_id(connection: Connection) -> int:
    """Read the number of the newest revision; 0 where there is none."""
    newest: int | None = connection.execute(select(func.max(tables.revisions.c.id))).scalar_one()
    return newest or 0


def _followed() -> Select[tuple[object, ...]]:
    joined = tables.revisions.join(tables.milestones).join(tables.timelines)
    return select(tables.revisions).select_from(joined).where(FOLLOWED)


def _of(connection: Connection, milestone_ids: Sequence[int]) -> tuple[StoredRevision, ...]:
    column = tables.revisions.c.milestone_id
    parts = (_read(connection, select(tables.revisions).where(column.in_(part))) for part in chunks(milestone_ids))
    return tuple(sorted(chain.from_iterable(parts), key=lambda stored: stored.id))


def _read(connection: Connection, statement: Select[tuple[object, ...]]) -> tuple[StoredRevision, ...]:
    rows: Iterable[RowMapping] = connection.execute(statement.order_by(tables.revisions.c.id)).mappings()
    return tuple(StoredRevision(row["id"], row["milestone_id"], revision_in(row)) for row in rows)


def _identity(revision: Revision) -> tuple[object, ...]:
    return revision.claim_id, revision.kind, revision.happened_at


def _cells(milestone_id: int, revision: Revision) -> dict[str, object]:
    return {
        "milestone_id": milestone_id,
        "claim_id": revision.claim_id,
        "kind": revision.kind.value,
        "happened_at": revision.happened_at,
        **window_cells("old", revision.old),
        **window_cells("new", revision.new),
        "days_last": revision.days_last,
        "days_first": revision.days_first,
        "backfill": revision.backfill,
    }


def revision_in(row: RowMapping) -> Revision:
    """Read a revision back from its row."""
    return Revision(
        kind=RevisionKind(row["kind"]),
        claim_id=row["claim_id"],
        happened_at=row["happened_at"],
        old=window_in(row, "old"),
        new=window_in(row, "new"),
        days_last=row["days_last"],
        days_first=row["days_first"],
        backfill=row["backfill"],
    )
