import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.builders import a_message
from tests.cli.commands import Capture, said
from tests.cli.workspaces import database
from tests.delivery.mailserver import Fault, mail_server

from evtimeline.cli import run
from evtimeline.core.subscriptions import MessageState
from evtimeline.store import outbox


@pytest.fixture(autouse=True)
def home(story: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EVTIMELINE_USER", "li")
    return story


@pytest.fixture(autouse=True)
def queued(home: Path) -> None:
    run(["subscribe", "team@example.org", "bad@example.org", "--instant"])
    with database(home) as connection:
        outbox.queue(connection, [a_message(1, subject="YU7 \x1b[31mmoved", reason="first report"), a_message(2)])


@pytest.fixture
def sent(home: Path) -> Iterator[None]:
    """One message is taken, the other refused."""
    with mail_server(Fault("RCPT", "550 no such user", recipient="bad@")) as server:
        settings = f'[smtp]\nhost = "127.0.0.1"\nport = {server.port}\nsecurity = "none"\nfrom = "n@example.org"\n'
        (home / "evtimeline.toml").write_text(settings)
        run(["digest", "send"])
        yield


def test_every_message_is_shown_with_what_became_of_it(home: Path, capsys: Capture, sent: None) -> None:
    told = said(capsys, "deliveries")
    assert "#1  sent  YU7 [31mmoved" in told
    assert "250 taken" in told
    assert "#2  dead" in told
    assert "550 no such user" in told
    assert "\x1b" not in told


def test_dead_letters_are_shown_and_retried(home: Path, capsys: Capture, sent: None) -> None:
    told = said(capsys, "deliveries", "--dead")
    assert "#2" in told
    assert "#1" not in told
    assert "1 queued again" in said(capsys, "retry", "--dead")
    assert "No such messages" in said(capsys, "deliveries", "--dead")
    with database(home) as connection:
        assert outbox.get(connection, 2).state is MessageState.QUEUED


def test_they_are_told_to_programs_too(home: Path, capsys: Capture, sent: None) -> None:
    (record,) = json.loads(said(capsys, "deliveries", "2", "--json"))["messages"]
    assert (record["state"], record["attempts"][0]["result"]) == ("dead", "dead")
    assert record["last_error"].startswith("550")


def test_what_waits_says_until_when(home: Path, capsys: Capture) -> None:
    assert said(capsys, "deliveries", "--waiting").count("due 2025-06-27 08:00Z") == 2


def test_a_retry_says_what_it_needs(home: Path, capsys: Capture) -> None:
    assert "--dead" in said(capsys, "retry", code=2)
    assert "there is no message 9" in said(capsys, "retry", "9", code=2)
