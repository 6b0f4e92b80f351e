"""What `evtimeline poll` prints, returns and survives, with real feeds on loopback."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.jobs.world import item, rss
from tests.servers import Answer, FeedServer

from evtimeline.cli import run

PROMISED = item("1", "小米YU7将于2025年6月至7月正式上市", "2025-05-01")
DELAYED = item("2", "小米YU7推迟至2025年9月上市\x1b[31m", "2025-05-20")


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as server:
        yield server


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """A workspace with one milestone and no feed yet, ten days before the story goes on."""
    monkeypatch.setenv("EVTIMELINE_HOME", str(tmp_path))
    monkeypatch.setenv("EVTIMELINE_NOW", "2025-05-10T09:00:00+08:00")
    monkeypatch.setenv("COLUMNS", "100")
    assert run(["init", str(tmp_path)]) == 0
    assert run(["milestone", "add", "小米YU7上市", "--when", "2025-08", "--stated", "2025-04-20"]) == 0
    (tmp_path / "feeds.yaml").write_text("feeds: []\n", "utf-8")
    capsys.readouterr()
    return tmp_path


def follow(home: Path, *urls: str, tier: str = "primary") -> None:
    feeds = [
        f"  - url: {url}\n    title: Feed {n}\n    tier: {tier}\n    private: true\n" for n, url in enumerate(urls)
    ]
    (home / "feeds.yaml").write_text("feeds:\n" + "".join(feeds), "utf-8")


def test_a_poll_says_what_it_brought(home: Path, server: FeedServer, capsys: pytest.CaptureFixture[str]) -> None:
    follow(home, server.serve("/a", rss(PROMISED)))
    assert run(["poll"]) == 0
    assert "new entries: 1 · new claims: 1" in capsys.readouterr().out


def test_a_change_is_told_with_its_days_and_without_control_characters(
    home: Path, server: FeedServer, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    follow(home, server.serve("/a", rss(PROMISED)))
    run(["poll"])
    server.serve("/a", rss(DELAYED, PROMISED))
    monkeypatch.setenv("EVTIMELINE_NOW", "2025-05-20T20:00:00+08:00")
    capsys.readouterr()
    assert run(["poll", "--all"]) == 0
    out = capsys.readouterr().out
    assert "小米YU7上市: slipped 2025-06…07 → 2025-09 (+61d)" in out and "\x1b" not in out


def test_failed_feeds_are_named_on_stderr_and_the_others_are_polled(
    home: Path, server: FeedServer, capsys: pytest.CaptureFixture[str]
) -> None:
    follow(home, server.serve("/gone", Answer(status=410)), server.serve("/a", rss(PROMISED)))
    assert run(["poll"]) == 3
    told = capsys.readouterr()
    assert "Feed 0: " in told.err and "410" in told.err
    assert "feeds polled: 2 (1 failed) · new entries: 1" in told.out


def test_a_feed_that_was_cut_short_is_told(home: Path, server: FeedServer, capsys: pytest.CaptureFixture[str]) -> None:
    follow(home, server.serve("/a", rss(PROMISED, DELAYED)[:-60]))
    assert run(["poll"]) == 0
    assert "cut short" in capsys.readouterr().err


def test_what_is_not_due_is_left_alone_and_the_way_round_is_named(
    home: Path, server: FeedServer, capsys: pytest.CaptureFixture[str]
) -> None:
    follow(home, server.serve("/a", rss(PROMISED)))
    run(["poll"])
    capsys.readouterr()
    assert run(["poll"]) == 0
    assert "`evtimeline poll --all`" in capsys.readouterr().out
    assert len(server.asked) == 1


def test_one_feed_can_be_polled_by_its_title(
    home: Path, server: FeedServer, capsys: pytest.CaptureFixture[str]
) -> None:
    follow(home, server.serve("/a", rss(PROMISED)), server.serve("/b", rss(DELAYED)))
    assert run(["poll", "--feed", "Feed 1"]) == 0
    assert [asked.path for asked in server.asked] == ["/b"]
    assert run(["poll", "--feed", "Feed 7"]) == 2
    assert "no enabled feed 'Feed 7'" in capsys.readouterr().err


def test_a_dry_run_stores_nothing(home: Path, server: FeedServer, capsys: pytest.CaptureFixture[str]) -> None:
    follow(home, server.serve("/a", rss(PROMISED)))
    assert run(["poll", "--dry-run"]) == 0
    assert "nothing was stored" in capsys.readouterr().out
    run(["poll"])
    assert "new entries: 1" in capsys.readouterr().out


def test_programs_get_one_object_a_feed(home: Path, server: FeedServer, capsys: pytest.CaptureFixture[str]) -> None:
    follow(home, server.serve("/a", rss(PROMISED)).replace("http://", "http://me:secret@"))
    assert run(["poll", "--json"]) == 0
    (record,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (record["new_entries"], record["accepted"], record["error"]) == (1, 1, None)
    assert "secret" not in json.dumps(record)
    assert record["changes"][0]["kind"] == "advanced"


def test_a_catalogue_with_mistakes_is_refused_with_every_line(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "feeds.yaml").write_text("feeds:\n  - ulr: https://x.example/feed\n", "utf-8")
    assert run(["poll"]) == 2
    assert "feeds.yaml:2: " in capsys.readouterr().err
