"""Read from the store what messages are made of, as the values that `core/` words."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from evtimeline.core.cadence import Period
from evtimeline.core.claims import Claim
from evtimeline.core.digests import MOST, Gathered, Waiting
from evtimeline.core.news import Followed, News, concerns, in_period, ranked, silenced, wants, wants_mentions
from evtimeline.core.subscriptions import Silence, Subscription
from evtimeline.jobs.sight import Sight
from evtimeline.store import claims, revisions
from evtimeline.store.claims import StoredClaim
from evtimeline.store.horizons import Untold
from evtimeline.store.revisions import StoredRevision

if TYPE_CHECKING:
    from sqlalchemy import Connection

MOST_REVIEWED = 20
"""Claims of the review queue that are read for a digest; the rest is counted."""


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
    sight: Sight,
    untold: Untold | None = None,
) -> Gathered:
    """Everything a digest is made of: what was not told yet, or without `untold` what was found out in the period."""
    ours = {number: one for number, one in sight.followed.items() if concerns(subscription, one)}
    muted, followed = _apart(ours, sight.silences)
    changes = sight.since(untold.after.revision_id) if untold else _changes_of(connection, period)
    news = read_news(connection, subscription, changes, followed)
    said = _said(connection, period, untold) if wants_mentions(subscription) else ()
    return Gathered(
        period=period,
        news=complete(connection, news),
        followed=tuple(followed.values()),
        mentions=read_mentions(connection, subscription, said, followed),
        review=_review(connection, followed),
        review_count=sum(one.standing.pending for one in followed.values()),
        troubles=sight.troubles,
        muted=muted,
    )


def _apart(
    everything: Mapping[int, Followed], known: Sequence[Silence]
) -> tuple[tuple[tuple[Followed, Silence], ...], dict[int, Followed]]:
    """What is silenced, and the rest."""
    muted = {number: silence for number, one in everything.items() if known and (silence := silenced(known, one))}
    told = {number: one for number, one in everything.items() if number not in muted}
    return tuple((everything[number], silence) for number, silence in muted.items()), told


def _changes_of(connection: "Connection", period: Period) -> tuple[StoredRevision, ...]:
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
