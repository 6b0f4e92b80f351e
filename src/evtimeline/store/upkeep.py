"""Keeps a SQLite file quick and small; PostgreSQL looks after itself (autovacuum)."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import cast

from sqlalchemy import Engine

from evtimeline.store.engine import BUSY_SECONDS
from evtimeline.store.failures import translated


def tidy(engine: Engine) -> None:
    """Let SQLite learn which indexes help, and give its log back to the disk where nobody is reading from it.

    A file that was put here as a plain copy gets a log (WAL), beside which readers hold up no writer.
    """
    if engine.dialect.name != "sqlite":
        return
    with _bare(engine) as connection:
        connection.execute("PRAGMA analysis_limit = 400")
        connection.execute("PRAGMA optimize")
        connection.execute("PRAGMA busy_timeout = 0")  # nobody is made to wait for a shorter log
        with suppress(sqlite3.OperationalError):  # in use: the next time then
            connection.execute("PRAGMA journal_mode = WAL").fetchall()
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000:.0f}")


def shrink(engine: Engine) -> int:
    """Give the room of what was cleared back to the disk; returns how many bytes.

    Takes as much room again while it lasts, and nobody else can write meanwhile. 0 on PostgreSQL. Raises StoreError.
    """
    if engine.dialect.name != "sqlite":
        return 0
    path = Path(engine.url.database or "")
    with _bare(engine) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        before = path.stat().st_size
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return max(before - path.stat().st_size, 0)


@contextmanager
def _bare(engine: Engine) -> Iterator[sqlite3.Connection]:
    """A connection without a transaction, in which SQLite does none of this."""
    with translated(engine.url), closing(engine.raw_connection()) as pooled:
        yield cast("sqlite3.Connection", pooled.driver_connection)
