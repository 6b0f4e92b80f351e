"""Feeds as bytes: RSS 2.0, RSS 1.0, Atom 1.0 and JSON Feed 1.1, in the encoding that the publisher declares."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr
from zoneinfo import ZoneInfo

from demo.story import Item, Publisher, Story

CONTENT_TYPES = {
    "rss2": "application/rss+xml",
    "rss1": "application/rdf+xml",
    "atom": "application/atom+xml",
    "jsonfeed": "application/feed+json",
}


def render(story: Story, publisher: Publisher, now: datetime) -> bytes:
    """The publisher's feed as it stands at `now`."""
    renderers: dict[str, Callable[[Story, Publisher, Sequence[Item]], str]] = {
        "rss2": _rss2,
        "rss1": _rss1,
        "atom": _atom,
        "jsonfeed": _jsonfeed,
    }
    text = renderers[publisher.format](story, publisher, story.published(publisher.key, now))
    return text.encode(publisher.encoding)


def _home(publisher: Publisher) -> str:
    return f"https://{publisher.key}.example/"


def _local(item: Item, publisher: Publisher) -> datetime:
    return item.at.astimezone(ZoneInfo(publisher.zone))


def _rss2(story: Story, publisher: Publisher, items: Sequence[Item]) -> str:
    rendered = "".join(_rss2_item(story, publisher, item) for item in items)
    return (
        f'<?xml version="1.0" encoding="{publisher.encoding}"?>\n<rss version="2.0"><channel>\n'
        f"<title>{escape(publisher.title)}</title><link>{_home(publisher)}</link>"
        f"<description>{escape(publisher.title)}</description><language>{publisher.language}-cn</language>\n"
        f"{rendered}</channel></rss>\n"
    )


def _rss2_item(story: Story, publisher: Publisher, item: Item) -> str:
    # Chinese publishers often leave the zone out: the feed's own zone has to be believed.
    published = f"{_local(item, publisher):%Y-%m-%d %H:%M:%S}"
    source = ""
    if item.copied_from:
        origin = story.publisher(item.copied_from)
        source = f"<source url={quoteattr(_home(origin) + origin.file)}>{escape(origin.publisher)}</source>"
    return (
        f"<item><title>{escape(item.title)}</title><link>{item.link}</link><guid>{item.link}</guid>"
        f"<pubDate>{published}</pubDate>{source}<description><![CDATA[<p>{escape(item.text)}</p>]]></description></item>\n"
    )


def _rss1(_story: Story, publisher: Publisher, items: Sequence[Item]) -> str:
    listed = "".join(f"<rdf:li rdf:resource={quoteattr(item.link)}/>" for item in items)
    rendered = "".join(
        f"<item rdf:about={quoteattr(item.link)}><title>{escape(item.title)}</title><link>{item.link}</link>"
        f"<description>{escape(item.text)}</description>"
        f"<dc:date>{_local(item, publisher).isoformat()}</dc:date></item>\n"
        for item in items
    )
    return (
        f'<?xml version="1.0" encoding="{publisher.encoding}"?>\n'
        '<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        f'<channel rdf:about="{_home(publisher)}"><title>{escape(publisher.title)}</title>'
        f"<link>{_home(publisher)}</link><description>{escape(publisher.title)}</description>"
        f"<items><rdf:Seq>{listed}</rdf:Seq></items></channel>\n{rendered}</rdf:RDF>\n"
    )


def _atom(_story: Story, publisher: Publisher, items: Sequence[Item]) -> str:
    rendered = "".join(
        f"<entry><id>{item.link}</id><title>{escape(item.title)}</title>"
        f'<link rel="alternate" href={quoteattr(item.link)}/>'
        f"<published>{item.at.isoformat()}</published><updated>{item.at.isoformat()}</updated>"
        f'<summary type="text">{escape(item.text)}</summary></entry>\n'
        for item in items
    )
    return (
        f'<?xml version="1.0" encoding="{publisher.encoding}"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{publisher.language}">\n'
        f"<id>{_home(publisher)}</id><title>{escape(publisher.title)}</title>"
        f"<author><name>{escape(publisher.publisher)}</name></author>"
        f"<updated>{items[0].at.isoformat()}</updated>\n{rendered}</feed>\n"
    )


def _jsonfeed(_story: Story, publisher: Publisher, items: Sequence[Item]) -> str:
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": publisher.title,
        "home_page_url": _home(publisher),
        "language": publisher.language,
        "items": [
            {
                "id": item.link,
                "url": item.link,
                "title": item.title,
                "content_text": item.text,
                "date_published": _local(item, publisher).isoformat(),
            }
            for item in items
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1)
