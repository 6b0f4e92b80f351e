"""The names by which news calls what a title names in full: companies, airports, services, craft, acronyms."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from evtimeline.core.anatomy import Part, PartSort
from evtimeline.core.editions import otherwise_numbered
from evtimeline.core.lexicon import Lexicons, Sort
from evtimeline.core.milestones import Kind
from evtimeline.core.numerals import BELOW_HUNDRED, numeral


def abbreviated(name: str, lexicons: Lexicons) -> Iterator[str]:
    """A Chinese company name without its endings, one after another (four characters stay): X科技有限公司, X科技, X."""
    if name.isascii():
        return
    legal = ("有限公司", "有限责任公司", "股份有限公司")
    if not name.endswith(legal):
        return
    shorter = name
    while True:
        suffix = next(
            (s for s in lexicons.company_suffixes if shorter.endswith(s) and len(shorter) - len(s) >= 4), None
        )
        if not suffix:
            return
        if suffix == "新能源科技":  # both 北京时代新能源 and 北京时代 are said
            yield shorter.removesuffix("科技")
        shorter = shorter.removesuffix(suffix)
        yield shorter


def shortened(name: str) -> Iterator[str]:
    """The other forms that news gives the names of airports, services (Sony Plus) and craft (望舒六号)."""
    if match := _PLUS.search(name):
        yield f"{match['service']} Plus"
    if _CRAFT.fullmatch(name):
        yield from otherwise_numbered(name)
    if _INTERNATIONAL.search(name):
        yield _INTERNATIONAL.sub("", name)


_PLUS: Final = re.compile(r"(?P<service>[A-Z][A-Za-z]+(?: TV)?)\+")
_CRAFT: Final = re.compile(rf"[一-鿿]{{2,4}}?{BELOW_HUNDRED}号")

_INTERNATIONAL: Final = re.compile(r"国际(?=机场)|(?<=\w) International(?= Airport)")


_TITLE_CASE: Final = re.compile(r"(?:[A-Z][a-z]+[ /-]){2,}(?:[A-Z][a-z]+)(?: ([IVXL]+|\d+)\b)?")


def acronyms(segment: str) -> Iterator[str]:
    """Initials of three and more capitalised words: Entry/Exit System is EES, Grand Theft Auto VI is also GTA 6."""
    for match in _TITLE_CASE.finditer(segment):
        number = match.group(1)
        words = re.split(r"[ /-]", match.group().removesuffix(f" {number}"))
        letters = "".join(word[0] for word in words if word)
        if number:
            yield f"{letters} {number}"
            if value := numeral(number) if number.isalpha() else 0:
                yield f"{letters} {value}"
                yield match.group().removesuffix(number) + str(value)
        elif words[-1] in _INSTITUTIONS:
            yield letters


_INSTITUTIONS: Final = (
    *("System", "Mechanism", "Act", "Authority", "Agency", "Organisation", "Organization", "Regulation", "Directive"),
    *(
        "Programme",
        "Program",
        "Project",
        "Observatory",
        "Telescope",
        "Treaty",
        "Agreement",
        "Scheme",
        "Bank",
        "Station",
    ),
)
"""What is called by its initials; a company and a town are not (Wolfspeed Siler City)."""


def by_trait(parts: Sequence[Part], n: int, lexicons: Lexicons) -> Iterator[str]:
    """The names of one of a line of products, with all words of the trait right before it: foldable Lumia.

    Makers put it behind: Lumia Fold. A model with a number is known without it.
    """
    text, trait = parts[n].text.strip(), parts[n - 1].facet if n else ""
    if not trait.startswith("content:") or " " in text or any(c.isdigit() for c in text):
        return
    yield from (f"{word} {text}" for word in lexicons.concepts[(Sort.TRAIT, trait.partition(":")[2])])
    if trait == "content:foldable":
        yield f"{text} Fold"


_GROUP: Final = re.compile(r"(?P<name>[一-鿿]{2,6}|[A-Z][A-Za-z]{2,}) ?(?:集团|控股|Group|Holdings|Corp|Inc)")


def of_a_group(company: str) -> str:
    """What news of its listing leaves of the name of a group: Yunling, 云岭."""
    match = _GROUP.fullmatch(company)
    return match["name"] if match else ""


def of_a_theme(parts: Sequence[Part]) -> Iterator[str]:
    """What news leaves of a themed part of a park: Mistwood land."""
    for part, behind in pairwise(parts):
        if part.sort is PartSort.PROPER and " " in part.text and behind.text in _THEMED:
            yield f"{part.text.split()[-1]} {behind.text}"


_THEMED: Final = ("land", "hall", "wing", "quarter", "zone", "village", "world")


_SCOPED: Final = re.compile(r"(?:国家|中国|我国|国产)(?P<name>[一-鿿]{4,})")


def scoped(name: str) -> Iterator[str]:
    """A Chinese name without the country in front, of which it goes without saying: 国家助学补贴."""
    if found := _SCOPED.fullmatch(name):
        yield found["name"]


_MAKER: Final = re.compile(r"[A-Z][A-Za-z]+ (?P<name>[A-Z0-9].*)")
_OF_MAKERS: Final = (Kind.LAUNCH, Kind.DELIVERY, Kind.MASS_PRODUCTION)


def without_maker(text: str, kind: str) -> Iterator[str]:
    """An English product without the first word, which is as like as not who makes it: Orin Cloud Box, Cloud Box."""
    found = _MAKER.fullmatch(text) if kind in _OF_MAKERS else None
    if found and (" " in found["name"] or len(found["name"]) > _SHORT):
        yield found["name"]


_SHORT: Final = 5


def is_makers(parts: Sequence[Part], n: int) -> bool:
    """Whether a word stands before what its owner makes, by noun and model: 林肯手机T1."""
    noun, model = (parts[n + 1], parts[n + 2].text.strip()) if n + 2 < len(parts) else (parts[n], "")
    return noun.sort is PartSort.NOUN and model.isascii() and model[-1:].isdigit()
