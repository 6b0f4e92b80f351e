"""What the strict reader reads is what feedparser reads, and what it is not sure of it leaves alone."""

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from evtimeline.feeds.parse_xml import read_xml
from evtimeline.feeds.raw import RawFeed
from evtimeline.feeds.strict_xml import read_strict

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "dc": "http://purl.org/dc/elements/1.1/",
        "dcterms": "http://purl.org/dc/terms/",
        "content": "http://purl.org/rss/1.0/modules/content/",
        "media": "http://search.yahoo.com/mrss/",
        "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
        "sy": "http://purl.org/rss/1.0/modules/syndication/",
        "shop": "https://shop.example/ns",
    }.items()
)
RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
ATOM = 'xmlns="http://www.w3.org/2005/Atom"'

TEXTS = (
    *(
        "Harbour opens",
        "新港启用",
        "A &amp; B",
        "A &amp;amp; B",
        "&lt;b&gt;bold&lt;/b&gt; words",
        "1 &lt; 2",
        "",
        "  wide  ",
    ),
    *(
        "&lt;odd&gt;tag&lt;/odd&gt;",
        "<![CDATA[<p>one</p> &amp; two]]>",
        "one<!-- two -->three",
        "&#8217;s",
        "caf\u00e9",
    ),
)
ADDRESSES = (
    *(
        "https://press.example/1",
        "/2?a=1&amp;b=2",
        "tag:press.example,2025:3",
        "https://press.example/?a=1&amp;amp;b=2",
    ),
    *("", " https://press.example/5 ", "http://[broken", "https://press.example/6#"),
)
DATES = ("Tue, 03 Jun 2025 10:00:00 GMT", "2025-06-03T10:00:00Z", "昨天", "")
CHILDREN = (
    *("<title>{text}</title>", '<title type="html">{text}</title>', "<dc:title>{text}</dc:title>"),
    *("<media:title>{text}</media:title>", "<media:group><media:title>{text}</media:title></media:group>"),
    *("<description>{text}</description>", '<description type="text">{text}</description>'),
    *("<dc:description>{text}</dc:description>", '<media:description type="plain">{text}</media:description>'),
    *("<summary>{text}</summary>", '<summary type="html">{text}</summary>', "<itunes:summary>{text}</itunes:summary>"),
    *(
        "<content>{text}</content>",
        '<content type="html">{text}</content>',
        "<content:encoded>{text}</content:encoded>",
    ),
    *("<guid>{address}</guid>", '<guid isPermaLink="false">{address}</guid>', "<id>{address}</id>"),
    *("<link>{address}</link>", '<link href="https://press.example/a"/>', '<link rel="self" href="/feed"/>'),
    *('<link rel="alternate" type="application/pdf" href="/a.pdf"/>', '<enclosure url="/a.mp3"/>'),
    *('<source url="https://agency.example/">{text}</source>', "<author>{text}</author>", "<dc:creator>x</dc:creator>"),
    *("<pubDate>{date}</pubDate>", "<published>{date}</published>", "<updated>{date}</updated>"),
    *("<dc:date>{date}</dc:date>", "<dcterms:issued>{date}</dcterms:issued>", "<created>{date}</created>"),
    *("<category>{text}</category>", "<shop:price unit='1'>{text}</shop:price>", "<shop:a><shop:b>1</shop:b></shop:a>"),
    *("<dc:language>zh</dc:language>", "<teaser>{text}</teaser>", "<comments>/comments</comments>"),
)
ABOUT = (
    *("<language>zh-CN</language>", "<ttl>60</ttl>", "<sy:updatePeriod>daily</sy:updatePeriod>", "<link>/</link>"),
    *(
        "<image><title>i</title><url>u</url></image>",
        "<skipHours><hour>1</hour></skipHours>",
        "<generator>g</generator>",
    ),
    *("<itunes:summary>{text}</itunes:summary>", "<description>{text}</description>"),
    *(
        "<textInput><title>q</title><name>n</name></textInput>",
        "<itunes:owner><itunes:name>n</itunes:name></itunes:owner>",
    ),
)


def told(feed: RawFeed) -> RawFeed:
    """The feed without what serves only to tell items apart."""
    return replace(feed, items=tuple(replace(item, fingerprint="") for item in feed.items))


def same(text: str, root: str) -> RawFeed | None:
    """What the strict reader reads, after it was held against feedparser."""
    read = read_strict(text, root)
    if read is not None:
        told = [
            replace(feed, items=tuple(replace(item, fingerprint="") for item in feed.items))
            for feed in (read, read_xml(text, root))
        ]
        assert told[0] == told[1], text
    return read


def rss(*items: str, about: str = "", version: str = "2.0") -> str:
    inside = "".join(f"<item>{item}</item>" for item in items)
    return f'<rss version="{version}" {NAMESPACES}><channel>{about}<title>T</title>{inside}</channel></rss>'


def documents(count: int) -> Iterator[tuple[str, str]]:
    """Documents made of known elements in any order, the same ones each time."""
    chance = random.Random(7)

    def some(choices: tuple[str, ...], most: int) -> str:
        chosen = chance.choices(choices, k=chance.randint(0, most))
        return "".join(
            one.format(text=chance.choice(TEXTS), address=chance.choice(ADDRESSES), date=chance.choice(DATES))
            for one in chosen
        )

    for _ in range(count):
        about = some(ABOUT, 4) + f"<title>{chance.choice(TEXTS)}</title>"
        inside = [f"<title>t{number}</title>" * chance.randint(0, 1) + some(CHILDREN, 6) for number in range(3)]
        items = "".join(f"<item>{one}</item>" for one in inside)
        entries = items.replace("item>", "entry>")
        base = chance.choice(("", ' xml:base="https://base.example/dir/"'))
        yield "rss", f'<rss version="2.0" {NAMESPACES}{base}><channel>{about}{items}</channel></rss>'
        yield "feed", f"<feed {ATOM} {NAMESPACES}{base}>{about}{entries}</feed>"
        yield "feed", f'<feed version="0.3" xmlns="http://purl.org/atom/ns#" {NAMESPACES}>{about}{entries}</feed>'
        yield "rdf", f"<rdf:RDF {RDF} {NAMESPACES}><channel>{about}</channel>{items}</rdf:RDF>"


def test_whatever_is_read_strictly_is_read_as_feedparser_reads_it() -> None:
    read = [same(text, root) for root, text in documents(150)]
    assert sum(one is not None for one in read) > 150


@pytest.mark.parametrize("version", ["0.91", "0.92", "2.0", "2.1", ""])
def test_formats_go_by_the_same_names(version: str) -> None:
    assert same(rss("<title>One</title>", version=version), "rss") is not None


def test_common_feeds_are_read_whole() -> None:
    item = "<title>启用</title><link>https://a.example/1</link><guid isPermaLink='false'>1</guid><pubDate>{}</pubDate>"
    for text, root in (
        (rss(item.format(DATES[0]) + "<description><![CDATA[<p>x</p>]]></description>"), "rss"),
        (f"<feed {ATOM}><title>T</title><entry><id>tag:a,1</id><title>One</title></entry></feed>", "feed"),
        (
            f"<rdf:RDF {RDF}><channel><title>T</title></channel><item rdf:about='u'><title>x</title></item></rdf:RDF>",
            "rdf",
        ),
        (rss(item, about='<site xmlns="com-wordpress:feed-additions:1">1</site>'), "rss"),
    ):
        read = same(f'<?xml version="1.0" encoding="gb2312"?>\n{text}', root)
        assert read is not None and len(read.items) == 1


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE rss [<!ENTITY a 'b'>]>" + rss("<title>&a;</title>"),
        "<!DOCTYPE rss [<!ENTITY a 'b'>]>" + rss("<title>One</title>"),
        rss("<title>One</title>" + "<shop:a>" * 300 + "</shop:a>" * 300),
        rss("<title>One"),
        rss("<title>One</title>") + "rubbish",
        rss("<title>A & B</title>"),
        rss("<title>One <b>two</b></title>"),
        rss("<title type='application/xhtml+xml'>One</title>"),
        rss("<title mode='base64'>T25l</title>"),
        rss("<title>One</title><description xml:base='/a'>x</description>"),
        rss("<title>One</title><body>x</body>"),
        rss("<title>One</title><media:content><content:encoded>x</content:encoded></media:content>"),
        rss("<title>One</title><shop:box><title>Two</title></shop:box>"),
        rss("<title>caf\u00c3\u00a9</title>"),
        rss("<title>One&#146;s</title>"),
        rss("<title>One \u0092</title>"),
        rss("<description>no name at all</description>"),
        rss("<title>One</title><link url='https://a.example/'/>"),
        rss("<title>One</title><guid>https:///a.example</guid>"),
        rss("<title>One</title>", about="<title>Two</title>"),
        rss("<title>One</title>").replace("purl.org/dc/elements/1.1/", "other.example/"),
        rss("<title>One</title>").replace("<channel>", '<channel xmlns:a="http://purl.org/rss/1.0/" lang="de">'),
        rss("<title>One</title>").replace("<rss ", '<rss xmlns="http://purl.org/rss/1.0/" '),
        "<rss><item><title>One</title></item></rss>",
        rss("<title>" + "<b>" * 300 + "</b>" * 300 + "</title>"),
    ],
)
def test_what_is_not_sure_is_left_to_feedparser(text: str) -> None:
    assert read_strict(text, "rss") is None


def test_documents_of_other_kinds_are_left() -> None:
    entry = "<entry><id>1</id><title>One</title>{}</entry>"
    xhtml, source = "<content type='xhtml'><div>x</div></content>", "<source><title>Planet</title></source>"
    for text, root in (
        (f"<feed>{entry}</feed>", "feed"),
        (f'<feed {ATOM} xmlns:r="http://purl.org/rss/1.0/">{entry}</feed>', "feed"),
        (f"<feed {ATOM}>{entry.format(xhtml)}</feed>", "feed"),
        (f"<feed {ATOM}>{entry.format(source)}</feed>", "feed"),
        (f"<rdf:RDF {RDF}><item><title>x</title></item><channel><title>T</title></channel></rdf:RDF>", "rdf"),
        (f"<RDF {RDF}><channel><title>T</title></channel></RDF>", "rdf"),
    ):
        assert read_strict(text, root) is None
