import json
from datetime import UTC, date, datetime

import pytest
from tests.feeds.documents import NOW, parsed, rss, titled, titles

from evtimeline.core.claims import Tier
from evtimeline.errors import ParseError
from evtimeline.feeds.parse import ENTRY_LIMIT
from evtimeline.feeds.parse_xml import read_xml

ITEM = """<title>小米汽车二期工厂投产</title><guid>urn:1</guid><link>https://news.example/1</link>
<pubDate>2025-06-30 16:57:00</pubDate>
<description>&lt;p&gt;北京亦庄&lt;/p&gt;&lt;p&gt;年产能提升&lt;/p&gt;</description>"""


def test_an_item_of_rss_becomes_an_entry() -> None:
    feed = parsed(rss(ITEM, head="<title>汽车 &amp;amp; 科技</title><language>zh-CN</language><ttl>60</ttl>"))
    assert (feed.title, feed.language, feed.format, feed.ttl_minutes) == ("汽车 & 科技", "zh", "rss20", 60)
    (entry,) = feed.entries
    assert (entry.guid, entry.title, entry.link) == ("urn:1", "小米汽车二期工厂投产", "https://news.example/1")
    assert entry.summary == "北京亦庄\n年产能提升"
    assert (entry.published, entry.stated_on) == (datetime(2025, 6, 30, 8, 57, tzinfo=UTC), date(2025, 6, 30))
    assert (entry.language, feed.complete, feed.warnings) == ("zh", True, ())


def test_atom_is_read_with_its_two_dates_and_its_own_link() -> None:
    (entry,) = parsed(
        """<feed xmlns="http://www.w3.org/2005/Atom"><title type="text">Cars</title><id>urn:f</id>
        <entry><title type="html">The &lt;b&gt;YU7&lt;/b&gt;</title><id>urn:e</id>
        <link rel="enclosure" href="https://a.example/sound"/><link href="/story"/>
        <published>2025-06-26T14:00:00Z</published><updated>2025-06-27T14:00:00Z</updated>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One.</p><p>Two.</p></div></content>
        </entry></feed>"""
    ).entries
    assert (entry.title, entry.summary, entry.link) == ("The YU7", "One.\nTwo.", "https://news.example/story")
    assert entry.published == datetime(2025, 6, 26, 14, tzinfo=UTC)
    assert entry.updated == datetime(2025, 6, 27, 14, tzinfo=UTC)


def test_rss_1_and_its_dublin_core_dates_are_read() -> None:
    (entry,) = parsed(
        """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://a.example/"><title>A</title></channel>
        <item rdf:about="https://a.example/1"><title>上市</title><link>https://a.example/1</link>
        <dc:date>2025-06-26T22:00:00+08:00</dc:date></item></rdf:RDF>"""
    ).entries
    assert (entry.title, entry.published) == ("上市", datetime(2025, 6, 26, 14, tzinfo=UTC))


def test_old_rss_with_its_document_type_is_read() -> None:
    document = (
        '<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" '
        '"http://my.netscape.com/publish/formats/rss-0.91.dtd">'
        '<rss version="0.91"><channel><title>t</title><item><title>Old</title></item></channel></rss>'
    )
    assert titles(parsed(document)) == ["Old"]


def test_json_feed_is_read() -> None:
    feed = parsed(
        json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "title": "Cars",
                "language": "en-GB",
                "items": [
                    {
                        "id": 7,
                        "url": "https://a.example/7",
                        "title": "YU7 & more",
                        "content_html": "<p>On sale</p>",
                        "date_published": "2025-06-26T22:00:00+08:00",
                    },
                    {"id": "8", "content_text": "No title"},
                ],
            }
        )
    )
    assert (feed.title, feed.language, feed.format) == ("Cars", "en", "json11")
    assert [(entry.guid, entry.title, entry.summary) for entry in feed.entries if entry.published] == [
        ("7", "YU7 & more", "On sale")
    ]
    assert [entry.summary for entry in feed.entries if not entry.published] == ["No title"]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"", "the answer is empty"),
        (b" \n" * 5000, "the answer is empty"),
        (b"<!doctype html><html><head><title>Log in</title></head></html>", "this is a web page"),
        (b"<html><body>It works!</body></html>", "this is a web page"),
        (b"<opml version='2.0'></opml>", "feed import"),
        (b"<note>x</note>", "this is <note>, not a feed"),
        (b'<?xml version="1.0"?>', "this is not a feed"),
        (b"Too many requests", "this is not a feed"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "this is not text"),
        (b"\x1f\x8b\x08\x00" + bytes(40), "not text"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": [', "broken or was cut short"),
        (b'{"status": "error"}', "not a JSON Feed"),
        (b"[" * 200_000, "nested too deep"),
        (b"<rss><channel><item><title>Half", "ends in the middle"),
        (rss("<title>Q" + "&#" * 21_000 + "</title>"), "bare ampersands"),
    ],
)
def test_what_is_no_feed_is_told_in_one_sentence(body: bytes, sentence: str) -> None:
    with pytest.raises(ParseError, match=sentence):
        parsed(body)


def test_of_a_document_that_was_cut_off_the_whole_items_are_kept() -> None:
    whole = titled("one", "two", "three")
    feed = parsed(whole[: whole.index("three")])
    assert titles(feed) == ["one", "two"]
    assert not feed.complete and "cut short" in feed.warnings[0]


def test_rubbish_behind_a_feed_does_not_make_it_a_cut_one() -> None:
    feed = parsed(titled("one") + "<script>advertisement()</script>")
    assert titles(feed) == ["one"] and feed.complete


def test_an_ampersand_inside_cdata_stays_what_it_is() -> None:
    (entry,) = parsed(rss("<title>Q&A</title><link><![CDATA[https://a.example/?x=1&y=2]]></link>")).entries
    assert (entry.title, entry.link) == ("Q&A", "https://a.example/?x=1&y=2")


def test_bare_ampersands_and_open_tags_are_forgiven() -> None:
    feed = parsed(titled("Q&A with <br> Lei Jun", "next"))
    assert titles(feed) == ["Q&A with Lei Jun", "next"]


@pytest.mark.parametrize("before", ["\n\n  ", "\ufeff", "\ufeff\ufeff", "<!-- made by hand -->"])
def test_what_stands_before_a_feed_is_no_hindrance(before: str) -> None:
    assert titles(parsed(before + titled("one"))) == ["one"]


def test_a_feed_in_gbk_that_says_utf_8_is_read() -> None:
    document = titled("小米汽车二期工厂投产").replace("?>", ' encoding="utf-8"?>', 1)
    assert titles(parsed(document.encode("gbk"))) == ["小米汽车二期工厂投产"]


def test_control_characters_and_bad_references_cost_no_entry() -> None:
    feed = parsed(titled("a\x00b\x1b[31mc &#99999999999;&#xD800;&#0;d", "next"))
    assert titles(feed) == ["ab[31mc d", "next"]


def test_references_to_what_is_no_character_cost_no_entry() -> None:
    feed = parsed(titled("a&#x110000;b&#1114112;c&#xDFFF;d&#56000;e&#0065;&#x20AC;", "next"))
    assert titles(feed) == ["abcdeA€", "next"]


def test_an_element_with_attributes_without_end_is_refused_before_it_takes_minutes() -> None:
    many = "".join(f' a{number}="some more text"' for number in range(600))
    with pytest.raises(ParseError, match="more than 500 attributes"):
        parsed(titled("one").replace("<item>", f"<item><x{many}>", 1))


def test_what_no_one_reads_may_not_cost_more_the_more_there_is_of_it() -> None:
    noise = "<category>noise</category><enclosure url='https://a.example/noise'/>" * 1_001
    (item,) = read_xml(rss(f"<title>one</title>{noise}<br>"), "rss").items
    assert (item.title.value, "noise" in item.fingerprint) == ("one", False)


def test_entities_that_grow_or_reach_out_are_not_followed() -> None:
    bomb = '<!ENTITY a "ha">' + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcd", "bcde", strict=True))
    document = titled("&e; &x;").replace("<rss", f'<!DOCTYPE rss [{bomb}<!ENTITY x SYSTEM "file:///etc/passwd">]><rss')
    (entry,) = parsed(document).entries
    assert "root:" not in entry.title and len(entry.title) <= 500


def test_a_feed_with_too_many_entries_gives_its_newest() -> None:
    items = (
        f"<title>{n}</title><guid>{n}</guid><pubDate>{2000 + n % 25}-06-01</pubDate>" for n in range(ENTRY_LIMIT + 25)
    )
    feed = parsed(rss(*items))
    assert len(feed.entries) == ENTRY_LIMIT
    assert feed.entries[0].stated_on.year == 2024
    assert "newest 2000" in feed.warnings[0]


def test_what_the_catalogue_knows_goes_before_what_the_feed_says() -> None:
    feed = parsed(rss(ITEM), publisher="第一财经", tier=Tier.PRIMARY)
    assert (feed.entries[0].publisher, feed.entries[0].tier) == ("第一财经", Tier.PRIMARY)


@pytest.mark.parametrize("written", ["99999999999999999999", "999999999999", "-1", "soon", "0", ""])
def test_an_absurd_wish_to_be_left_alone_is_bounded(written: str) -> None:
    assert parsed(rss(ITEM, head=f"<ttl>{written}</ttl>")).ttl_minutes in (None, 1440)


def test_an_undated_entry_counts_as_said_on_the_day_of_the_poll() -> None:
    (entry,) = parsed(rss("<title>x</title><pubDate>Mon, 01 Jan 1751 00:00:00 GMT</pubDate>")).entries
    assert (entry.published, entry.stated_on) == (None, NOW.date())
