"""Read from the store what messages are made of, as the values that `core/` words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from evtimeline.core.cadence import Period
from evtimeline.core.claims import Claim
from evtimeline.core.digests import MOST, Gathered, Waiting
from evtimeline.core.milestones import Titles
from evtimeline.core.news import Followed, News, concerns, in_period, ranked, silenced, wants, wants_mentions
from evtimeline.core.standing import Standing
from evtimeline.core.status import status_of
from evtimeline.core.subscriptions import Silence, Subscription
from evtimeline.core.troubles import Trouble
from evtimeline.store import claims, milestones, revisions, silences, standings, timelines
from evtimeline.store.claims import StoredClaim
from evtimeline.store.horizons import Untold
from evtimeline.store.milestones import StoredMilestone
from evtimeline.store.revisions import StoredRevision

if TYPE_CHECKING:
    from sqlalchemy import Connection

MOST_REVIEWED = 20
"""Claims of the review queue that are read for a digest; the rest is counted."""


def follow_all(connection: "Connection", subscription: Subscription, now: datetime) -> dict[int, Followed]:
    """Everything that the subscription is for, by its number."""
    pairs = ((one.milestone, one.standing) for one in standings.load_all(connection))
    found = _followed(pairs, timelines.titles(connection), now)
    return {one.id: one for one in found if concerns(subscription, one)}


def follow(connection: "Connection", milestone_ids: Iterable[int], now: datetime) -> dict[int, Followed]:
    """Some milestones, whoever they are for, by their numbers."""
    known = milestones.by_ids(connection, milestone_ids)
    pairs = ((stored, standings.load(connection, number)) for number, stored in known.items())
    return {one.id: one for one in _followed(pairs, timelines.titles(connection), now)}


def read_news(
    connection: "Connection",
    subscription: Subscription,
    found: Sequence[StoredRevision],
    followed: Mapping[int, Followed],
) -> tuple[News, ...]:
    """What the subscription wants of these revisions, one News for each milestone; without ledgers, see `complete`."""
    ours = [one for one in found if one.milestone_id in followed]
    causes = claims.by_numbers(connection, (one.revision.claim_id for one in ours))
    kept: dict[int, list[StoredRevision]] = {}
    for one in ours:
        if wants(subscription, one.revision.kind, causes[one.revision.claim_id].claim):
            kept.setdefault(one.milestone_id, []).append(one)
    return tuple(_news(followed[number], many, causes) for number, many in kept.items())


def complete(connection: "Connection", news: Sequence[News], most: int = MOST) -> tuple[News, ...]:
    """Add the ledgers of what will be shown, the weightiest `most`; the rest comes behind without them."""
    ordered = ranked(news)
    ledgers = claims.evidence_of(connection, [one.followed.id for one in ordered[:most]])
    return tuple(replace(one, ledger=ledgers.get(one.followed.id, ())) for one in ordered)


def read_mentions(
    connection: "Connection", subscription: Subscription, found: Sequence[StoredClaim], followed: Mapping[int, Followed]
) -> tuple[tuple[Followed, Claim], ...]:
    """The entries that name milestones and changed nothing, for a subscription that wants every mention."""
    if not wants_mentions(subscription):
        return ()
    ours = [one for one in found if one.milestone_id in followed and wants(subscription, "mention", one.claim)]
    numbers = {one.milestone_id for one in ours}
    changed = {one.revision.claim_id for number in numbers for one in revisions.of_milestone(connection, number)}
    counted = {one.claim_id for said in claims.evidence_of(connection, numbers).values() for one in said}
    return tuple(
        (followed[one.milestone_id], one.claim)
        for one in ours
        if one.claim.id in counted and one.claim.id not in changed
    )


def gather(
    connection: "Connection",
    subscription: Subscription,
    period: Period,
    now: datetime,
    troubles: tuple[Trouble, ...],
    untold: Untold | None = None,
) -> Gathered:
    """Everything a digest is made of: what was not told yet, or without `untold` what was found out in the period."""
    muted, followed = _apart(follow_all(connection, subscription, now), silences.load(connection))
    news = read_news(connection, subscription, _told(connection, period, untold), followed)
    said = _said(connection, period, untold) if wants_mentions(subscription) else ()
    return Gathered(
        period=period,
        news=complete(connection, news),
        followed=tuple(followed.values()),
        mentions=read_mentions(connection, subscription, said, followed),
        review=_review(connection, followed),
        review_count=sum(one.standing.pending for one in followed.values()),
        troubles=troubles,
        muted=muted,
    )


def _apart(
    everything: Mapping[int, Followed], known: Sequence[Silence]
) -> tuple[tuple[tuple[Followed, Silence], ...], dict[int, Followed]]:
    """What is silenced, and the rest."""
    muted = {number: silence for number, one in everything.items() if known and (silence := silenced(known, one))}
    told = {number: one for number, one in everything.items() if number not in muted}
    return tuple((everything[number], silence) for number, silence in muted.items()), told


def _told(connection: "Connection", period: Period, untold: Untold | None) -> tuple[StoredRevision, ...]:
    if untold is not None:
        last = untold.until.revision_id
        return revisions.since(connection, untold.after.revision_id, backfill=False, until=last)
    found = revisions.since(connection, 0, backfill=False)
    return tuple(one for one in found if in_period(one.revision, period))


def _said(connection: "Connection", period: Period, untold: Untold | None) -> tuple[StoredClaim, ...]:
    if untold is not None:
        return claims.since(connection, untold.after.claim_id, untold.until.claim_id)
    return tuple(one for one in claims.since(connection, 0) if period.begin < one.claim.learned_at <= period.end)


def _review(connection: "Connection", followed: Mapping[int, Followed]) -> tuple[Waiting, ...]:
    """The beginning of the review queue, as far as it is about what is followed here."""
    if not any(one.standing.pending for one in followed.values()):
        return ()
    ours = [one for one in claims.pending(connection) if one.milestone.id in followed]
    return tuple(
        Waiting(followed[one.milestone.id], one.claim.claim, one.decision.decided_by) for one in ours[:MOST_REVIEWED]
    )


def _news(followed: Followed, found: Sequence[StoredRevision], causes: Mapping[int, StoredClaim]) -> News:
    last = causes[found[-1].revision.claim_id]
    return News(
        followed=followed,
        ids=tuple(one.id for one in found),
        revisions=tuple(one.revision for one in found),
        cause=last.claim,
        entry_id=last.entry_id,
    )


def _followed(
    pairs: Iterable[tuple[StoredMilestone, Standing]], titles: Mapping[str, Titles], now: datetime
) -> list[Followed]:
    days: dict[str, date] = {}
    found = []
    for stored, standing in pairs:
        today = days.get(stored.zone) or days.setdefault(stored.zone, now.astimezone(ZoneInfo(stored.zone)).date())
        status = status_of(standing, stored.milestone, today)
        key, title = stored.timeline_key, titles[stored.timeline_key]
        found.append(Followed(stored.id, key, title, stored.zone, stored.milestone, standing, status, today))
    return found
