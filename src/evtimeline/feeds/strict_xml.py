"""Well-formed RSS and Atom to raw items by a strict XML parser, many times as fast as feedparser and to the same end.

What it is not entirely sure of, it leaves to feedparser: documents that are not well-formed, declare a DOCTYPE, or hold
an element that is unknown here or that feedparser treats in a way of its own.
"""

import re
from collections.abc import Collection

from lxml import etree
from lxml.etree import _Element

from evtimeline.feeds.raw import RawFeed, RawItem, Text
from evtimeline.feeds.strict_item import READ, ItemReader, UnsureError, resolved, rich_text, text_of
from evtimeline.feeds.strict_names import (
    ATOM_03,
    ATOM_10,
    NAMELESS,
    RDF,
    RSS_09,
    RSS_10,
    TAKEN,
    VERSIONED,
    XML,
    declared,
    name_of,
    split,
)

_PROLOG = re.compile(r"<\?xml[^>]{0,300}?\?>", re.IGNORECASE)
_REPAIRED = (re.compile(rb"\xc2[\x80-\x9f]"), re.compile(rb"&#(?:0*1(?:2[89]|[345]\d)|[xX]0*[89][0-9a-fA-F]);"))
_BASE = re.compile(rb"base\s*=")
_RSS_VERSIONS = {"0.91": "rss091u", "0.92": "rss092", "0.93": "rss093", "0.94": "rss094"}
_ATOM_VERSIONS = {"0.1": "atom01", "0.2": "atom02", "0.3": "atom03"}

_PERSON = frozenset(("name", "email", "uri", "url", "homepage"))
_IMAGE = frozenset(("title", "link", "description", "url", "width", "height"))
_TEXT_INPUT = frozenset(("title", "link", "description", "name"))
_WITH_CHILDREN = {
    **dict.fromkeys(("author", "contributor"), _PERSON),
    "image": _IMAGE,
    "textinput": _TEXT_INPUT,
    "skiphours": frozenset(("hour",)),
    "skipdays": frozenset(("day",)),
}
_CONTAINERS = ("media:group", "media:content")
_NOT_CONTAINED = READ - {"media:title", "media:description"}
_BESIDES = "author contributor category keywords comments enclosure rights copyright expirationdate"
_UNREAD_IN_ITEM = frozenset(_BESIDES.split())
_ABOUT_FEEDS = (
    "link description subtitle tagline managingeditor webmaster pubdate lastbuilddate published issued created updated"
    " modified generator docs cloud rating id icon logo info image textinput skiphours skipdays dc:date"
    " dcterms:created dcterms:issued dcterms:modified itunes:summary items"
)
_UNREAD_IN_FEED = _UNREAD_IN_ITEM | frozenset(_ABOUT_FEEDS.split())
_TAKEN_PREFIXES = ("content:", "xhtml:", "media:title", "media:description", "dc:title", "dc:description")
_LOCAL = ("base", "lang", "version", "href", "lastmod", "about")
_PERIOD, _FREQUENCY = "sy:updateperiod", "sy:updatefrequency"


def read_strict(text: str, root: str) -> RawFeed | None:
    """The raw feed in a document that begins with `root`, or None where feedparser should read it."""
    data = strict_bytes(text)
    return None if data is None else read_bytes(data, root)


def strict_bytes(text: str) -> bytes | None:
    """A document in UTF-8 without its XML declaration; None where no strict parser would read it."""
    start = _PROLOG.match(text)
    try:
        return text[start.end() :].encode() if start else text.encode()
    except UnicodeEncodeError:
        return None


def read_bytes(data: bytes, root: str) -> RawFeed | None:
    """The same as `read_strict`, of a document in UTF-8 without its XML declaration."""
    if b"<!DOCTYPE" in data or any(pattern.search(data) for pattern in _REPAIRED):
        return None
    try:
        parser = etree.XMLParser(
            encoding="utf-8", resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
        )
        return _Reader(etree.fromstring(data, parser), data).feed(root)
    except (etree.XMLSyntaxError, UnsureError):
        return None


class _Reader:
    """One document: how its elements are called, and what was read of the feed itself."""

    def __init__(self, root: _Element, data: bytes) -> None:
        foreign = declared(data)
        if foreign is None:
            raise UnsureError
        self._root = root
        self._names: dict[str, str | None] = {}
        self._foreign = foreign
        self._base = _base_of(root, data)
        self._format = ""
        self._title: Text | None = None
        self._fields: dict[str, str] = {}
        self._items: list[RawItem] = []
        self._summarised = self._has_content = False  # as feedparser remembers it until the first item has ended

    def feed(self, root: str) -> RawFeed:
        """All that is read; raises UnsureError."""
        if root == "rss":
            self._read_rss()
        elif root == "feed":
            self._read_atom()
        else:
            self._read_rdf()
        return RawFeed(
            format=self._format,
            items=tuple(self._items),
            title=self._title or Text(),
            language=self._fields.get("language", ""),
            ttl=self._fields.get("ttl", ""),
            update_period=self._fields.get(_PERIOD, ""),
            update_frequency=self._fields.get(_FREQUENCY, ""),
        )

    def _read_rss(self) -> None:
        version = self._root.get("version", "")
        self._format = _RSS_VERSIONS.get(version) or ("rss20" if version.startswith("2.") else "rss")
        if any(uri.lower() in (RSS_10, RSS_09) for uri in self._root.nsmap.values()) or len(self._root) != 1:
            raise UnsureError
        self._greet(self._root, "rss")
        channel = self._root[0]
        if self._name(channel) != "channel" or channel.attrib:
            raise UnsureError
        self._read_children(channel, "item")

    def _read_atom(self) -> None:
        self._greet(self._root, "feed")
        uri = split(self._root.tag)[0]
        told = {one.lower() for one in self._root.nsmap.values()} & VERSIONED
        if uri == ATOM_10 and told == {ATOM_10.lower()}:
            self._format = "atom10"
        elif uri == ATOM_03 and not told and self._root.get("version") in _ATOM_VERSIONS:
            self._format = _ATOM_VERSIONS[self._root.get("version", "")]
        else:
            raise UnsureError
        self._read_children(self._root, "entry")

    def _read_rdf(self) -> None:
        told = {one.lower() for one in self._root.nsmap.values()} & VERSIONED
        formats = {RSS_10: "rss10", RSS_09: "rss090"}
        default = self._root.nsmap.get(None, "")
        if self._root.tag != f"{RDF}RDF" or default not in formats or told != {default}:
            raise UnsureError
        self._format = formats[default]
        self._check_attributes(self._root, ())
        channels = [place for place, child in enumerate(self._root) if self._name(child) == "channel"]
        if channels != [0]:
            raise UnsureError
        for child in self._root:
            name = self._name(child)
            if name == "channel":
                self._check_attributes(child, (f"{RDF}about",))
                self._read_children(child, "item")
            elif name == "item":
                self._read_item(child)
            elif name not in ("image", "textinput") or not self._is_unread(child, name, (name,)):
                raise UnsureError

    def _greet(self, root: _Element, name: str) -> None:
        """The root element itself: its language, and that it is what it seems to be."""
        if self._name(root) != name:
            raise UnsureError
        self._check_attributes(root, ("version", f"{XML}base", f"{XML}lang"))
        if root.get(f"{XML}lang"):
            self._fields["language"] = root.get(f"{XML}lang", "").replace("_", "-")

    def _read_children(self, parent: _Element, item: str) -> None:
        """The children of a feed in their order."""
        for child in parent:
            name = self._name(child)
            if name == item:
                self._read_item(child)
            elif name == "title" and self._title is None:
                self._title = rich_text(child, False, self._format.startswith("atom"))
            elif name in ("language", "dc:language"):
                self._fields["language"] = text_of(child)
            elif name in ("ttl", _PERIOD, _FREQUENCY):
                self._fields[name] = text_of(child) if not child.attrib else ""
            elif not self._is_unread(child, name, _UNREAD_IN_FEED):
                raise UnsureError
            elif name in ("description", "itunes:summary"):
                self._has_content = self._has_content or self._summarised
                self._summarised = self._summarised or name == "itunes:summary"

    def _read_item(self, element: _Element) -> None:
        about = element.get(f"{RDF}about", "")
        self._check_attributes(element, (f"{RDF}about", f"{XML}lang"))
        reader = ItemReader(self._base, self._format.startswith("atom"), about, self._has_content)
        self._read_item_children(element, reader)
        self._has_content = False
        self._items.append(reader.item())

    def _read_item_children(self, parent: _Element, reader: ItemReader) -> None:
        for child in parent:
            name = self._name(child)
            if reader.take(name, child):
                continue
            if name in _CONTAINERS:
                if any(self._name(inner) in _NOT_CONTAINED for inner in child):
                    raise UnsureError
                self._read_item_children(child, reader)
            elif not self._is_unread(child, name, _UNREAD_IN_ITEM):
                raise UnsureError

    def _is_unread(self, element: _Element, name: str | None, unread: Collection[str]) -> bool:
        """Whether an element, with what is inside, says nothing of the feed or the item that it stands in."""
        if name is None or not (name in unread or _is_extension(name)):
            return False
        if not len(element):
            return True
        allowed = _WITH_CHILDREN.get(name, ())
        inside = [self._name(inner) for inner in element.iterdescendants()]
        return all(one is not None and (one in allowed or _is_extension(one)) for one in inside)

    def _name(self, element: _Element) -> str | None:
        tag = element.tag
        if tag not in self._names:
            self._names[tag] = name_of(tag, self._foreign)
        return self._names[tag]

    @staticmethod
    def _check_attributes(element: _Element, known: Collection[str]) -> None:
        """Others than the known attributes only where they belong to an extension and look like none of ours."""
        for name in map(str, element.attrib):
            if name not in known and (not name.startswith("{") or split(name)[1] in _LOCAL):
                raise UnsureError


def _is_extension(name: str) -> bool:
    """Whether an element is one that feedparser puts aside under a name of its own."""
    if name == NAMELESS:
        return True
    return name not in READ and name not in TAKEN and not name.startswith(_TAKEN_PREFIXES)


def _base_of(root: _Element, data: bytes) -> str:
    """The base of the document's addresses: that of its root, if anyone's."""
    base = root.get(f"{XML}base", "")
    lower = data.lower()
    if sum(lower[found.start() - 1] in b" \t\r\n:" for found in _BASE.finditer(lower)) != bool(base):
        raise UnsureError
    if base and (not base.startswith(("http://", "https://")) or resolved(base, base) != base):
        raise UnsureError
    return base
