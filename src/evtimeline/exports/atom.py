"""What has changed as an Atom feed (RFC 4287), so that any reader, another evtimeline too, can follow it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import NamedTuple
from urllib.parse import quote
from xml.etree import ElementTree

from evtimeline.core.claims import Claim, Revision
from evtimeline.core.items import change_item, headline
from evtimeline.core.letters import LONGEST_SUBJECT, plain
from evtimeline.core.message_words import joined
from evtimeline.core.news import News
from evtimeline.core.standing import evidence
from evtimeline.exports.phrasing import name_of
from evtimeline.jobs.gallery import Gallery, accepted, followed
from evtimeline.jobs.story import Story

MOST = 200
"""The newest changes that the feed holds; readers keep what they have seen."""

_TAG = "tag:evtimeline.github.io,2025:"  # RFC 4151
_ATOM = "http://www.w3.org/2005/Atom"
_LONGEST_NAME = 80
_NOON = time(12)  # in almost every zone a reader is in, that is the same day
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _Told(NamedTuple):
    """A change, the claim that caused it, and the story it belongs to."""

    revision: Revision
    cause: Claim
    story: Story


def changes_feed(gallery: Gallery, language: str) -> str:
    """The changes as an Atom document, the newest first; the same ledger gives the same document.

    An entry is published on the day of the statement and updated when we learned of it.
    """
    told = sorted(_told(gallery), key=lambda one: (one.revision.happened_at, one.cause.id), reverse=True)[:MOST]
    updated = max((one.revision.happened_at for one in told), default=gallery.now)
    feed = ElementTree.Element("feed", {"xmlns": _ATOM, "xml:lang": language})
    _add(feed, "id", _TAG + quote(",".join(timeline.key for timeline in gallery.timelines) or "nothing", safe=","))
    _add(feed, "title", name_of(gallery, language, "changes"))
    _add(feed, "updated", _instant(updated))
    _add(feed, "generator", "evtimeline")
    _add(ElementTree.SubElement(feed, "author"), "name", "evtimeline")
    for one in told:
        _entry(feed, gallery, one, language)
    ElementTree.indent(feed)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(feed, encoding="unicode") + "\n"


def _told(gallery: Gallery) -> Iterator[_Told]:
    for story in gallery.stories:
        claims = {said.claim.id: said.claim for said in story.ledger}
        yield from (_Told(one, claims[one.claim_id], story) for one in story.revisions if one.claim_id in claims)


def _entry(feed: ElementTree.Element, gallery: Gallery, one: _Told, language: str) -> None:
    """One change: the headline, the sentence that proves it with its source, and the link to where it was read."""
    revision, cause, story = one
    counted = tuple(map(evidence, accepted(story)))
    news = News(followed(gallery, story), (0,), (revision,), cause, ledger=counted)
    item = change_item(news, language)
    entry = ElementTree.SubElement(feed, "entry")
    _add(entry, "id", _identity(one))
    _add(entry, "title", headline(news, language, LONGEST_SUBJECT))
    _add(entry, "updated", _instant(revision.happened_at))
    _add(entry, "published", _instant(datetime.combine(cause.stated_on, _NOON, UTC)))
    _add(ElementTree.SubElement(entry, "author"), "name", plain(cause.publisher, _LONGEST_NAME) or "evtimeline")
    ElementTree.SubElement(entry, "category", {"term": revision.kind.value})
    if item.link:
        ElementTree.SubElement(entry, "link", {"rel": "alternate", "href": _clean(item.link)})
    told = joined((item.when, *item.notes, item.quote, item.source, item.also), "semicolon", language)
    # An entry without a link must have content (section 4.1.2); one with a link is its summary.
    _add(entry, "summary" if item.link else "content", told, type="text")


def _identity(one: _Told) -> str:
    """What stays the same for good: which milestone, which kind of change, by which claim, learned when."""
    timeline, key = one.story.stored.ref
    place = f"{quote(timeline, safe='')}/{quote(key, safe='')}"
    return f"{_TAG}{place}/{one.revision.kind.value}/{one.cause.id}/{one.revision.happened_at:%Y%m%dT%H%M%S.%fZ}"


def _add(parent: ElementTree.Element, name: str, text: str, **attributes: str) -> None:
    ElementTree.SubElement(parent, name, attributes).text = _clean(text)


def _clean(text: str) -> str:
    """The text without what no XML 1.0 document may hold, escaped or not."""
    return _FORBIDDEN.sub("", text)


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
