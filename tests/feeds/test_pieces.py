import pytest
from tests.feeds.documents import NOW, document, rss, titled

from evtimeline.feeds.parse import Document, ParsedFeed, parse, parse_quickly
from evtimeline.feeds.pieces import cut


def quickly(body: str, before: ParsedFeed | None = None) -> ParsedFeed:
    """What is read without a worker, by one who has read `before`."""
    read = parse_quickly(_again(body, before))
    assert read is not None
    return read


def _again(body: str, before: ParsedFeed | None) -> Document:
    return Document(body.encode(), "https://news.example/rss", NOW, known=frozenset(before.marks if before else ()))


def guids(feed: ParsedFeed) -> list[str]:
    return [entry.guid for entry in feed.entries]


def item(guid: str, title: str = "News") -> str:
    return f"<title>{title}</title><guid>{guid}</guid>"


def test_what_is_read_quickly_is_what_a_worker_reads() -> None:
    body = rss(item("1"), item("2", "Other news"), head="<title>A feed</title><ttl>30</ttl>")
    assert quickly(body) == parse(_again(body, None))
    assert quickly(body).ttl_minutes == 30


def test_known_items_are_passed_over() -> None:
    before = quickly(rss(item("1"), item("2")))
    later = quickly(rss(item("3"), item("1"), item("2")), before)
    assert guids(later) == ["3"]
    assert len(later.marks) == 3 and set(before.marks) < set(later.marks)
    assert later.title == "A feed"


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_changed_item_is_read_wherever_it_stands(place: int) -> None:
    items = [item("1"), item("2"), item("3")]
    before = quickly(rss(*items))
    items[place] = item(str(place + 1), "Changed")
    assert guids(quickly(rss(*items), before)) == [str(place + 1)]


def test_nothing_is_read_where_only_the_head_has_changed() -> None:
    before = quickly(rss(item("1")))
    later = quickly(rss(item("1"), head="<title>A feed</title><pubDate>now</pubDate>"), before)
    assert (later.entries, later.marks) == ((), before.marks)


def test_a_worker_passes_over_known_items_too() -> None:
    before = quickly(rss(item("1")))
    assert guids(parse(_again(rss(item("2", "Broken & bare"), item("1")), before))) == ["2"]


def test_items_that_share_an_identity_are_always_read_together() -> None:
    first, second = item("same", "One") + "<link>/1</link>", item("same", "Two") + "<link>/2</link>"
    assert quickly(rss(first, second)).marks == ()
    before = quickly(rss(first))
    assert len(quickly(rss(second, first), before).entries) == 2


@pytest.mark.parametrize(
    "body",
    [
        rss(item("1") + "<description><![CDATA[</item>]]></description>", item("2")),
        rss(item("1") + "<description><![CDATA[<item> is a tag]]></description>"),
        rss(item("1")).replace("</item>", "</item><link>/</link>") + rss(item("2")),
        rss(),
    ],
)
def test_items_that_cannot_be_told_apart_by_their_bytes_have_no_marks(body: str) -> None:
    assert cut(body.encode(), "rss") is None


def test_a_document_that_is_large_long_or_deep_is_left_to_a_worker() -> None:
    deep = rss(item("1") + f"<description><![CDATA[{'<div>' * 1001}]]></description>")
    large = rss(item("1") + f"<description>{'x' * 1_000_000}</description>")
    long = titled(*map(str, range(2_001)))
    for body in (deep, large, long, rss(item("1")) + "rubbish", "<html></html>", '{"version": ""}'):
        assert parse_quickly(document(body)) is None


def test_too_many_items_have_no_marks() -> None:
    assert parse(document(titled(*map(str, range(2_001))))).marks == ()
