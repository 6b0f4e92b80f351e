"""Kind, names and parties of what a report tells, from its title and subject."""

import re
from typing import Final

from evtimeline.core import report_words as words
from evtimeline.core.deriving import derive
from evtimeline.core.lexicon import Lexicons
from evtimeline.core.milestones import Kind
from evtimeline.core.report_names import tidy
from evtimeline.core.text import fold

_CLEAR: Final = (
    (
        Kind.FOUNDING,
        r"设立|成立|组建|注册成立|揭牌|\b(?:found(?:s|ed)?|form(?:s|ed)? a|set(?:s)? up a|establish(?:es|ed)?|incorporated)\b",
    ),
    (
        Kind.IPO,
        r"递表|招股|ipo|港交所|科创板|创业板|纳斯达克|纽交所|联交所|挂牌|\b(?:nasdaq|nyse|go(?:es)? public|listing)\b",
    ),
    (
        Kind.PLANT_OPENING,
        r"(?:工厂|基地|产线|厂房|厂|园).*(?:投产|投用|启用|达产|投运)|\b(?:plant|factory|fab|gigafactory|facility"
        r"|line)\b.*\b(?:open|start|begin|come|commission|production|operation|stream)",
    ),
    (
        Kind.MASS_PRODUCTION,
        r"量产|投产|批量生产|\b(?:mass|series|volume|serial) production\b|\b(?:start|begin|enter)\w* production\b",
    ),
    (Kind.DELIVERY, r"(?:首批|开始|启动|开启|首次)交付|交付$|\b(?:first|begin|start|customer)\b.*\bdeliver"),
    (
        Kind.MARKET_ENTRY,
        r"(?:进入|进军|登陆|布局|拓展).*(?:市场|欧洲|东南亚|海外|美国|中东|日本|印度|拉美)|\b(?:enter|expand into|expansion into|market entry)\b",
    ),
)
_TARGET: Final = re.compile(
    r"\d.*(?:辆|台|%|元|家|座|个|吨|户|人)|盈利|扭亏|转正|盈亏平衡|翻番|\d\s*(?:percent|%|vehicles|cars|units|stores|billion"
    r"|million)|break[ -]even|\bprofit"
)
_EVENT: Final = re.compile(
    r"投产|上市|发布|量产|开业|成立|设立|签|收购|开工|竣工|进入|建成|首批|\b(?:launch|open|start|begin|found|acquir|sign|list|enter)"
)


def kind_of(title: str, counted: bool, lexicons: Lexicons) -> str:
    """The kind of a milestone with this title; `counted`: an amount is promised in it."""
    folded = fold(title)
    if (counted or not re.search(r"\d", folded)) and _TARGET.search(folded) and words.MEASURE.search(folded):
        if not _EVENT.search(folded):
            return Kind.TARGET
    for kind, pattern in _CLEAR:
        if re.search(pattern, folded):
            return kind
    return derive({"en": title}, lexicons).kind


def names_of(subject: str, title: str, lexicons: Lexicons) -> tuple[str, ...]:
    """What texts may call the subject: its name in the report, and what can be derived of it."""
    derived = derive({"en": title}, lexicons).names.names
    own = [name for name in derived if name in subject and len(name) >= 3 and not name.endswith("的")]
    return tuple(dict.fromkeys([subject, *own] if subject else derived[:2]))


def parties_of(subject: str, title: str, lexicons: Lexicons) -> tuple[str, ...]:
    """The companies of a title: those that are known, and those that the subject lists."""
    known = derive({"en": title}, lexicons).parties
    listed = re.split(r"、|与|和|\band\b|,", subject) if "的" not in subject else []
    listed = listed if len(listed) > 1 else []
    return tuple(dict.fromkeys([tidy(name) for name in listed if 1 < len(tidy(name)) <= 30] + list(known)))
