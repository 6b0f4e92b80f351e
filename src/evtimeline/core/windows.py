"""Windows: the days on which something may happen, as values that can be parsed, written and compared."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Precision(StrEnum):
    """How exactly a window was stated."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    HALF = "half"
    YEAR = "year"
    OPEN = "open"  # one side has no end


class Qualifier(StrEnum):
    """What was said beside the date."""

    ABOUT = "about"
    UNCERTAIN = "uncertain"
    NOT_BEFORE = "no earlier than"
    NOT_AFTER = "no later than"


@dataclass(frozen=True, slots=True)
class Window:
    """The days `earliest`..`latest`, both inclusive; None means open on that side, never on both."""

    earliest: date | None
    latest: date | None
    precision: Precision
    qualifier: Qualifier | None = None

    def __post_init__(self) -> None:
        if self.earliest is None and self.latest is None:
            raise ValueError("a window needs an earliest or a latest day")
        if self.earliest and self.latest and self.earliest > self.latest:
            raise ValueError(f"a window cannot end ({self.latest}) before it begins ({self.earliest})")
