"""By what news knows mergers, ventures and targets, which have no name of their own, and by what their look-alikes."""

import re
from collections.abc import Iterable, Iterator, Sequence

from evtimeline.core.anatomy import Part, PartSort
from evtimeline.core.bearers import Pattern
from evtimeline.core.milestones import CLOSING, Kind

_TAKES_OVER = re.compile(r"([^收合并购]{2,8})(?:吸收合并|收购|合并|并购)([^收合并购案]{2,8}?)(?:完成|案|交易|公司)?")


def takeover(names: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Who buys and what is bought, each by all names in `names` of the form 日铁收购美钢."""
    found = [match.groups() for name in names if (match := _TAKES_OVER.fullmatch(name))]
    buyers, bought = (tuple(dict.fromkeys(sides[n] for sides in found)) for n in (0, 1))
    return (buyers, bought) if found else None


def of_sides(buyers: Sequence[str], bought: Sequence[str]) -> Pattern:
    """Any name of who buys beside any name of what is bought."""
    name = f"{buyers[0].partition(':')[2]} + {bought[0].partition(':')[2]}"
    return Pattern(name, (), tuple(bought), orgs=tuple(buyers), min_orgs=1, about=True, event=True, strict=True)


def of_partners(kind: str, partners: Iterable[Sequence[str]]) -> Iterator[Pattern]:
    """The companies that each title names, by two of them, or a merger by the one that is bought.

    The one that is bought stands last: Nordvik takeover of Alder Rail, Nordvik–Alder deal.
    """
    for listed in partners:
        orgs = tuple(dict.fromkeys(listed))
        if kind not in (Kind.FOUNDING, CLOSING) or len(orgs) < 2:
            continue
        name = " + ".join(org.partition(":")[2] for org in orgs)
        yield Pattern(name, (), orgs=orgs, min_orgs=2, about=True, strict=True)
        if kind == CLOSING and len(orgs) == 2:
            yield Pattern(name, orgs[1:], about=True, event=True, strict=True)


_VOLUMES = frozenset(("measure:deliveries", "measure:sales"))


def of_target(parts: Iterable[Part], quantities: Sequence[str], parties: Iterable[str]) -> Iterator[Pattern]:
    """A target is known by its company and its quantity, or by what it counts where a target is spoken of."""
    measures = tuple(dict.fromkeys(part.facet for part in parts if part.sort is PartSort.MEASURE))
    if measures and set(measures) <= _VOLUMES:
        measures = tuple(sorted(_VOLUMES))  # who delivers cars sells them
    orgs = tuple(sorted(parties))
    needed = min(1, len(orgs))
    if quantities:
        yield Pattern(quantities[0], (f"quantity:{quantities[0]}",), orgs=orgs, min_orgs=needed, about=True)
    if measures and orgs:
        yield Pattern("target", ("kind:target",), measures, orgs=orgs, min_orgs=needed, about=True)


_PLACING = (PartSort.PLACE, PartSort.ORDINAL, PartSort.PROPER)


def avoided(excluded: Iterable[Iterable[Part]], own: frozenset[str]) -> Iterator[frozenset[str]]:
    """Sets of places and ordinals that, when they stand together in a clause, mean a look-alike."""
    for name in excluded:
        parts = [part for part in name if part.sort in _PLACING]
        facets = frozenset(part.facet for part in parts)
        if facets and not facets & own and not all(part.sort is PartSort.PROPER for part in parts):
            yield facets
