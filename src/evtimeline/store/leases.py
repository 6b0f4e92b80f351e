"""Who polls which feed now: feeds are claimed for a while, and whoever dies or loses its way loses them."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select, update

from evtimeline.store import feeds, tables
from evtimeline.store.batches import chunks
from evtimeline.store.feeds import FREE, FeedState

LEASE = timedelta(minutes=10)
"""How long a feed is left to its holder unless the lease is renewed; far more than the clocks of machines differ."""

FARTHEST = timedelta(days=60)
"""No feed is due, and none is leased, further ahead; one that is means that the clock was put back."""

_FEEDS = tables.feeds
_COLUMNS = tables.feeds.c


def claim(
    connection: Connection, holder: str, now: datetime, most: int, lease: timedelta = LEASE
) -> tuple[FeedState, ...]:
    """Take up to `most` listed feeds that are due and that nobody holds, the longest waiting first.

    Others who claim meanwhile get other feeds. `holder` is a name that no other process has.
    """
    due = select(_FEEDS).where(*_is_due(now))
    return _take(connection, due.order_by(_COLUMNS.due_at, _COLUMNS.id).limit(most), holder, now + lease)


def claim_these(
    connection: Connection, holder: str, now: datetime, urls: Sequence[str], lease: timedelta = LEASE
) -> tuple[FeedState, ...]:
    """Take the feeds of these addresses, due and listed or not, as far as nobody holds them."""
    feeds.add_missing(connection, urls)
    named = select(_FEEDS).where(_COLUMNS.url.in_(urls), _is_free(now))
    return _take(connection, named.order_by(_COLUMNS.id), holder, now + lease)


def any_due(connection: Connection, now: datetime, holder: str) -> bool:
    """Whether there is a listed feed that is due and that nobody holds but `holder`."""
    listed, waiting, free = _is_due(now)
    due = select(_COLUMNS.id).where(listed, waiting, or_(free, _COLUMNS.leased_by == holder))
    return connection.execute(due.limit(1)).first() is not None


def count_due(connection: Connection, now: datetime) -> int:
    """Count the listed feeds that are due and that nobody holds."""
    return connection.execute(select(func.count()).select_from(_FEEDS).where(*_is_due(now))).scalar_one()


def renew(connection: Connection, holder: str, now: datetime, lease: timedelta = LEASE) -> None:
    """Keep what is still held for another while."""
    connection.execute(update(_FEEDS).where(_COLUMNS.leased_by == holder).values(leased_until=now + lease))


def release(connection: Connection, holder: str) -> None:
    """Give back everything that is held; others may take it at once."""
    connection.execute(update(_FEEDS).where(_COLUMNS.leased_by == holder).values(**FREE))


def defer(connection: Connection, holder: str, numbers: Collection[int], until: datetime) -> None:
    """Give these feeds back unpolled; nobody is to try them before `until`."""
    for part in chunks(sorted(numbers)):
        held = update(_FEEDS).where(_COLUMNS.id.in_(part), _COLUMNS.leased_by == holder)
        connection.execute(held.values(due_at=until, **FREE))


def mend(connection: Connection, now: datetime) -> None:
    """Undo what a clock has done that was ahead: feeds that wait for its time, leases, and news taken for backfill."""
    ahead = now + LEASE
    waiting = or_(_COLUMNS.due_at > now + FARTHEST, _COLUMNS.attempted_at > ahead)
    connection.execute(update(_FEEDS).where(_COLUMNS.listed.is_(True), waiting).values(due_at=now))
    connection.execute(update(_FEEDS).where(_COLUMNS.leased_until > ahead + LEASE).values(**FREE))
    connection.execute(update(_FEEDS).where(_COLUMNS.first_polled_at > ahead).values(first_polled_at=now))


def _take(
    connection: Connection, wanted: Select[tuple[object, ...]], holder: str, until: datetime
) -> tuple[FeedState, ...]:
    """Lease what is wanted; on SQLite the transaction holds everything already."""
    rows = connection.execute(wanted.with_for_update(skip_locked=True)).mappings()
    lease = {"leased_by": holder, "leased_until": until}
    found = tuple(FeedState(**{**row, **lease}) for row in rows)
    for part in chunks([one.id for one in found]):
        connection.execute(update(_FEEDS).values(lease).where(_COLUMNS.id.in_(part)))
    return found


def _is_due(now: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool], ColumnElement[bool]]:
    return _COLUMNS.listed.is_(True), _COLUMNS.due_at <= now, _is_free(now)


def _is_free(now: datetime) -> ColumnElement[bool]:
    until = _COLUMNS.leased_until
    return or_(until.is_(None), until <= now, until > now + FARTHEST)
