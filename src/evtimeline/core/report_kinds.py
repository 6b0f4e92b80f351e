"""Kind, names and parties of what a report tells, from its title and subject."""

import re
from functools import lru_cache
from typing import Final

from evtimeline.core import report_words as words
from evtimeline.core.deriving import Derived, derive
from evtimeline.core.lexicon import Lexicons
from evtimeline.core.milestones import Kind
from evtimeline.core.report_names import tidy
from evtimeline.core.text import fold

_CLEAR: Final = (
    ("groundbreaking", r"奠基|开工|动工|\b(?:broke|breaks?|breaking) ground\b|\bgroundbreaking\b"),
    ("closing", r"收购|并购|\bacqui(?:re|sition)|\btakeover\b|\bmerger\b"),
    (Kind.LAUNCH, r"\bon sale\b"),
    (
        Kind.FOUNDING,
        r"设立|成立|组建|工商注册|揭牌|\b(?:found(?:s|ed)?|form(?:s|ed)? a|set(?:s)? up a|establish(?:es|ed)?"
        r"|incorporated)\b",
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
        r"(?:进入|进军|登陆|布局|拓展).*(?:市场|欧洲|东南亚|海外|美国|中东|日本|印度|拉美)"
        r"|\b(?:enter(?:s|ed|ing)?(?! service"
        r"| production| operation| into force)"
        r"|expand into|expansion into|market entry)\b",
    ),
)
_TARGET: Final = re.compile(
    r"\d.*(?:辆|台|%|元|家|座|个|吨|户|人)|盈利|扭亏|转正|盈亏平衡|翻番|\d\s*(?:percent|%|vehicles|cars"
    r"|units|stores|deliveries|jets|aircraft|orders|billion"
    r"|million)|break[ -]even|\bprofit"
)
_EVENT: Final = re.compile(
    r"投产|上市|发布|量产|开业|成立|设立|签|收购|开工|竣工|进入|建成|首批|\b(?:launch|open|start|begin"
    r"|found|acquir|sign|list|enter)"
)


@lru_cache(maxsize=64)
def _derived(title: str, lexicons: Lexicons) -> Derived:
    """What the title says by itself; kind, names and parties of one draft ask for it in turn."""
    return derive({"en": title}, lexicons)


def kind_of(title: str, counted: bool, lexicons: Lexicons) -> str:
    """The kind of a milestone with this title; `counted`: an amount is promised in it."""
    folded = fold(title)
    measured = _TARGET.search(folded) and words.MEASURE.search(folded) and not _EVENT.search(folded)
    if measured and (counted or not re.search(r"\d", folded)):
        return Kind.TARGET.value
    for kind, pattern in _CLEAR:
        if re.search(pattern, folded):
            return str(kind)
    return str(_derived(title, lexicons).kind)


_TAIL: Final = re.compile(
    r"(?<=[一-鿿\w]{2})(?:(?:向|赴|对)[^,，]{2,20}|在[^,，的]{2,6}|批量|规模)$"
    r"|(?<=\w)(?:正式)?(?:港股|a股|美股)?(?:上市|投产|量产|发布|亮相|交付|开业|签约|首飞|竣工|开工)(?:时间|日期)?$"
    r"|(?<=\w)\s+(?:(?:market|commercial|nasdaq|nyse|first|start of) )*(?:launch|listing|release|opening"
    r"|ipo|debut|deliveries|completion|production start|start of production|rollout)$"
)


def bare(subject: str) -> str:
    """A subject without what is said of it: Gale GT launch is about Gale GT, 公司向港交所 about 公司."""
    subject = subject.partition(": ")[0]
    tail = _TAIL.search(fold(subject))
    return tidy(subject[: tail.start()]) if tail else subject


def names_of(subject: str, title: str, lexicons: Lexicons) -> tuple[str, ...]:
    """What texts may call the subject: its name in the report, and what can be derived of it."""
    derived = _derived(title, lexicons).names.names
    own = [name for name in derived if name in subject and len(name) >= 3 and not name.endswith("的")]
    return tuple(dict.fromkeys([subject, *own] if subject else derived[:2]))


def parties_of(subject: str, title: str, lexicons: Lexicons) -> tuple[str, ...]:
    """The companies of a title: those that are known, and those that the subject lists."""
    known = _derived(title, lexicons).parties
    listed = re.split(r"、|与|和|\band\b|,", subject) if "的" not in subject else []
    listed = listed if len(listed) > 1 else []
    return tuple(dict.fromkeys([tidy(name) for name in listed if 1 < len(tidy(name)) <= 30] + list(known)))
