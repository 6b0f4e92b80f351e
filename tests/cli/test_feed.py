import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.feeds.documents import titled
from tests.servers import Answer, FeedServer

from evtimeline.cli import run
from evtimeline.feeds.catalogue import Feed, load_catalogue

Output = pytest.CaptureFixture[str]


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as running:
        yield running


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> Path:
    """A workspace without feeds, the environment pointing there."""
    monkeypatch.setenv("EVTIMELINE_HOME", str(tmp_path))
    monkeypatch.setenv("EVTIMELINE_NOW", "2025-07-02T06:00:00+00:00")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert run(["init", str(tmp_path)]) == 0
    (tmp_path / "feeds.yaml").write_text("# mine\nfeeds: []\n", "utf-8")
    capsys.readouterr()
    return tmp_path


def catalogue(home: Path) -> tuple[Feed, ...]:
    return load_catalogue(home / "feeds.yaml")


def feed_of(server: FeedServer) -> str:
    document = titled("小米汽车二期工厂投产").replace(
        "<title>A feed</title>", "<title>车闻</title><language>zh</language>"
    )
    return server.serve("/feed.xml", document.encode())


def test_a_feed_is_added_with_what_it_says_of_itself(home: Path, server: FeedServer, capsys: Output) -> None:
    url = feed_of(server)
    assert run(["feed", "add", url, "--private", "--tag", "汽车", "--interval", "30m"]) == 0
    (feed,) = catalogue(home)
    assert (feed.url, feed.title, feed.language, feed.zone) == (url, "车闻", "zh", "Asia/Shanghai")
    assert (feed.tags, feed.private) == (("汽车",), True)
    assert "added 车闻" in capsys.readouterr().out
    assert (home / "feeds.yaml").read_text("utf-8").startswith("# mine\n")


def test_the_feed_of_a_page_is_added(home: Path, server: FeedServer) -> None:
    url = feed_of(server)
    page = server.serve("/", b'<html><link rel="alternate" type="application/rss+xml" href="/feed.xml">')
    assert run(["feed", "add", page, "--private", "--zone", "UTC"]) == 0
    assert [(feed.url, feed.zone) for feed in catalogue(home)] == [(url, "UTC")]


def test_a_feed_on_this_machine_must_be_meant(home: Path, server: FeedServer, capsys: Output) -> None:
    assert run(["feed", "add", feed_of(server)]) == 2
    assert "add it with --private if that is meant" in capsys.readouterr().err
    assert catalogue(home) == () and server.asked == []


def test_a_feed_that_does_not_answer_is_added_only_when_told_so(home: Path, server: FeedServer, capsys: Output) -> None:
    url = server.url("/missing")
    assert run(["feed", "add", url, "--private"]) == 2
    assert "HTTP 404" in capsys.readouterr().err
    assert run(["feed", "add", url, "--private", "--unchecked", "--title", "Later"]) == 0
    assert [feed.title for feed in catalogue(home)] == ["Later"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["ftp://a.example/"], "nothing else is fetched"),
        (["a.example", "--zone", "Asia/Shangai", "--unchecked"], "did you mean Asia/Shanghai"),
        (["a.example", "--interval", "often", "--unchecked"], "30m, 2h or 1d"),
        (["a.example", "--feed-language", "Chinese!", "--unchecked"], "a code such as zh or en"),
    ],
)
def test_what_cannot_be_added_is_told(home: Path, arguments: list[str], sentence: str, capsys: Output) -> None:
    assert run(["feed", "add", *arguments]) == 2
    assert sentence in capsys.readouterr().err
    assert catalogue(home) == ()


def test_a_feed_is_not_added_twice(home: Path, server: FeedServer, capsys: Output) -> None:
    url = feed_of(server)
    run(["feed", "add", url, "--private"])
    assert run(["feed", "add", url, "--private"]) == 2
    assert "already" in capsys.readouterr().err


def test_the_list_says_how_feeds_fare(home: Path, server: FeedServer, capsys: Output) -> None:
    (home / "feeds.yaml").write_text(
        f"""feeds:
  - {{url: "{feed_of(server)}", title: 好的, private: true}}
  - {{url: "{server.url("/gone?token=secret")}", title: Lost, private: true}}
  - {{url: "{server.serve("/page", b"<html>")}", title: Page, private: true}}
  - {{url: "https://off.example/", title: Asleep, enabled: false}}
""",
        "utf-8",
    )
    server.serve("/gone", Answer(status=410))
    assert run(["poll"]) == 3
    capsys.readouterr()
    assert run(["feed", "list"]) == 0
    out = capsys.readouterr().out
    rows = {line.split()[0]: line for line in out.splitlines()[1:5]}
    assert "ok" in rows["好的"] and "gone" in rows["Lost"] and "not a feed" in rows["Page"] and "off" in rows["Asleep"]
    assert "its interval" in rows["好的"] and "it failed" in rows["Page"]
    assert "HTTP 410" in out and "web page" in out and "secret" not in out


def test_the_list_is_there_for_programs_too(home: Path, server: FeedServer, capsys: Output) -> None:
    run(["feed", "add", feed_of(server), "--private"])
    run(["poll"])
    capsys.readouterr()
    assert run(["feed", "list", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    (record,) = answer["feeds"]
    assert answer["version"] == 1
    assert (record["health"], record["entries"], record["next_poll_because"]) == ("ok", 1, "interval")
    assert record["last_success"].startswith("2025-07-02T06:0") and record["last_success"].endswith("Z")


def test_a_check_shows_what_comes_and_stores_nothing(home: Path, server: FeedServer, capsys: Output) -> None:
    good, bad = feed_of(server), server.url("/missing")
    (home / "feeds.yaml").write_text(
        f'feeds: [{{url: "{good}", private: true}}, {{url: "{bad}", title: Bad, private: true}}]', "utf-8"
    )
    assert run(["feed", "check"]) == 3
    out = capsys.readouterr().out
    assert "小米汽车二期工厂投产" in out and "HTTP 404" in out
    assert run(["feed", "check", good]) == 0
    assert run(["feed", "list", "--json"]) == 0
    assert '"health": "new"' in capsys.readouterr().out


def test_an_address_may_be_checked_before_it_is_added(home: Path, server: FeedServer, capsys: Output) -> None:
    assert run(["feed", "check", feed_of(server), "--private", "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert [entry["title"] for entry in record["entries"]] == ["小米汽车二期工厂投产"]


def test_a_feed_is_removed_by_its_title(home: Path, server: FeedServer, capsys: Output) -> None:
    run(["feed", "add", feed_of(server), "--private"])
    assert run(["feed", "remove", "车文"]) == 2
    assert run(["feed", "remove", "车闻"]) == 0
    assert "removed 车闻" in capsys.readouterr().out
    assert catalogue(home) == ()


def test_feeds_travel_by_opml(home: Path, tmp_path: Path, capsys: Output) -> None:
    opml = tmp_path / "reader.opml"
    opml.write_text(
        '<opml version="2.0"><body><outline text="Cars"><outline text="A" xmlUrl="https://a.example/feed"/></outline>'
        '<outline text="B" xmlUrl="https://b.example/feed"/><outline text="C" xmlUrl="file:///etc/passwd"/></body></opml>',
        "utf-8",
    )
    assert run(["feed", "import", str(opml)]) == 0
    said = capsys.readouterr()
    assert "2 added" in said.out and "1 refused" in said.out and "file:///etc/passwd" in said.err
    assert [(feed.title, feed.tags) for feed in catalogue(home)] == [("A", ("Cars",)), ("B", ())]
    assert run(["feed", "import", str(opml)]) == 0
    assert "2 there already" in capsys.readouterr().out
    assert run(["feed", "export", str(tmp_path / "out.opml")]) == 0
    exported = (tmp_path / "out.opml").read_text("utf-8")
    assert 'xmlUrl="https://a.example/feed"' in exported and 'text="Cars"' in exported


def test_an_export_with_passwords_comes_with_a_warning(home: Path, tmp_path: Path, capsys: Output) -> None:
    run(["feed", "add", "https://name:secret@a.example/feed", "--unchecked"])
    run(["feed", "list"])
    assert "secret" not in capsys.readouterr().out
    assert run(["feed", "export", str(tmp_path / "out.opml")]) == 0
    assert "do not publish" in capsys.readouterr().err


def test_a_hostile_opml_is_refused_in_a_sentence(home: Path, tmp_path: Path, capsys: Output) -> None:
    opml = tmp_path / "bomb.opml"
    opml.write_text('<!DOCTYPE opml [<!ENTITY a "ha">]><opml>&a;</opml>', "utf-8")
    assert run(["feed", "import", str(opml)]) == 2
    assert "document type" in capsys.readouterr().err


def test_the_words_of_feeds_never_control_the_terminal(home: Path, server: FeedServer, capsys: Output) -> None:
    server.serve("/feed", titled("x").replace("A feed", "Evil&#x9b;2J\u202e").encode())
    run(["feed", "add", server.url("/feed"), "--private"])
    run(["feed", "list"])
    run(["feed", "check"])
    assert not {"\x1b", "\x9b", "\u202e"} & set(capsys.readouterr().out)
