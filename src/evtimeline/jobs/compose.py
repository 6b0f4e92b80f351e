"""Compose what subscriptions are due, a digest of their period or alerts of what has changed, and queue it once."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from evtimeline.core.cadence import Period, period_due
from evtimeline.core.digests import Gathered, digest, fitting
from evtimeline.core.letters import Letter
from evtimeline.core.news import concerns, wants_mentions
from evtimeline.core.subscriptions import Cadence, Message, Subscription
from evtimeline.jobs.alerting import compose_alerts
from evtimeline.jobs.desk import Composed, Desk, as_message, queue, queue_each
from evtimeline.jobs.gathering import gather
from evtimeline.jobs.sight import Sight, look, survey
from evtimeline.jobs.stopping import Stop, never
from evtimeline.rendering import LARGEST, as_html, encoded_size
from evtimeline.store import claims, outbox, revisions, subscriptions
from evtimeline.store.engine import reading, writing
from evtimeline.store.horizons import Horizon, Untold
from evtimeline.store.subscriptions import Cursor

if TYPE_CHECKING:
    from sqlalchemy import Connection


def compose(desk: Desk, now: datetime, stop: Stop = never) -> Iterator[Composed]:
    """Queue what every subscription is due, each in a transaction of its own; says who gets something.

    Doing it twice at one time queues nothing twice, in this process or in another: they share the work. Raises
    StoreError.
    """
    with reading(desk.engine) as connection:
        due = _due(connection, now)
    if due and not stop():
        sight = look(desk.engine, desk.catalogue, due, now)
        yield from queue_each(desk, _concerned(desk, due, sight), now, partial(write, sight), stop)


def send_now(desk: Desk, subscription: Subscription, now: datetime) -> Composed:
    """Queue the digest of what a subscription has not been told yet, before its time."""
    return queue(desk, subscription, now, partial(_digest_now, look(desk.engine, desk.catalogue, [subscription], now)))


def write(
    sight: Sight, connection: "Connection", desk: Desk, subscription: Subscription, now: datetime
) -> tuple[Message, ...]:
    """Compose what one subscription is due and move its cursor, in the caller's transaction."""
    current = subscriptions.get(connection, subscription.id)
    if current.paused or current.cadence is not subscription.cadence:  # changed since the look: the next round does it
        return ()
    if current.cadence is Cadence.INSTANT:
        return compose_alerts(connection, current, sight, now, desk.domain)
    cursor = subscriptions.claim(connection, current.id)
    period = period_due(current, cursor.period_end, now) if cursor else None
    if cursor is None or period is None or period.end <= period.begin:
        return ()
    if outbox.is_queued(connection, current.id, digest_key(current, period)):  # by a clock that was wrong
        subscriptions.move(connection, current.id, replace(cursor, period_end=period.end))
        return ()
    told = Period(period.begin, max(period.end, now))  # a digest that comes late holds what came until now
    untold = Untold(cursor, sight.horizon)
    gathered = gather(connection, current, told, sight, untold)
    subscriptions.move(connection, current.id, untold.end(period.end))
    return (_digest(gathered, current, period, now, desk),) if gathered.has_news or current.empty else ()


def word_digest(gathered: Gathered, subscription: Subscription) -> Letter:
    """The digest with as much in it as a mailbox shows without cutting it."""
    return fitting(
        lambda most: digest(gathered, subscription, most), lambda letter: encoded_size(as_html(letter)), LARGEST
    )


def preview(
    connection: "Connection", subscription: Subscription, period: Period, now: datetime, catalogue: Path
) -> Letter:
    """The digest of any period, as it would be sent; nothing is recorded."""
    sight = survey(connection, catalogue, now, Horizon(0, 0))
    return word_digest(gather(connection, subscription, period, sight), subscription)


def digest_key(subscription: Subscription, period: Period) -> str:
    """What a digest is about; unique, so that no period is told twice."""
    return f"digest:{subscription.id}:{period.end.isoformat()}"


def _digest_now(
    sight: Sight, connection: "Connection", desk: Desk, subscription: Subscription, now: datetime
) -> tuple[Message, ...]:
    cursor = subscriptions.cursor(connection, subscription.id)
    period = Period(cursor.period_end, now)
    if period.end <= period.begin:
        return ()
    untold = Untold(cursor, sight.horizon)
    gathered = gather(connection, subscription, period, sight, untold)
    subscriptions.move(connection, subscription.id, untold.end(now))
    return (_digest(gathered, subscription, period, now, desk),)


def _digest(gathered: Gathered, subscription: Subscription, period: Period, now: datetime, desk: Desk) -> Message:
    letter = word_digest(gathered, subscription)
    return as_message(letter, subscription, digest_key(subscription, period), now, desk.domain)


def _concerned(desk: Desk, due: Sequence[Subscription], sight: Sight) -> list[Subscription]:
    """Those that may be told something; the cursors of those that nothing of this concerns move on all together."""
    changed = sight.changed
    idle = {
        one.id
        for one in due
        if one.cadence is Cadence.INSTANT
        and not wants_mentions(one)
        and not any(concerns(one, followed) for followed in changed)
    }
    if idle:
        with writing(desk.engine) as connection:
            subscriptions.pass_over(connection, sorted(idle), sight.horizon.revision_id, sight.horizon.claim_id)
    return [one for one in due if one.id not in idle]


def _due(connection: "Connection", now: datetime) -> tuple[Subscription, ...]:
    """The subscriptions for which there may be something to do; a look that holds nothing."""
    known = subscriptions.load(connection, paused=False)
    cursors = subscriptions.cursors(connection)  # in this order: a new subscription comes with its cursor
    newest, last_claim = revisions.last_id(connection), claims.last_id(connection)
    found = []
    for one in known:
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
