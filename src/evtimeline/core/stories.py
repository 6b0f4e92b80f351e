"""Which claims are copies of one another, and which publishers speak independently."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from evtimeline.core.claims import Claim, Tier

COPY_AT = 0.8
"""Share of common character pairs from which two texts are one text; a true pair of *different* reports reaches 0.7."""

_OUTLET = re.compile(r"\s*(?:\s[-–—]\s|[|｜_])\s*[^-–—|｜_]{1,24}$")
_LONG_ENOUGH = 20  # characters from which an equal quote cannot be chance


def same_text(one: str, other: str) -> bool:
    """Whether two texts are near enough to be one text that was passed on (Dice overlap of character pairs)."""
    first, second = _pairs(one), _pairs(other)
    if not first or not second:
        return False
    if first is second or first == second:
        return True
    return 2 * len(first & second) >= COPY_AT * (len(first) + len(second))


def is_copy(claim: Claim, original: Claim) -> bool:
    """Whether `claim` passes on what `original` says: near-identical headline, or near-identical longer quote."""
    if claim.title and original.title and same_text(claim.title, original.title):
        return True
    quote, source = claim.quote, original.quote
    if quote is None or source is None or (claim.title and original.title and "title" in (quote.field, source.field)):
        return False
    return min(len(quote.text), len(source.text)) >= _LONG_ENOUGH and same_text(quote.text, source.text)


def same_publisher(one: Claim, other: Claim) -> bool:
    """Whether both claims are by one publisher, however its name is cased or spaced."""
    return publisher_key(one.publisher) == publisher_key(other.publisher)


@lru_cache(maxsize=4096)
def publisher_key(name: str) -> str:
    """A publisher's name as it is compared."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def independent(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """The claims that count as evidence of their own, in the order given: one per publisher, no copies.

    Tertiary publishers pass on what others found out and never count; a primary publisher speaks for itself
    even in words that the press repeats.
    """
    counted: list[Claim] = []
    for claim in claims:
        if claim.tier is Tier.TERTIARY or any(same_publisher(claim, earlier) for earlier in counted):
            continue
        if claim.tier is Tier.SECONDARY and any(is_copy(claim, earlier) for earlier in counted):
            continue
        counted.append(claim)
    return tuple(counted)


@lru_cache(maxsize=4096)
def _pairs(text: str) -> frozenset[str]:
    plain = unicodedata.normalize("NFKC", _OUTLET.sub("", text)).casefold()
    letters = "".join(c for c in plain if c.isalnum())
    if len(letters) < 2:
        return frozenset((letters,)) if letters else frozenset()
    return frozenset(letters[i : i + 2] for i in range(len(letters) - 1))
