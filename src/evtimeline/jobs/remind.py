"""Remind those who are told at once of what opens soon and what is overdue, and tell operators what is wrong."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from evtimeline.core.alerts import thread_of
from evtimeline.core.cadence import last_morning
from evtimeline.core.news import Followed, concerns, silenced
from evtimeline.core.reminders import Occasion, occasion, reminder, reminder_key
from evtimeline.core.subscriptions import Cadence, Message, Subscription
from evtimeline.core.troubles import notice
from evtimeline.jobs.desk import Composed, Desk, as_message, queue_each
from evtimeline.jobs.following import follow_all
from evtimeline.jobs.stopping import Stop, never
from evtimeline.jobs.troubles import NOTICE, find_troubles, remember_told, told_of
from evtimeline.store import outbox, silences, subscriptions
from evtimeline.store.engine import reading

if TYPE_CHECKING:
    from sqlalchemy import Connection


def remind(desk: Desk, now: datetime, stop: Stop = never) -> Iterator[Composed]:
    """Queue the morning's reminders of every subscription that is told at once; says who has some.

    Digests list the same among what is overdue and what comes, so nobody is told of it twice. Raises StoreError.
    """
    with reading(desk.engine) as connection:
        instant = [one for one in subscriptions.load(connection, paused=False) if one.cadence is Cadence.INSTANT]
        cursors = subscriptions.cursors(connection)  # in this order: a new subscription comes with its cursor
    due = [one for one in instant if last_morning(one, now) > cursors[one.id].period_end]
    yield from queue_each(desk, due, now, partial(_remind, {}), stop)


def notify(desk: Desk, now: datetime, stop: Stop = never) -> Iterator[Composed]:
    """Queue a notice for every operator who has not been told of a trouble yet. Raises StoreError."""
    with reading(desk.engine) as connection:
        operators = [one for one in subscriptions.load(connection, paused=False) if one.operator]
        troubles = find_troubles(connection, desk.catalogue, now) if operators else ()
        keys = frozenset(one.key for one in troubles)
        fresh = [one for one in operators if told_of(connection, one.id) != keys]
    yield from queue_each(desk, fresh, now, _notify, stop)


def _remind(
    seen: dict[datetime, Mapping[int, Followed]],
    connection: "Connection",
    desk: Desk,
    subscription: Subscription,
    now: datetime,
) -> tuple[Message, ...]:
    """The reminders whose days have come since the last morning; the cursor moves to this one.

    `seen` keeps what is followed, as of each morning, for all who have the same.
    """
    cursor = subscriptions.claim(connection, subscription.id)
    morning = last_morning(subscription, now)
    if cursor is None or morning <= cursor.period_end:
        return ()
    known = silences.load(connection)
    if morning not in seen:
        seen[morning] = follow_all(connection, morning)
    found = [
        one
        for each in seen[morning].values()
        if concerns(subscription, each)
        and not silenced(known, each)
        and (one := _occasion(each, subscription, cursor.period_end))
    ]
    subscriptions.move(connection, subscription.id, replace(cursor, period_end=morning))
    return (_reminder(connection, found, subscription, now, morning, desk.domain),) if found else ()


def _occasion(followed: Followed, subscription: Subscription, told_to: datetime) -> Occasion | None:
    after = told_to.astimezone(ZoneInfo(followed.zone)).date()
    return occasion(followed, subscription.remind_days, after)


def _reminder(
    connection: "Connection",
    found: Sequence[Occasion],
    subscription: Subscription,
    now: datetime,
    morning: datetime,
    domain: str,
) -> Message:
    """One message; about one milestone it answers what was told of that before."""
    thread = thread_of(found[0].followed) if len(found) == 1 else None
    earlier = outbox.thread(connection, subscription.id, thread) if thread else ()
    letter, key = reminder(found, subscription), reminder_key(subscription, morning)
    return as_message(letter, subscription, key, now, domain, thread=thread, references=earlier)


def _notify(connection: "Connection", desk: Desk, subscription: Subscription, now: datetime) -> tuple[Message, ...]:
    """A notice of what is newly wrong; what is over is forgotten, and told again if it comes back."""
    if subscriptions.claim(connection, subscription.id) is None:  # another process tells it
        return ()
    troubles = find_troubles(connection, desk.catalogue, now)
    told, keys = told_of(connection, subscription.id), frozenset(one.key for one in troubles)
    new = [one for one in troubles if one.key not in told]
    remember_told(connection, subscription.id, keys)
    if not new:
        return ()
    letter = notice(new, len(keys & told), subscription)
    key = f"{NOTICE}{subscription.id}:{now.isoformat()}"
    return (as_message(letter, subscription, key, now, desk.domain),)
