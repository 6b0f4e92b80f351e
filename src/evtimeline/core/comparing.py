"""Whether a name stands only for what something else is compared with."""

import re

from evtimeline.core.attribution import Passage

_THAN = re.compile(
    r"(?:\b(?:than|like|unlike|against|versus|vs\.?|rivals?|alongside|(?:in contrast|compared) (?:to|with)"
    r"|(?:(?<=, a )copy|(?<=is a )copy|clones?|replicas?|twins?|siblings?|sister(?: \w+)?|successor|heir|sequel"
    r"|predecessor|answer|challenger|alternative|competitor|similar|identical|modell?ed|based"
    r"|counterpart)s? (?:of|to|on))"
    r"(?: the)?(?: \w+)?"
    r"|比|较之|对标|媲美|不敌|击败|力压|碾压|叫板|竞品|相比|同门)\s?\w{0,6}\s?$"
)

_REACH = 36


def is_compared_at(folded: str, at: int) -> bool:
    """Whether words of comparison lead to the name at an offset: cheaper than the X50, 比晨曦X50."""
    return _THAN.search(folded, max(0, at - _REACH), at) is not None


def is_compared(passage: Passage) -> bool:
    """Whether the milestone is only what something else is compared with: 比X50早一天, cheaper than the X50."""
    if not passage.anchors:
        return False
    return all(is_compared_at(passage.folded, anchor) for anchor in passage.anchors)
