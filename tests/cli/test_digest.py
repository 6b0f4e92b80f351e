import email
import email.message
import email.policy
from pathlib import Path

import pytest
from tests.cli import workspaces
from tests.cli.workspaces import says

from evtimeline.cli import run
from evtimeline.cli.terminal import cells
from evtimeline.store import outbox, subscriptions
from evtimeline.store.engine import connect, reading

EVENING = "2025-07-20T20:00:00+08:00"
MONDAY = "2025-07-21T08:10:00+08:00"


@pytest.fixture
def box(story: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is told once a week since the first poll, and one that is told at once."""
    monkeypatch.setenv("EVTIMELINE_NOW", workspaces.FIRST_POLL.isoformat())
    weekly, instant = story / "weekly", story / "instant"
    weekly_args = ["--weekly", "mon", "08:00", "--zone", "Asia/Shanghai", "--language", "zh"]
    assert run(["subscribe", f"file://{weekly}", *weekly_args]) == 0
    assert run(["subscribe", f"file://{instant}", "--instant"]) == 0
    monkeypatch.setenv("EVTIMELINE_NOW", workspaces.LAST_DAY)
    return story


def _news(home: Path) -> None:
    with workspaces.database(home) as connection:
        workspaces.tell(
            connection,
            "phase2-startup",
            [says("2025-07-19", "小米公司", "delayed", "2025-09", "小米汽车二期工厂推迟至九月投产")],
        )


def _mails(folder: Path) -> list[email.message.EmailMessage]:
    found = sorted((folder / "new").glob("*.eml")) if folder.exists() else []
    return [email.message_from_bytes(one.read_bytes(), policy=email.policy.default) for one in found]


def _part(mail: email.message.EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def test_a_preview_says_what_a_week_would_say(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["digest", "preview", "--from", "2025-05-11", "--to", "2025-07-20"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("Subject: ")
    assert "HTML:" in shown
    for expected in ("Xiaomi YU7", "Battery", "contested", "小米YU7今晚正式发布", "also reported by 1"):
        assert expected in shown, expected
    assert "1 source is broken" in shown


def test_the_text_part_fits_a_screen(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--language", "zh", "digest", "preview", "--text", "--from", "2025-05-11"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "evtimeline · 摘要"
    assert max(cells(line) for line in lines if "://" not in line) <= 78


def test_a_preview_goes_into_files(story: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    html, mail = tmp_path / "digest.html", tmp_path / "digest.eml"
    assert run(["digest", "preview", "--from", "2025-05-11", "--html", str(html), "--eml", str(mail)]) == 0
    assert str(mail) in capsys.readouterr().out
    message = email.message_from_bytes(mail.read_bytes(), policy=email.policy.default)
    assert _part(message, "html").strip() == html.read_text("utf-8").strip()
    assert "Xiaomi YU7" in _part(message, "plain")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["preview", "--from", "yesterday"], "write it like 2025-06-27"),
        (["preview", "--from", "2025-07-20", "--to", "2025-07-01"], "--from must not lie after --to"),
        (["preview", "--subscription", "7"], "there is no subscription 7"),
        (["preview", "--timeline", "boats"], "there is no timeline boats"),
        (["preview", "--eml", "/nowhere/at/all.eml"], "cannot be written"),
        (["send", "--subscription", "1"], "goes with --now"),
        (["send", "--now"], "nobody gets digests"),
        (["send", "--now", "--subscription", "7"], "there is no subscription 7"),
    ],
)
def test_what_cannot_be_done_is_said(
    story: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
) -> None:
    assert run(["digest", *arguments]) != 0
    assert sentence in capsys.readouterr().err


def test_a_preview_for_a_subscription_speaks_its_language_and_records_nothing(
    box: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = _state(box)
    assert run(["digest", "preview", "--subscription", "1"]) == 0
    shown = capsys.readouterr().out
    assert "2025-07-21 08:00 Asia/Shanghai" in shown
    assert "您收到本消息" in shown
    assert _state(box) == before


def _state(home: Path) -> tuple[object, ...]:
    engine = connect(f"sqlite:///{home / 'evtimeline.db'}")
    with reading(engine) as connection:
        state = (subscriptions.cursors(connection), outbox.load(connection))
    engine.dispose()
    return state


def test_what_is_due_is_sent_once(
    box: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _news(box)
    monkeypatch.setenv("EVTIMELINE_NOW", EVENING)
    assert run(["digest", "send"]) == 0
    monkeypatch.setenv("EVTIMELINE_NOW", MONDAY)
    assert run(["digest", "send"]) == 0
    capsys.readouterr()
    assert run(["digest", "send"]) == 0
    assert capsys.readouterr().out == "Nothing is due.\n"
    late, weekly = _mails(box / "weekly")  # of last Monday, when nobody ran it, and of this one
    assert "2025-09" in _part(late, "plain")
    assert weekly["Subject"].startswith("没有变化")
    instant = _mails(box / "instant")
    assert any("phase-II" in mail["Subject"] and "2025-09" in mail["Subject"] for mail in instant)
    assert len({mail["Message-ID"] for mail in (late, weekly, *instant)}) == 2 + len(instant)


def test_a_digest_can_be_sent_before_its_time(box: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _news(box)
    assert run(["digest", "send", "--now", "--subscription", "1"]) == 0
    assert capsys.readouterr().out.startswith("sent: ")
    assert len(_mails(box / "weekly")) == 1
    assert run(["digest", "send", "--now", "--subscription", "2"]) == 2
    assert "told at once" in capsys.readouterr().err


def test_an_alert_is_rehearsed_for_everybody(box: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _news(box)
    before = _state(box)
    assert run(["alert", "test", "phase2"]) == 0
    shown = capsys.readouterr().out
    assert "not told: it comes with the weekly digest" in shown
    assert "told at once: " in shown
    assert "“小米汽车二期工厂推迟至九月投产”" in shown
    assert _state(box) == before


def test_nobody_is_told_where_nobody_is_subscribed(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["alert", "test"]) == 2
    assert "nobody is subscribed" in capsys.readouterr().err
