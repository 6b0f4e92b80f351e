"""How many messages a second leave for a mail server on this machine, beside a plain loop over smtplib."""

import smtplib
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from evtimeline.core.subscriptions import Cadence, Message, Subscription, message_id
from evtimeline.delivery.channels import Channels, Sources
from evtimeline.delivery.contract import Endpoint, MailServer, Security
from evtimeline.delivery.mime import build
from evtimeline.jobs.deliver import deliver
from evtimeline.store import outbox, schema, subscriptions
from evtimeline.store.engine import connect, writing

MESSAGES = 500
ROUNDS = 3
NOW = datetime(2025, 7, 1, tzinfo=UTC)
SENDER = "news@example.org"
TEXT = "小米YU7定档6月26日上市，二期工厂六月投产。\n" * 40
SERVER = """
import asyncio, sys
from aiosmtpd.smtp import SMTP
class Taker:
    async def handle_DATA(self, server, session, envelope):
        return "250 taken"
async def main():
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(Taker(), hostname="x"), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()
asyncio.run(main())
"""


def main() -> None:
    """Measure and print; the server is a process of its own, the same for all."""
    with subprocess.Popen([sys.executable, "-c", SERVER], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        port = int(server.stdout.readline())
        try:
            plain = min(_plain(port) for _ in range(ROUNDS))
            ours = min(_ours(port) for _ in range(ROUNDS))
        finally:
            server.kill()
    print(f"smtplib alone, nothing remembered   {MESSAGES / plain:6.0f} messages/s")
    print(f"from the outbox, with {MESSAGES} leases    {MESSAGES / ours:6.0f} messages/s   {plain / ours:.2f} x")


def _messages(number: int) -> list[Message]:
    keys = [f"alert:{one}" for one in range(MESSAGES)]
    return [
        Message(
            number,
            key,
            "YU7 launch moved 2025-08 → 2025-06-26",
            TEXT,
            message_id(key, "example.org"),
            NOW,
            NOW,
            html=TEXT,
        )
        for key in keys
    ]


def _plain(port: int) -> float:
    """Mails built beforehand, one connection, sendmail: what a script would do."""
    team = Subscription("team@example.org", "smtp", Cadence.INSTANT, NOW)
    letters = [build(one, team, SENDER) for one in _messages(1)]
    began = perf_counter()
    with smtplib.SMTP("127.0.0.1", port, local_hostname="localhost") as smtp:
        for letter in letters:
            smtp.sendmail(SENDER, [team.address], letter)
    return perf_counter() - began


def _ours(port: int) -> float:
    """The job as it is: SQLite with synchronous=FULL, a lease and a result for every message."""
    server = MailServer("127.0.0.1", SENDER, port, Security.NONE)
    ticks = count()
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        schema.upgrade(url, NOW)
        engine = connect(url)
        with writing(engine) as connection:
            team = subscriptions.add(connection, Subscription("team@example.org", "smtp", Cadence.INSTANT, NOW))
            outbox.queue(connection, _messages(team.id))
        began = perf_counter()
        with Channels(Sources(lambda: server, lambda one: Endpoint(one.address), Path(folder))) as channels:
            sent = list(deliver(engine, channels, lambda: NOW + timedelta(microseconds=next(ticks))))
        seconds = perf_counter() - began
        engine.dispose()
    assert len(sent) == MESSAGES
    return seconds


if __name__ == "__main__":
    main()
