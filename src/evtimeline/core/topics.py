"""A milestone made ready for matching: by which combinations of words a text may speak of it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from evtimeline.core.anatomy import Part, PartSort, Vocabulary, dissect, tells
from evtimeline.core.apart import split_models, words_apart
from evtimeline.core.bearers import Bearer, Pattern
from evtimeline.core.deriving import derive_subject, title_words, vocabulary
from evtimeline.core.editions import NO_EDITION, Edition, edition_of, otherwise_numbered
from evtimeline.core.ends import ends, is_whole
from evtimeline.core.extents import Extent, extent_of_all, is_initial
from evtimeline.core.lexicon import Lexicons
from evtimeline.core.milestones import AS_TITLED, CLOSING, FINER, REOPENING, Kind, Milestone, Names
from evtimeline.core.naming import are_companies, is_within
from evtimeline.core.patterns import beside_company, patterns
from evtimeline.core.quantities import period_of, written
from evtimeline.core.text import fold, squeeze
from evtimeline.core.unions import avoided, of_partners, of_sides, of_target, takeover
from evtimeline.core.windows import Window

MilestoneRef = tuple[str, str]
"""The keys of a timeline and of a milestone in it."""


@dataclass(frozen=True)
class Topic:
    """A milestone as the matcher sees it; `surfaces` maps spellings to the facets that only this topic knows,
    `lands` are the larger places around its `places`."""

    ref: MilestoneRef
    kind: str
    patterns: tuple[Pattern, ...]
    parties: frozenset[str]
    own_orgs: frozenset[str]
    exclusions: frozenset[str]
    avoided: tuple[frozenset[str], ...]
    places: frozenset[str]
    lands: frozenset[str]
    ordinals: frozenset[str]
    nouns: frozenset[str]
    traits: frozenset[str]
    surfaces: Mapping[str, frozenset[str]] = field(default_factory=dict)
    offshoots: tuple[str, ...] = ()
    period: Window | None = None  # of a target: the year it is for
    rejected: frozenset[str] = frozenset()
    ends: frozenset[str] = frozenset()  # words of steps that its title makes the event itself
    whole: bool = False  # its title asks for the full operation: a first output is a step
    also: str = ""  # the kind that its title tells beside the one that was written down
    edition: Edition = NO_EDITION
    extent: Extent = Extent.UNSAID
    initial: bool = False  # its title awaits the first of several


def topic(
    ref: MilestoneRef,
    milestone: Milestone,
    entities: Mapping[str, Names],
    lexicons: Lexicons,
    rejected: tuple[str, ...] = (),
) -> Topic:
    """The topic of one milestone; what its author left out is derived from its titles."""
    named = _subject(milestone, entities)
    derived = derive_subject(milestone.titles, lexicons)
    kind = str(milestone.kind) if milestone.kind in lexicons.kinds - {Kind.OTHER} else derived.kind
    parties = [
        name for party in milestone.parties for name in (entities[party].names if party in entities else (party,))
    ]
    names: tuple[str, ...] = named.names if named else ()
    if named and milestone.subject in entities and are_companies(named.names, vocabulary(lexicons)):
        parties += named.names  # news of a company is not yet news of what it promised: the title says what that is
        names = ()
    owned = bool(parties)
    of_a_company = kind in lexicons.company_kinds
    kind = derived.kind if (kind, derived.kind) in FINER else kind
    if not names:
        parties = [*parties, *derived.parties]
        owned = owned or derived.owned
    besides = tuple(name for name in derived.names.names if not is_within(name, names))
    told = Told(derived.loose, derived.owned if names else owned, frozenset(besides), bool(names), of_a_company)
    names += besides
    made = _Builder(lexicons, vocabulary(lexicons).with_orgs(parties), kind, owned, told).build(
        ref,
        names,
        tuple(parties),
        ((*named.exclusions,) if named else ()) + rejected,
        tuple(milestone.titles.values()),
        derived.partners,
    )
    return _as_titled(made, milestone, derived.kind, lexicons)


def _as_titled(made: Topic, milestone: Milestone, kind: str, lexicons: Lexicons) -> Topic:
    """The topic with what its titles, which tell of `kind`, make of it."""
    titles = milestone.titles.values()
    again = Kind.OPENING if made.kind == REOPENING else ""
    also = kind if (made.kind, kind) in AS_TITLED else again
    period = period_of(milestone) if made.kind == Kind.TARGET else None
    edition = NO_EDITION if made.kind == Kind.TARGET else edition_of(titles, milestone.promise.window)
    made = replace(made, ends=ends(titles), whole=is_whole(titles), extent=extent_of_all(titles, lexicons))
    return replace(made, also=also, period=period, edition=edition, initial=is_initial(titles))


def _subject(milestone: Milestone, entities: Mapping[str, Names]) -> Names | None:
    """The names that were written down for the subject, if any were."""
    subject = milestone.subject
    if isinstance(subject, str):
        return entities.get(subject, Names((subject,)))
    return subject if subject and subject.names else None


@dataclass(frozen=True)
class Told:
    """The names that only a title tells: those that are `loose`, whether each title names a party, and whether other
    names were written down, `besides` which these count only with a party and words of the kind; `of_a_company`: it
    was written down as an event of a company."""

    loose: frozenset[str]
    owned: bool
    names: frozenset[str]
    besides: bool
    of_a_company: bool


@dataclass(frozen=True)
class _Builder:
    """What the patterns of one milestone are built with."""

    lexicons: Lexicons
    known: Vocabulary
    kind: str
    owned: bool
    told: Told

    def build(
        self,
        ref: MilestoneRef,
        names: tuple[str, ...],
        parties: tuple[str, ...],
        exclusions: tuple[str, ...],
        titles: tuple[str, ...],
        partners: Sequence[tuple[str, ...]] = (),
    ) -> Topic:
        """The topic of these names; a name that is listed twice counts once."""
        surfaces: dict[str, set[str]] = {}
        found: dict[Pattern, None] = {}
        parts_of = {name: self._parts(name) for name in names}
        party_facets = frozenset(self._party(party, surfaces) for party in parties)
        nouns = _sorted_out((part for listed in parts_of.values() for part in listed), PartSort.NOUN)
        for name, parts in parts_of.items():
            bearer = replace(self._bearer(name), nouns=nouns, lands=tuple(sorted(self._lands(parts))))
            found |= dict.fromkeys(patterns(name, parts, bearer))
            found |= dict.fromkeys(patterns(name, self._apart(parts), replace(bearer, has_parties=False)))
            _spell(name, (*parts, *beside_company(name, parts, bearer)), surfaces)
        found |= dict.fromkeys((*self._aims(titles, party_facets, surfaces), *self._unions(names, partners, surfaces)))
        every = [part for listed in parts_of.values() for part in listed]
        own = frozenset(part.facet for part in every)
        return Topic(
            ref=ref,
            kind=self.kind,
            patterns=tuple(found),
            parties=party_facets,
            own_orgs=frozenset(f for f in own if f.startswith("org:")) | party_facets,
            exclusions=frozenset(self._excluded(exclusions, own, surfaces)),
            avoided=tuple(avoided([dissect(name, self.known) for name in exclusions], own)),
            places=_sorted_out(every, PartSort.PLACE) | self._markets(titles),
            lands=self._lands(every),
            ordinals=_sorted_out(every, PartSort.ORDINAL) - {"ordinal:1"},
            nouns=nouns,
            traits=_traits(own),
            offshoots=self.lexicons.offshoots,
            surfaces={surface: frozenset(facets) for surface, facets in surfaces.items()},
        )

    def _parts(self, name: str) -> tuple[Part, ...]:
        """The parts of a name without the words that only name the kind of event."""
        blanked = title_words(self.lexicons).blank(fold(name), "|")
        bare = "".join(c if mark != "|" else "|" for c, mark in zip(name, blanked, strict=True))
        return dissect(bare.removesuffix("*"), self.known)

    def _apart(self, parts: Sequence[Part]) -> list[Part]:
        """The parts of a name, with a party that is a place and what stands there (北京地铁) in two."""
        split: list[Part] = []
        for part in parts:
            inner = dissect(part.text, vocabulary(self.lexicons)) if part.sort is PartSort.ORG else ()
            local = {one.sort for one in inner} == {PartSort.PLACE, PartSort.NOUN}
            split += inner if local else [part]
        return split if len(split) > len(parts) else []

    def _bearer(self, name: str) -> Bearer:
        """Who bears a name; one that was written down is never loose."""
        of_a_company = self.told.of_a_company
        if name not in self.told.names:
            return Bearer(self.kind, of_a_company, self.owned, written=True)
        loose = self.told.besides or name in self.told.loose
        return Bearer(self.kind, of_a_company, self.told.owned, loose=loose, besides=self.told.besides)

    def _lands(self, parts: Iterable[Part]) -> frozenset[str]:
        """The larger places around those that are named."""
        return frozenset(land for part in parts for land in self.known.around(part.facet))

    def _party(self, party: str, surfaces: dict[str, set[str]]) -> str:
        """The facet of a party: the known company, or one of its own."""
        parts = dissect(party, self.known)
        orgs = [part for part in parts if part.sort is PartSort.ORG]
        if orgs:
            surfaces.setdefault(fold(party), set()).add(orgs[0].facet)
            return orgs[0].facet
        facet = f"org:{squeeze(fold(party))}"
        surfaces.setdefault(fold(party), set()).add(facet)
        return facet

    def _markets(self, titles: tuple[str, ...]) -> frozenset[str]:
        """The places in the titles of a launch: where it is to be."""
        if self.kind not in (Kind.LAUNCH, Kind.RELEASE):
            return frozenset()
        return _sorted_out((part for title in titles for part in dissect(title, self.known)), PartSort.PLACE)

    def _aims(
        self, titles: tuple[str, ...], parties: frozenset[str], surfaces: dict[str, set[str]]
    ) -> Iterator[Pattern]:
        """How a target is known; the spellings of its quantity are surfaces of it."""
        if self.kind == Kind.TARGET:
            quantities = tuple(dict.fromkeys(spelling for title in titles for spelling in written(title)))
            for spelling in quantities:
                surfaces.setdefault(fold(spelling), set()).add(f"quantity:{quantities[0]}")
            parts = [part for title in titles for part in dissect(title, self.known)]
            yield from of_target(parts, quantities, parties)

    def _unions(
        self, names: tuple[str, ...], partners: Sequence[tuple[str, ...]], surfaces: dict[str, set[str]]
    ) -> Iterator[Pattern]:
        """By which companies a merger, a takeover or a joint venture is known."""
        sides = takeover(names) if self.kind == CLOSING else None
        if sides:
            yield of_sides(*([self._side(name, surfaces) for name in side] for side in sides))
        yield from of_partners(self.kind, [[self._party(name, surfaces) for name in listed] for listed in partners])

    def _side(self, name: str, surfaces: dict[str, set[str]]) -> str:
        """The facet of one side of a takeover: the company, or its name in one piece."""
        parts = dissect(name, self.known)
        facet = parts[0].facet if len(parts) == 1 and parts[0].sort is PartSort.ORG else f"name:{squeeze(fold(name))}"
        surfaces.setdefault(fold(name), set()).add(facet)
        return facet

    def _excluded(
        self, exclusions: tuple[str, ...], own: frozenset[str], surfaces: dict[str, set[str]]
    ) -> Iterator[str]:
        """The facets of look-alikes in one piece, also without the company in front."""
        for name in exclusions:
            parts = dissect(name, self.known)
            shorter = [part.text for part in parts if part.sort is not PartSort.ORG]
            variants = {name, bare} if (bare := _EXPLAINED.sub("", name)) and fold(bare) not in surfaces else {name}
            if len(shorter) < len(parts) and len(shorter) == 1 and tells(parts[-1]) and parts[-1].facet not in own:
                variants.add(shorter[0])
            for variant in variants:
                facet = f"name:{squeeze(fold(variant))}"
                surfaces.setdefault(fold(variant).removesuffix("*"), set()).add(facet)
                yield facet


_EXPLAINED = re.compile(r" ?[（(][^（）()]*[）)]$")
"""What tells a look-alike from the milestone in brackets, and stands in no text: Kestrels (football club)."""


def _spell(name: str, parts: Sequence[Part], surfaces: dict[str, set[str]]) -> None:
    """Add the spellings of a name and of the words in it, and what they stand for."""
    for spelling in (fold(name).removesuffix("*"), *map(fold, otherwise_numbered(name))):
        surfaces.setdefault(spelling, set()).add(f"name:{squeeze(fold(name))}")
    for part in (*parts, *split_models(parts), *words_apart(parts)):
        if part.facet.startswith("word:"):
            surfaces.setdefault(fold(part.text), set()).add(part.facet)


def _traits(facets: Iterable[str]) -> frozenset[str]:
    return frozenset(facet for facet in facets if facet.startswith("content:"))


def _sorted_out(parts: Iterable[Part], sort: PartSort) -> frozenset[str]:
    return frozenset(part.facet for part in parts if part.sort is sort)
