"""Real kills at random moments: what a poll has stored is whole, and a later one completes it."""

import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine
from tests.jobs.world import BEGIN, Clock, feed_at, follow, item, poll_all, rss
from tests.servers import FeedServer

from evtimeline.core.claims import Claim
from evtimeline.store import claims, entries, milestones, standings
from evtimeline.store.engine import connect, reading
from evtimeline.store.leases import LEASE

ROOT = Path(__file__).parents[2]
KILLS = 12
FEEDS = 8
FIRST, DAY = date(2024, 11, 1), timedelta(days=1)


def a_busy_feed(number: int) -> bytes:
    """Twenty entries that disagree about the launch, no two feeds' on one day, and forty about something else."""
    told = [
        item(
            f"{number}-{one}",
            f"小米YU7将于2025年{6 + (one + number) % 4}月正式上市",
            str(FIRST + (one * FEEDS + number) * DAY),
        )
        for one in range(20)
    ]
    other = [item(f"{number}-x{one}", f"小米SU7交付第{one}批", "2025-04-01", "与此无关。" * 50) for one in range(40)]
    return rss(*told, *other)


def said(claim: Claim) -> tuple[object, ...]:
    """What a claim says, without when and under which number it came."""
    quote = claim.quote.text if claim.quote else None
    return claim.publisher, claim.stated_on, claim.signal, claim.window, quote, claim.backfill


def ledger(engine: Engine) -> list[tuple[object, ...]]:
    with reading(engine) as connection:
        stored = milestones.find(connection, "yu7-launch")
        return sorted((said(claim) for claim in claims.of_milestone(connection, stored.id)), key=repr)


def poll_and_kill(url: str, urls: list[str], now: datetime, after: float) -> None:
    command = [sys.executable, "-m", "tests.jobs.polling", url, now.isoformat(), *urls]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        try:
            process.wait(after)
        except subprocess.TimeoutExpired:
            process.kill()


def test_a_killed_poll_loses_and_doubles_nothing(sqlite_url: str, tmp_path: Path) -> None:
    chance = random.Random(20250626)
    calm_path = shutil.copy(sqlite_url.removeprefix("sqlite:///"), tmp_path / "calm.db")
    with FeedServer() as server:
        urls = [server.serve(f"/{number}", a_busy_feed(number)) for number in range(FEEDS)]
        catalogue = [feed_at(url, f"Paper {number}") for number, url in enumerate(urls)]
        struck, calm = connect(sqlite_url), connect(f"sqlite:///{calm_path}")
        for engine in (struck, calm):
            follow(engine)
        for number in range(KILLS):  # each after the leases of those before have ended
            poll_and_kill(sqlite_url, urls, BEGIN + number * 2 * LEASE, chance.uniform(0.4, 1.4))
        poll_all(struck, catalogue, Clock(BEGIN + KILLS * 2 * LEASE))
        poll_all(calm, catalogue, Clock())
        assert ledger(struck) == ledger(calm)
        windows = []
        for engine in (struck, calm):
            with reading(engine) as connection:
                assert entries.count(connection) == FEEDS * 60
                windows.append(standings.load(connection, milestones.find(connection, "yu7-launch").id).window)
            engine.dispose()
        assert windows[0] == windows[1]
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
