"""Finds the spellings of all that is followed in a text, in one pass; what it needs for that is an index of strings."""

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from daachorse import CharwiseDoubleArrayAhoCorasick

from evtimeline.core.text import is_latin, is_left_out, joints, origin, origins, squeeze


class Hit(NamedTuple):
    """A facet at a place of a text (offsets in the text as given)."""

    start: int
    end: int
    facet: str


@dataclass(frozen=True)
class Index:
    """What names what, in strings and numbers alone, so that it can be kept in a file.

    `leading` and `others` map squeezed spellings to what they stand for, as `spelled` writes it; a text with none of
    the leading ones names nothing. `leads` says which topics may be named where a facet is found, and `shared` which
    others, where a second facet stands beside one that many topics share.
    """

    leading: Mapping[str, str]
    others: Mapping[str, str]
    leads: Mapping[str, Sequence[int]]
    shared: Mapping[str, Mapping[str, Sequence[int]]]


def spelled(facets: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """From spellings and their facets to squeezed spellings and, apart by tabs, the offsets of their joints and facets.

    Spellings that differ in spaces and hyphens alone are one. The order is that of the alphabet.
    """
    merged: dict[str, tuple[set[str], set[int]]] = {}
    for spelling, standing_for in facets.items():
        squeezed = squeeze(spelling)
        if squeezed:
            known, apart = merged.setdefault(squeezed, (set(), set()))
            known.update(standing_for)
            apart.update(joints(spelling))
    return {
        squeezed: "\t".join((" ".join(map(str, sorted(apart))), *sorted(known)))
        for squeezed, (known, apart) in sorted(merged.items())
    }


class _Spelling(NamedTuple):
    joints: frozenset[int]
    facets: tuple[str, ...]
    begins: bool  # it stands for every word that begins with it


@lru_cache(maxsize=4096)
def _spelling(written: str) -> _Spelling:
    apart, *facets = written.split("\t")
    return _Spelling(frozenset(map(int, apart.split())), tuple(facets), any(facet.endswith("*") for facet in facets))


class Surfaces:
    """An automaton over squeezed spellings, each with what it stands for as `spelled` writes it."""

    def __init__(self, spellings: Mapping[str, str]) -> None:
        self._written = list(spellings.values())
        self._automaton = CharwiseDoubleArrayAhoCorasick(list(spellings)) if spellings else None

    def find(self, folded: str) -> list[Hit]:
        """Every facet in a folded text, between Latin boundaries, in order of place."""
        raw = self._automaton.find_overlapping(squeeze(folded)) if self._automaton else []
        at = origins(folded) if len(raw) > _FEW else None
        found: list[Hit] = []
        for first, last, number in raw:
            start = at[first] if at else origin(folded, first)
            if start and is_latin(folded[start]) and is_latin(folded[start - 1]):
                continue
            end = (at[last - 1] if at else origin(folded, last - first - 1, start)) + 1
            spelling = _spelling(self._written[number])
            whole = end - start == last - first or _joined(folded[start:end], spelling.joints)
            if whole and (spelling.begins or _ends(folded, end)):
                found += [Hit(start, end, facet) for facet in spelling.facets]
        found.sort(key=_by_place)
        return found


_FEW = 8
"""So many hits are located one by one, more with a map of the whole text."""


def _joined(piece: str, allowed: frozenset[int]) -> bool:
    """Whether gaps inside a hit are short, and none tears letters apart that no spelling keeps apart (`V i`)."""
    before, count, gap = piece[0], 1, 0
    for character in piece[1:]:
        if is_left_out(character):
            gap += 1
            continue
        letters = is_latin(character) and is_latin(before) and not character.isdigit() and not before.isdigit()
        if gap > 3 or (gap and letters and count not in allowed):
            return False
        before, count, gap = character, count + 1, 0
    return True


_NUMBER_GOES_ON = re.compile(
    r"\d\.\d|[一二三四五六七八九十][一二三四五六七八九十](?=[号届期季代])|[二三]十(?![月年天日])|十[一二三四五六七八九](?![月年天日])"
)


def _ends(folded: str, end: int) -> bool:
    """Whether a name ends at `end`; a plural or possessive s may follow, but no more of its number (GPT-5.1)."""
    if end < len(folded) and _NUMBER_GOES_ON.match(folded, end - 1):
        return False
    if end == len(folded) or not (is_latin(folded[end - 1]) and is_latin(folded[end])):
        return True
    plural = folded[end] == "s" and not (end + 1 < len(folded) and is_latin(folded[end + 1]))
    return plural and folded[end - 1].isalpha()


def _by_place(hit: Hit) -> tuple[int, int, str]:
    return hit.start, -hit.end, hit.facet


class Matcher:
    """Finds the topics that a text may name, and then everything that decides whether it does.

    The first automaton holds only spellings without which no pattern can hold, so that most texts are done with after
    one pass; the second holds the others.
    """

    def __init__(self, index: Index) -> None:
        self._leads, self._shared = index.leads, index.shared
        self._leading, self._others = Surfaces(index.leading), Surfaces(index.others)

    def leading(self, folded: str) -> list[Hit]:
        """The facets in a folded text without which it names no topic."""
        return self._leading.find(folded)

    def hits(self, folded: str, leading: Sequence[Hit]) -> list[Hit]:
        """Every facet in a folded text, in order of place; `leading` are those that `leading` has found in it."""
        return sorted((*leading, *self._others.find(folded)), key=_by_place)

    def candidates(self, facets: Set[str]) -> list[int]:
        """The numbers of the topics that a text with these facets may name, ascending."""
        numbers: set[int] = set()
        for lead in facets & self._leads.keys():
            numbers.update(self._leads[lead])
            shared = self._shared.get(lead)
            if shared:
                numbers.update(number for facet in facets & shared.keys() for number in shared[facet])
        return sorted(numbers)
