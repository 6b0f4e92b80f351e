"""RSS and Atom documents to raw items, by feedparser; what it is given is text already, so it guesses nothing."""

import io
import re
from collections.abc import Iterator

import feedparser

from evtimeline.errors import ParseError
from evtimeline.feeds.raw import RawFeed, RawItem, Text

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_PROLOG = re.compile(r"\s*<\?xml[^>]{0,300}?\?>", re.IGNORECASE)
_LONG_TAG = re.compile(r"<[^<>]{8000,}")
_MOST_ATTRIBUTES = 500
_MOST_BARE = 20_000  # ampersands: each costs feedparser 10 µs; careless feeds have some hundred
_MOST_UNUSED = 1_000  # of an element that we do not read; feedparser's time grows with the square of their number
_UNUSED = {
    name: re.compile(rf"<{name}\b[^<>]*/>|<{name}\b[^<>]*>(?:[^<]*|<!\[CDATA\[[^<\]]*\]\]>)</{name}\s*>")
    for name in ("category", "enclosure")
}
_REFERENCE = re.compile(r"&#(?:x([0-9a-f]+)|([0-9]+));", re.IGNORECASE)
_BARE_AMPERSAND = re.compile(r"&(?!#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|\w{1,40};)")

Record = dict[str, object]


def read_xml(text: str, root: str) -> RawFeed:
    """The raw feed in an XML document whose root element is `root`; raises ParseError when there is none.

    A document that was cut off gives the items that are whole, and says so: its last item is left out.
    """
    text = _tamed(_PROLOG.sub("", _NOT_XML.sub("", text), count=1))
    document = ('<?xml version="1.0" encoding="utf-8"?>' + text).encode("utf-8")
    # Bytes in a stream, never a string: feedparser would open one that looks like a path or an address.
    parsed = feedparser.parse(
        io.BytesIO(document),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    entries = _records(parsed, "entries")
    cut = bool(parsed.get("bozo")) and not _is_whole(text, root)
    if cut:
        entries = entries[:-1] if _last_is_open(text) else entries
        if not entries:
            raise ParseError("the document ends in the middle, before its first item is complete")
    feed = _record(parsed, "feed")
    return RawFeed(
        format=parsed.get("version", "") or root,
        items=tuple(_item(entry) for entry in entries),
        title=_text(feed, "title"),
        language=_string(feed, "language"),
        ttl=_string(feed, "ttl"),
        update_period=_string(feed, "sy_updateperiod"),
        update_frequency=_string(feed, "sy_updatefrequency"),
        cut=cut,
    )


def _tamed(text: str) -> str:
    """The document without what makes feedparser slow or fail; raises ParseError where that cannot be taken out."""
    for tag in _LONG_TAG.finditer(text):
        if tag[0].count("=") > _MOST_ATTRIBUTES:
            raise ParseError(f"an element has more than {_MOST_ATTRIBUTES} attributes; no feed does that")
    for name, element in _UNUSED.items():
        if text.count(f"<{name}") > _MOST_UNUSED:
            text = element.sub("", text)
    return _with_escaped_ampersands(_REFERENCE.sub(_if_character, text))


def _if_character(reference: re.Match[str]) -> str:
    """The reference, or nothing where it stands for what is no character: zero, a surrogate, or beyond the last one."""
    hexadecimal, digits = reference.groups()
    code = (hexadecimal or digits).lstrip("0")
    number = int(code or "0", 16 if hexadecimal else 10) if len(code) <= 7 else 0
    return reference[0] if 0 < number < 0xD800 or 0xDFFF < number <= 0x10FFFF else ""


def _with_escaped_ampersands(text: str) -> str:
    """Escape the ampersands that stand bare outside CDATA, which is what breaks most feeds that are broken.

    Raises ParseError where there are more than _MOST_BARE.
    """
    if not _BARE_AMPERSAND.search(text):
        return text
    pieces, position = [], 0
    while (start := text.find("<![CDATA[", position)) >= 0 and (end := text.find("]]>", start)) >= 0:
        pieces += [_BARE_AMPERSAND.sub("&amp;", text[position:start]), text[start:end]]
        position = end
    escaped = "".join([*pieces, _BARE_AMPERSAND.sub("&amp;", text[position:])])
    if len(escaped) - len(text) > _MOST_BARE * len("amp;"):
        raise ParseError(f"the document has more than {_MOST_BARE} bare ampersands; it is too damaged to be read")
    return escaped


def _is_whole(text: str, root: str) -> bool:
    """Whether the root element's end tag is there, or the one around all items; feeds with rubbish behind it exist."""
    if root == "rss" and "</channel>" in text.lower():
        return True
    return re.search(rf"</(?:[\w.-]+:)?{root}\s*>|<(?:[\w.-]+:)?{root}\b[^>]*/>", text, re.IGNORECASE) is not None


def _last_is_open(text: str) -> bool:
    """Whether the last item has begun and not ended."""
    lower = text.lower()
    begun = max(lower.rfind("<item>"), lower.rfind("<item "), lower.rfind("<entry>"), lower.rfind("<entry "))
    ended = max(lower.rfind("</item>"), lower.rfind("</entry>"))
    return begun > ended


def _item(entry: Record) -> RawItem:
    source = _record(entry, "source")
    return RawItem(
        id=_string(entry, "id"),
        link=_string(entry, "link") or _first_link(entry),
        title=_text(entry, "title"),
        body=_body(entry),
        published=_string(entry, "published") or _string(entry, "created"),
        updated=_string(entry, "updated"),
        language=_string(entry, "language"),
        source_name=_string(source, "title"),
        source_link=_string(source, "href") or _string(source, "link") or _string(source, "url"),
        fingerprint="\n".join(_strings(entry))[:20_000],
    )


def _body(entry: Record) -> Text:
    """The longest of the item's texts: some feeds put the article into the summary, some beside it."""
    texts = [_detail(content) for content in _records(entry, "content")]
    return max([*texts, _text(entry, "summary")], key=lambda text: len(text.value))


def _first_link(entry: Record) -> str:
    links = _records(entry, "links")
    return next((_string(one, "href") for one in links if one.get("rel", "alternate") == "alternate"), "")


def _text(record: Record, name: str) -> Text:
    detail = _record(record, f"{name}_detail")
    return _detail(detail) if detail else Text(_string(record, name))


def _detail(detail: Record) -> Text:
    return Text(_string(detail, "value"), dict.get(detail, "type") not in ("text/plain", None))


def _strings(value: object, name: str = "") -> Iterator[str]:
    """Every text in a record, without what feedparser adds of its own."""
    if isinstance(value, str):
        if value.strip() and name not in ("base", "type", "language"):
            yield value
    elif isinstance(value, dict):
        if "source" in value:
            yield "source"
        for key in sorted(value):
            yield from _strings(dict.get(value, key), key)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one, name)


# A FeedParserDict is read past its own look-up, which answers with other fields and with warnings.


def _string(record: Record, name: str) -> str:
    value = dict.get(record, name)
    return value if isinstance(value, str) else ""


def _record(record: Record, name: str) -> Record:
    value = dict.get(record, name)
    return value if isinstance(value, dict) else {}


def _records(record: Record, name: str) -> list[Record]:
    value = dict.get(record, name)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
