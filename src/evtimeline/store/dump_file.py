"""Files of dumped lines: written whole and read again before they get their name; gzip where the name ends in .gz."""

import gzip
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, cast

from evtimeline.errors import StoreError, WorkspaceError
from evtimeline.store.dump import checked
from evtimeline.store.dump_format import CUT_OFF, Header
from evtimeline.store.wholefile import written_whole

_GZIP = b"\x1f\x8b"
_LEVEL = 6


def write(lines: Iterable[bytes], target: Path) -> Header:
    """Write lines over `target` or not at all, for the owner alone; returns what the file, read again, holds.

    Raises WorkspaceError where it cannot be written, and what making the lines raises.
    """
    with written_whole(target) as unfinished:
        try:
            with _packed(unfinished, target.suffix == ".gz") as file:
                for line in lines:
                    file.write(line)
        except OSError as error:
            raise WorkspaceError(f"{target} cannot be written: {error.strerror or error}") from error
        return checked(read(unfinished), str(target))


def read(path: Path) -> Iterator[bytes]:
    """Give the lines of a file, packed or not; raises StoreError when it cannot be read."""
    try:
        with path.open("rb") as file:
            yield from read_stream(file, str(path))
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {error.strerror or error}") from error


def read_stream(file: IO[bytes], name: str) -> Iterator[bytes]:
    """Give the lines of an open file, packed or not; raises StoreError where they are cut off."""
    number = 0
    try:
        for line in _unpacked(file):
            number += 1
            yield line
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise StoreError(CUT_OFF.format(name=name, line=number + 1)) from error


@contextmanager
def _packed(path: Path, gzipped: bool) -> Iterator[IO[bytes]]:
    with ExitStack() as stack:
        file: IO[bytes] = stack.enter_context(path.open("wb"))
        if gzipped:  # without name and time, so that equal databases give equal files
            packed = gzip.GzipFile(filename="", mode="wb", fileobj=file, compresslevel=_LEVEL, mtime=0)
            file = cast("IO[bytes]", stack.enter_context(packed))
        yield file


def _unpacked(file: IO[bytes]) -> Iterable[bytes]:
    first = file.peek(2)[:2] if hasattr(file, "peek") else b""
    return gzip.GzipFile(fileobj=file) if first == _GZIP else file
