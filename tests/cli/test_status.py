import json
from pathlib import Path

import pytest
from tests.builders import a_message, a_subscription, instant
from tests.cli import workspaces
from tests.store.statements import counted

from evtimeline.cli import run
from evtimeline.cli.terminal import cells
from evtimeline.core.subscriptions import MessageState
from evtimeline.store import alarms, daemons, outbox, subscriptions
from evtimeline.store.daemons import Daemon
from evtimeline.store.engine import connect, reading

ALL_WIDTHS = ("40", "80", "100", "140", "200")


def shown(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> list[str]:
    assert run(["status", *arguments]) == code
    return capsys.readouterr().out.splitlines()


def row_of(lines: list[str], title: str) -> str:
    return [line for line in lines if line.startswith(title)][-1]


def test_a_row_tells_the_first_promise_what_stands_the_status_and_the_last_evidence(
    story: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = row_of(shown(capsys), "Xiaomi YU7 launch")
    assert " ".join(row.split()) == "Xiaomi YU7 launch 2025-08 2025-06-26 done -66d 06-27 EV Desk"


def test_a_wide_screen_spells_marks_out_and_names_keys(
    story: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    row = row_of(shown(capsys), "Xiaomi YU7 launch")
    assert "done · advanced -66d" in row
    assert row.endswith("2025-06-27 EV Desk   yu7-launch")


def test_what_needs_attention_comes_first(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = shown(capsys)
    table = lines[[line.split()[:1] for line in lines].index(["Milestone"]) + 1 :]
    assert ["overdue" in line for line in table].index(False) == 2
    assert "contested" in table[2]
    assert "2026-12 | 06" in table[2]
    assert "reported 1/2" in table[3]
    assert "done" in table[-1]


def test_titles_headings_and_statuses_are_in_the_user_s_language(
    story: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = shown(capsys, "--language", "zh")
    row = row_of(lines, "小米YU7上市")
    assert row.split() == ["小米YU7上市", "2025-08", "2025-06-26", "已实现", "提前66天", "06-27", "EV", "Desk"]
    assert any(line.startswith("里程碑") for line in lines)


@pytest.mark.parametrize("width", ALL_WIDTHS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_line_is_wider_than_the_screen(
    story: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: str, language: str
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    lines = shown(capsys, "--language", language, "--check", code=10)
    assert max(map(cells, lines)) <= int(width)


def test_what_has_changed_is_told_once(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = shown(capsys), shown(capsys)
    assert "Changed so far" in first
    assert any("slipped +123d" in line and "2025-04 → 2025-08" in line for line in first)
    assert not any("Changed" in line for line in second)


def test_what_came_later_is_told_next_time_with_when_one_last_looked(
    story: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown(capsys)
    with workspaces.database(story) as connection:
        said = workspaces.says("2025-07-25", "EV Desk", "achieved", "2025-06", "Phase-II plant is running")
        workspaces.tell(connection, "phase2-startup", [said])
    monkeypatch.setenv("EVTIMELINE_NOW", "2025-07-26T09:00:00+08:00")
    lines = shown(capsys)
    at = next(number for number, line in enumerate(lines) if line.startswith("Changed since 2025-07-20"))
    assert "done" in lines[at + 1]
    assert lines[at + 2] == ""


@pytest.mark.parametrize(
    "arguments", [["--json"], ["--check"], ["--as-of", "2025-06-01"], ["--timeline", "xiaomi-baic"]]
)
def test_only_a_look_at_everything_counts_as_having_seen_it(
    story: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    run(["status", *arguments])
    capsys.readouterr()
    assert "Changed so far" in shown(capsys)


def test_backfill_is_no_news(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changed = shown(capsys)
    news = next(line for line in changed if line.startswith("Xiaomi YU7 launch"))
    assert "dated" not in news


def test_a_broken_feed_is_told_with_its_reason_and_no_escape_sequence(
    story: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = shown(capsys)
    assert "Broken feeds (1): `evtimeline feed list` says more" in lines
    assert any(line.startswith("Gone News: answered 410") for line in lines)
    assert "\x1b" not in "".join(lines)


def test_a_feed_that_is_no_longer_followed_is_not_broken(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (story / "feeds.yaml").write_text("feeds: []\n")
    assert not any("Broken" in line for line in shown(capsys))


def test_a_catalogue_that_cannot_be_read_does_not_hide_the_milestones(
    story: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (story / "feeds.yaml").write_text("feeds: [}\n")
    lines = shown(capsys)
    assert any("feeds.yaml" in line for line in lines)
    assert row_of(lines, "Xiaomi YU7 launch")


@pytest.mark.usefixtures("story")
class TestCheck:
    def test_something_overdue_exits_with_10(self, capsys: pytest.CaptureFixture[str]) -> None:
        shown(capsys, "--check", code=10)

    def test_broken_feeds_alone_exit_with_11(self, capsys: pytest.CaptureFixture[str]) -> None:
        run(["milestone", "add", "Acme plant opens", "--when", "2030", "--timeline", "acme"])
        capsys.readouterr()
        shown(capsys, "--check", "--timeline", "acme", code=11)

    def test_nothing_wrong_exits_with_0(self, story: Path, capsys: pytest.CaptureFixture[str]) -> None:
        run(["milestone", "add", "Acme plant opens", "--when", "2030", "--timeline", "acme"])
        (story / "feeds.yaml").write_text("feeds: []\n")
        capsys.readouterr()
        shown(capsys, "--check", "--timeline", "acme")


@pytest.mark.usefixtures("story")
class TestAsOf:
    def test_it_tells_what_was_believed_then(self, capsys: pytest.CaptureFixture[str]) -> None:
        lines = shown(capsys, "--as-of", "2025-05-20")
        assert lines[0].startswith("As known on 2025-05-20")
        assert "2025-06…07" in row_of(lines, "Xiaomi YU7 launch")
        assert not any(line.startswith(("Changed", "Broken")) for line in lines)

    def test_a_month_means_its_last_day(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert shown(capsys, "--as-of", "2025-05")[0].startswith("As known on 2025-05-31")

    def test_before_anything_was_learned_nothing_was_known(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert shown(capsys, "--as-of", "2025-05-01")[-1] == "Nothing was known by 2025-05-01."

    def test_a_wrong_date_says_which_forms_are_understood(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["status", "--as-of", "soonish"]) == 2
        assert "2025-Q3" in capsys.readouterr().err

    def test_an_open_end_is_no_day(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["status", "--as-of", "2025/.."]) == 2
        assert "--as-of needs a day" in capsys.readouterr().err


def test_what_is_long_done_is_left_to_all(
    story: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVTIMELINE_NOW", "2025-12-01T09:00:00+08:00")
    lines = shown(capsys, "--check", code=10)
    assert lines[-1] == "1 done or cancelled long ago: --all shows them"
    assert not any(line.startswith("Xiaomi YU7 launch") for line in lines[lines.index("") + 8 :])
    assert row_of(shown(capsys, "--all", "--check", code=10), "Xiaomi YU7 launch").split()[5] == "done"


def test_a_workspace_without_milestones_says_how_to_go_on(
    tmp_path: Path, story: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["init", str(tmp_path / "empty")])
    capsys.readouterr()
    out = "\n".join(shown(capsys, "--home", str(tmp_path / "empty")))
    assert "evtimeline milestone add" in out
    assert "not polled yet" in out


def test_an_unknown_timeline_is_answered_with_the_nearest(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["status", "--timeline", "xiaomi-biac"]) == 2
    assert "xiaomi-baic" in capsys.readouterr().err


def test_several_timelines_are_told_apart(
    story: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run(["milestone", "add", "Acme plant opens", "--when", "2030", "--timeline", "acme"])
    capsys.readouterr()
    monkeypatch.setenv("COLUMNS", "200")
    assert " acme " in row_of(shown(capsys), "Acme plant opens")


def test_a_database_that_cannot_be_written_is_shown_all_the_same(
    story: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with workspaces.database(story) as connection:
        connection.exec_driver_sql("ALTER TABLE markers RENAME TO kept")
        connection.exec_driver_sql("CREATE VIEW markers AS SELECT * FROM kept")
    assert row_of(shown(capsys), "Xiaomi YU7 launch")


def test_colour_is_there_when_it_is_forced_and_moves_nothing(
    story: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = shown(capsys, "--check", code=10)
    monkeypatch.setenv("FORCE_COLOR", "1")
    coloured = shown(capsys, "--check", code=10)
    assert "\x1b[1;31moverdue 111d\x1b[0m" in "\n".join(coloured)
    assert [_without_codes(line) for line in coloured] == plain


def _without_codes(line: str) -> str:
    kept, *rest = line.split("\x1b[")
    return kept + "".join(piece.partition("m")[2] for piece in rest)


def test_json_carries_everything_with_a_version(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads("\n".join(shown(capsys, "--json")))
    yu7 = next(one for one in document["milestones"] if one["key"] == "yu7-launch")
    assert document["version"] == 1
    assert document["generated_at"].startswith("2025-07-20T01:00:")
    assert (yu7["status"], yu7["first"]["edtf"], yu7["stands"]["edtf"]) == ("done", "2025-08", "2025-06-26")
    assert yu7["marks"] == [{"kind": "advanced", "number": 66, "total": None}]
    assert yu7["last_evidence"]["publisher"] == "EV Desk"
    assert document["broken_feeds"][0]["state"] == "gone"
    assert {change["key"] for change in document["changes"]} >= {"yu7-launch", "jv-founding"}


def test_every_field_of_the_json_is_documented(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    documented = (Path(__file__).parents[2] / "docs" / "status-json.md").read_text("utf-8")
    fields = set(_names(json.loads("\n".join(shown(capsys, "--json")))))
    run(["show", "yu7-launch", "--json"])
    fields |= set(_names(json.loads(capsys.readouterr().out)))
    assert {name for name in fields if f"`{name}`" not in documented} - {"zh", "en"} == set()


def _names(value: object) -> list[str]:
    if isinstance(value, dict):
        return [*value, *(name for part in value.values() for name in _names(part))]
    return [name for part in value for name in _names(part)] if isinstance(value, list) else []


def test_status_reads_no_ledger(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown(capsys)
    with workspaces.database(story) as connection:
        connection.exec_driver_sql("ALTER TABLE verdicts RENAME TO elsewhere")
    assert row_of(shown(capsys), "Xiaomi YU7 launch")


class TestAlarms:
    """What goes wrong behind the scenes stands above the milestones, in one line."""

    def queue(self, home: Path, state: MessageState, due: str) -> None:
        with workspaces.database(home) as connection:
            told = subscriptions.add(connection, a_subscription())
            outbox.queue(connection, [a_message(told.id, "alert:1", state=state, due_at=instant(due))])

    def beat(self, home: Path, at: str) -> None:
        with workspaces.database(home) as connection:
            daemons.beat(connection, Daemon("here:1", instant(at), instant(at), "1"))

    def test_messages_that_were_given_up_and_a_lost_daemon_are_told(
        self, story: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.queue(story, MessageState.DEAD, "2025-07-19T01:00")
        self.beat(story, "2025-07-19T22:00")
        told = " ".join(shown(capsys))
        assert "messages given up: 1 · the daemon was last heard of 3h ago: `evtimeline doctor` says more" in told
        document = json.loads("\n".join(shown(capsys, "--json")))
        assert (document["undelivered"], document["unsent_since"]) == (1, None)
        assert document["daemon_lost_at"] == "2025-07-19T22:00:00Z"

    def test_so_are_messages_that_nobody_sends(self, story: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.queue(story, MessageState.QUEUED, "2025-07-19T22:00")
        assert "有消息已等 3h" in " ".join(shown(capsys, "--language", "zh"))

    def test_a_daemon_at_work_and_messages_of_this_hour_are_nothing_to_tell(
        self, story: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.queue(story, MessageState.QUEUED, "2025-07-20T00:30")
        self.beat(story, "2025-07-20T00:59")
        assert "doctor" not in " ".join(shown(capsys))

    def test_they_cost_one_query(self, story: Path) -> None:
        engine = connect(f"sqlite:///{story / 'evtimeline.db'}")
        with counted(engine) as statements, reading(engine) as connection:
            alarms.read(connection, instant("2025-07-20T01:00"))
        engine.dispose()
        assert len([one for one in statements if one != "BEGIN"]) == 1
