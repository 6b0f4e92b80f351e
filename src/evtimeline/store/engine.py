"""Connects to SQLite or PostgreSQL, and opens the two kinds of transaction: one that reads and one that writes."""

import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import ArgumentError, DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

from evtimeline.errors import StoreError
from evtimeline.store.failures import translated

BUSY_SECONDS = 5.0
NOT_UNDERSTOOD = (
    "the database address is not understood: write sqlite:///path/to/file.db or postgresql://user@host/name"
)
LIVENESS = {
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
}
"""Of libpq, seconds and milliseconds: a server that has vanished without a word is noticed within a minute."""

STANDSTILL = "2min"
"""What a process that was frozen while it wrote has locked, others get after this time."""

_LIMITED = "SELECT set_config('idle_in_transaction_session_timeout', %s, true)"
_UNSYNCED = ", set_config('synchronous_commit', 'off', true)"
# For one transaction, so that a connection pooler passes them on.

PREPARE_THRESHOLD = 5
"""Uses after which a statement is prepared, unless the address says otherwise (psycopg's own, or `none`)."""

SPOILT = ("SQLITE_READONLY", "SQLITE_IOERR", "SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_CANTOPEN")
"""Failures after which a connection to a file is not used again: it may stay read-only, or believe what it cached."""

_WRITES = "evtimeline_writes"
_DURABLE = "evtimeline_durable"


def connect(url: str, *, busy_seconds: float = BUSY_SECONDS, create: bool = False, foreign_keys: bool = True) -> Engine:
    """Make the engine for `sqlite:///path` or `postgresql://...`; nothing is opened until it is used.

    `busy_seconds`: how long a writer waits for another. A SQLite file that is missing is made only with `create`.
    Dispose of the engine when done. Raises StoreError for an address that is none of the two.
    """
    address = parse_url(url)
    if address.get_backend_name() == "sqlite":
        return _sqlite(address, busy_seconds, create, foreign_keys)
    return _postgresql(address)


def parse_url(url: str) -> URL:
    """Read the address of a database; raises StoreError where it is neither SQLite's nor PostgreSQL's."""
    try:
        address = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise StoreError(NOT_UNDERSTOOD) from error
    backend = address.get_backend_name()
    if backend == "sqlite" and address.database and address.database != ":memory:":
        return URL.create("sqlite", database=address.database)
    if backend == "postgresql":
        return address.set(drivername="postgresql+psycopg")
    raise StoreError(NOT_UNDERSTOOD)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Open a transaction that sees one state of the database; raises StoreError when it cannot be read."""
    with translated(engine.url), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine, *, durable: bool = True) -> Iterator[Connection]:
    """Open a transaction that may write: all of it is kept, or, after any exception, nothing.

    On SQLite it holds the only write lock from the start, so that what it reads cannot change before it writes.
    Whatever was committed survives a killed process. With `durable` it survives a power cut too (SQLite's
    synchronous=FULL, PostgreSQL's synchronous_commit); without, a power cut may take back the last commits, whole
    ones: for polls, which repeat themselves. Raises StoreError when the database cannot be written.
    """
    options = {_WRITES: True, _DURABLE: durable}
    with translated(engine.url), engine.connect() as plain:
        connection = plain.execution_options(**options)
        with connection.begin():
            yield connection


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _postgresql(address: URL) -> Engine:
    threshold = str(address.query.get("prepare_threshold", PREPARE_THRESHOLD))
    known = {"prepare_threshold": int(threshold) if threshold.isdecimal() else None}
    address = address.difference_update_query(["prepare_threshold"])
    try:
        engine = create_engine(address, json_serializer=_json, pool_pre_ping=True, connect_args=LIVENESS | known)
    except ImportError as error:
        raise StoreError("PostgreSQL needs its driver: pip install 'evtimeline[postgresql]'") from error

    event.listen(engine, "begin", _prepare_writing)
    return engine


def _sqlite(address: URL, busy_seconds: float, create: bool, foreign_keys: bool) -> Engine:
    path = Path(address.database or "")
    opener = _opener(path, busy_seconds, create)
    engine = create_engine(address, json_serializer=_json, creator=opener)
    pragma = f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}"

    @event.listens_for(engine, "connect")
    def configure(connection: sqlite3.Connection, entry: ConnectionPoolEntry) -> None:
        connection.execute(pragma)
        entry.info["file"] = _identity(path)

    @event.listens_for(engine, "checkout")
    def verify(_connection: sqlite3.Connection, entry: ConnectionPoolEntry, _: object) -> None:
        if entry.info["file"] != _identity(path):  # what is written to a file without a name is lost
            raise DisconnectionError("the file was taken away or exchanged")

    event.listen(engine, "handle_error", _drop_spoilt)
    event.listen(engine, "begin", _begin)
    return engine


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_dev, state.st_ino


def _drop_spoilt(context: ExceptionContext) -> None:
    if getattr(context.original_exception, "sqlite_errorname", "").startswith(SPOILT):
        context.is_disconnect = True


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get(_WRITES):
        connection.exec_driver_sql(f"PRAGMA synchronous = {'FULL' if options.get(_DURABLE) else 'NORMAL'}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql("BEGIN")


def _prepare_writing(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get(_WRITES):
        connection.exec_driver_sql(_LIMITED if options.get(_DURABLE) else _LIMITED + _UNSYNCED, (STANDSTILL,))


def _opener(path: Path, busy_seconds: float, create: bool) -> Callable[[], sqlite3.Connection]:
    def open_file() -> sqlite3.Connection:
        if not create and not path.exists():
            raise StoreError(f"there is no database at {path}: put it back, or run `evtimeline init`")
        if create:
            _make_private(path)
        connection = _open(path, "mode=rwc" if create else "mode=rw", busy_seconds)
        try:
            connection.execute("PRAGMA journal_mode = WAL" if create else "PRAGMA schema_version").fetchone()
        except sqlite3.DatabaseError:
            connection.close()
            if not _is_frozen(path):
                raise
            return _open(path, "immutable=1", busy_seconds)
        return connection

    return open_file


def _make_private(path: Path) -> None:
    """Make a missing file that only its owner may read; what SQLite lays beside it gets the same mode."""
    with suppress(OSError):  # SQLite finds out by itself, in a sentence that is translated
        os.close(os.open(path, os.O_CREAT | os.O_CLOEXEC, 0o600))


def _open(path: Path, mode: str, busy_seconds: float) -> sqlite3.Connection:
    # isolation_level None: sqlite3 opens no transactions of its own, the "begin" event does.
    uri = f"{path.absolute().as_uri()}?{mode}"
    return sqlite3.connect(uri, uri=True, timeout=busy_seconds, isolation_level=None, check_same_thread=False)


def _is_frozen(path: Path) -> bool:
    """Say whether a database may be read as a file that nobody changes.

    In WAL mode SQLite wants to make two files beside the database, even to read it. Where it cannot (a read-only
    disk) and no unfinished log is left, the file is all there is.
    """
    log = path.with_name(path.name + "-wal")
    unfinished = log.exists() and log.stat().st_size > 0
    return path.exists() and os.access(path, os.R_OK) and not os.access(path.parent, os.W_OK) and not unfinished
