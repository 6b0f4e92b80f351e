"""Silences: milestones of which nothing is told for a while; kept after they have ended."""

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from evtimeline.core.subscriptions import Silence
from evtimeline.errors import UnknownKeyError
from evtimeline.store import tables_telling

_TABLE = tables_telling.silences


def add(connection: Connection, silence: Silence) -> Silence:
    """Store a new silence; returns it with its number."""
    cells = {name: getattr(silence, name) for name in ("milestone_id", "until", "why", "by", "created_at")}
    number = connection.execute(insert(_TABLE).values(**cells).returning(_TABLE.c.id)).scalar_one()
    return Silence(**cells, id=number)


def load(connection: Connection) -> tuple[Silence, ...]:
    """Read the silences that nobody has lifted, ended ones too: which day it is depends on the timeline's zone."""
    columns = (_TABLE.c.milestone_id, _TABLE.c.until, _TABLE.c.why, _TABLE.c.by, _TABLE.c.created_at, _TABLE.c.id)
    rows = connection.execute(select(*columns).where(_TABLE.c.lifted_at.is_(None)).order_by(_TABLE.c.id))
    return tuple(Silence(**row) for row in rows.mappings())


def lift(connection: Connection, number: int, by: str, now: datetime) -> None:
    """End a silence early; who did it is kept. Raises UnknownKeyError where there is none to lift."""
    statement = update(_TABLE).where(_TABLE.c.id == number, _TABLE.c.lifted_at.is_(None))
    if not connection.execute(statement.values(lifted_at=now, lifted_by=by)).rowcount:
        raise UnknownKeyError(f"there is no silence {number} to lift: `evtimeline silences` lists them")
