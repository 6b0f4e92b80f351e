"""Clears away what nobody needs any more, a few hundred rows a transaction; the ledger is never touched."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    Text,
    and_,
    cast,
    delete,
    exists,
    func,
    literal,
    select,
    update,
)
from sqlalchemy.types import LargeBinary

from evtimeline.core.subscriptions import MessageState
from evtimeline.store import tables, tables_telling

PAGE = 300
"""Rows of one transaction, so that no other writer waits long."""

LISTED = 2_000
"""No document is read for more entries than this, so a feed that brought as many since lists an older one no more."""

_ENTRIES = tables.entries
_MESSAGES = tables_telling.messages
_OVER = (MessageState.SENT.value, MessageState.MUTED.value)


@dataclass(frozen=True)
class Page:
    """Rows in the order of their numbers: `old` of them are old enough.

    All up to the number `last` are, or come from a clock that was ahead. `end` is the last row looked at; `more` says
    that there may be old ones behind it.
    """

    old: tuple[int, ...]
    last: int
    end: int
    more: bool


def old_entries(connection: Connection, after: int, before: datetime, now: datetime) -> Page:
    """Look at the next entries behind the number `after`: those first seen `before` an instant are old."""
    return _page(connection, _ENTRIES, _ENTRIES.c.first_seen_at, after, (before, now))


def old_messages(connection: Connection, after: int, before: datetime, now: datetime) -> Page:
    """Look at the next messages behind the number `after`: those made `before` an instant are old."""
    return _page(connection, _MESSAGES, _MESSAGES.c.created_at, after, (before, now))


def unneeded_entries(connection: Connection, numbers: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Those of these entries that no claim refers to and that still hold texts, with the bytes of these.

    Rows that another process is writing are passed over.
    """
    columns = _ENTRIES.c
    full = and_(columns.id.in_(sorted(numbers)), columns.cleared_at.is_(None))
    free = _hold(connection, select(columns.id).where(full))
    size = _bytes(connection, columns.title) + _bytes(connection, columns.summary)
    claimed = exists(select(literal(1)).where(tables.claims.c.entry_id == columns.id))
    rows = connection.execute(select(columns.id, size).where(columns.id.in_(free), ~claimed))
    return tuple((number, size_of) for number, size_of in rows)


def clear_entries(connection: Connection, numbers: Sequence[int], now: datetime) -> None:
    """Take the texts out of entries; the row stays, so that an entry that its feed still lists is not new again."""
    cleared = update(_ENTRIES).where(_ENTRIES.c.id.in_(numbers))
    connection.execute(cleared.values(title="", summary="", link=None, cleared_at=now))


def feeds_of(connection: Connection, numbers: Sequence[int]) -> frozenset[int]:
    """The numbers of the feeds that brought these entries."""
    rows = connection.execute(select(_ENTRIES.c.feed_id).distinct().where(_ENTRIES.c.id.in_(numbers)))
    return frozenset(rows.scalars())


def forget_entries(connection: Connection, feed_id: int) -> int:
    """Delete cleared entries of a feed that has since brought more than a document may list; returns how many.

    At most PAGE at once: do it again while there were so many.
    """
    columns = _ENTRIES.c
    of_feed = columns.feed_id == feed_id
    newest = select(columns.id).where(of_feed).order_by(columns.id.desc()).limit(1).offset(LISTED)
    border = connection.execute(newest).scalar()
    if border is None:
        return 0
    gone = select(columns.id).where(of_feed, columns.id <= border, columns.cleared_at.is_not(None))
    numbers = _hold(connection, gone.order_by(columns.id).limit(PAGE))
    connection.execute(delete(_ENTRIES).where(columns.id.in_(numbers)))
    return len(numbers)


def unneeded_messages(connection: Connection, numbers: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Those of these messages that were sent, or never will be, and still hold bodies, with the bytes of these."""
    columns = _MESSAGES.c
    full = and_(columns.id.in_(sorted(numbers)), columns.state.in_(_OVER), columns.text != "")
    free = _hold(connection, select(columns.id).where(full))
    parts = (columns.text, func.coalesce(columns.html, ""), func.coalesce(columns.payload, ""))
    size = sum((_bytes(connection, part) for part in parts), start=literal(0))
    rows = connection.execute(select(columns.id, size).where(columns.id.in_(free)))
    return tuple((number, size_of) for number, size_of in rows)


def clear_messages(connection: Connection, numbers: Sequence[int]) -> int:
    """Take the bodies out of messages and delete the attempts to send them; returns how many attempts.

    The row stays: its key says that this was told, its Message-ID what later messages answer.
    """
    connection.execute(update(_MESSAGES).where(_MESSAGES.c.id.in_(numbers)).values(text="", html=None, payload=None))
    attempts = tables_telling.deliveries
    return connection.execute(delete(attempts).where(attempts.c.message_id.in_(numbers))).rowcount


def _page(
    connection: Connection, table: Table, at: ColumnElement[datetime], after: int, young: tuple[datetime, datetime]
) -> Page:
    """The next rows; `young` are those between two instants. What is later than now came by a wrong clock."""
    statement = select(table.c.id, at).where(table.c.id > after).order_by(table.c.id).limit(PAGE)
    rows = connection.execute(statement).all()
    stays = [number for number, instant in rows if young[0] <= instant <= young[1]]
    return Page(
        old=tuple(number for number, instant in rows if instant < young[0]),
        last=max((number for number, _ in rows if not stays or number < stays[0]), default=after),
        end=rows[-1][0] if rows else after,
        more=len(rows) == PAGE and len(stays) < PAGE,
    )


def _hold(connection: Connection, statement: Select[int]) -> tuple[int, ...]:
    """Lock rows that nobody else has locked; on SQLite whoever writes has locked everything."""
    return tuple(connection.execute(statement.with_for_update(skip_locked=True)).scalars())


def _bytes(connection: Connection, text: ColumnElement[str]) -> ColumnElement[int]:
    if connection.dialect.name == "sqlite":
        return func.length(cast(cast(text, Text), LargeBinary))
    return func.octet_length(text)
