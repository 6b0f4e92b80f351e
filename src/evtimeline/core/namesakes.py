"""What bears a milestone's name and is something else: an offshoot of it, or its like in another country."""

import re
from collections.abc import Sequence
from typing import Protocol

from evtimeline.core.topics import Topic


class Placed(Protocol):
    """A facet at a place of a folded text."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends."""

    @property
    def facet(self) -> str:
        """What it stands for."""


def is_namesake(folded: str, hit: Placed, topic: Topic, here: Sequence[Placed]) -> bool:
    """Whether a name means something beside the milestone (`Silksong expansion`) or elsewhere (`Britain's own CBAM`).

    `here` are all facets of its clause.
    """
    if not hit.facet.startswith(("name:", "word:")):
        return False
    return (
        _is_offshoot(folded, hit, topic)
        or _is_sequel(folded, hit, topic)
        or (bool(topic.places) and _is_foreign(folded, hit, topic, here))
    )


def _is_offshoot(folded: str, hit: Placed, topic: Topic) -> bool:
    behind = folded[hit.end : hit.end + 16].lstrip(" '")
    return behind.startswith(topic.offshoots) and any(
        behind.startswith(word) and word not in hit.facet for word in topic.offshoots
    )


_NEXT = re.compile(
    r" (?P<number>[2-9]|ii|iii|iv)(?![\w.,:%-])"
    r"(?! (?:million|billion|trillion|percent|hours?|days?|weeks?|months?|years?)\b)"
)


def _is_sequel(folded: str, hit: Placed, topic: Topic) -> bool:
    """Whether a number behind an English name makes it the next of its kind (Silver Reef 2), which is not followed."""
    if not hit.facet.startswith("name:") or hit.facet[-1].isdigit() or not hit.facet.isascii():
        return False
    found = _NEXT.match(folded, hit.end)
    return found is not None and not any(found["number"] in surface for surface in topic.surfaces)


_OWNING = frozenset(("", " ", "'s ", "'s own ", "的", " own "))


def _is_foreign(folded: str, hit: Placed, topic: Topic, here: Sequence[Placed]) -> bool:
    """Whether another place than the milestone's stands right before the name, and no company inside it."""
    if not hit.facet.startswith("name:"):
        return False
    before = [other for other in here if other.end <= hit.start and other.facet.startswith("place:")]
    if not before or before[-1].facet in topic.places or folded[before[-1].end : hit.start] not in _OWNING:
        return False
    return not any(hit.start <= other.start < hit.end and other.facet.startswith("org:") for other in here)
