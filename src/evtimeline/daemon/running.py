"""The daemon: its jobs and how often they tick, its heartbeat, and how it begins and ends."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from importlib.metadata import version
from typing import Protocol

from evtimeline.app import App
from evtimeline.daemon.events import tell
from evtimeline.daemon.guard import Guard
from evtimeline.daemon.logs import note
from evtimeline.daemon.outlook import outlook
from evtimeline.daemon.supervising import supervise
from evtimeline.daemon.ticks import Job, Ticks
from evtimeline.daemon.workplace import Workplace
from evtimeline.errors import StoreError
from evtimeline.jobs import rounds
from evtimeline.jobs.rounds import Done, Means, Stop
from evtimeline.store import daemons, job_runs
from evtimeline.store.daemons import Daemon as Row
from evtimeline.store.engine import writing
from evtimeline.store.failures import place

POLL_EVERY = 10.0
TELL_EVERY = 60.0
DELIVER_EVERY = 15.0
HOUSEKEEP_EVERY = 3600.0
HOUSEKEEP_AFTER = 300.0
BEAT_EVERY = 30.0
"""Seconds between two looks at what is due."""


class Page(Protocol):
    """Where the daemon's health can be asked for."""

    def close(self) -> None:
        """Answer no more."""


class Daemon:
    """Polls, tells, delivers and clears away until it is asked to stop; `serve` opens its page of health."""

    def __init__(self, workplace: Workplace, name: str, serve: Callable[[App, str], Page | None]) -> None:
        self._workplace, self._name, self._serve = workplace, name, serve
        self._started_at = workplace.app.now
        self._stop = threading.Event()
        self._guard = Guard(name, lambda: self._workplace.app.now)
        self._ticks = Ticks(
            [
                self._job("poll", POLL_EVERY, self._poll),
                self._job("tell", TELL_EVERY, self._tell, 1.0),
                self._job("deliver", DELIVER_EVERY, self._deliver, 2.0),
                self._job("housekeep", HOUSEKEEP_EVERY, self._housekeep, HOUSEKEEP_AFTER),
                self._job("beat", BEAT_EVERY, self._beat),
            ]
        )
        self._page: Page | None = None

    def run(self) -> None:
        """Run until SIGTERM or SIGINT, and finish what is in hand. Raises StoreError before anything is begun."""
        self._workplace.list_feeds()
        self._page = self._serve(self._workplace.app, self._name)
        try:
            self._say_where_and_what_next()
            supervise(self._work, self._stop, reload=self._reload, watch=self._watch)
        finally:
            if self._page:
                self._page.close()
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
        self._stop.wait()
        self._ticks.finish()
        with suppress(StoreError), writing(self._workplace.app.engine, durable=False) as connection:
            daemons.leave(connection, self._name)

    def _reload(self) -> None:
        if not self._workplace.reload():
            return
        if self._page:
            self._page.close()
        self._page = self._serve(self._workplace.app, self._name)
        self._ticks.nudge("poll")

    def _watch(self) -> None:
        seconds = self._ticks.catch_up()
        if seconds:
            note(logging.WARNING, "clock-put-back", seconds=seconds)
            self._workplace.list_again()

    def _poll(self) -> None:
        self._workplace.look_at_feeds()
        self._workplace.list_feeds()
        news = False
        for done in rounds.poll_due(self._workplace.means, self._stop.is_set):
            tell(done)
            news = news or any(not moved.revision.backfill for moved in done.moved)
        if news:
            self._ticks.nudge("tell")

    def _tell(self) -> None:
        composed = self._each(rounds.tell_due)
        if composed:
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
