"""Find the feed of a web page: what the page itself names, then the usual places."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from evtimeline.feeds.clean import plain
from evtimeline.feeds.encoding import decode

_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
_USUAL = ("/feed", "/rss", "/rss.xml", "/atom.xml", "/feed.xml", "/index.xml")
_PAGE_LIMIT = 1_000_000
_MOST = 20


@dataclass(frozen=True)
class Candidate:
    """An address at which a feed may be, and what the page calls it."""

    url: str
    title: str = ""


def candidates(body: bytes, content_type: str, url: str) -> tuple[Candidate, ...]:
    """Where the feed of the page at `url` may be, the likeliest first; comment feeds come last."""
    page = _Page(url)
    page.feed(decode(body[:_PAGE_LIMIT], content_type))
    named = sorted(page.found, key=lambda one: "comment" in (one.title + one.url).lower() or "评论" in one.title)
    return _distinct([*named, *usual_places(url)])[:_MOST]


def usual_places(url: str) -> tuple[Candidate, ...]:
    """The places at which sites put their feed, on the host of `url`."""
    parts = urlsplit(url)
    return tuple(Candidate(f"{parts.scheme}://{parts.netloc}{path}") for path in _USUAL)


def _distinct(found: Iterable[Candidate]) -> tuple[Candidate, ...]:
    first: dict[str, Candidate] = {}
    for one in found:
        first.setdefault(one.url, one)
    return tuple(first.values())


class _Page(HTMLParser):
    """Collects `<link rel="alternate" type="application/rss+xml" href="...">` and its like."""

    def __init__(self, url: str) -> None:
        super().__init__(convert_charrefs=True)
        self._base = url
        self.found: list[Candidate] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at a tag."""
        values = {name: value or "" for name, value in attrs}
        if tag == "base" and values.get("href"):
            self._base = self._absolute(values["href"]) or self._base
        elif tag == "link" and _names_a_feed(values) and len(self.found) < _MOST:
            address = self._absolute(values.get("href", ""))
            if address:
                self.found.append(Candidate(address, plain(values.get("title", ""), 200)))

    def _absolute(self, href: str) -> str | None:
        try:
            address = urljoin(self._base, href.strip())
            return address if urlsplit(address).scheme in ("http", "https") and href.strip() else None
        except ValueError:
            return None


def _names_a_feed(values: Mapping[str, str]) -> bool:
    kind = values.get("type", "").lower().partition(";")[0].strip()
    return kind in _TYPES and "alternate" in values.get("rel", "").lower().split()


def is_page(body: bytes) -> bool:
    """Whether a body is a web page, by its beginning."""
    return re.search(rb"(?i)<(?:!doctype\s+html|html|head|body)\b", body[:4096]) is not None
