"""The daemon: its jobs and how often they tick, its heartbeat, and how it begins and ends."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from importlib.metadata import version
from typing import Protocol

from evtimeline.app import App
from evtimeline.daemon import notify
from evtimeline.daemon.events import tell
from evtimeline.daemon.guard import Guard
from evtimeline.daemon.logs import note
from evtimeline.daemon.outlook import outlook
from evtimeline.daemon.signals import Signals
from evtimeline.daemon.supervising import supervise
from evtimeline.daemon.ticks import Job, Ticks
from evtimeline.daemon.workplace import Workplace
from evtimeline.errors import StoreError
from evtimeline.jobs import rounds
from evtimeline.jobs.rounds import Done, Means
from evtimeline.jobs.stopping import Stop
from evtimeline.store import daemons, job_runs
from evtimeline.store.daemons import Daemon as Row
from evtimeline.store.engine import writing
from evtimeline.store.failures import place

# Seconds between two looks at what is due.
POLL_EVERY = 10.0
DELIVER_EVERY = 15.0
BEAT_EVERY = 30.0
TELL_EVERY = 60.0
HOUSEKEEP_EVERY = 3600.0
HOUSEKEEP_AFTER = 300.0

SILENT = 3.0
"""After so many ticks without a sign the scheduler, or the database, is taken for dead."""


class Page(Protocol):
    """Where the daemon's health can be asked for."""

    def close(self) -> None:
        """Answer no more."""


Serve = Callable[[App, str, Callable[[], datetime]], Page | None]
"""Opens the page of a daemon by its name; the last argument tells when its scheduler last ticked."""


class Daemon:
    """Polls, tells, delivers and clears away until it is asked to stop."""

    def __init__(self, workplace: Workplace, name: str, serve: Serve) -> None:
        self._workplace, self._name, self._serve = workplace, name, serve
        self._started_at = workplace.app.now
        self._stop = threading.Event()
        self._guard = Guard(name, lambda: workplace.app.now)
        self._ticks = Ticks(
            [
                self._job("poll", POLL_EVERY, self._poll),
                self._job("tell", TELL_EVERY, self._tell, 1.0),
                self._job("deliver", DELIVER_EVERY, self._deliver, 2.0),
                self._job("housekeep", HOUSEKEEP_EVERY, self._housekeep, HOUSEKEEP_AFTER),
                self._job("beat", BEAT_EVERY, self._beat),
            ]
        )
        self._beaten_at = time.monotonic()
        self._watchdog = notify.Watchdog(
            lambda: self._ticks.idle < SILENT * POLL_EVERY,
            lambda: time.monotonic() - self._beaten_at < SILENT * BEAT_EVERY,
        )
        self._page: Page | None = None

    def run(self, signals: Signals) -> None:
        """Run until SIGTERM or SIGINT, and finish what is in hand."""
        self._open_page()
        try:
            self._say_where_and_what_next()
            supervise(self._work, self._stop, signals, reload=self._reload, watch=self._watch)
        finally:
            self._close_page()
        note(logging.INFO, "stopped")

    def _job(self, name: str, every: float, work: Callable[[], None], after: float = 0.0) -> Job:
        return Job(name, every, partial(self._guard.run, name, work), after)

    def _say_where_and_what_next(self) -> None:
        app = self._workplace.app
        health = app.settings.daemon.health if self._page else None
        note(
            logging.INFO,
            "started",
            version=version("evtimeline"),
            name=self._name,
            workspace=str(app.workspace.config),
            database=place(app.engine.url),
            health=health.url if health else "off",
        )
        with suppress(StoreError):  # a database that goes away now is told of by the jobs, which try again
            self._workplace.list_feeds()
            ahead = outlook(app.engine, app.now)
            note(
                logging.INFO,
                "next",
                feeds=ahead.feeds,
                due=ahead.due,
                next_feed=ahead.next_feed,
                subscriptions=ahead.subscriptions,
                next_digest=ahead.next_digest,
            )

    def _work(self) -> None:
        self._ticks.start()
        self._say_ready()
        self._stop.wait()
        notify.stopping()
        self._ticks.finish()
        with suppress(StoreError), writing(self._workplace.app.engine, durable=False) as connection:
            daemons.leave(connection, self._name)

    def _reload(self) -> None:
        notify.reloading()
        if self._workplace.reload():
            self._close_page()
            self._open_page()
            self._ticks.nudge("poll")
        self._say_ready()

    def _watch(self) -> None:
        seconds = self._ticks.catch_up()
        if seconds:
            note(logging.WARNING, "clock-put-back", seconds=seconds)
            self._workplace.list_again()
        self._watchdog.feed()

    def _open_page(self) -> None:
        app = self._workplace.app
        self._page = self._serve(app, self._name, lambda: app.now - timedelta(seconds=self._ticks.idle))

    def _close_page(self) -> None:
        if self._page:
            self._page.close()
            self._page = None

    def _say_ready(self) -> None:
        notify.ready(f"following {len(self._workplace.means.feeds)} feeds")

    def _poll(self) -> None:
        self._workplace.look_at_feeds()
        self._workplace.list_feeds()
        news = False
        for done in rounds.poll_due(self._workplace.means, self._stop.is_set):
            tell(done)
            if not news and any(not moved.revision.backfill for moved in done.moved):
                news = True
                self._ticks.nudge("tell")  # a round of many feeds takes minutes
        if news:
            self._ticks.nudge("tell")

    def _tell(self) -> None:
        if self._each(rounds.tell_due):
            self._ticks.nudge("deliver")

    def _deliver(self) -> None:
        self._each(rounds.deliver_due)

    def _housekeep(self) -> None:
        self._each(rounds.housekeep)

    def _each(self, job: Callable[[Means, Stop], Iterator[Done]]) -> int:
        """Do a job, tell of all that it does, and return how much that was."""
        number = 0
        for done in job(self._workplace.means, self._stop.is_set):
            tell(done)
            number += 1
        return number

    def _beat(self) -> None:
        """Let the others know that this daemon is alive, and what its jobs did last: one short transaction."""
        app = self._workplace.app
        with writing(app.engine, durable=False) as connection:
            daemons.beat(connection, Row(self._name, self._started_at, app.now, version("evtimeline")))
            for run in self._guard.runs():
                job_runs.record(connection, run)
        self._beaten_at = time.monotonic()
