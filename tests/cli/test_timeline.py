import io
from pathlib import Path

import pytest
from tests.builders import a_milestone, a_timeline, instant
from tests.cli import workspaces

from evtimeline.cli import run
from evtimeline.cli.terminal import cells
from evtimeline.cli.timeline import wants_ascii
from evtimeline.core.claims import Origin
from evtimeline.jobs import edit

HOSTILE = "\x1b[31m红\x1b]0;owned\x07\u202eevil\r\n" + "很长的标题" * 40


def shown(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(["timeline", *arguments]) == 0
    return capsys.readouterr().out


def line_of(out: str, title: str) -> str:
    return next(line for line in out.splitlines() if line.startswith(title))


def test_each_milestone_is_one_line_and_today_goes_through_them(
    story: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = shown(capsys, "--unicode", "--all")
    assert len([line for line in out.splitlines() if "│" in line]) == 16  # 15 milestones and the legend
    assert "│ today, 2025-07-20" in out
    ruler = out.splitlines()[1]
    assert {line.find("│") for line in out.splitlines()[2:17] if "│" in line} == {ruler.find("▼")}


def test_what_is_done_stands_beside_what_was_promised(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = line_of(shown(capsys, "--unicode", "--all", "--from", "2025-06", "--to", "2025-09"), "Xiaomi YU7 launch")
    assert line.index("●") < line.index("│") < line.index("░")
    assert line.endswith("done -66d")


def test_what_is_overdue_is_marked_up_to_today(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = line_of(shown(capsys, "--unicode", "--all"), "BJEV's smart")
    assert "╌" in line and line.index("█") < line.index("╌") < line.index("│")


def test_what_is_contested_shows_both_windows(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = next(line for line in shown(capsys, "--unicode", "--all").splitlines() if "contested" in line)
    assert {"█", "▓"} <= set(line)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("columns", [40, 60, 80, 100, 120, 200])
@pytest.mark.parametrize("key", [[], ["yu7-launch"]])
def test_no_line_is_wider_than_the_screen(
    story: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    columns: int,
    language: str,
    key: list[str],
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    out = shown(capsys, "--language", language, "--unicode", "--all", *key)
    assert max(map(cells, out.splitlines())) <= columns


def test_without_a_terminal_it_is_drawn_in_ascii(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(capsys, "--all").isascii()
    assert shown(capsys, "--all", "--from", "2025", "--to", "2026").isascii()


def test_ascii_says_the_same_as_signs(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plain, signs = shown(capsys, "--ascii", "--all"), shown(capsys, "--unicode", "--all")
    same = str.maketrans("█░▓╌●◐✗│┊─┬▼◀▶…·", "=.#!*ox|:-+V<>.-")
    assert signs.translate(same) == plain


def test_a_terminal_that_knows_utf_8_gets_signs() -> None:
    class Terminal(io.TextIOWrapper):
        def isatty(self) -> bool:
            return True

    with Terminal(io.BytesIO(), encoding="UTF-8") as modern, Terminal(io.BytesIO(), encoding="gb18030") as old:
        assert not wants_ascii(modern, {"TERM": "xterm"})
        assert wants_ascii(modern, {"TERM": "dumb"})
        assert wants_ascii(old, {"TERM": "xterm"})


def test_a_milestone_shows_what_was_said_of_it_over_time(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = shown(capsys, "yu7-launch", "--unicode")
    assert out.startswith("Xiaomi YU7 launch\ndone")
    days = [line.split()[0] for line in out.splitlines() if line.startswith("2025-")]
    assert days == sorted(days) and len(days) == 7
    assert "░" in line_of(out, "2025-05-29")  # the rumour that was denied
    assert "●" in line_of(out, "2025-06-26")


def test_of_many_claims_the_newest_are_shown(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with workspaces.database(story) as connection:
        said = [workspaces.says(f"2025-07-{day:02}", f"Paper {day}", "mention", None, "words") for day in range(1, 20)]
        more = [workspaces.says(f"2025-06-{day:02}", f"Paper {day}", "mention", None, "words") for day in range(1, 29)]
        workspaces.tell(connection, "yu7-launch", [*said, *more])
    out = shown(capsys, "yu7-launch")
    assert "14 earlier claims: --all shows them" in out
    assert "earlier claims" not in shown(capsys, "yu7-launch", "--all")


def test_a_timeline_can_be_named_instead_of_a_milestone(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(capsys, "xiaomi-baic") == shown(capsys, "--timeline", "xiaomi-baic") == shown(capsys)


def test_several_timelines_are_told_apart(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _add(story, "Another")
    out = shown(capsys)
    assert [line for line in out.splitlines() if line in ("cars", "xiaomi-baic")] == ["cars", "xiaomi-baic"]
    assert "Another" in shown(capsys, "cars")


def test_foreign_titles_are_harmless_and_keep_the_columns(
    story: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _add(story, HOSTILE)
    for arguments in (["cars"], ["cars/hostile"]):
        for columns in ("80", "200"):
            monkeypatch.setenv("COLUMNS", columns)
            out = shown(capsys, "--unicode", *arguments)
            assert not set(out) & set("\x1b\x07\u202e\r")
            assert max(map(cells, out.splitlines())) <= int(columns)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nonsense"], "there is no milestone nonsense"),
        (["--timeline", "nonsense"], "there is no timeline nonsense"),
        (["--from", "2026", "--to", "2025"], "--from 2026 begins after --to 2025 has ended"),
        (["--from", "someday"], "'someday' is not understood as a date"),
        (["--from", "../2026"], "--from needs a first day"),
    ],
)
def test_what_cannot_be_shown_is_said_in_a_sentence(
    story: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
) -> None:
    assert run(["timeline", *arguments]) != 0
    assert sentence in capsys.readouterr().err


def test_an_empty_workspace_says_how_to_begin(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVTIMELINE_HOME", str(tmp_path / "new"))
    assert run(["init"]) == 0
    capsys.readouterr()
    assert "No milestones yet" in shown(capsys, "--language", "en")


def _add(home: Path, title: str) -> None:
    milestone = a_milestone("hostile", title)
    with workspaces.database(home) as connection:
        edit.apply(connection, a_timeline(milestone), instant("2025-07-01"), origin=Origin.FILE)
        workspaces.tell(
            connection, "cars/hostile", [workspaces.says("2025-07-02", title, "scheduled", "2025-09", title)]
        )
