"""What stands in a place, and by which combinations of words a text may speak of it."""

import re
from collections.abc import Iterator

from evtimeline.core.anatomy import Part, PartSort
from evtimeline.core.bearers import Bearer, Pattern, facets, ordinals_of
from evtimeline.core.milestones import Kind
from evtimeline.core.text import fold, squeeze

SITES = (
    *(Kind.PLANT_OPENING, Kind.MASS_PRODUCTION, Kind.MARKET_ENTRY, "completion", "groundbreaking"),
    *("shutdown", "opening"),
)
"""Kinds whose milestone stands somewhere: the word of its own in a title is as like as not a place."""

WIDE = frozenset(
    f"place:{key}"
    for key in (
        *("overseas", "europe", "eu", "southeastasia", "middleeast", "latinamerica", "africa", "china", "usa"),
        *("beijing", "shanghai", "tianjin", "chongqing"),  # where a company has several
    )
)
"""Places too large to tell one plant of a company from another."""

_OF_TOWNS = frozenset(
    f"noun:{noun}"
    for noun in (
        *("airport", "station", "line", "canal", "bridge", "tunnel", "port", "park", "museum", "stadium", "hospital"),
        *("power", "mine", "lng"),
    )
)
"""What a town has few of, so that news of an opening calls it by the town: Graz's new airport."""

BETWEEN_TOWNS = re.compile(r"[a-zà-ž一-鿿]\s?[-–—至]\s?(?:to-)?[A-Z一-鿿]")


def of_a_power_station(name: str, part: Part, bearer: Bearer) -> Iterator[Pattern]:
    """The only place in a name, beside the power station that stands there."""
    if bearer.loose and bearer.kind in SITES and part.sort is PartSort.PLACE:
        yield Pattern(name, (part.facet,), ("noun:power",), party=bearer.has_parties, about=True)


def as_written(name: str, part: Part, bearer: Bearer) -> Iterator[Pattern]:
    """A place or a number that somebody wrote down as the whole name (Simandou, 12号线), beside a word of the event.

    A place with one mine or port needs no party, and no such word where the name says more than the place: 钱凯港.
    """
    if bearer.written and part.sort in (PartSort.PLACE, PartSort.ORDINAL) and part.facet not in WIDE:
        place = part.sort is PartSort.PLACE
        more = place and squeeze(fold(name)) != squeeze(fold(part.text))
        yield Pattern(
            name=name,
            all_of=(f"name:{squeeze(fold(name))}",),
            party=bearer.has_parties and not more and not (place and bearer.nouns & _OF_TOWNS),
            about=True,
            event=not more,
            strict=not more,
            whole=True,
        )


def of_a_place(name: str, orgs: tuple[str, ...], rest: list[Part], bearer: Bearer) -> Iterator[Pattern]:
    """What stands in a town, by town and noun alone where its opening is spoken of, or by town and its word."""
    places = facets(rest, PartSort.PLACE)
    if not places or orgs or ordinals_of(rest):
        return
    words = facets(rest, PartSort.PROPER, PartSort.CONTENT)
    if len(words) == 1 and bearer.has_parties and not bearer.of_a_company:
        yield Pattern(name, words, places, about=True, event=True, strict=True, beside=True)
    nouns = tuple(facet for facet in facets(rest, PartSort.NOUN) if facet in _OF_TOWNS)
    own = any(part.sort is PartSort.PROPER for part in rest)
    if len(nouns) == 1 and own and not BETWEEN_TOWNS.search(name) and bearer.kind in SITES:
        yield Pattern(name, nouns, places, about=True, event=True, strict=True, beside=True)
