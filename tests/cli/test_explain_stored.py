"""What `evtimeline explain --stored` says that the present rules would change, and what `--apply` does."""

import json
from pathlib import Path

import pytest
from tests.builders import instant
from tests.cli import workspaces
from tests.jobs.world import item, rss
from tests.servers import FeedServer

from evtimeline.cli import run
from evtimeline.store import exclusions, milestones

NEWS = (
    item("1", "小米YU7将于2025年7月上市", "2025-05-12"),
    item("2", "工信部发布新规", "2025-05-12"),
)


@pytest.fixture
def polled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """A workspace that has read the news, and in which a person then excluded the words of one entry."""
    monkeypatch.setenv("EVTIMELINE_HOME", str(tmp_path))
    monkeypatch.setenv("EVTIMELINE_NOW", "2025-05-13T09:00:00+08:00")
    monkeypatch.setenv("COLUMNS", "80")
    assert run(["init", str(tmp_path)]) == 0
    assert (
        run(["milestone", "add", "小米YU7上市", "--timeline", "cars", "--when", "2025-08", "--stated", "2025-04-20"])
        == 0
    )
    with FeedServer() as server:
        feed = f"feeds:\n  - url: {server.serve('/car', rss(*NEWS))}\n    title: 车轮周报\n    private: true\n"
        (tmp_path / "feeds.yaml").write_text(feed, "utf-8")
        assert run(["poll"]) == 0
    capsys.readouterr()
    return tmp_path


def exclude(home: Path, phrase: str) -> None:
    with workspaces.database(home) as connection:
        (stored,) = milestones.load(connection)
        exclusions.add(connection, stored.id, phrase, "li", instant("2025-05-13"))


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    capsys.readouterr()
    assert run(["explain", "--stored", *arguments]) == 0
    return capsys.readouterr().out


def test_a_ledger_that_the_rules_agree_with_is_said_to_be_alike(
    polled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(capsys) == "2 entries read anew: the ledger says the same.\n"


def test_what_would_be_lost_is_shown_and_nothing_is_changed(polled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exclude(polled, "将于")
    for _ in range(2):
        out = said(capsys)
        assert out.startswith("lost  cars/")
        assert "小米YU7将于2025年7月上市" in out
        assert "scheduled 2025-07" in out
        assert "2 entries read anew: 1 lost." in out
        assert "Nothing was changed" in out


def test_applying_changes_what_stands_once(
    polled: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    exclude(polled, "将于")
    monkeypatch.setenv("EVTIMELINE_NOW", "2025-05-14T09:00:00+08:00")
    out = said(capsys, "--apply")
    assert "The ledger was changed so." in out
    assert "2025-08" in out.splitlines()[-1]
    assert "the ledger says the same" in said(capsys, "--apply")


def test_programs_get_one_object_a_difference(polled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exclude(polled, "将于")
    (line,) = said(capsys, "--json").splitlines()
    told = json.loads(line)
    assert (told["change"], told["timeline"], told["new"], told["applied"]) == ("lost", "cars", None, False)
    assert (told["old"]["signal"], told["old"]["window"]) == ("scheduled", "2025-07")


def test_only_what_was_asked_for_is_read(polled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exclude(polled, "将于")
    assert said(capsys, "--since", "2025-05-13") == "0 entries read anew: the ledger says the same.\n"
    assert "1 lost" in said(capsys, "--timeline", "cars")


def test_it_is_said_in_chinese_too(polled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exclude(polled, "将于")
    assert "重读2个条目：不再读出1。" in said(capsys, "--language", "zh")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ([], "Give a FILE to explain, or --stored"),
        (["--apply"], "Give a FILE to explain, or --stored"),
        (["--stored", "entries.jsonl"], "give no FILE"),
        (["--stored", "--timeline", "planes"], "planes"),
        (["--stored", "--since", "soonish"], "not understood as a date"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    polled: Path, capsys: pytest.CaptureFixture[str], typed: list[str], sentence: str
) -> None:
    assert run(["explain", *typed]) == 2
    assert sentence in capsys.readouterr().err
