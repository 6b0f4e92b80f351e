"""One item of a well-formed document, element after element in their order, with what feedparser makes of each."""

import html.entities
import re
from collections.abc import Callable, Mapping
from urllib.parse import urljoin

from lxml.etree import _Element

from evtimeline.feeds.raw import RawItem, Text
from evtimeline.feeds.strict_names import XML

_TYPES = {
    **dict.fromkeys(("text", "plain", "text/plain"), False),
    **dict.fromkeys(("html", "text/html"), True),
}
_TEXT_ATTRIBUTES = frozenset(("type", "mode", "src", f"{XML}lang", f"{XML}space"))
_LINK_ATTRIBUTES = frozenset(("href", "rel", "type", "title", "hreflang", "length", f"{XML}lang"))
_ID_ATTRIBUTES = frozenset(("isPermaLink", "ispermalink", f"{XML}lang"))
_MODES = ("escaped", "xml")
_CLOSING = re.compile(r"</\w+>")
_REFERENCE = re.compile(r"&#?\w+;")
_NAMED_REFERENCE = re.compile(r"&(\w+);")
_TAG = re.compile(r"</?(\w+)")
_USUAL_TAGS = (
    *("a", "b", "blockquote", "br", "code", "div", "em", "h1", "h2", "h3", "i", "img"),
    *("li", "ol", "p", "small", "span", "strong", "sub", "sup", "u", "ul"),
)
_WHOLE = re.compile(r"https?://\w[\w.~:@/%+,=-]*(?:\?[\w.~:@/%+,=&-]+)?|(?:tag|urn):[\w.~:@/%+,=-]+", re.ASCII)
_SEMICOLON = re.compile(r"&([A-Za-z0-9_]+);")


class UnsureError(Exception):
    """This is better left to feedparser."""


class ItemReader:
    """What has been read of an item; `base` is the document's, against which its addresses are meant.

    `has_content`: a text was met by which feedparser takes the next one for a summary.
    """

    def __init__(self, base: str, atom: bool, about: str = "", has_content: bool = False) -> None:
        self._base, self._atom, self._has_content = base, atom, has_content
        self._id = about
        self._link: str | None = None
        self._alternates: list[str] = []
        self._title = Text()
        self._titled = False
        self._summary: Text | None = None
        self._contents: list[Text] = []
        self._fields: dict[str, str] = {}
        self._source_link = ""

    def take(self, name: str | None, element: _Element) -> bool:
        """Read one child of the item if its name says something; raises UnsureError where its meaning is not sure."""
        if name in _FIELDS:
            self._fields[_FIELDS[name]] = text_of(element)
        elif name in _READERS:
            _READERS[name](self, element)
        else:
            return False
        return True

    def item(self) -> RawItem:
        """The item; raises UnsureError for one that could be told from others only by all that it holds."""
        if not any(map(str.isalnum, self._id)) and not any(map(str.isalnum, self._title.value)):
            raise UnsureError
        link = self._link or (self._alternates[0] if self._alternates else "")
        texts = [*self._contents, self._summary or Text()]
        return RawItem(
            id=self._id,
            link=link,
            title=self._title,
            body=max(texts, key=lambda text: len(text.value)),
            published=self._fields.get("published", "") or self._fields.get("created", ""),
            updated=self._fields.get("updated", ""),
            language=self._fields.get("language", ""),
            source_name=self._fields.get("source", ""),
            source_link=self._source_link,
            fingerprint=self._id or self._title.value,
        )

    def _read_title(self, element: _Element) -> None:
        self._read_media_title(element)
        self._titled = self._titled or bool(element.text and element.text.strip())

    def _read_media_title(self, element: _Element) -> None:
        title = rich_text(element, False, self._atom)
        if not self._titled:
            self._title = title

    def _read_description(self, element: _Element) -> None:
        if self._summary is not None and not self._has_content:
            self._read_content(element)
        else:
            self._summary = rich_text(element, True, self._atom)

    def _read_summary(self, element: _Element) -> None:
        if self._summary is not None and not self._has_content:
            self._read_content(element)
        else:
            self._summary = rich_text(element, False, self._atom)

    def _read_content(self, element: _Element) -> None:
        self._add_content(rich_text(element, False, self._atom))

    def _read_encoded(self, element: _Element) -> None:
        self._add_content(rich_text(element, True, self._atom))

    def _add_content(self, text: Text) -> None:
        self._contents.append(text)
        self._has_content = True
        if self._summary is None:
            self._summary = Text(text.value)

    def _read_id(self, element: _Element) -> None:
        if not _ID_ATTRIBUTES.issuperset(element.attrib):
            raise UnsureError
        value = text_of(element)
        permanent = element.get("isPermaLink", element.get("ispermalink", "true")) == "true"
        self._id = resolved(self._base, value) if permanent and value else value
        if permanent and self._link is None:
            self._link = self._id

    def _read_link(self, element: _Element) -> None:
        if not _LINK_ATTRIBUTES.issuperset(element.attrib) or len(element):
            raise UnsureError
        relation, address = element.get("rel", "alternate").lower(), element.get("href")
        if address is None:
            address = text_of(element)
            address = resolved(self._base, address) if address else ""
            self._link = address = _SEMICOLON.sub(r"&\1", address.replace("&amp;", "&")) if "&" in address else address
        elif address:
            usual = "application/atom+xml" if relation == "self" else "text/html"
            address = resolved(self._base, address)
            if relation == "alternate" and element.get("type", usual).lower() in ("html", "text/html", "xhtml", _XHTML):
                self._link = address
        else:
            raise UnsureError
        if relation == "alternate":
            self._alternates.append(address)

    def _read_source(self, element: _Element) -> None:
        if not {"url"}.issuperset(element.attrib):
            raise UnsureError
        self._fields["source"], self._source_link = text_of(element), element.get("url", "")
        self._titled = False  # feedparser begins anew to look for a title


_XHTML = "application/xhtml+xml"
_FIELDS: Mapping[str | None, str] = {
    **dict.fromkeys(("pubdate", "published", "issued", "dcterms:issued"), "published"),
    **dict.fromkeys(("updated", "modified", "lastbuilddate", "dc:date", "dcterms:modified"), "updated"),
    **dict.fromkeys(("created", "dcterms:created"), "created"),
    **dict.fromkeys(("language", "dc:language"), "language"),
}
_READERS: Mapping[str | None, Callable[[ItemReader, _Element], None]] = {
    "title": ItemReader._read_title,
    "dc:title": ItemReader._read_title,
    "media:title": ItemReader._read_media_title,
    "description": ItemReader._read_description,
    "dc:description": ItemReader._read_description,
    "media:description": ItemReader._read_description,
    "summary": ItemReader._read_summary,
    "itunes:summary": ItemReader._read_summary,
    "content": ItemReader._read_content,
    "content:encoded": ItemReader._read_encoded,
    "guid": ItemReader._read_id,
    "id": ItemReader._read_id,
    "link": ItemReader._read_link,
    "source": ItemReader._read_source,
}
READ = frozenset((*_READERS, *_FIELDS))
"""The names of elements that say something of an item."""


def text_of(element: _Element) -> str:
    """The text of an element without children; raises UnsureError where feedparser would repair it."""
    if len(element):
        raise UnsureError
    text = (element.text or "").strip()
    if not text.isascii() and _is_mojibake(text):
        raise UnsureError
    return text


def rich_text(element: _Element, is_html: bool, atom: bool) -> Text:
    """The text of an element that may be HTML; `is_html` is the usual type where the element names none."""
    text = text_of(element)
    if element.attrib:
        if not _TEXT_ATTRIBUTES.issuperset(element.attrib) or element.get("mode", "xml").lower() not in _MODES:
            raise UnsureError
        named = element.get("type")
        if named is not None:
            if named.lower() not in _TYPES:
                raise UnsureError
            is_html = _TYPES[named.lower()]
    return Text(text, is_html or (not atom and _looks_like_html(text)))


def resolved(base: str, address: str) -> str:
    """An address as it is meant in the document; raises UnsureError for one with too many slashes."""
    if ":///" in address:
        raise UnsureError
    if not base or _WHOLE.fullmatch(address):
        return address
    try:
        return urljoin(base, address)
    except ValueError:
        return ""


def _looks_like_html(text: str) -> bool:
    """Whether nominally plain text is taken for HTML: a closing tag or a reference, and nothing that HTML has not."""
    if "<" not in text and "&" not in text:
        return False
    if not (_CLOSING.search(text) or _REFERENCE.search(text)):
        return False
    if any(tag.lower() not in _USUAL_TAGS for tag in _TAG.findall(text)):
        raise UnsureError
    return all(name in html.entities.entitydefs for name in _NAMED_REFERENCE.findall(text))


def _is_mojibake(text: str) -> bool:
    """Whether it might be UTF-8 that somebody has taken for Latin-1."""
    try:
        text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return False
    return True
