import pytest
from tests.feeds.documents import NOW, titled
from tests.patience import PATIENCE
from tests.servers import Answer, FeedServer

from evtimeline.errors import FetchError, ParseError
from evtimeline.feeds.catalogue import Feed
from evtimeline.feeds.fetch import Limits
from evtimeline.feeds.probe import Manners, find, probe

MANNERS = Manners(Limits(total=PATIENCE, gap=0), "evtimeline/0", NOW)
PAGE = b'<!doctype html><link rel="alternate" type="application/rss+xml" href="/%s">'


def test_every_feed_says_what_it_brings_or_why_nothing(server: FeedServer) -> None:
    good = Feed(server.serve("/good", titled("x", "y").encode()), private=True)
    page = Feed(server.serve("/page", b"<html>"), private=True)
    gone = Feed(server.serve("/gone", Answer(status=410)), private=True)
    public = Feed(server.url("/public"))
    probes = {one.feed: one for one in probe([good, page, gone, public], MANNERS)}
    parsed = probes[good].parsed
    assert parsed is not None and len(parsed.entries) == 2
    assert "web page" in (probes[page].error or "")
    assert "HTTP 410" in (probes[gone].error or "")
    assert "private: true" in (probes[public].error or "")


def test_the_feed_that_a_page_names_is_found(server: FeedServer) -> None:
    server.serve("/wrong", b"<html>nothing here")
    server.serve("/news.xml", titled("x").encode())
    page = server.serve("/", PAGE % b"wrong" + PAGE % b"news.xml")
    assert find(Feed(page, private=True), MANNERS).url == server.url("/news.xml")


def test_the_feed_at_a_usual_place_is_found(server: FeedServer) -> None:
    server.serve("/atom.xml", titled("x").encode())
    page = server.serve("/story", b"<html>no links")
    assert find(Feed(page, private=True), MANNERS).url == server.url("/atom.xml")


def test_a_feed_that_has_moved_for_good_is_kept_where_it_is_now(server: FeedServer) -> None:
    server.serve("/new", titled("x").encode())
    old = server.serve("/old", Answer(status=301, headers={"Location": "/new"}))
    assert find(Feed(old, private=True), MANNERS).url == server.url("/new")


def test_a_page_without_a_feed_is_told(server: FeedServer) -> None:
    page = server.serve("/", b"<html>nothing")
    with pytest.raises(ParseError, match="names no feed"):
        find(Feed(page, private=True), MANNERS)


def test_an_address_without_an_answer_is_told(server: FeedServer) -> None:
    with pytest.raises(FetchError, match="HTTP 404"):
        find(Feed(server.url("/missing"), private=True), MANNERS)


def test_a_page_leads_no_public_feed_into_a_private_network(server: FeedServer) -> None:
    server.serve("/feed", titled("x").encode())
    with pytest.raises(FetchError, match="private: true"):
        find(Feed(server.url("/feed")), MANNERS)
    assert server.asked == []
