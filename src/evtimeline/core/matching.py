"""Finds which milestones a text names, with one automaton over all names of all milestones."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from daachorse import CharwiseDoubleArrayAhoCorasick

from evtimeline.core.anatomy import Vocabulary
from evtimeline.core.text import Clause, clauses, is_latin, origins, squeeze
from evtimeline.core.topics import Pattern, Topic


@dataclass(frozen=True, slots=True)
class Hit:
    """A facet at a place of a text (offsets in the text as given)."""

    start: int
    end: int
    facet: str


@dataclass(frozen=True, slots=True)
class Scan:
    """One text of an entry with the facets that it holds and its clauses."""

    field: str
    text: str
    folded: str
    hits: tuple[Hit, ...]
    clauses: tuple[Clause, ...]

    def clause_at(self, offset: int) -> int:
        """The index of the clause in which `offset` lies."""
        return max(0, bisect_right(self.clauses, offset, key=lambda clause: clause.start) - 1)


@dataclass(frozen=True, slots=True)
class Sighting:
    """A milestone named in one sentence of a text: by which pattern, and where."""

    field: str
    sentence: int
    pattern: Pattern
    hits: tuple[Hit, ...]


class Matcher:
    """The automaton and the index from facets to the patterns that need them."""

    def __init__(self, watched: Sequence[Topic], vocabulary: Vocabulary) -> None:
        surfaces: dict[str, set[str]] = {}
        for word, (_, facet) in vocabulary.words.items():
            if len(word) > 1:
                surfaces.setdefault(squeeze(word), set()).add(facet)
        for topic in watched:
            for surface, facets in topic.surfaces.items():
                surfaces.setdefault(surface, set()).update(facets)
        surfaces.pop("", None)
        self._surfaces = sorted(surfaces)
        self._facets = [tuple(sorted(surfaces[surface])) for surface in self._surfaces]
        self._prefixes = {s for s in self._surfaces if any(f.endswith("*") for f in surfaces[s])}
        self._automaton = CharwiseDoubleArrayAhoCorasick(self._surfaces) if self._surfaces else None
        self._index = _index(watched)

    def hits(self, folded: str) -> list[Hit]:
        """Every facet in a folded text, between Latin boundaries, in order of place."""
        squeezed = squeeze(folded)
        raw = self._automaton.find_overlapping(squeezed) if self._automaton else []
        if not raw:
            return []
        at = origins(folded)
        found = []
        for first, last, number in raw:
            start, end = at[first], at[last - 1] + 1
            if self._bounded(folded, start, end, self._surfaces[number]):
                found += [Hit(start, end, facet) for facet in self._facets[number]]
        found.sort(key=lambda hit: (hit.start, -hit.end, hit.facet))
        return found

    def _bounded(self, folded: str, start: int, end: int, surface: str) -> bool:
        """Whether a Latin name stands by itself (a plural or possessive s may follow) and holds no long gap."""
        if start and is_latin(folded[start]) and is_latin(folded[start - 1]):
            return False
        if end - start > len(surface) + 2 + len(surface) // 4:
            return False
        if end < len(folded) and is_latin(folded[end - 1]) and is_latin(folded[end]):
            plural = folded[end] == "s" and not (end + 1 < len(folded) and is_latin(folded[end + 1]))
            return surface in self._prefixes or (plural and folded[end - 1].isalpha())
        return True

    def candidates(self, facets: Iterable[str]) -> list[int]:
        """The numbers of the topics that may be named by a text with these facets, ascending."""
        return sorted({number for facet in facets for number in self._index.get(facet, ())})


def _index(watched: Sequence[Topic]) -> Mapping[str, tuple[int, ...]]:
    """From a facet to the topics with a pattern that cannot hold without it."""
    uses: dict[str, int] = {}
    for topic in watched:
        for pattern in topic.patterns:
            for facet in (*pattern.all_of, *pattern.one_of):
                uses[facet] = uses.get(facet, 0) + 1
    index: dict[str, set[int]] = {}
    for number, topic in enumerate(watched):
        for pattern in topic.patterns:
            words = [facet for facet in pattern.all_of if not facet.startswith("kind:")]
            rarest = min(words, key=lambda facet: (uses[facet], facet), default=None)
            for facet in (rarest,) if rarest else pattern.one_of if pattern.one_of and not pattern.venue else pattern.orgs:
                index.setdefault(facet, set()).add(number)
    return {facet: tuple(sorted(numbers)) for facet, numbers in index.items()}


def scan(field: str, text: str, folded: str, hits: list[Hit]) -> Scan:
    """A text with its hits and clauses; what lies inside a longer name or company is not a word of its own."""
    return Scan(field, text, folded, tuple(_uncovered(hits)), clauses(folded))


_COVERING = ("org:", "name:")


def _uncovered(hits: list[Hit]) -> Iterator[Hit]:
    """The hits without proper words inside a longer company name (时代 in 宁德时代)."""
    reach = (-1, -1)
    for hit in hits:
        if hit.facet.startswith("word:") and reach[0] <= hit.start and hit.end <= reach[1]:
            inside = reach[1] - reach[0] > hit.end - hit.start
            if inside:
                continue
        if hit.facet.startswith("org:") and hit.end > reach[1]:
            reach = (hit.start, hit.end)
        yield hit


def sightings(topic: Topic, scans: Sequence[Scan], spoken: Mapping[tuple[str, int], frozenset[str]]) -> list[Sighting]:
    """Where the texts of an entry name a topic.

    `spoken` says of each (field, sentence) which kinds of event it speaks of: with + behind the kind where a word of
    the event itself stands there, with ! where it is a thing to be dated. The title is one sentence.
    """
    everywhere = {hit.facet for scanned in scans for hit in scanned.hits}
    party = bool(topic.own_orgs & everywhere)
    before: set[str] = set()
    found: list[Sighting] = []
    for scanned in scans:
        for sentence, hits in _sentences(scanned, topic):
            facets = {hit.facet for hit in hits}
            kinds = spoken.get((scanned.field, sentence), frozenset())
            here = facets | {f"kind:{kind.removesuffix('!')}" for kind in kinds if kind.endswith("!")}
            for pattern in topic.patterns:
                if _spoken(pattern, topic.kind, kinds) and _holds(pattern, here, before, party, topic):
                    needed = {*pattern.all_of, *pattern.one_of}
                    parts = tuple(hit for hit in hits if hit.facet in needed)
                    found.append(Sighting(scanned.field, sentence, pattern, parts))
            before |= facets
    return found


def _sentences(scanned: Scan, topic: Topic) -> Iterator[tuple[int, list[Hit]]]:
    """The hits of each sentence; those inside a look-alike of the topic are left out. A title is one sentence."""
    lookalikes = [hit for hit in scanned.hits if hit.facet in topic.exclusions]
    grouped: dict[int, list[Hit]] = {}
    for hit in scanned.hits:
        sentence = 0 if scanned.field == "title" else scanned.clauses[scanned.clause_at(hit.start)].sentence
        if not any(covers(other, hit) for other in lookalikes) and not _is_offshoot(scanned, hit, topic):
            grouped.setdefault(sentence, []).append(hit)
    return iter(sorted(grouped.items()))


def _is_offshoot(scanned: Scan, hit: Hit, topic: Topic) -> bool:
    """Whether a name goes on to name something beside the milestone: Silksong expansion."""
    if not hit.facet.startswith(("name:", "word:")):
        return False
    behind = scanned.folded[hit.end : hit.end + 16].lstrip(" '")
    return behind.startswith(topic.offshoots) and not behind.startswith(tuple(w for w in topic.offshoots if w in hit.facet))


def covers(lookalike: Hit, hit: Hit) -> bool:
    """Whether a hit lies inside a longer look-alike; companies stay companies even there."""
    longer = lookalike.end - lookalike.start > hit.end - hit.start
    return longer and lookalike.start <= hit.start and hit.end <= lookalike.end and not hit.facet.startswith("org:")


def _spoken(pattern: Pattern, kind: str, kinds: frozenset[str]) -> bool:
    """Whether a sentence speaks of the kind of event as far as the pattern asks for it."""
    return not pattern.about or (f"{kind}+" if pattern.event else kind) in kinds


_VENUES = frozenset(f"place:{key}" for key in ("star", "shenzhen-board", "hongkong", "newyork", "london"))


def _holds(pattern: Pattern, here: set[str], before: set[str], party: bool, topic: Topic) -> bool:
    """Whether a sentence with the facets `here`, after sentences with those of `before`, names the topic."""
    if not all(facet in here for facet in pattern.all_of):
        return False
    if pattern.one_of and not any(facet in here for facet in pattern.one_of):
        return False
    if pattern.party and not party:
        return False
    if pattern.venue and here & _VENUES and not here & _VENUES & topic.places:
        return False
    if pattern.whole:
        return True
    orgs = sum(org in here or org in before for org in pattern.orgs)
    if orgs < pattern.min_orgs:
        return False
    others = {facet for facet in here if facet.startswith("ordinal:")} - {"ordinal:1"}
    return not (topic.ordinals and others and not others & topic.ordinals)
