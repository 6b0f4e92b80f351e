"""JSON Feed 1.0 and 1.1 (jsonfeed.org) to raw items."""

import json
import re
from collections.abc import Mapping

from evtimeline.errors import ParseError
from evtimeline.feeds.raw import RawFeed, RawItem, Text

_VERSION = re.compile(r"jsonfeed\.org/version/|^1(\.\d)?$")


def read_json(text: str) -> RawFeed:
    """The raw feed in a JSON document; raises ParseError when it is broken or no JSON Feed."""
    try:
        document: object = json.loads(text)
    except ValueError:
        raise ParseError("the document is JSON that is broken or was cut short") from None
    except RecursionError:
        raise ParseError("the document is JSON, nested too deep to be a feed") from None
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        raise ParseError("the document is JSON, but not a JSON Feed (it has no list of items)")
    version = _string(document, "version")
    if version and not _VERSION.search(version):
        raise ParseError("the document is JSON, but not a JSON Feed (its version says otherwise)")
    return RawFeed(
        format="json" + version.rpartition("/")[2].replace(".", "").ljust(2, "0")[:2],
        items=tuple(_item(item) for item in document["items"] if isinstance(item, dict)),
        title=Text(_string(document, "title")),
        language=_string(document, "language"),
    )


def _item(item: Mapping[str, object]) -> RawItem:
    html, text = _string(item, "content_html"), _string(item, "content_text")
    bodies = (Text(html, is_html=True), Text(text), Text(_string(item, "summary")))
    return RawItem(
        id=_string(item, "id"),
        link=_string(item, "url") or _string(item, "external_url"),
        title=Text(_string(item, "title")),
        body=max(bodies, key=lambda body: len(body.value)),
        published=_string(item, "date_published"),
        updated=_string(item, "date_modified"),
        language=_string(item, "language"),
        fingerprint=json.dumps(item, sort_keys=True)[:20_000] if item else "",
    )


def _string(record: Mapping[str, object], name: str) -> str:
    """A field as text; numbers serve as ids, as the standard asks of readers."""
    value = record.get(name)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)[:100]
    return value if isinstance(value, str) else ""
