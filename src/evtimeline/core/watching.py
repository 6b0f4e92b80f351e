"""The topics of all milestones that are watched, made when they are asked for."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from evtimeline.core.lexicon import Lexicons
from evtimeline.core.milestones import Timeline
from evtimeline.core.text import fold, squeeze
from evtimeline.core.topics import MilestoneRef, Topic, topic


class Topics:
    """One topic per milestone, in the order of timelines and milestones; each is made when it is asked for."""

    def __init__(
        self, timelines: Iterable[Timeline], lexicons: Lexicons, exclusions: Mapping[MilestoneRef, tuple[str, ...]]
    ) -> None:
        self._milestones = [
            ((timeline.key, milestone.key), milestone, entities)
            for timeline in timelines
            for entities in [{entity.key: entity.names for entity in timeline.entities}]
            for milestone in timeline.milestones
        ]
        self._lexicons = lexicons
        self._exclusions = exclusions
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._made)

    def __len__(self) -> int:
        return len(self._milestones)

    def __getitem__(self, number: int) -> Topic:
        return self._remembered(number)

    def __iter__(self) -> Iterator[Topic]:
        return map(self._made, range(len(self)))  # they are too many to remember when all are asked for

    def _made(self, number: int) -> Topic:
        ref, milestone, entities = self._milestones[number]
        return _without(topic(ref, milestone, entities, self._lexicons), self._exclusions.get(ref, ()))


_REMEMBERED = 1024


def _without(watched: Topic, phrases: Iterable[str]) -> Topic:
    """The topic as a person wants it: no sentence that says one of `phrases` speaks of it."""
    surfaces = dict(watched.surfaces)
    for phrase in phrases:
        folded = fold(phrase)
        surfaces[folded] = surfaces.get(folded, frozenset()) | {f"phrase:{squeeze(folded)}"}
    rejected = frozenset(f"phrase:{squeeze(fold(phrase))}" for phrase in phrases)
    return replace(watched, surfaces=surfaces, rejected=rejected) if rejected else watched
