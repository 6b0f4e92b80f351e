"""What stands for each milestone, kept beside the ledger so that showing it folds nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from evtimeline.core.standing import Standing
from evtimeline.store import tables
from evtimeline.store.batches import insert_or_replace
from evtimeline.store.milestones import FILE_ORDER, FOLLOWED, JOINED, StoredMilestone, stored_in
from evtimeline.store.payloads import decode, encode


@dataclass(frozen=True)
class StoredStanding:
    """A milestone with what stands for it; a milestone that was never settled has an empty standing."""

    milestone: StoredMilestone
    standing: Standing


def save(connection: Connection, milestone_id: int, standing: Standing) -> None:
    """Keep what stands for one milestone, instead of what stood before."""
    save_all(connection, {milestone_id: standing})


def save_all(connection: Connection, standings: Mapping[int, Standing]) -> None:
    """Keep what stands for many milestones, by their numbers, in one statement."""
    rows = [_cells(number, standing) for number, standing in standings.items()]
    if rows:
        connection.execute(insert_or_replace(connection, tables.standings), rows)


def load_all(connection: Connection, timeline: str | None = None) -> tuple[StoredStanding, ...]:
    """Read every followed milestone with what stands, in the order of their files; one query, no claims."""
    statement = (
        select(*JOINED, tables.standings.c.standing)
        .select_from(tables.milestones.join(tables.timelines).outerjoin(tables.standings))
        .where(FOLLOWED)
        .order_by(*FILE_ORDER)
    )
    if timeline is not None:
        statement = statement.where(tables.timelines.c.key == timeline)
    rows = connection.execute(statement).mappings()
    return tuple(StoredStanding(stored_in(row), standing_of(row["standing"])) for row in rows)


def load(connection: Connection, milestone_id: int) -> Standing:
    """Read what stands for one milestone."""
    statement = select(tables.standings.c.standing).where(tables.standings.c.milestone_id == milestone_id)
    return standing_of(connection.execute(statement).scalar_one_or_none())


def standing_of(payload: object) -> Standing:
    """Read a standing back from its cell; None is the standing of a milestone that was never settled."""
    return Standing() if payload is None else decode(Standing, payload)


def _cells(milestone_id: int, standing: Standing) -> dict[str, object]:
    return {
        "milestone_id": milestone_id,
        "outcome": standing.outcome.value,
        "latest": standing.window.latest if standing.window else None,
        "pending": standing.pending,
        "standing": encode(standing),
    }
