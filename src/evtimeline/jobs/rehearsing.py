"""Rehearse an alert: for every subscription whether it would be told of a change, why or why not, and how."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from evtimeline.core.alerts import refusal
from evtimeline.core.news import News, silenced
from evtimeline.core.subscriptions import Message, Subscription
from evtimeline.errors import UsageError
from evtimeline.jobs.alerting import change_of, write_alerts
from evtimeline.jobs.story import find
from evtimeline.store import revisions, silences

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True)
class Rehearsal:
    """What would happen for one subscription; no message where nothing would be sent."""

    subscription: Subscription
    verdict: str
    message: Message | None = None


def rehearse(
    connection: "Connection", chosen: Sequence[Subscription], typed: str | None, now: datetime, domain: str
) -> tuple[Rehearsal, ...]:
    """Rehearse the last change of the milestone that was typed, or the last of all.

    Raises UnknownKeyError, and UsageError where nothing has changed yet.
    """
    news = _last_change(connection, typed, now)
    return tuple(_of(connection, one, news, now, domain) for one in chosen)


def _last_change(connection: "Connection", typed: str | None, now: datetime) -> News:
    if typed:
        stored = find(connection, typed)
        found = revisions.of_milestone(connection, stored.id)
    else:
        found = revisions.since(connection, 0, backfill=False) or revisions.since(connection, 0)
    if not found:
        raise UsageError("nothing has changed yet, so there is nothing to alert of: `evtimeline poll` reads the feeds")
    return change_of(connection, found[-1], now)


def _of(connection: "Connection", subscription: Subscription, news: News, now: datetime, domain: str) -> Rehearsal:
    why_not = refusal(subscription, news, silenced(silences.load(connection), news.followed))
    if why_not:
        return Rehearsal(subscription, f"not told: {why_not}")
    (message,) = write_alerts(connection, subscription, [news], (), now, domain)
    held = f", held by quiet hours until {message.due_at:%Y-%m-%d %H:%M} UTC" if message.due_at > now else ""
    backfill = "; as backfill it alerts nobody in earnest" if news.revisions[-1].backfill else ""
    return Rehearsal(subscription, f"told at once: {message.reason}{held}{backfill}", message)
