"""The outbox: messages that wait, are being sent, were sent or are given up, and each attempt to send one."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, func, insert, or_, select, update

from evtimeline.core.retrying import MOST_ATTEMPTS
from evtimeline.core.subscriptions import Attempt, Message, MessageState, Result
from evtimeline.errors import UnknownKeyError
from evtimeline.store import tables_telling
from evtimeline.store.batches import chunks, insert_new

LEASE = timedelta(minutes=10)
"""How long a message is left to whoever began to send it; every channel's own time-outs are far shorter."""

FARTHEST = timedelta(days=3)
"""No due time is set further ahead; one that is means that the clock was put back."""

CUT_OFF = "being sent; if this stays, the process ended before it knew the answer"

_MESSAGES = tables_telling.messages
_DELIVERIES = tables_telling.deliveries
_SUBSCRIPTIONS = tables_telling.subscriptions
_FIELDS = tuple(name for name in _MESSAGES.columns.keys() if name != "leased_at")  # noqa: SIM118  no dictionary
_WAITING = tuple(state.value for state in (MessageState.QUEUED, MessageState.HELD, MessageState.UNKNOWN))


def queue(connection: Connection, messages: Iterable[Message]) -> tuple[Message, ...]:
    """Put messages into the queue, each once however often it is queued (by subscription and key).

    Returns those that were not there yet, with their numbers.
    """
    wanted = {(one.subscription_id, one.key): one for one in messages}
    known = _by_keys(connection, wanted)
    new = [_cells(one) for place, one in wanted.items() if place not in known]
    if not new:
        return ()
    connection.execute(insert_new(connection, _MESSAGES), new)
    stored = _by_keys(connection, wanted)
    return tuple(stored[place] for place in wanted if place not in known)


def due(connection: Connection, now: datetime, limit: int = 1, without: Collection[int] = ()) -> tuple[Message, ...]:
    """Take messages that are due, the longest waiting first, and write down that they are being sent.

    Commit before anything is sent: from then on nobody else takes them for LEASE, and after a crash it is known that
    they may have been sent. Each one's attempt is on record as `unknown` until `record` says better. `without` are
    the numbers of subscriptions to pass over.
    """
    _give_up(connection, now)
    joined = _MESSAGES.join(_SUBSCRIPTIONS)
    statement = (
        select(_MESSAGES)
        .select_from(joined)
        .where(_is_due(now), _SUBSCRIPTIONS.c.removed_at.is_(None), _SUBSCRIPTIONS.c.paused.is_(False))
        .order_by(_MESSAGES.c.due_at, _MESSAGES.c.id)
        .limit(limit)
        .with_for_update(of=_MESSAGES, skip_locked=True)
    )
    if without:
        statement = statement.where(_MESSAGES.c.subscription_id.not_in(sorted(without)))
    taken = [_message_in(row) for row in connection.execute(statement).mappings()]
    if taken:
        _lease(connection, [one.id for one in taken], now)
    return tuple(replace(one, state=MessageState.SENDING, attempts=one.attempts + 1) for one in taken)


def record(connection: Connection, attempt: Attempt, state: MessageState, due_at: datetime) -> None:
    """Write down what came of the attempt that `due` began, and what the message is now.

    What was sent once stays sent, whatever another process that took it for lost may say.
    """
    columns = _DELIVERIES.c
    open_row = select(func.max(columns.id)).where(
        columns.message_id == attempt.message_id, columns.at == attempt.at, columns.result == Result.UNKNOWN.value
    )
    connection.execute(
        update(_DELIVERIES)
        .where(columns.id == open_row.scalar_subquery())
        .values(result=attempt.result.value, reason=attempt.reason, seconds=attempt.seconds)
    )
    sent = state is MessageState.SENT
    connection.execute(
        update(_MESSAGES)
        .where(_MESSAGES.c.id == attempt.message_id, _MESSAGES.c.state != MessageState.SENT.value)
        .values(
            state=state.value,
            due_at=due_at,
            leased_at=None,
            last_error=None if sent else attempt.reason,
            sent_at=attempt.at if sent else None,
        )
    )


def retry(connection: Connection, numbers: Sequence[int], now: datetime) -> int:
    """Let messages that were given up, or that wait, be sent at once and with fresh patience; returns how many.

    What was sent or is being sent is left alone.
    """
    allowed = (*_WAITING, MessageState.DEAD.value)
    touched = 0
    for part in chunks(numbers):
        statement = update(_MESSAGES).where(_MESSAGES.c.id.in_(part), _MESSAGES.c.state.in_(allowed))
        again = statement.values(state=MessageState.QUEUED.value, due_at=now, attempts=0)
        touched += connection.execute(again).rowcount
    return touched


def get(connection: Connection, number: int) -> Message:
    """Read one message. Raises UnknownKeyError where there is none."""
    row = connection.execute(select(_MESSAGES).where(_MESSAGES.c.id == number)).mappings().first()
    if row is None:
        raise UnknownKeyError(f"there is no message {number}: `evtimeline deliveries` lists them")
    return _message_in(row)


def load(
    connection: Connection, states: Collection[MessageState] = (), limit: int | None = None
) -> tuple[Message, ...]:
    """Read messages, the newest first, of all states or of these."""
    statement = select(_MESSAGES).order_by(_MESSAGES.c.id.desc()).limit(limit)
    if states:
        statement = statement.where(_MESSAGES.c.state.in_([one.value for one in states]))
    return tuple(_message_in(row) for row in connection.execute(statement).mappings())


def thread(connection: Connection, subscription_id: int, name: str) -> tuple[str, ...]:
    """Read the Message-IDs of a subscription's thread, oldest first: what a later message refers to."""
    columns = _MESSAGES.c
    statement = select(columns.message_id).where(columns.subscription_id == subscription_id, columns.thread == name)
    return tuple(connection.execute(statement.order_by(columns.id)).scalars())


def attempts(connection: Connection, numbers: Sequence[int]) -> Mapping[int, tuple[Attempt, ...]]:
    """Read every attempt to deliver these messages, by their numbers, in order of time."""
    found: dict[int, tuple[Attempt, ...]] = dict.fromkeys(numbers, ())
    for part in chunks(numbers):
        statement = select(_DELIVERIES).where(_DELIVERIES.c.message_id.in_(part)).order_by(_DELIVERIES.c.id)
        for row in connection.execute(statement).mappings():
            one = Attempt(**dict(row) | {"result": Result(row["result"])})
            found[one.message_id] = (*found[one.message_id], one)
    return found


def counts(connection: Connection) -> Mapping[MessageState, int]:
    """Count the messages of subscriptions that still are, by state; states without any are left out."""
    statement = (
        select(_MESSAGES.c.state, func.count())
        .select_from(_MESSAGES.join(_SUBSCRIPTIONS))
        .where(_SUBSCRIPTIONS.c.removed_at.is_(None))
        .group_by(_MESSAGES.c.state)
    )
    return {MessageState(state): number for state, number in connection.execute(statement)}


def waiting(connection: Connection) -> Mapping[int, int]:
    """Count the messages that are yet to be sent, by the number of their subscription."""
    states = (*_WAITING, MessageState.SENDING.value)
    statement = select(_MESSAGES.c.subscription_id, func.count().label("number")).where(_MESSAGES.c.state.in_(states))
    rows = connection.execute(statement.group_by(_MESSAGES.c.subscription_id))
    return {row.subscription_id: row.number for row in rows}


def _is_due(now: datetime) -> ColumnElement[bool]:
    """Waiting ones whose time has come, and those whose sender has not been heard of since its lease ended."""
    columns = _MESSAGES.c
    come = or_(columns.due_at <= now, columns.due_at > now + FARTHEST)
    return or_(and_(columns.state.in_(_WAITING), come), _is_abandoned(now))


def _is_abandoned(now: datetime) -> ColumnElement[bool]:
    columns = _MESSAGES.c
    over = or_(columns.leased_at <= now - LEASE, columns.leased_at > now + LEASE)
    return and_(columns.state == MessageState.SENDING.value, over)


def _give_up(connection: Connection, now: datetime) -> None:
    """Stop trying what has ended the process that sent it too often."""
    statement = update(_MESSAGES).where(_is_abandoned(now), _MESSAGES.c.attempts >= MOST_ATTEMPTS)
    connection.execute(statement.values(state=MessageState.DEAD.value, leased_at=None, last_error=CUT_OFF))


def _lease(connection: Connection, numbers: Sequence[int], now: datetime) -> None:
    columns = _MESSAGES.c
    connection.execute(
        update(_MESSAGES)
        .where(columns.id.in_(numbers))
        .values(state=MessageState.SENDING.value, leased_at=now, attempts=columns.attempts + 1)
    )
    begun = {"at": now, "result": Result.UNKNOWN.value, "reason": CUT_OFF, "seconds": 0.0}
    connection.execute(insert(_DELIVERIES), [{"message_id": number, **begun} for number in numbers])


def _by_keys(connection: Connection, places: Collection[tuple[int, str]]) -> dict[tuple[int, str], Message]:
    found: dict[tuple[int, str], Message] = {}
    for part in chunks(sorted({key for _, key in places})):
        for row in connection.execute(select(_MESSAGES).where(_MESSAGES.c.key.in_(part))).mappings():
            found[row["subscription_id"], row["key"]] = _message_in(row)
    return found


def _cells(message: Message) -> dict[str, object]:
    plain = {name: getattr(message, name) for name in _FIELDS if name != "id"}
    return plain | {"state": message.state.value, "references": list(message.references)}


def _message_in(row: RowMapping) -> Message:
    cells = {name: row[name] for name in _FIELDS}
    return Message(**cells | {"state": MessageState(row["state"]), "references": tuple(row["references"])})
