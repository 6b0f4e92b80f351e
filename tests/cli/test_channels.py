from pathlib import Path

import pytest
from tests.cli.commands import Capture, said


@pytest.fixture(autouse=True)
def home(story: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EVTIMELINE_USER", "li")
    return story


SETTINGS = """
    [smtp]
    host = "127.0.0.1"
    security = "none"
    from = "n@example.org"
    user = "news"
    [channel.team]
    kind = "feishu"
    url = "https://open.feishu.cn/open-apis/bot/v2/hook/KEY"
"""


def test_they_are_listed_without_what_opens_a_door(
    home: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "evtimeline.toml").write_text(SETTINGS)
    monkeypatch.setenv("EVTIMELINE_SMTP_PASSWORD", "hunter2")
    monkeypatch.setenv("EVTIMELINE_CHANNEL_TEAM_SECRET", "SEC1")
    told = said(capsys, "channels")
    assert "news@127.0.0.1:25 (in the clear), n@example.org" in told
    assert "team (open.feishu.cn, signed)" in told
    assert not [one for one in ("hunter2", "SEC1", "KEY") if one in told]


def test_a_test_message_is_sent_and_nothing_recorded(home: Path, capsys: Capture, tmp_path: Path) -> None:
    told = said(capsys, "channels", "test", str(tmp_path / "box"))
    assert told.startswith("file: sent (written to")
    assert len(list((tmp_path / "box" / "new").iterdir())) == 1
    assert "No such messages" in said(capsys, "deliveries")


def test_a_test_that_fails_says_why(home: Path, capsys: Capture) -> None:
    assert "set smtp.host" in said(capsys, "channels", "test", "team@example.org", code=3)
