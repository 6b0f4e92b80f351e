from pathlib import Path

import pytest

from evtimeline.cli import run


@pytest.fixture
def written(story: Path, tmp_path: Path) -> Path:
    """Where a report goes."""
    return tmp_path / "story.html"


def test_a_report_is_written_and_said_to_be(written: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", "-o", str(written), "--language", "en"]) == 0
    page = written.read_text("utf-8")
    assert f"Wrote {written} ({round(written.stat().st_size / 1000)} KB)" in capsys.readouterr().out
    assert "Xiaomi YU7 launch" in page and "As known on 20 July 2025" in page
    assert "听说YU7要推迟到十月" in page and "https://news.example/2025-06-26" in page


def test_a_report_speaks_chinese(written: Path) -> None:
    assert run(["report", "xiaomi-baic", "-o", str(written), "--language", "zh"]) == 0
    page = written.read_text("utf-8")
    assert '<html lang="zh-CN">' in page
    assert "推迟图" in page and "截至2025年7月20日所知" in page


def test_a_report_can_go_to_standard_output(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", "-o", "-"]) == 0
    assert capsys.readouterr().out.startswith("<!doctype html>")


def test_a_report_tells_what_was_believed_on_a_day(written: Path) -> None:
    assert run(["report", "-o", str(written), "--as-of", "2025-05-29", "--language", "en"]) == 0
    page = written.read_text("utf-8")
    assert "As known on 29 May 2025" in page
    assert "听说YU7要推迟到十月" in page and "小米YU7今晚正式发布" not in page


def test_nothing_known_is_said(written: Path) -> None:
    assert run(["report", "-o", str(written), "--as-of", "1999-01-01", "--language", "en"]) == 0
    assert "Nothing was known by that day." in written.read_text("utf-8")


def test_an_unknown_timeline_and_a_bad_place_are_refused_in_a_sentence(
    story: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["report", "nothing-of-the-kind"]) == 2
    assert run(["report", "-o", str(tmp_path / "no" / "where.html")]) == 2
    said = capsys.readouterr().err
    assert "nothing-of-the-kind" in said and "name another file with -o" in said
    assert "Traceback" not in said


def test_an_old_report_is_replaced(written: Path) -> None:
    written.write_text("old", "utf-8")
    assert run(["report", "-o", str(written)]) == 0
    assert written.read_text("utf-8").startswith("<!doctype html>")
    assert [path.name for path in written.parent.glob(".story*")] == []
