import json
from pathlib import Path

import pytest
from tests.cli import workspaces

from evtimeline.cli import run
from evtimeline.cli.terminal import cells
from evtimeline.core.claims import Verdict


def shown(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(["show", *arguments]) == 0
    return capsys.readouterr().out


def test_the_head_tells_what_was_promised_what_stands_and_how_far_it_moved(
    story: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = shown(capsys, "yu7-launch")
    assert out.startswith("Xiaomi YU7 launch\ndone · advanced -66d\n")
    assert "first promise  2025-08" in out
    assert "stands         2025-06-26  (小米公司 2025-06-26: achieved 2025-06-26)" in out
    assert "66d earlier against the first promise" in out


def test_every_claim_is_told_with_who_when_what_and_whether_it_counts(
    story: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = shown(capsys, "yu7-launch")
    assert out.count("accepted by rule: clear enough") == 6
    line = next(line for line in out.splitlines() if "2025-06-23" in line and "✓" in line)
    assert line.split() == ["✓", "2025-06-23", "小米公司", "scheduled", "2025-06-26"]
    assert "“小米YU7定档6月26日上市”" in out
    assert " · primary · accepted by rule: clear enough" in out
    assert "https://news.example/2025-06-23" in out


def test_a_claim_struck_by_a_denial_says_so(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = shown(capsys, "yu7-launch")
    assert "accepted by rule: clear enough · struck by a denial" in out


def test_a_claim_that_waits_or_was_rejected_is_told_with_who_decided(
    story: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with workspaces.database(story) as connection:
        doubtful = workspaces.says("2025-07-01", "Blog", "delayed", "2025-12", "YU7 later?\x1b[2J")
        wrong = workspaces.says("2025-07-02", "Blog", "delayed", "2026-01", "SU7 later")
        workspaces.tell(connection, "yu7-launch", [doubtful], Verdict.PENDING)
        workspaces.tell(connection, "yu7-launch", [wrong], Verdict.REJECTED)
    out = shown(capsys, "yu7-launch")
    assert "?  2025-07-01" in out
    assert "✗  2025-07-02" in out
    assert "\x1b" not in out


def test_changes_are_told_with_the_claim_behind_them(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = shown(capsys, "jv-founding")
    line = next(line for line in out.splitlines() if line.startswith("  2025-05-12"))
    assert "slipped" in line
    assert "2025-04 → 2025-08" in line
    assert "123d later" in line
    assert line.endswith("EV Desk")


def test_those_who_contradict_each_other_are_both_shown(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = shown(capsys, "jv-mass-production")
    assert "2026-12 | 06" in out
    assert "contradicted by" in out


def test_it_is_told_in_chinese_too(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = shown(capsys, "yu7-launch", "--language", "zh")
    assert out.startswith("小米YU7上市\n已实现 · 提前66天\n")
    assert "账本（7条说法）" in out
    assert "采信（rule: clear enough）" in out


@pytest.mark.parametrize("width", [80, 120, 200])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("key", list(workspaces.STORY))
def test_no_line_but_a_link_is_wider_than_the_screen(
    story: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    width: int,
    language: str,
    key: str,
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    lines = shown(capsys, key, "--language", language).splitlines()
    assert all(cells(line) <= width or "https://" in line for line in lines)


@pytest.mark.parametrize("typed", ["xiaomi-baic/yu7-launch", "yu7", "YU7上市", "xiaomi yu7"])
def test_a_part_of_the_title_or_key_will_do(story: Path, capsys: pytest.CaptureFixture[str], typed: str) -> None:
    assert shown(capsys, typed).startswith("Xiaomi YU7 launch")


def test_a_part_of_several_titles_is_answered_with_their_keys(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", "合资公司"]) == 2
    err = capsys.readouterr().err
    assert "may be 2 milestones" in err
    assert "xiaomi-baic/jv-founding" in err


def test_a_key_that_does_not_exist_is_answered_with_the_nearest(
    story: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["show", "yu8-lanch"]) == 2
    assert "did you mean yu7-launch?" in capsys.readouterr().err


def test_the_ledger_can_be_seen_as_it_was(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = shown(capsys, "yu7-launch", "--as-of", "2025-05-29")
    assert "As known on 2025-05-29" in out
    assert "Ledger (3 claims)" in out
    assert "rumours" in out
    assert "struck" not in out


def test_a_milestone_nobody_spoke_of_says_how_to_go_on(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["milestone", "add", "Acme plant opens", "--timeline", "acme"])
    capsys.readouterr()
    out = shown(capsys, "acme")
    assert "Nothing has changed yet." in out
    assert "No claims yet" in out


def test_json_carries_the_whole_ledger(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(shown(capsys, "yu7-launch", "--json"))
    assert document["version"] == 1
    assert document["milestone"]["status"] == "done"
    assert [claim["struck"] for claim in document["ledger"]].count(True) == 1
    claim = next(claim for claim in document["ledger"] if claim["stated_on"] == "2025-06-26")
    assert claim["quote"] == {"text": "小米YU7今晚正式发布", "field": "title", "start": 0, "end": 11}
    assert claim["verdicts"][0]["decided_by"] == "rule: clear enough"
    assert [revision["kind"] for revision in document["revisions"]][-1] == "done"


def test_a_copy_and_who_else_tells_a_story_are_marked(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = "小米汽车二期工厂已经投产，年产能十五万辆"
    with workspaces.database(story) as connection:
        copy = workspaces.says(
            "2025-07-02", "Sina", "achieved", "2025-06", "小米汽车二期工厂已经投产", link="https://s"
        )
        own = workspaces.says("2025-07-03", "EV Desk", "achieved", "2025-06", "Second plant is running")
        again = workspaces.says("2025-07-03", "路透社", "achieved", None, words, title="二期开工", link=None)
        workspaces.tell(connection, "phase2-startup", [copy, own, again])
    out = " ".join(shown(capsys, "phase2-startup").split())
    first = next(part for part in out.split("#") if part.split(" ")[0].isdigit() and "also reported by" in part)
    number = first.split(" ")[0]
    assert "also reported by EV Desk, 路透社" in out
    assert f"copy of #{number}" in out
    assert out.count(f"same story as #{number}") == 2


def test_by_which_words_a_claim_was_read_is_told_when_asked(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with workspaces.database(story) as connection:
        reasons = ("“YU7” in the title", "“goes on sale” in the same clause")
        claim = workspaces.says("2025-07-01", "Blog", "achieved", None, "YU7 goes on sale", reasons=reasons)
        workspaces.tell(connection, "yu7-launch", [claim])
    assert "because" not in shown(capsys, "yu7-launch")
    assert "because “YU7” in the title; “goes on sale” in the same clause" in shown(capsys, "yu7-launch", "--reasons")
    assert "依据：“YU7” in the title" in shown(capsys, "yu7-launch", "-v", "--language", "zh")
