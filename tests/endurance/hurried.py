"""The command in a process of its own, with a clock that runs many times as fast and ticks to match.

Leases of minutes end within seconds. Processes are forked from one that has imported everything, so that a hundred of
them cost little; they are killed as any other.
"""

import multiprocessing
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from evtimeline import app, cli
from evtimeline.daemon import running

IMPORTED = (
    "evtimeline.cli.daemon",
    "evtimeline.cli.once",
    "evtimeline.daemon.once",
    "evtimeline.delivery.smtp",
    "evtimeline.web.server",
    "psycopg",
    __name__,
)


@dataclass(frozen=True)
class Clock:
    """At so many seconds of the machine's monotonic clock, which all processes share, it was that instant."""

    factor: float
    begun: float
    at: datetime

    def __call__(self) -> datetime:
        """What it shows."""
        return self.at + timedelta(seconds=(time.monotonic() - self.begun) * self.factor)


def start(words: Sequence[str], home: Path, clock: Clock, log: Path) -> ForkServerProcess:
    """Start `evtimeline WORDS` in a workspace; what it says on stderr is appended to `log`."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([*IMPORTED])
    process = context.Process(target=_run, args=(tuple(words), str(home), clock, str(log)))
    process.start()
    return process


def _run(words: Sequence[str], home: str, clock: Clock, log: str) -> None:
    file = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    for number in (1, 2):
        os.dup2(file, number)
    for name in [name for name in os.environ if name.startswith("EVTIMELINE_")]:
        del os.environ[name]
    os.environ["EVTIMELINE_HOME"] = home
    app.system_clock = clock
    running.POLL_EVERY = running.DELIVER_EVERY = running.TELL_EVERY = 0.5
    running.BEAT_EVERY = running.HOUSEKEEP_EVERY = 2.0
    sys.exit(cli.run(words))
