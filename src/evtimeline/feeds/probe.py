"""Ask feeds what they bring without storing anything: for `feed check`, and to find the feed of a web page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from evtimeline.errors import FetchError, ParseError
from evtimeline.feeds.asking import FetchRequest
from evtimeline.feeds.catalogue import Feed
from evtimeline.feeds.discover import candidates, is_page
from evtimeline.feeds.fetch import FetchResult, Limits, fetch_all
from evtimeline.feeds.parse import Document, ParsedFeed
from evtimeline.feeds.parser import Parser


@dataclass(frozen=True)
class Manners:
    """How to ask: limits, User-Agent, and the time (aware UTC) against which dates are read."""

    limits: Limits
    agent: str
    now: datetime


@dataclass(frozen=True)
class Probe:
    """What a feed answered: `parsed`, or `error`, a sentence. `url` is where a permanent move led, else the feed's."""

    feed: Feed
    result: FetchResult
    parsed: ParsedFeed | None = None
    error: str | None = None

    @property
    def url(self) -> str:
        """The address to keep."""
        return self.result.moved_to or self.feed.url


def probe(feeds: Sequence[Feed], manners: Manners) -> Iterator[Probe]:
    """Fetch and parse feeds; one probe each, in no certain order, failures included."""
    requests = [FetchRequest(feed.url, private=feed.private, key=feed) for feed in feeds]
    failed: list[Probe] = []

    def documents(results: Iterator[FetchResult]) -> Iterator[tuple[FetchResult, Document]]:
        for result in results:
            if result.body is None:
                failed.append(Probe(_feed_of(result), result, error=result.error))
            else:
                yield result, document_of(_feed_of(result), result, manners.now)

    with Parser() as parser:
        results = fetch_all(requests, manners.limits, agent=manners.agent, now=manners.now)
        for result, parsed in parser.parse_all(documents(results)):
            if isinstance(parsed, ParseError):
                yield Probe(_feed_of(result), result, error=str(parsed))
            else:
                yield Probe(_feed_of(result), result, parsed)
    yield from failed


def find(feed: Feed, manners: Manners) -> Probe:
    """The feed at `feed.url`, or the one that the web page there names, or that is at one of the usual places.

    Raises FetchError when there is no answer, ParseError when there is neither a feed nor a page that leads to one.
    """
    (asked,) = probe([feed], manners)
    body = asked.result.body
    if asked.parsed:
        return asked
    if body is None:
        raise FetchError(asked.error or "no answer")
    if not is_page(body):
        raise ParseError(asked.error or "this is not a feed")
    places = candidates(body, asked.result.headers.get("content-type", ""), asked.result.url)
    found = {one.feed.url: one for one in probe([replace(feed, url=one.url) for one in places], manners) if one.parsed}
    for place in places:
        if place.url in found:
            return found[place.url]
    raise ParseError("this is a web page that names no feed, and there is none at the usual places")


def document_of(feed: Feed, result: FetchResult, now: datetime) -> Document:
    """A fetched body with what the catalogue knows of its feed, ready to be parsed."""
    return Document(
        body=result.body or b"",
        url=result.url,
        now=now,
        content_type=result.headers.get("content-type", ""),
        zone=feed.zone,
        language=feed.language,
        publisher=feed.publisher,
        tier=feed.tier,
    )


def _feed_of(result: FetchResult) -> Feed:
    feed = result.request.key
    if not isinstance(feed, Feed):
        raise TypeError("the request was made without its feed")
    return feed
