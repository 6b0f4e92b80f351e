import email
import email.policy
import json
import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from demo.play import Played, main
from demo.story import load_story

STORY = load_story()
LAST = STORY.stages[-1].at
COMMAND = str(Path(sys.executable).parent / "evtimeline")


class Row(NamedTuple):
    """What `status --json` says of a milestone, as far as the story promises it."""

    status: str
    stands: str | None
    outcome_on: str | None
    marks: frozenset[str]


class Said(NamedTuple):
    """What `show --json` says of a claim."""

    publisher: str
    title: str
    signal: str
    stance: str
    struck: bool


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace in which the whole story has been played once."""
    home = tmp_path_factory.mktemp("demo") / "home"
    with pytest.MonkeyPatch.context() as here:
        here.setattr("demo.play.PORT", 0)  # a free one: another demo may be playing on this machine
        assert main(["--home", str(home)]) == 0
    return home


@cache
def _status(home: Path, as_of: str | None = None) -> Mapping[str, Row]:
    document = json.loads(_answer(home, "status", "--all", "--json", *(["--as-of", as_of] if as_of else [])))
    return {
        each["key"]: Row(
            each["status"],
            each["stands"] and each["stands"]["display"],
            each["outcome_on"],
            frozenset(mark["kind"] for mark in each["marks"]),
        )
        for each in document["milestones"]
    }


@cache
def _ledger(home: Path, key: str) -> tuple[Said, ...]:
    document = json.loads(_answer(home, "show", key, "--json"))
    return tuple(
        Said(each["publisher"], each["title"], each["signal"], each["stance"], each["struck"])
        for each in document["ledger"]
        if each["origin"] == "entry" and each["verdicts"][-1]["verdict"] == "accepted"
    )


def _answer(home: Path, *arguments: str) -> str:
    environment = {**os.environ, "EVTIMELINE_HOME": str(home), "EVTIMELINE_NOW": LAST.isoformat()}
    return subprocess.run([COMMAND, *arguments], env=environment, capture_output=True, text=True, check=True).stdout


def test_the_car_is_done_on_the_day_that_three_publishers_report(played: Path) -> None:
    row = _status(played)["yu7-launch"]
    assert (row.status, row.outcome_on) == ("done", "2025-06-26")


def test_the_first_poll_already_prefers_the_company_to_the_report(played: Path) -> None:
    assert _status(played, "2025-05-10")["yu7-launch"].stands == "2025-06…07"


def test_a_rumour_moves_nothing_and_its_denial_answers_it(played: Path) -> None:
    told = next(said for said in _ledger(played, "yu7-launch") if said.title.startswith("网传"))
    assert told.stance == "rumour"
    row = _status(played, "2025-05-30")["yu7-launch"]
    assert (row.stands, "rumoured" in row.marks) == ("2025-06…07", False)


def test_a_copied_report_does_not_make_the_plant_run(played: Path) -> None:
    row = _status(played)["phase2-startup"]
    assert row.status == "reported"
    assert {"reported", "slipped"} <= row.marks


def test_two_papers_that_disagree_make_it_contested(played: Path) -> None:
    assert "contested" in _status(played, "2025-05-30")["phase2-startup"].marks
    assert "contested" in _status(played)["jv-mass-production"].marks


def test_the_company_moves_its_first_year_abroad(played: Path) -> None:
    row = _status(played)["southeast-asia-entry"]
    assert (row.status, row.stands) == ("planned", "2027")
    assert "slipped" in row.marks


def test_the_joint_venture_was_founded_before_it_was_promised(played: Path) -> None:
    assert _status(played)["jv-founding"].outcome_on == "2024-05-17"


def test_a_month_of_deliveries_is_not_the_target_of_a_year(played: Path) -> None:
    row = _status(played)["deliveries-2025"]
    assert (row.status, row.stands) == ("due", "2025")


@pytest.mark.parametrize("key", ["q4-profit", "revenue-2025", "yizhuang-startup", "premium-share-2025"])
def test_what_nobody_wrote_of_has_no_evidence(played: Path, key: str) -> None:
    assert _ledger(played, key) == ()


@pytest.mark.parametrize(
    "beginning",
    [
        "小米SU7 Ultra",
        "Xiaomi 15 Ultra",
        "今年的小米",
        "Hengchuan Battery",
        "恒川电池",
        "小米YU7锁单后",
        "小米YU7充电口盖",
    ],
)
def test_a_neighbour_is_at_most_mentioned(played: Path, beginning: str) -> None:
    assert any(item.title.startswith(beginning) for item in STORY.items)
    said = [said for key in _status(played) for said in _ledger(played, key) if said.title.startswith(beginning)]
    assert {each.signal for each in said} <= {"mention"}


def test_the_week_is_written_as_a_mail_and_as_a_page(played: Path) -> None:
    mail = email.message_from_bytes((played / "digest.eml").read_bytes(), policy=email.policy.default)
    assert "2026" in mail["Subject"]
    assert "2027" in mail["Subject"]
    assert "company.example/2025/07/02" in (played / "digest.html").read_text("utf-8")


def test_a_second_run_finds_nothing_new(played: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = _answer(played, "status", "--all")
    assert main(["--home", str(played)]) == 0
    assert "new entries: 0" in capfd.readouterr().out
    assert _answer(played, "status", "--all") == before


def test_a_run_that_was_cut_off_goes_on_where_it_stopped(played: Path, capfd: pytest.CaptureFixture[str]) -> None:
    state = played / "demo.json"
    complete = state.read_text("utf-8")
    port = Played(**json.loads(complete)).port
    state.write_text(json.dumps({"port": port, "stages": 4}), "utf-8")
    assert main(["--home", str(played)]) == 0
    assert "20 July 2025" in capfd.readouterr().out
    assert state.read_text("utf-8") == complete


def test_a_port_that_is_taken_is_told_in_one_sentence(played: Path, capfd: pytest.CaptureFixture[str]) -> None:
    port = Played(**json.loads((played / "demo.json").read_text("utf-8"))).port
    with socket.create_server(("127.0.0.1", port)):
        assert main(["--home", str(played)]) == 1
    assert f"Port {port}" in capfd.readouterr().err
