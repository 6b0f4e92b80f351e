"""What `evtimeline review` shows and what its decisions do."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.jobs.world import item, rss
from tests.servers import FeedServer

from evtimeline.cli import run

RUMOURED_MOVE = item(
    "1", "小米YU7推迟至2025年9月上市", "2025-05-12", "记者从经销商处获悉，小米YU7将推迟至2025年9月上市。"
)


@pytest.fixture
def waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[dict[str, object]]:
    """A blog alone says that the car is late, which waits for a person; the claim as `review --json` tells it."""
    monkeypatch.setenv("EVTIMELINE_HOME", str(tmp_path))
    monkeypatch.setenv("EVTIMELINE_NOW", "2025-05-13T09:00:00+08:00")
    monkeypatch.setenv("EVTIMELINE_USER", "li")
    monkeypatch.setenv("COLUMNS", "80")
    assert run(["init", str(tmp_path)]) == 0
    assert run(["milestone", "add", "小米YU7上市", "--when", "2025-08", "--stated", "2025-04-20"]) == 0
    with FeedServer() as server:
        url = server.serve("/blog", rss(RUMOURED_MOVE))
        feed = f"feeds:\n  - url: {url}\n    title: 车友热帖\n    tier: tertiary\n    private: true\n"
        (tmp_path / "feeds.yaml").write_text(feed, "utf-8")
        assert run(["poll"]) == 0
    capsys.readouterr()
    assert run(["review", "--json"]) == 0
    (claim,) = json.loads(capsys.readouterr().out)["claims"]
    yield claim


def standing(capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert run(["show", "xiaomi-yu7-launch", "--json"]) == 0
    return capsys.readouterr().out


def test_what_waits_is_shown_with_its_words_and_why(
    waiting: dict[str, object], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["review"]) == 0
    out = capsys.readouterr().out
    assert f"#{waiting['claim']}" in out and "小米YU7推迟至2025年9月上市" in out
    assert "a tertiary publisher alone says that it moved" in out
    assert f"evtimeline review accept {waiting['claim']}" in out
    assert "YU7” in the title" in out


def test_an_accepted_claim_moves_what_stands(waiting: dict[str, object], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["review", "accept", str(waiting["claim"]), "--why", "I asked the dealer"]) == 0
    assert "slipped 2025-09" in capsys.readouterr().out
    assert "I asked the dealer" in standing(capsys)
    assert run(["review"]) == 0
    assert "Nothing waits" in capsys.readouterr().out


def test_a_rejected_claim_is_kept_with_who_decided(
    waiting: dict[str, object], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["review", "reject", str(waiting["claim"])]) == 0
    out = capsys.readouterr().out
    assert "what stands has not changed" in out
    assert f"evtimeline review reject {waiting['claim']} --exclude 'YU7推迟至'" in out
    told = standing(capsys)
    assert '"rejected"' in told and '"li"' in told


def test_a_misread_date_is_corrected(waiting: dict[str, object], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["review", "edit", str(waiting["claim"]), "--when", "2025-10"]) == 0
    assert "slipped 2025-10" in capsys.readouterr().out


def test_a_phrase_is_excluded_only_if_the_claim_says_it(
    waiting: dict[str, object], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["review", "reject", str(waiting["claim"]), "--exclude", "理想"]) == 2
    assert "is not in the words of claim" in capsys.readouterr().err
    assert run(["review", "reject", str(waiting["claim"]), "--exclude", "9月上市"]) == 0


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (["accept", "999"], "there is no claim 999"),
        (["edit", "999"], "nothing to correct"),
        (["edit", "999", "--when", "soonish"], "not understood as a date"),
        (["reject", "1", "2", "--exclude", "x"], "give one CLAIM"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    waiting: dict[str, object], capsys: pytest.CaptureFixture[str], typed: list[str], sentence: str
) -> None:
    assert run(["review", *typed]) == 2
    assert sentence in capsys.readouterr().err
