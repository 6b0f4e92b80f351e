"""What a title alone tells: kind, names, parties, quantity and a key, for those who type nothing else."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from daachorse import CharwiseDoubleArrayAhoCorasick

from evtimeline.core.anatomy import PartSort, Vocabulary, dissect, tells
from evtimeline.core.descriptions import is_description
from evtimeline.core.gatherings import gatherings, hosted
from evtimeline.core.lexicon import Lexicons, Role
from evtimeline.core.milestones import Kind, Names
from evtimeline.core.naming import EDGES, Called, companies, names
from evtimeline.core.quantities import DATES, written
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
    """What was made of the titles as far as matching needs it; `loose` names count only beside words of the kind.

    `owned`: every title names a party.
    """

    kind: str
    names: Names
    parties: tuple[str, ...]
    loose: frozenset[str] = frozenset()
    owned: bool = False
    partners: tuple[tuple[str, ...], ...] = ()  # the parties by title


class TitleWords:
    """The words that name a kind in a title, with the kinds that each may name; one automaton over all of them."""

    def __init__(self, lexicons: Lexicons) -> None:
        self.kinds: dict[str, tuple[str, ...]] = {}
        for phrase in lexicons.phrases():
            if phrase.role is Role.TITLE and phrase.kind:
                self.kinds[phrase.text] = (*self.kinds.get(phrase.text, ()), phrase.kind)
        self._words = sorted(self.kinds)
        self._names = {word for word in self._words if any(name.endswith(word) for name in gatherings(lexicons))}
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
        """The text with `mark` over every kind word that is no name (Commonwealth Games); of the same length."""
        for start, end in self.find(folded):
            if folded[start:end] not in self._names:
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
    pieces = {title: list(_pieces(title, words)) for title in titles.values()}
    by_title = [list(companies(listed, kind, known)) for listed in pieces.values()]
    parties = tuple(dict.fromkeys(party for listed in by_title for party in listed))
    known = known.with_orgs(parties)
    found: dict[str, bool] = {}
    for title, listed in pieces.items():
        segments = _segments(title, listed, known)
        called = [one for segment in segments for one in names(segment, known, kind, lexicons)]
        called += map(Called, hosted(title, dissect(" ".join(listed), known), lexicons))
        for one in called or (Called(name) for name in (title.strip(), *(parties if kind == Kind.IPO else ()))):
            found[one.name] = found.get(one.name, True) and one.loose
    loose = frozenset(name for name, loose in found.items() if loose)
    return Subject(kind, Names(tuple(found)), parties, loose, all(by_title), tuple(map(tuple, by_title)))


# -- kind ---------------------------------------------------------------------------------------------------------

_LISTING: Final = re.compile(
    r"ipo|股|科创板|创业板|主板|北交所|上交所|深交所|港交所|纽交所|纳斯达克|赴美|赴港|赴英|证券|nasdaq|nyse|listing|exchange|stock"
)
_LINES: Final = frozenset(f"noun:{noun}" for noun in ("line", "airport", "park", "store", "bridge", "museum"))
_STANDING: Final = frozenset(f"noun:{noun}" for noun in ("pipeline", "power", "mine", "lng", "port", "datacentre"))
"""What is opened and then delivers, for good."""

_PREFERRED: Final = ("launch", "plant-opening", "opening", "release", "delivery", "mass-production")


def _kind(titles: Mapping[str, str], lexicons: Lexicons, words: TitleWords, known: Vocabulary) -> str:
    """The kind that the title words speak for most, decided by what the title is about where they are ambiguous."""
    votes: dict[str, float] = {}
    for title in titles.values():
        folded = fold(title)
        for n, (start, end) in enumerate(words.find(folded)):
            word = folded[start:end]
            weight = len(word) * (1 if word.isascii() else 4) + n  # the last word is the predicate
            weight += _PREDICATE if word.isascii() and _ends_title(folded, start, end) else 0
            for kind in words.kinds[word]:
                votes[kind] = votes.get(kind, 0.0) + weight
    if not votes:
        return Kind.OTHER
    text = " ".join(map(fold, titles.values()))
    if votes.keys() & _AMBIGUOUS:
        nouns = {part.facet for title in titles.values() for part in dissect(title, known) if part.sort in _LINKED}
        pieces = (piece for title in titles.values() for piece in _pieces(title, words))
        own = [part for piece in pieces for part in dissect(piece, known) if tells(part)]
        nouns |= {part.facet for part in own if not known.is_place(part.text[:2])}
        _weigh(votes, text, nouns, lexicons)
    return max(sorted(votes), key=lambda kind: (votes[kind], -_rank(kind)))


_PREDICATE: Final = 12


def _ends_title(folded: str, start: int, end: int) -> bool:
    """Whether an English title ends with a word that is no second event: an authorisation's start, not `and sale`."""
    return not folded[end:].strip(" .!") and not folded[:start].endswith((" and ", "/", "& "))


def _rank(kind: str) -> int:
    return _PREFERRED.index(kind) if kind in _PREFERRED else len(_PREFERRED)


_AMBIGUOUS: Final = frozenset(
    {"target", "ipo", "plant-opening", "opening", "market-entry", "founding", "release", "delivery"}
)


def _weigh(votes: dict[str, float], text: str, nouns: set[str], lexicons: Lexicons) -> None:
    """Let the subject decide between kinds that share a word: 上市 of a share and of a car, opening of a plant."""
    if "target" in votes:
        votes["target"] += 60 if any(True for _ in written(text)) else -30
    if "ipo" in votes:
        suffix = any(text.split("上市")[0].endswith(s) for s in lexicons.company_suffixes)
        votes["ipo"] += 40 if _LISTING.search(text) or suffix else -20
    if "plant-opening" in votes:
        votes["plant-opening"] += 10 if nouns & {"noun:plant", "noun:power"} else -20
    if "opening" in votes and nouns & _LINES and not nouns & {"noun:plant"}:
        votes["opening"] += 30
    if "market-entry" in votes:
        abroad = "place:overseas" in nouns or any(noun.startswith("place:") for noun in nouns)
        product = "launch" in votes and any(noun.startswith("word:") for noun in nouns)
        votes["market-entry"] += 30 if abroad and not product else -20
    if "founding" in votes and "noun:jv" in nouns:
        votes["founding"] += 30
    if "delivery" in votes and nouns & _STANDING:
        votes["delivery"] -= 20
    if "release" in votes and ("《" in text or "noun:game" in nouns):
        votes["release"] += 30


# -- segments -----------------------------------------------------------------------------------------------------

_BRACKETS: Final = re.compile(r"[（(]([^（）()]*)[）)]")


_WINS: Final = re.compile(r"获得?(?=[a-z]{3}|[欧美日中英]|国家|批|\0)")
"""What stands between a product and the approval that it gets: C919获欧洲EASA认证."""


def _pieces(title: str, words: TitleWords) -> Iterator[str]:
    """What stands before, between and behind the kind words of a title, without dates and brackets."""
    outer = _BRACKETS.sub(lambda m: " " * len(m.group()), title)
    folded = DATES.sub(lambda m: "\1" * len(m.group()), fold(outer))
    folded = _WINS.sub("\0", words.blank(folded, "\0"))
    for found in re.finditer(r"[^\0]+", folded):
        kept = "".join(
            " " if mark == "\1" else c
            for mark, c in zip(found.group(), outer[found.start() : found.end()], strict=True)
        )
        piece = _LOOSE_ENDS.sub("", re.sub(r"\s{2,}", " ", kept).strip(EDGES))
        if piece:
            yield piece


_LOOSE_ENDS: Final = re.compile(r"^(?:and|or) | (?:and|or)$|从(?=.*所$).*")
"""What two events leave of each other (start-up and grid connection); which exchange a company leaves."""


def _segments(title: str, pieces: list[str], known: Vocabulary) -> Iterator[str]:
    """The pieces of a title that may be a name, also joined, and the names in its brackets.

    北京环球影城（北京环球度假区） has two names; Samsung Taylor (Texas) fab is also the Samsung Texas fab.
    """
    inner = [found.strip() for found in _BRACKETS.findall(title)]
    yield from (name for name in inner if _is_name(name) and not is_description(name))
    if len(pieces) > 1 and all(piece.isascii() for piece in pieces):
        yield " ".join(pieces)  # English puts the place behind the verb: robotaxi service launch in Austin
    else:
        own = [piece for piece in pieces if any(part.sort is PartSort.PROPER for part in dissect(piece, known))]
        yield from own[:1] or pieces
        if len(pieces) == 2 and not any("、" in piece or "与" in piece for piece in pieces):
            yield " ".join(pieces)  # and Chinese the object: 零跑汽车 (进入) 日本市场
    for match in _AFTERTHOUGHT.finditer(title):
        if not _is_name(match["inner"]) and pieces:
            yield pieces[0].replace(match["word"], match["inner"], 1)
            if _is_titled(match["inner"], known):
                yield match["inner"]
                yield title[: match.end("word")].strip(EDGES)


def _is_titled(inner: str, known: Vocabulary) -> bool:
    """Whether what stands in brackets is a name with its noun, so another name of all before it: Elizabeth line."""
    parts = dissect(inner, known)
    return [part.sort for part in parts] == [PartSort.PROPER, PartSort.NOUN]


_AFTERTHOUGHT: Final = re.compile(r"(?P<word>\b[A-Z][a-z]+) ?[（(](?P<inner>[A-Z][A-Za-z ]+)[）)]")


def _is_name(inner: str) -> bool:
    """Whether what stands in brackets is another name, an acronym, a coined word or Chinese, not an afterthought."""
    coined = inner.isascii() and inner.isalnum() and inner[1:] != inner[1:].lower() and len(inner) > 2
    return (bool(inner) and not inner.isascii()) or coined


# -- key ----------------------------------------------------------------------------------------------------------


def _key(titles: Mapping[str, str], kind: str, words: TitleWords, known: Vocabulary) -> str:
    """An ASCII key: the Latin words of the title, known companies and places by their English names, and the kind."""
    title = titles.get("en") or next(iter(titles.values()))
    found: dict[str, None] = {}
    for segment in _pieces(title, words):
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
