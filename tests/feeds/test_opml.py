from datetime import UTC, datetime

import pytest

from evtimeline.errors import DocumentError
from evtimeline.feeds.catalogue import Feed
from evtimeline.feeds.opml import Listed, read_opml, write_opml

NOW = datetime(2025, 7, 1, tzinfo=UTC)


def read(text: str) -> tuple[Listed, ...]:
    return read_opml(text.encode(), "feeds.opml")


def test_folders_and_categories_become_tags() -> None:
    assert read(
        """<?xml version="1.0"?><opml version="1.0"><body>
        <outline text="汽车"><outline text="EV">
          <outline type="rss" text="CnEVPost" xmlUrl="https://a.example/feed" category="/china/,EV"/>
        </outline></outline>
        <outline title="Alone" xmlurl=" https://b.example/feed " language="zh"/>
        </body></opml>"""
    ) == (
        Listed("https://a.example/feed", "CnEVPost", "", ("汽车", "EV", "china")),
        Listed("https://b.example/feed", "Alone", "zh", ()),
    )


def test_a_feed_in_several_folders_is_one_feed() -> None:
    (feed,) = read(
        "<opml><body>"
        + "".join(f"<outline text='{tag}'><outline xmlUrl='https://a.example/'/></outline>" for tag in "xy")
        + "</body></opml>"
    )
    assert feed.tags == ("x", "y")


def test_what_is_written_is_read_back() -> None:
    feeds = [
        Feed("https://a.example/?x=1&y=2", title="A & <B>", language="en", tags=("汽车", "news")),
        Feed("https://b.example/", title="无题"),
    ]
    assert read_opml(write_opml(feeds, NOW), "feeds.opml") == (
        Listed("https://a.example/?x=1&y=2", "A & <B>", "en", ("汽车", "news")),
        Listed("https://b.example/", "无题", "", ()),
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "not well-formed"),
        ("<opml><body>", "not well-formed"),
        ("<rss></rss>", "not OPML"),
        ('<!DOCTYPE opml [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><opml>&b;</opml>', "document type"),
        ('<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]><opml>&x;</opml>', "document type"),
        ("<opml>" + "<outline text='x'>" * 100 + "</outline>" * 100 + "</opml>", "deep"),
        ('<?xml version="1.0" encoding="zlib_codec"?><opml/>', "encoding|well-formed"),
        ("<opml>" + " " * 6_000_000 + "</opml>", "larger than 5 MB"),
    ],
)
def test_what_is_no_opml_or_a_trap_is_told(text: str, sentence: str) -> None:
    with pytest.raises(DocumentError, match=sentence):
        read(text)
