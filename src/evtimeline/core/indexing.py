"""Decides by which spellings a text leads to a topic, so that few topics are tried on it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set

from evtimeline.core.anatomy import Vocabulary
from evtimeline.core.bearers import Pattern
from evtimeline.core.spellings import Index, spelled
from evtimeline.core.topics import Topic


def index_of(watched: Iterable[Topic], vocabulary: Vocabulary) -> Index:
    """The index of these topics, in their order; it is all that is kept of them."""
    known = {word: facet for word, (_, facet) in vocabulary.words.items() if len(word) > 1}
    facets = {word: {facet, *vocabulary.around(facet)} for word, facet in known.items()}
    uses: Counter[str] = Counter()
    choices: list[list[list[_Choice]]] = []
    for topic in watched:
        for spelling, standing_for in topic.surfaces.items():
            facets.setdefault(spelling, set()).update(standing_for)
        for pattern in topic.patterns:
            uses.update({*pattern.all_of, *pattern.one_of, *pattern.orgs})
        choices.append([_choices(pattern, topic) for pattern in topic.patterns])
    leads: dict[str, dict[int, set[str]]] = {}
    for number, of_patterns in enumerate(choices):
        for groups in of_patterns:
            lead, beside = _leading(groups, uses)
            for facet in lead:
                leads.setdefault(facet, {}).setdefault(number, set()).update(beside or ("",))
    spellings = spelled(facets)
    leading = {text for text, written in spellings.items() if not leads.keys().isdisjoint(written.split("\t")[1:])}
    return Index(
        {text: written for text, written in spellings.items() if text in leading},
        {text: written for text, written in spellings.items() if text not in leading},
        {facet: [n for n, beside in led.items() if not _is_shared(led, beside)] for facet, led in leads.items()},
        {facet: shared for facet, led in leads.items() if (shared := _shared(led))},
    )


_MANY = 32
"""A facet that leads to more topics than this leads only to those of which another facet is there, too."""


def _is_shared(led: Mapping[int, Set[str]], beside: Set[str]) -> bool:
    return len(led) > _MANY and "" not in beside


def _shared(led: Mapping[int, Set[str]]) -> dict[str, list[int]]:
    """The topics that a facet leads to by the other facets of which one must stand beside it."""
    shared: dict[str, list[int]] = {}
    for number, beside in led.items():
        for facet in sorted(beside) if _is_shared(led, beside) else ():
            shared.setdefault(facet, []).append(number)
    return shared


_RARITY = {
    "name": 0,
    "word": 0,
    "quantity": 0,
    "org": 1,
    "content": 2,
    "place": 2,
    "ordinal": 3,
    "noun": 4,
    "measure": 4,
}
_Choice = tuple[str, ...]
"""Facets of which at least one is in every text that a pattern holds for."""


def _choices(pattern: Pattern, topic: Topic) -> list[_Choice]:
    single = [(facet,) for facet in pattern.all_of if not facet.startswith("kind:")]
    orgs = pattern.orgs if pattern.min_orgs and not pattern.whole else ()
    parties = tuple(sorted(topic.own_orgs)) if pattern.party else ()
    return [*single, *(group for group in (pattern.one_of, orgs, parties) if group)]


def _leading(choices: Sequence[_Choice], uses: Mapping[str, int]) -> tuple[_Choice, _Choice]:
    """The choice whose facets are the rarest, and the one that comes next."""

    def rarity(group: _Choice) -> tuple[int, int, _Choice]:
        return max(_RARITY[f.partition(":")[0]] for f in group), sum(uses[f] for f in group), group

    first, second, *_ = (*sorted(choices, key=rarity), (), ())
    return first, second
