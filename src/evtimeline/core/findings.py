"""What a check-up finds: one thing each, whether it is well, and how bad it is; `finding_words` says what to do."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Level(StrEnum):
    """How well it is."""

    OK = "ok"
    WARNING = "warning"  # works, but somebody should look at it
    PROBLEM = "problem"  # does not work, or will not for long


class Area(StrEnum):
    """What was looked at, in the order in which it is shown."""

    SETTINGS = "settings"
    FILES = "files"
    DATABASE = "database"
    BACKUPS = "backups"
    CLOCK = "clock"
    FEEDS = "feeds"
    RUNNING = "running"
    MESSAGES = "messages"
    CHANNELS = "channels"


@dataclass(frozen=True)
class Finding:
    """One thing that was found; `code` names its words, `values` are what they are filled with."""

    area: Area
    level: Level
    code: str
    values: tuple[tuple[str, str | int], ...] = ()


def found(area: Area, level: Level, code: str, **values: str | int) -> Finding:
    """Make a finding."""
    return Finding(area, level, code, tuple(values.items()))


def span(length: timedelta) -> str:
    """A length of time in its largest unit, in no language: 40s, 5m, 3h, 12d."""
    seconds = max(0, int(length.total_seconds()))
    if seconds < 120:
        return f"{seconds}s"
    if seconds < 7200:
        return f"{seconds // 60}m"
    return f"{seconds // 3600}h" if seconds < 172_800 else f"{seconds // 86_400}d"


def size(number: int) -> str:
    """A number of bytes, for people."""
    for unit, length in (("GB", 1e9), ("MB", 1e6)):
        if number >= length:
            return f"{number / length:.1f} {unit}"
    return f"{number / 1e3:.0f} kB"
