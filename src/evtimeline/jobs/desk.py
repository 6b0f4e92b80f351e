"""Turn letters into messages in the outbox, each subscription guarded from the failures of the others."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from evtimeline.core.cadence import quiet_until
from evtimeline.core.letters import Letter, payload
from evtimeline.core.subscriptions import Message, MessageState, Subscription, message_id
from evtimeline.errors import EvtimelineError, UnknownKeyError
from evtimeline.jobs.stopping import Stop
from evtimeline.jobs.troubles import note_unbuilt
from evtimeline.rendering import render
from evtimeline.store import outbox
from evtimeline.store.engine import writing

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine


@dataclass(frozen=True)
class Desk:
    """Where messages are written: the database, feeds.yaml, and the domain of Message-IDs."""

    engine: "Engine"
    catalogue: Path
    domain: str


@dataclass(frozen=True)
class Composed:
    """What was queued for one subscription; `error` is the sentence that says why nothing could be."""

    subscription: Subscription
    messages: tuple[Message, ...] = ()
    error: str | None = None


Make = Callable[["Connection", Desk, Subscription, datetime], Sequence[Message]]
"""Composes messages in the transaction that will queue them."""


def queue(desk: Desk, subscription: Subscription, now: datetime, make: Make) -> Composed:
    """Make messages and queue them in one transaction.

    What cannot be made is kept for the operator, in a transaction of its own, and holds up no other subscription.
    Raises StoreError where the database itself fails.
    """
    try:
        with writing(desk.engine) as connection:
            queued = outbox.queue(connection, make(connection, desk, subscription, now))
            note_unbuilt(connection, subscription.id, "")
        return Composed(subscription, queued)
    except UnknownKeyError:  # the subscription has just been removed
        return Composed(subscription)
    except EvtimelineError:
        raise
    except Exception as error:  # noqa: BLE001  one subscription must not hold up the others
        why = f"{type(error).__name__}: {error}".splitlines()[0][:300]
        with writing(desk.engine) as connection:
            note_unbuilt(connection, subscription.id, why)
        return Composed(subscription, error=why)


def queue_each(desk: Desk, due: Iterable[Subscription], now: datetime, make: Make, stop: Stop) -> Iterator[Composed]:
    """Queue for one subscription after another, until `stop` says so; those that got nothing are passed over."""
    for one in due:
        if stop():
            return
        composed = queue(desk, one, now, make)
        if composed.messages or composed.error:
            yield composed


def as_message(
    letter: Letter,
    subscription: Subscription,
    key: str,
    now: datetime,
    domain: str,
    *,
    thread: str | None = None,
    references: tuple[str, ...] = (),
    urgent: bool = False,
    muted: str | None = None,
) -> Message:
    """Lay a letter out as a message that is due now, or at the end of quiet hours unless it is `urgent`.

    `muted` says why it is put on record only, and never sent.
    """
    until = None if urgent else quiet_until(subscription, now)
    rendered = render(letter)
    state = MessageState.MUTED if muted else MessageState.HELD if until else MessageState.QUEUED
    return Message(
        subscription_id=subscription.id,
        key=key,
        subject=letter.subject,
        text=rendered.text,
        message_id=message_id(key, domain),
        created_at=now,
        due_at=until or now,
        html=rendered.html,
        payload=payload(letter),
        references=references,
        thread=None if muted else thread,  # nobody can answer what was never sent
        state=state,
        reason=f"{letter.reason}; {muted}" if muted else letter.reason,
    )
