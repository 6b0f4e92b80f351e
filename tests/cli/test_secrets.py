"""A feed's password and a bot's key are in no output, message, log line or figure, whatever goes wrong."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.cli.commands import Capture
from tests.cli.workspaces import database
from tests.daemon.processes import evtimeline
from tests.jobs.world import item, rss
from tests.servers import Answer, Asked, FeedServer
from tests.web.sites import DAEMON, serving

from evtimeline.app import App, open_app
from evtimeline.cli import run
from evtimeline.daemon.guard import sentence
from evtimeline.errors import StoreError
from evtimeline.store import daemons, job_runs, outbox
from evtimeline.store.daemons import Daemon
from evtimeline.store.job_runs import JobRun

PASSWORD = "hunter2-xyzzy"
PROMISED = rss(item("1", "小米YU7将于2025年6月至7月正式上市", "2025-05-01"))
FEEDS = ("good", "gone", "page", "broken", "moved", "elsewhere", "refused", "nowhere")

LOOKS = (
    ("status",),
    ("status", "--json"),
    ("status", "--check"),
    ("show", "yu7"),
    ("show", "yu7", "--json"),
    ("feed", "list"),
    ("feed", "list", "--json"),
    ("feed", "check"),
    ("feed", "check", "--json"),
    ("feed", "check", "https://good.example/x"),
    ("feed", "remove", "http://good.example"),
    ("poll", "--all"),
    ("poll", "--all", "--json"),
    ("poll", "--feed", f"https://me:{PASSWORD}@no.example/"),
    ("feed", "remove", f"https://me:{PASSWORD}@no.example/"),
    ("feed", "add", f"https://me:{PASSWORD}@127.0.0.1:1/x"),
    ("feed", "add", f"https://me:{PASSWORD}@127.0.0.1:1/y", "--unchecked"),
    ("subscriptions",),
    ("subscriptions", "--json"),
    ("digest", "preview"),
    ("digest", "send"),
    ("deliveries",),
    ("deliveries", "--json"),
    ("channels",),
    ("doctor", "--full"),
    ("doctor", "--json", "--offline"),
    ("doctor", "--send"),
    ("config", "show", "--origin"),
    ("config", "show", "--json"),
    ("explain", "--stored"),
    ("timeline",),
    ("export", "json"),
    ("export", "csv"),
    ("export", "atom"),
    ("export", "markdown"),
    ("export", "yaml"),
    ("housekeep",),
)

ADDRESS = f"http://me:{PASSWORD}@a.example/x"
WRONG_CATALOGUES = (
    f"feeds:\n  - url: {ADDRESS}\n    - {{",
    f"feeds:\n  - url: {ADDRESS}\n    interval: long\n    colour: red\n",
    f"feeds:\n  - {ADDRESS}\n",
    f"feeds:\n  - url: [{ADDRESS}]\n",
    f"feeds:\n  - url: {ADDRESS.replace('http', 'ftp')}\n",
    f"feeds:\n  - url: {ADDRESS}\n  - url: {ADDRESS}\n",
    f"{ADDRESS}: 1\n",
)


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as server:
        server.serve("/good", PROMISED)
        server.serve("/gone", Answer(status=410))
        server.serve("/page", Answer(b"<html><body>no feed</body></html>", content_type="text/html"))
        server.serve("/broken", Answer(b"<rss><channel><item><title>cut"))
        server.serve("/moved", Answer(status=301, headers={"Location": "/good"}))
        server.serve("/elsewhere", Answer(status=302, headers={"Location": f"ftp://me:{PASSWORD}@files.example/x"}))
        yield server


@pytest.fixture
def home(tmp_path: Path, server: FeedServer, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace whose feeds all need a password, most of them broken, and whose operator has a webhook."""
    monkeypatch.setenv("EVTIMELINE_HOME", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "1000")
    assert run(["init", str(tmp_path)]) == 0
    assert run(["milestone", "add", "小米YU7上市", "--key", "yu7", "--when", "2025-08", "--stated", "2025-04-20"]) == 0
    (tmp_path / "feeds.yaml").write_text("feeds:\n" + "".join(_feed(server, name) for name in FEEDS), "utf-8")
    hook = server.serve(f"/hook/{PASSWORD}", Answer(b""))
    (tmp_path / "evtimeline.toml").write_text(
        f'[channel.team]\nurl = "{hook}?key={PASSWORD}"\n[fetch]\nper_host = 16\n'
    )
    for address in ("team", f"{hook}?key={PASSWORD}&plain=1", f"file://{tmp_path / 'box'}"):
        assert run(["subscribe", address, "--daily", "08:00", "--operator"]) == 0
    return tmp_path


def _feed(server: FeedServer, name: str) -> str:
    address = server.url(f"/{name}?token={PASSWORD}").replace("//", f"//me:{PASSWORD}@")
    if name == "nowhere":
        address = address.replace(f"127.0.0.1:{server.port}", "nowhere.invalid")
    return f"  - {{url: '{address}', private: {'false' if name == 'refused' else 'true'}}}\n"


def _leaks(text: str) -> list[str]:
    return [line[:300] for line in text.splitlines() if PASSWORD[:7] in line or PASSWORD[-5:] in line]


def test_no_command_shows_a_password(home: Path, server: FeedServer, capsys: Capture) -> None:
    capsys.readouterr()
    found = {}
    run(["poll", "--all"])
    for typed in LOOKS:
        run(typed)
        out, err = capsys.readouterr()
        assert "this is a bug" not in err + out, (typed, err)
        found[typed] = _leaks(out + err)
    assert {typed: lines for typed, lines in found.items() if lines} == {}
    authorised = {asked.path.partition("?")[0] for asked in server.asked if "authorization" in asked.headers}
    assert {"/good", "/gone", "/page"} <= authorised  # it was there to be shown


def test_no_message_holds_a_password(home: Path, server: FeedServer, capsys: Capture) -> None:
    run(["poll", "--all"])
    assert run(["digest", "send", "--now"]) == 0
    with database(home) as connection:
        messages = outbox.load(connection)
    told = [asked.body.decode() for asked in server.asked if asked.path.startswith("/hook")]
    assert any("410" in body for body in told)
    assert _leaks(repr(messages)) == []
    assert _leaks("\n".join(told)) == []
    mails = [path.read_text() for path in (home / "box").rglob("*.eml")]
    assert mails and _leaks("\n".join(mails)) == []


@pytest.mark.parametrize("form", [(), ("--json-logs",)])
def test_no_log_line_holds_a_password(home: Path, server: FeedServer, form: tuple[str, ...]) -> None:
    with evtimeline(home, "run", "--once", "--log-level", "debug", *form) as running:
        running.end()
    told = "\n".join([*map(json.dumps, running.events), *running.said])
    assert "feed-failed" in told
    assert _leaks(told) == []


def test_no_page_of_a_daemon_holds_a_password(home: Path, server: FeedServer) -> None:
    run(["poll", "--all"])
    assert run(["digest", "send", "--now"]) == 0
    with open_app(home) as app:
        why = sentence(StoreError(f"{_feed(server, 'good')} and postgresql://me:{PASSWORD}@db.example/x failed"))
        with database(home) as connection:
            daemons.beat(connection, Daemon(DAEMON, app.now, app.now, "1.0"))
            job_runs.record(connection, JobRun(DAEMON, "poll", app.now, 1.0, why))
        pages = _pages(app)
        away = f"postgresql://me:{PASSWORD}@127.0.0.1:1/news?application_name={PASSWORD}"
        without = _pages(replace(app, settings=replace(app.settings, database=away)))
    assert f'evtimeline_job_last_failed{{daemon="{DAEMON}",job="poll"}} 1.0' in pages["/metrics"]
    assert 'evtimeline_deliveries_total{channel="webhook",' in pages["/metrics"]
    assert "db.example" in pages["/readyz"]  # there was something to be masked
    assert "evtimeline_database_up 0.0" in without["/metrics"] and "127.0.0.1:1/news" in without["/readyz"]
    assert _leaks("\n".join([*pages.values(), *without.values()])) == []


def _pages(app: App) -> dict[str, str]:
    """What a daemon of this workspace answers."""
    with serving(app, lambda: app.now) as site:
        return {path: site.ask(path).text for path in ("/metrics", "/readyz", "/healthz", f"/{PASSWORD[:3]}")}


def test_no_sentence_about_a_wrong_catalogue_holds_a_password(home: Path, capsys: Capture) -> None:
    capsys.readouterr()
    for written in WRONG_CATALOGUES:
        (home / "feeds.yaml").write_text(written, "utf-8")
        for typed in (("poll",), ("status",), ("doctor", "--offline"), ("digest", "preview")):
            run(typed)
            out, err = capsys.readouterr()
            assert (written, typed, _leaks(out + err)) == (written, typed, [])


def test_a_webhook_that_fails_keeps_its_key(home: Path, server: FeedServer, capsys: Capture) -> None:
    def echo(asked: Asked) -> Answer:
        return Answer(f"no such hook {asked.path}".encode(), status=404)

    server.serve(f"/hook/{PASSWORD}", echo)
    run(["poll", "--all"])
    run(["digest", "send", "--now"])
    capsys.readouterr()
    for typed in (("deliveries",), ("deliveries", "--json"), ("status",), ("doctor", "--send"), ("doctor", "--json")):
        run(typed)
        out, err = capsys.readouterr()
        assert (typed, _leaks(out + err)) == (typed, [])
