"""A daemon whose database is away when it starts, or is cut off at once, waits for it and then works."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests import postgres
from tests.daemon.processes import Event, daemon
from tests.store.cutting import Wire

from evtimeline.cli import run


@pytest.fixture
def cluster() -> Iterator[postgres.Cluster]:
    """A server of the test's own, to be stopped and started."""
    with postgres.running() as cluster:
        yield cluster


def made(home: Path, url: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with tables in this database, and no feeds."""
    monkeypatch.setenv("EVTIMELINE_HOME", str(home))
    (home / "evtimeline.toml").write_text(f'database = "{url}"\n', "utf-8")
    assert run(["init", str(home)]) == 0
    (home / "feeds.yaml").write_text("feeds: []\n", "utf-8")
    return home


def keep_it_starting(cluster: postgres.Cluster) -> None:
    """Start the server as a standby that lets nobody in before it is promoted."""
    data = cluster.folder / "data"
    owner = data.stat()
    with (data / "postgresql.auto.conf").open("a") as settings:
        settings.write("hot_standby = off\n")
    (data / "standby.signal").touch()
    os.chown(data / "standby.signal", owner.st_uid, owner.st_gid)
    cluster.control("-W", "start")


def is_refused(event: Event) -> bool:
    return "no PostgreSQL answers" in str(event["why"])


def is_starting(event: Event) -> bool:
    return "is starting" in str(event["why"])


def test_a_database_that_is_away_and_then_starting_is_waited_for(
    cluster: postgres.Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = made(tmp_path, cluster.url(cluster.create()), monkeypatch)
    cluster.control("-m", "fast", "stop")
    with daemon(home) as running:
        running.wait_for("database-failed", is_refused)
        keep_it_starting(cluster)
        running.wait_for("database-failed", is_starting)
        cluster.control("promote")
        running.wait_for("database-works-again")
        running.wait_for("next")
        running.send(signal.SIGTERM)
        assert running.end() == 0
    assert not running.said


def test_who_waits_for_a_database_can_be_stopped(
    cluster: postgres.Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = made(tmp_path, cluster.url(cluster.create()), monkeypatch)
    cluster.control("-m", "fast", "stop")
    with daemon(home) as running:
        running.wait_for("database-failed")
        running.send(signal.SIGTERM)
        assert running.end() == 0
    cluster.control("start")


def test_a_connection_that_is_cut_while_feeds_are_listed_for_the_first_time_is_no_end(
    postgresql_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = made(tmp_path, postgresql_url, monkeypatch)
    with Wire(postgresql_url) as wire:
        (home / "evtimeline.toml").write_text(f'database = "{wire.url}"\n', "utf-8")
        wire.cut_after_commit_of("UPDATE feeds")
        with daemon(home) as running:
            running.wait_for("started")
            running.send(signal.SIGTERM)
            assert running.end() == 0
        assert wire.cuts == 1
