"""Whether a text speaks of the first part of something, of the whole (首批, the entire line), or of a later one."""

import re
from collections.abc import Iterable
from enum import Enum
from functools import lru_cache
from typing import Final

from evtimeline.core.text import fold


class Extent(Enum):
    """How much of it is meant."""

    UNSAID = ""
    FIRST = "first"
    WHOLE = "whole"


_NUMBER: Final = r"(?:two|three|four|five|six|seven|eight|nine|ten|few|\d+)"
_NO_TIME: Final = (
    rf"(?![- ](?:the )?(?:{_NUMBER} )?(?:hours?|days?|weeks?|weekends?|fortnight|months?|quarters?|half|halves|years?"
    r"|decades?|seasons?|terms?|time)\b)"
)
_PART: Final = (
    r"(?:units?|batch(?:es)?|sections?|blocks?|lines?(?! of\b)|stretch(?:es)?|segments?|tranches?|turbines?|modules?"
    r"|reactors?|spans?|shipments?|deliver(?:y|ies)|instal?lments?"
    r"|(?<!(?:in|to|rs) (?:the|its) final )(?:phase|stage)(?! of [a-z]+(?:ing|ion|s)\b))\b"
)
_BETWEEN: Final = rf"(?:of (?:the |its )?)?(?:remaining )?(?:{_NUMBER} )?(?:(?!(?:of|to|for|in|on|at|by)\b)[\w-]+ )?"
_FIRST: Final = re.compile(
    r"首[批台座段条期套个组阶]|先行|试点|试行|一期|第一[批台段期阶]"
    rf"|\b(?:(?:first|initial){_NO_TIME}(?! public offering)|pilot|pilots|trial|trials|phase (?:one|1|i))\b"
)
_WHOLE: Final = re.compile(
    r"全部|全面|全线|全国|全域|全长|全段|整个|最后一[台批段组座]|末台"
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


def extent_of(text: str) -> Extent:
    """How much a title or a text means, where it says one of the two alone."""
    folded = fold(text)
    first, whole = _FIRST.search(folded) is not None, _WHOLE.search(folded) is not None
    if first == whole:
        return Extent.UNSAID
    return Extent.FIRST if first else Extent.WHOLE


def extent_of_all(titles: Iterable[str]) -> Extent:
    """What titles of one milestone say together."""
    said = {extent_of(title) for title in titles} - {Extent.UNSAID}
    return said.pop() if len(said) == 1 else Extent.UNSAID
