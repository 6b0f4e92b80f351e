"""What news leaves of formal names in English: the word of its own in a site's, and what a law is about."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from evtimeline.core.anatomy import Part
from evtimeline.core.localities import SITES

_DESCRIBING: Final = frozenset(
    (
        *("plant", "unit", "airport", "international", "line", "station", "wind", "farm", "offshore", "onshore"),
        *("canal", "bridge", "tunnel", "park", "resort", "tower", "project", "mine", "port", "terminal", "phase"),
        *("train", "lng", "solar", "energy", "power", "nuclear", "hydropower", "dam", "refinery", "steel", "works"),
        *("centre", "center", "campus", "hub", "stadium", "arena", "museum", "hotel", "factory", "gigafactory", "fab"),
        *("mill", "railway", "metro", "subway", "reactor", "expansion", "copper", "lithium", "gold", "nickel", "site"),
        *("facility", "field", "pipeline", "rail", "link", "hospital", "smelter", "battery", "block"),
    )
)
"""English words of sites that are no part of what tells one from the others."""


def cores(text: str, kind: str) -> Iterator[str]:
    """The word of its own in the English name of a site: Vogtle in Plant Vogtle Unit 3, Dogger Bank A without A."""
    words = text.split() if text.isascii() and kind in SITES else []
    kept = [word for word in words if _is_own(word)]
    core = " ".join(kept)
    if 0 < len(kept) < len(words) and len(core) >= _LONG and core in text:
        yield core


def _is_own(word: str) -> bool:
    """Whether an English word of a site's name is its own: neither what all have, nor a number or a type (EPR)."""
    return word.lower() not in _DESCRIBING and len(word) > 2 and not word.isdigit() and not _TYPE.fullmatch(word)


_TYPE: Final = re.compile(r"(?:EPR2?|AP1000|A?BWR|VVER|SMR|CCGT|FLNG|FSRU|VLCC)(?:-\d+)?")
"""What kind of reactor or terminal it is."""

_LONG: Final = 5
"""How many letters such a word has at least."""


_LAW_EN: Final = re.compile(r"(.*[a-z]) (?:Regulation|Act|Law|Directive|Rule|Bill)s?")


def laws(parts: Sequence[Part]) -> Iterator[str]:
    """What news calls a law: deforestation rules, whatever its formal name is."""
    for part in parts:
        if found := _LAW_EN.fullmatch(part.text.strip()):
            yield from (f"{found.group(1)} {noun}" for noun in ("law", "rules", "regulation", "bill", "act"))
