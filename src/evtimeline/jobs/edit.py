"""What a person changes: a timeline by its file, a milestone by hand, and what is stated at the keyboard."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from evtimeline.core.claims import Claim, Decision, Origin, Quote, Signal, Stance, Tier, Verdict
from evtimeline.core.milestones import Milestone, Promise, Timeline
from evtimeline.core.plans import Difference, diff
from evtimeline.core.windows import Change, Window, change
from evtimeline.jobs.settling import Moved, settle_milestones
from evtimeline.store import claims, milestones, standings, timelines
from evtimeline.store.claims import NewClaim
from evtimeline.store.milestones import StoredMilestone

if TYPE_CHECKING:
    from sqlalchemy import Connection

FILE_RULE = "rule: the first promise"
"""Who decides that what a timeline file states counts."""


def known(connection: "Connection", key: str) -> Timeline | None:
    """The stored timeline of this key, None when there is none."""
    return timelines.load(connection, key) if key in timelines.keys(connection) else None


def plan(connection: "Connection", timeline: Timeline) -> tuple[Difference, ...]:
    """What `apply` would change."""
    return diff(known(connection, timeline.key), timeline)


def apply(
    connection: "Connection",
    timeline: Timeline,
    now: datetime,
    by: str = FILE_RULE,
    origin: Origin = Origin.FILE,
) -> tuple[Difference, ...]:
    """Make the stored timeline equal to `timeline`, in the caller's transaction, and return what changed.

    A promise that is new or stated anew becomes a claim of the ledger, beside those before it. Milestones that are
    no longer there are retired and keep their ledgers. Doing it twice changes nothing.
    """
    old = known(connection, timeline.key)
    if old == timeline:
        return ()
    numbers = timelines.save(connection, timeline, now)
    before = {milestone.key: milestone for milestone in old.milestones} if old else {}
    milestones.lock(connection, numbers.values())
    changed = [milestone for milestone in timeline.milestones if before.get(milestone.key) != milestone]
    today = now.astimezone(ZoneInfo(timeline.zone)).date()
    new = [
        NewClaim(numbers[m.key], key, _first_claim(m.promise, today, now, origin))
        for m in changed
        if (key := _occasion(m.promise, before.get(m.key), now))
    ]
    _accept(connection, new, now, by)
    settle_milestones(connection, [numbers[milestone.key] for milestone in changed])
    return diff(old, timeline)


def set_window(
    connection: "Connection", stored: StoredMilestone, window: Window, typed: str, now: datetime, by: str
) -> tuple[Moved, ...]:
    """State at the keyboard when a milestone is expected now; the first promise stays what it was."""
    milestones.lock(connection, [stored.id])
    standing = standings.load(connection, stored.id)
    moved = change(standing.window, window) if standing.window else Change.SAME
    signal = {Change.SLIPPED: Signal.DELAYED, Change.ADVANCED: Signal.ADVANCED}.get(moved, Signal.SCHEDULED)
    return state(connection, stored, signal, window, typed, now, by)


def state(
    connection: "Connection",
    stored: StoredMilestone,
    signal: Signal,
    window: Window | None,
    words: str | None,
    now: datetime,
    by: str,
) -> tuple[Moved, ...]:
    """Add what a person says of a milestone to its ledger, where it counts at once; returns what that changed.

    `window` is when it happens, happened or was called off. It is stated today, whatever day it speaks of.
    """
    milestones.lock(connection, [stored.id])
    claim = Claim(
        signal=signal,
        stance=Stance.ASSERTED,
        window=window,
        quote=Quote(words, "typed", 0, len(words)) if words else None,
        stated_on=now.astimezone(ZoneInfo(stored.zone)).date(),
        learned_at=now,
        publisher=by,
        tier=Tier.PRIMARY,
        origin=Origin.PERSON,
    )
    _accept(connection, [NewClaim(stored.id, f"person:{signal}:{now.isoformat()}", claim)], now, by)
    return settle_milestones(connection, [stored.id])


def _occasion(promise: Promise, before: Milestone | None, now: datetime) -> str | None:
    """The key of the claim that a promise becomes; None when it says nothing, or nothing new."""
    if promise == Promise() or (before and before.promise == promise):
        return None
    # A promise that comes back after another is stated anew, so it needs a key of its own.
    again = f":{now.isoformat()}" if before and before.promise != Promise() else ""
    window = (promise.window.edtf, promise.window.precision.value) if promise.window else None
    said = repr((window, promise.stated, promise.source, promise.stance.value, promise.quote))
    return f"promise:{hashlib.sha256(said.encode()).hexdigest()[:24]}{again}"


def _first_claim(promise: Promise, today: date, now: datetime, origin: Origin) -> Claim:
    """The first promise as a claim; one without a date says no more than that somebody means to do it."""
    source, quote = promise.source, promise.quote
    return Claim(
        signal=Signal.SCHEDULED if promise.window else Signal.MENTION,
        stance=promise.stance,
        window=promise.window,
        quote=Quote(quote, "document", 0, len(quote)) if quote else None,
        stated_on=promise.stated or today,
        learned_at=now,
        publisher=(source.publisher if source else None) or "",
        tier=source.tier if source else Tier.TERTIARY,
        origin=origin,
        title=source.title if source else None,
        link=source.link if source else None,
        backfill=True,
    )


def _accept(connection: "Connection", new: Sequence[NewClaim], now: datetime, by: str) -> None:
    stored = claims.add(connection, new)
    claims.decide(connection, [Decision(one.claim.id, Verdict.ACCEPTED, by, now) for one in stored])
