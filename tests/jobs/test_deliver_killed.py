"""Real kills at random moments while mail goes out: nothing is lost, and a double has its first one's Message-ID."""

import os
import random
import subprocess
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine
from tests.builders import NOW
from tests.delivery.mailserver import MailServer, mail_server
from tests.jobs.delivering import deliver_all, fill

from evtimeline.core.subscriptions import MessageState, Result
from evtimeline.store import outbox
from evtimeline.store.engine import connect, reading

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("EVTIMELINE_TEST_KILLS", "8"))
MESSAGES = 500 if KILLS > 8 else 150


def deliver_and_kill(url: str, server: MailServer, now: datetime, chance: random.Random) -> bool:
    """Kill a delivering process some time after its first mail has left; whether it was still at work."""
    command = [sys.executable, "-m", "tests.jobs.delivering", url, str(server.port), now.isoformat()]
    before = len(server.taken)
    with subprocess.Popen(command, cwd=ROOT) as process:
        while len(server.taken) == before and process.poll() is None:
            with server.news:
                server.news.wait(0.05)
        try:
            process.wait(chance.uniform(0, MESSAGES / max(KILLS, 1) * 0.006))
        except subprocess.TimeoutExpired:
            process.kill()
            return True
    return False


def doubts(engine: Engine) -> dict[str, int]:
    """How many attempts ended in doubt, by the Message-ID of every message."""
    with reading(engine) as connection:
        messages = outbox.load(connection)
        tried = outbox.attempts(connection, [one.id for one in messages])
        assert outbox.counts(connection) == {MessageState.SENT: MESSAGES}
    return {one.message_id: [try_.result for try_ in tried[one.id]].count(Result.UNKNOWN) for one in messages}


def test_killed_deliveries_lose_nothing_and_double_only_what_was_in_doubt(sqlite_url: str) -> None:
    chance, now, killed = random.Random(20250626), NOW, 0
    engine = connect(sqlite_url)
    fill(engine, MESSAGES)
    with mail_server() as server:
        for _ in range(KILLS):
            killed += deliver_and_kill(sqlite_url, server, now, chance)
            now += outbox.LEASE
        deliver_all(engine, server.port, now + outbox.LEASE)
        taken = Counter(server.message_ids())
    in_doubt = doubts(engine)
    engine.dispose()
    doubled = {one: times - 1 for one, times in taken.items() if times > 1}
    assert set(taken) == set(in_doubt)
    assert all(times <= in_doubt[one] for one, times in doubled.items())
    assert sum(in_doubt.values()) <= killed
    print(f"{killed} kills, {MESSAGES} messages, {len(server.taken)} mails: {sum(doubled.values())} doubled, 0 lost")
    assert killed > KILLS / 3
