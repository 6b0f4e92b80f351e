"""Subscriptions: who is told what, and up to where each one has been told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, Table, func, insert, select, update

from evtimeline.core.claims import Tier
from evtimeline.core.subscriptions import Cadence, Subscription
from evtimeline.errors import UnknownKeyError
from evtimeline.store import tables, tables_telling
from evtimeline.store.batches import chunks, insert_or_replace

FARTHEST = timedelta(days=14)
"""Nobody was told further ahead; where a cursor says so, the clock was put back."""

_TABLE = tables_telling.subscriptions
_FIELDS = tuple(name for name in _TABLE.columns.keys() if name != "removed_at")  # noqa: SIM118  no dictionary
_LISTS = ("timelines", "milestones", "kinds", "remind_days")


@dataclass(frozen=True)
class Cursor:
    """Up to where a subscription was told: the newest revision and claim, and the end of its last period."""

    revision_id: int
    claim_id: int
    period_end: datetime


def add(connection: Connection, subscription: Subscription) -> Subscription:
    """Store a new subscription, which is told of what comes from now on; returns it with its number and token."""
    cells = _cells(subscription) | {"token": subscription.token or token_urlsafe(24)}
    number = connection.execute(insert(_TABLE).values(**cells).returning(_TABLE.c.id)).scalar_one()
    revision, claim = (_newest(connection, table) for table in (tables.revisions, tables.claims))
    move(connection, number, Cursor(revision, claim, subscription.created_at))
    return get(connection, number)


def get(connection: Connection, number: int) -> Subscription:
    """Read one subscription by its number. Raises UnknownKeyError where there is none, or none any more."""
    row = connection.execute(_present().where(_TABLE.c.id == number)).mappings().first()
    if row is None:
        raise UnknownKeyError(f"there is no subscription {number}: `evtimeline subscriptions` lists them")
    return _subscription_in(row)


def by_token(connection: Connection, token: str, *, ended: bool = False) -> Subscription | None:
    """Find the subscription that a one-click address names; None where it is gone, or with `ended` never was."""
    statement = select(_TABLE) if ended else _present()
    row = connection.execute(statement.where(_TABLE.c.token == token)).mappings().first()
    return _subscription_in(row) if row else None


def load(connection: Connection, *, paused: bool = True) -> tuple[Subscription, ...]:
    """Read all subscriptions in the order in which they were made, or only those that are not paused."""
    statement = _present() if paused else _present().where(_TABLE.c.paused.is_(False))
    return tuple(_subscription_in(row) for row in connection.execute(statement.order_by(_TABLE.c.id)).mappings())


def save(connection: Connection, subscription: Subscription) -> None:
    """Overwrite a subscription, known by its number, with a changed one."""
    connection.execute(update(_TABLE).where(_TABLE.c.id == subscription.id).values(**_cells(subscription)))


def remove(connection: Connection, number: int, now: datetime) -> None:
    """End a subscription: nothing more is sent to it, what was sent stays on record. Raises UnknownKeyError."""
    get(connection, number)
    connection.execute(update(_TABLE).where(_TABLE.c.id == number).values(removed_at=now))


def cursor(connection: Connection, number: int) -> Cursor:
    """Read up to where a subscription was told, and hold it until the transaction ends; waits for who holds it.

    So two processes never compose for one subscription at a time. Raises UnknownKeyError where there is none.
    """
    found = _cursor(connection, number, skip_locked=False)
    if found is None:
        raise UnknownKeyError(f"there is no subscription {number}: `evtimeline subscriptions` lists them")
    return found


def claim(connection: Connection, number: int) -> Cursor | None:
    """Like `cursor`, but None at once where somebody else holds it: he does what is to be done."""
    return _cursor(connection, number, skip_locked=True)


def cursors(connection: Connection) -> Mapping[int, Cursor]:
    """Read up to where each subscription was told, by their numbers; nothing is held."""
    rows = connection.execute(select(tables_telling.cursors))
    return {row.subscription_id: Cursor(row.revision_id, row.claim_id, row.period_end) for row in rows}


def move(connection: Connection, number: int, cursor: Cursor) -> None:
    """Set up to where a subscription was told; in the transaction that queues the message which tells it."""
    row = {
        "subscription_id": number,
        "revision_id": cursor.revision_id,
        "claim_id": cursor.claim_id,
        "period_end": cursor.period_end,
    }
    connection.execute(insert_or_replace(connection, tables_telling.cursors), [row])


def any_ahead(connection: Connection, now: datetime) -> bool:
    """Whether there is a cursor to `mend`."""
    return connection.execute(select(tables_telling.cursors).where(*_is_ahead(now)).limit(1)).first() is not None


def mend(connection: Connection, now: datetime) -> None:
    """Let cursors begin anew at `now` which a clock that was wrong has put weeks ahead; what was told stays told.

    A clock that shows a time before the subscription was made is itself wrong, and mends nothing.
    """
    connection.execute(update(tables_telling.cursors).where(*_is_ahead(now)).values(period_end=now))


def pass_over(connection: Connection, numbers: Sequence[int], revision_id: int, claim_id: int) -> None:
    """Let cursors move on to a revision and a claim, with nothing told; those that are held or farther stay."""
    columns = tables_telling.cursors.c
    for part in chunks(numbers):
        behind = select(columns.subscription_id).where(
            columns.subscription_id.in_(part), columns.revision_id <= revision_id, columns.claim_id <= claim_id
        )
        free = list(connection.execute(behind.with_for_update(skip_locked=True)).scalars())
        moved = update(tables_telling.cursors).where(columns.subscription_id.in_(free))
        connection.execute(moved.values(revision_id=revision_id, claim_id=claim_id))


def _cursor(connection: Connection, number: int, *, skip_locked: bool) -> Cursor | None:
    columns = tables_telling.cursors.c
    statement = select(columns.revision_id, columns.claim_id, columns.period_end).where(
        columns.subscription_id == number
    )
    # SQLite, where a writing transaction holds everything, leaves the lock out of the statement.
    row = connection.execute(statement.with_for_update(skip_locked=skip_locked)).one_or_none()
    return Cursor(row.revision_id, row.claim_id, row.period_end) if row else None


def _is_ahead(now: datetime) -> tuple[ColumnElement[bool], ...]:
    columns = tables_telling.cursors.c
    made = select(_TABLE.c.id).where(_TABLE.c.created_at <= now)
    return columns.period_end > now + FARTHEST, columns.subscription_id.in_(made)


def _newest(connection: Connection, table: Table) -> int:
    number: int = connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one()
    return number


def _present() -> Select[tuple[object, ...]]:
    return select(_TABLE).where(_TABLE.c.removed_at.is_(None))


def _cells(one: Subscription) -> dict[str, object]:
    plain = {name: getattr(one, name) for name in _FIELDS if name != "id"}
    return plain | {
        "cadence": one.cadence.value,
        "least_tier": one.least_tier.value if one.least_tier else None,
        "group_wait": int(one.group_wait.total_seconds()),
        **{name: list(getattr(one, name)) for name in _LISTS},
    }


def _subscription_in(row: RowMapping) -> Subscription:
    cells = {name: row[name] for name in _FIELDS}
    return Subscription(
        **cells
        | {
            "cadence": Cadence(row["cadence"]),
            "least_tier": Tier(row["least_tier"]) if row["least_tier"] else None,
            "group_wait": timedelta(seconds=row["group_wait"]),
            **{name: tuple(row[name]) for name in _LISTS},
        }
    )
