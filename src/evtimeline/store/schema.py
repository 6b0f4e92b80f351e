"""Creates, checks and upgrades the tables; Alembic is imported only when something has to change."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, inspect, text

import evtimeline
from evtimeline.errors import SchemaTooNewError, SchemaTooOldError, StoreError
from evtimeline.store.backup import save_before_migration
from evtimeline.store.engine import connect, parse_url, reading, writing
from evtimeline.store.failures import MISSING_TABLES, place

REVISIONS = ("0001", "0002", "0003", "0004")
"""Every revision of the schema, oldest first; a test compares them with `migrations/versions`."""

HEAD = REVISIONS[-1]

BACKUPS = "backups"
"""The folder in which a database is kept as it was before a migration."""


def current(engine: Engine) -> str | None:
    """Read the revision of the schema; None where there are no tables yet."""
    with reading(engine) as connection:
        return _revision(connection)


def check(engine: Engine) -> None:
    """Make sure that the tables are the ones this version knows; costs one small query.

    Raises SchemaTooOldError or SchemaTooNewError, whose sentence names the command that helps.
    """
    revision = current(engine)
    if revision == HEAD:
        return
    where = place(engine.url)
    if revision is None:
        raise SchemaTooOldError(MISSING_TABLES.format(place=where))
    if revision in REVISIONS:
        raise SchemaTooOldError(
            f"{where} was made by an older evtimeline: run `evtimeline upgrade` (it makes a backup)"
        )
    raise SchemaTooNewError(f"{where} was made by a newer evtimeline ({revision}): install the newest version")


def upgrade(url: str, now: datetime, backup_dir: Path | None = None, *, backup: bool = True) -> Path | None:
    """Bring the tables to HEAD, all of it or nothing, making the SQLite file where there is none.

    A SQLite file that holds tables is copied first, unless `backup` is false, into the folder `backups` of
    `backup_dir` or beside it; returns the copy's path. PostgreSQL is not copied. Does nothing when the tables are at
    HEAD. Raises StoreError, SchemaTooNewError.
    """
    engine = connect(url, create=True, foreign_keys=False)
    try:
        revision = current(engine)
        if revision == HEAD:
            return None
        if revision is not None and revision not in REVISIONS:
            check(engine)
        saved = _backup(parse_url(url), revision, now, backup_dir) if revision and backup else None
        _migrate(engine)
    finally:
        engine.dispose()
    return saved


def move(connection: Connection, revision: str) -> None:
    """Bring the tables to a revision, in the caller's transaction; to an older one only what that knows stays.

    On SQLite foreign keys must be off, and `check_references` be asked afterwards. Raises StoreError.
    """
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(migrations_path()).replace("%", "%%"))
    config.attributes["connection"] = connection
    before = _revision(connection)
    backwards = before in REVISIONS and REVISIONS.index(before) > REVISIONS.index(revision)
    try:
        (command.downgrade if backwards else command.upgrade)(config, revision)
    except CommandError as error:
        raise StoreError(f"the tables of {place(connection.engine.url)} cannot be upgraded: {error}") from error


def check_references(connection: Connection) -> None:
    """Make up for foreign keys being off while SQLite's tables are rebuilt. Raises StoreError."""
    if connection.dialect.name == "sqlite" and connection.execute(text("PRAGMA foreign_key_check")).first():
        raise StoreError("rows would refer to others that are not there; nothing was changed: please report this")


def migrations_path() -> Path:
    """Find the migrations: in the installed package, else in the checkout. Raises StoreError where neither is."""
    package = Path(evtimeline.__file__).parent
    for folder in (package / "migrations", package.parents[1] / "migrations"):
        if (folder / "env.py").exists():
            return folder
    raise StoreError("the migrations are missing from this installation: install evtimeline again")


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _backup(address: URL, revision: str, now: datetime, folder: Path | None) -> Path | None:
    if address.get_backend_name() != "sqlite":
        return None
    source = Path(address.database or "")
    return save_before_migration(source, revision, now, (folder or source.parent) / BACKUPS)


def _migrate(engine: Engine) -> None:
    with writing(engine) as connection:
        _wait_for_others(connection)
        move(connection, HEAD)
        check_references(connection)


def _wait_for_others(connection: Connection) -> None:
    """Let one process migrate at a time; SQLite's write lock does that by itself."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('evtimeline migrations'))"))
