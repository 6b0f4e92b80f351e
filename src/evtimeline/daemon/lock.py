"""One daemon to a SQLite database: a locked file that says who holds it; the lock ends with its process."""

import fcntl
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from evtimeline.errors import WorkspaceError, WorkspaceHeldError


@dataclass(frozen=True)
class Holder:
    """Who works in a workspace: `what` is the command, `since` an instant in ISO 8601."""

    what: str
    pid: int
    host: str
    since: str


@contextmanager
def held(path: Path, what: str, now: datetime) -> Iterator[None]:
    """Hold the lock; a file that a dead process left is no obstacle.

    Raises WorkspaceHeldError that names the holder, and WorkspaceError where there can be no lock file.
    """
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise WorkspaceError(f"{path} cannot be written ({error.strerror}): make its folder writable") from error
    try:
        _lock(file, path)
        _write(file, Holder(what, os.getpid(), socket.gethostname(), now.isoformat(timespec="seconds")))
        yield
        os.ftruncate(file, 0)  # the file itself stays: removing it could let two processes hold two files of one name
    finally:
        os.close(file)


def holder_of(path: Path) -> Holder | None:
    """Who holds the lock now; None where nobody does, or nobody can tell. Looking disturbs nobody."""
    try:
        with path.open("rb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return _read(file.read())
    except OSError:
        return None
    return None


def _lock(file: int, path: Path) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise WorkspaceHeldError(_sentence(_read(os.read(file, 4096)), path)) from error
    except OSError as error:
        raise WorkspaceError(f"{path} cannot be locked ({error.strerror}): use a workspace on a local disk") from error


def _sentence(holder: Holder | None, path: Path) -> str:
    way = "stop it first, or use PostgreSQL, which any number of daemons can share"
    if holder is None:
        return f"another process holds {path}: {way}"
    who = f"`evtimeline {holder.what}` (process {holder.pid} on {holder.host})"
    return f"{who} has been working in {path.parent} since {holder.since}: {way}"


def _write(file: int, holder: Holder) -> None:
    os.ftruncate(file, 0)
    os.pwrite(file, (json.dumps(asdict(holder)) + "\n").encode(), 0)


def _read(content: bytes) -> Holder | None:
    try:
        return Holder(**json.loads(content))
    except (ValueError, TypeError):  # between the lock and the words, or written by another version
        return None
