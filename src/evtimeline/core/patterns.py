"""By which combinations of words a text may speak of what a name stands for."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from evtimeline.core.anatomy import Part, PartSort, tells
from evtimeline.core.apart import part_of, split_models
from evtimeline.core.bearers import Bearer, Pattern, facets, ordinals_of
from evtimeline.core.descriptions import VACCINE, is_description
from evtimeline.core.gatherings import GATHERINGS, is_gathering
from evtimeline.core.localities import BETWEEN_TOWNS, SITES, WIDE, as_written, of_a_place, of_a_power_station
from evtimeline.core.milestones import CLOSING, Kind
from evtimeline.core.text import fold, squeeze

_DESCRIBING = (PartSort.NOUN, PartSort.PLACE, PartSort.ORDINAL, PartSort.NUMBER, PartSort.MEASURE)
"""Sorts of words that alone name nothing in particular."""

_VAGUE = (PartSort.NOUN, PartSort.MEASURE, PartSort.ORDINAL)
"""Sorts of words that tell no target from what else is said of its company: cars, deliveries."""

_OF_PRODUCTS = (Kind.LAUNCH, Kind.RELEASE, Kind.DELIVERY)
"""Kinds of which a place says little: a company does many things in Austin."""


def patterns(name: str, parts: Sequence[Part], bearer: Bearer) -> Iterator[Pattern]:
    """The name in one piece, and its parts scattered over a sentence."""
    if not parts:
        return
    model = _is_model_number(parts)
    yield from _of_a_number(name, parts, bearer)
    if len(parts) == 1 and parts[0].sort in _DESCRIBING and not model and parts[0].facet not in GATHERINGS:
        yield from of_a_power_station(name, parts[0], bearer)
        yield from as_written(name, parts[0], bearer)
        return  # a plant, the second, Hungary: of whom?
    orgs = facets(parts, PartSort.ORG)
    rest = [part for part in parts if part.sort is not PartSort.ORG]
    beside = beside_company(name, parts, bearer)
    only_org = bool(orgs) and not rest and not beside
    if beside:  # what a company will do, written down as one name
        yield Pattern(name, (beside[0].facet,), orgs=orgs, min_orgs=1)
    yield _in_one_piece(name, rest, bearer, owned=bool(orgs), only_org=only_org, model=model)
    if bearer.kind == Kind.RELEASE and orgs and parts[0].sort is PartSort.PROPER and not name.isascii():
        return  # what is else a company stands inside the title of a work: 霸主荣耀天下
    yield from _of_a_word(name, parts, bearer)
    if only_org and bearer.kind == Kind.IPO:
        yield Pattern(name, orgs, about=True, event=True, venue=True, strict=True)  # it is the company that lists
    if _may_stand_apart(rest, bearer):
        yield from _scattered(name, orgs, rest, bearer)
    alone_named = len(orgs) == 1 and (rest or squeeze(fold(name)) == squeeze(fold(parts[0].text)))
    if orgs and bearer.kind == CLOSING and not alone_named:  # `Norfolk Southern merger`: of whom, and of what kind
        yield Pattern(name, orgs, about=True, event=True, strict=True)
    yield from _with_party(name, orgs, rest, bearer)
    yield from of_a_place(name, orgs, rest, bearer)
    split = split_models(rest)
    if split != rest:
        yield from _scattered(name, orgs, split, bearer)


def _in_one_piece(
    name: str, rest: Sequence[Part], bearer: Bearer, *, owned: bool, only_org: bool, model: bool
) -> Pattern:
    """The name as it was written, `owned` by a company in it, of which `rest` is what else it says."""
    spelled_out = sum(part.sort is PartSort.CONTENT for part in rest) > 1  # carbon border tax
    hosted = is_gathering(rest)
    tells_alone = any(tells(part) for part in rest) or spelled_out or model or hosted or _is_route(name, rest)
    somewhere = _stands_somewhere({part.sort for part in rest}) or _is_spelt_out(name, bearer)
    alone = owned or (tells_alone and bearer.kind != Kind.TARGET)  # 350,000 cars: whose?
    return Pattern(
        name=name,
        all_of=(f"name:{squeeze(fold(name))}",),
        party=bearer.has_parties and (bearer.besides or _needs_party(bearer, somewhere, alone)),
        about=only_org or bearer.of_a_company or model or bearer.loose or (somewhere and not alone),
        event=only_org and bearer.kind != Kind.IPO,
        strict=bearer.of_a_company,
        whole=True,
    )


def _of_a_number(name: str, parts: Sequence[Part], bearer: Bearer) -> Iterator[Pattern]:
    """The number that is all of a work's name, beside words of its kind: 电影《1931》."""
    numbers = [part.facet for part in parts if part.sort is PartSort.NUMBER]
    bare = len(numbers) == 1 and all(part.sort in (PartSort.NUMBER, PartSort.NOUN) for part in parts)
    if bare and bearer.kind == Kind.RELEASE:
        yield Pattern(name, (numbers[0],), about=True)


def beside_company(name: str, parts: Sequence[Part], bearer: Bearer) -> list[Part]:
    """What a name that somebody wrote down says beside the only company in it: 商业飞行 in 远航银河商业飞行."""
    alone = len(parts) == 1 and parts[0].sort is PartSort.ORG
    if not alone or not bearer.written or bearer.kind in (Kind.IPO, Kind.TARGET):
        return []
    rest = fold(name).removeprefix(fold(parts[0].text))
    return [part_of(rest.strip())] if 2 <= len(rest.strip()) < len(fold(name)) else []


def _may_stand_apart(rest: Sequence[Part], bearer: Bearer) -> bool:
    """Whether the parts of a name say enough when scattered; a town and the games that are played there do not."""
    if any(part.facet == "noun:games" for part in rest):
        return False
    return any(part.sort not in _VAGUE for part in rest) or (bool(rest) and bearer.kind != Kind.TARGET)


def _of_a_word(name: str, parts: Sequence[Part], bearer: Bearer) -> Iterator[Pattern]:
    """The only word of its own in a name with its event, MRJ取证; a short one is other things as well: Max."""
    if len(parts) != 1 or not tells(parts[0]) or squeeze(fold(name)) == squeeze(fold(parts[0].text)):
        return
    short = parts[0].text.isascii() and parts[0].text.isalpha() and len(parts[0].text) < 5
    party = bearer.has_parties and not bearer.of_a_company and short
    yield Pattern(name, (parts[0].facet,), party=party, about=True, event=True, strict=True)


def _is_spelt_out(name: str, bearer: Bearer) -> bool:
    """Whether somebody wrote down a name of known words that are many enough to mean one thing: property tax trial."""
    if bearer.loose or bearer.besides or bearer.kind == Kind.TARGET:
        return False
    return len(name.split()) >= 3 if name.isascii() else len(name) >= 5


def _needs_party(bearer: Bearer, somewhere: bool, alone: bool) -> bool:
    return not somewhere and (not alone or (bearer.loose and bearer.kind in SITES))


def _stands_somewhere(sorts: Set[PartSort]) -> bool:
    return PartSort.PLACE in sorts and not sorts.isdisjoint(_STANDING)


_STANDING = (PartSort.NOUN, PartSort.ORDINAL, PartSort.CONTENT)
"""Sorts of words that, with a place, name what stands there: Berlin airport, Daya Bay Unit 3, Madrid bourse."""


def _is_route(name: str, parts: Sequence[Part]) -> bool:
    """Whether a name is that of a line between two towns: Jakarta–Bandung."""
    places = sum(part.sort is PartSort.PLACE for part in parts)
    return places > 1 and BETWEEN_TOWNS.search(name) is not None


def _with_party(name: str, orgs: tuple[str, ...], rest: list[Part], bearer: Bearer) -> Iterator[Pattern]:
    """What news leaves of a name: its coined words beside a party (Blue Moon, no `lander`), or its words apart."""
    own = [part for part in rest if part.sort is PartSort.PROPER]
    if orgs or len(own) != 1 or bearer.of_a_company or is_description(own[0].text):
        return
    part = own[0]
    words = part.text.split()
    longer = len(words) > 1 if part.text.isascii() else len(part.text) > 3
    if longer and len(rest) > 1 and bearer.has_parties and tells(part):
        yield Pattern(name, (part.facet,), party=True, about=True)
    apart = [part_of(word) for word in words]
    if len(words) > 1 and part.text.isascii() and all(len(word) > 3 for word in words):
        yield Pattern(name, tuple(f.facet for f in apart), party=bearer.has_parties, about=True)


def _is_model_number(parts: Sequence[Part]) -> bool:
    """Whether a name is a number with a hyphen as makers of aircraft write it (777-9); a bare number is none."""
    return len(parts) == 1 and parts[0].sort is PartSort.NUMBER and "-" in parts[0].text and len(parts[0].text) > 4


_SHORT_MODEL = re.compile(r"[A-Za-z]{1,3}[ -]?\d{1,4}[A-Za-z]{0,2}|\d{1,2}[A-Z]")

_AUTHORITIES = frozenset(f"org:{key}" for key in ("fda", "ema", "easa", "faa", "caac", "nmpa", "pmda", "mhra", "nrc"))
"""Who approves what others make."""


def _scattered(name: str, orgs: tuple[str, ...], rest: list[Part], bearer: Bearer) -> Iterator[Pattern]:
    """The parts of a name wherever they stand in a sentence; what only describes (plant) may be missing."""
    own = facets(rest, PartSort.PROPER, PartSort.CONTENT)
    nouns = facets(rest, PartSort.NOUN)
    if "noun:plant" in nouns or facets(rest, PartSort.ORDINAL):
        nouns = tuple(facet for facet in nouns if facet != "noun:car")
    if all(facet[5:].isdigit() and len(facet) < 8 for facet in own) and own:
        return  # a plant and the figure 3 may stand in any sentence
    needed, one_of = _needed(orgs, rest, nouns, bearer)
    base = Pattern(
        name=name,
        all_of=tuple(dict.fromkeys(needed)),
        one_of=one_of,
        orgs=orgs,
        min_orgs=min(2, len(orgs)),
        party=not orgs and bearer.has_parties,
        about=not is_gathering(rest) and not (ordinals_of(rest) and len(needed) > 2),  # Heathrow's third runway
        event=bearer.of_a_company and bearer.kind not in (Kind.IPO, Kind.MARKET_ENTRY),
        strict=bearer.of_a_company and bearer.kind != Kind.MARKET_ENTRY,
    )
    if len(needed) + bool(one_of) + bool(orgs) >= 2:
        yield base
    lands = tuple(land for land in bearer.lands if land not in WIDE)
    if len(orgs) == 1 and lands and "noun:plant" in nouns and not ordinals_of(rest):
        yield replace(base, all_of=("noun:plant",), one_of=lands, min_orgs=1)  # the Hungarian plant is that in Szeged
    models = tuple(part.facet for part in rest if part.sort is PartSort.PROPER and _SHORT_MODEL.fullmatch(part.text))
    if orgs and models and bearer.kind in _OF_PRODUCTS:
        yield replace(base, all_of=models, one_of=(), min_orgs=1, about=False)  # a maker and a model say what is meant
    traits = tuple(facet for facet in own if facet.startswith("content:"))
    makers = tuple(org for org in orgs if org not in _AUTHORITIES)
    if traits and makers and (nouns or not _of_a_line(rest)):  # Lilly's obesity pill, whatever it is called
        yield replace(base, all_of=traits + nouns, one_of=(), orgs=makers, min_orgs=1, event=base.event or not nouns)
        if VACCINE.search(name):
            yield replace(base, all_of=nouns, one_of=(), orgs=makers, min_orgs=1, event=True)  # the maker's shot
    elif len(orgs) > 1 and nouns:
        yield replace(base, all_of=nouns, one_of=())
    if bearer.kind == Kind.IPO and orgs and not own:
        yield replace(base, all_of=(), one_of=(), event=True, venue=True)


def _needed(
    orgs: tuple[str, ...], rest: list[Part], nouns: tuple[str, ...], bearer: Bearer
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The facets that must all be there, and those of which one suffices beside the company."""
    proper, places = facets(rest, PartSort.PROPER), facets(rest, PartSort.PLACE)
    content = facets(rest, PartSort.CONTENT, PartSort.NUMBER)
    ordinals = ordinals_of(rest)
    needed = ordinals + content
    nameless = not proper and not content and (not places or bearer.kind in _OF_PRODUCTS)
    if bearer.kind == Kind.MARKET_ENTRY or (ordinals and not (proper or places)) or nameless:
        needed += nouns
    if not orgs:
        needed += proper + places
        return needed + (nouns if len(needed) < 2 else ()), ()
    if bearer.kind in _OF_PRODUCTS and all(facet.startswith("content:") for facet in content) and _of_a_line(rest):
        return needed, proper  # a maker's foldable is one of its line
    if content:
        return needed, places if bearer.kind == Kind.MARKET_ENTRY else ()
    if bearer.kind == Kind.MARKET_ENTRY and proper and (places or len(proper) > 1):
        return needed + proper, places  # a product in a market, not whatever its maker does there
    alone = bearer.kind in _OF_PRODUCTS or (bearer.kind == Kind.OPENING and "noun:plant" not in nouns)
    return needed, proper if proper and alone else proper + places


def _of_a_line(parts: Sequence[Part]) -> bool:
    """Whether the word of its own is that of a line of products (Lumia), not of a model (Trio XT)."""
    own = [part.text.strip() for part in parts if part.sort is PartSort.PROPER]
    return bool(own) and not any(" " in text or any(c.isdigit() for c in text) for text in own)
