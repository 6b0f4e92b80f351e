"""Short ways to type commands in a workspace and to look at what they left in its database."""

from pathlib import Path

import pytest
from tests.cli.workspaces import database

from evtimeline.cli import run
from evtimeline.core.subscriptions import Subscription
from evtimeline.store import subscriptions

Capture = pytest.CaptureFixture[str]


def said(capsys: Capture, *typed: str, code: int = 0) -> str:
    """Run a command and give back all that it says."""
    capsys.readouterr()
    assert run(typed) == code
    out, err = capsys.readouterr()
    return out + err


def subscribed(home: Path) -> tuple[Subscription, ...]:
    """The subscriptions of a workspace."""
    with database(home) as connection:
        return subscriptions.load(connection)
