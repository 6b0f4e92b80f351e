"""The outbox: messages that wait, are being sent, were sent or are given up, and each attempt to send one."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import BindParameter, Connection, RowMapping, and_, bindparam, delete, func, insert, or_, select, update

from evtimeline.core.retrying import MOST_ATTEMPTS
from evtimeline.core.subscriptions import Attempt, Message, MessageState, Result
from evtimeline.errors import UnknownKeyError
from evtimeline.store import tables_telling
from evtimeline.store.batches import chunks, insert_new

LEASE = timedelta(minutes=15)
"""How long a message is left to whoever began to send it; every channel's own time-outs are shorter together."""

FARTHEST = timedelta(days=3)
"""No due time is set further ahead; one that is means that the clock was put back."""

CUT_OFF = "being sent; if this stays, the process ended before it knew the answer"

_MESSAGES = tables_telling.messages
_DELIVERIES = tables_telling.deliveries
_SUBSCRIPTIONS = tables_telling.subscriptions
_FIELDS = tuple(name for name in _MESSAGES.columns.keys() if name != "leased_at")  # noqa: SIM118  no dictionary
_WAITING = tuple(state.value for state in (MessageState.QUEUED, MessageState.HELD, MessageState.UNKNOWN))


def _instant(name: str) -> BindParameter[datetime]:
    return bindparam(name, type_=_MESSAGES.c.due_at.type)


_ABANDONED = and_(
    _MESSAGES.c.state == MessageState.SENDING.value,
    or_(_MESSAGES.c.leased_at <= _instant("lost"), _MESSAGES.c.leased_at > _instant("impossible")),
)
_IS_DUE = and_(
    or_(
        and_(
            _MESSAGES.c.state.in_(_WAITING),
            or_(_MESSAGES.c.due_at <= _instant("now"), _MESSAGES.c.due_at > _instant("farthest")),
        ),
        _ABANDONED,
    ),
    _SUBSCRIPTIONS.c.removed_at.is_(None),
    _SUBSCRIPTIONS.c.paused.is_(False),
)
"""Waiting ones whose time has come, and those whose sender has not been heard of since its lease ended."""

# Statements that run for every message are built once.
_JOINED = _MESSAGES.join(_SUBSCRIPTIONS)
_DUE = (
    select(_MESSAGES.c.id)
    .select_from(_JOINED)
    .where(_IS_DUE)
    .order_by(_MESSAGES.c.due_at, _MESSAGES.c.id)
    .limit(bindparam("most", type_=_MESSAGES.c.id.type))
)
_TAKEN = (
    select(_MESSAGES)
    .select_from(_JOINED)
    .where(_MESSAGES.c.id == bindparam("number"), _IS_DUE)
    .with_for_update(of=_MESSAGES, skip_locked=True)
)
_LEASED = (
    update(_MESSAGES)
    .where(_MESSAGES.c.id == bindparam("number"))
    .values(state=MessageState.SENDING.value, leased_at=_instant("now"), attempts=_MESSAGES.c.attempts + 1)
)
_GIVEN_UP = (
    update(_MESSAGES)
    .where(_MESSAGES.c.id == bindparam("number"))
    .values(state=MessageState.DEAD.value, leased_at=None, last_error=CUT_OFF)
)
_BEGUN = insert(_DELIVERIES).values(
    message_id=bindparam("message_id"), at=bindparam("at"), result=Result.UNKNOWN.value, reason=CUT_OFF, seconds=0.0
)
_ENDED = (
    update(_DELIVERIES)
    .where(
        _DELIVERIES.c.message_id == bindparam("number"),
        _DELIVERIES.c.at == _instant("began"),
        _DELIVERIES.c.result == Result.UNKNOWN.value,
    )
    .values(result=bindparam("outcome"), reason=bindparam("words"), seconds=bindparam("took"))
)
_SETTLED = (
    update(_MESSAGES)
    .where(
        _MESSAGES.c.id == bindparam("number"),
        or_(
            _MESSAGES.c.leased_at == _instant("began"),
            and_(bindparam("becomes") == MessageState.SENT.value, _MESSAGES.c.state != MessageState.SENT.value),
        ),
    )
    .values(
        state=bindparam("becomes"),
        due_at=bindparam("again"),
        leased_at=None,
        last_error=bindparam("words"),
        sent_at=bindparam("gone"),
    )
)


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


def is_queued(connection: Connection, subscription_id: int, key: str) -> bool:
    """Whether a subscription ever had a message of this key."""
    wanted = select(_MESSAGES.c.id).where(_MESSAGES.c.subscription_id == subscription_id, _MESSAGES.c.key == key)
    return connection.execute(wanted).first() is not None


def due(connection: Connection, now: datetime, limit: int = 100, without: Collection[int] = ()) -> tuple[int, ...]:
    """Name the messages that are due, the longest waiting first; `without` are subscriptions to pass over.

    Nothing is held: others may `take` them meanwhile.
    """
    statement = _DUE.where(_MESSAGES.c.subscription_id.not_in(sorted(without))) if without else _DUE
    return tuple(connection.execute(statement, {**_instants(now), "most": limit}).scalars())


def take(connection: Connection, number: int, now: datetime) -> Message | None:
    """Take a message that is still due, and write down that it is being sent; None if it no longer is.

    Commit before anything is sent: from then on nobody else takes it for LEASE, and after a crash it is known that
    it may have been sent. Its attempt is on record as `unknown` until `record` says better.
    """
    row = connection.execute(_TAKEN, {**_instants(now), "number": number}).mappings().first()
    if row is None:
        return None
    message = _message_in(row)
    if message.attempts >= MOST_ATTEMPTS:  # it has ended every process that sent it
        connection.execute(_GIVEN_UP, {"number": number})
        return None
    connection.execute(_LEASED, {"number": number, "now": now})
    connection.execute(_BEGUN, {"message_id": number, "at": now})
    return replace(message, state=MessageState.SENDING, attempts=message.attempts + 1)


def put_back(connection: Connection, message: Message, now: datetime) -> None:
    """Undo `take` for a message that was not sent after all; `now` is the instant at which it was taken.

    What somebody else has taken since is his.
    """
    columns = _DELIVERIES.c
    connection.execute(delete(_DELIVERIES).where(columns.message_id == message.id, columns.at == now))
    queued = {"state": MessageState.QUEUED.value, "leased_at": None, "attempts": message.attempts - 1}
    ours = (_MESSAGES.c.id == message.id, _MESSAGES.c.leased_at == now)
    connection.execute(update(_MESSAGES).where(*ours).values(**queued))


def record(connection: Connection, attempt: Attempt, state: MessageState, due_at: datetime) -> None:
    """Write down what came of the attempt that `take` began, and what the message is now.

    That it was sent counts whoever says it, and stays. Anything else counts only from who holds the lease: whoever
    lost it to another leaves the message to him, and the attempt on record.
    """
    sent = state is MessageState.SENT
    told = {"number": attempt.message_id, "began": attempt.at, "outcome": attempt.result.value}
    connection.execute(_ENDED, {**told, "words": attempt.reason, "took": attempt.seconds})
    now = {"becomes": state.value, "began": attempt.at, "again": due_at, "words": None if sent else attempt.reason}
    connection.execute(_SETTLED, {"number": attempt.message_id, **now, "gone": attempt.at if sent else None})


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


def _instants(now: datetime) -> dict[str, object]:
    """The values of `_IS_DUE`."""
    return {"now": now, "farthest": now + FARTHEST, "lost": now - LEASE, "impossible": now + LEASE}


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
