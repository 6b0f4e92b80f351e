import json
from pathlib import Path

import pytest
from tests.cli.commands import Capture, said

from evtimeline.cli.terminal import cells

HUNTER = "hunter2-xyzzy"


def row_of(shown: str, name: str) -> list[str]:
    return next(line.split() for line in shown.splitlines() if line.split()[:1] == [name])


def test_every_setting_is_shown_with_where_it_comes_from(
    story: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    (story / "evtimeline.toml").write_text('zone = "Asia/Shanghai"\n[fetch]\nat_once = 4\n')
    monkeypatch.setenv("EVTIMELINE_FETCH_TIMEOUT", "7")
    shown = said(capsys, "config", "show", "--origin")
    assert shown.splitlines()[0] == str(story / "evtimeline.toml")
    assert row_of(shown, "zone") == ["zone", "Asia/Shanghai", "evtimeline.toml:1"]
    assert row_of(shown, "fetch.at_once") == ["fetch.at_once", "4", "evtimeline.toml:3"]
    assert row_of(shown, "fetch.timeout") == ["fetch.timeout", "7", "EVTIMELINE_FETCH_TIMEOUT"]
    assert row_of(shown, "fetch.per_host") == ["fetch.per_host", "2", "default"]
    assert row_of(said(capsys, "config", "show"), "fetch.at_once") == ["fetch.at_once", "4"]


@pytest.mark.parametrize("form", [(), ("--origin",), ("--json",)])
def test_secrets_are_never_shown(
    story: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch, form: tuple[str, ...]
) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    (story / "mail").write_text(HUNTER)
    (story / "evtimeline.toml").write_text(
        f'database = "postgresql://me:{HUNTER}@host/name"\npublic_url = "https://me:{HUNTER}@dates.example.org"\n'
        f'[smtp]\npassword_file = "mail"\n[channel.team]\nurl = "https://hooks.example/{HUNTER}?key={HUNTER}"\n'
        f'[channel.all]\nkind = "apprise"\nurl = "mailto://me:{HUNTER}@example.org"\n'
    )
    monkeypatch.setenv("EVTIMELINE_CHANNEL_TEAM_SECRET", HUNTER)
    shown = said(capsys, "config", "show", *form)
    assert "postgresql://me:***@host/name" in shown
    assert "https://hooks.example/***" in shown
    assert not [part for part in (HUNTER[:5], HUNTER[-5:]) if part in shown]


def test_what_is_wrong_is_told_after_the_rest_and_ends_with_2(story: Path, capsys: Capture) -> None:
    (story / "evtimeline.toml").write_text('langauge = "zh"\nzone = "Asia/Tokyo"\n')
    shown = said(capsys, "config", "show", "--origin", code=2)
    assert "there is no setting 'langauge'; did you mean language?" in shown
    assert row_of(shown, "zone") == ["zone", "Asia/Tokyo", "evtimeline.toml:2"]


def test_programs_get_names_values_and_origins(story: Path, capsys: Capture) -> None:
    (story / "evtimeline.toml").write_text("[fetch]\nallow_link_local = true\n")
    told = json.loads(said(capsys, "config", "show", "--json"))
    (found,) = (one for one in told["settings"] if one["name"] == "fetch.allow_link_local")
    assert found == {
        "name": "fetch.allow_link_local",
        "value": True,
        "origin": "file",
        "where": str(story / "evtimeline.toml"),
        "line": 2,
    }
    assert (told["version"], told["problems"]) == (1, [])


def test_it_needs_no_database_and_says_where_there_is_no_workspace(
    story: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    (story / "evtimeline.db").unlink()
    assert "fetch.timeout" in said(capsys, "config", "show")
    monkeypatch.setenv("EVTIMELINE_HOME", str(story / "nowhere"))
    assert "run `evtimeline init`" in said(capsys, "config", "show", code=1)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_line_but_the_path_is_wider_than_the_screen(story: Path, capsys: Capture, language: str) -> None:
    lines = said(capsys, "config", "show", "--origin", "--language", language).splitlines()
    assert max(map(cells, lines[1:])) <= 80
    assert lines[1].split()[0] == {"en": "Setting", "zh": "设置"}[language]
