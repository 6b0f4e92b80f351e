"""What `evtimeline doctor` finds in workspaces that are well, broken, or hardly there."""

import json
import sqlite3
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.cli import workspaces
from tests.cli.commands import Capture, said
from tests.cli.workspaces import database
from tests.delivery.mailserver import mail_server
from tests.servers import Answer, FeedServer

from evtimeline.app import read_clock
from evtimeline.cli import run
from evtimeline.cli.terminal import cells
from evtimeline.daemon.lock import held
from evtimeline.store import daemons, feeds, job_runs, schema
from evtimeline.store.daemons import Daemon
from evtimeline.store.job_runs import JobRun

Found = Mapping[str, Mapping[str, object]]


@pytest.fixture
def home(story: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The story on a machine whose clock is right, with nothing to complain of but its age."""
    monkeypatch.delenv("EVTIMELINE_NOW")
    (story / "feeds.yaml").write_text(f"feeds:\n  - url: {workspaces.SHARED}\n    title: 车轮周报\n", "utf-8")
    now = read_clock()
    with database(story) as connection:
        feeds.sync(connection, [workspaces.SHARED], now)
        number = feeds.states(connection)[workspaces.SHARED].id
        feeds.record_success(connection, number, feeds.Success(due_at=now + timedelta(hours=1), new_entries=1), now)
    said(capsys, "backup", str(story / "copy.db"))
    return story


def looked(capsys: Capture, *typed: str, code: int = 0) -> Found:
    """What is not well, by its code."""
    told = json.loads(said(capsys, "doctor", "--json", *typed, code=code))
    assert told["version"] == 1
    return {one["code"]: one for one in told["findings"] if one["level"] != "ok"}


def levels(found: Found) -> dict[str, object]:
    return {code: one["level"] for code, one in found.items()}


def test_a_workspace_that_is_well_ends_with_0(home: Path, capsys: Capture) -> None:
    assert looked(capsys) == {}
    assert said(capsys, "doctor").splitlines()[-1].startswith("problems: 0 · warnings: 0 · well: ")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("columns", ["80", "40"])
def test_no_line_is_wider_than_the_screen(
    story: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch, language: str, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    (story / "evtimeline.toml").write_text('zone = "Asia/Shangai"\n')
    (story / "feeds.yaml").write_text("feeds:\n  - url: ftp://a.example/x\n")
    lines = said(capsys, "doctor", "--language", language, code=1).splitlines()
    assert max(map(cells, lines)) <= int(columns)
    first = lines[0].split()
    assert first[:2] == (["problem", "settings"] if language == "en" else ["问题", "设置"])


def test_what_to_do_follows_what_was_found(home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    (home / "evtimeline.toml").chmod(0o644)
    lines = said(capsys, "doctor").splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("warning"))
    assert lines[at].split(maxsplit=2)[1:] == ["files", f"others may read {home / 'evtimeline.toml'}"]
    assert lines[at + 1].strip() == f"→ chmod o-rw {home / 'evtimeline.toml'}"


class TestWithoutMuch:
    def test_without_a_workspace_it_says_how_to_make_one(self, home: Path, capsys: Capture) -> None:
        assert levels(looked(capsys, "--home", str(home / "none"), code=1)) == {"no workspace": "problem"}

    def test_without_a_database_the_rest_is_looked_at(self, home: Path, capsys: Capture) -> None:
        (home / "evtimeline.db").unlink()
        (home / "feeds.yaml").write_text("feeds: []\n")
        found = looked(capsys, code=1)
        assert "run `evtimeline init`" in str(found["unusable"]["what"])
        assert levels(found) == {"unusable": "problem", "not looked at": "warning", "no feeds": "warning"}

    @pytest.mark.parametrize(("revision", "why"), [("0099", "newer evtimeline"), ("0001", "evtimeline upgrade")])
    def test_another_version_s_database_is_one_sentence(
        self, home: Path, capsys: Capture, revision: str, why: str
    ) -> None:
        connection = sqlite3.connect(home / "evtimeline.db")
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
        connection.commit()
        connection.close()
        assert why in str(looked(capsys, code=1)["unusable"]["what"])

    def test_a_file_that_is_no_database_is_one_sentence(self, home: Path, capsys: Capture) -> None:
        (home / "evtimeline.db").write_bytes(b"no database at all" * 1000)
        assert "is not a database" in str(looked(capsys, code=1)["unusable"]["what"])

    def test_a_damaged_database_is_told_with_what_to_do(self, home: Path, capsys: Capture) -> None:
        connection = sqlite3.connect(home / "evtimeline.db")
        connection.execute("PRAGMA writable_schema = ON")  # an index that its table knows nothing of
        connection.execute("DELETE FROM sqlite_schema WHERE name LIKE 'ix_%' OR name LIKE 'sqlite_autoindex_markers%'")
        connection.commit()
        connection.close()
        found = looked(capsys, code=1)
        assert "evtimeline restore FILE" in str(found["damaged"]["do"])

    def test_rows_that_refer_to_nothing_are_found(self, home: Path, capsys: Capture) -> None:
        connection = sqlite3.connect(home / "evtimeline.db")
        connection.execute("UPDATE standings SET milestone_id = 9999 WHERE milestone_id = 1")
        connection.commit()
        connection.close()
        assert looked(capsys, "--full", code=1)["orphans"]["values"] == {
            "place": str(home / "evtimeline.db"),
            "tables": "standings",
        }

    def test_wrong_settings_are_told_all_at_once_and_the_rest_is_looked_at(self, home: Path, capsys: Capture) -> None:
        (home / "evtimeline.toml").write_text('zone = "Mars/X"\ndatabase = "mysql://x"\nlangauge = "en"\n')
        told = json.loads(said(capsys, "doctor", "--json", code=1))
        codes = [one["code"] for one in told["findings"]]
        assert codes.count("setting wrong") == 3
        assert {"no address", "feeds", "clock"} <= set(codes)

    def test_a_check_that_breaks_is_a_finding_and_hides_no_other(self, home: Path, capsys: Capture) -> None:
        with database(home) as connection:
            connection.exec_driver_sql("UPDATE daemons SET beat_at = beat_at")
            connection.exec_driver_sql("INSERT INTO daemons VALUES ('x', 'never', 'never', '1')")
        found = looked(capsys, code=1)
        assert "this is a bug" not in found
        assert found["check failed"]["level"] == "problem"


class TestSettingsAndClock:
    def test_a_secret_that_cannot_be_had_is_told(self, home: Path, capsys: Capture) -> None:
        (home / "empty").write_text("")
        (home / "empty").chmod(0o600)
        (home / "evtimeline.toml").write_text(
            '[smtp]\nhost = "127.0.0.1"\nfrom = "a@b.example"\nuser = "me"\npassword_file = "empty"\n'
        )
        found = looked(capsys, "--offline", code=1)
        assert "is empty" in str(found["secret"]["what"])

    def test_secrets_and_catalogues_with_secrets_that_others_may_read_are_told(
        self, home: Path, capsys: Capture
    ) -> None:
        (home / "key").write_text("hidden")
        (home / "evtimeline.toml").write_text('[channel.team]\nurl = "http://127.0.0.1:1/"\nsecret_file = "key"\n')
        (home / "feeds.yaml").write_text("feeds:\n  - url: https://me:hidden@cars.example/feed\n")
        for name in ("key", "feeds.yaml"):
            (home / name).chmod(0o644)
        found = looked(capsys, "--offline")
        assert f"{home / 'feeds.yaml'}, {home / 'key'}" in str(found["files readable"]["values"])

    @pytest.mark.usefixtures("home")
    def test_a_clock_that_stands_still_is_a_warning_and_one_that_is_none_a_problem(
        self, capsys: Capture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("EVTIMELINE_NOW", "2100-01-01T00:00:00Z")
        assert "clock stopped" in looked(capsys, code=1)
        monkeypatch.setenv("EVTIMELINE_NOW", "soon")
        assert "write an instant" in str(looked(capsys, code=1)["setting wrong"]["what"])

    def test_a_database_that_knows_of_later_means_that_the_clock_was_put_back(
        self, home: Path, capsys: Capture
    ) -> None:
        ahead = read_clock() + timedelta(days=40)
        with database(home) as connection:
            number = feeds.states(connection)[workspaces.SHARED].id
            feeds.record_success(connection, number, feeds.Success(due_at=ahead), ahead)
        assert levels(looked(capsys, code=1)) == {"clock back": "problem"}


class TestRunning:
    def test_a_daemon_at_work_is_named_and_its_failed_job_told(self, home: Path, capsys: Capture) -> None:
        now = read_clock()
        with database(home) as connection:
            daemons.beat(connection, Daemon("here:1", now - timedelta(hours=2), now, "0.0.1"))
            job_runs.record(connection, JobRun("here:1", "poll", now, 1.0, "the disk is full"))
        with held(home / "evtimeline.lock", "daemon", now - timedelta(hours=2)):
            found = looked(capsys, code=1)
            assert "has held the workspace for 2h" in " ".join(said(capsys, "doctor", code=1).split())
        assert levels(found) == {"daemon old": "warning", "job failed": "problem"}

    def test_feeds_that_nobody_polls_are_a_problem(self, home: Path, capsys: Capture) -> None:
        with database(home) as connection:
            feeds.sync(connection, ["https://new.example/feed"], read_clock() - timedelta(days=3))
        found = looked(capsys, code=1)
        assert {code: found[code]["level"] for code in ("nobody works", "polls late", "feeds untouched")} == {
            "nobody works": "problem",
            "polls late": "problem",
            "feeds untouched": "warning",
        }

    def test_a_digest_that_nobody_writes_is_a_problem(
        self, home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        now = read_clock()
        monkeypatch.setenv("EVTIMELINE_NOW", (now - timedelta(days=3)).isoformat())
        just_past = f"{now - timedelta(minutes=10):%H:%M}"
        said(capsys, "subscribe", f"file://{home / 'box'}", "--daily", just_past, "--zone", "UTC", "--operator")
        monkeypatch.delenv("EVTIMELINE_NOW")
        found = looked(capsys, code=1)
        assert levels(found) == {"nobody works": "problem", "digests late": "problem"}


class TestChannels:
    def test_nothing_is_sent_and_what_does_not_answer_is_told(self, home: Path, capsys: Capture) -> None:
        with FeedServer() as server, mail_server() as mail:
            (home / "evtimeline.toml").write_text(
                f'[smtp]\nhost = "127.0.0.1"\nport = {mail.port}\nsecurity = "none"\nfrom = "news@example.org"\n'
                f'[channel.team]\nurl = "{server.url("/hook")}"\n[channel.lost]\nurl = "http://127.0.0.1:1/hook"\n'
            )
            found = looked(capsys, code=1)
            assert (mail.connections, mail.taken, server.asked) == (1, [], [])
            assert levels(looked(capsys, "--offline")) == {}
            assert mail.connections == 1
        assert levels(found) == {"channel down": "problem"}
        assert "lost: nothing answers" in str(found["channel down"]["what"])

    def test_what_is_sent_on_demand_goes_to_operators_and_once_to_each_channel(
        self, home: Path, capsys: Capture
    ) -> None:
        with FeedServer() as server, mail_server() as mail:
            hook = server.serve("/hook", Answer(b""))
            (home / "evtimeline.toml").write_text(
                f'[smtp]\nhost = "127.0.0.1"\nport = {mail.port}\nsecurity = "none"\nfrom = "news@example.org"\n'
                f'[channel.team]\nurl = "{hook}"\n[channel.lost]\nurl = "{server.url("/lost")}"\n'
            )
            assert run(["doctor", "--send"]) == 1
            said(capsys, "subscribe", "reader@example.org", "--daily", "08:00")
            said(capsys, "subscribe", "ops@example.org", "--daily", "08:00", "--operator")
            found = looked(capsys, "--send", code=1)
            assert mail.recipients == ["news@example.org", "ops@example.org"]
            assert len(server.asked_for("/hook")) == 2
        assert "answered 404" in str(found["not sent"]["what"])

    @pytest.mark.usefixtures("home")
    def test_sending_offline_is_refused(self, capsys: Capture) -> None:
        assert "contradict" in said(capsys, "doctor", "--send", "--offline", code=2)

    def test_subscriptions_that_nothing_reaches_are_told(self, home: Path, capsys: Capture) -> None:
        (home / "evtimeline.toml").write_text('[channel.team]\nurl = "http://127.0.0.1:1/"\n')
        said(capsys, "subscribe", "team", "--daily", "08:00")
        said(capsys, "subscribe", "reader@example.org", "--daily", "08:00")
        (home / "evtimeline.toml").write_text("")
        told = json.loads(said(capsys, "doctor", "--json", "--offline", code=1))
        lost = [one["values"]["who"] for one in told["findings"] if one["code"] == "unreachable"]
        assert lost == ["1 (team)", "2 (reader@example.org)"]
        assert "no operator" in [one["code"] for one in told["findings"]]


def test_it_works_on_postgresql(
    postgresql_url: str, home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVTIMELINE_DATABASE", postgresql_url)
    told = json.loads(said(capsys, "doctor", "--json"))
    (whole,) = [one for one in told["findings"] if one["code"] == "database"]
    assert whole["values"]["revision"] == schema.HEAD
    assert datetime.fromisoformat(told["generated_at"]).tzinfo is not None
