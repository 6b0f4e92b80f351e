from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest
from tests.cli.commands import Capture, said, subscribed

from evtimeline.core.claims import Tier
from evtimeline.core.subscriptions import Cadence, Subscription


@pytest.fixture(autouse=True)
def home(story: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EVTIMELINE_USER", "li")
    return story


def test_everything_that_can_be_said_is_kept(home: Path, capsys: Capture) -> None:
    told = said(
        capsys,
        "subscribe",
        "team@example.org",
        *("--weekly", "mon", "08:00", "--zone", "Asia/Shanghai", "--in", "zh", "--timeline", "xiaomi-baic"),
        *("--milestone", "yu7-launch", "--kind", "slipped", "--kind", "mention", "--tier", "secondary"),
        *("--quiet", "22:30-7:00", "--operator", "--no-empty", "--remind", "7,1,30", "--group-wait", "5"),
    )
    (one,) = subscribed(home)
    assert replace(one, id=0, token="", created_at=one.created_at) == Subscription(
        address="team@example.org",
        channel="smtp",
        cadence=Cadence.WEEKLY,
        created_at=one.created_at,
        weekday=0,
        at=time(8),
        zone="Asia/Shanghai",
        language="zh",
        timelines=("xiaomi-baic",),
        milestones=("xiaomi-baic/yu7-launch",),
        kinds=("slipped", "mention"),
        least_tier=Tier.SECONDARY,
        quiet_from=time(22, 30),
        quiet_to=time(7),
        operator=True,
        empty=False,
        remind_days=(30, 7, 1),
        group_wait=timedelta(minutes=5),
    )
    assert "Subscription 1: team@example.org, weekly mon 08:00 Asia/Shanghai" in told
    assert "set smtp.host" in told
    assert one.token not in told


def test_monday_morning_is_what_is_usual(home: Path, capsys: Capture) -> None:
    said(capsys, "subscribe", "a@example.org", "b@example.org")
    assert [(one.address, one.cadence, one.weekday, one.at) for one in subscribed(home)] == [
        ("a@example.org", Cadence.WEEKLY, 0, time(8)),
        ("b@example.org", Cadence.WEEKLY, 0, time(8)),
    ]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (["nobody"], "is no address: write name@example.org"),
        (["a@b.c", "--instant", "--daily", "08:00"], "exclude each other"),
        (["a@b.c", "--daily", "25:00"], "is no time of the day"),
        (["a@b.c", "--weekly", "someday", "08:00"], "is no weekday"),
        (["a@b.c", "--zone", "Asia/Shangai"], "Asia/Shanghai"),
        (["a@b.c", "--timeline", "xiaomi-bac"], "xiaomi-baic"),
        (["a@b.c", "--milestone", "yu7-lunch"], "yu7-launch"),
        (["a@b.c", "--quiet", "22:00"], "is no time of the day"),
        (["a@b.c", "--quiet", "22:00-22:00"], "quiet hours must end"),
        (["a@b.c", "--remind", "soon"], "are no days"),
        (["a@b.c", "--channel", "fax"], "there is no channel 'fax'"),
    ],
)
def test_what_cannot_be_meant_is_answered_with_what_can(
    home: Path, capsys: Capture, typed: list[str], sentence: str
) -> None:
    assert sentence in said(capsys, "subscribe", *typed, code=2)
    assert subscribed(home) == ()


def test_a_folder_means_the_same_from_everywhere(home: Path, capsys: Capture) -> None:
    said(capsys, "subscribe", "./box", "--instant")
    assert [(one.channel, Path(one.address).is_absolute()) for one in subscribed(home)] == [("file", True)]
