"""What a title alone tells: kind, names, parties, quantity and a key, for those who type nothing else."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from daachorse import CharwiseDoubleArrayAhoCorasick

from evtimeline.core.anatomy import Part, PartSort, Vocabulary, dissect, tells
from evtimeline.core.lexicon import Lexicons, Role
from evtimeline.core.milestones import Kind, Names
from evtimeline.core.quantities import DATES, written
from evtimeline.core.shortnames import abbreviated, acronyms, shortened
from evtimeline.core.text import fold, is_latin, squeeze


@dataclass(frozen=True)
class Derived:
    """What was made of a milestone's titles; `quantities` are the numbers of a target as texts write them."""

    key: str
    kind: str
    names: Names
    parties: tuple[str, ...]
    quantities: tuple[str, ...] = ()


@dataclass(frozen=True)
class Subject:
    """What was made of the titles as far as matching needs it."""

    kind: str
    names: Names
    parties: tuple[str, ...]


class TitleWords:
    """The words that name a kind in a title, with the kinds that each may name; one automaton over all of them."""

    def __init__(self, lexicons: Lexicons) -> None:
        self.kinds: dict[str, tuple[str, ...]] = {}
        for phrase in lexicons.phrases():
            if phrase.role is Role.TITLE and phrase.kind:
                self.kinds[phrase.text] = (*self.kinds.get(phrase.text, ()), phrase.kind)
        self._words = sorted(self.kinds)
        self._automaton = CharwiseDoubleArrayAhoCorasick(self._words)

    def find(self, folded: str) -> list[tuple[int, int]]:
        """The places of kind words between Latin boundaries, the earliest and longest first; they do not overlap."""
        found = sorted((start, -end) for start, end, _ in self._automaton.find_overlapping(folded))
        places: list[tuple[int, int]] = []
        for start, negative in found:
            after_last = not places or start >= places[-1][1]
            if after_last and _stands_alone(folded, start, -negative):
                places.append((start, -negative))
        return places

    def blank(self, folded: str, mark: str) -> str:
        """The text with `mark` over every kind word; of the same length."""
        for start, end in self.find(folded):
            folded = folded[:start] + mark * (end - start) + folded[end:]
        return folded


def _stands_alone(folded: str, start: int, end: int) -> bool:
    before = start > 0 and is_latin(folded[start]) and is_latin(folded[start - 1])
    return not before and not (end < len(folded) and is_latin(folded[end - 1]) and is_latin(folded[end]))


@lru_cache(maxsize=4)
def title_words(lexicons: Lexicons) -> TitleWords:
    """All title words of the lexicons, built once."""
    return TitleWords(lexicons)


@lru_cache(maxsize=4)
def vocabulary(lexicons: Lexicons) -> Vocabulary:
    """The vocabulary of the lexicons, built once."""
    return Vocabulary.of(lexicons)


def derive(titles: Mapping[str, str], lexicons: Lexicons) -> Derived:
    """Kind, names, parties and key of a milestone that has only titles (one per language)."""
    subject = derive_subject(titles, lexicons)
    quantities = tuple(dict.fromkeys(q for title in titles.values() for q in written(title)))
    key = _key(titles, subject.kind, title_words(lexicons), vocabulary(lexicons))
    return Derived(key, subject.kind, subject.names, subject.parties, quantities)


def derive_subject(titles: Mapping[str, str], lexicons: Lexicons) -> Subject:
    """What a reader needs of it: kind, names and parties."""
    words = title_words(lexicons)
    known = vocabulary(lexicons)
    kind = _kind(titles, lexicons, words, known)
    names: dict[str, None] = {}
    parties: dict[str, None] = {}
    for title in titles.values():
        for segment in _segments(title, words):
            parts = dissect(segment, known)
            parties |= dict.fromkeys(part.text.strip() for part in parts if part.sort is PartSort.ORG)
            names |= dict.fromkeys(_names(segment, parts, lexicons))
    if not names:
        names = dict.fromkeys(title.strip() for title in titles.values())
    return Subject(kind, Names(tuple(names)), tuple(parties))


# -- kind ---------------------------------------------------------------------------------------------------------

_LISTING: Final = re.compile(r"ipo|股|科创板|创业板|北交所|上交所|深交所|纳斯达克|nasdaq|nyse|listing|exchange|stock")
_PREFERRED: Final = ("launch", "plant-opening", "opening", "release", "delivery", "mass-production")


def _kind(titles: Mapping[str, str], lexicons: Lexicons, words: TitleWords, known: Vocabulary) -> str:
    """The kind that the title words speak for most, decided by what the title is about where they are ambiguous."""
    votes: dict[str, float] = {}
    for title in titles.values():
        folded = fold(title)
        for n, (start, end) in enumerate(words.find(folded)):
            word = folded[start:end]
            weight = len(word) * (1 if word.isascii() else 4) + n  # the last word is the predicate
            for kind in words.kinds[word]:
                votes[kind] = votes.get(kind, 0.0) + weight
    if not votes:
        return Kind.OTHER
    text = " ".join(map(fold, titles.values()))
    if votes.keys() & _AMBIGUOUS:
        nouns = {part.facet for title in titles.values() for part in dissect(title, known)}
        _weigh(votes, text, nouns, lexicons)
    return max(sorted(votes), key=lambda kind: (votes[kind], -_rank(kind)))


def _rank(kind: str) -> int:
    return _PREFERRED.index(kind) if kind in _PREFERRED else len(_PREFERRED)


_AMBIGUOUS: Final = frozenset({"target", "ipo", "plant-opening", "market-entry", "founding", "release"})


def _weigh(votes: dict[str, float], text: str, nouns: set[str], lexicons: Lexicons) -> None:
    """Let the subject decide between kinds that share a word: 上市 of a share and of a car, opening of a plant."""
    if "target" in votes:
        votes["target"] += 60 if any(True for _ in written(text)) else -30
    if "ipo" in votes:
        suffix = any(text.split("上市")[0].endswith(s) for s in lexicons.company_suffixes)
        votes["ipo"] += 40 if _LISTING.search(text) or suffix else -20
    if "plant-opening" in votes:
        votes["plant-opening"] += 10 if "noun:plant" in nouns else -20
    if "market-entry" in votes:
        abroad = "place:overseas" in nouns or any(noun.startswith("place:") for noun in nouns)
        votes["market-entry"] += 30 if abroad else -20
    if "founding" in votes and "noun:jv" in nouns:
        votes["founding"] += 30
    if "release" in votes and ("《" in text or "noun:game" in nouns):
        votes["release"] += 30


# -- names --------------------------------------------------------------------------------------------------------

_EDGES: Final = " \t,，。.;；:：、-–—/|·的在于并和与及将"
_BRACKETS: Final = re.compile(r"[（(]([^（）()]*)[）)]")
_LIST: Final = re.compile(r"[、,，/]|(?<=[一-鿿])[与和及](?=[一-鿿])|\band\b")


def _segments(title: str, words: TitleWords) -> Iterator[str]:
    """The title without its kind words, dates and quantities: what stands before, between and behind them.

    Names in brackets come as segments of their own: 北京环球影城（北京环球度假区）, 系统（EES）.
    """
    outer = _BRACKETS.sub(lambda m: " " if _is_name(m.group(1)) else f" {m.group(1)} ", title)
    yield from filter(_is_name, _BRACKETS.findall(title))
    folded = DATES.sub(lambda m: "\0" * len(m.group()), fold(outer))
    folded = words.blank(folded, "\0")
    pieces = [m.span() for m in re.finditer(r"[^\0]+", folded)]
    kept = [outer[a:b].strip(_EDGES) for a, b in pieces]
    kept = [piece for piece in kept if piece]
    if len(kept) > 1 and all(piece.isascii() for piece in kept):
        yield " ".join(kept)  # English puts the place behind the verb: robotaxi service launch in Austin
    else:
        yield from kept
        if len(kept) == 2 and not any(_LIST.search(piece) for piece in kept):
            yield " ".join(kept)  # and Chinese the object: 零跑汽车 (进入) 日本市场


def _is_name(inner: str) -> bool:
    """Whether what stands in brackets is another name, an acronym or Chinese, not a place or an afterthought."""
    return not inner.isascii() or (inner.isupper() and len(inner) > 2)


_UNSPECIFIC: Final = (PartSort.ORG, PartSort.NUMBER, PartSort.MEASURE)
_GENERIC: Final = ("noun:car", "noun:company")


def _names(segment: str, parts: tuple[Part, ...], lexicons: Lexicons) -> Iterator[str]:
    """The names in a segment of a title: the whole, the coined word in it, abbreviations; lists are taken apart."""
    specific = [part for part in parts if part.sort not in _UNSPECIFIC and part.facet not in _GENERIC]
    if not specific:
        return  # only companies (and a quantity): parties, not what it happens to
    quoted = re.sub(r"[《》“”\"「」『』]", "", segment).strip(_EDGES)
    if not _LIST.search(segment):
        yield quoted
        yield from shortened(quoted)
    yield from abbreviated(quoted, lexicons)
    orgs = [part for part in parts if part.sort is PartSort.ORG]
    places = [part for part in parts if part.sort is PartSort.PLACE]
    if _LIST.search(segment) and specific:
        yield " ".join(part.text for part in parts)
    own = [part for part in parts if part.sort is PartSort.PROPER and tells(part) and not part.text.endswith("国际")]
    several = bool(own) and own[-1].text.isascii() and len(re.split(r"[ /-]", own[-1].text.strip())) > 1
    coined = bool(own) and not own[-1].text.isascii() and len(own[-1].text) >= _COINED
    if own and (several or coined or not (len(own) == 1 and places and not orgs)) and _telling_alone(own[-1]):
        yield own[-1].text.strip()
        yield from acronyms(own[-1].text)
    if not orgs and not places:
        yield from acronyms(segment)


_COINED: Final = 6
"""A Chinese word of so many characters means the same wherever it stands: 碳边境调节机制."""


def _telling_alone(part: Part) -> bool:
    text = squeeze(fold(part.text))
    if text.isascii():
        return any(c.isdigit() for c in text) or len(text) >= 5 or part.text.isupper()
    return len(text) >= 3


# -- key ----------------------------------------------------------------------------------------------------------


def _key(titles: Mapping[str, str], kind: str, words: TitleWords, known: Vocabulary) -> str:
    """An ASCII key: the Latin words of the title, known companies and places by their English names, and the kind."""
    title = titles.get("en") or next(iter(titles.values()))
    found: dict[str, None] = {}
    for segment in _segments(title, words):
        for part in dissect(segment, known):
            slug = part.facet.partition(":")[2] if part.sort in _LINKED else _latin(part.text)
            found |= dict.fromkeys([slug] if slug else [])
    slugs = list(found)[:5]
    if not slugs:
        slugs = [hashlib.sha256(squeeze(fold(title)).encode()).hexdigest()[:6]]
    ending = kind if kind != Kind.OTHER else "milestone"
    if slugs[-1] == ending.partition("-")[0]:
        slugs.pop()  # plant-opening says it again
    return "-".join([*slugs, ending])[:60].strip("-")


_LINKED: Final = (PartSort.ORG, PartSort.PLACE, PartSort.NOUN)


def _latin(text: str) -> str:
    """The Latin letters and digits of a text, words joined by hyphens; empty for Chinese."""
    kept = "".join(c if is_latin(c) and c.isascii() else " " for c in fold(text))
    return "-".join(kept.split())
