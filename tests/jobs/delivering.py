"""A process that delivers, for tests that kill it: `python -m tests.jobs.delivering <url> <port> <instant>`."""

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine
from tests.builders import NOW, a_message, a_subscription
from tests.patience import PATIENCE

from evtimeline.delivery.channels import Channels, Sources
from evtimeline.delivery.contract import Endpoint, MailServer, Security
from evtimeline.jobs.deliver import Delivered, deliver
from evtimeline.store import outbox, subscriptions
from evtimeline.store.engine import connect, writing


def mail_channels(port: int, timeout: float = PATIENCE) -> Channels:
    """Channels whose mail goes to a port of this machine."""
    server = MailServer("127.0.0.1", "news@example.org", port, Security.NONE, timeout=timeout)
    return Channels(Sources(lambda: server, lambda one: Endpoint(one.address), Path()))


def fill(engine: Engine, messages: int, address: str = "team@example.org", **changes: object) -> None:
    """Queue messages for one new subscription."""
    with writing(engine) as connection:
        team = subscriptions.add(connection, a_subscription(address))
        queued = [replace(a_message(team.id, f"alert:{number}"), **changes) for number in range(messages)]  # type: ignore[arg-type]
        outbox.queue(connection, queued)


def deliver_all(engine: Engine, port: int, now: datetime = NOW, timeout: float = PATIENCE) -> list[Delivered]:
    """Send what is due at an instant."""
    with mail_channels(port, timeout) as channels:
        return list(deliver(engine, channels, _clock(now)))


def _clock(now: datetime) -> Callable[[], datetime]:
    instants = iter(range(10**9))
    return lambda: now + timedelta(microseconds=next(instants))


def main() -> None:
    """Deliver until there is nothing left, or until killed."""
    url, port, instant = sys.argv[1:]
    engine = connect(url)
    deliver_all(engine, int(port), datetime.fromisoformat(instant))
    engine.dispose()


if __name__ == "__main__":
    main()
