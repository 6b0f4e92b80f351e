"""Puts a backup in the place of a SQLite database: checked and upgraded beside it first, then exchanged at once."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from sqlalchemy import URL

from evtimeline.errors import SchemaTooNewError, StoreError, WorkspaceError
from evtimeline.store import dump_file, schema
from evtimeline.store.backup import Contents, contents_of, copy_into, is_sqlite
from evtimeline.store.engine import BUSY_SECONDS
from evtimeline.store.failures import translated
from evtimeline.store.load import load
from evtimeline.store.wholefile import SQLITE_SIBLINGS, put, unfinished


@dataclass(frozen=True)
class Restored:
    """What the database holds now, the revision of the schema that the backup had, and where the old one is kept."""

    contents: Contents
    revision: str
    kept: Path | None


def restore(file: Path, database: Path, now: datetime) -> Restored:
    """Put a backup, a SQLite file or dumped lines, in the place of a database; nobody may be using that.

    The backup itself is not touched. Until the last moment the old database is in its place; then it is kept beside
    as `...before-restore-<instant>`. After a crash either of the two is in place, whole. Raises StoreError,
    WorkspaceError.
    """
    with unfinished(database, "restoring") as staged:
        revision = _fill(staged, file, now)
        with closing(sqlite3.connect(staged, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            contents = contents_of(connection)
        _hand_over(staged, database)
        with _alone(database) as whole:
            kept = _set_aside(database, now, whole=whole)
            put(staged, database)
    return Restored(contents, revision, kept)


def _fill(staged: Path, file: Path, now: datetime) -> str:
    """Make a checked database of this version in an empty file; returns the revision that the backup had."""
    url = f"sqlite:///{staged}"
    if not is_sqlite(file):
        schema.upgrade(url, now)
        return load(url, dump_file.read(file), str(file)).revision
    revision = copy_into(file, staged).revision
    if revision is None:
        raise StoreError(f"{file} is a SQLite database, but not one of evtimeline: name a file made by its backup")
    if revision not in schema.REVISIONS:
        raise SchemaTooNewError(f"{file} was made by a newer evtimeline ({revision}): install the newest version")
    schema.upgrade(url, now, backup=False)
    return revision


def _hand_over(staged: Path, database: Path) -> None:
    """Let the new file belong to whom the old one does, so that a daemon can still use what root has restored."""
    like = (database if database.exists() else database.parent).stat()
    if os.geteuid() == 0:
        os.chown(staged, like.st_uid, like.st_gid)
    if database.exists():
        staged.chmod(like.st_mode & 0o777)


@contextmanager
def _alone(database: Path) -> Iterator[bool]:
    """Keep everybody else off a database, with its log written into it; says whether that could be done.

    It cannot where there is no database, or it is damaged, which may be why it is replaced. Raises StoreError when
    others use it.
    """
    if database.exists() and is_sqlite(database):  # else SQLite would begin by throwing its log away
        with closing(sqlite3.connect(database, isolation_level=None, timeout=BUSY_SECONDS)) as connection:
            if _lock(connection, database):
                yield True
                return
    yield False


def _lock(connection: sqlite3.Connection, database: Path) -> bool:
    try:
        connection.execute("PRAGMA journal_mode = DELETE").fetchone()  # only the last one who has it open can do that
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise StoreError(
                f"another process is using {database}: stop it (`evtimeline daemon`?) and try again"
            ) from error
        with translated(URL.create("sqlite", database=str(database))):
            raise
    except sqlite3.DatabaseError:
        return False
    return True


def _set_aside(database: Path, now: datetime, *, whole: bool) -> Path | None:
    """Give the old database a second name; unless it is whole, what SQLite left beside it goes with it."""
    kept = _free_name(database, now)
    try:
        for sibling in () if whole else SQLITE_SIBLINGS:
            with suppress(FileNotFoundError):
                database.with_name(database.name + sibling).rename(kept.with_name(kept.name + sibling))
        if not database.exists():
            return None
        try:
            os.link(database, kept)
        except OSError:
            database.rename(kept)  # this disk knows no second names
    except OSError as error:
        raise WorkspaceError(f"{database} cannot be kept as {kept.name}: {error.strerror or error}") from error
    return kept


def _free_name(database: Path, now: datetime) -> Path:
    stem = f"{database.stem}.before-restore-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    names = (f"{stem}{f'-{number}' if number > 1 else ''}{database.suffix}" for number in count(1))
    return next(path for name in names if not (path := database.with_name(name)).exists())
