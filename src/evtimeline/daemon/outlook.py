"""What lies ahead: how many feeds are due, when the next poll and the next digest are."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from evtimeline.core.cadence import next_due
from evtimeline.core.subscriptions import Subscription
from evtimeline.jobs.claiming import count_due
from evtimeline.store import feeds, subscriptions
from evtimeline.store.engine import reading

if TYPE_CHECKING:
    from sqlalchemy import Engine


@dataclass(frozen=True)
class Outlook:
    """`next_feed` and `next_digest` are aware UTC instants; None where there is no feed, or nobody gets digests."""

    feeds: int
    due: int
    next_feed: datetime | None
    subscriptions: int
    next_digest: datetime | None


def outlook(engine: "Engine", now: datetime) -> Outlook:
    """Look ahead from `now`. Raises StoreError."""
    with reading(engine) as connection:
        listed = [one for one in feeds.states(connection).values() if one.listed]
        told = subscriptions.load(connection, paused=False)
    digests = [due for one in told if (due := _next(one, now))]
    polls = [one.due_at or now for one in listed]
    return Outlook(len(listed), count_due(engine, now), min(polls, default=None), len(told), min(digests, default=None))


def _next(subscription: Subscription, now: datetime) -> datetime | None:
    try:
        return next_due(subscription, now)
    except (LookupError, ValueError):  # a zone that this machine does not know, told of when it is composed
        return None
