"""What a name is made of: known companies, places, nouns and ordinals, and the words that are its own."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from evtimeline.core.lexicon import Lexicons, Sort
from evtimeline.core.numerals import goes_on_a_number
from evtimeline.core.text import fold, is_latin, squeeze


class PartSort(StrEnum):
    """How much a part of a name narrows down what is meant."""

    ORG = Sort.ORG.value
    PLACE = Sort.PLACE.value
    NOUN = Sort.NOUN.value
    ORDINAL = Sort.ORDINAL.value
    MEASURE = Sort.MEASURE.value
    PROPER = "proper"  # a word of its own: Cybertruck, 塞格德
    CONTENT = Sort.TRAIT.value  # an ordinary word: robotaxi
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a name: `facet` identifies it (`org:xiaomi`, `word:szeged`), `text` is how it was written."""

    sort: PartSort
    facet: str
    text: str


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Known words by their folded text, with the facets that they stand for; compared by identity.

    `lengths` says of each first character how long the words are that begin with it, longest first.
    """

    words: Mapping[str, tuple[PartSort, str]]
    stopwords: frozenset[str]
    lengths: Mapping[str, tuple[int, ...]]
    within: Mapping[str, str] = field(default_factory=dict)  # keys of places, and of the larger ones around them
    dissected: dict[str, tuple[Part, ...]] = field(default_factory=dict, repr=False)  # kept as long as the words are

    def __contains__(self, word: str) -> bool:
        """Whether `word` is known, be it as a Chinese stopword (English ones end at spaces by themselves)."""
        return word in self.words or (word in self.stopwords and not word.isascii())

    def is_place(self, text: str) -> bool:
        """Whether a text is the name of a place."""
        return self.words.get(fold(text), (None, ""))[0] is PartSort.PLACE

    def around(self, facet: str) -> Iterator[str]:
        """The larger places in which a place lies: that of Szeged, then that of Hungary."""
        sort, _, key = facet.partition(":")
        while sort == PartSort.PLACE.value and (key := self.within.get(key, "")):
            yield f"{sort}:{key}"

    @classmethod
    def of(cls, lexicons: Lexicons) -> "Vocabulary":
        """All concepts of all languages."""
        words = {
            word: (PartSort(sort.value), f"{sort.value}:{key}")
            for (sort, key), listed in lexicons.concepts.items()
            for word in listed
        }
        nouns = [word for word, (sort, _) in words.items() if sort is PartSort.NOUN and word.isascii()]
        words = {f"{noun}s": words[noun] for noun in nouns if not noun.endswith("s")} | words
        return cls(words, lexicons.stopwords, _lengths((*words, *lexicons.stopwords)), lexicons.within)

    def with_orgs(self, names: Iterable[str]) -> "Vocabulary":
        """This vocabulary and the names of more parties, each a company of its own where it is not known yet.

        A name with which a longer one begins is the same company: 海川 and 海川电池.
        """
        return _with_orgs(
            self, tuple(sorted({fold(name).strip() for name in names}, key=lambda name: (len(name), name)))
        )


@lru_cache(maxsize=16)
def _with_orgs(known: Vocabulary, names: tuple[str, ...]) -> Vocabulary:
    """The vocabulary with companies of these folded names; a milestone asks for its own more than once."""
    new: dict[str, tuple[PartSort, str]] = {}
    for name in names:
        if name and not any(part.sort is PartSort.ORG for part in dissect(name, known)):
            shorter = next((other for other in new if _shortens(other, name)), None)
            longer = (other for other in names if other in known.words and other != name and _shortens(name, other))
            whole = next(map(known.words.__getitem__, longer), None)
            new[name] = new[shorter] if shorter else whole or (PartSort.ORG, f"org:{squeeze(name)}")
    if not new:
        return known
    lengths = dict(known.lengths)
    for name in new:
        lengths[name[0]] = tuple(sorted({*lengths.get(name[0], ()), len(name)}, reverse=True))
    companies = {name: part for name, part in new.items() if known.words.get(name, part)[0] is not PartSort.PLACE}
    return Vocabulary({**known.words, **companies}, known.stopwords, lengths, known.within)


def _shortens(short: str, long: str) -> bool:
    """Whether a longer name begins with a shorter one, between Latin boundaries."""
    return long.startswith(short) and len(short) > 1 and not (is_latin(long[len(short)]) and is_latin(short[-1]))


def _lengths(words: Iterable[str]) -> Mapping[str, tuple[int, ...]]:
    by_first: dict[str, set[int]] = {}
    for word in words:
        by_first.setdefault(word[:1], set()).add(len(word))
    return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in by_first.items()}


_WORD = re.compile(r"[a-z0-9à-ÿāăćčđęěğıłńőřśšșțűžż&.'+]+")
_PLUS = re.compile(r"[a-z]{2,}\+")
"""How services are called: Sony+."""

_JOINERS = frozenset(" -/·")


def dissect(name: str, vocabulary: Vocabulary) -> tuple[Part, ...]:
    """The parts of `name` in order; stopwords and punctuation are left out."""
    known = vocabulary.dissected
    if name not in known:
        if len(known) >= _REMEMBERED:
            known.clear()
        known[name] = _dissect(name, vocabulary)
    return known[name]


_REMEMBERED = 4096


def _dissect(name: str, vocabulary: Vocabulary) -> tuple[Part, ...]:
    folded = fold(name)
    parts: list[Part] = []
    run: list[int] = []  # start and end of the stretch of unknown characters
    at = 0
    while at < len(folded):
        known = _known_at(folded, at, vocabulary)
        if known and _is_more_than(name, at + len(known), known, vocabulary):
            known = None
        if known and run and _goes_on(name, folded, at, known, run, vocabulary):
            run[1] = at = at + len(known)  # Auto in "Grand Theft Auto" belongs to the name
            continue
        if known:
            _flush(name, folded, run, parts)
            if known in vocabulary.stopwords:
                at += len(known)
                continue
            sort, facet = vocabulary.words[known]
            parts.append(Part(sort, facet, name[at : at + len(known)]))
            at += len(known)
            continue
        at = _unknown_at(name, folded, at, vocabulary, run, parts)
    _flush(name, folded, run, parts)
    return tuple(_joined(parts, folded))


def _joined(parts: list[Part], folded: str) -> list[Part]:
    """A Chinese place and the word behind it are one name (北京时代) unless a company stands in the same name.

    So are a place and its number: Graz 17.
    """
    owned = any(part.sort is PartSort.ORG for part in parts)
    joined: list[Part] = []
    for n, part in enumerate(parts):
        before = joined[-1] if joined else None
        stands = n + 1 < len(parts) and parts[n + 1].facet in _STANDING
        text = _one_name(before, part, folded, owned or stands) if before else ""
        if text:
            joined[-1] = Part(PartSort.PROPER, f"word:{squeeze(fold(text))}", text)
        else:
            joined.append(part)
    return joined


_STANDING = frozenset(
    f"noun:{noun}"
    for noun in ("airport", "line", "power", "canal", "bridge", "tunnel", "port", "station", "road", "lng")
)
"""What stands in a place and has a name of its own there: 厦门 + 翔安 + 机场."""

_PLACE_NUMBER = re.compile(r"(?!(?:19|20)\d\d)\d{1,3}(?![\d号期年月日%])")


def _one_name(place: Part, part: Part, folded: str, owned: bool) -> str:
    """The name that a place and what stands right behind it make together, if they do."""
    if place.sort is not PartSort.PLACE or part.sort not in (PartSort.PROPER, PartSort.NUMBER):
        return ""
    numbered = _PLACE_NUMBER.match(part.text) is not None
    if not numbered and (owned or part.sort is PartSort.NUMBER or part.text[0].isascii()):
        return ""
    texts = (place.text + gap + part.text for gap in (("", " ") if numbered else ("",)))
    return next((text for text in texts if fold(text) in folded), "")


def _goes_on(name: str, folded: str, at: int, known: str, run: Sequence[int], vocabulary: Vocabulary) -> bool:
    """Whether a known word in capitals belongs to the name before it; a place does only behind a word like `West`."""
    if not folded[at].isascii() or not name[at : at + len(known)].istitle() or not name[run[0]].isascii():
        return False
    sort, _ = vocabulary.words.get(known, (PartSort.NOUN, ""))
    return sort is not PartSort.PLACE or folded[run[0] : run[1]].rpartition(" ")[2] in _DIRECTIONS


def _is_more_than(name: str, end: int, known: str, vocabulary: Vocabulary) -> bool:
    """Whether what is else a company begins the title of a work or is a service of it: Honor of Thrones, Sony+."""
    sort, _ = vocabulary.words.get(known, (PartSort.NOUN, ""))
    return sort is PartSort.ORG and _MORE.match(name, end) is not None


_MORE = re.compile(r" of (?:the )?[A-Z]|\+(?![\w+])")
_DIRECTIONS = frozenset(
    (
        *("west", "western", "east", "eastern", "north", "northern", "south", "southern", "new", "greater", "grand"),
        *("port", "saint", "st", "central", "upper", "lower", "mid", "inner", "outer", "of", "de", "al", "el", "la"),
    )
)


def _known_at(folded: str, at: int, vocabulary: Vocabulary) -> str | None:
    """The longest known word that begins at `at`, between Latin boundaries."""
    if (at and is_latin(folded[at]) and is_latin(folded[at - 1])) or goes_on_a_number(folded, at):
        return None
    for length in vocabulary.lengths.get(folded[at], ()):
        end = at + length
        word = folded[at:end]
        if word in vocabulary and not (end < len(folded) and is_latin(folded[end]) and is_latin(folded[end - 1])):
            single = len(word) == 1 and not word.isascii()
            return None if single and end < len(folded) else word
    return None


def _unknown_at(name: str, folded: str, at: int, vocabulary: Vocabulary, run: list[int], parts: list[Part]) -> int:
    """Take the unknown word or character at `at`; returns where to go on."""
    word = _WORD.match(folded, at)
    if word and is_latin(folded[at]):
        text = word.group().rstrip(".'&").removesuffix("'s")
        text = text if _PLUS.fullmatch(text) else text.rstrip(".'+&")
        end = at + len(text)
        proper = not name[at:end].islower() or any(c.isdigit() for c in text)
        if text in vocabulary.stopwords and not run and not (at and name[at].isupper() and text == "new"):
            return word.end()
        if proper:
            if _turns(name, run, text):
                _flush(name, folded, run, parts)
            run[:] = [run[0] if run else at, end]
            if folded.startswith("'s ", end):
                _flush(name, folded, run, parts)  # whose it is ends here: Nintendo's Switch 3
        else:
            _flush(name, folded, run, parts)
            if text not in vocabulary.stopwords and len(text) > 1:
                parts.append(Part(PartSort.CONTENT, f"word:{text}", name[at:end]))
        return max(word.end(), at + 1)
    if folded[at].isalnum():
        if run and _is_model(name[run[0] : at]):
            _flush(name, folded, run, parts)
        run[:] = [run[0] if run else at, at + 1]
    elif folded[at] not in _JOINERS or folded.startswith("/ ", at):
        _flush(name, folded, run, parts)
    return at + 1


def _turns(name: str, run: Sequence[int], text: str) -> bool:
    """Whether a Latin word of three letters or a model begins behind a Chinese one: 支线客机MRJ, 悟空Xbox版."""
    return bool(run) and not name[run[1] - 1].isascii() and _is_model(text)


def _is_model(text: str) -> bool:
    """Whether a Latin word is a name of its own beside Chinese ones."""
    bare = text.strip(" -·")
    return bare.isascii() and len(bare) > 1 and not bare.isdigit() and (len(bare) > 2 or bare[-1].isdigit())


def _flush(name: str, folded: str, run: list[int], parts: list[Part]) -> None:
    """End the stretch of unknown characters, if there is one."""
    if not run:
        return
    if folded[run[1] - 1] == "新" and run[1] - run[0] > 1:
        run[1] -= 1  # 新火车站
    text = folded[run[0] : run[1]]
    sort = PartSort.NUMBER if squeeze(text).isdigit() else PartSort.PROPER
    if len(text) == 1 and not text.isascii():
        run.clear()
        return  # one Chinese character names nothing
    parts.append(Part(sort, f"word:{squeeze(text)}", name[run[0] : run[1]]))
    run.clear()


def tells(part: Part) -> bool:
    """Whether a proper part alone says what is meant: a coined word, a model with two letters, three characters."""
    text = squeeze(fold(part.text))
    if part.sort is not PartSort.PROPER:
        return False
    if text.isascii():
        letters = sum(c.isalpha() for c in text)
        return (letters >= 2 and len(text) >= 3) or (letters == 1 and len(text) >= 4)  # C929, 777X; not S9
    return len(text) >= 3 or (len(text) == 2 and not any(is_latin(c) for c in text))
