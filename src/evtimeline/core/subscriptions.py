"""Who is told what, how and how often; the messages that tell it, and each attempt to deliver one."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from evtimeline.core.claims import RevisionKind, Tier

MENTION = "mention"
"""The kind, beside those of revisions, by which a subscription asks for every mention of a milestone."""

USUAL_KINDS = tuple(kind.value for kind in RevisionKind)
"""What a subscription that names no kinds is told: every change, but not every mention."""


class Cadence(StrEnum):
    """How often a subscription is told."""

    INSTANT = "instant"
    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True)
class Subscription:
    """Who is told what: `address` on `channel`, at each change or once a day or week.

    `address` is a mailbox, a URL, a folder, or the name of a channel in the settings; `channel` is the name of the
    module in `delivery/` that serves it. Empty `timelines`, `milestones` ("timeline/key") and `kinds` mean all, all
    and `USUAL_KINDS`. Times are wall-clock times in `zone`. Without `empty` a period without news sends nothing.
    `operator`: is also told of broken feeds and failed deliveries. `token` is the unguessable part of the address
    under which one click ends the subscription. `id` is the store's number, 0 before it is stored.
    """

    address: str
    channel: str
    cadence: Cadence
    created_at: datetime
    weekday: int | None = None  # 0 is Monday; weekly ones have it
    at: time | None = None  # daily and weekly ones have it
    zone: str = "UTC"
    language: str = "en"
    timelines: tuple[str, ...] = ()
    milestones: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    least_tier: Tier | None = None
    quiet_from: time | None = None
    quiet_to: time | None = None
    operator: bool = False
    empty: bool = True
    remind_days: tuple[int, ...] = (30, 7, 1)
    group_wait: timedelta = timedelta(minutes=15)
    paused: bool = False
    token: str = ""
    id: int = 0


@dataclass(frozen=True)
class Silence:
    """A milestone of which nothing is told through the day `until` (in its timeline's zone), by whom and why."""

    milestone_id: int
    until: date
    why: str
    by: str
    created_at: datetime
    id: int = 0


class MessageState(StrEnum):
    """Where a message stands on its way out."""

    QUEUED = "queued"
    HELD = "held"  # by quiet hours or a paused subscription; `due_at` says until when
    SENDING = "sending"  # somebody is at it and wrote down that they are
    SENT = "sent"
    UNKNOWN = "unknown"  # perhaps taken: the answer did not come; it is sent again under the same Message-ID
    DEAD = "dead"  # given up, shown to the operator until it is retried
    MUTED = "muted"  # never sent: what it is about was silenced; `reason` says until when, by whom and why


@dataclass(frozen=True)
class Message:
    """What is sent to one subscription, rendered; `key` says what it is about and is unique in its subscription.

    `message_id` is the RFC 5322 identifier, made from the key alone, so that a second sending is known as the same;
    `references` are those of earlier messages of the thread, oldest first. `reason` says why it is sent at all.
    `payload` is JSON for webhooks and bots. `attempts` counts the deliveries tried, `last_error` is why the last
    one failed. `id` is the store's number, 0 before it is stored.
    """

    subscription_id: int
    key: str
    subject: str
    text: str
    message_id: str
    created_at: datetime
    due_at: datetime
    html: str | None = None
    payload: str | None = None
    references: tuple[str, ...] = ()
    thread: str | None = None
    state: MessageState = MessageState.QUEUED
    reason: str = ""
    attempts: int = 0
    last_error: str | None = None
    sent_at: datetime | None = None
    id: int = 0


class Result(StrEnum):
    """What came of one attempt."""

    SENT = "sent"
    RETRY = "retry"  # not taken, and a later attempt can help
    DEAD = "dead"  # not taken, and no later attempt of the same kind can help
    UNKNOWN = "unknown"  # nobody knows whether it was taken


@dataclass(frozen=True)
class Attempt:
    """One delivery of one message: when it began, what came of it, why, and how many seconds it took."""

    message_id: int  # the store's number of the message
    at: datetime
    result: Result
    reason: str
    seconds: float = 0.0
    id: int = 0


def message_id(key: str, domain: str) -> str:
    """The Message-ID (RFC 5322, section 3.6.4, with its angle brackets) of the message that a key names."""
    digest = hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return f"<{digest}@{domain}>"
