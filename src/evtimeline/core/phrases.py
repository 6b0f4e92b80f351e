"""Date expressions of Chinese and English news, found in text and resolved against the day of publication."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evtimeline.core.windows import Window, parse_edtf


class Role(StrEnum):
    """Where a date stands in "moved from A to B"."""

    OLD = "from"
    NEW = "to"


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date expression: its words, where they stand (code points, end exclusive) and the days it means.

    `explicit_year`: the year was said (2025, next year), not inferred. `role`: old or new date of a move. `deadline`:
    "by", "before", 前 stood beside a window that is itself closed ("by the end of June" is 21..30 June).
    """

    text: str
    start: int
    end: int
    window: Window
    explicit_year: bool = False
    role: Role | None = None
    deadline: bool = False


@dataclass(frozen=True, slots=True)
class FoundShift:
    """A length of time that moves a date which stood ("delayed by six months"); positive is later, 0 unknown which."""

    text: str
    start: int
    end: int
    months: int
    days: int
    direction: int


def find_dates(text: str, reference: date, language: str = "", fiscal_start: int = 1) -> tuple[FoundDate, ...]:
    """Every date expression of `text`, in order, resolved against the publication day `reference`."""
    return ()


def find_shifts(text: str, language: str = "") -> tuple[FoundShift, ...]:
    """Every length of time by which `text` says a date has moved."""
    return ()


def parse_window(text: str, today: date) -> Window:
    """What a person types as a date; the whole text must be one. Raises DateNotUnderstoodError."""
    return parse_edtf(text)
