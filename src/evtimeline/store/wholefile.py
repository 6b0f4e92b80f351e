"""Writes private files whole or not at all: beside their place first, on the disk, then renamed."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from evtimeline.errors import UsageError, WorkspaceError

SQLITE_SIBLINGS = ("-wal", "-shm", "-journal")
"""What SQLite may lay beside a database, and must never find beside another of the same name."""


def check_target(target: Path, *, force: bool = False) -> None:
    """Make sure that a new file may be written; raises UsageError that says why not."""
    if target.is_dir():
        raise UsageError(f"{target} is a folder: name a file in it")
    if not target.parent.is_dir():
        raise UsageError(f"there is no folder {target.parent}: make it first")
    if target.exists() and not target.is_file():
        raise UsageError(f"{target} is no file: name one")
    if target.exists() and not force:
        raise UsageError(f"{target} is there already: name another file, or replace it with --force")


@contextmanager
def written_whole(target: Path) -> Iterator[Path]:
    """Give the path of an empty file, for the owner alone, that takes the place of `target` at the end of the block.

    After an exception nothing has changed. A file that a killed process left is written over by the next one.
    Raises WorkspaceError where it cannot be written, or somebody else is writing it now.
    """
    with unfinished(target, "unfinished") as path:
        yield path
        put(path, target)


@contextmanager
def unfinished(target: Path, what: str) -> Iterator[Path]:
    """Give the path of an empty file beside `target`, for the owner alone; it is gone at the end, if still there."""
    path = target.with_name(f".{target.name}.{what}")
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise WorkspaceError(f"{target.parent} cannot be written: {error.strerror or error}") from error
    try:
        _own(file, target)
        _remove_siblings(path)
        yield path
        path.unlink(missing_ok=True)
    except BaseException:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        raise
    finally:
        _remove_siblings(path)
        os.close(file)


def put(path: Path, target: Path) -> None:
    """Let a finished file take the place of `target`, and stay there through a power cut; raises WorkspaceError."""
    try:
        sync(path)
        path.replace(target)
        sync(target.parent)
    except OSError as error:
        raise WorkspaceError(f"{target} cannot be written: {error.strerror or error}") from error


def sync(path: Path) -> None:
    """Wait until a file or folder is on the disk; raises OSError."""
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def _own(file: int, target: Path) -> None:
    """Keep others off an unfinished file, and empty what a killed process left in it."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise WorkspaceError(f"another process is writing {target}: wait until it is done") from error
    os.fchmod(file, 0o600)
    os.ftruncate(file, 0)


def _remove_siblings(path: Path) -> None:
    for sibling in SQLITE_SIBLINGS:
        with suppress(OSError):
            path.with_name(path.name + sibling).unlink(missing_ok=True)
