"""Everything that anybody is to be told, composed and queued; delivering it is the next step."""

from datetime import datetime

from evtimeline.jobs.compose import compose
from evtimeline.jobs.desk import Composed, Desk
from evtimeline.jobs.remind import notify, remind


def tell(desk: Desk, now: datetime) -> tuple[Composed, ...]:
    """Queue digests, alerts, reminders and notices that are due; returns who gets any, and whose failed.

    Notices come last, so that the operator learns in the same round of what could not be made. Raises StoreError.
    """
    return (*compose(desk, now), *remind(desk, now), *notify(desk, now))
