import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from evtimeline.cli import run
from evtimeline.cli.init import TEMPLATE
from evtimeline.settings import Settings, Workspace, load_settings


@pytest.fixture(autouse=True)
def own_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in list(os.environ):
        if name.startswith("EVTIMELINE_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    yield


def test_a_workspace_is_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init", str(tmp_path / "story")]) == 0
    assert {file.name for file in (tmp_path / "story").iterdir()} >= {"evtimeline.toml", "feeds.yaml", "evtimeline.db"}
    out = capsys.readouterr().out
    assert f"export EVTIMELINE_HOME={tmp_path / 'story'}" in out


def test_making_it_again_changes_nothing_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["init", str(tmp_path / "story")])
    before = {file: file.stat().st_mtime_ns for file in (tmp_path / "story").iterdir()}
    capsys.readouterr()
    assert run(["init", str(tmp_path / "story")]) == 0
    assert capsys.readouterr().out.startswith("nothing to do")
    assert {file: file.stat().st_mtime_ns for file in (tmp_path / "story").iterdir()} == before


def test_what_the_user_wrote_is_left_and_what_is_missing_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["init", str(tmp_path)])
    (tmp_path / "feeds.yaml").write_text("feeds: []  # my own\n")
    (tmp_path / "evtimeline.db").unlink()
    capsys.readouterr()
    assert run(["init", str(tmp_path)]) == 0
    assert (tmp_path / "feeds.yaml").read_text() == "feeds: []  # my own\n"
    assert (tmp_path / "evtimeline.db").exists()
    assert "made" in capsys.readouterr().out


def test_without_a_folder_it_is_made_where_every_command_finds_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["init"]) == 0
    assert (tmp_path / "config" / "evtimeline" / "evtimeline.toml").exists()
    assert (tmp_path / "data" / "evtimeline" / "evtimeline.db").exists()
    assert "EVTIMELINE_HOME" not in capsys.readouterr().out
    assert run(["upgrade"]) == 0
    assert capsys.readouterr().out == "nothing to do: the database is up to date\n"


def test_in_the_current_folder_it_is_found_without_being_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init", "."]) == 0
    assert "EVTIMELINE_HOME" not in capsys.readouterr().out


def test_home_names_the_folder_too(tmp_path: Path) -> None:
    assert run(["--home", str(tmp_path / "home"), "init"]) == 0
    assert (tmp_path / "home" / "evtimeline.toml").exists()


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    assert run(["init", str(tmp_path / "file")]) == 1
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "choose another folder" in err


def test_a_sample_that_does_not_exist_is_answered_with_those_that_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["init", str(tmp_path / "story"), "--sample", "xiaomi"]) == 2
    assert "there is xiaomi-baic" in capsys.readouterr().err
    assert not (tmp_path / "story").exists()


def test_the_template_holds_every_setting_with_its_usual_value(tmp_path: Path) -> None:
    lines = [line.removeprefix("# ") if " = " in line else line for line in TEMPLATE.splitlines()]
    (tmp_path / "evtimeline.toml").write_text("\n".join(lines))
    workspace = Workspace(tmp_path, tmp_path)
    assert load_settings(workspace, {}) == Settings(database=f"sqlite:///{workspace.database_file}")


def test_the_template_as_it_is_sets_nothing(tmp_path: Path) -> None:
    (tmp_path / "evtimeline.toml").write_text(TEMPLATE)
    workspace = Workspace(tmp_path, tmp_path)
    assert load_settings(workspace, {}) == Settings(database=f"sqlite:///{workspace.database_file}")


def test_a_database_elsewhere_is_made_where_the_settings_say(tmp_path: Path) -> None:
    (tmp_path / "evtimeline.toml").write_text('database = "sqlite:///deep/own.db"')
    assert run(["init", str(tmp_path)]) == 0
    assert (tmp_path / "deep" / "own.db").exists()
    assert not (tmp_path / "evtimeline.db").exists()


def test_there_is_nothing_to_upgrade_without_a_workspace(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["upgrade"]) == 1
    assert "run `evtimeline init`" in capsys.readouterr().err


def test_a_sample_is_taken_in_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init", str(tmp_path), "--sample", "xiaomi-baic"]) == 0
    assert "made the timeline xiaomi-baic" in capsys.readouterr().out
    assert run(["init", str(tmp_path), "--sample", "xiaomi-baic"]) == 0
    assert capsys.readouterr().out.startswith("nothing to do")
