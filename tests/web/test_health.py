from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import text
from tests.builders import NOW
from tests.web.sites import DAEMON, Site, serving

from evtimeline.app import App
from evtimeline.errors import StoreError
from evtimeline.store import daemons, feeds, job_runs, leases
from evtimeline.store.daemons import Daemon
from evtimeline.store.engine import writing
from evtimeline.store.job_runs import JobRun
from evtimeline.web.patience import Patience


def at_work(app: App, polled_at: datetime | None = NOW, error: str | None = None) -> None:
    """Keep a heartbeat of the daemon that started a day before, and its last round of polling."""
    with writing(app.engine) as connection:
        daemons.beat(connection, Daemon(DAEMON, NOW - timedelta(days=1), NOW, "1.0"))
        if polled_at:
            job_runs.record(connection, JobRun(DAEMON, "poll", polled_at, 1.5, error))


def test_a_daemon_at_work_is_alive_and_ready(site: Site) -> None:
    at_work(site.app)
    alive, ready = site.ask("/healthz"), site.ask("/readyz")
    assert (alive.status, ready.status) == (200, 200)
    assert list(alive.checks) == ["scheduler"]
    assert list(ready.checks) == ["database", "schema", "poll", "scheduler"]
    assert all(ok for ok, _ in ready.checks.values())
    assert ready.headers["Content-Type"] == "application/json"


def test_a_scheduler_that_stands_still_is_neither(app: App) -> None:
    at_work(app)
    with serving(app, pulse=lambda: NOW - timedelta(minutes=10)) as site:
        alive, ready = site.ask("/healthz"), site.ask("/readyz")
    assert (alive.status, ready.status) == (503, 503)
    assert alive.checks["scheduler"] == (False, "it ticked for the last time 10 min ago: restart the daemon")
    assert [name for name, (ok, _) in ready.checks.items() if not ok] == ["scheduler"]


@pytest.mark.parametrize(
    ("polled_at", "error", "why"),
    [
        (NOW - timedelta(hours=3), None, "the last round of polling ended 3 h ago: look into the daemon's log"),
        (NOW, "the disk is full", "the last round of polling failed: the disk is full"),
        (None, None, "nothing was polled yet, and the daemon started 24 h ago: look into the daemon's log"),
    ],
)
def test_a_daemon_that_does_not_poll_is_not_ready(
    site: Site, polled_at: datetime | None, error: str | None, why: str
) -> None:
    at_work(site.app, polled_at=polled_at, error=error)
    assert site.ask("/readyz").checks["poll"] == (False, why)
    assert site.ask("/healthz").status == 200


def test_a_daemon_that_has_just_started_is_ready_once_it_was_heard_of(site: Site) -> None:
    assert site.ask("/readyz").checks["poll"] == (False, "nothing was polled yet")
    with writing(site.app.engine) as connection:
        daemons.beat(connection, Daemon(DAEMON, NOW - timedelta(seconds=30), NOW, "1.0"))
    assert site.ask("/readyz").checks["poll"] == (True, "nothing was polled yet, and the daemon started 30 s ago")


def test_a_long_round_is_no_standstill(site: Site) -> None:
    at_work(site.app, polled_at=NOW - timedelta(hours=3))
    with writing(site.app.engine) as connection:
        feeds.sync(connection, ["https://news.example/feed"], NOW)
        assert leases.claim(connection, DAEMON, NOW, 10)
    assert site.ask("/readyz").checks["poll"] == (True, "feeds are being polled: 1")


def test_a_schema_of_another_version_is_named(site: Site) -> None:
    with writing(site.app.engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    ready = site.ask("/readyz")
    assert ready.status == 503
    assert ready.checks["database"] == (True, "it answers")
    assert "run `evtimeline upgrade`" in ready.checks["schema"][1]


def test_a_database_that_is_gone_makes_it_unready_and_leaves_it_alive(app: App, tmp_path: Path) -> None:
    gone = replace(app, settings=replace(app.settings, database=f"sqlite:///{tmp_path / 'gone.db'}"))
    with serving(gone) as site:
        ready = site.ask("/readyz")
        assert ready.status == 503
        assert ready.checks["database"][1].startswith("there is no database at ")
        assert site.ask("/healthz").status == 200


def test_a_database_that_hangs_is_waited_for_only_so_long() -> None:
    released = Event()
    patience = Patience(seconds=0.01, at_once=2)
    for _ in range(2):
        with pytest.raises(StoreError, match="has not answered within"):
            patience.wait_for(released.wait)
    with pytest.raises(StoreError, match="has not answered earlier questions yet"):
        patience.wait_for(released.wait)
    released.set()


def test_what_the_database_raises_is_raised_to_whoever_waits() -> None:
    def fail() -> int:
        raise StoreError("the disk is full")

    with pytest.raises(StoreError, match="the disk is full"):
        Patience().wait_for(fail)
    assert Patience().wait_for(lambda: 7) == 7
