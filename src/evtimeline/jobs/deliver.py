"""Deliver: send what is due, one message after another, each written down before and after it leaves."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from evtimeline.core.retrying import after
from evtimeline.core.subscriptions import Attempt, Message, MessageState, Result, Subscription
from evtimeline.delivery.channels import lane_of
from evtimeline.delivery.contract import Outcome, brief
from evtimeline.errors import StoreError
from evtimeline.store import outbox, subscriptions
from evtimeline.store.engine import writing

if TYPE_CHECKING:
    from sqlalchemy import Engine

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
) -> Iterator[Delivered]:
    """Send what is due, at most so many messages, and tell of each once its result is on record.

    Nothing is sent that could not first be written down as being sent: after a crash in between the message is
    known to be in doubt, and is sent again under the same Message-ID when its lease is over. A channel that is out of
    order is left alone for the rest of the round. Raises StoreError.
    """
    round_ = _Round(engine, sender, clock)
    done = 0
    while most is None or done < most:
        begun = round_.begin()
        if begun is None:
            return
        done += 1
        yield round_.finish(begun)


@dataclass(frozen=True)
class _Begun:
    """A message that is on record as being sent."""

    message: Message
    subscription: Subscription
    at: datetime


class _Round:
    """One round of deliveries, and the channels that turned out to be out of order in it."""

    def __init__(self, engine: "Engine", sender: Sender, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._sender = sender
        self._clock = clock
        self._down: set[str] = set()

    def begin(self) -> _Begun | None:
        """Take the message that waits longest; committed before anything leaves."""
        now = self._clock()
        with writing(self._engine) as connection:
            known = subscriptions.load(connection)
            without = [one.id for one in known if lane_of(one) in self._down] if self._down else []
            taken = outbox.due(connection, now, without=without)
            if not taken:
                return None
            subscription = next(one for one in known if one.id == taken[0].subscription_id)
        return _Begun(taken[0], subscription, now)

    def finish(self, begun: _Begun) -> Delivered:
        """Send it, and write down what came of it."""
        began = monotonic()
        outcome = self._send(begun)
        attempt = Attempt(begun.message.id, begun.at, outcome.result, outcome.reason, monotonic() - began)
        state, due_at = after(attempt, begun.message.attempts, retry_after=outcome.retry_after)
        self._record(attempt, state, due_at)
        if outcome.outage:
            self._down.add(lane_of(begun.subscription))
        return Delivered(replace(begun.message, state=state, due_at=due_at), begun.subscription, attempt)

    def _send(self, begun: _Begun) -> Outcome:
        try:
            return self._sender.send(begun.message, begun.subscription, begun.at)
        except Exception as error:  # noqa: BLE001  one message that trips us must not hold up the others
            return Outcome(Result.DEAD, brief(f"this is a bug in evtimeline ({type(error).__name__}: {error})"))

    def _record(self, attempt: Attempt, state: MessageState, due_at: datetime) -> None:
        for tries_left in reversed(range(RECORD_TRIES)):
            try:
                with writing(self._engine) as connection:
                    outbox.record(connection, attempt, state, due_at)
                return
            except StoreError:
                if not tries_left:
                    raise
