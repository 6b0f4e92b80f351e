"""Looks at how a database is: whether it is whole and takes writes, how large it is, and what it knew last."""

import shutil
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, func, select, text

from evtimeline.core.checkup_place import Condition
from evtimeline.store import schema, tables, tables_telling
from evtimeline.store.engine import reading, writing
from evtimeline.store.failures import place
from evtimeline.store.tables_running import daemons

_NO_DAMAGE = ("ok", "*** in database main ***")

TESTED_SERVER = 15
"""The oldest PostgreSQL that the tests run on."""


def examine(engine: Engine, *, full: bool = False) -> Condition:
    """Look at the whole database; `full`: at its indexes, too. Other tables than ours are no obstacle.

    Raises StoreError when it cannot be opened, was made by another version, or takes no writes now.
    """
    schema.check(engine)
    look = _look_at_file if engine.dialect.name == "sqlite" else _look_at_server
    condition = look(engine, full)
    if not condition.read_only:
        with writing(engine, durable=False):
            """Beginning to write tells whether we could."""
    return condition


def server_version(engine: Engine) -> str | None:
    """The version of a PostgreSQL that is older than any that is tested; None for all others. Raises StoreError."""
    if engine.dialect.name == "sqlite":
        return None
    with reading(engine) as connection:
        number = connection.execute(text("SELECT current_setting('server_version_num')::int")).scalar_one()
    return f"{number // 10_000}.{number % 10_000}" if number < TESTED_SERVER * 10_000 else None


def newest_instant(connection: Connection) -> datetime | None:
    """The last instant at which something was written down; the rows that come last say it."""
    feeds, claims, messages = tables.feeds.c, tables.claims.c, tables_telling.messages.c
    statements = (
        select(func.max(feeds.attempted_at)),
        select(func.max(daemons.c.beat_at)),
        select(claims.learned_at).order_by(claims.id.desc()).limit(1),
        select(messages.created_at).order_by(messages.id.desc()).limit(1),
    )
    found = [connection.execute(statement).scalar() for statement in statements]
    return max((one for one in found if one is not None), default=None)


def began_at(connection: Connection) -> datetime | None:
    """When the first entry was stored; None where there is none."""
    entries = tables.entries.c
    began: datetime | None = connection.execute(select(entries.first_seen_at).order_by(entries.id).limit(1)).scalar()
    return began


def zones(connection: Connection) -> frozenset[str]:
    """The time zones that timelines and present subscriptions name."""
    told = tables_telling.subscriptions.c
    ours = select(tables.timelines.c.zone).where(tables.timelines.c.retired_at.is_(None))
    theirs = select(told.zone).where(told.removed_at.is_(None))
    return frozenset(connection.execute(ours.union(theirs)).scalars())


def _look_at_file(engine: Engine, full: bool) -> Condition:
    path = Path(engine.url.database or "")
    with reading(engine) as connection:
        answers = connection.execute(text(f"PRAGMA {'integrity' if full else 'quick'}_check(10)")).scalars()
        damage = tuple(line for one in answers for line in str(one).splitlines() if line not in _NO_DAMAGE)
        orphans = () if damage else _orphans(connection)
    log = path.with_name(path.name + "-wal")
    return Condition(
        place=place(engine.url),
        revision=schema.HEAD,
        damage=damage,
        orphans=orphans,
        size=path.stat().st_size,
        log=log.stat().st_size if log.exists() else 0,
        free=shutil.disk_usage(path.parent).free,
    )


def _orphans(connection: Connection) -> tuple[str, ...]:
    rows = connection.execute(text('SELECT DISTINCT "table" FROM pragma_foreign_key_check')).scalars()
    return tuple(sorted(map(str, rows)))


def _look_at_server(engine: Engine, _full: bool) -> Condition:
    with reading(engine) as connection:
        size = connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one()
        standby = connection.execute(text("SELECT pg_is_in_recovery()")).scalar_one()
    return Condition(place(engine.url), schema.HEAD, size=size, read_only=standby)
