"""Finds the words of the lexicons in a text: cues, and words of the kinds of milestones, each with its place."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from daachorse import CharwiseDoubleArrayAhoCorasick

from evtimeline.core.lexicon import Cue, Lexicons, Phrase, Role, Tense
from evtimeline.core.text import Clause, clause_at, is_latin, latin_at

_REACH = 60
"""How far behind its head the tail of a phrase (`push … to`) may stand, in characters."""


class Word(NamedTuple):
    """A phrase of the lexicon at a place of a folded text; `clause` is the index of the clause it begins in."""

    start: int
    end: int
    phrase: Phrase
    clause: int

    @property
    def cue(self) -> Cue | None:
        """What it does to a statement, if it is a cue."""
        return self.phrase.cue

    @property
    def role(self) -> Role | None:
        """What it says of its kind, if it is a word of a kind."""
        return self.phrase.role

    @property
    def tense(self) -> Tense:
        """Its form, if it is an English verb."""
        return self.phrase.tense


class Phrasebook:
    """One automaton over all phrases of all languages."""

    def __init__(self, lexicons: Lexicons) -> None:
        heads: dict[str, dict[Phrase, None]] = {}
        for phrase in lexicons.phrases():
            if phrase.role is not Role.TITLE:
                heads.setdefault(phrase.text, {})[phrase] = None
        tails = {phrase.tail for phrases in heads.values() for phrase in phrases if phrase.tail}
        self._texts = sorted({*heads, *tails})
        self._phrases = [tuple(heads.get(text, ())) for text in self._texts]
        self._tails = [text in tails for text in self._texts]
        self._edges = [(is_latin(text[0]), is_latin(text[-1])) for text in self._texts]
        self._automaton = CharwiseDoubleArrayAhoCorasick(self._texts)

    def words(self, folded: str, clauses: Sequence[Clause]) -> tuple[Word, ...]:
        """Every phrase in the text in order of place."""
        found: list[Word] = []
        tails: dict[str, list[int]] = {}
        opened: list[tuple[int, int, Phrase]] = []
        compounds: list[tuple[int, int]] = []
        starts = [clause.start for clause in clauses]
        latin = latin_at(folded)
        for start, end, number in self._automaton.find_overlapping(folded):
            first, last = self._edges[number]
            if (first and start and latin(start - 1)) or (last and latin(end)):
                continue  # it begins or ends inside a longer word
            if last and folded.startswith("'t", end):
                continue  # the won of won't
            if self._tails[number]:
                tails.setdefault(self._texts[number], []).append(start)
            clause = clause_at(starts, start)
            for phrase in self._phrases[number]:
                if phrase.initial and folded[starts[clause] : start].strip(" \"'"):
                    continue
                if phrase.cue is Cue.COMPOUND:
                    compounds.append((start, end))
                elif phrase.tail:
                    opened.append((start, end, phrase))
                else:
                    found.append(Word(start, end, phrase, clause))
        if compounds:
            inner = inside_of(compounds)
            found = [word for word in found if word.cue is None or not inner(word.start, word.end)]
            opened = [one for one in opened if one[2].cue is None or not inner(one[0], one[1])]
        found += _closed(opened, tails, starts)
        found.sort(key=lambda word: (word.start, -word.end, word.phrase.kind or "", word.phrase.role or ""))
        return tuple(found)


def inside_of(spans: Iterable[tuple[int, int]]) -> Callable[[int, int], bool]:
    """A test whether a stretch from start to end lies inside one of the spans, and is not all of it."""
    around = {offset: span for span in spans for offset in range(*span)}

    def inside(start: int, end: int) -> bool:
        span = around.get(start)
        return span is not None and end <= span[1] and end - start < span[1] - span[0]

    return inside


def _closed(
    opened: Iterable[tuple[int, int, Phrase]], tails: Mapping[str, list[int]], starts: Sequence[int]
) -> Iterable[Word]:
    """The heads whose tail follows near in the same clause."""
    for start, end, phrase in opened:
        tail = phrase.tail or ""
        for at in tails.get(tail, ()):
            if end <= at <= end + _REACH and clause_at(starts, at) == clause_at(starts, start):
                yield Word(start, at + len(tail), phrase, clause_at(starts, start))
                break
