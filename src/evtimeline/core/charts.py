"""What terminal, report, calendar and mail draw alike: an axis of time with its ticks, and one lane per milestone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from evtimeline.core.milestones import Milestone
from evtimeline.core.standing import Outcome, Standing
from evtimeline.core.status import MilestoneStatus
from evtimeline.core.windows import Precision, Window

DAY = timedelta(days=1)
_MARGIN = 0.03  # share of the known days that is left free on either side
_LEAST_MARGIN = 7  # days
_OPEN = 0.08  # share of the known days beyond an open end, so that an arrow has room


@dataclass(frozen=True)
class Tick:
    """A day at which the axis is labelled: `label` in full (2025, 2025-07, 2025-07-14), `major` where a year begins."""

    day: date
    label: str
    major: bool


@dataclass(frozen=True)
class Axis:
    """The days `first`..`last`, both inclusive, as a stretch from 0 to 1."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"an axis cannot end ({self.last}) before it begins ({self.first})")

    @property
    def days(self) -> int:
        """How many days it shows; at least 1."""
        return (self.last - self.first).days + 1

    def holds(self, day: date) -> bool:
        """Whether the day is on the axis."""
        return self.first <= day <= self.last

    def begin(self, day: date | None) -> float:
        """Where a day begins, 0..1; None is the open past. What lies beyond the axis is put at its end."""
        return 0.0 if day is None else min(1.0, max(0.0, (day - self.first).days / self.days))

    def end(self, day: date | None) -> float:
        """Where a day ends, 0..1; None is the open future."""
        return 1.0 if day is None else min(1.0, max(0.0, ((day - self.first).days + 1) / self.days))

    def span(self, window: Window) -> tuple[float, float] | None:
        """Where a window lies, as (begin, end) in 0..1; None where no day of it is on the axis."""
        begins_late = window.earliest is not None and window.earliest > self.last
        ended_early = window.latest is not None and window.latest < self.first
        return None if begins_late or ended_early else (self.begin(window.earliest), self.end(window.latest))

    def ticks(self, most: int) -> tuple[Tick, ...]:
        """Labelled days, at the beginnings of whole years, quarters, months or weeks: as fine as `most` labels allow.

        Years have shorter labels, so there may be half as many again.
        """
        for months in (1, 3, 6, 12, 24, 60, 120, 240, 600):
            ticks = tuple(_months(self, months))
            room = most * 3 // 2 if months >= 12 else most
            if len(ticks) <= room and (months > 1 or len(ticks) > 2):
                return ticks
            if months == 1 and len(ticks) <= 2:
                return tuple(_days(self, most))
        return ()


@dataclass(frozen=True)
class Lane:
    """One milestone on the axis.

    `stands` is what stands: one window, or all that contradict each other, what holds first. `ghost` is the first
    promise, where other days stand now. `happened` is when it happened or is reported to have happened, `called_off`
    the day of a cancellation. `overdue` are the days since the last promised day, `rumoured` and `forecast` the
    windows said beside what stands. Nothing of it is drawn twice: a milestone that is done has only `happened`.
    """

    timeline: str
    milestone: Milestone
    standing: Standing
    status: MilestoneStatus
    stands: tuple[Window, ...] = ()
    ghost: Window | None = None
    happened: Window | None = None
    called_off: date | None = None
    overdue: tuple[date, date] | None = None
    rumoured: tuple[Window, ...] = ()
    forecast: tuple[Window, ...] = ()

    @property
    def ref(self) -> tuple[str, str]:
        """The keys that name the milestone."""
        return self.timeline, self.milestone.key

    @property
    def windows(self) -> tuple[Window, ...]:
        """Everything that is drawn."""
        single = tuple(window for window in (self.ghost, self.happened) if window)
        return (*self.stands, *single, *self.rumoured, *self.forecast)


def lane(timeline: str, milestone: Milestone, standing: Standing, status: MilestoneStatus, today: date) -> Lane:
    """Draw one milestone as it is on `today`, a day in its timeline's zone."""
    stands = standing.contested or ((standing.window,) if standing.window else ())
    done = standing.outcome is Outcome.DONE
    first = standing.first
    same = first is not None and stands[:1] and (first.earliest, first.latest) == (stands[0].earliest, stands[0].latest)
    return Lane(
        timeline=timeline,
        milestone=milestone,
        standing=standing,
        status=status,
        stands=() if done else stands,
        ghost=None if same else first,
        happened=_happened(standing),
        called_off=standing.outcome_on if standing.outcome is Outcome.CANCELLED else None,
        overdue=(today - timedelta(days=status.days_overdue - 1), today) if status.days_overdue else None,
        rumoured=tuple(said.window for said in standing.rumours if said.window),
        forecast=tuple(said.window for said in standing.forecasts if said.window),
    )


def _happened(standing: Standing) -> Window | None:
    if standing.outcome is Outcome.DONE and standing.window:
        return standing.window
    if standing.outcome in (Outcome.DONE, Outcome.REPORTED) and standing.outcome_on:
        return Window(standing.outcome_on, standing.outcome_on, Precision.DAY)
    return None


def axis_of(lanes: Iterable[Lane], today: date, first: date | None = None, last: date | None = None) -> Axis:
    """The axis on which everything of the lanes and today can be seen; `first` and `last` fix its ends instead."""
    return axis_around([window for lane in lanes for window in lane.windows], (today,), first, last)


def axis_around(
    windows: Iterable[Window], days: Iterable[date], first: date | None = None, last: date | None = None
) -> Axis:
    """The axis on which these windows and days can be seen, with a margin; `first` and `last` fix its ends instead.

    There must be a day or a window. Where a fixed end lies beyond the other one, the other gives way.
    """
    drawn = list(windows)
    known = [*days, *(day for window in drawn for day in (window.earliest, window.latest) if day)]
    begin, end = min(known), max(known)
    length = (end - begin).days + 1
    before = _margin(length, any(window.earliest is None for window in drawn))
    after = _margin(length, any(window.latest is None for window in drawn))
    begin, end = first or _moved(begin, -before), last or _moved(end, after)
    if begin > end:
        return Axis(begin, begin) if first and not last else Axis(end, end)
    return Axis(begin, end)


def _margin(length: int, is_open: bool) -> int:
    return max(_LEAST_MARGIN, round(length * (_OPEN if is_open else _MARGIN)))


def _moved(day: date, by: int) -> date:
    try:
        return day + timedelta(days=by)
    except OverflowError:
        return day


def _months(axis: Axis, step: int) -> Iterator[Tick]:
    """The beginnings of every `step` months on the axis, counted from the year 0."""
    month = -(-(axis.first.year * 12 + axis.first.month - 1) // step) * step
    if axis.first.day > 1 and month == axis.first.year * 12 + axis.first.month - 1:
        month += step
    while month < 9999 * 12 and (day := date(month // 12, month % 12 + 1, 1)) <= axis.last:
        yield Tick(day, f"{day.year:04}" if step >= 12 else f"{day:%Y-%m}", day.month == 1)
        month += step


def _days(axis: Axis, most: int) -> Iterator[Tick]:
    """Mondays, or every so many weeks, for an axis of a few weeks; days where it shows less than two weeks."""
    unit = 1 if axis.days < 14 else 7
    day = axis.first if unit == 1 else axis.first + timedelta(days=-axis.first.weekday() % 7)
    count = (axis.last - day).days // unit + 1
    step = unit * max(1, -(-count // max(1, most)))
    while day <= axis.last:
        yield Tick(day, day.isoformat(), (day.month, day.day) == (1, 1))
        day = _moved(day, step)
