"""Deliver: send what is due, one message after another, each written down before and after it leaves."""

from collections import deque
from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from evtimeline.core.retrying import after
from evtimeline.core.subscriptions import Attempt, Message, MessageState, Result, Subscription
from evtimeline.delivery.channels import lane_of
from evtimeline.delivery.contract import Outcome, brief
from evtimeline.errors import StoreError
from evtimeline.store import outbox, subscriptions
from evtimeline.store.engine import reading, writing

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

RECORD_TRIES = 6
"""How often an answer is written down before it is given up; each waits for other writers by itself."""


class Sender(Protocol):
    """What sends a message by its subscription's channel: `delivery.channels.Channels`."""

    def send(self, message: Message, subscription: Subscription, now: datetime) -> Outcome:
        """Hand one message over; see `delivery.contract.Channel`."""


@dataclass(frozen=True)
class Delivered:
    """One attempt and what the message is after it; `message.due_at` says when it is tried again."""

    message: Message
    subscription: Subscription
    attempt: Attempt


def deliver(
    engine: "Engine", sender: Sender, clock: Callable[[], datetime], most: int | None = None
) -> Generator[Delivered, None, None]:
    """Send what is due, at most so many messages, and tell of each once its result is on record.

    Nothing is sent that could not first be written down as being sent: after a crash in between the message is
    known to be in doubt, and is sent again under the same Message-ID when its lease is over. A channel that is out of
    order is left alone for the rest of the round. Raises StoreError.
    """
    round_ = _Round(engine, sender, clock)
    left = count() if most is None else range(most - 1, -1, -1)
    begun = round_.begin() if most is None or most > 0 else None
    for more in left:
        begun = round_.still_ours(begun)
        if begun is None:
            return
        done, begun = round_.finish(begun, wanted=most is None or more > 0)
        try:
            yield done
        except GeneratorExit:
            round_.put_back(begun)
            raise


@dataclass(frozen=True)
class _Begun:
    """A message that is on record as being sent."""

    message: Message
    subscription: Subscription
    at: datetime


class _Round:
    """One round of deliveries: what is due in it, and whom it leaves alone."""

    def __init__(self, engine: "Engine", sender: Sender, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._sender = sender
        self._clock = clock
        self._due: deque[int] = deque()
        self._known: dict[int, Subscription] = {}
        self._without: set[int] = set()

    def begin(self) -> _Begun | None:
        """Take the message that waits longest; committed before anything leaves."""
        with writing(self._engine) as connection:
            return self._take(connection)

    def still_ours(self, begun: _Begun | None) -> _Begun | None:
        """The message, or another one where so long has passed since it was taken that somebody else may have it."""
        while begun is not None and self._clock() - begun.at > outbox.LEASE / 3:
            self.put_back(begun)
            begun = self.begin()
        return begun

    def finish(self, begun: _Begun, *, wanted: bool) -> tuple[Delivered, _Begun | None]:
        """Send it, write down what came of it and, in the same transaction, take the next one if it is wanted."""
        began = monotonic()
        outcome = self._send(begun)
        attempt = Attempt(begun.message.id, begun.at, outcome.result, outcome.reason, monotonic() - began)
        state, due_at = after(attempt, begun.message.attempts, retry_after=outcome.retry_after)
        if outcome.outage:
            self._pass_over(lane_of(begun.subscription))
        following = self._record(attempt, state, due_at, wanted=wanted)
        return Delivered(replace(begun.message, state=state, due_at=due_at), begun.subscription, attempt), following

    def put_back(self, begun: _Begun | None) -> None:
        """Undo `begin` for a message that will not be sent in this round after all."""
        if begun is not None:
            with writing(self._engine) as connection:
                outbox.put_back(connection, begun.message, begun.at)

    def _take(self, connection: "Connection") -> _Begun | None:
        while True:
            now = self._clock()
            if not self._due:
                self._due.extend(outbox.due(connection, now, without=self._without))
            if not self._due:
                return None
            message = outbox.take(connection, self._due.popleft(), now)
            if message is not None:
                return _Begun(message, self._subscription(connection, message.subscription_id), now)

    def _subscription(self, connection: "Connection", number: int) -> Subscription:
        if number not in self._known:
            self._known[number] = subscriptions.get(connection, number)
        return self._known[number]

    def _pass_over(self, lane: str) -> None:
        """Leave everybody alone whose messages go where this one could not."""
        with reading(self._engine) as connection:
            self._without |= {one.id for one in subscriptions.load(connection) if lane_of(one) == lane}
        self._due.clear()  # they may be theirs

    def _send(self, begun: _Begun) -> Outcome:
        try:
            return self._sender.send(begun.message, begun.subscription, begun.at)
        except Exception as error:  # noqa: BLE001  one message that trips us must not hold up the others
            return Outcome(Result.DEAD, brief(f"this is a bug in evtimeline ({type(error).__name__}: {error})"))

    def _record(self, attempt: Attempt, state: MessageState, due_at: datetime, *, wanted: bool) -> _Begun | None:
        for tries_left in reversed(range(RECORD_TRIES)):
            due = self._due.copy()
            try:
                with writing(self._engine) as connection:
                    outbox.record(connection, attempt, state, due_at)
                    return self._take(connection) if wanted else None
            except StoreError:
                self._due = due
                if not tries_left:
                    raise
        raise AssertionError("the last try returns or raises")
