"""What follows right behind a name and makes it another thing: a variant, a subsidiary, a road beside a railway."""

import re
from collections.abc import Sequence, Set
from typing import Protocol

from evtimeline.core.bearers import Pattern
from evtimeline.core.milestones import FIRST_FLIGHT, Kind
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


_OF_PRODUCTS = (Kind.LAUNCH, Kind.RELEASE, Kind.DELIVERY, Kind.MASS_PRODUCTION, FIRST_FLIGHT)
_VARIANT = re.compile(
    r" ?(?P<word>ULTRA|Ultra|GT|Mini|mini|Lite|SE|FE|RS|L)(?![A-Za-z0-9'’-])|(?P<flight>遥[二三四五六七八九十])"
)


def is_variant(text: str, hit: Placed, topic: Topic) -> bool:
    """Whether a word behind a product makes it another model (X50 Ultra), or a rocket's later flight (遥二)."""
    found = _VARIANT.match(text, hit.end) if topic.kind in _OF_PRODUCTS else None
    word = (found["word"] or found["flight"]).lower() if found else ""
    return bool(word) and not any(surface.endswith(word) for surface in topic.surfaces)


_STANDING = frozenset(
    f"noun:{noun}"
    for noun in ("airport", "line", "power", "canal", "bridge", "tunnel", "port", "road", "stadium", "museum", "mine")
)


def is_other_site(hit: Placed, topic: Topic, here: Sequence[Placed]) -> bool:
    """Whether a name without its noun stands before another one: a motorway called as the railway is."""
    own = topic.nouns & _STANDING
    if not own or any(hit.start <= other.start and other.end <= hit.end and other.facet in own for other in here):
        return False
    behind = {other.facet for other in here if 0 <= other.start - hit.end <= 1} & _STANDING
    return bool(behind) and not behind & own


_UNIT = re.compile(
    r"(?:['’]s (?:own )?(?:[a-z-]+ ){0,4}?(?:unit|arm|subsidiary|affiliate|spin-?off|division|spinoff)s?\b"
    r"|-(?:backed|owned|affiliated|controlled|invested)\b"
    r"| (?:unit|arm|subsidiary|affiliate|spin-?off) (?!to\b|in\b|on\b|of\b)"
    r"|旗下|子公司|孙公司|参股|系公司|投资的|分拆|生态链)"
)
_DEBT = re.compile(r"(?:['’]s)? (?:[a-z-]+ ){0,6}?(?:bonds?|notes|sukuk|debt)\b|(?:首次)?发(?:行)?债|债券")
_BUSINESS = re.compile(
    r"(?:新能源|半导体|微电子|金融|物流|健康|产发|工业|数科|影业|音乐|能源|电池|医药|供应链|商用车|动力|环保|服务)"
)


def is_of_its_unit(folded: str, hit: Placed, topic: Topic) -> bool:
    """Whether only what a company owns is meant, or its debt: it is not itself that lists. `hit` is the company."""
    if topic.kind != Kind.IPO:
        return False
    known = hit.facet.isascii()  # 海川 may be short for 海川电池; who is known is told from its companies
    business = _BUSINESS.match(folded, hit.end) if known and not folded[hit.start].isascii() else None
    if business and not any(surface.endswith(business.group()) for surface in topic.surfaces):
        return True
    return bool(_UNIT.match(folded, hit.end) or _DEBT.match(folded, hit.end))


_PLANT_SORTS = (Kind.PLANT_OPENING, Kind.MASS_PRODUCTION, "groundbreaking", "completion")
_BETWEEN = re.compile(r"(?:(?:将|再|新|又|市|州|拟|的)?(?:新?建|兴建|建设|建造)?(?:的)?| )")


def is_another_plant(folded: str, hits: Sequence[Placed], topic: Topic) -> bool:
    """Whether the milestone's place stands right beside the number of a later plant: 上海第二工厂, second Ohio fab."""
    if topic.kind not in _PLANT_SORTS or topic.ordinals:
        return False
    later = [hit for hit in hits if hit.facet.startswith("ordinal:") and hit.facet != "ordinal:1"]
    places = [hit for hit in hits if hit.facet in topic.places] if later else []
    pairs = ((place, number) for place in places for number in later)
    return any(_touch(folded, place, number) or _touch(folded, number, place) for place, number in pairs)


def is_anothers_plant(
    folded: str, hits: Sequence[Placed], pattern: Pattern, topic: Topic, everywhere: Set[str]
) -> bool:
    """Whether a plant known by its town stands behind a company, and its own is nowhere: Nordvik's Szeged plant."""
    if topic.kind not in _PLANT_SORTS or not pattern.whole or not topic.own_orgs or topic.own_orgs & everywhere:
        return False
    places = [hit.start for hit in hits if hit.facet in pattern.all_of]
    makers = [hit for hit in hits if hit.facet.startswith("org:")]
    return any(
        maker.end <= place and _OPENS.fullmatch(folded, maker.end, place) for maker in makers for place in places
    )


_OPENS = re.compile(
    r"(?:['’]s?)? ?(?:(?:opens|opened|inaugurates|starts up|starts|launches|expands|new|its|the) ?){0,3}"
    r"|(?:汽车|集团|公司|的|在|位于|新|首座){0,3}"
)


def _touch(folded: str, first: Placed, second: Placed) -> bool:
    gap = second.start - first.end
    return 0 <= gap <= 6 and _BETWEEN.fullmatch(folded, first.end, second.start) is not None
