"""Decides which milestones a text names, by the spellings that are found in it."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from evtimeline.core.bearers import Pattern
from evtimeline.core.extents import is_of_a_later_one
from evtimeline.core.gatherings import GATHERINGS
from evtimeline.core.localities import WIDE
from evtimeline.core.milestones import FIRST_FLIGHT, Kind
from evtimeline.core.namesakes import is_namesake, stand_beside
from evtimeline.core.numerals import goes_on_a_number
from evtimeline.core.spellings import Hit
from evtimeline.core.text import Clause, clause_at, clauses
from evtimeline.core.topics import Topic
from evtimeline.core.variants import is_another_plant, is_anothers_plant

_BEYOND = 1 << 62
"""Further than any clause ends."""


@dataclass(frozen=True, slots=True)
class Scan:
    """One text of an entry with the facets that it holds and its clauses."""

    field: str
    text: str
    folded: str
    hits: tuple[Hit, ...]
    clauses: tuple[Clause, ...]
    by_clause: tuple[tuple[Hit, ...], ...]

    def clause_at(self, offset: int) -> int:
        """The index of the clause in which `offset` lies."""
        return max(0, bisect_right(self.clauses, (offset, _BEYOND)) - 1)


@dataclass(frozen=True, slots=True)
class Sighting:
    """A milestone named in one sentence of a text: by which pattern, and where."""

    field: str
    sentence: int
    pattern: Pattern
    hits: tuple[Hit, ...]


def scan(field: str, text: str, folded: str, hits: list[Hit]) -> Scan:
    """A text with its hits and clauses; what lies inside a longer name or company is not a word of its own."""
    kept = tuple(hit for hit in _uncovered(hits) if not _is_ordinary(text, hit) and not _is_no_ordinal(folded, hit))
    parts = clauses(folded)
    starts = [clause.start for clause in parts]
    grouped: list[list[Hit]] = [[] for _ in parts]
    for hit in kept if parts else ():
        grouped[clause_at(starts, hit.start)].append(hit)
    return Scan(field, text, folded, kept, parts, tuple(map(tuple, grouped)))


def _uncovered(hits: list[Hit]) -> Iterator[Hit]:
    """The hits that do not lie inside a longer one: 时代 in 宁德时代, Olympics in Winter Olympics."""
    reach: dict[str, tuple[int, int]] = {}
    for hit in hits:
        sort = "noun:games" if hit.facet in GATHERINGS else hit.facet.partition(":")[0]
        within = _WITHIN.get(sort, "")
        if within and _inside(hit, reach.get(within, _NOWHERE)):
            continue
        if hit.end > reach.get(sort, _NOWHERE)[1]:
            reach[sort] = (hit.start, hit.end)
        yield hit


_WITHIN = {"word": "org", "place": "place", "content": "content", "noun:games": "noun:games"}
_NOWHERE = (-1, -1)


def _inside(hit: Hit, reach: tuple[int, int]) -> bool:
    return reach[0] <= hit.start and hit.end <= reach[1] and reach[1] - reach[0] > hit.end - hit.start


_NTH = re.compile(r"第.|[a-z]+|\d(?:st|nd|rd|th)")
_OF_TIME = re.compile(r"[ -]?(?:quarter|half|month|week|day|year|time|季|个?月|周|天|年|次|批)")


def _is_no_ordinal(folded: str, hit: Hit) -> bool:
    """Whether an ordinal counts quarters, years and times, not plants (the second half, 第三季度), or ends a number."""
    if not hit.facet.startswith("ordinal:"):
        return False
    if goes_on_a_number(folded, hit.start):
        return True
    return _NTH.fullmatch(folded, hit.start, hit.end) is not None and _OF_TIME.match(folded, hit.end) is not None


def _is_ordinary(text: str, hit: Hit) -> bool:
    """Whether what could be a name is a word in small letters: the arm of a robot, semi-automated driving."""
    if hit.facet.startswith("word:") and _IN_COMPOUND.match(text, hit.end) and text[hit.start : hit.end].islower():
        return True
    short = hit.end - hit.start <= _SHORT and hit.facet.startswith("org:")
    return short and text[hit.start : hit.end].isascii() and text[hit.start : hit.end].islower()


_SHORT = 5
_IN_COMPOUND = re.compile(r"-[a-z]")


def sightings(topic: Topic, scans: Sequence[Scan], spoken: Mapping[tuple[str, int], frozenset[str]]) -> list[Sighting]:
    """Where the texts of an entry name a topic.

    `spoken` says of each (field, sentence) which kinds of event it speaks of: with + behind the kind where a word of
    the event itself stands there, with ! where it is a thing to be dated. The title is one sentence.
    """
    everywhere = {hit.facet for scanned in scans for hit in scanned.hits}
    other = _is_for_another(topic, everywhere) or _is_of_deliveries(topic, spoken) or _is_of_a_later_one(topic, scans)
    able = () if other else topic.patterns
    possible = [pattern for pattern in able if _is_possible(pattern, topic, everywhere)]
    before: set[str] = set()
    found: list[Sighting] = []
    for scanned in scans if possible else ():
        for sentence, hits in _sentences(scanned, topic):
            another = is_another_plant(scanned.folded, hits, topic)
            facets = {hit.facet for hit in hits}
            kinds = spoken.get((scanned.field, sentence), frozenset())
            here = facets | {f"kind:{kind.removesuffix('!')}" for kind in kinds if kind.endswith("!")}
            for pattern in possible:
                if (another and not pattern.whole) or is_anothers_plant(
                    scanned.folded, hits, pattern, topic, everywhere
                ):
                    continue
                if _spoken(pattern, topic, kinds) and _holds(pattern, here, topic):
                    needed = {*pattern.all_of, *pattern.one_of} or set(pattern.orgs)
                    parts = tuple(hit for hit in hits if hit.facet in needed)
                    if pattern.beside and not stand_beside(scanned.text, parts):
                        continue
                    known = before if pattern.about or pattern.whole else everywhere  # a model has one maker
                    if _is_owned(pattern, topic, scanned, parts, hits, known):
                        found.append(Sighting(scanned.field, sentence, pattern, parts))
            before |= facets
    return found


def _is_possible(pattern: Pattern, topic: Topic, everywhere: set[str]) -> bool:
    """Whether an entry with these facets can name the topic at all; for most of those that share a word it cannot."""
    if not all(facet in everywhere or facet.startswith("kind:") for facet in pattern.all_of):
        return False
    if pattern.one_of and everywhere.isdisjoint(pattern.one_of):
        return False
    if pattern.party and everywhere.isdisjoint(topic.own_orgs):
        return False
    return pattern.whole or sum(org in everywhere for org in pattern.orgs) >= pattern.min_orgs


def _sentences(scanned: Scan, topic: Topic) -> Iterator[tuple[int, list[Hit]]]:
    """The hits of each sentence, without those inside a look-alike and sentences that say what a person has rejected.

    A title is one sentence.
    """
    grouped: dict[int, list[Hit]] = {}
    rejected: set[int] = set()
    for clause, here in zip(scanned.clauses, scanned.by_clause, strict=True):
        if not here:
            continue
        sentence = 0 if scanned.field == "title" else clause.sentence
        lookalikes = [hit for hit in here if hit.facet in topic.exclusions]
        for hit in here:
            if hit.facet in topic.rejected:
                rejected.add(sentence)
            elif (topic.kind == Kind.IPO and _is_model(scanned.folded, hit)) or _is_elsewhere(hit, here, topic):
                continue
            elif not (lookalikes and any(covers(other, hit) for other in lookalikes)) and not is_namesake(
                scanned, hit, topic, here
            ):
                grouped.setdefault(sentence, []).append(hit)
    return iter(sorted(place for place in grouped.items() if place[0] not in rejected))


def _is_elsewhere(hit: Hit, here: Sequence[Hit], topic: Topic) -> bool:
    """Whether a continent is only meant by another of its countries than that of a milestone: Europe by Turkey."""
    if hit.facet not in WIDE or topic.places <= WIDE:
        return False
    same = [o.facet for o in here if (o.start, o.end) == (hit.start, hit.end) and o.facet.startswith("place:")]
    within = [facet for facet in same if facet not in WIDE]
    return bool(within) and not any(facet in topic.places | topic.lands for facet in within)


_MODEL = re.compile(r"[ -]?(?=[a-z]{0,3}\d)[a-z0-9]{1,5}(?![a-z\d年月日亿万%.,股点只家-])")


def _is_model(folded: str, hit: Hit) -> bool:
    """Whether what stands for a company is the brand of a model, as in 星禾06: models are launched, not listed."""
    return hit.facet.startswith("org:") and _MODEL.match(folded, hit.end) is not None


def covers(lookalike: Hit, hit: Hit) -> bool:
    """Whether a hit lies inside a longer look-alike, or begins inside of one; companies stay companies even there."""
    if hit.facet.startswith("org:"):
        return False
    longer = lookalike.end - lookalike.start > hit.end - hit.start
    inside = longer and lookalike.start <= hit.start and hit.end <= lookalike.end
    return inside or lookalike.start < hit.start < lookalike.end


CHANGE = "change"
"""Stands among the kinds of a sentence that speaks of a delay, an advance or an end, of whatever it is."""


def _spoken(pattern: Pattern, topic: Topic, kinds: frozenset[str]) -> bool:
    """Whether a sentence speaks of the kind of event as far as the pattern asks for it."""
    if pattern.event:
        return f"{topic.kind}+" in kinds and not (pattern.venue and f"{topic.kind}=" not in kinds)
    if not pattern.about or topic.kind in kinds or (CHANGE in kinds and not pattern.strict):
        return True
    return f"{topic.also}+" in kinds


_VENUES = frozenset(f"place:{key}" for key in ("star", "shenzhen-board", "hongkong", "newyork", "london", "shanghai"))


def _holds(pattern: Pattern, here: set[str], topic: Topic) -> bool:
    """Whether a sentence with the facets `here` names the topic, as far as it is not a matter of whose it is."""
    if not all(facet in here for facet in pattern.all_of):
        return False
    if pattern.one_of and not any(facet in here for facet in pattern.one_of):
        return False
    if pattern.venue and here & _VENUES and not here & _VENUES & (topic.places | topic.lands):
        return False
    if pattern.whole and not pattern.about:
        return True
    others = {facet for facet in here if facet.startswith("ordinal:")} - {"ordinal:1"}
    return not (topic.ordinals and others and not others & topic.ordinals)


def _is_for_another(topic: Topic, everywhere: set[str]) -> bool:
    """Whether an entry speaks only of another use (diabetes) than that for which a milestone is (obesity)."""
    others = {facet for facet in everywhere if facet.startswith("content:")} if topic.traits else set()
    return bool(others) and not others & topic.traits


def _is_of_a_later_one(topic: Topic, scans: Sequence[Scan]) -> bool:
    """Whether an entry speaks of a later flight or delivery, where the milestone is the first."""
    return topic.initial and is_of_a_later_one(scanned.folded for scanned in scans)


def _is_of_deliveries(topic: Topic, spoken: Mapping[tuple[str, int], frozenset[str]]) -> bool:
    """Whether an entry speaks of the deliveries of an aircraft and nowhere of its first flight."""
    kinds = frozenset[str]().union(*spoken.values()) if topic.kind == FIRST_FLIGHT else frozenset[str]()
    return f"{Kind.DELIVERY}!" in kinds and f"{FIRST_FLIGHT}+" not in kinds


def _is_owned(
    pattern: Pattern, topic: Topic, scanned: Scan, parts: Sequence[Hit], hits: Sequence[Hit], before: Set[str]
) -> bool:
    """Whether the companies that the pattern asks for are named: in an earlier sentence, or in this one.

    The owner of a second plant stands before it or in its clause; who follows later is somebody else.
    """
    owned = parts if pattern.party else [part for part in parts if part.facet.startswith("ordinal:")]
    near = hits
    if owned and not pattern.whole:
        last = max(part.end for part in owned)
        clauses_of = {scanned.clause_at(part.start) for part in owned}
        near = [hit for hit in hits if hit.start < last or scanned.clause_at(hit.start) in clauses_of]
    named = before | {hit.facet for hit in near}
    if pattern.party and not topic.own_orgs & named:
        return False
    return pattern.whole or sum(org in named for org in pattern.orgs) >= pattern.min_orgs
