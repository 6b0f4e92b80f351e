from pathlib import Path

import pytest
from tests.builders import instant
from tests.cli.commands import Capture, said
from tests.cli.workspaces import database
from tests.store.olden import downgrade
from tests.store.processes import with_a_full_disk

from evtimeline.cli import run
from evtimeline.daemon.lock import held
from evtimeline.store import feeds

SECRET = "https://example.org/since-the-backup"


def go_on(home: Path) -> None:
    """Let something happen after a backup."""
    with database(home) as connection:
        feeds.ensure(connection, [SECRET])


def everything(capsys: Capture) -> str:
    return said(capsys, "export", "--all")


@pytest.mark.parametrize("name", ["saved.db", "saved", "saved.jsonl", "saved.jsonl.gz"])
def test_what_was_backed_up_is_restored(story: Path, tmp_path: Path, capsys: Capture, name: str) -> None:
    before, file = everything(capsys), tmp_path / name
    answer = said(capsys, "backup", str(file))
    assert answer.splitlines() == [
        f"{file}: 15 milestones, 25 claims, checked",
        "evtimeline.toml and feeds.yaml are not in it",
    ]
    go_on(story)
    answer = said(capsys, "restore", str(file))
    assert answer.splitlines()[0] == f"restored 15 milestones and 25 claims from {file}"
    assert "the database as it was is kept in" in answer
    assert everything(capsys) == before
    assert run(["status"]) == 0


@pytest.mark.usefixtures("story")
def test_a_file_that_is_there_is_replaced_only_by_force(tmp_path: Path, capsys: Capture) -> None:
    file = tmp_path / "saved.db"
    file.write_text("mine")
    assert "--force" in said(capsys, "backup", str(file), code=2)
    assert file.read_text() == "mine"
    assert "checked" in said(capsys, "backup", "--force", str(file))


@pytest.mark.parametrize("words", [("-",), (".",), ("no/such/folder.db",), ("--force", "evtimeline.db")])
def test_places_where_no_backup_can_be_are_refused(
    story: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(story)
    assert said(capsys, "backup", *words, code=2).startswith("evtimeline: ")
    assert "Traceback" not in said(capsys, "status")


def test_restoring_waits_for_nobody_who_works_here(story: Path, tmp_path: Path, capsys: Capture) -> None:
    said(capsys, "backup", str(tmp_path / "saved.db"))
    with held(story / "evtimeline.lock", "daemon", instant("2025-07-20")):
        answer = said(capsys, "restore", str(tmp_path / "saved.db"), code=4)
    assert "`evtimeline daemon`" in answer
    assert not list(story.glob("*before-restore*"))


def test_what_cannot_be_restored_is_refused(story: Path, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "letter").write_text("Dear Sirs")
    assert "there is no file" in said(capsys, "restore", "nowhere.db", code=2)
    assert "is no export of evtimeline" in said(capsys, "restore", str(tmp_path / "letter"), code=1)
    assert "is the database itself" in said(capsys, "restore", str(story / "evtimeline.db"), code=2)


def test_a_whole_database_moves_to_another_workspace(story: Path, tmp_path: Path, capsys: Capture) -> None:
    file, other = tmp_path / "all.jsonl.gz", tmp_path / "other"
    assert said(capsys, "export", "--all", "-o", str(file)).endswith(f"rows written to {file}\n")
    said(capsys, "init", str(other))
    answer = said(capsys, "import", str(file), "--home", str(other))
    assert answer == f"took in 15 milestones and 25 claims from {file}\n"
    assert said(capsys, "export", "--all", "--home", str(other)) == everything(capsys)
    assert "is not empty" in said(capsys, "import", str(file), code=1)
    assert story.exists()


@pytest.mark.usefixtures("story")
def test_an_import_needs_a_file(capsys: Capture) -> None:
    assert "there is no file" in said(capsys, "import", "nowhere.jsonl", code=2)


@pytest.mark.usefixtures("story")
def test_everything_is_exported_in_one_form_only(tmp_path: Path, capsys: Capture) -> None:
    assert "name no format" in said(capsys, "export", "--all", "csv", code=2)
    assert "is a folder" in said(capsys, "export", "--all", "-o", str(tmp_path), code=2)
    assert "No space left" in said(capsys, "export", "--all", "-o", "/dev/full", code=1)


def test_on_postgresql_a_backup_is_lines_of_json(
    story: Path, tmp_path: Path, capsys: Capture, postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "all.jsonl.gz"
    before = everything(capsys)
    said(capsys, "backup", str(file))
    monkeypatch.setenv("EVTIMELINE_DATABASE", postgresql_url)
    assert "took in 15 milestones" in said(capsys, "import", str(file))
    assert everything(capsys) == before
    assert "name all.jsonl.gz" in said(capsys, "backup", str(tmp_path / "all.db"), code=2)
    assert "25 claims, checked" in said(capsys, "backup", "--force", str(file))
    assert "evtimeline import" in said(capsys, "restore", str(file), code=2)
    assert story.exists()


def test_a_full_disk_leaves_the_database_and_no_half_file(story: Path, tmp_path: Path, capsys: Capture) -> None:
    folder = tmp_path / "full"
    folder.mkdir()
    said(capsys, "backup", str(tmp_path / "saved.db"))
    before = everything(capsys)
    code = "from evtimeline.cli import run; sys.exit(run(sys.argv[1:]))"
    for words in (("backup", str(folder / "saved.db")), ("restore", str(tmp_path / "saved.db"))):
        answer = with_a_full_disk(code, *words)
        assert answer.startswith("evtimeline: "), words
        assert len(answer.splitlines()) == 1
    assert everything(capsys) == before
    assert list(folder.iterdir()) == []
    assert not list(story.glob("*before-restore*"))


def test_an_upgrade_keeps_the_database_as_it_was(story: Path, tmp_path: Path, capsys: Capture) -> None:
    downgrade(f"sqlite:///{story / 'evtimeline.db'}", "0002")
    assert "run `evtimeline upgrade`" in said(capsys, "status", code=1)
    assert "25 claims, checked" in said(capsys, "backup", str(tmp_path / "older.db"))
    assert str(story / "backups" / "evtimeline-0002-") in said(capsys, "upgrade")
    assert said(capsys, "upgrade") == "nothing to do: the database is up to date\n"
    assert "from version 0002" in said(capsys, "restore", str(tmp_path / "older.db"))
