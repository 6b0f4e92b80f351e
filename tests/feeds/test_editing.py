import os
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import pytest

from evtimeline.errors import DocumentError, UnknownKeyError, UsageError, WorkspaceError
from evtimeline.feeds.catalogue import Feed, load_catalogue
from evtimeline.feeds.editing import add_feeds, remove_feeds

COMMENTED = """\
# my feeds
defaults: {zone: Asia/Shanghai}
feeds:
  # about a
  - url: https://a.example/rss   # inline
    title: A

  # about b
  - title: "B: b"
    url: https://b.example/rss
# the end
"""
NEW = Feed(
    "https://c.example/rss", title="小米: 新闻", zone="Asia/Shanghai", tags=("汽车",), interval=timedelta(minutes=30)
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "feeds.yaml"
    file.write_text(COMMENTED, "utf-8")
    return file


def urls(path: Path) -> Iterable[str]:
    return [feed.url for feed in load_catalogue(path)]


def test_a_feed_is_appended_and_every_other_line_stays(path: Path) -> None:
    add_feeds(path, [NEW])
    assert load_catalogue(path)[-1] == NEW
    lines = path.read_text("utf-8").splitlines(keepends=True)
    assert [line for line in lines if line in COMMENTED.splitlines(keepends=True)] == COMMENTED.splitlines(
        keepends=True
    )


def test_a_feed_is_taken_out_and_every_comment_stays(path: Path) -> None:
    (removed,) = remove_feeds(path, ["https://a.example/rss"])
    assert removed.title == "A"
    assert list(urls(path)) == ["https://b.example/rss"]
    for comment in ("# my feeds", "# about a", "# about b", "# the end"):
        assert comment in path.read_text("utf-8")


def test_all_feeds_may_be_taken_out_and_one_be_added_again(path: Path) -> None:
    remove_feeds(path, ["https://a.example/rss", "https://b.example/rss"])
    assert list(urls(path)) == []
    add_feeds(path, [NEW])
    assert list(urls(path)) == ["https://c.example/rss"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing yet\n",
        "feeds:\n",
        "feeds: []  # none\n",
        "feeds:\n- url: https://a.example/rss\n- url: https://b.example/rss",
        "feeds:\n    -   url: https://a.example/rss\n        title: A\n    -   url: https://b.example/rss\n",
        "feeds:\n  - {url: https://a.example/rss, title: A}\n  - {url: https://b.example/rss}\n",
        "feeds: [{url: https://a.example/rss, title: A}, {url: https://b.example/rss}]\n",
        '{"feeds": [{"url": "https://a.example/rss"}, {"url": "https://b.example/rss"}]}',
        "feeds:\n  - url: https://a.example/rss\ndefaults:\n  zone: Asia/Shanghai\n",
    ],
)
def test_a_catalogue_may_be_written_in_many_ways(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")
    before = load_catalogue(path)
    new = Feed("https://c.example/rss", zone="Asia/Shanghai", title="on")
    add_feeds(path, [new])
    assert load_catalogue(path) == (*before, new)
    if before:
        remove_feeds(path, ["https://a.example/rss"])
        assert load_catalogue(path) == (*before[1:], new)


def test_a_catalogue_that_is_missing_is_made(tmp_path: Path) -> None:
    add_feeds(tmp_path / "feeds.yaml", [NEW])
    assert load_catalogue(tmp_path / "feeds.yaml") == (NEW,)


def test_a_feed_is_not_added_twice(path: Path) -> None:
    with pytest.raises(UsageError, match="already"):
        add_feeds(path, [Feed("https://a.example/rss")])
    with pytest.raises(UsageError, match="already"):
        add_feeds(path, [NEW, NEW])
    assert path.read_text("utf-8") == COMMENTED


def test_a_feed_that_is_not_there_cannot_be_taken_out(path: Path) -> None:
    with pytest.raises(UnknownKeyError, match="feed list"):
        remove_feeds(path, ["https://nowhere.example/"])


def test_a_catalogue_that_is_wrong_is_not_touched(path: Path) -> None:
    path.write_text("feeds:\n  - ulr: https://a.example/rss\n", "utf-8")
    with pytest.raises(DocumentError, match="did you mean 'url'"):
        add_feeds(path, [NEW])
    assert path.read_text("utf-8") == "feeds:\n  - ulr: https://a.example/rss\n"


def test_a_link_stays_a_link_and_the_mode_stays_what_it_was(path: Path, tmp_path: Path) -> None:
    path.chmod(0o600)
    link = tmp_path / "link.yaml"
    link.symlink_to(path)
    add_feeds(link, [NEW])
    assert link.is_symlink()
    assert load_catalogue(path)[-1] == NEW
    assert path.stat().st_mode & 0o777 == 0o600


def test_nothing_is_left_lying_about(path: Path) -> None:
    add_feeds(path, [NEW])
    assert [file.name for file in path.parent.iterdir()] == ["feeds.yaml"]


def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="cannot be written"):
        add_feeds(tmp_path / "missing" / os.fspath("feeds.yaml"), [NEW])
