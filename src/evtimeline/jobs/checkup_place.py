"""Looks at the place where evtimeline works, for the check-up: modes of files, backups, the database and the clock."""

import glob
import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from evtimeline.core.checkup_place import PrivateFile, judge_backup, judge_clock, judge_database, judge_files
from evtimeline.core.findings import Area, Finding, Level, found
from evtimeline.store import integrity, markers
from evtimeline.store.engine import reading
from evtimeline.store.schema import BACKUPS
from evtimeline.store.wholefile import SQLITE_SIBLINGS

if TYPE_CHECKING:
    from sqlalchemy import Engine


def check_files(ours: Iterable[Path], database: Path | None, folder: Path) -> Iterator[Finding]:
    """The modes of files that may hold secrets or the ledger; `database` is SQLite's, `folder` holds its backups."""
    ledgers = [database.with_name(database.name + end) for end in ("", *SQLITE_SIBLINGS)] if database else []
    former = sorted(database.parent.glob(f"{glob.escape(database.stem)}.before-*")) if database else []
    yield from judge_files(_looked_at(path) for path in dict.fromkeys([*ours, *ledgers, *former, *_backups(folder)]))


def check_database(engine: "Engine", *, full: bool) -> Iterator[Finding]:
    """Whether the database is whole, takes writes and has room. Raises StoreError when it cannot be used."""
    yield from judge_database(integrity.examine(engine, full=full))
    old = integrity.server_version(engine)
    if old:
        yield found(Area.DATABASE, Level.WARNING, "old server", version=old)


def check_backups(engine: "Engine", folder: Path, now: datetime) -> Iterator[Finding]:
    """The age of the newest backup that was made by `evtimeline backup` or lies in `folder`. Raises StoreError."""
    with reading(engine) as connection:
        told = markers.get(connection, markers.BACKED_UP)
        began = integrity.began_at(connection)
    written = [datetime.fromtimestamp(path.stat().st_mtime, UTC) for path in _backups(folder)]
    known = [*written, *([datetime.fromisoformat(told)] if told else [])]
    yield judge_backup(max(known, default=None), began, now)


def check_clock(engine: "Engine | None", zone: str, now: datetime, *, stopped: bool) -> Iterator[Finding]:
    """Whether the clock goes forward and all zones are known; `zone` is that of the settings. Raises StoreError."""
    newest, named = None, frozenset({zone})
    if engine is not None:
        with reading(engine) as connection:
            newest, named = integrity.newest_instant(connection), named | integrity.zones(connection)
    unknown = tuple(name for name in sorted(named) if not _is_zone(name))
    yield from judge_clock(now, newest, stopped=stopped, unknown_zones=unknown)


def _looked_at(path: Path) -> PrivateFile:
    """A file on a disk that takes no writes, as secrets of containers are, is as private as it can be."""
    try:
        mode = path.stat().st_mode if not os.statvfs(path).f_flag & os.ST_RDONLY else None
    except OSError:
        mode = None
    return PrivateFile(str(path), mode)


def _backups(folder: Path) -> list[Path]:
    try:
        return [path for path in sorted((folder / BACKUPS).iterdir()) if path.is_file()]
    except OSError:
        return []


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (OSError, LookupError, ValueError):
        return False
    return True
