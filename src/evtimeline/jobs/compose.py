"""Compose what subscriptions are due, a digest of their period or alerts of what has changed, and queue it once."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from evtimeline.core.cadence import Period, period_due
from evtimeline.core.digests import Gathered, digest, fitting
from evtimeline.core.letters import Letter
from evtimeline.core.news import wants_mentions
from evtimeline.core.subscriptions import Cadence, Message, Subscription
from evtimeline.jobs.alerting import compose_alerts
from evtimeline.jobs.desk import Composed, Desk, as_message, queue
from evtimeline.jobs.gathering import gather
from evtimeline.rendering import LARGEST, as_html, encoded_size
from evtimeline.store import claims, revisions, subscriptions
from evtimeline.store.engine import reading
from evtimeline.store.subscriptions import Cursor

if TYPE_CHECKING:
    from sqlalchemy import Connection


def compose(desk: Desk, now: datetime) -> tuple[Composed, ...]:
    """Queue what every subscription is due, each in a transaction of its own; returns those with something to tell.

    Doing it twice at one time queues nothing twice, in this process or in another. Raises StoreError.
    """
    with reading(desk.engine) as connection:
        due = _due(connection, now)
    done = [queue(desk, one, now, write) for one in due]
    return tuple(one for one in done if one.messages or one.error)


def send_now(desk: Desk, subscription: Subscription, now: datetime) -> Composed:
    """Queue the digest of what a subscription has not been told yet, before its time."""
    return queue(desk, subscription, now, _digest_now)


def write(connection: "Connection", desk: Desk, subscription: Subscription, now: datetime) -> tuple[Message, ...]:
    """Compose what one subscription is due and move its cursor, in the caller's transaction."""
    current = subscriptions.get(connection, subscription.id)
    if current.paused:
        return ()
    if current.cadence is Cadence.INSTANT:
        return compose_alerts(connection, current, now, desk.domain)
    return _digest(connection, desk, current, now)


def word_digest(gathered: Gathered, subscription: Subscription) -> Letter:
    """The digest with as much in it as a mailbox shows without cutting it."""
    return fitting(
        lambda most: digest(gathered, subscription, most), lambda letter: encoded_size(as_html(letter)), LARGEST
    )


def preview(
    connection: "Connection", subscription: Subscription, period: Period, now: datetime, catalogue: Path
) -> Letter:
    """The digest of any period, as it would be sent; nothing is recorded."""
    return word_digest(gather(connection, subscription, period, now, catalogue), subscription)


def digest_key(subscription: Subscription, period: Period) -> str:
    """What a digest is about; unique, so that no period is told twice."""
    return f"digest:{subscription.id}:{period.end.isoformat()}"


def _digest(
    connection: "Connection", desk: Desk, subscription: Subscription, now: datetime, *, forced: bool = False
) -> tuple[Message, ...]:
    """The digest that is due, with everything found out since the last one; the cursor moves behind it."""
    revisions.hold(connection)
    cursor = subscriptions.cursor(connection, subscription.id)
    period = Period(cursor.period_end, now) if forced else period_due(subscription, cursor.period_end, now)
    if period is None or period.end <= period.begin:
        return ()
    newest = Cursor(revisions.last_id(connection), claims.last_id(connection), period.end)
    told = Period(period.begin, max(period.end, now))  # a digest that comes late holds what came until now
    gathered = gather(connection, subscription, told, now, desk.catalogue, cursor)
    subscriptions.move(connection, subscription.id, newest)
    if not (gathered.has_news or subscription.empty or forced):
        return ()
    letter = word_digest(gathered, subscription)
    return (as_message(letter, subscription, digest_key(subscription, period), now, desk.domain),)


def _digest_now(connection: "Connection", desk: Desk, subscription: Subscription, now: datetime) -> tuple[Message, ...]:
    return _digest(connection, desk, subscription, now, forced=True)


def _due(connection: "Connection", now: datetime) -> tuple[Subscription, ...]:
    """The subscriptions for which there may be something to do; a look that holds nothing."""
    cursors = subscriptions.cursors(connection)
    newest, last_claim = revisions.last_id(connection), claims.last_id(connection)
    found = []
    for one in subscriptions.load(connection, paused=False):
        cursor = cursors[one.id]
        if one.cadence is Cadence.INSTANT:
            fresh = newest > cursor.revision_id or (wants_mentions(one) and last_claim > cursor.claim_id)
        else:
            fresh = _may_be_due(one, cursor, now)
        if fresh:
            found.append(one)
    return tuple(found)


def _may_be_due(subscription: Subscription, cursor: Cursor, now: datetime) -> bool:
    try:
        return period_due(subscription, cursor.period_end, now) is not None
    except (LookupError, ValueError):  # a zone that this machine does not know: let composing fail, and be told
        return True
