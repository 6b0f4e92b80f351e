"""What every channel keeps to: it takes one message, and says what came of it and whether trying again can help."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from evtimeline.core.subscriptions import Message, Result, Subscription

LONGEST_REASON = 300


@dataclass(frozen=True)
class Outcome:
    """What came of handing one message over, with a reason that a person can read.

    `retry_after` is what the server asked for, in seconds. `outage`: the whole channel is out of order for now, so
    other messages on it need not be tried in this round.
    """

    result: Result
    reason: str
    retry_after: int | None = None
    outage: bool = False


class Channel(Protocol):
    """One way out; it may keep a connection open between messages."""

    def send(self, message: Message, subscription: Subscription, now: datetime) -> Outcome:
        """Hand one message over; every failure of the other side is an Outcome, not an exception."""

    def close(self) -> None:
        """Let go of connections; fails silently, for what was sent is sent."""


class Security(StrEnum):
    """How the connection to a mail server is protected."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed over; `sender` is an address, `timeout` seconds for one message, `ca_file` PEM."""

    host: str
    sender: str
    port: int = 587
    security: Security = Security.STARTTLS
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    timeout: float = 60.0
    ca_file: str | None = None
    public_url: str | None = None


@dataclass(frozen=True)
class Endpoint:
    """A webhook, bot or Apprise address; both fields may open a door and are never shown."""

    url: str = field(repr=False)
    secret: str | None = field(default=None, repr=False)
    timeout: float = 30.0


def down(reason: str) -> Outcome:
    """Nothing was handed over because the channel as a whole does not work now."""
    return Outcome(Result.RETRY, brief(reason), outage=True)


def brief(text: str) -> str:
    """A server's words as one harmless line of bounded length."""
    line = " ".join("".join(one if one.isprintable() else " " for one in text).split())
    return line if len(line) <= LONGEST_REASON else line[: LONGEST_REASON - 1] + "…"


def shortened(text: str, size: int) -> str:
    """Cut a text to so many bytes of UTF-8; what is cut ends in an ellipsis."""
    encoded = text.encode("utf-8", "replace")
    if len(encoded) <= size:
        return encoded.decode()
    return encoded[: size - 3].decode("utf-8", "ignore").rstrip() + "…"
