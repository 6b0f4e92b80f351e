import json
from pathlib import Path

import pytest

from evtimeline.cli import run
from evtimeline.cli.plan import render
from evtimeline.cli.terminal import Screen, cells
from evtimeline.core.claims import Origin, Signal, Verdict
from evtimeline.core.plans import diff
from evtimeline.documents.timelinefile import load_timeline, parse_timeline
from evtimeline.store import claims, milestones
from evtimeline.store.engine import connect, reading

SHIPPED = Path(__file__).parents[2] / "timelines" / "xiaomi-baic.yaml"

FILE = """
timeline: cars
zone: Asia/Shanghai
milestones:
  - key: launch
    title: {zh: 新车上市, en: New car goes on sale}
    kind: launch
    window: 2025-08
    stated: 2025-04-20
    source: {title: Annual plan, publisher: Car Maker, tier: primary}
    quote: on sale in August
  - key: plant
    title: {en: Plant opens}
    kind: plant-opening
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EVTIMELINE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("EVTIMELINE_NOW", "2025-05-01T08:00:00+08:00")
    monkeypatch.setenv("EVTIMELINE_USER", "li")
    monkeypatch.setenv("EVTIMELINE_LANGUAGE", "en")
    assert run(["init"]) == 0
    return tmp_path / "home"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "cars.yaml"
    path.write_text(FILE, encoding="utf-8")
    return path


def ledger(home: Path, key: str) -> list[tuple[str, str | None]]:
    engine = connect(f"sqlite:///{home / 'evtimeline.db'}")
    try:
        with reading(engine) as connection:
            number = milestones.find(connection, key).id
            verdicts = claims.decisions_of(connection, number)
            assert all(v.verdict is Verdict.ACCEPTED and v.decided_by == "li" for v in verdicts)
            found = claims.of_milestone(connection, number)
            assert all(claim.origin is Origin.FILE and claim.signal is Signal.SCHEDULED for claim in found)
            assert len(verdicts) == len(found)
            return [(claim.publisher, claim.window.edtf if claim.window else None) for claim in found]
    finally:
        engine.dispose()


def test_a_plan_shows_what_would_happen_and_does_not_do_it(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    for _ in range(2):
        assert run(["plan", str(file)]) == 0
        out = capsys.readouterr().out
        assert "  + milestone launch  New car goes on sale\n" in out
        assert "window  2025-08" in out
        assert "Plan: 2 milestones to add, 1 timeline to add." in out
        assert f"evtimeline apply {file}" in out


def test_applying_states_the_first_promise_in_the_ledger(home: Path, file: Path) -> None:
    assert run(["apply", "--yes", str(file)]) == 0
    assert ledger(home, "launch") == [("Car Maker", "2025-08")]
    assert ledger(home, "plant") == []


def test_applying_twice_changes_nothing_and_says_so(home: Path, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["apply", "--yes", str(file)])
    capsys.readouterr()
    assert run(["apply", str(file)]) == 0
    assert capsys.readouterr().out == "Nothing to do: the timeline cars is what the file says.\n"
    assert len(ledger(home, "launch")) == 1


def test_a_promise_stated_anew_stands_beside_the_old_one(
    home: Path, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["apply", "--yes", str(file)])
    file.write_text(FILE.replace("2025-08", "2025-10"), encoding="utf-8")
    capsys.readouterr()
    assert run(["apply", "--yes", str(file)]) == 0
    out = capsys.readouterr().out
    assert "  ~ milestone launch" in out and "window  2025-08 → 2025-10" in out
    assert "the ledger keeps the promise before" in out
    file.write_text(FILE, encoding="utf-8")
    run(["apply", "--yes", str(file)])
    assert [edtf for _, edtf in ledger(home, "launch")] == ["2025-08", "2025-10", "2025-08"]


def test_what_a_file_leaves_out_is_retired_with_its_ledger_and_comes_back(
    home: Path, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["apply", "--yes", str(file)])
    file.write_text("timeline: cars\nzone: Asia/Shanghai\n", encoding="utf-8")
    run(["apply", "--yes", str(file)])
    out = capsys.readouterr().out
    assert "  - milestone launch" in out and "its ledger is kept" in out and "2 milestones to retire" in out
    file.write_text(FILE, encoding="utf-8")
    run(["apply", "--yes", str(file)])
    assert ledger(home, "launch") == [("Car Maker", "2025-08")]


def test_nothing_is_applied_where_nobody_can_be_asked(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["apply", str(file)]) == 2
    assert "add --yes" in capsys.readouterr().err
    assert run(["export"]) == 2


def test_an_export_is_the_timeline_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["apply", "--yes", str(SHIPPED)])
    capsys.readouterr()
    assert run(["export"]) == 0
    assert parse_timeline(capsys.readouterr().out, "out") == load_timeline(SHIPPED)
    assert run(["export", "xiaomi-baic", "-o", str(tmp_path / "out.yaml")]) == 0
    capsys.readouterr()
    assert run(["plan", str(tmp_path / "out.yaml")]) == 0
    assert capsys.readouterr().out.startswith("Nothing to do")


def test_a_wrong_file_is_told_by_file_and_line(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(FILE.replace("kind: launch", "knd: launch").replace("2025-08", "Augst"), encoding="utf-8")
    assert run(["apply", "--yes", str(file)]) == 2
    err = capsys.readouterr().err
    assert f"{file}:7: unknown field 'knd' in an item of 'milestones'; did you mean 'kind'?" in err
    assert f"{file}:8: 'window': 'Augst'" in err
    assert run(["plan", str(file.parent / "none.yaml")]) == 2
    assert "there is no such file" in capsys.readouterr().err


def test_an_unknown_timeline_names_the_nearest(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["apply", "--yes", str(file)])
    assert run(["export", "carz"]) == 2
    assert "did you mean cars" in capsys.readouterr().err


def test_an_export_that_cannot_be_written_says_why(
    tmp_path: Path, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["apply", "--yes", str(file)])
    assert run(["export", "-o", str(tmp_path / "none" / "x.yaml")]) == 1
    assert "cannot be written: No such file" in capsys.readouterr().err


def test_json_is_applied_too(tmp_path: Path) -> None:
    path = tmp_path / "cars.json"
    path.write_text(json.dumps({"timeline": "cars", "milestones": [{"title": "小米YU7上市"}]}), encoding="utf-8")
    assert run(["apply", "--yes", str(path)]) == 0


@pytest.mark.parametrize("width", [40, 80, 200])
def test_no_line_of_a_plan_is_wider_than_the_screen_needs(width: int) -> None:
    timeline = load_timeline(SHIPPED)
    lines = list(render(timeline, diff(None, timeline), "zh", Screen(width)))
    assert all(cells(line) <= max(width, 40) for line in lines)
    assert not any("\x1b" in line for line in lines)


def test_signs_are_coloured_where_the_screen_has_colour() -> None:
    timeline = parse_timeline(FILE, "x")
    assert any("\x1b[32m+\x1b[0m" in line for line in render(timeline, diff(None, timeline), "en", Screen(80, True)))
