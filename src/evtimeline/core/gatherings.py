"""How news calls Olympic and other games, world cups and fairs: by the town and the year, or by the town's Games."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from evtimeline.core.anatomy import Part, PartSort
from evtimeline.core.lexicon import Lexicons, Sort

_SPORTS: Final = (
    *("olympics", "winterolympics", "paralympics", "asiangames", "asianwinter", "universiade", "commonwealthgames"),
    *("nationalgames", "paraasian", "youtholympics", "europeangames", "games"),
)

GATHERINGS: Final = frozenset(f"noun:{key}" for key in (*_SPORTS, "worldcup", "worldexpo"))
"""Nouns that, with a town or a land, name one gathering: 长春 + 冬奥会."""

_OF_SPORTS: Final = frozenset(f"noun:{key}" for key in _SPORTS)


def gatherings(lexicons: Lexicons) -> frozenset[str]:
    """All words that name such a gathering."""
    return frozenset(word for facet in GATHERINGS for word in lexicons.concepts.get((Sort.NOUN, facet[5:]), ()))


def is_gathering(parts: Sequence[Part]) -> bool:
    """Whether parts of a name are no more than a gathering and where it is."""
    nouns = [part for part in parts if part.facet in GATHERINGS]
    return bool(nouns) and all(part in nouns or part.sort is PartSort.PLACE for part in parts) and len(parts) > 1


_YEAR: Final = r"(?:19|20)\d\d"


def hosted(title: str, parts: Sequence[Part], lexicons: Lexicons) -> Iterator[str]:
    """What a gathering is also called: 长春冬奥, Doha Games, and Brisbane 2032 or Expo 2030 where its title says so."""
    nouns = [part.facet for part in parts if part.facet in GATHERINGS]
    places = [part.text.strip() for part in parts if part.sort is PartSort.PLACE]
    for noun in nouns:
        words = {*lexicons.concepts[(Sort.NOUN, noun[5:])], *(("games",) if noun in _OF_SPORTS else ())}
        for place in places:
            gap = " " if place.isascii() else ""
            yield from (f"{place}{gap}{word}" for word in sorted(words) if word.isascii() == place.isascii())
    for text in (*places, *(part.text for part in parts if part.facet in nouns)):
        yield from (match.group() for match in re.finditer(rf"{re.escape(text)} ?{_YEAR}(?!\d)", title))
