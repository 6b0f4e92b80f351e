"""Several milestones of one subject in one entry: what is said of one of them is no more than a mention of another."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from evtimeline.core.claims import Signal
from evtimeline.core.extents import Extent, extent_of
from evtimeline.core.lexicon import Lexicons
from evtimeline.core.matching import Sighting
from evtimeline.core.milestones import CLOSING, OF_A_COMPANY
from evtimeline.core.spellings import Hit
from evtimeline.core.topics import Topic


@dataclass(frozen=True, slots=True)
class Seen:
    """A milestone, where an entry names it, what it says of it, and of which kinds of event the entry speaks."""

    topic: Topic
    sightings: Sequence[Sighting]
    signal: Signal
    spoken: frozenset[str]

    @property
    def kind(self) -> str:
        """Of which kind it is."""
        return self.topic.kind


def of_others(told: Sequence[Seen], text: str, lexicons: Lexicons) -> frozenset[int]:
    """The numbers of those of which an entry does not speak, but of another milestone of the same name.

    The event of the other is named and theirs is not, or the whole of it is meant where they are only the first part.
    """
    extent = extent_of(text, lexicons)
    dropped: set[int] = set()
    for number, one in enumerate(told):
        left = [other for n, other in enumerate(told) if n != number and n not in dropped]
        same = (other for other in left if _places(one) & _places(other))
        if any(_is_of_the_other_event(one, other) or _is_of_the_other_part(one, other, extent) for other in same):
            dropped.add(number)
    return frozenset(dropped)


def _is_of_the_other_event(one: Seen, other: Seen) -> bool:
    """Whether the entry names the event of the other milestone and that of the one at most as a step."""
    if one.kind == other.kind or {one.kind, other.kind} & {*OF_A_COMPANY, CLOSING}:
        return False
    return f"{one.kind}*" not in one.spoken and f"{other.kind}*" in other.spoken


def _is_of_the_other_part(one: Seen, other: Seen, extent: Extent) -> bool:
    """Whether a text of this extent means the other milestone: the first part, or the whole of it."""
    mine, theirs = one.topic.extent, other.topic.extent
    return Extent.UNSAID not in (mine, theirs) and mine is not theirs and extent is theirs


def in_passing(one: Seen, others: Sequence[Seen]) -> bool:
    """Whether the entry is about another milestone of the same subject: a more particular one, or another event."""
    return any(other is not one and (_is_part_of(one, other) or _is_step_to(one, other)) for other in others)


_Place = tuple[str, int, int]


def _places(seen: Seen) -> frozenset[_Place]:
    return frozenset(_place(s, hit) for s in seen.sightings for hit in s.hits)


def of_their_own(named: Sequence[tuple[Topic, list[Sighting]]]) -> Iterator[tuple[Topic, list[Sighting]]]:
    """The topics with where they are named, but for words that only make up the whole name of another topic.

    `Haichuan AA1 Szeged plant` says nothing of Haichuan's other plant in Szeged. Companies stay what they are in any
    name.
    """
    wholes = {_place(s, hit) for _, sightings in named for s in sightings if s.pattern.whole for hit in s.hits}
    for topic, sightings in named:
        if wholes and not any(s.pattern.whole for s in sightings):
            sightings = [s for s in sightings if not _is_within(s, wholes)]
        yield topic, sightings


def _is_within(sighting: Sighting, wholes: Set[_Place]) -> bool:
    """Whether all words of a sighting lie inside a longer name; what is the name itself is shared by two milestones."""
    own = [_place(sighting, hit) for hit in sighting.hits if not hit.facet.startswith("org:")]
    return bool(own) and any(all(_covers(whole, one) and whole != one for one in own) for whole in wholes)


def _place(sighting: Sighting, hit: Hit) -> _Place:
    return sighting.field, hit.start, hit.end


def _is_part_of(one: Seen, other: Seen) -> bool:
    """Whether all words that name the one are among those that name the other: a game, and its version for Xbox."""
    if one.kind != other.kind or other.signal is Signal.MENTION:
        return False
    mine, theirs = _places(one), _places(other)
    return all(any(_covers(their, my) for their in theirs) for my in mine) and not all(
        any(_covers(my, their) for my in mine) for their in theirs
    )


def _is_step_to(one: Seen, other: Seen) -> bool:
    """Whether a step toward the one is the other itself, which the entry tells more of: 交付 on the way to 首航."""
    told = other.signal not in (Signal.MENTION, Signal.PROGRESS)
    if (
        one.signal is not Signal.PROGRESS
        or one.kind == other.kind
        or other.kind in (*OF_A_COMPANY, CLOSING)
        or not told
    ):
        return False
    return bool(_places(one) & _places(other))


def _covers(outer: _Place, inner: _Place) -> bool:
    return outer[0] == inner[0] and outer[1] <= inner[1] and inner[2] <= outer[2]
