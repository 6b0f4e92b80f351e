"""A document as its items' bytes, so that those that were read before need not be read again."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from evtimeline.feeds.clean import ID_LIMIT, plain
from evtimeline.feeds.raw import RawItem

_NAMES = {"rss": b"item", "rdf": b"item", "feed": b"entry"}
_HASH, _IDENTITY = 8, 4  # bytes; a mark is the text of both
_HASH_LENGTH = 11


@dataclass(frozen=True)
class Pieces:
    """A document in UTF-8, where its items are in it, and a hash of each."""

    data: bytes
    places: tuple[tuple[int, int], ...]
    hashes: tuple[str, ...]

    def without(self, known: Collection[str]) -> bytes:
        """The document with its first item and those whose hashes are not known."""
        places = [place for place, one in zip(self.places, self.hashes, strict=True) if one not in known]
        if self.places[0] not in places:
            places.insert(0, self.places[0])
        items = [self.data[start:end] for start, end in places]
        return b"".join([self.data[: self.places[0][0]], *items, self.data[self.places[-1][1] :]])


def cut(data: bytes, root: str) -> Pieces | None:
    """The items of an XML document that stand one after the other; None where that is not sure."""
    name = _NAMES.get(root, b"")
    opening, closing = b"<" + name, b"</" + name + b">"
    places = []
    start = _next(data, opening, 0)
    while start >= 0:
        end = data.find(closing, start) + len(closing)
        if end < len(closing) or data.find(opening, start + 1, end) >= 0:
            return None
        places.append((start, end))
        start = _next(data, opening, end)
        if start >= 0 and data[end:start].strip():
            return None
    if not places:
        return None
    return Pieces(data, tuple(places), tuple(_text(data[start:end], _HASH) for start, end in places))


def marks_of(items: Sequence[RawItem], pieces: Pieces | None) -> tuple[str, ...]:
    """A mark for each item, which changes with anything in it.

    None at all where two items share an identity: then what one is depends on the others.
    """
    if pieces is None or len(pieces.hashes) != len(items):
        return ()
    identities = [identity_of(item) for item in items]
    if len(set(identities)) != len(items):
        return ()
    return tuple(one + identity for one, identity in zip(pieces.hashes, identities, strict=True))


def identity_of(item: RawItem) -> str:
    """What names an item in its mark."""
    named = plain(item.id, ID_LIMIT) or item.link.strip() or item.title.value
    return _text(named.encode("utf-8", "surrogatepass"), _IDENTITY)


def hash_in(mark: str) -> str:
    """The hash of the item's bytes, of which a mark begins."""
    return mark[:_HASH_LENGTH]


def _next(data: bytes, opening: bytes, start: int) -> int:
    """Where the next item begins; -1 when none does."""
    while (start := data.find(opening, start)) >= 0:
        if data[start + len(opening) : start + len(opening) + 1] in b"> \t\r\n":
            return start
        start += 1
    return -1


def _text(data: bytes, size: int) -> str:
    digest = hashlib.blake2b(data, digest_size=size).digest()
    return urlsafe_b64encode(digest).rstrip(b"=").decode()
