"""What the difference between two views of a milestone is called."""

from datetime import datetime

from evtimeline.core.book import View
from evtimeline.core.claims import Claim, Revision, RevisionKind
from evtimeline.core.standing import Outcome
from evtimeline.core.tracks import is_baseline
from evtimeline.core.windows import Change, Window, change, slip_days

NO_VIEW = View()
_WITHOUT_DATE = (RevisionKind.CANCELLED, RevisionKind.DELAYED)


def revision(before: View, after: View, cause: Claim, at: datetime, first: Claim | None) -> Revision | None:
    """The change from one view to the next, caused by `cause` at `at`; None where nothing that stands has changed.

    That a user wrote down the first promise of a new milestone is no change. `new` is the day it (reportedly)
    happened, or the date that now stands; None for a cancellation, and for a delay without a date.
    """
    if before.outcome is after.outcome and before.window is after.window and before.promised is after.promised:
        return None
    kind = _of_outcome(before, after) or _of_date(before, after)
    if kind is None or (before == NO_VIEW and is_baseline(cause)):
        return None
    old, new = before.window, _new(kind, after)
    promised = first.window if first else None
    return Revision(kind, cause.id, at, old, new, _days(old, new), _days(promised, new), cause.backfill)


def _new(kind: RevisionKind, after: View) -> Window | None:
    if kind in _WITHOUT_DATE:
        return None
    return after.reported if kind is RevisionKind.REPORTED else after.window


def _of_outcome(before: View, after: View) -> RevisionKind | None:
    if before.outcome is after.outcome:
        return None
    if after.outcome is Outcome.REPORTED:
        return RevisionKind.REPORTED if before.outcome is Outcome.OPEN else RevisionKind.REINSTATED
    return {
        Outcome.DONE: RevisionKind.DONE,
        Outcome.CANCELLED: RevisionKind.CANCELLED,
        Outcome.OPEN: RevisionKind.REINSTATED,
    }[after.outcome]


def _of_date(before: View, after: View) -> RevisionKind | None:
    if after.outcome is Outcome.CANCELLED:
        return None
    moved = _of_window(before.window, after.window)
    if after.contested:
        return RevisionKind.CONTESTED if moved or not before.contested else None
    if before.contested:
        return RevisionKind.SETTLED
    return moved or (RevisionKind.DELAYED if after.delayed and not before.delayed else None)


def _of_window(old: Window | None, new: Window | None) -> RevisionKind | None:
    if old is None or new is None:
        return RevisionKind.DATED if new else RevisionKind.BLURRED if old else None
    named = change(old, new)
    return None if named is Change.SAME else RevisionKind(named.value)


def _days(old: Window | None, new: Window | None) -> int | None:
    return slip_days(old, new) if old and new else None
