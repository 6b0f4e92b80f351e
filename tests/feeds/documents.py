"""Small feeds written for the tests."""

from collections.abc import Sequence
from datetime import UTC, datetime

from evtimeline.core.claims import Tier
from evtimeline.feeds.parse import Document, ParsedFeed, parse

NOW = datetime(2025, 7, 2, 6, 0, tzinfo=UTC)


def rss(*items: str, head: str = "<title>A feed</title>") -> str:
    """An RSS 2.0 document with these items (the inside of each)."""
    inside = "".join(f"<item>{item}</item>" for item in items)
    namespaces = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return f'<?xml version="1.0"?><rss version="2.0" {namespaces}><channel>{head}{inside}</channel></rss>'


def titled(*titles: str) -> str:
    """An RSS 2.0 document whose items have these titles and numbers for ids."""
    return rss(*(f"<title>{title}</title><guid>{number}</guid>" for number, title in enumerate(titles)))


def document(
    body: str | bytes,
    *,
    zone: str = "Asia/Shanghai",
    publisher: str = "",
    tier: Tier | None = None,
    content_type: str = "",
    url: str = "https://news.example/rss",
) -> Document:
    """A document of a feed in China, as polled at NOW."""
    content = body.encode() if isinstance(body, str) else body
    return Document(content, url, NOW, content_type=content_type, zone=zone, publisher=publisher, tier=tier)


def parsed(body: str | bytes, **known: object) -> ParsedFeed:
    """What is read of a document."""
    return parse(document(body, **known))  # type: ignore[arg-type]  # the names are those of `document`


def titles(feed: ParsedFeed) -> Sequence[str]:
    """The titles of a feed's entries."""
    return [entry.title for entry in feed.entries]
