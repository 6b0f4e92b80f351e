"""One pass over a text for the date words of a language: a cheap pattern finds where, a fuller one reads what."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property


@dataclass(frozen=True, slots=True)
class Word:
    """A kind of date word: the characters with which it may begin, and its pattern (verbose, over folded text)."""

    starts: str
    pattern: str


class Scanner:
    """Finds the words of a language.

    `lead` must match wherever a word may begin, and little else: it is all that most of a text ever meets. Only there
    are the patterns tried, and of these the ones that can begin with that character; the first that matches wins.
    Right after a word another one may begin (2025H2, 6月底) whether `lead` matches there or not.
    """

    def __init__(self, lead: str, words: Mapping[str, Word]) -> None:
        self._lead_pattern = lead
        self._words = words
        self._beginning_with = cache(self._for_character)  # patterns are compiled when first needed: it takes a while
        self._compiled = cache(self._one_of)

    @cached_property
    def _lead(self) -> re.Pattern[str]:
        return re.compile(self._lead_pattern, re.VERBOSE)

    def _for_character(self, character: str) -> re.Pattern[str]:
        return self._compiled(tuple(name for name, word in self._words.items() if character in word.starts))

    def _one_of(self, names: tuple[str, ...]) -> re.Pattern[str]:
        chosen = "|".join(f"(?P<{name}>{self._words[name].pattern})" for name in names)
        return re.compile(chosen or "(?!)", re.VERBOSE)

    def matches(self, folded: str) -> Iterator[re.Match[str]]:
        """The words of a folded text in order, none empty or within another; `lastgroup` is the kind of word."""
        position, end = 0, len(folded)
        search = self._lead.search
        while (lead := search(folded, position)) is not None:
            position = lead.start()
            match = self._beginning_with(folded[position]).match(folded, position)
            position += 1
            while match is not None:
                yield match
                position = match.end()
                match = self._beginning_with(folded[position]).match(folded, position) if position < end else None


def by_initial(alternatives: str) -> str:
    """The patterns, apart by spaces, as one that branches on their first letter: far faster than one after another."""
    rests: dict[str, list[str]] = {}
    for alternative in alternatives.split():
        rests.setdefault(alternative[0], []).append(alternative[1:])
    return "|".join(f"{initial}(?:{'|'.join(rest)})" for initial, rest in rests.items())
