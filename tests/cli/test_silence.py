import json
from datetime import date
from pathlib import Path

import pytest
from tests.cli.commands import Capture, said
from tests.cli.workspaces import database

from evtimeline.core.subscriptions import Silence
from evtimeline.store import silences


@pytest.fixture(autouse=True)
def home(story: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EVTIMELINE_USER", "li")
    return story


def unlifted(home: Path) -> tuple[Silence, ...]:
    with database(home) as connection:
        return silences.load(connection)


def test_a_milestone_is_silenced_shown_and_lifted(home: Path, capsys: Capture) -> None:
    said(capsys, "silence", "yu7-launch", "--until", "2025-09-30", "--why", "we know")
    (one,) = unlifted(home)
    assert (one.until, one.why, one.by) == (date(2025, 9, 30), "we know", "li")
    assert "we know" in said(capsys, "silences")
    record = json.loads(said(capsys, "silences", "--json"))["silences"][0]
    assert (record["timeline"], record["milestone"]) == ("xiaomi-baic", "yu7-launch")
    said(capsys, "lift", "1")
    assert "Nothing is silenced" in said(capsys, "silences")
    assert "no silence 1 to lift" in said(capsys, "lift", "1", code=2)


def test_one_that_is_over_is_shown_no_more(home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    said(capsys, "silence", "yu7-launch", "--until", "2025-07-20", "--why", "today only")
    assert "today only" in said(capsys, "silences")
    monkeypatch.setenv("EVTIMELINE_NOW", "2025-07-20T16:00:01+00:00")  # the 21st in Shanghai
    assert "Nothing is silenced" in said(capsys, "silences")


@pytest.mark.parametrize("until", ["2025-07-19", "soon", "2025-02-30"])
def test_a_day_that_cannot_be_meant_is_refused(home: Path, capsys: Capture, until: str) -> None:
    assert "--until" in said(capsys, "silence", "yu7-launch", "--until", until, "--why", "x", code=2)
