"""Counts of everything, for whoever watches a running evtimeline; grouped queries that fold no ledger."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, select

from evtimeline.core.claims import Verdict
from evtimeline.core.standing import Evidence, Outcome, Standing
from evtimeline.core.status import Status, status_on
from evtimeline.core.subscriptions import MessageState, Result
from evtimeline.core.windows import Window
from evtimeline.store import tables, tables_telling
from evtimeline.store.milestones import FOLLOWED
from evtimeline.store.outbox import CUT_OFF
from evtimeline.store.payloads import decode

UNSENT = (MessageState.QUEUED, MessageState.HELD, MessageState.SENDING, MessageState.UNKNOWN, MessageState.DEAD)
"""The states of messages that are neither sent nor muted: those that lie in the outbox."""

_WAITING = (MessageState.QUEUED, MessageState.HELD, MessageState.UNKNOWN)
_FEEDS = tables.feeds.c
_MESSAGES = tables_telling.messages
_SUBSCRIPTIONS = tables_telling.subscriptions
_DELIVERIES = tables_telling.deliveries
_STANDINGS = tables.standings.c
_SETTLED = tables.milestones.join(tables.timelines).outerjoin(tables.standings)
_ADDRESSED = _MESSAGES.join(_SUBSCRIPTIONS)
_PRESENT = _SUBSCRIPTIONS.c.removed_at.is_(None)


@dataclass(frozen=True)
class Waiting:
    """What is due and not done: how many, and since when the oldest; None where nothing is due."""

    number: int
    since: datetime | None


def feeds_by_state(connection: Connection) -> Mapping[str, int]:
    """Count the feeds that are followed: "new", "ok", "failing", "gone" and "not a feed"."""
    statement = select(_FEEDS.state, func.count()).where(_FEEDS.listed.is_(True)).group_by(_FEEDS.state)
    return dict(connection.execute(statement).all())


def polls_due(connection: Connection, now: datetime) -> Waiting:
    """Count the followed feeds whose time has come, those that are being polled included."""
    statement = select(func.count(), func.min(_FEEDS.due_at)).where(_FEEDS.listed.is_(True), _FEEDS.due_at <= now)
    return Waiting(*connection.execute(statement).one())


def never_polled(connection: Connection, due_before: datetime) -> int:
    """Count the followed feeds that were due by then and have not been asked once."""
    statement = select(func.count()).where(
        _FEEDS.listed.is_(True), _FEEDS.attempted_at.is_(None), _FEEDS.due_at < due_before
    )
    return connection.execute(statement).scalar_one()


def polls_in_hand(connection: Connection, holder: str, now: datetime) -> int:
    """Count the feeds that a daemon is polling: it renews its leases as it gets on."""
    held = (_FEEDS.leased_by == holder) & (_FEEDS.leased_until > now)
    return int(connection.execute(select(func.count()).where(held)).scalar_one())


def entries_ever(connection: Connection) -> int:
    """Count the entries that feeds ever brought, those that were cleared away since included."""
    return int(connection.execute(select(func.coalesce(func.sum(_FEEDS.entries_count), 0))).scalar_one())


def claims_by_verdict(connection: Connection) -> Mapping[Verdict, int]:
    """Count the claims about followed milestones, from what is kept of each ledger."""
    claims, rejected = (
        func.coalesce(func.sum(_STANDINGS.standing[name].as_integer()), 0) for name in ("claims", "rejected")
    )
    pending = func.coalesce(func.sum(_STANDINGS.pending), 0)
    statement = select(claims, pending, rejected).select_from(_SETTLED).where(FOLLOWED)
    known, waiting, refused = map(int, connection.execute(statement).one())
    return {Verdict.ACCEPTED: known - waiting - refused, Verdict.PENDING: waiting, Verdict.REJECTED: refused}


def milestones_by_status(connection: Connection, now: datetime) -> Mapping[Status, int]:
    """Count the followed milestones by what each is today in the zone of its timeline."""
    window, rivals = (_STANDINGS.standing[name].as_string().label(name) for name in ("window", "rivals"))
    columns = (tables.timelines.c.zone, _STANDINGS.outcome, window, rivals)
    statement = select(*columns, func.count()).select_from(_SETTLED).where(FOLLOWED).group_by(*columns)
    counted = Counter[Status]()
    for name, outcome, standing, against, number in connection.execute(statement):
        today = now.astimezone(ZoneInfo(name)).date()
        counted[_status(outcome or Outcome.OPEN.value, standing, against, today)] += number
    return dict(counted)


def outbox_by_state(connection: Connection) -> Mapping[MessageState, int]:
    """Count what lies in the outbox of subscriptions that still exist."""
    state = _MESSAGES.c.state
    unsent = [each.value for each in UNSENT]
    statement = select(state, func.count()).select_from(_ADDRESSED).where(_PRESENT, state.in_(unsent)).group_by(state)
    return {MessageState(found): number for found, number in connection.execute(statement)}


def messages_due(connection: Connection, now: datetime) -> Waiting:
    """Count the messages that should have been sent by now."""
    waits = _MESSAGES.c.state.in_([each.value for each in _WAITING]) & (_MESSAGES.c.due_at <= now)
    statement = (
        select(func.count(), func.min(_MESSAGES.c.due_at))
        .select_from(_ADDRESSED)
        .where(_PRESENT, waits, _SUBSCRIPTIONS.c.paused.is_(False))
    )
    return Waiting(*connection.execute(statement).one())


def last_digest(connection: Connection) -> datetime | None:
    """Read when the newest digest was sent; None where none was."""
    statement = (
        select(_MESSAGES.c.sent_at)
        .where(_MESSAGES.c.key.like("digest:%"), _MESSAGES.c.sent_at.is_not(None))
        .order_by(_MESSAGES.c.id.desc())
        .limit(1)
    )
    return connection.execute(statement).scalar_one_or_none()


def channels(connection: Connection) -> tuple[str, ...]:
    """Name the channels that present subscriptions use."""
    statement = select(_SUBSCRIPTIONS.c.channel).where(_PRESENT).distinct()
    return tuple(sorted(connection.execute(statement).scalars()))


def last_delivery(connection: Connection) -> int:
    """Read the number of the newest attempt; 0 where there is none."""
    newest: int | None = connection.execute(select(func.max(_DELIVERIES.c.id))).scalar_one()
    return newest or 0


def deliveries(connection: Connection, after: int, up_to: int) -> Mapping[tuple[str, Result], int]:
    """Count the attempts behind the one numbered `after` by channel and result, up to and with another.

    An attempt whose end is not on record yet is none.
    """
    number, channel, result = _DELIVERIES.c.id, _SUBSCRIPTIONS.c.channel, _DELIVERIES.c.result
    statement = (
        select(channel, result, func.count())
        .select_from(_DELIVERIES.join(_MESSAGES).join(_SUBSCRIPTIONS))
        .where(number > after, number <= up_to, _DELIVERIES.c.reason != CUT_OFF)
        .group_by(channel, result)
    )
    return {(name, Result(ended)): counted for name, ended, counted in connection.execute(statement)}


def _status(outcome: str, window: str | None, rivals: str | None, today: date) -> Status:
    against = decode(tuple[Evidence, ...], json.loads(rivals)) if rivals else ()
    return status_on(Standing(window=_window(window), outcome=Outcome(outcome), rivals=against), today)


@lru_cache(4096)
def _window(text: str | None) -> Window | None:
    return decode(Window, json.loads(text)) if text else None
