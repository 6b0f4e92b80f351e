"""Phrases that a person said a milestone is not about, so that the same mistake is not asked twice."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, select

from evtimeline.store import tables
from evtimeline.store.batches import insert_new
from evtimeline.store.milestones import FILE_ORDER, FOLLOWED, Ref


def add(connection: Connection, milestone_id: int, phrase: str, decided_by: str, now: datetime) -> None:
    """Exclude a phrase from a milestone; once is enough."""
    row = {"milestone_id": milestone_id, "phrase": phrase, "decided_by": decided_by, "created_at": now}
    connection.execute(insert_new(connection, tables.exclusions), [row])


def remove(connection: Connection, milestone_id: int, phrase: str) -> None:
    """Take an exclusion back."""
    columns = tables.exclusions.c
    connection.execute(delete(tables.exclusions).where(columns.milestone_id == milestone_id, columns.phrase == phrase))


def load_all(connection: Connection) -> Mapping[Ref, tuple[str, ...]]:
    """Read the excluded phrases of every milestone that is followed and has some."""
    statement = (
        select(tables.timelines.c.key.label("timeline"), tables.milestones.c.key, tables.exclusions.c.phrase)
        .select_from(tables.exclusions)
        .join(tables.milestones)
        .join(tables.timelines)
        .where(FOLLOWED)
        .order_by(*FILE_ORDER, tables.exclusions.c.id)
    )
    found: dict[Ref, tuple[str, ...]] = {}
    for row in connection.execute(statement):
        place = (row.timeline, row.key)
        found[place] = (*found.get(place, ()), row.phrase)
    return found
