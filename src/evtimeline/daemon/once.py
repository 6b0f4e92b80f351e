"""One round of everything, for cron and containers: what fails is told, and the rest is done."""

import logging
import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass

from evtimeline.core.subscriptions import Result
from evtimeline.daemon.events import tell
from evtimeline.daemon.guard import sentence
from evtimeline.daemon.logs import note
from evtimeline.daemon.signals import Signals
from evtimeline.daemon.supervising import supervise
from evtimeline.daemon.workplace import Workplace
from evtimeline.errors import EvtimelineError, StoreError
from evtimeline.jobs import rounds
from evtimeline.jobs.deliver import Delivered
from evtimeline.jobs.desk import Composed
from evtimeline.jobs.poll import Polled
from evtimeline.store import job_runs
from evtimeline.store.engine import writing
from evtimeline.store.job_runs import ROUND, JobRun


@dataclass
class Tally:
    """How much a round did; `failed` counts feeds, subscriptions and messages."""

    feeds: int = 0
    entries: int = 0
    messages: int = 0
    failed: int = 0

    def add(self, done: rounds.Done) -> None:
        """Count one thing."""
        match done:
            case Polled():
                self.feeds += 1
                self.entries += done.new_entries
                self.failed += done.error is not None
            case Composed():
                self.failed += done.error is not None
            case Delivered():
                sent = done.attempt.result is Result.SENT
                self.messages += sent
                self.failed += not sent


def run_once(workplace: Workplace, signals: Signals) -> Tally:
    """Do everything that is due, or what of it was begun when SIGTERM or SIGINT came. Raises StoreError."""
    stop, tally = threading.Event(), Tally()
    began = time.monotonic()

    def work() -> None:
        workplace.list_feeds()
        for done in rounds.run_round(workplace.means, stop.is_set):
            tell(done)
            tally.add(done)

    try:
        supervise(work, stop, signals)
    except EvtimelineError as error:
        _record(workplace, time.monotonic() - began, sentence(error))
        raise
    _record(workplace, time.monotonic() - began)
    level = logging.WARNING if tally.failed else logging.INFO
    note(
        level,
        "round-done",
        feeds=tally.feeds,
        new=tally.entries,
        sent=tally.messages,
        failed=tally.failed,
        stopped=stop.is_set() or None,
    )
    return tally


def _record(workplace: Workplace, seconds: float, why: str | None = None) -> None:
    """Keep when this machine's last round ended, and why it broke off, if the database lets us: the work is done."""
    app = workplace.app
    with suppress(StoreError), writing(app.engine, durable=False) as connection:
        job_runs.record(connection, JobRun(socket.gethostname(), ROUND, app.now, round(seconds, 3), why))
