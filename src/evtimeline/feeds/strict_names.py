"""What the elements of feeds are called: the namespaces that feedparser knows, and what each name means to an item."""

import re
from collections.abc import Mapping
from functools import lru_cache

PLAIN = ""
"""The prefix of the formats' own elements, however a document writes it."""

NAMELESS = ":"
"""The name of all elements that feedparser puts aside under names that nobody asks for."""

XML = "{http://www.w3.org/XML/1998/namespace}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
ATOM_10 = "http://www.w3.org/2005/Atom"
ATOM_03 = "http://purl.org/atom/ns#"
RSS_10 = "http://purl.org/rss/1.0/"
RSS_09 = "http://my.netscape.com/rdf/simple/0.9/"
VERSIONED = frozenset(uri.lower() for uri in (ATOM_10, RSS_10, RSS_09))
"""Namespaces from which feedparser tells a format, wherever they are declared."""

_PREFIXES = {
    **dict.fromkeys((ATOM_10, ATOM_03, RSS_10, RSS_09, "http://blogs.law.harvard.edu/tech/rss"), PLAIN),
    "http://purl.org/rss/1.0/modules/rss091#": PLAIN,
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/content/": "content",
    **dict.fromkeys(("http://search.yahoo.com/mrss", "http://search.yahoo.com/mrss/"), "media"),
    "http://www.itunes.com/DTDs/PodCast-1.0.dtd": "itunes",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://webns.net/mvcb/": "admin",
    **dict.fromkeys(("http://creativecommons.org/ns#license", "http://web.resource.org/cc/"), "cc"),
    "http://backend.userland.com/creativeCommonsRssModule": "creativecommons",
    "http://cyber.law.harvard.edu/rss/creativeCommonsRssModule.html": "creativecommons",
    "http://www.georss.org/georss": "georss",
    "http://www.opengis.net/gml": "gml",
    "http://podlove.org/simple-chapters": "psc",
}
_BY_URI = {uri.lower(): prefix for uri, prefix in _PREFIXES.items()}
_OLD = ("example.com/", "echo", "purl.org/pie/")  # namespaces of drafts that feedparser takes for the formats' own
# Prefixes by which feedparser finds an element's meaning, whatever namespace they are bound to.
_MEANT = (
    *("dc", "dcterms", "content", "media", "itunes", "sy", "rdf", "xhtml", "feedburner", "admin", "cc"),
    *("creativecommons", "georss", "gml", "psc", "title", "summary", "title_detail", "summary_detail"),
)

_TAKEN = (
    "abstract author body category channel cloud content contributor copyright created date description email"
    " enclosure entries entry expirationdate expired feed fullitem generator geom guid height homepage href id image"
    " info issued item items keywords lang language lastbuilddate line link links managingeditor math modified name"
    " newlocation point polygon published pubdate rdf rights rss source subtitle summary svg tagline tags textinput"
    " title ttl updated uri url webmaster where width"
)
TAKEN = frozenset(_TAKEN.split())
"""Plain names that mean something to feedparser, wherever they stand."""

_DECLARATION = re.compile(rb"""xmlns(?::([\w.-]+))?\s*=\s*(?:"([^"<]*)"|'([^'<]*)')""")


def declared(data: bytes) -> Mapping[str, str] | None:
    """What the namespaces of a document make of their elements' names, beside those that are known here.

    NAMELESS: such an element means nothing; PLAIN: it is taken for one of the format's own. None where a prefix or a
    namespace is used in two ways.
    """
    bound: dict[str, set[str]] = {}
    for prefix, double, single in _DECLARATION.findall(data):
        uri = (double or single).decode("utf-8", "replace")
        bound.setdefault(uri, set()).add(prefix.decode("utf-8", "replace").lower())
    used: dict[str, str] = {}
    foreign = {}
    for uri, prefixes in bound.items():
        known = prefix_of(uri)
        if any(prefix in _MEANT and prefix != known for prefix in prefixes):
            return None
        if any(used.setdefault(prefix, uri) != uri for prefix in prefixes - {PLAIN}):
            return None
        if (
            known is None
            and not any(old in uri.lower() for old in _OLD)
            and len({*prefixes} & {PLAIN}) in (0, len(prefixes))
        ):
            foreign[uri] = PLAIN if PLAIN in prefixes else NAMELESS
    return foreign


@lru_cache(maxsize=1024)
def prefix_of(uri: str) -> str | None:
    """The prefix that a namespace goes by; None for one without a meaning."""
    lower = uri.lower()
    return PLAIN if "backend.userland.com/rss" in lower else _BY_URI.get(lower)


@lru_cache(maxsize=4096)
def split(tag: str) -> tuple[str, str]:
    """The namespace and the local name in lower case of a tag as lxml writes it."""
    uri, _, local = tag.rpartition("}")
    return uri[1:], local.lower()


def name_of(tag: str, foreign: Mapping[str, str]) -> str | None:
    """What an element is called, such as `title` or `dc:date`; None where that is not sure."""
    uri, local = split(tag)
    prefix = prefix_of(uri) if uri else PLAIN
    if prefix is None:
        prefix = foreign.get(uri)
    if prefix is None or prefix == NAMELESS:
        return prefix
    return f"{prefix}:{local}" if prefix else local
