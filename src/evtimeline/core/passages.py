"""Which clauses of an entry speak of a milestone: those that name it, and those that go on about it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from evtimeline.core.attribution import Passage, joined
from evtimeline.core.cues import Word
from evtimeline.core.matching import Hit, Scan, Sighting, covers
from evtimeline.core.phrases import FoundDate
from evtimeline.core.text import Clause
from evtimeline.core.topics import Topic


def passages(
    topic: Topic,
    seen: Sequence[Sighting],
    scans: Iterable[Scan],
    words: Mapping[str, tuple[Word, ...]],
    dates: Mapping[str, tuple[FoundDate, ...]],
) -> Iterator[Passage]:
    """The passages of all texts in order; sentences go on about the milestone until a rival comes."""
    going_on = False
    for scanned in scans:
        anchors = sorted({hit.start for s in seen if s.field == scanned.field for hit in _telling(s)})
        for _, clauses in _by_sentence(scanned):
            active, own = _active(topic, scanned, clauses, anchors, going_on)
            going_on = bool(active) and active[-1] == clauses[-1]
            if active:
                yield _passage(scanned, active, own, anchors, words[scanned.field], dates[scanned.field])


def _telling(sighting: Sighting) -> tuple[Hit, ...]:
    return sighting.hits


def _by_sentence(scanned: Scan) -> Iterator[tuple[int, list[tuple[int, Clause]]]]:
    grouped: dict[int, list[tuple[int, Clause]]] = {}
    for number, clause in enumerate(scanned.clauses):
        grouped.setdefault(clause.sentence, []).append((number, clause))
    return iter(grouped.items())


def _active(
    topic: Topic, scanned: Scan, clauses: list[tuple[int, Clause]], anchors: list[int], going_on: bool
) -> tuple[list[tuple[int, Clause]], bool]:
    """The clauses of a sentence that speak of the topic, and whether it is named in the sentence."""
    named = [any(clause.start <= at < clause.end for at in anchors) for _, clause in clauses]
    rival = [_rival(topic, scanned, clause) for _, clause in clauses]
    first = named.index(True) if any(named) else None
    if first is None and not going_on:
        return [], False
    active: list[tuple[int, Clause]] = []
    on = going_on or (first is not None)
    for position, numbered in enumerate(clauses):
        if named[position]:
            on = not rival[position] or not _avoided(topic, scanned, numbered[1])
        elif rival[position]:
            on = first is not None and position < first
            if on:
                continue
        if on:
            active.append(numbered)
    return active, first is not None


def _rival(topic: Topic, scanned: Scan, clause: Clause) -> bool:
    """Whether a clause names something else: a look-alike, another company, another place or phase."""
    here = [hit for hit in scanned.hits if clause.start <= hit.start < clause.end]
    facets = {hit.facet for hit in here}
    if _avoided(topic, scanned, clause) or facets & topic.rejected:
        return True
    lookalikes = [hit for hit in here if hit.facet in topic.exclusions]
    if lookalikes or _of_another_phase(topic, scanned, here):
        return True
    orgs = {facet for facet in facets if facet.startswith("org:")}
    if orgs and not orgs & topic.own_orgs:
        return True
    names = {hit.facet for hit in here if hit.facet.startswith("name:") and not any(covers(o, hit) for o in lookalikes)}
    mine = {facet for pattern in topic.patterns for facet in pattern.all_of}
    return bool(names) and not names & mine and not orgs & topic.own_orgs


_PHASE_MARKS = ("期", "phase", "stage")


def _of_another_phase(topic: Topic, scanned: Scan, here: Sequence[Hit]) -> bool:
    """Whether a clause speaks of another phase (二期, phase II) than the milestone's."""
    phases = {
        hit.facet
        for hit in here
        if hit.facet.startswith("ordinal:") and any(m in scanned.folded[hit.start : hit.end] for m in _PHASE_MARKS)
    }
    return bool(phases) and not phases & (topic.ordinals or {"ordinal:1"})


def _avoided(topic: Topic, scanned: Scan, clause: Clause) -> bool:
    facets = {hit.facet for hit in scanned.hits if clause.start <= hit.start < clause.end}
    return any(avoided <= facets for avoided in topic.avoided)


def _passage(
    scanned: Scan,
    active: list[tuple[int, Clause]],
    own: bool,
    anchors: list[int],
    words: tuple[Word, ...],
    dates: tuple[FoundDate, ...],
) -> Passage:
    numbers = {number for number, _ in active}

    def inside(offset: int) -> bool:
        return any(clause.start <= offset < clause.end for _, clause in active)

    return Passage(
        field=scanned.field,
        folded=scanned.folded,
        clauses=tuple(active),
        own=own,
        anchors=tuple(at for at in anchors if inside(at)),
        words=tuple(word for word in words if word.clause in numbers),
        dates=tuple(joined([found for found in dates if inside(found.start)], scanned.folded)),
    )
