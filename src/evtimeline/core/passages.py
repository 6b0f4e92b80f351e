"""Which clauses of an entry speak of a milestone: those that name it, and those that go on about it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from evtimeline.core.attribution import Passage, joined
from evtimeline.core.carrying import adrift, refers_back
from evtimeline.core.comparing import is_compared_at
from evtimeline.core.cues import Word, inside_of
from evtimeline.core.lexicon import Cue
from evtimeline.core.localities import WIDE
from evtimeline.core.matching import Scan, Sighting
from evtimeline.core.milestones import OF_A_COMPANY, Kind
from evtimeline.core.phrases import FoundDate
from evtimeline.core.resuming import is_another_event, is_chinese, resumed
from evtimeline.core.spellings import Hit
from evtimeline.core.text import Clause, clause_at
from evtimeline.core.topics import Topic

_Placed = TypeVar("_Placed", Word, FoundDate)

Words = Mapping[str, Mapping[int, tuple[Word, ...]]]
"""The words of each text of an entry (title, summary) by clause."""

Dates = Mapping[str, Mapping[int, tuple[FoundDate, ...]]]
"""Its dates by clause."""

Numbered = tuple[int, Clause]


def passages(
    topic: Topic,
    seen: Sequence[Sighting],
    scans: Sequence[Scan],
    words: Words,
    dates: Dates,
    akin: Sequence[str] = (),
) -> Iterator[Passage]:
    """The passages of all texts in order; sentences go on about the milestone until a rival comes."""
    mine = frozenset(facet for pattern in topic.patterns for facet in pattern.all_of)
    kinds = (topic.kind, topic.also, *akin)
    going_on = False
    for scanned in scans:
        hits = [hit for s in seen if s.field == scanned.field for hit in s.hits]
        anchors = {hit.start: hit.end for hit in sorted(hits, key=lambda hit: (hit.start, hit.end))}
        own_names = [hit for hit in hits if hit.facet.startswith("name:")]
        told = _outside(own_names, words[scanned.field]) if own_names else words[scanned.field]
        said_when = _said_when(own_names, dates[scanned.field]) if own_names else dates[scanned.field]
        named = {scanned.clause_at(anchor) for anchor in anchors}
        if scanned.field == "title" and not named and _is_explained(topic, seen, scans, mine):
            yield from _headline(topic, scanned, mine, words, dates)
            continue
        for clauses in _by_sentence(scanned):
            active = _active(topic, scanned, clauses, named, going_on, mine)
            going_on = bool(active) and active[-1] == clauses[-1]
            if active:
                own = any(number in named for number, _ in clauses)
                leads = scanned.field == "title" or clauses[0][1].sentence == 0
                chinese = not (own or leads) and is_chinese(active, scanned.folded)
                if chinese:
                    taken = resumed(active, scanned.folded, told, said_when, kinds)
                    going_on = going_on and (bool(taken) or not is_another_event(active, told))
                    active = taken
                    if not active:
                        continue
                passage = _passage(scanned, active, own, anchors, told, said_when)
                taken_up = own or leads or chinese or _is_taken_up(passage, topic, scanned, mine, kinds)
                yield passage if taken_up else adrift(passage)


def _is_taken_up(passage: Passage, topic: Topic, scanned: Scan, mine: frozenset[str], kinds: Sequence[str]) -> bool:
    """Whether an English sentence without the name may go on about it: it names a part of it, or refers back."""
    known = {facet for facet in mine if facet.startswith(("noun:", "content:"))} | topic.own_orgs
    if any(hit.facet in known for number, _ in passage.clauses for hit in scanned.by_clause[number]):
        return True
    return refers_back(passage, kinds)


def _outside(names: Sequence[Hit], words: Mapping[int, tuple[Word, ...]]) -> Mapping[int, tuple[Word, ...]]:
    """The words without the cues inside names, where they are none: the 不 of 声声不息."""
    inner = inside_of((hit.start, hit.end) for hit in names)
    return {
        clause: tuple(word for word in said if not (word.cue and inner(word.start, word.end)))
        for clause, said in words.items()
    }


def _said_when(names: Sequence[Hit], dates: Mapping[int, tuple[FoundDate, ...]]) -> Mapping[int, tuple[FoundDate, ...]]:
    """The dates without those that are part of a name and name no year: 十日终焉."""
    spans = {(hit.start, hit.end) for hit in names}

    def inside(found: FoundDate) -> bool:
        return not found.explicit_year and any(start <= found.start and found.end <= end for start, end in spans)

    return {clause: tuple(found for found in said if not inside(found)) for clause, said in dates.items()}


def _is_explained(topic: Topic, seen: Sequence[Sighting], scans: Sequence[Scan], mine: frozenset[str]) -> bool:
    """Whether the summary begins with the name that the title only describes: `Workhorse rocket slips again`."""
    for scanned in scans:
        at = min((hit.start for s in seen if s.field == scanned.field == "summary" for hit in s.hits), default=None)
        if at is None or topic.kind in OF_A_COMPANY:
            continue
        number = scanned.clause_at(at)
        if (
            scanned.clauses[number].sentence
            or is_compared_at(scanned.folded, at)
            or not _COMPARING.isdisjoint(scanned.folded[:at].split())
        ):
            return False
        return not any(_rival(topic, scanned, here, mine) for here in scanned.by_clause[: number + 1])
    return False


_COMPARING = frozenset(("rival", "rivals", "whose", "like", "unlike", "than", "after", "against", "following", "hopes"))


def _headline(topic: Topic, scanned: Scan, mine: frozenset[str], words: Words, dates: Dates) -> Iterator[Passage]:
    """A title that describes the milestone without its name, unless it names something else."""
    if any(_is_elsewhere(topic, here) or _rival(topic, scanned, here, mine) for here in scanned.by_clause):
        return
    for clauses in _by_sentence(scanned):
        yield _passage(scanned, clauses, False, {}, words[scanned.field], dates[scanned.field])


def by_clause(scanned: Scan, items: Iterable[_Placed]) -> dict[int, tuple[_Placed, ...]]:
    """Words or dates of a text by the number of their clause."""
    grouped: dict[int, list[_Placed]] = {}
    starts = [clause.start for clause in scanned.clauses]
    for item in items:
        grouped.setdefault(clause_at(starts, item.start), []).append(item)
    return {number: tuple(listed) for number, listed in grouped.items()}


_CALENDAR = frozenset("年月日号季度底初")


def masked(scanned: Scan) -> str:
    """The text with the digits of names made letters: the 6 of `GTA 6` is no day of November."""
    text = list(scanned.text)
    for start, end in {(hit.start, hit.end) for hit in scanned.hits if hit.facet.startswith(("name:", "word:"))}:
        piece = scanned.text[start:end]
        if any(c.isdigit() for c in piece) and any(c.isalpha() and c not in _CALENDAR for c in piece):
            text[start:end] = ["x" if c.isdigit() else c for c in piece]
    return "".join(text)


def _by_sentence(scanned: Scan) -> Iterator[list[Numbered]]:
    grouped: dict[int, list[Numbered]] = {}
    for number, clause in enumerate(scanned.clauses):
        grouped.setdefault(clause.sentence, []).append((number, clause))
    return iter(grouped.values())


def _active(
    topic: Topic, scanned: Scan, clauses: list[Numbered], named: set[int], going_on: bool, mine: frozenset[str]
) -> list[Numbered]:
    """The clauses of a sentence that speak of the topic."""
    first = next((position for position, (number, _) in enumerate(clauses) if number in named), None)
    if first is None and not going_on:
        return []
    if first is None and topic.kind != Kind.RELEASE and not any(scanned.by_clause[number] for number, _ in clauses):
        return clauses
    active: list[Numbered] = []
    on = True
    for position, numbered in enumerate(clauses):
        here = scanned.by_clause[numbered[0]]
        if _is_elsewhere(topic, here):
            continue
        if numbered[0] in named or _is_at_home(topic, here):
            on = not _avoided(topic, here)
        elif _rival(topic, scanned, here, mine) or _names_a_work(topic, scanned, numbered[1]):
            on = first is not None and position < first
            continue
        if on:
            active.append(numbered)
    return active


def _names_a_work(topic: Topic, scanned: Scan, clause: Clause) -> bool:
    """Whether a clause that does not name a film or game names another one: 《远山》1月上映."""
    return topic.kind == Kind.RELEASE and "《" in scanned.folded[clause.start : clause.end]


_OF_MARKETS = (Kind.LAUNCH, Kind.RELEASE, Kind.MARKET_ENTRY, Kind.DELIVERY)
_REGIONS = frozenset(("place:overseas", "place:eu", "place:europe", "place:southeastasia"))


def _is_at_home(topic: Topic, here: Sequence[Hit]) -> bool:
    """Whether a clause names the market of a launch: 美国要等到明年一季度."""
    return topic.kind in _OF_MARKETS and any(hit.facet in topic.places for hit in here)


def _is_elsewhere(topic: Topic, here: Sequence[Hit]) -> bool:
    """Whether a clause speaks of another market than that of a launch: 韩国12月12日先开卖."""
    if topic.kind not in _OF_MARKETS or not topic.places or topic.places & _REGIONS:
        return False
    places: dict[tuple[int, int], set[str]] = {}
    for hit in here:
        if hit.facet.startswith("place:"):
            places.setdefault((hit.start, hit.end), set()).add(hit.facet)
    home = topic.places | (topic.lands - WIDE)
    return bool(places) and not any(facets & home or facets <= _REGIONS for facets in places.values())


def _rival(topic: Topic, scanned: Scan, here: Sequence[Hit], mine: frozenset[str]) -> bool:
    """Whether a clause names something else: a look-alike, another company, another place or phase."""
    if not here:
        return False
    facets = {hit.facet for hit in here}
    if _avoided(topic, here) or facets & topic.rejected:
        return True
    if facets & topic.exclusions or _of_another_phase(topic, scanned, here):
        return True
    orgs = {facet for facet in facets if facet.startswith("org:")}
    if orgs and not orgs & topic.own_orgs:
        return True
    names = {facet for facet in facets if facet.startswith("name:")}
    return bool(names) and not names & mine and not orgs


_PHASE_MARKS = ("期", "phase", "stage")


def _of_another_phase(topic: Topic, scanned: Scan, here: Sequence[Hit]) -> bool:
    """Whether a clause speaks of another phase (二期, phase II) than the milestone's."""
    phases = {
        hit.facet
        for hit in here
        if hit.facet.startswith("ordinal:") and any(m in scanned.folded[hit.start : hit.end] for m in _PHASE_MARKS)
    }
    return bool(phases) and not phases & (topic.ordinals or {"ordinal:1"})


def _avoided(topic: Topic, here: Sequence[Hit]) -> bool:
    facets = {hit.facet for hit in here}
    return any(avoided <= facets for avoided in topic.avoided)


def _is_a_month(word: Word, dated: Iterable[FoundDate]) -> bool:
    """Whether `may` is the month of a date."""
    return any(found.start <= word.start and word.end <= found.end for found in dated)


def _passage(
    scanned: Scan,
    active: list[Numbered],
    own: bool,
    anchors: Mapping[int, int],
    words: Mapping[int, tuple[Word, ...]],
    dates: Mapping[int, tuple[FoundDate, ...]],
) -> Passage:
    numbers = [number for number, _ in active]
    told = [word for number in numbers for word in words.get(number, ())]
    dated = [found for number in numbers for found in dates.get(number, ())]
    said = tuple(word for word in told if word.cue is not Cue.HEDGE or not _is_a_month(word, dated))
    first, last = active[0][1].start, active[-1][1].end
    named = [at for at in anchors if first <= at < last and scanned.clause_at(at) in numbers]
    return Passage(
        field=scanned.field,
        folded=scanned.folded,
        clauses=tuple(active),
        own=own,
        anchors=tuple(named),
        named_to=tuple(anchors[at] for at in named),
        words=said,
        dates=tuple(joined(dated, scanned.folded)),
        cues=frozenset(word.cue for word in said),
    )
