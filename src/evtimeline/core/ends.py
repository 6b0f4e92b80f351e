"""What a milestone's own title makes the event, though it is elsewhere no more than a step toward one of its kind."""

from collections.abc import Iterable

from evtimeline.core.text import fold

_REVEAL = (
    *("发布", "首发亮相", "发布会", "亮相", "首秀", "unveil", "unveils", "unveiled", "unveiling"),
    *("reveal", "reveals", "revealed", "revealing", "showcase", "showcases", "showcased", "showcasing"),
    *("show", "shows", "showed", "shown", "showing"),
)
_COMPLETION = (
    *("竣工", "完工", "建成", "落成", "completion", "complete", "completes", "completed", "completing"),
    *("finish", "finishes", "finished", "finishing"),
)
_TOPPING_OUT = ("封顶", "主体结构", "topping out", "top out", "tops out", "topped out")
_TRIAL = (
    *("试运行", "试运营", "试营业", "试产", "试生产", "trial operation", "trial operations", "trial run", "trial runs"),
    *("soft opening", "test production", "trial production", "pilot production"),
)
_ROLLING_OFF = ("下线", "roll off", "rolls off", "rolled off", "rolling off")
_GAMES = ("举行", "举办")
_FUEL = ("装料", "入堆", "临界", "fuel loading", "load fuel", "loads fuel", "loaded fuel", "criticality", "go critical")

RETURN = "return"
"""Stands for all words of a return, where the title awaits one."""

_BY_TITLE = (
    (("return to", "returns to", "ungrounding", "resumption", "复飞", "恢复运营", "恢复商业"), (RETURN,)),
    (("发布", "unveiling", "reveal"), _REVEAL),
    (("竣工", "完工", "建成", "落成", "completion", "completed"), _COMPLETION),
    (("封顶", "topping out"), _TOPPING_OUT),
    (("试运行", "试运营", "试营业", "试产", "试生产", "trial", "soft opening"), _TRIAL),
    (("下线", "rolls off", "roll-off"), _ROLLING_OFF),
    (("全面", "全部", "全线", "full commercial", "full operation", "fully operational"), _COMPLETION),
    (("开幕",), _GAMES),
    (("贯通", "合龙", "合拢"), ("贯通", "合龙", "合拢")),
    (("装料", "临界", "fuel load", "criticality"), _FUEL),
)


_WHOLE = ("全面", "全部", "full commercial", "full operation", "fully operational")


def is_whole(titles: Iterable[str]) -> bool:
    """Whether a title asks for the whole: a wind farm's first power is no more than a step to its full operation."""
    return any(word in fold(title) for title in titles for word in _WHOLE)


def ends(titles: Iterable[str]) -> frozenset[str]:
    """The words that mean the event itself for a milestone with these titles: 发布 and `unveil` for 青芒Fold 4发布."""
    folded = [fold(title) for title in titles]
    return frozenset(
        word for named, words in _BY_TITLE if any(name in title for name in named for title in folded) for word in words
    )
