"""Timelines, saved so that loading one returns an equal value, and retired rather than deleted."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, Table, bindparam, delete, insert, select, update

from evtimeline.core.milestones import Entity, Milestone, Names, Timeline, Titles
from evtimeline.errors import UnknownKeyError
from evtimeline.store import milestones, tables
from evtimeline.store.batches import chunks, insert_new


def save(connection: Connection, timeline: Timeline, now: datetime) -> Mapping[str, int]:
    """Make the stored timeline equal to `timeline`; returns the number of each milestone by key.

    Milestones keep their numbers by key. Those that are missing from `timeline` are retired with their ledger, and
    come back with it when they are named again. Saving an equal timeline writes nothing.
    """
    if _stored(connection, timeline.key) != timeline:
        timeline_id = _save_head(connection, timeline, now)
        _save_entities(connection, timeline_id, timeline.entities)
        _save_milestones(connection, timeline_id, timeline.milestones, now)
    return {key: number for (_, key), number in milestones.ids(connection, timeline.key).items()}


def load(connection: Connection, key: str) -> Timeline:
    """Read one timeline; raises UnknownKeyError with the nearest known name."""
    timeline = _stored(connection, key)
    if timeline is None:
        hint = milestones.nearest(key, keys(connection)) or ": `evtimeline milestone list` shows what there is"
        raise UnknownKeyError(f"there is no timeline {key}{hint}")
    return timeline


def load_all(connection: Connection) -> tuple[Timeline, ...]:
    """Read every timeline that is followed, the oldest first, in four queries however many there are."""
    return _assembled(connection, _followed(connection))


def load_for_reading(connection: Connection) -> tuple[Timeline, ...]:
    """Read the same, with no more of each milestone than texts are read against: that takes half the time."""
    return _assembled(connection, _followed(connection), milestones.NAMED, milestones.named_in)


def keys(connection: Connection) -> tuple[str, ...]:
    """List the keys of the timelines that are followed, the oldest first."""
    columns = tables.timelines.c
    statement = select(columns.key).where(columns.retired_at.is_(None)).order_by(columns.id)
    return tuple(connection.execute(statement).scalars())


def titles(connection: Connection) -> Mapping[str, Titles]:
    """Map the keys of the timelines, retired ones too, to their titles."""
    columns = tables.timelines.c
    return {row.key: row.titles for row in connection.execute(select(columns.key, columns.titles))}


def retire(connection: Connection, key: str, now: datetime) -> None:
    """Stop following a timeline; its ledgers stay. Raises UnknownKeyError with the nearest known name."""
    load(connection, key)
    connection.execute(update(tables.timelines).where(tables.timelines.c.key == key).values(retired_at=now))


def _stored(connection: Connection, key: str) -> Timeline | None:
    columns = tables.timelines.c
    statement = select(tables.timelines).where(columns.key == key, columns.retired_at.is_(None))
    found = _assembled(connection, connection.execute(statement).mappings().all())
    return found[0] if found else None


def _followed(connection: Connection) -> Sequence[RowMapping]:
    columns = tables.timelines.c
    statement = select(tables.timelines).where(columns.retired_at.is_(None)).order_by(columns.id)
    return connection.execute(statement).mappings().all()


def _assembled(
    connection: Connection,
    heads: Iterable[RowMapping],
    chosen: Iterable[ColumnElement[object]] = tables.milestones.c,
    milestone_in: Callable[[RowMapping], Milestone] = milestones.milestone_in,
) -> tuple[Timeline, ...]:
    """The timelines with all that is theirs; of milestones the columns that `milestone_in` reads."""
    found = {head["id"]: Timeline(head["key"], head["titles"], head["zone"]) for head in heads}
    entities: dict[int, list[Entity]] = {number: [] for number in found}
    kept: dict[int, list[Milestone]] = {number: [] for number in found}
    for part in chunks(sorted(found)):
        for row in _rows_of(connection, part, tables.entities, tables.entities.c):
            names = Names(tuple(row["names"]), tuple(row["exclusions"]))
            entities[row["timeline_id"]].append(Entity(row["key"], names))
        for row in _rows_of(connection, part, tables.milestones, chosen):
            if row["retired_at"] is None:
                kept[row["timeline_id"]].append(milestone_in(row))
    return tuple(
        replace(timeline, entities=tuple(entities[number]), milestones=tuple(kept[number]))
        for number, timeline in found.items()
    )


def _rows_of(
    connection: Connection, timeline_ids: Iterable[int], table: Table, chosen: Iterable[ColumnElement[object]]
) -> Iterable[RowMapping]:
    statement = select(*chosen).where(table.c.timeline_id.in_(timeline_ids)).order_by(table.c.position)
    return connection.execute(statement).mappings()


def _save_head(connection: Connection, timeline: Timeline, now: datetime) -> int:
    columns = tables.timelines.c
    cells = {"titles": dict(timeline.titles), "zone": timeline.zone}
    connection.execute(insert_new(connection, tables.timelines), [{"key": timeline.key, "created_at": now, **cells}])
    # The lock keeps two processes that save one timeline apart; on SQLite there is only one writer anyhow.
    held = select(columns.id).where(columns.key == timeline.key).with_for_update()
    number: int = connection.execute(held).scalar_one()
    connection.execute(update(tables.timelines).where(columns.id == number).values(retired_at=None, **cells))
    return number


def _save_entities(connection: Connection, timeline_id: int, entities: Iterable[Entity]) -> None:
    connection.execute(delete(tables.entities).where(tables.entities.c.timeline_id == timeline_id))
    rows = [
        {
            "timeline_id": timeline_id,
            "key": entity.key,
            "names": list(entity.names.names),
            "exclusions": list(entity.names.exclusions),
            "position": position,
        }
        for position, entity in enumerate(entities)
    ]
    if rows:
        connection.execute(insert(tables.entities), rows)


def _save_milestones(connection: Connection, timeline_id: int, wanted: Iterable[Milestone], now: datetime) -> None:
    columns = tables.milestones.c
    statement = select(columns.key, columns.id).where(columns.timeline_id == timeline_id)
    known = {row.key: row.id for row in connection.execute(statement)}
    rows = {
        milestone.key: {**milestones.cells(milestone), "position": position, "retired_at": None}
        for position, milestone in enumerate(wanted)
    }
    new = [{**row, "timeline_id": timeline_id, "created_at": now} for key, row in rows.items() if key not in known]
    old = [{**row, "number": known[key]} for key, row in rows.items() if key in known]
    if new:
        connection.execute(insert(tables.milestones), new)
    if old:
        connection.execute(update(tables.milestones).where(columns.id == bindparam("number")), old)
    _retire(connection, [number for key, number in known.items() if key not in rows], now)


def _retire(connection: Connection, milestone_ids: list[int], now: datetime) -> None:
    columns = tables.milestones.c
    for part in chunks(milestone_ids):
        gone = columns.id.in_(part) & columns.retired_at.is_(None)
        connection.execute(update(tables.milestones).where(gone).values(retired_at=now))
