import json
from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest
from tests.cli.commands import Capture, said, subscribed

from evtimeline.cli import run
from evtimeline.core.subscriptions import Cadence


@pytest.fixture(autouse=True)
def home(story: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EVTIMELINE_USER", "li")
    return story


@pytest.fixture(autouse=True)
def two(home: Path) -> None:
    run(["subscribe", "team@example.org", "--instant"])
    run(["subscribe", "https://open.feishu.cn/open-apis/bot/v2/hook/KEY", "--daily", "18:30", "--kind", "slipped"])


def test_they_are_listed_without_what_opens_a_door(home: Path, capsys: Capture) -> None:
    told = said(capsys, "subscriptions")
    assert "team@example.org" in told
    assert "daily 18:30 UTC" in told
    assert "KEY" not in told + said(capsys, "subscriptions", "--json")
    record = json.loads(said(capsys, "subscriptions", "--json"))["subscriptions"][1]
    assert (record["channel"], record["cadence"], record["at"]) == ("feishu", "daily", "18:30")
    assert "token" not in record


def test_they_are_changed_in_what_is_said_and_nothing_else(home: Path, capsys: Capture) -> None:
    before = subscribed(home)[1]
    said(capsys, "subscriptions", "edit", "2", "--kind", "all", "--quiet", "22:00-07:00")
    assert subscribed(home)[1] == replace(before, kinds=(), quiet_from=time(22), quiet_to=time(7))
    said(capsys, "subscriptions", "edit", "2", "--quiet", "none", "--weekly", "fri", "9:00")
    assert subscribed(home)[1] == replace(before, kinds=(), cadence=Cadence.WEEKLY, weekday=4, at=time(9))
    assert "is as it was" in said(capsys, "subscriptions", "edit", "2")


def test_they_are_paused_resumed_and_ended(home: Path, capsys: Capture) -> None:
    said(capsys, "subscriptions", "pause", "1", "2")
    assert [one.paused for one in subscribed(home)] == [True, True]
    said(capsys, "subscriptions", "resume", "1")
    assert [one.paused for one in subscribed(home)] == [False, True]
    said(capsys, "subscriptions", "remove", "1")
    assert [one.id for one in subscribed(home)] == [2]
    assert "there is no subscription 1" in said(capsys, "subscriptions", "remove", "1", code=2)


def test_without_any_the_way_to_one_is_shown(home: Path, capsys: Capture) -> None:
    said(capsys, "subscriptions", "remove", "1", "2")
    assert "evtimeline subscribe" in said(capsys, "subscriptions")
