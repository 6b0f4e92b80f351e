"""Judges the place where evtimeline works: files and their modes, the database, the disk, backups, the clock."""

import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from evtimeline.core.findings import Area, Finding, Level, found, size, span

RELEASED = datetime(2026, 1, 1, tzinfo=UTC)
"""No machine that runs this version shows an earlier time, unless its clock is wrong."""

SKEW = timedelta(minutes=5)
"""By how much the clocks of machines that share a database may differ."""

LOG_LARGE = 256_000_000
ROOM = 500_000_000
LEAST_ROOM = 50_000_000
"""Bytes."""

BACKUP_AGE = timedelta(days=30)
GRACE = timedelta(days=7)
"""How long a new ledger may be without a backup."""

_READ, _WRITE = 0o004, 0o002


@dataclass(frozen=True)
class PrivateFile:
    """A file that is nobody else's business; `mode` is None where it is not there."""

    path: str
    mode: int | None


@dataclass(frozen=True)
class Condition:
    """How a database is: damage in the words of the check, tables whose rows refer to nothing, and bytes.

    `log` is what SQLite has not moved into the file yet; `free` is None where the disk is another machine's.
    """

    place: str
    revision: str
    damage: tuple[str, ...] = ()
    orphans: tuple[str, ...] = ()
    size: int = 0
    log: int = 0
    free: int | None = None
    read_only: bool = False


def judge_files(files: Iterable[PrivateFile]) -> Iterator[Finding]:
    """Whether others may read or write what is ours."""
    present = [(file.path, file.mode) for file in files if file.mode is not None]
    open_to_all = False
    for mask, level, code in ((_WRITE, Level.PROBLEM, "files writable"), (_READ, Level.WARNING, "files readable")):
        paths = [path for path, mode in present if mode & mask]
        if paths:
            open_to_all = True
            command = shlex.join(["chmod", "o-rw", *paths])
            yield found(Area.FILES, level, code, paths=", ".join(paths), command=command)
    if not open_to_all:
        yield found(Area.FILES, Level.OK, "files private", n=len(present))


def judge_database(condition: Condition) -> Iterator[Finding]:
    """Whether the database can be trusted, and has room to grow."""
    if condition.damage:
        told = "; ".join(condition.damage[:3])
        yield found(Area.DATABASE, Level.PROBLEM, "damaged", place=condition.place, why=told)
    if condition.orphans:
        tables = ", ".join(condition.orphans)
        yield found(Area.DATABASE, Level.PROBLEM, "orphans", place=condition.place, tables=tables)
    if condition.read_only:
        yield found(Area.DATABASE, Level.PROBLEM, "read only", place=condition.place)
    if not (condition.damage or condition.orphans or condition.read_only):
        place, revision = condition.place, condition.revision
        yield found(Area.DATABASE, Level.OK, "database", place=place, revision=revision, size=size(condition.size))
    if condition.log > max(LOG_LARGE, condition.size // 2):
        yield found(Area.DATABASE, Level.WARNING, "large log", log=size(condition.log))
    yield from _judge_room(condition)


def _judge_room(condition: Condition) -> Iterator[Finding]:
    if condition.free is None:
        return
    told = {"free": size(condition.free), "size": size(condition.size)}
    if condition.free < LEAST_ROOM:
        yield found(Area.DATABASE, Level.PROBLEM, "no room", **told)
    elif condition.free < max(ROOM, condition.size):
        yield found(Area.DATABASE, Level.WARNING, "little room", **told)
    else:
        yield found(Area.DATABASE, Level.OK, "room", **told)


def judge_backup(newest: datetime | None, since: datetime | None, now: datetime) -> Finding:
    """Whether there is a backup to go back to; `since` is when the ledger began, None for an empty one."""
    if newest is not None:
        level, code = (Level.OK, "backup") if now - newest <= BACKUP_AGE else (Level.WARNING, "old backup")
        return found(Area.BACKUPS, level, code, ago=span(now - newest))
    young = since is None or now - since <= GRACE
    return found(Area.BACKUPS, Level.OK if young else Level.WARNING, "no backup yet" if young else "no backup")


def judge_clock(
    now: datetime, newest: datetime | None, *, stopped: bool, unknown_zones: tuple[str, ...]
) -> list[Finding]:
    """Whether the clock can be right; `newest` is the last instant that the database knows, `stopped`: made up."""
    findings = []
    shown = f"{now:%Y-%m-%d %H:%M} UTC"
    if stopped:
        findings.append(found(Area.CLOCK, Level.WARNING, "clock stopped", now=shown))
    elif now < RELEASED:
        findings.append(found(Area.CLOCK, Level.PROBLEM, "clock early", now=shown))
    if newest and newest > now + SKEW:
        level = Level.WARNING if stopped else Level.PROBLEM
        findings.append(found(Area.CLOCK, level, "clock back", now=shown, newest=f"{newest:%Y-%m-%d %H:%M} UTC"))
    findings += [found(Area.CLOCK, Level.PROBLEM, "zone unknown", zone=zone) for zone in unknown_zones]
    return findings or [found(Area.CLOCK, Level.OK, "clock", now=shown)]
