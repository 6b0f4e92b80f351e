"""Whether a text speaks of the first part of something, of the whole (首批, the entire line), or of a later one."""

import re
from collections.abc import Iterable
from enum import Enum
from functools import lru_cache
from typing import Final

from evtimeline.core.lexicon import Lexicons, pattern
from evtimeline.core.text import fold


class Extent(Enum):
    """How much of it is meant."""

    UNSAID = ""
    FIRST = "first"
    WHOLE = "whole"


_NUMBER: Final = r"(?:two|three|four|five|six|seven|eight|nine|ten|few|\d+)"
_NO_TIME: Final = rf"(?![- ](?:the )?(?:{_NUMBER} )?%(time)s\b)"
_PART: Final = (
    r"(?:%(part)s|lines?(?! of\b)|(?<!(?:in|to|rs) (?:the|its) final )(?:phase|stage)(?! of [a-z]+(?:ing|ion|s)\b))\b"
)
_BETWEEN: Final = rf"(?:of (?:the |its )?)?(?:remaining )?(?:{_NUMBER} )?(?:(?!(?:of|to|for|in|on|at|by)\b)[\w-]+ )?"
_FIRST: Final = (
    r"%(first_part)s"
    rf"|\b(?:(?:first|initial){_NO_TIME}(?! public offering)|pilot|pilots|trial|trials|phase (?:one|1|i))\b"
)
_WHOLE: Final = (
    r"%(whole)s"
    rf"|\b(?:(?:all(?!-)|entire|whole|full)\b{_NO_TIME}|(?:entirely|fully|nationwide|national|complete)\b"
    rf"|(?:last|final){_NO_TIME} {_BETWEEN}{_PART})"
)


_LATER: Final = re.compile(
    r"\b(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|next|\d{1,2}(?:nd|rd|th))"
    r" (?:integrated |orbital |test |crewed |operational |commercial )*"
    r"(?:flight|launch|mission|voyage|delivery|shipment)\b"
    r"|第(?:[二三四五六七八九]|十[一二三四五六七八九]?|[2-9]|1\d)次(?:[一-鿿]{0,4})(?:试飞|飞行|发射|首飞|任务|航行|交付)"
)
_INITIAL: Final = re.compile(r"\b(?:first|maiden|debut|inaugural)\b|首[飞次架航批发]")


def is_initial(titles: Iterable[str]) -> bool:
    """Whether titles await the first of several: a maiden flight, 首批交付."""
    return any(_INITIAL.search(fold(title)) for title in titles)


def is_of_a_later_one(texts: Iterable[str]) -> bool:
    """Whether folded texts speak of a later flight or delivery, and of no first one."""
    said = [_numbered(text) for text in texts]
    return any(later for later, _ in said) and not any(first for _, first in said)


@lru_cache(maxsize=8)  # every milestone that an entry may mean asks the same of its texts
def _numbered(folded: str) -> tuple[bool, bool]:
    """Whether a text speaks of a later one, and whether of a first one."""
    return _LATER.search(folded) is not None, _INITIAL.search(folded) is not None


def extent_of(text: str, lexicons: Lexicons) -> Extent:
    """How much a title or a text means, where it says one of the two alone."""
    folded = fold(text)
    first, whole = (pattern(said, lexicons).search(folded) is not None for said in (_FIRST, _WHOLE))
    if first == whole:
        return Extent.UNSAID
    return Extent.FIRST if first else Extent.WHOLE


def extent_of_all(titles: Iterable[str], lexicons: Lexicons) -> Extent:
    """What titles of one milestone say together."""
    said = {extent_of(title, lexicons) for title in titles} - {Extent.UNSAID}
    return said.pop() if len(said) == 1 else Extent.UNSAID
