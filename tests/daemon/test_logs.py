import json
import logging
from collections.abc import Callable, Iterator

import pytest
from tests.builders import instant

from evtimeline.daemon.logs import note, set_up

Screen = Callable[[], str]


@pytest.fixture
def screen(capsys: pytest.CaptureFixture[str]) -> Iterator[Screen]:
    """What was written to stderr; the logging of the tests is as it was afterwards."""
    root = logging.getLogger()
    before, level, raising = root.handlers[:], root.level, logging.raiseExceptions
    yield lambda: capsys.readouterr().err
    root.handlers[:] = before
    root.setLevel(level)
    logging.raiseExceptions = raising


def told(screen: Screen) -> str:
    """The only line, without the time."""
    (line,) = screen().splitlines()
    return line.partition(" ")[2]


def test_an_event_is_one_line_of_words_and_values(screen: Screen) -> None:
    set_up()
    note(logging.INFO, "feed-polled", feed="小米 News", new=3, seconds=0.12345, at=instant("2025-07-01"), none=None)
    assert told(screen) == 'info feed-polled feed="小米 News" new=3 seconds=0.123 at=2025-07-01T00:00:00Z'


def test_the_time_is_in_utc(screen: Screen) -> None:
    set_up()
    note(logging.INFO, "stopped")
    at = screen().split()[0]
    assert len(at) == len("2026-11-22T08:00:01Z") and at.endswith("Z")


@pytest.mark.parametrize("evil", ["a\nb info fake", "\x1b[2J", "\u2028", "\u202eabc", "a\x00b", "\ud800", "\x85"])
@pytest.mark.parametrize("as_json", [False, True])
def test_no_value_can_break_out_of_its_line(screen: Screen, evil: str, as_json: bool) -> None:
    set_up(as_json=as_json)
    note(logging.WARNING, "feed-failed", why=evil)
    line = screen().removesuffix("\n")
    assert line.isprintable()
    if as_json:
        assert json.loads(line)["why"] == evil


def test_what_looks_like_a_field_is_quoted(screen: Screen) -> None:
    set_up()
    note(logging.INFO, "x", a='b c=d "e" \\', empty="")
    assert told(screen) == r'info x a="b c=d \"e\" \\" empty=""'


@pytest.mark.parametrize("as_json", [False, True])
@pytest.mark.parametrize(
    "secret",
    [
        "https://me:hidden@example.org/feed",
        "postgresql://evtimeline:hidden@db/x",
        "https://oapi.dingtalk.com/robot/send?access_token=hidden&x=1",
        "no answer from https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=hidden at all",
    ],
)
def test_no_secret_is_told(screen: Screen, secret: str, as_json: bool) -> None:
    set_up(as_json=as_json)
    note(logging.ERROR, "message-failed", why=secret)
    assert "hidden" not in screen()


def test_a_failure_is_told_with_its_trace_only_while_debugging(screen: Screen) -> None:
    for level in ("info", "debug"):
        set_up(level)
        try:
            raise ValueError("no://me:hidden@host")
        except ValueError as error:
            note(logging.ERROR, "poll-failed", error=error, why="something")
    plain, debugging = screen().splitlines()
    assert "Traceback" not in plain
    assert "Traceback" in debugging and "hidden" not in debugging


def test_what_is_below_the_level_is_not_told(screen: Screen) -> None:
    set_up("warning")
    note(logging.INFO, "feed-polled")
    assert screen() == ""


def test_libraries_are_heard_when_they_warn(screen: Screen) -> None:
    set_up()
    logging.getLogger("waitress").warning("queue depth is %s\n", 5)
    logging.getLogger("waitress").info("nothing")
    assert told(screen) == r'warning waitress says="queue depth is 5\n"'
