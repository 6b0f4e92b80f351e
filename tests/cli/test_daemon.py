"""What `evtimeline daemon` and `evtimeline run --once` do as real processes, with feeds and mail on loopback."""

import json
import signal
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.workspaces import database
from tests.daemon.processes import Running, daemon, evtimeline
from tests.delivery.mailserver import mail_server
from tests.jobs.world import item, rss
from tests.patience import PATIENCE
from tests.servers import Answer, Asked, FeedServer

from evtimeline.cli import run
from evtimeline.store import daemons, entries, job_runs

PROMISED = rss(item("1", "小米YU7将于2025年6月至7月正式上市", "2025-05-01"))


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as server:
        yield server


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with one milestone and no feed yet."""
    monkeypatch.setenv("EVTIMELINE_HOME", str(tmp_path))
    assert run(["init", str(tmp_path)]) == 0
    assert run(["milestone", "add", "小米YU7上市", "--when", "2025-08", "--stated", "2025-04-20"]) == 0
    follow(tmp_path)
    return tmp_path


def follow(home: Path, *urls: str) -> None:
    feeds = "".join(
        f"  - {{url: '{url}', title: Feed {n}, tier: primary, private: true}}\n" for n, url in enumerate(urls)
    )
    (home / "feeds.yaml").write_text(f"feeds:\n{feeds}" if urls else "feeds: []\n", "utf-8")


def send_by(home: Path, port: int) -> None:
    settings = f'[smtp]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\nfrom = "news@example.org"\n'
    (home / "evtimeline.toml").write_text(settings, "utf-8")


def stopped(running: Running) -> int:
    running.send(signal.SIGTERM)
    return running.end()


def test_a_daemon_polls_alerts_by_mail_and_ends_when_it_is_asked_to(home: Path, server: FeedServer) -> None:
    follow(home, server.serve("/a", PROMISED).replace("//", "//me:hidden@"))
    with mail_server() as mail:
        send_by(home, mail.port)
        assert run(["subscribe", "me@example.org", "--instant", "--group-wait", "0"]) == 0
        with daemon(home, "--alert-backlog") as running:
            assert running.wait_for("next")["feeds"] == 1
            assert running.wait_for("feed-polled")["new"] == 1
            assert running.wait_for("revision")["new"] == "2025-06/2025-07"
            assert running.wait_for("alert-composed")["to"] == "me@example.org"
            running.wait_for("message-sent")
            assert stopped(running) == 0
        assert [mail["To"] for mail in mail.taken] == ["me@example.org"]
    assert [event["event"] for event in running.events[-2:]] == ["stopping", "stopped"]
    assert "hidden" not in json.dumps(running.events) and not running.said
    with database(home) as connection:
        assert daemons.load(connection) == ()
        assert all(run.error is None for run in job_runs.load(connection))


def test_a_first_poll_alerts_nobody_unless_that_is_wished_for(home: Path, server: FeedServer) -> None:
    follow(home, server.serve("/a", PROMISED))
    assert run(["subscribe", f"file://{home / 'box'}", "--instant", "--group-wait", "0"]) == 0
    with evtimeline(home, "run", "--once", "--json-logs") as running:
        assert running.end() == 0
    assert [event["event"] for event in running.events] == ["feed-polled", "round-done"]
    with database(home) as connection:
        assert all(one.backfill for one in entries.of_feed(connection, 1))


def test_a_round_goes_on_when_a_feed_fails_and_its_exit_code_says_so(home: Path, server: FeedServer) -> None:
    follow(home, server.url("/nothing"), server.serve("/a", PROMISED))
    with evtimeline(home, "run", "--once", "--json-logs") as running:
        assert running.end() == 3
    assert "404" in str(running.wait_for("feed-failed")["why"])
    assert running.wait_for("round-done")["new"] == 1
    with database(home) as connection:
        assert [(one.daemon, one.job, one.error) for one in job_runs.load(connection)] == [
            (socket.gethostname(), job_runs.ROUND, None)
        ]


def test_a_round_that_broke_off_is_told_by_the_doctor(
    home: Path, server: FeedServer, capsys: pytest.CaptureFixture[str]
) -> None:
    follow(home, server.serve("/a", PROMISED))
    with database(home) as connection:
        connection.exec_driver_sql("DROP TABLE entries")
    with evtimeline(home, "run", "--once", "--json-logs") as running:
        assert running.end() == 1
    assert run(["doctor", "--offline"]) == 1
    assert f"the last evtimeline run --once on {socket.gethostname()}" in " ".join(capsys.readouterr().out.split())


def test_run_alone_says_what_to_do(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["run"]) == 2
    assert "`evtimeline run --once`" in capsys.readouterr().err


def test_a_workspace_has_room_for_one_daemon_and_for_other_commands(
    home: Path, server: FeedServer, capsys: pytest.CaptureFixture[str]
) -> None:
    with daemon(home) as running:
        running.wait_for("next")
        for words in (["daemon"], ["run", "--once"]):
            assert run(words) == 4
            assert f"`evtimeline daemon` (process {running.process.pid} on {socket.gethostname()})" in (
                capsys.readouterr().err
            )
        follow(home, server.serve("/a", PROMISED))
        assert run(["poll"]) == 0
        assert "new entries: 1" in capsys.readouterr().out
        running.process.kill()
        running.end()
    with daemon(home) as another:
        another.wait_for("next")
        assert stopped(another) == 0


def test_settings_and_feeds_are_read_anew_and_mistakes_leave_them_as_they_were(home: Path, server: FeedServer) -> None:
    with daemon(home) as running:
        running.wait_for("next")
        (home / "feeds.yaml").write_text("feeds:\n  - ulr: http://127.0.0.1/\n", "utf-8")
        running.send(signal.SIGHUP)
        assert "feeds.yaml:2: " in str(running.wait_for("reload-failed")["why"])
        follow(home, server.serve("/a", PROMISED))
        (home / "evtimeline.toml").write_text("[fetch]\ntimeout = -1\n", "utf-8")
        running.send(signal.SIGHUP)
        running.wait_for("reload-failed", lambda event: "fetch.timeout" in str(event["why"]))
        (home / "evtimeline.toml").write_text("[fetch]\ntimeout = 5\n", "utf-8")
        running.send(signal.SIGHUP)
        assert running.wait_for("reloaded")["feeds"] == 1
        running.wait_for("feed-polled")
        assert stopped(running) == 0


def test_what_is_in_hand_is_waited_for_and_a_second_signal_does_not_wait(home: Path, server: FeedServer) -> None:
    begun = threading.Event()

    def silent(asked: Asked) -> Answer:
        begun.set()
        return Answer(pieces=iter(()), hold=True)

    follow(home, server.serve("/a", silent))
    with daemon(home) as running:
        assert begun.wait(PATIENCE)
        running.send(signal.SIGINT)
        running.wait_for("stopping")
        while running.process.poll() is None:  # at first they are taken for echoes
            running.send(signal.SIGINT)
            running.wait_a_moment()
        assert running.end() == 128 + signal.SIGINT
    assert running.events[-1]["event"] == "leaving"


def test_a_mail_that_is_on_its_way_is_finished_and_recorded(home: Path, server: FeedServer) -> None:
    follow(home, server.serve("/a", PROMISED))
    with mail_server() as mail:
        mail.slow = 0.02
        send_by(home, mail.port)
        assert run(["subscribe", "me@example.org", "--instant", "--group-wait", "0"]) == 0
        with daemon(home, "--alert-backlog") as running:
            while not mail.connections:
                running.wait_a_moment()
            assert stopped(running) == 0
        assert len(mail.taken) == 1
    assert [event["event"] for event in running.events[-3:]] == ["stopping", "message-sent", "stopped"]


def test_a_port_that_is_taken_is_told_and_keeps_nobody_from_working(home: Path, server: FeedServer) -> None:
    with evtimeline(home, "daemon", "--json-logs", EVTIMELINE_DAEMON_HEALTH=f"127.0.0.1:{server.port}") as running:
        assert f"port {server.port}" in str(running.wait_for("health-off")["why"])
        assert running.wait_for("started")["health"] == "off"
        assert stopped(running) == 0


def test_events_are_lines_of_text_unless_json_is_asked_for(home: Path, server: FeedServer) -> None:
    follow(home, server.serve("/a", PROMISED))
    with evtimeline(home, "run", "--once", "--log-level", "info") as running:
        assert running.end() == 0
    assert running.said[0].split(" ", 1)[1].startswith('info feed-polled feed="Feed 0" url=http://127.0.0.1:')
