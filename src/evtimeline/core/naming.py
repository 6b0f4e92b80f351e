"""The names in a title: the whole, the coined word in it, shorter forms, and the companies that nobody lists."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from evtimeline.core.abridging import cores, laws
from evtimeline.core.anatomy import Part, PartSort, Vocabulary, dissect, tells
from evtimeline.core.craft import craft
from evtimeline.core.descriptions import CARGO, INITIALS, MODEL, SIZE, is_description
from evtimeline.core.firms import firm
from evtimeline.core.formal import called_formally, synonymous
from evtimeline.core.lexicon import Lexicons
from evtimeline.core.localities import SITES
from evtimeline.core.milestones import CLOSING, OF_A_COMPANY, Kind
from evtimeline.core.shortnames import (
    abbreviated,
    acronyms,
    by_trait,
    is_makers,
    of_a_group,
    of_a_theme,
    scoped,
    shortened,
    without_maker,
)
from evtimeline.core.text import fold, squeeze
from evtimeline.core.works import by_medium, is_torn, titled

EDGES: Final = " \t,，。.;；:：、-–—/|·的在于并和与及将获"
"""What may stand around a name in a title and belongs to none."""

_LIST: Final = re.compile(r"[、,，]|/(?=\s)|(?<=[一-鿿])[与和及](?=[一-鿿])|\band\b")
_QUOTES: Final = re.compile(r"[《》“”\"「」『』]")


@dataclass(frozen=True, slots=True)
class Called:
    """A name; `loose`: it counts only where the kind of event is spoken of."""

    name: str
    loose: bool = False


# -- companies ----------------------------------------------------------------------------------------------------


def owners(segment: str, parts: Sequence[Part]) -> Iterator[str]:
    """Who owns what follows: Heze Pharma in `Heze Pharma's HZ-207`."""
    for part in parts:
        at = segment.find(part.text)
        if part.sort is PartSort.PROPER and segment[at + len(part.text) :].startswith(("'s ", "’s ")):
            yield part.text.strip()


def companies(segments: Sequence[str], kind: str, known: Vocabulary) -> Iterator[str]:
    """The companies that the segments of a title name, known ones and those that must be some."""
    listed = [(segment, dissect(segment, known)) for segment in segments]
    for segment, parts in listed:
        known_ones = [part.text.strip() for part in parts if part.sort is PartSort.ORG]
        yield from known_ones
        yield from (short for name in known_ones if kind == Kind.IPO and (short := of_a_group(name)))
        yield from owners(segment, parts)
    if any(part.sort is PartSort.ORG for _, parts in listed for part in parts):
        return
    if listed and (named := firm(listed[0][0]) or _builder(listed[0][1], kind)):
        yield named
    elif kind in OF_A_COMPANY or kind == CLOSING:
        bearers = [_bearer(segment, parts) for segment, parts in listed if _is_proper(parts)]
        bearers = bearers or [parts[0].text for _, parts in listed[:1] if _is_capitalised(parts)]
        wanted = bearers if kind in (Kind.FOUNDING, CLOSING) else bearers[:1]
        pieces = [piece for bearer in wanted for piece in _split(bearer) if len(piece) > 1]
        yield from pieces
        yield from (short for piece in pieces if kind == Kind.IPO and (short := of_a_group(piece)))


def _builder(parts: Sequence[Part], kind: str) -> str | None:
    """The company with which the title of its plant in a known place begins: Nordvik Hungary plant."""
    sorts = [part.sort for part in parts[:2]]
    built = kind in (Kind.PLANT_OPENING, Kind.MASS_PRODUCTION) and any(part.facet == "noun:plant" for part in parts)
    return parts[0].text.strip() if built and sorts == [PartSort.PROPER, PartSort.PLACE] else None


def _is_proper(parts: Sequence[Part]) -> bool:
    return any(part.sort is PartSort.PROPER for part in parts)


def _is_capitalised(parts: Sequence[Part]) -> bool:
    """Whether a title begins with an ordinary word that must be a name for what follows: Arm Nasdaq listing."""
    return len(parts) > 1 and parts[0].sort is PartSort.NOUN and parts[0].text.istitle() and len(parts[0].text) > 2


def _bearer(segment: str, parts: Sequence[Part]) -> str:
    """The segment without places and what else only describes; a Chinese one keeps its nouns (地平线)."""
    dropped = (PartSort.PLACE, PartSort.ORDINAL, PartSort.MEASURE, PartSort.NUMBER, PartSort.CONTENT)
    own = next(part.text for part in parts if part.sort is PartSort.PROPER)
    if not own.isascii() and len(own) <= _COINED and not any(part.facet == "noun:jv" for part in parts):
        for part in parts:
            segment = segment.replace(part.text, "") if part.sort in dropped else segment
        return segment.strip(EDGES)
    return own


def _split(text: str) -> list[str]:
    return [piece.strip(EDGES) for piece in _LIST.split(text)]


# -- names --------------------------------------------------------------------------------------------------------

_UNSPECIFIC: Final = (PartSort.ORG, PartSort.NUMBER, PartSort.MEASURE)
_GENERIC: Final = ("noun:car", "noun:company")


def names(segment: str, known: Vocabulary, kind: str, lexicons: Lexicons) -> Iterator[Called]:
    """The names in a segment of a title: the whole, the coined word in it, abbreviations; lists are taken apart."""
    parts = dissect(segment, known)
    specific = [part for part in parts if part.sort not in _UNSPECIFIC and part.facet not in _GENERIC]
    if not specific:
        return  # only companies (and a quantity): parties, not what it happens to
    quoted = _QUOTES.sub("", segment).strip(EDGES)
    if CARGO.fullmatch(quoted):
        return
    shorter = _shorter(segment, quoted, parts, known, kind, lexicons)
    for one in (Called(quoted, _is_craft(quoted, kind)), *(one for one in shorter if not is_description(one.name))):
        yield one
        yield from (Called(name, one.loose) for name in synonymous(one.name, lexicons))


def _shorter(
    segment: str, quoted: str, parts: Sequence[Part], known: Vocabulary, kind: str, lexicons: Lexicons
) -> Iterator[Called]:
    """What else a segment of these parts is called, than by the whole of it."""
    if _LIST.search(segment):
        yield Called(" ".join(part.text for part in parts))
    else:
        yield from map(Called, (*titled(quoted, kind == Kind.RELEASE), *shortened(quoted)))
        yield from map(Called, by_medium(segment))
    yield from map(Called, abbreviated(quoted, lexicons))
    yield from (Called(name, loose=True) for name in craft(quoted, kind in _FLYING) if name != quoted)
    yield from (Called(name, loose) for name, loose in called_formally(quoted, kind, lexicons))
    yield from _coined(segment, parts, kind, lexicons)
    yield from (Called(name, loose=True) for name in (*scoped(quoted), *of_a_theme(parts)))
    yield from _remainders(parts, known)
    yield from map(Called, laws(parts) if kind == "effect" else ())
    if kind == "approval":
        words = [part.text for part in parts if part.facet.startswith("word:") and part.sort is PartSort.CONTENT]
        content = [word for word in words if len(word) >= _GENERIC_NAME]
        yield from map(Called, content[:1])  # donanemab is written small
    if not any(part.sort in (PartSort.ORG, PartSort.PLACE) for part in parts):
        yield from map(Called, acronyms(segment))


def _coined(segment: str, parts: Sequence[Part], kind: str, lexicons: Lexicons) -> Iterator[Called]:
    """The words of its own in a title, where they tell what is meant without the rest."""
    own = [n for n, part in enumerate(parts) if part.sort is PartSort.PROPER and tells(part)]
    owned = any(part.sort is PartSort.ORG for part in parts)
    numbered = any(part.sort is PartSort.ORDINAL and part.facet != "ordinal:1" for part in parts[(own or [0])[-1] :])
    placed = any(part.sort is PartSort.PLACE or part.facet in _SITE_NOUNS for part in parts)
    for n in own:
        text = parts[n].text.strip()
        last = n == own[-1]
        chinese = not text.isascii()
        site = kind in SITES and (placed or (owned and chinese)) and not _NUMBERED_ONE.search(text)
        short = chinese and owned and len(text) <= _COINED and not text[-1].isdigit()
        yield from (Called(core, loose=True) for core in cores(text, kind))
        yield from _with_noun(parts, n)
        if SIZE.fullmatch(text) or not _telling_alone(parts[n]) or _describes(parts, n) or text.endswith("国际"):
            continue
        if kind in (Kind.RELEASE, Kind.LAUNCH) and _is_of_a_series(segment, parts, n, kind, lexicons):
            continue
        if qualified := tuple(by_trait(parts, n, lexicons)):
            yield from map(Called, qualified)
            continue
        if chinese and is_makers(parts, n):
            continue
        if last and not site and not (numbered and kind in SITES):
            yield Called(text, loose=short or _is_craft(text, kind))
            yield from map(Called, (*acronyms(text), *shortened(text)))
            yield from (Called(name, loose=True) for name in without_maker(text, kind) if not owned)
        elif last or _is_model(text):
            yield Called(text, loose=True)
        if last and kind in _OF_CRAFT and (found := _CRAFT_EN.search(text)):
            yield Called(found.group(1))


def _is_of_a_series(segment: str, parts: Sequence[Part], n: int, kind: str, lexicons: Lexicons) -> bool:
    """Whether a word names a whole series (镜海 第二部), is torn out of a name, or many works bear it (World)."""
    text = parts[n].text.strip()
    counted = kind == Kind.RELEASE and n + 1 < len(parts) and parts[n + 1].sort is PartSort.ORDINAL
    return counted or is_torn(segment, segment.find(text), text) or (n > 0 and fold(text) in lexicons.subtitles)


_NUMBERED_ONE: Final = re.compile(r"\d$|号$| [A-Z]$")
"""How the names of ships and of what is numbered end; a place does not."""


def _with_noun(parts: Sequence[Part], n: int) -> Iterator[Called]:
    """A Chinese word with the noun behind it: 翔安机场 of 厦门翔安国际机场."""
    noun = parts[n + 1] if n + 1 < len(parts) and parts[n + 1].sort is PartSort.NOUN else None
    text = parts[n].text.strip()
    if noun and len(parts) > 2 and not text.isascii():
        yield Called(text + noun.text, loose=True)
        if noun.text.startswith("国际"):
            yield Called(text + noun.text.removeprefix("国际"), loose=True)


_SITE_NOUNS: Final = frozenset(
    f"noun:{noun}"
    for noun in (
        *("plant", "power", "lng", "mine", "airport", "station", "line", "canal", "bridge", "tunnel", "port", "road"),
        *("datacentre", "pipeline", "stadium", "hospital", "hotel"),
    )
)
"""What stands somewhere, so that the word before it is as like as not a place."""

_GENERIC_NAME: Final = 8
"""How many letters a drug's generic name has at least."""


def _remainders(parts: Sequence[Part], known: Vocabulary) -> Iterator[Called]:
    """What news leaves of a long word: the place in front (柏林勃兰登堡), the brand before a dot, initials behind."""
    for n, part in enumerate(parts):
        if part.sort is not PartSort.PROPER:
            continue
        text = part.text.strip()
        place = next((k for k in (4, 3, 2) if known.is_place(text[:k])), 0)
        bare = text[place:].rpartition("·")[2]
        noun = parts[n + 1].text if n + 1 < len(parts) and parts[n + 1].sort is PartSort.NOUN else ""
        if bare != text and len(bare) >= _COINED and not bare.isascii():
            yield Called(bare, loose=True)
            yield Called(bare + noun, loose=not noun)
        elif bare != text and noun and parts[n + 1].facet == _LINE and len(bare + noun) > _COINED:
            yield Called(bare + noun, loose=True)
        if numbered := _NUMBERED.match(text):
            yield Called(numbered.group(), loose=True)
        if n + 1 < len(parts) and parts[n + 1].sort is PartSort.ORDINAL and _CRAFT.fullmatch(text + parts[n + 1].text):
            yield Called(text + parts[n + 1].text)
        shorter = INITIALS.sub("", text)
        if shorter != text and " " in shorter:
            yield Called(shorter, loose=True)


_LINE: Final = "noun:line"  # is known by its course without the city: 横贯铁路; a park is one of several

_NUMBERED: Final = re.compile(
    r"[一-鿿]{2,}\d{1,3}(?=型|新?[一-鿿]{2,}(?<![号期座厂代])$)(?![号期座厂代年月日万亿台辆])"
)
"""A Chinese name with its number, before what only describes it: 斯图加特21新火车站, 阿丽亚娜6型."""

_CRAFT: Final = re.compile(r"[一-鿿]{2,4}[一二三四五六七八九十]号")
"""How Chinese rockets, ships and reactors are called: 天龙三号."""


_CRAFT_EN: Final = re.compile(r" ([A-Z][a-z]{4,}-\d{1,2})$")
_OF_CRAFT: Final = (Kind.LAUNCH, "first-flight")
_FLYING: Final = ("first-flight", "landing", "return")


def _is_craft(text: str, kind: str) -> bool:
    """Whether a name is an aircraft's: it is not opened, its commercial flights are."""
    return kind == Kind.OPENING and MODEL.fullmatch(text) is not None


def _describes(parts: Sequence[Part], n: int) -> bool:
    """Whether a capitalised word only begins a description in small letters: Digital euro."""
    text = parts[n].text.strip()
    behind = parts[n + 1].sort if n + 1 < len(parts) else None
    return text.istitle() and " " not in text and "+" not in text and behind is PartSort.CONTENT and n == 0


_COINED: Final = 3
"""A Chinese word of so many characters is a name of its own before a noun: 勃兰登堡机场."""


def _is_model(text: str) -> bool:
    """Whether a word is the name of a model: letters and digits, or capitals inside."""
    return text.isascii() and " " not in text and len(text) > 3 and not text.istitle() and not text.isupper()


def _telling_alone(part: Part) -> bool:
    text = squeeze(fold(part.text))
    if text.isascii():
        return any(c.isdigit() for c in text) or len(text) >= 5 or part.text.isupper()
    return len(text) >= 3


# -- names that were written down ----------------------------------------------------------------------------------


def are_companies(names: Iterable[str], known: Vocabulary) -> bool:
    """Whether all names are those of known companies and nothing more than their trade (小米汽车)."""
    parts = [part for name in names for part in dissect(name, known)]
    return all(part.sort is PartSort.ORG or part.facet in _GENERIC for part in parts)


def is_within(name: str, written: Iterable[str]) -> bool:
    """Whether a name is part of one that was written down: whoever did so wants the longer one."""
    return any(squeeze(fold(name)) in squeeze(fold(longer)) for longer in written)
