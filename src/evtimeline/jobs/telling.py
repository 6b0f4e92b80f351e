"""Everything that anybody is to be told, composed and queued; delivering it is the next step."""

from collections.abc import Iterator
from datetime import datetime

from evtimeline.jobs.compose import compose
from evtimeline.jobs.desk import Composed, Desk
from evtimeline.jobs.remind import notify, remind
from evtimeline.jobs.stopping import Stop, never
from evtimeline.store import subscriptions
from evtimeline.store.engine import reading, writing


def tell(desk: Desk, now: datetime, stop: Stop = never) -> Iterator[Composed]:
    """Queue digests, alerts, reminders and notices that are due; says one by one who gets any, and whose failed.

    Notices come last, so that the operator learns in the same round of what could not be made. Raises StoreError.
    """
    with reading(desk.engine) as connection:
        ahead = subscriptions.any_ahead(connection, now)
    if ahead:
        with writing(desk.engine) as connection:
            subscriptions.mend(connection, now)
    for act in (compose, remind, notify):
        yield from act(desk, now, stop)
