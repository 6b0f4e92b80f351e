"""Writes many rows in few statements, alike on both databases."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Connection, Table

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite

T = TypeVar("T")

CHUNK = 5_000
"""Values of one IN list; both databases take over 30,000 parameters a statement."""


def insert_new(connection: Connection, table: Table) -> "sqlite.Insert | postgresql.Insert":
    """Make an INSERT for `table` that passes over rows whose unique key is taken."""
    return _insert(connection, table).on_conflict_do_nothing()


def insert_or_replace(connection: Connection, table: Table) -> "sqlite.Insert | postgresql.Insert":
    """Make an INSERT for all columns of `table` that overwrites the row of the same primary key."""
    statement = _insert(connection, table)
    keys = [column.name for column in table.primary_key]
    changes = {column.name: statement.excluded[column.name] for column in table.columns if not column.primary_key}
    return statement.on_conflict_do_update(index_elements=keys, set_=changes)


def chunks(values: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """Cut a sequence into parts that fit into one statement."""
    return (values[start : start + size] for start in range(0, len(values), size))


def _insert(connection: Connection, table: Table) -> "sqlite.Insert | postgresql.Insert":
    # A dialect is imported when it is in use: PostgreSQL's takes 30 ms.
    if connection.dialect.name == "sqlite":
        from sqlalchemy.dialects import sqlite

        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table)
