"""What bears a milestone's name and is something else: an offshoot of it, or its like in another country."""

import re
from collections.abc import Sequence
from typing import Protocol

from evtimeline.core.editions import is_another
from evtimeline.core.milestones import Kind
from evtimeline.core.topics import Topic
from evtimeline.core.variants import Placed, is_of_its_unit, is_other_site, is_variant
from evtimeline.core.works import is_figure


class Scanned(Protocol):
    """A text as it was written, and folded."""

    @property
    def text(self) -> str:
        """As it was written."""

    @property
    def folded(self) -> str:
        """Of the same length."""


def is_namesake(scanned: Scanned, hit: Placed, topic: Topic, here: Sequence[Placed]) -> bool:
    """Whether a name means something beside the milestone (`Silksong expansion`) or elsewhere (`Britain's own CBAM`).

    `here` are all facets of its clause.
    """
    sort = hit.facet.partition(":")[0]
    if sort == "org":
        return is_of_its_unit(scanned.folded, hit, topic)
    if sort == "ordinal":
        return is_variant(scanned.text, hit, topic)
    if sort not in ("name", "word"):
        return False
    folded = scanned.folded
    if topic.kind == Kind.RELEASE and is_figure(scanned.text, hit.start, hit.end):
        return True
    return (
        is_variant(scanned.text, hit, topic)
        or is_other_site(hit, topic, here)
        or _is_offshoot(folded, hit, topic)
        or _is_sequel(folded, hit, topic)
        or is_another(folded, _begin(hit, here), hit.end, topic.edition)
        or _is_next(scanned.text, hit, topic)
        or (bool(topic.places) and _is_foreign(folded, hit, topic, here))
    )


def _begin(hit: Placed, here: Sequence[Placed]) -> int:
    """Where the words begin that stand before a name without a gap: 哈尔滨 before 冰雪大世界."""
    start = hit.start
    for other in sorted(here, key=_start, reverse=True):
        if other.start < start <= other.end:
            start = other.start
    return start


def _is_offshoot(folded: str, hit: Placed, topic: Topic) -> bool:
    behind = folded[hit.end : hit.end + 16].lstrip(" '")
    return behind.startswith(topic.offshoots) and any(
        behind.startswith(word) and word not in hit.facet for word in topic.offshoots
    )


_NEXT = re.compile(
    r" (?:(?:unit|train|phase|line|reactor|block|stage|terminal) )?(?P<number>[2-9]|ii|iii|iv)(?![\w.,:%-])"
    r"(?! (?:million|billion|trillion|percent|hours?|days?|weeks?|months?|years?)\b)"
)


def _is_sequel(folded: str, hit: Placed, topic: Topic) -> bool:
    """Whether a number behind an English name makes it the next of its kind (Silver Reef 2), which is not followed."""
    if not hit.facet.startswith("name:") or hit.facet[-1].isdigit() or not hit.facet.isascii():
        return False
    found = _NEXT.match(folded, hit.end)
    return found is not None and not any(found["number"] in surface for surface in topic.surfaces)


_LETTER = re.compile(r" (?P<letter>[B-HJ-MP-RT-Z])(?![\w'’.&-])")


def _is_next(text: str, hit: Placed, topic: Topic) -> bool:
    """Whether a letter behind a name makes it the next of its kind: Dogger Bank B."""
    found = _LETTER.match(text, hit.end) if hit.facet.isascii() else None
    return found is not None and not any(s.endswith(f" {found['letter'].lower()}") for s in topic.surfaces)


_GLUE = re.compile(
    r"(?:['’]s?)?(?:[ $€£¥]|[a-z][a-z'’-]*|\d[\d.,-]*)*"
    r"|(?:市|省|州)?(?:的|新|新建|首座|首条|首个|第二|第一|大型|国际|国际性|(?:全球|世界|全国|亚洲|国内)?最[大长高深])*"
    r"| (?:in|of|near|outside|at) (?:the )?(?:[a-z]+ )?"
)
_FAR = 40


def stand_beside(text: str, hits: Sequence[Placed]) -> bool:
    """Whether a place and what stands there are one phrase: Graz's new airport, 格拉茨新机场, an airport in Graz.

    Another name between them makes it another one: Graz Thalerhof airport.
    """
    places = [hit for hit in hits if hit.facet.startswith("place:")]
    others = [hit for hit in hits if not hit.facet.startswith("place:")]
    pairs = ((min(a, b, key=_start), max(a, b, key=_start)) for a in places for b in others)
    return any(
        second.start - first.end < _FAR and _GLUE.fullmatch(text, first.end, max(first.end, second.start))
        for first, second in pairs
    )


def _start(hit: Placed) -> int:
    return hit.start


_OWNING = frozenset(("", " ", "'s ", "'s own ", "的", " own "))


def _is_foreign(folded: str, hit: Placed, topic: Topic, here: Sequence[Placed]) -> bool:
    """Whether another place than the milestone's stands right before the name, and no company inside it."""
    if not hit.facet.startswith("name:"):
        return False
    before = [other for other in here if other.end <= hit.start and other.facet.startswith("place:")]
    if not before or folded[before[-1].end : hit.start] not in _OWNING:
        return False
    if any(other.facet in topic.places | topic.lands for other in before if other.end == before[-1].end):
        return False
    return not any(hit.start <= other.start < hit.end and other.facet.startswith("org:") for other in here)
