import csv
import json
from pathlib import Path

import feedparser
import pytest
from icalendar import Calendar
from tests.builders import a_milestone, a_timeline, instant
from tests.cli import workspaces

from evtimeline.cli import run
from evtimeline.cli.export import FORMATS
from evtimeline.documents.timelinefile import parse_timeline
from evtimeline.jobs import edit


def exported(capfdbinary: pytest.CaptureFixture[bytes], *arguments: str) -> bytes:
    assert run(["export", *arguments]) == 0
    return capfdbinary.readouterr().out


def test_without_a_format_it_is_the_yaml_that_apply_reads(
    story: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    written = exported(capfdbinary)
    assert parse_timeline(written.decode(), "-").key == "xiaomi-baic"
    assert written == exported(capfdbinary, "xiaomi-baic") == exported(capfdbinary, "yaml")


def test_a_calendar_holds_what_has_a_date(story: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    parsed = Calendar.from_ical(exported(capfdbinary, "ics", "--language", "zh"))
    summaries = [str(event["SUMMARY"]) for event in parsed.walk("VEVENT")]
    assert "✓ 小米YU7上市" in summaries
    assert not [one for one in summaries if "电池采购成本" in one]


def test_a_feed_tells_what_changed(story: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    parsed = feedparser.parse(exported(capfdbinary, "atom", "xiaomi-baic"))
    assert not parsed.bozo
    assert "Xiaomi YU7 launch done 2025-06-26" in [entry.title for entry in parsed.entries]


def test_tables_can_be_opened_by_excel(story: Path, tmp_path: Path) -> None:
    place = tmp_path / "ledger.csv"
    assert run(["export", "csv", "--ledger", "--bom", "-o", str(place)]) == 0
    assert place.read_bytes().startswith(b"\xef\xbb\xbftimeline,")
    with place.open(encoding="utf-8-sig", newline="") as lines:
        assert "小米YU7今晚正式发布" in [row["quote"] for row in csv.DictReader(lines)]


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_written_to_a_file_and_says_where(
    story: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], form: str
) -> None:
    place = tmp_path / f"out.{form}"
    place.write_text("old")
    place.chmod(0o640)
    assert run(["export", form, "-o", str(place)]) == 0
    assert capfd.readouterr().out == f"xiaomi-baic: 15 milestones written to {place}\n"
    assert place.stat().st_size > 1000
    assert place.stat().st_mode & 0o777 == 0o640
    assert sorted(one.name for one in tmp_path.iterdir()) == [place.name, "story"]


def test_json_holds_the_ledgers(story: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    document = json.loads(exported(capfdbinary, "json"))
    assert len(document["milestones"]) == 15


def test_without_a_timeline_all_of_them_are_written(story: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    _add(story, "csv")
    assert b"\r\ncsv,hostile," in exported(capfdbinary, "csv")
    assert b"hostile" not in exported(capfdbinary, "csv", "xiaomi-baic")


def test_a_timeline_that_is_named_like_a_format_needs_the_format_beside_it(
    story: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    _add(story, "csv")
    assert exported(capfdbinary, "csv").startswith(b"timeline,key,")
    assert parse_timeline(exported(capfdbinary, "yaml", "csv").decode(), "-").key == "csv"


@pytest.mark.parametrize("form", FORMATS[1:])
def test_an_empty_workspace_exports_empty_documents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes], form: str
) -> None:
    monkeypatch.setenv("EVTIMELINE_HOME", str(tmp_path / "new"))
    assert run(["init"]) == 0
    capfdbinary.readouterr()
    assert exported(capfdbinary, form)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["pdf", "xiaomi-baic"], "there is no format pdf: write one of yaml, ics,"),
        (["pdf"], "there is no timeline pdf"),
        (["ics", "nonsense"], "there is no timeline nonsense"),
        (["ics", "a", "b"], "name one timeline"),
        (["ics", "--bom"], "--ledger and --bom are for csv"),
        (["ics", "-o", "/proc/nowhere/x.ics"], "/proc/nowhere/x.ics cannot be written:"),
    ],
)
def test_what_cannot_be_exported_is_said_in_a_sentence(
    story: Path, capfd: pytest.CaptureFixture[str], arguments: list[str], sentence: str
) -> None:
    assert run(["export", *arguments]) != 0
    assert sentence in capfd.readouterr().err


def test_a_claim_can_be_cited_in_three_ways(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["cite", "20", "--language", "en"]) == 0
    assert capsys.readouterr().out.startswith("小米公司 (26 June 2025). “小米YU7今晚正式发布”.")
    assert run(["cite", "20", "--bibtex"]) == 0
    assert capsys.readouterr().out.startswith("@misc{evtimeline-20,")
    assert run(["cite", "20", "--csl"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["id"] == "evtimeline-20"
    assert run(["cite", "9999"]) != 0
    assert "there is no claim 9999" in capsys.readouterr().err


def _add(home: Path, key: str) -> None:
    with workspaces.database(home) as connection:
        edit.apply(connection, a_timeline(a_milestone("hostile"), key=key), instant("2025-07-01"))
