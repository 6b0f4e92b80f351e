"""Compose alerts: what has changed since a subscription was last told, grouped, reasoned and threaded."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from evtimeline.core.alerts import (
    alert,
    alert_key,
    grouped,
    is_urgent,
    mention_key,
    mentioned,
    muted_reason,
    thread_of,
)
from evtimeline.core.cadence import waits_until
from evtimeline.core.claims import Claim, Revision
from evtimeline.core.news import Followed, News, concerns, silenced, wants_mentions
from evtimeline.core.subscriptions import Cadence, Message, Silence, Subscription
from evtimeline.jobs.desk import as_message
from evtimeline.jobs.following import follow
from evtimeline.jobs.gathering import complete, read_mentions, read_news
from evtimeline.jobs.sight import Sight
from evtimeline.store import claims, outbox, revisions, silences, subscriptions
from evtimeline.store.horizons import Untold
from evtimeline.store.revisions import StoredRevision

if TYPE_CHECKING:
    from sqlalchemy import Connection

Mention = tuple[Followed, Claim]


def compose_alerts(
    connection: "Connection", subscription: Subscription, sight: Sight, now: datetime, domain: str
) -> tuple[Message, ...]:
    """The alerts that are due, with the cursor moved behind them, in the caller's transaction.

    Nothing is due, and the cursor stays, while the oldest change still waits for others to join it. Nothing is done
    where another process composes for this subscription.
    """
    cursor = subscriptions.claim(connection, subscription.id)
    untold = Untold(cursor, sight.horizon) if cursor else None
    if untold is None or untold.is_empty:
        return ()
    news = new_changes(connection, subscription, sight, untold.after.revision_id)
    mentions = new_mentions(connection, subscription, untold, now)
    found = [one.revisions[0].happened_at for one in news] + [claim.learned_at for _, claim in mentions]
    if found and waits_until(min(found), subscription.group_wait, now):
        return ()
    subscriptions.move(connection, subscription.id, untold.end(untold.after.period_end))
    return tuple(write_alerts(connection, subscription, news, mentions, now, domain))


def new_changes(
    connection: "Connection", subscription: Subscription, sight: Sight, revision_id: int
) -> tuple[News, ...]:
    """What the subscription wants of the changes behind a revision, with ledgers and what was news before."""
    found = sight.since(revision_id)
    followed = _concerning(subscription, {one.milestone_id: sight.followed.get(one.milestone_id) for one in found})
    return with_history(connection, read_news(connection, subscription, found, followed))


def change_of(connection: "Connection", stored: StoredRevision, now: datetime) -> News:
    """One change, whoever wants it, with ledger and what was news before."""
    followed = follow(connection, [stored.milestone_id], now)
    everybody = Subscription("", "", Cadence.INSTANT, now)
    (news,) = with_history(connection, read_news(connection, everybody, [stored], followed))
    return news


def with_history(connection: "Connection", news: Sequence[News]) -> tuple[News, ...]:
    """Add ledgers, and the changes of the same milestones that were news before."""
    return tuple(replace(one, seen=_seen(connection, one)) for one in complete(connection, news))


def new_mentions(
    connection: "Connection", subscription: Subscription, untold: Untold, now: datetime
) -> tuple[Mention, ...]:
    """The entries not told that name a milestone and change nothing, where the subscription wants those."""
    if not wants_mentions(subscription):
        return ()
    said = claims.since(connection, untold.after.claim_id, untold.until.claim_id)
    followed = _concerning(subscription, follow(connection, (one.milestone_id for one in said), now))
    return read_mentions(connection, subscription, said, followed)


def write_alerts(
    connection: "Connection",
    subscription: Subscription,
    news: Sequence[News],
    mentions: Sequence[Mention],
    now: datetime,
    domain: str,
) -> Iterable[Message]:
    """Word what is told as messages; silenced milestones make messages, too, which are never sent."""
    known = silences.load(connection)
    muted = {one.followed.id: silence for one in news if (silence := silenced(known, one.followed))}
    for group in grouped([one for one in news if one.followed.id not in muted]):
        yield _alert(connection, subscription, group, now, domain)
    for one in news:
        if one.followed.id in muted:
            yield _muted(subscription, one, muted[one.followed.id], now, domain)
    told = [(followed, claim) for followed, claim in mentions if not silenced(known, followed)]
    if told:
        key = mention_key(subscription, [claim for _, claim in told])
        yield as_message(mentioned(told, subscription), subscription, key, now, domain)


def _alert(
    connection: "Connection", subscription: Subscription, group: Sequence[News], now: datetime, domain: str
) -> Message:
    """One alert, which answers what was told before of its milestones."""
    threads = [thread_of(one.followed) for one in group[:10]]
    earlier = [outbox.thread(connection, subscription.id, name) for name in threads]
    return as_message(
        alert(group, subscription),
        subscription,
        alert_key(subscription, group),
        now,
        domain,
        thread=threads[0],
        references=tuple(dict.fromkeys(one for many in reversed(earlier) for one in many)),
        urgent=is_urgent(group),
    )


def _muted(subscription: Subscription, news: News, silence: Silence, now: datetime, domain: str) -> Message:
    letter, key = alert([news], subscription), alert_key(subscription, [news])
    return as_message(letter, subscription, key, now, domain, muted=muted_reason(silence))


def _concerning(subscription: Subscription, found: Mapping[int, Followed | None]) -> dict[int, Followed]:
    return {number: one for number, one in found.items() if one and concerns(subscription, one)}


def _seen(connection: "Connection", news: News) -> tuple[Revision, ...]:
    earlier = revisions.of_milestone(connection, news.followed.id)
    return tuple(one.revision for one in earlier if one.id < news.ids[0] and not one.revision.backfill)
