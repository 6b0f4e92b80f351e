"""Windows: the days on which something may happen, as values that can be parsed, written and compared."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evtimeline.core import edtf
from evtimeline.errors import DateNotUnderstoodError


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

    @property
    def edtf(self) -> str:
        """The window as EDTF (ISO 8601-2, level 2); `parse_edtf` reads it back as the same window.

        EDTF knows no weeks, so a week is written as its seven days.
        """
        mark = _MARKS.get(self.qualifier, "")
        if self.earliest is None:
            return f"../{_coarsest(self.latest, last=True)}{mark}"
        if self.latest is None:
            return f"{_coarsest(self.earliest, last=False)}{mark}/.."
        first, last = self._ends(self.earliest, self.latest)
        return f"{first}{mark}" if first == last else f"{first}{mark}/{last}{mark}"

    @property
    def display(self) -> str:
        """The window for people, in no language: 2025-Q3, 2025-H2, 2025-06…07, 2025-06-21…30, ≥2027, ≤2026-06."""
        mark = _MARKS.get(self.qualifier, "")
        if self.earliest is None:
            return f"≤{_coarsest(self.latest, last=True)}{mark}"
        if self.latest is None:
            return f"≥{_coarsest(self.earliest, last=False)}{mark}"
        if self.precision is Precision.SEASON:  # the months of a season need no word of any language
            first, last = f"{self.earliest:%Y-%m}", f"{self.latest:%Y-%m}"
        else:
            first, last = (_plain(end) for end in self._ends(self.earliest, self.latest))
        return (first if first == last else f"{first}…{_what_differs(first, last)}") + mark

    @property
    def days(self) -> int | None:
        """How many days the window holds; None when it is open."""
        if self.earliest is None or self.latest is None:
            return None
        return (self.latest - self.earliest).days + 1

    def _ends(self, earliest: date, latest: date) -> tuple[str, str]:
        """The first and the last period in the window's own unit, or its days where whole periods do not fit."""
        first = edtf.write_first(earliest, self.precision)
        last = edtf.write_last(latest, self.precision)
        return (first, last) if first and last else (earliest.isoformat(), latest.isoformat())


_MARKS: dict[Qualifier | None, str] = {Qualifier.ABOUT: "~", Qualifier.UNCERTAIN: "?"}
_NOT_A_DATE = (
    "{text!r} is not understood as a date: write 2025-06-26, 2025-06, 2025-Q3, 2025-H2, 2025, an interval "
    '(2025-06/2025-07, 2026/..), or words such as "mid 2026", "June 26, 2025", 2025下半年, 年底 (years 1900 to 2199).'
)


def _coarsest(day: date | None, *, last: bool) -> str:
    assert day is not None  # a window is never open on both sides
    return edtf.write_coarsest(day, last=last)


def _plain(period: str) -> str:
    """A period as people write it: 2025-35 is 2025-Q3, 2025-41 is 2025-H2."""
    code = int(period[5:7]) if len(period) == 7 else 0
    if code >= 40:
        return f"{period[:4]}-H{code - 39}"
    return f"{period[:4]}-Q{code - 32}" if code >= 33 else period


def _what_differs(first: str, last: str) -> str:
    """The end of `last` that is not the same as in `first`, cut at a hyphen: 2025-06, 2025-07 gives 07."""
    a, b = first.split("-"), last.split("-")
    same = 0
    while same < min(len(a), len(b)) - 1 and len(a) == len(b) and a[same] == b[same]:
        same += 1
    return "-".join(b[same:])


def parse_edtf(text: str) -> Window:
    """Read EDTF (ISO 8601-2 level 1 and 2, as far as news needs it); 2025-Q3, 2025-H2 and 2025-W26 are read too.

    The precision is the unit in which the text is written, for an interval the finer of both; `~` and `%` mean
    about, `?` uncertain. Raises DateNotUnderstoodError.
    """
    bare = text.strip()
    marks = {mark for mark in "~%?" if mark in bare}
    sides = [side.strip().rstrip("~%?") for side in bare.split("/")]
    try:
        return _window(sides, Qualifier.ABOUT if marks & {"~", "%"} else Qualifier.UNCERTAIN if marks else None)
    except ValueError as error:
        raise DateNotUnderstoodError(_NOT_A_DATE.format(text=text[:80])) from error


def _window(sides: list[str], qualifier: Qualifier | None) -> Window:
    """The window of one period or of the two sides of an interval; ValueError where there is none."""
    if len(sides) > 2:
        raise ValueError("an interval has two sides")
    if len(sides) == 2 and sides[0] in ("", ".."):
        return Window(None, edtf.read_period(sides[1])[0][1], Precision.OPEN, qualifier or Qualifier.NOT_AFTER)
    (earliest, _), unit = edtf.read_period(sides[0])
    if len(sides) == 2 and sides[1] in ("", ".."):
        return Window(earliest, None, Precision.OPEN, qualifier or Qualifier.NOT_BEFORE)
    (_, latest), last_unit = edtf.read_period(sides[-1])
    return closed(earliest, latest, finer(Precision(unit), Precision(last_unit)), qualifier)


def finer(first: Precision, last: Precision) -> Precision:
    """The unit in which an interval between a `first` and a `last` period can be written."""
    if first is last:
        return first
    # Quarters, seasons and halves do not divide each other's grid; months divide all of them, weeks none.
    fine = {first, last} & {Precision.DAY, Precision.WEEK}
    return Precision.DAY if fine else Precision.MONTH


def closed(earliest: date, latest: date, precision: Precision, qualifier: Qualifier | None = None) -> Window:
    """A window whose precision is true of its days: whole periods of that unit, else a week, else days.

    Built so, a window is what `parse_edtf` makes of its `edtf`. ValueError if it ends before it begins.
    """
    if not edtf.is_whole(earliest, latest, precision):
        precision = Precision.DAY
    if precision is Precision.DAY and (latest - earliest).days == 6 and earliest.weekday() == 0:
        precision = Precision.WEEK
    return Window(earliest, latest, precision, qualifier)


def not_before(day: date) -> Window:
    """From `day` on, with no end."""
    return Window(day, None, Precision.OPEN, Qualifier.NOT_BEFORE)


def not_after(day: date) -> Window:
    """Until `day`, that day included, with no beginning."""
    return Window(None, day, Precision.OPEN, Qualifier.NOT_AFTER)


class Change(StrEnum):
    """What a new window is to the one that stood."""

    SAME = "same"
    REFINED = "refined"  # the new one lies inside the old one
    BLURRED = "blurred"  # the old one lies inside the new one
    SLIPPED = "slipped"  # the latest day moved later
    ADVANCED = "advanced"  # the latest day moved earlier


def change(old: Window, new: Window) -> Change:
    """Name the change from `old` to `new`; an open side counts as infinitely far.

    Two windows that are open on the same side always contain each other one way, so there the side that has an end
    decides: from "by June" to "by August" is a slip and no loss of precision.
    """
    if (old.earliest, old.latest) == (new.earliest, new.latest):
        return Change.SAME
    if _open_alike(old, new):
        return Change.SLIPPED if _first(new) > _first(old) or _last(new) > _last(old) else Change.ADVANCED
    if inside(new, old):
        return Change.REFINED
    if inside(old, new):
        return Change.BLURRED
    return Change.SLIPPED if _last(new) > _last(old) else Change.ADVANCED


def slip_days(old: Window, new: Window) -> int | None:
    """By how many days the latest day moved, later being positive; None where a side has no latest day."""
    return None if old.latest is None or new.latest is None else (new.latest - old.latest).days


def overlaps(a: Window, b: Window) -> bool:
    """Whether some day lies in both windows."""
    return _first(a) <= _last(b) and _first(b) <= _last(a)


def inside(a: Window, b: Window) -> bool:
    """Whether every day of `a` lies in `b`."""
    return _first(b) <= _first(a) and _last(a) <= _last(b)


def _open_alike(a: Window, b: Window) -> bool:
    return (a.latest is None and b.latest is None) or (a.earliest is None and b.earliest is None)


def _first(window: Window) -> date:
    return window.earliest or date.min


def _last(window: Window) -> date:
    return window.latest or date.max
