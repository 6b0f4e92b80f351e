"""Says in one sentence why a database could not be used, and what to do; passwords stay out of it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL
from sqlalchemy.exc import DatabaseError, DBAPIError, InternalError, OperationalError, ProgrammingError

from evtimeline.errors import SchemaTooOldError, StoreAwayError, StoreError

FULL = "the disk of {place} is full: make room and try again; nothing of this step was kept"
RESTORE = "restore a backup of it with `evtimeline restore FILE`, or choose another workspace"

SQLITE_SENTENCES = (
    ("database is locked", "another process is writing to {place}: wait until it is done and try again"),
    ("database table is locked", "another process is writing to {place}: wait until it is done and try again"),
    ("readonly", "{place} cannot be written: make the file and its folder writable, or use another workspace"),
    ("disk is full", FULL),
    ("sqlite_ioerr_shmsize", FULL),  # no room for the index of its log
    ("disk i/o error", "the disk of {place} fails: check it, then restore the last backup if the database is damaged"),
    ("not a database", "{place} is not a database of evtimeline, or is damaged: " + RESTORE),
    ("malformed", "{place} is damaged: " + RESTORE),
    ("unable to open", "{place} cannot be opened: check that the folder exists and that you may write to it"),
)

STARTING = "{place} is starting or stopping: try again"

POSTGRESQL_SENTENCES = (
    ("the database system is", STARTING),  # who is refused at the door is told no SQLSTATE
    ("数据库系统", STARTING),
    ("password authentication failed", "{place} refuses the user or the password: check the database address"),
    ("no password supplied", "{place} asks for a password: put it into the database address or into ~/.pgpass"),
    ("authentication failed", "{place} refuses the user: check the database address"),
    ('role "', "{place} does not know the user: create the role or check the database address"),
    ('database "', "there is no such database: create it with createdb ({place})"),
    ("connection refused", "no PostgreSQL answers at {place}: start it or check the database address"),
    ("no such file or directory", "no PostgreSQL answers at {place}: start it or check the database address"),
    ("timeout", "{place} does not answer in time: check the network and the database address"),
    ("resolve", "the host of {place} is not known: check the database address"),
    ("too many", "{place} has no connection left: close other programs or raise max_connections"),
    ("server closed the connection", "{place} ended the connection: try again"),
    ("connection is lost", "{place} ended the connection: try again"),
    ("connection is closed", "{place} ended the connection: try again"),
    ("consuming input failed", "{place} ended the connection: try again"),
    ("session is not read-only", "{place} takes writes, and a standby was asked for: check the database address"),
    ("session is read-only", "{place} takes no writes (a standby?): use the address of the primary server"),
)

PREPARED = (
    "the connection pooler in front of {place} loses prepared statements: "
    "add ?prepare_threshold=none to the database address"
)

POSTGRESQL_STATES = {
    "25006": "{place} takes no writes (a standby?): use the address of the primary server",
    "25P03": "{place} ended a transaction that stood still for too long: try again",
    "25P04": "{place} ended a transaction that took too long: try again",
    "26000": PREPARED,
    "40001": "another process is writing the same rows of {place}: try again",
    "40P01": "another process is writing the same rows of {place}: try again",
    "42P05": PREPARED,
    "42501": "the user of {place} may not do that: grant the rights on its tables",
    "53100": FULL,
    "53300": "{place} has no connection left: close other programs or raise max_connections",
    "57014": "{place} stopped the statement, which took too long: try again",
    "57P01": "{place} ended the connection: try again",
    "57P02": "{place} crashed and is starting again: try again",
    "57P03": STARTING,
    "XX001": "{place} is damaged: restore a backup of it",
}
"""By SQLSTATE, for a server may speak any language; refused connections carry none and are known by their words."""

PASSING = frozenset(
    {
        "database is locked",
        "the database system is",
        "数据库系统",
        "connection refused",
        "no such file or directory",
        "timeout",
        "too many",
        "server closed the connection",
        "connection is lost",
        "connection is closed",
        "consuming input failed",
        "53300",
        "57P01",
        "57P02",
        "57P03",
    }
)
"""The signs and states of failures that end by themselves, sooner or later."""

MISSING_TABLES = (
    "{place} has no tables of evtimeline: run `evtimeline init`, or `evtimeline restore FILE` if it had some"
)


@contextmanager
def translated(url: URL) -> Iterator[None]:
    """Turn a database's failure inside the block into a StoreError that says what to do."""
    try:
        yield
    except DBAPIError as error:
        cause = error.orig or error
        if not isinstance(error, OperationalError | ProgrammingError | InternalError) and not _is_plain_damage(error):
            raise
        raise _failure(cause, url) from error
    except sqlite3.DatabaseError as error:
        raise _failure(error, url) from error


def place(url: URL) -> str:
    """Name a database for a sentence: the file, or host and name without user and password."""
    if url.get_backend_name() == "sqlite":
        return url.database or "the database"
    hosts = url.query.get("host") or "this machine"
    host = url.host or (hosts if isinstance(hosts, str) else ",".join(hosts))
    port = f":{url.port}" if url.port else ""
    return f"{host}{port}/{url.database or ''}"


def _is_plain_damage(error: DBAPIError) -> bool:
    # SQLite reports a damaged file as the bare DatabaseError; integrity errors are its subclasses.
    return type(error) is DatabaseError


def _failure(cause: BaseException, url: URL) -> StoreError:
    text = f"{getattr(cause, 'sqlite_errorname', '')} {cause}".lower()
    state = getattr(cause, "sqlstate", None)
    if "no such table" in text or state == "42P01":
        return SchemaTooOldError(MISSING_TABLES.format(place=place(url)))
    if state in POSTGRESQL_STATES:
        return _kind(state)(POSTGRESQL_STATES[state].format(place=place(url)))
    sentences = SQLITE_SENTENCES if url.get_backend_name() == "sqlite" else POSTGRESQL_SENTENCES
    for sign, sentence in sentences:
        if sign in text:
            return _kind(sign)(sentence.format(place=place(url)))
    return StoreError(f"the database {place(url)} failed: {_first_line(cause, url)}")


def _kind(sign: str) -> type[StoreError]:
    return StoreAwayError if sign in PASSING else StoreError


def _first_line(cause: BaseException, url: URL) -> str:
    line = (str(cause).strip() or type(cause).__name__).splitlines()[0]
    return line.replace(str(url.password), "***") if url.password else line
