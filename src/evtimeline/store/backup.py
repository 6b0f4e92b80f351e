"""Copies a SQLite database that may be in use, and says what a copy holds only after checking every page of it."""

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import URL

from evtimeline.errors import EvtimelineError, StoreError
from evtimeline.store.failures import translated
from evtimeline.store.wholefile import written_whole

KEPT = 3
"""Copies of former migrations that stay; the one that is made now is one of them."""

_NAME = re.compile(r"evtimeline-\w+-(\d{8}T\d{6}Z)\.db")
_MAGIC = b"SQLite format 3\x00"


@dataclass(frozen=True)
class Contents:
    """What a database holds: the revision of its schema, None without one, and the rows of each table by its name."""

    revision: str | None
    rows: tuple[tuple[str, int], ...]

    def count(self, table: str) -> int:
        """How many rows a table has; 0 where there is no such table."""
        return dict(self.rows).get(table, 0)


def is_sqlite(path: Path) -> bool:
    """Whether a file is a SQLite database, by its first bytes; raises StoreError when it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {error.strerror or error}") from error


def copy(source: Path, target: Path) -> Contents:
    """Copy a database, whoever writes to it meanwhile, over `target` or not at all; returns what was copied.

    The copy is one file, for the owner alone, and is checked before it gets its name: every page, every reference,
    and as many rows as the source had at that instant. Raises StoreError, WorkspaceError.
    """
    with written_whole(target) as unfinished:
        return copy_into(source, unfinished)


def copy_into(source: Path, empty: Path) -> Contents:
    """Copy a database into an empty file and check the copy; see `copy`."""
    with closing(_opened(source)) as old, translated(_address(source)):
        old.execute("BEGIN")
        before = contents_of(old)
        with translated(_address(empty)), closing(sqlite3.connect(empty, isolation_level=None)) as new:
            new.execute("PRAGMA synchronous = OFF")  # whoever gives it its name waits for the disk
            old.backup(new)
            new.execute("PRAGMA journal_mode = DELETE")  # one file that says everything
            _check(new, source)
            found = contents_of(new)
    if found != before:
        raise StoreError(f"the copy of {source} holds other rows than the database: check the disk and try again")
    return found


def contents_of(connection: sqlite3.Connection) -> Contents:
    """Count what a database holds."""
    named = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    names = sorted(name for (name,) in named.fetchall())
    counted = [connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names]
    revision = None
    if "alembic_version" in names:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        revision = row[0] if row else None
    return Contents(revision, tuple(zip(names, counted, strict=True)))


def save_before_migration(database: Path, revision: str, now: datetime, folder: Path) -> Path:
    """Copy a database whose schema is about to change into `folder`, and keep the last KEPT such copies.

    Returns the copy's path. Raises StoreError that says how to go on.
    """
    target = folder / f"evtimeline-{revision}-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.db"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        copy(database, target)
        for _, old in sorted((name[1], path) for path, name in _former(folder))[:-KEPT]:
            old.unlink(missing_ok=True)
    except (EvtimelineError, OSError) as error:
        raise StoreError(
            f"no backup could be made in {folder}, so nothing was upgraded: {error}; "
            "or run `evtimeline upgrade --no-backup` if you have a backup of your own"
        ) from error
    return target


def _former(folder: Path) -> list[tuple[Path, re.Match[str]]]:
    return [(path, name) for path in folder.iterdir() if (name := _NAME.fullmatch(path.name))]


def _opened(path: Path) -> sqlite3.Connection:
    if not path.exists():
        raise StoreError(f"there is no database at {path}: check the path, or run `evtimeline init`")
    with translated(_address(path)):
        return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)


def _check(connection: sqlite3.Connection, source: Path) -> None:
    (answer,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if answer != "ok":
        raise StoreError(f"{source} is damaged ({str(answer).splitlines()[0]}): restore an older backup")
    broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if broken:
        raise StoreError(f"{source} is damaged (rows of {broken[0]} refer to nothing): restore an older backup")


def _address(path: Path) -> URL:
    return URL.create("sqlite", database=str(path))
