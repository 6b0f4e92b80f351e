"""A timeline of ten promises, by their titles alone, and a short way to read a sentence against it."""

from datetime import date
from functools import cache

from evtimeline.core.entries import Entry
from evtimeline.core.milestones import Milestone, Names, Timeline
from evtimeline.core.reading import Finding, Reading, Watchlist, read, watch
from evtimeline.lexicons import load

TITLES = {
    "x5-launch": ("晨曦X50上市", "Aurora X50 launch"),
    "dresden-fab": ("台积电德累斯顿晶圆厂投产", "TSMC Dresden fab start-up"),
    "777x-delivery": ("波音777X首架交付", "Boeing 777X first delivery"),
    "unitree-ipo": ("宇树科技科创板上市", "Unitree STAR Market listing"),
    "legoland": ("上海乐高乐园开园", "Legoland Shanghai opening"),
    "zhuque": ("朱雀三号首飞", "Zhuque-3 maiden flight"),
    "zhongkui": ("《黑神话：钟馗》发售", "Black Myth: Zhong Kui release"),
    "nio-target": ("蔚来2026年交付40万辆", "NIO delivers 400,000 cars in 2026"),
    "japan-entry": ("零跑汽车进入日本市场", "Leapmotor car sales start in Japan"),
    "jv": ("零跑与一汽成立合资公司", "Leapmotor FAW joint venture founded"),
}


@cache
def watchlist() -> Watchlist:
    """The ten milestones, compiled once."""
    milestones = tuple(Milestone(key, {"zh": zh, "en": en}) for key, (zh, en) in TITLES.items())
    return watch([Timeline("story", {"en": "Story"}, "Asia/Shanghai", (), milestones)], load())


def watching(*milestones: Milestone) -> Watchlist:
    """A watchlist of these milestones."""
    return watch([Timeline("story", {"en": "Story"}, "Asia/Shanghai", (), milestones)], load())


def named(
    key: str, kind: str, *names: str, exclusions: tuple[str, ...] = (), parties: tuple[str, ...] = ()
) -> Milestone:
    """A milestone with its names written down."""
    return Milestone(key, {"en": key}, kind, Names(names, exclusions), parties)


def reading(title: str, summary: str = "", day: str = "2026-03-10", against: Watchlist | None = None) -> Reading:
    """What is read in one entry."""
    language = "en" if title.isascii() else "zh"
    entry = Entry("1", title, summary, date.fromisoformat(day), language)
    return next(read([entry], against or watchlist()))


def found(
    title: str, summary: str = "", day: str = "2026-03-10", against: Watchlist | None = None
) -> dict[str, Finding]:
    """The findings in one entry by the keys of their milestones."""
    return {finding.ref[1]: finding for finding in reading(title, summary, day, against).findings}
