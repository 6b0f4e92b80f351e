"""`evtimeline extract` as a user meets it: a draft that loads and can be applied, sentences for what goes wrong."""

import io
import json
import sys
from pathlib import Path

import pytest

from evtimeline.cli import run
from evtimeline.core.claims import Stance, Tier
from evtimeline.documents.timelinefile import load_timeline

REPORTS = Path(__file__).parents[1] / "data" / "reports"


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVTIMELINE_NOW", "2026-03-15T08:00:00+08:00")


@pytest.mark.parametrize(("name", "count", "zone"), [("xinglan.md", 19, "Asia/Shanghai"), ("harrow.txt", 15, "UTC")])
def test_the_draft_loads_as_a_timeline_file(tmp_path: Path, name: str, count: int, zone: str) -> None:
    draft = tmp_path / "draft.yaml"
    assert run(["extract", str(REPORTS / name), "-o", str(draft)]) == 0
    timeline = load_timeline(draft)
    assert (timeline.key, len(timeline.milestones), timeline.zone) == (name.partition(".")[0], count, zone)
    assert [m.promise.window is None for m in timeline.milestones] == [False] * (count - 1) + [True]


def test_a_forecast_keeps_its_author_and_its_condition(tmp_path: Path) -> None:
    draft = tmp_path / "draft.yaml"
    run(["extract", str(REPORTS / "xinglan.md"), "-o", str(draft)])
    milestones = {m.title("zh"): m for m in load_timeline(draft).milestones}
    profit = milestones["星澜汽车净利润达到18亿元"]
    assert profit.promise.stance is Stance.FORECAST
    assert profit.promise.source and profit.promise.source.publisher == "东岭证券"
    assert profit.promise.source.tier is Tier.TERTIARY
    assert "若泰国工厂如期在 2026 年底投产" in (milestones["星澜汽车海外销量占比提升至20%"].note or "")
    assert milestones["星澜M9上市"].note == "报告称已经发生。"


def test_the_draft_says_where_in_the_report_each_milestone_stands(tmp_path: Path) -> None:
    draft = tmp_path / "draft.yaml"
    run(["extract", str(REPORTS / "harrow.txt"), "-o", str(draft)])
    lines = draft.read_text("utf-8").splitlines()
    comment = lines[next(n for n, line in enumerate(lines) if "- key: gale-gt-launch" in line) - 1]
    number = int(comment.partition("line ")[2].partition(",")[0])
    source = (REPORTS / "harrow.txt").read_text("utf-8").splitlines()
    assert source[number - 1] == "- Gale GT launch: Q2 2027"


@pytest.mark.parametrize("name", ["xinglan.md", "harrow.txt"])
def test_the_draft_can_be_applied_and_followed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    home, draft = tmp_path / "home", tmp_path / "draft.yaml"
    monkeypatch.setenv("EVTIMELINE_HOME", str(home))
    assert run(["init", str(home)]) == 0
    assert run(["extract", str(REPORTS / name), "-o", str(draft)]) == 0
    assert run(["apply", str(draft), "--yes"]) == 0
    capsys.readouterr()
    assert run(["status", "--json"]) == 0
    assert "2026" in capsys.readouterr().out


def test_json_tells_windows_quotes_and_offsets(capsys: pytest.CaptureFixture[str]) -> None:
    file = REPORTS / "harrow.txt"
    assert run(["extract", "--as-of", "2026-03-03", "--json", str(file)]) == 0
    told = json.loads(capsys.readouterr().out)
    first = told["milestones"][0]
    assert told["as_of"] == "2026-03-03"
    assert first["window"] == {"edtf": "2026-08", "earliest": "2026-08-01", "latest": "2026-08-31"}
    assert (first["stance"], first["kind"], first["subject"]) == ("forecast", "launch", "Harrow Gale")
    text = file.read_text("utf-8")
    assert " ".join(text[first["start"] : first["end"]].split()) == first["quote"]
    assert [plan["window"] for plan in told["undated"]] == [None]


def test_the_same_report_gives_the_same_draft(capsys: pytest.CaptureFixture[str]) -> None:
    outputs = []
    for _ in range(2):
        run(["extract", str(REPORTS / "xinglan.md")])
        outputs.append(capsys.readouterr().out)
    assert outputs[0] == outputs[1]


def test_standard_input_is_read_for_a_dash(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("青田 T7 预计 2026 年 8 月上市。".encode())))
    assert run(["extract", "-", "--as-of", "2026-03"]) == 0
    assert "window: 2026-08" in capsys.readouterr().out


def test_a_report_that_names_no_day_is_read_as_of_today_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "note.txt"
    file.write_text("The plant will open in June.", "utf-8")
    assert run(["extract", str(file)]) == 0
    captured = capsys.readouterr()
    assert "read as of today, 2026-03-15 (--as-of DATE)" in captured.err
    assert "window: 2026-06" in captured.out


def test_a_report_that_promises_nothing_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "note.txt"
    file.write_text("Nothing is planned here.", "utf-8")
    assert run(["extract", str(file)]) == 2
    assert "no promised or past date was found in note.txt" in capsys.readouterr().err


def test_a_draft_never_writes_over_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = tmp_path / "draft.yaml"
    draft.write_text("edited", "utf-8")
    assert run(["extract", str(REPORTS / "harrow.txt"), "-o", str(draft)]) == 2
    assert "exists already" in capsys.readouterr().err
    assert draft.read_text("utf-8") == "edited"


@pytest.mark.parametrize("typed", ["nonsense", "2026/.."])
def test_a_wrong_day_is_a_sentence(typed: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["extract", str(REPORTS / "harrow.txt"), "--as-of", typed]) == 2
    assert typed in capsys.readouterr().err
