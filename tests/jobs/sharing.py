"""A process that polls what is due beside others: `python -m tests.jobs.sharing <url> <name> <instant> <feed> ...`."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from subprocess import PIPE, Popen

from sqlalchemy import Engine
from tests.jobs.world import Clock, a_world, feed_at
from tests.patience import PATIENCE

from evtimeline.feeds.fetch import Limits
from evtimeline.jobs.poll import Polled, choose, poll
from evtimeline.store.engine import connect

ROOT = Path(__file__).parents[2]
LIMITS = Limits(total=PATIENCE, connect=PATIENCE, gap=0, per_host=16)


def poll_due(engine: Engine, name: str, now: datetime, urls: Sequence[str]) -> Iterator[Polled]:
    """Poll what is due under a name, which the server is told, too."""
    world = replace(a_world(engine, Clock(now)), agent=name, holder=name, limits=LIMITS)
    return poll(choose(world, [feed_at(url, f"Paper {number}") for number, url in enumerate(urls)]), world)


@contextmanager
def poller(url: str, name: str, now: datetime, urls: Sequence[str]) -> Iterator[Popen[str]]:
    """Run this module; what it prints can be read, and it is killed in the end."""
    command = [sys.executable, "-m", "tests.jobs.sharing", url, name, now.isoformat(), *urls]
    with Popen(command, cwd=ROOT, stdout=PIPE, text=True) as process:
        yield process
        process.kill()


def main(database: str, name: str, instant: str, *urls: str) -> None:
    """Poll what is due and say of each feed whether it was lost to another."""
    engine = connect(database)
    for one in poll_due(engine, name, datetime.fromisoformat(instant), urls):
        print("lost" if one.lost else "kept", one.feed.url, flush=True)
    engine.dispose()


if __name__ == "__main__":
    main(*sys.argv[1:])
