"""OPML 2.0: lists of feeds as other readers import and export them; folders are tags."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from xml.etree.ElementTree import Element, SubElement, indent, tostring
from xml.parsers import expat

from evtimeline.errors import DocumentError, Problem
from evtimeline.feeds.catalogue import Feed
from evtimeline.feeds.clean import plain

_MOST_BYTES = 5_000_000
_DEEPEST = 50


@dataclass(frozen=True)
class Listed:
    """A feed that an OPML file names, with the folders it lies in and its categories as tags."""

    url: str
    title: str | None
    language: str
    tags: tuple[str, ...]


def read_opml(content: bytes, path: str) -> tuple[Listed, ...]:
    """The feeds in an OPML document, each address once; raises DocumentError when it is none, or a hostile one."""
    if len(content) > _MOST_BYTES:
        raise DocumentError(path, (Problem(None, f"is larger than {_MOST_BYTES // 1_000_000} MB; split it"),))
    reader = _Reader(path)
    parser = expat.ParserCreate()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    # Without a document type there are no entities, and without entities neither bombs nor foreign files.
    parser.StartDoctypeDeclHandler = reader.doctype
    reader.parser = parser
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        why = expat.ErrorString(error.code) or "not XML"
        raise DocumentError(path, (Problem(error.lineno, f"is not well-formed XML ({why})"),)) from None
    except (ValueError, LookupError):
        raise DocumentError(path, (Problem(None, "is in an encoding that is not known; save it as UTF-8"),)) from None
    if not reader.is_opml:
        raise DocumentError(path, (Problem(1, "is not OPML; its first element must be <opml>"),))
    return _each_once(reader.found)


def write_opml(feeds: Iterable[Feed], now: datetime) -> bytes:
    """The feeds as an OPML 2.0 document in UTF-8: a folder for each first tag, all tags as categories.

    Names and passwords in addresses are left in, since they are what makes those feeds work: the caller warns.
    """
    opml = Element("opml", version="2.0")
    head = SubElement(opml, "head")
    SubElement(head, "title").text = "evtimeline feeds"
    SubElement(head, "dateCreated").text = format_datetime(now)
    body = SubElement(opml, "body")
    folders: dict[str, Element] = {}
    for feed in feeds:
        parent = body
        if feed.tags:
            folder = feed.tags[0]
            if folder not in folders:
                folders[folder] = SubElement(body, "outline", text=folder, title=folder)
            parent = folders[folder]
        _outline(parent, feed)
    indent(opml)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(opml, encoding="unicode")}\n'.encode()


def _outline(parent: Element, feed: Feed) -> None:
    outline = SubElement(parent, "outline", type="rss", text=feed.name, title=feed.name, xmlUrl=feed.url)
    if feed.language:
        outline.set("language", feed.language)
    if feed.tags:
        outline.set("category", ",".join(feed.tags))


class _Reader:
    """Follows a document's outlines; folders are those that hold others and have no address."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._folders: list[str | None] = []
        self.found: list[Listed] = []
        self.is_opml = False
        self._first = True
        self.parser: expat.XMLParserType | None = None

    def doctype(self, *_: object) -> None:
        """Refuse a document type."""
        raise DocumentError(self._path, (Problem(self._line(), "has a document type (<!DOCTYPE ...>); remove it"),))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin an element."""
        if self._first:
            self.is_opml, self._first = name.lower() == "opml", False
        if name.lower() != "outline":
            return
        if len(self._folders) >= _DEEPEST:
            raise DocumentError(self._path, (Problem(self._line(), f"has folders more than {_DEEPEST} deep"),))
        values = {key.lower(): value for key, value in attributes.items()}
        url = values.get("xmlurl", "").strip()
        title = plain(values.get("title") or values.get("text") or "", 200)
        self._folders.append(None if url else title)
        if url:
            self.found.append(Listed(url, title or None, values.get("language", ""), self._tags(values)))

    def end(self, name: str) -> None:
        """End an element."""
        if name.lower() == "outline":
            self._folders.pop()

    def _tags(self, values: dict[str, str]) -> tuple[str, ...]:
        categories = (plain(one.strip("/ "), 100) for one in values.get("category", "").split(","))
        return tuple(dict.fromkeys(tag for tag in (*self._folders, *categories) if tag))

    def _line(self) -> int | None:
        return self.parser.CurrentLineNumber if self.parser else None


def _each_once(found: Iterable[Listed]) -> tuple[Listed, ...]:
    """Some readers put a feed into several folders by naming it several times."""
    merged: dict[str, Listed] = {}
    for one in found:
        before = merged.get(one.url)
        tags = tuple(dict.fromkeys((*(before.tags if before else ()), *one.tags)))
        merged[one.url] = Listed(one.url, (before or one).title, (before or one).language, tags)
    return tuple(merged.values())
