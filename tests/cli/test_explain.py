import json
from pathlib import Path

import pytest

from evtimeline.cli import run

TIMELINE = """
timeline: cars
zone: Asia/Shanghai
milestones:
  - {key: x50, title: {zh: 晨曦X50上市, en: Aurora X50 launch}, window: 2026-04}
"""
RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Cars</title><link>https://cars.example/</link><description>d</description>
<item><title>Aurora X50 launch delayed to June</title><guid>a</guid><link>https://cars.example/a</link>
<pubDate>Tue, 10 Mar 2026 08:00:00 +0800</pubDate></item></channel></rss>
"""


@pytest.fixture
def timeline(tmp_path: Path) -> str:
    path = tmp_path / "cars.yaml"
    path.write_text(TIMELINE, "utf-8")
    return str(path)


def written(tmp_path: Path, text: str) -> str:
    path = tmp_path / "entries"
    path.write_text(text, "utf-8")
    return str(path)


def a_line(title: str, **fields: str) -> str:
    plain = {"id": "1", "title": title, "summary": "", "published": "2026-03-10", "lang": "zh"}
    return json.dumps(plain | fields, ensure_ascii=False) + "\n"


def test_json_holds_one_object_an_entry_in_their_order(
    tmp_path: Path, timeline: str, capsys: pytest.CaptureFixture[str]
) -> None:
    entries = written(tmp_path, a_line("晨曦X50推迟至6月上市") + "\n" + a_line("天气晴", id="2"))
    assert run(["explain", "--timeline", timeline, "--json", entries]) == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first["entry"] == "1"
    (match,) = first["matches"]
    assert (match["milestone"], match["signal"], match["stance"]) == ("x50", "delayed", "asserted")
    assert match["window"] == {"edtf": "2026-06", "earliest": "2026-06-01", "latest": "2026-06-30"}
    assert match["quote"] == "晨曦X50推迟至6月上市"
    assert [found["quote"] for found in first["dates"]] == ["6月"]
    assert second == {"entry": "2", "dates": [], "matches": [], "near_misses": []}


def test_people_read_what_matched_and_why(tmp_path: Path, timeline: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "--timeline", timeline, written(tmp_path, a_line("晨曦X50推迟至6月上市"))]) == 0
    out = capsys.readouterr().out
    assert "x50: delayed 2026-06 (asserted, score" in out
    assert "because “晨曦X50” in the title; “推迟”" in out


def test_a_feed_file_is_read_too(tmp_path: Path, timeline: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "--timeline", timeline, "--json", written(tmp_path, RSS)]) == 0
    assert json.loads(capsys.readouterr().out)["matches"][0]["signal"] == "delayed"


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('{"id": ', ":2: is not JSON"),
        ("[1]", ":2: is not a JSON object"),
        ('{"id": "1", "title": "t", "published": "soon"}', ":2: `published` is 'soon'"),
        ('{"id": "1", "title": ["t"], "published": "2026-01-01"}', ":2: `title` is not text"),
    ],
)
def test_a_bad_line_is_named_in_one_sentence(
    tmp_path: Path, timeline: str, capsys: pytest.CaptureFixture[str], line: str, complaint: str
) -> None:
    entries = written(tmp_path, a_line("x") + line)
    assert run(["explain", "--timeline", timeline, entries]) == 2
    err = capsys.readouterr().err
    assert complaint in err
    assert err.count("\n") == 1


def test_a_file_that_is_not_there_is_one_sentence(
    tmp_path: Path, timeline: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["explain", "--timeline", timeline, str(tmp_path / "none")]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_without_timeline_and_workspace_it_says_what_to_give(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("EVTIMELINE_HOME", str(tmp_path / "nowhere"))
    assert run(["explain", written(tmp_path, a_line("x"))]) == 2
    assert "--timeline FILE" in capsys.readouterr().err


def test_control_characters_never_reach_the_terminal(
    tmp_path: Path, timeline: str, capsys: pytest.CaptureFixture[str]
) -> None:
    entries = written(tmp_path, a_line("晨曦X50\x1b[31m推迟\u202e至6月\x07上市"))
    assert run(["explain", "--timeline", timeline, entries]) == 0
    assert not set(capsys.readouterr().out) & {"\x1b", "\x07", "\u202e"}
    assert run(["explain", "--timeline", timeline, "--json", entries]) == 0
    assert not set(capsys.readouterr().out) & {"\x1b", "\x07", "\u202e"}
