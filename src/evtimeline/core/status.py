"""What a milestone is on a given day: its status, the marks beside it, and how much attention it needs."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from evtimeline.core.milestones import Confirm, Milestone
from evtimeline.core.standing import Outcome, Standing
from evtimeline.core.windows import Change, Window, change, slip_days

QUIET = 60
"""Days without news after which an open milestone is marked as quiet."""

OLD_NEWS = timedelta(days=90)
"""Milestones that were done or cancelled, and known to be, longer ago than this are shown with `--all` only."""


class Status(StrEnum):
    """What a milestone is on a day; computed, never typed in."""

    PLANNED = "planned"
    DUE = "due"  # the day lies inside the window
    OVERDUE = "overdue"  # the window's last day has ended
    REPORTED = "reported"
    DONE = "done"
    CANCELLED = "cancelled"
    UNDATED = "undated"


class MarkKind(StrEnum):
    """What is worth saying beside the status."""

    OVERDUE = "overdue"  # number: days since the last day
    SLIPPED = "slipped"  # number: days against the first promise; None where a side has no last day
    ADVANCED = "advanced"  # the same, as a positive number
    CONTESTED = "contested"
    REPORTED = "reported"  # number of total independent publishers
    DELAYED = "delayed"  # said to be later, nobody says until when
    CANCELLATION = "cancellation"  # reported by number of total publishers
    CHALLENGED = "challenged"  # number of publishers of a lower tier who say otherwise
    RUMOURED = "rumoured"
    QUIET = "quiet"  # number: days since the last evidence
    PENDING = "pending"  # number of claims that wait for review


@dataclass(frozen=True)
class Mark:
    """A kind of mark with its figures; `mark_text` writes it out."""

    kind: MarkKind
    number: int | None = None
    total: int | None = None


@dataclass(frozen=True)
class MilestoneStatus:
    """The status of one milestone on one day; sorting by `attention` puts what needs it most first."""

    status: Status
    marks: tuple[Mark, ...]
    attention: tuple[int, int, str]
    days_overdue: int | None = None

    def mark(self, kind: MarkKind) -> Mark | None:
        """The mark of that kind, if there is one."""
        return next((mark for mark in self.marks if mark.kind is kind), None)

    @property
    def slipped(self) -> bool:
        """Whether it stands later than first promised."""
        return self.mark(MarkKind.SLIPPED) is not None

    @property
    def needs_check(self) -> bool:
        """Whether `status --check` should fail over it: overdue, or slipped and still to come."""
        over = self.status in (Status.DONE, Status.CANCELLED)
        return self.status is Status.OVERDUE or (self.slipped and not over)


def status_of(standing: Standing, milestone: Milestone, today: date) -> MilestoneStatus:
    """Say what a milestone is on `today`, a day in its timeline's zone."""
    overdue = _days_overdue(standing, today)
    status = _status(standing, today, overdue)
    marks = _marks(standing, milestone.confirm, status, overdue, today)
    group = _group(status, {mark.kind for mark in marks})
    return MilestoneStatus(status, marks, (group, _nearness(standing, status), milestone.key), overdue)


def status_on(standing: Standing, today: date) -> Status:
    """The status alone, for those who count: it rests on outcome, window and rivals, and on nothing else."""
    return _status(standing, today, _days_overdue(standing, today))


def is_old_news(standing: Standing, now: datetime) -> bool:
    """Whether it was done or cancelled, and known to be, so long ago that it is shown only when asked for."""
    if standing.outcome not in (Outcome.DONE, Outcome.CANCELLED):
        return False
    window, learned = standing.window, standing.last_learned
    happened = standing.outcome_on or (window.latest or window.earliest if window else None)
    return (happened is None or happened < (now - OLD_NEWS).date()) and (learned is None or learned < now - OLD_NEWS)


def _windows(standing: Standing) -> tuple[Window, ...]:
    """What may still come true: the window that stands, or all that contradict each other."""
    return standing.contested or ((standing.window,) if standing.window else ())


def _days_overdue(standing: Standing, today: date) -> int | None:
    """Days since the last day on which anybody of standing promised it; None while that has not ended."""
    lasts = [window.latest for window in _windows(standing)]
    if standing.outcome is not Outcome.OPEN or not lasts or None in lasts:
        return None
    days = (today - max(last for last in lasts if last)).days
    return days if days > 0 else None


def _status(standing: Standing, today: date, overdue: int | None) -> Status:
    if standing.outcome is not Outcome.OPEN:
        return Status(standing.outcome.value)
    if standing.window is None:
        return Status.UNDATED
    if overdue:
        return Status.OVERDUE
    return Status.DUE if any(_holds(window, today) for window in _windows(standing)) else Status.PLANNED


def _holds(window: Window, day: date) -> bool:
    return (window.earliest or date.min) <= day <= (window.latest or date.max)


def _marks(standing: Standing, confirm: Confirm, status: Status, overdue: int | None, today: date) -> tuple[Mark, ...]:
    reported, cancelled = len(standing.reporters), len(standing.cancellers)
    asked = confirm.secondary or confirm.primary
    found = (
        Mark(MarkKind.OVERDUE, overdue) if overdue else None,
        _moved(standing, status),
        Mark(MarkKind.CONTESTED) if standing.contested else None,
        Mark(MarkKind.REPORTED, reported, asked) if status is Status.REPORTED else None,
        Mark(MarkKind.DELAYED) if standing.delayed else None,
        Mark(MarkKind.CANCELLATION, cancelled, Confirm().secondary)
        if cancelled and standing.outcome in (Outcome.OPEN, Outcome.REPORTED)
        else None,
        Mark(MarkKind.CHALLENGED, len(standing.challenges)) if standing.challenges else None,
        Mark(MarkKind.RUMOURED) if standing.rumours else None,
        _quiet(standing, today),
        Mark(MarkKind.PENDING, standing.pending) if standing.pending else None,
    )
    return tuple(mark for mark in found if mark)


def _moved(standing: Standing, status: Status) -> Mark | None:
    """The move against the first promise: a refinement, or a day inside the first window, is none."""
    if standing.first is None or standing.window is None or status is Status.CANCELLED:
        return None
    named = change(standing.first, standing.window)
    days = slip_days(standing.first, standing.window)
    if named is Change.SLIPPED:
        return Mark(MarkKind.SLIPPED, days)
    return Mark(MarkKind.ADVANCED, None if days is None else -days) if named is Change.ADVANCED else None


def _quiet(standing: Standing, today: date) -> Mark | None:
    if standing.quiet_since is None or standing.outcome in (Outcome.DONE, Outcome.CANCELLED):
        return None
    days = (today - standing.quiet_since).days
    return Mark(MarkKind.QUIET, days) if days >= QUIET else None


_URGENT = {MarkKind.CONTESTED, MarkKind.OVERDUE}
_UNSETTLED = {MarkKind.SLIPPED, MarkKind.DELAYED, MarkKind.CANCELLATION}
_GROUPS = {Status.REPORTED: 1, Status.DUE: 2, Status.PLANNED: 4, Status.UNDATED: 5, Status.DONE: 6, Status.CANCELLED: 7}


def _group(status: Status, kinds: set[MarkKind]) -> int:
    """0 contested or overdue, 1 reported, 2 due, 3 moved later, 4 planned, 5 undated, 6 done, 7 cancelled."""
    group = _GROUPS.get(status, 0)
    if group < 6 and kinds & _URGENT:
        return 0
    return 3 if group in (4, 5) and kinds & _UNSETTLED else group


def _nearness(standing: Standing, status: Status) -> int:
    """Sorts within a group: the nearest last day first, of what is over the most recent."""
    if status in (Status.DONE, Status.CANCELLED):
        day = standing.outcome_on or (standing.window.latest if standing.window else None)
        return -day.toordinal() if day else 0
    latest = standing.window.latest if standing.window else None
    return latest.toordinal() if latest else date.max.toordinal()


_TEXTS = {
    MarkKind.OVERDUE: ("overdue {n}d", "逾期{n}天"),
    MarkKind.SLIPPED: ("slipped +{n}d", "推迟{n}天"),
    MarkKind.ADVANCED: ("advanced -{n}d", "提前{n}天"),
    MarkKind.CONTESTED: ("contested", "说法不一"),
    MarkKind.REPORTED: ("reported {n}/{m}", "报道{n}/{m}"),
    MarkKind.DELAYED: ("delayed, no date", "推迟未定期"),
    MarkKind.CANCELLATION: ("cancellation reported {n}/{m}", "有报道称取消{n}/{m}"),
    MarkKind.CHALLENGED: ("challenged {n}", "另有说法{n}"),
    MarkKind.RUMOURED: ("rumoured", "有传闻"),
    MarkKind.QUIET: ("quiet {n}d", "{n}天无消息"),
    MarkKind.PENDING: ("pending {n}", "待审{n}"),
}
_BARE = {MarkKind.SLIPPED: ("slipped", "推迟"), MarkKind.ADVANCED: ("advanced", "提前")}


def mark_text(mark: Mark, language: str) -> str:
    """Write a mark in Chinese (`zh`, `zh-CN` ...) or, for any other language, English."""
    texts = _BARE if mark.number is None and mark.kind in _BARE else _TEXTS
    return texts[mark.kind][language.startswith("zh")].format(n=mark.number, m=mark.total)
