"""What evtimeline writes for itself is nobody else's business, whatever the umask says."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.commands import Capture, said

from evtimeline.app import read_clock
from evtimeline.cli import run
from evtimeline.daemon.lock import held
from evtimeline.store.engine import connect, writing


@pytest.fixture(autouse=True)
def generous() -> Iterator[None]:
    """The usual umask, which lets everybody read."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace in a folder that was not there."""
    home = tmp_path / "mine" / "story"
    monkeypatch.setenv("EVTIMELINE_HOME", str(home))
    monkeypatch.setenv("EVTIMELINE_NOW", "2026-05-10T09:00:00+08:00")
    assert run(["init", str(home), "--sample", "xiaomi-baic"]) == 0
    return home


def mode(path: Path) -> str:
    return f"{path.stat().st_mode & 0o777:o}"


def test_a_new_workspace_is_its_owner_s_alone(home: Path) -> None:
    assert mode(home) == "700"
    assert {path.name: mode(path) for path in home.iterdir()} == {
        "evtimeline.db": "600",
        "evtimeline.toml": "600",
        "feeds.yaml": "600",
    }


def test_a_folder_that_was_there_keeps_its_mode(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "shared").mkdir()
    assert run(["init", str(tmp_path / "shared")]) == 0
    assert mode(tmp_path / "shared") == "755"


def test_what_sqlite_lays_beside_the_database_is_as_private(home: Path) -> None:
    engine = connect(f"sqlite:///{home / 'evtimeline.db'}")
    with writing(engine) as connection:
        connection.exec_driver_sql("UPDATE timelines SET zone = zone")
        logs = {path.name: mode(path) for path in home.glob("evtimeline.db-*")}
    engine.dispose()
    assert logs == {"evtimeline.db-wal": "600", "evtimeline.db-shm": "600"}


def test_backups_written_mail_and_the_lock_are_private(
    home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    said(capsys, "backup", str(home / "copy.db"))
    said(capsys, "backup", str(home / "copy.jsonl.gz"))
    said(capsys, "subscribe", f"file://{home / 'box'}", "--daily", "08:00")
    monkeypatch.setenv("EVTIMELINE_NOW", "2026-05-11T09:00:00+08:00")
    said(capsys, "digest", "send", "--now")
    with held(home / "evtimeline.lock", "daemon", read_clock()):
        pass
    written = [path for path in home.rglob("*") if path.is_file()]
    assert {path.suffix for path in written} >= {".eml", ".lock", ".gz"}
    assert {path.name: mode(path) for path in written if mode(path) != "600"} == {}
    assert {mode(path) for path in (home / "box").rglob("*") if path.is_dir()} | {mode(home / "box")} == {"700"}


def test_a_catalogue_keeps_the_mode_that_it_was_given(home: Path, capsys: Capture) -> None:
    (home / "feeds.yaml").chmod(0o640)
    said(capsys, "feed", "add", "https://me:hidden@news.example/rss", "--unchecked")
    assert mode(home / "feeds.yaml") == "640"
    (home / "feeds.yaml").unlink()
    said(capsys, "feed", "add", "https://me:hidden@news.example/rss", "--unchecked")
    assert mode(home / "feeds.yaml") == "600"
