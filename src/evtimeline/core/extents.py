"""Whether a title or a text speaks of the first part of something or of the whole: 首批机组, the entire line."""

import re
from collections.abc import Iterable
from enum import Enum
from typing import Final

from evtimeline.core.text import fold


class Extent(Enum):
    """How much of it is meant."""

    UNSAID = ""
    FIRST = "first"
    WHOLE = "whole"


_FIRST: Final = re.compile(
    r"首[批台座段条期套个组阶]|先行|试点|试行|一期|第一[批台段期阶]"
    r"|\b(?:first|initial|pilot|pilots|trial|trials|phase (?:one|1|i))\b"
)
_WHOLE: Final = re.compile(
    r"全部|全面|全线|全国|全域|全长|全段|整个|最后一[台批段组座]|末台|\b(?:all|entire|entirely|whole|full|fully|nationwide|national"
    r"|complete|last|final)\b"
)


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
