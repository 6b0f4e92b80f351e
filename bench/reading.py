"""How many entries are read in a second of CPU time against 10, 1,000 and 10,000 milestones, beside each other."""

import random
import resource
from collections.abc import Iterator
from datetime import date
from time import process_time

from evtimeline.core.entries import Entry
from evtimeline.core.milestones import Milestone, Timeline
from evtimeline.core.reading import Watchlist, index_names, read, watch
from evtimeline.core.spellings import Matcher
from evtimeline.lexicons import load as load_lexicons

ENTRIES = 10_000
MILESTONES = (10, 1_000, 10_000)
NAMED = 0.1  # share of entries that name one of the ten milestones that every list holds
SHOWN = 1_000  # milestones beside which the dates of all entries are read, too, as `explain` shows them
SEED = 7

_ZH_NAMES = "恒川 云岭 北麓 晨曦 海晏 南屏 启明 东湖 西岭 天枢 玉衡 长乐 金桥 青峦 白鹭 朝阳 望江 松涛 沧浪 丹霞"
_ZH_TRADES = "电池 汽车 半导体 机器人 航天 光伏 生物 重工 材料 软件"
_ZH_THINGS = "襄阳工厂投产 二期工厂投产 新能源基地投产 旗舰车型上市 固态电池量产 港股上市 操作系统发布 首架飞机交付"
_EN_NAMES = "Harrow Kestrel Linden Marlow Norwick Ostrava Pinecrest Quayle Redfern Selby Thornbury Ulverton"
_EN_TRADES = "Battery Motors Robotics Aerospace Semiconductor Energy Materials Software"
_EN_THINGS = "plant opens|car launch|mass production of cells|Hong Kong IPO|first delivery|phase II plant starts up"

_ZH_FILLER = (
    *("公司表示，市场需求持续回暖，产品结构进一步优化。", "分析人士认为，行业竞争仍将加剧，价格压力短期难以缓解。"),
    *(
        "据介绍，该区域近年来引进项目百余个，带动就业逾万人。",
        "2025年一季度，相关产品出口同比增长12.4%，环比略有回落。",
    ),
    *("业内普遍预计，下半年需求将逐步释放，但成本端仍存不确定性。", "记者注意到，多家企业已于6月公布扩产计划。"),
    *("会上，有关负责人介绍了下一阶段的工作安排，并回答了记者提问。", "股价收盘上涨3.2%，成交额超过20亿元。"),
)
_EN_FILLER = (
    *("Demand has recovered since spring, the company said, though prices remain under pressure. ",),
    *("Analysts expect margins to narrow in the second half as competitors add capacity. ",),
    *("The region has drawn more than a hundred projects in recent years, officials said on Tuesday. ",),
    *("Exports rose 12.4% in the first quarter of 2025 from a year earlier, customs data showed. ",),
    *("The shares closed 3.2% higher, giving the group a market value of about $20 billion. ",),
)


def main() -> None:
    """Measure and print."""
    chance = random.Random(SEED)
    titles = list(_titles(max(MILESTONES)))
    entries = list(_entries(chance, titles[:10]))
    length = sum(len(entry.title) + len(entry.summary) for entry in entries) / len(entries)
    print(f"{len(entries)} entries of {length:.0f} characters on average, {NAMED:.0%} of them about a milestone")
    taken: dict[int, float] = {}
    for number in MILESTONES:
        timeline = _timeline(titles[:number])
        cold, warm, watchlist = _compiled(timeline)
        taken[number], found = _read(entries, watchlist)
        print(
            f"{number:6} milestones {len(entries) / taken[number]:8.0f} entries/s  "
            f"{taken[number] / taken[MILESTONES[0]]:5.2f} x  {found} findings  "
            f"(compiled in {cold:.2f} s, with its index kept in {warm:.2f} s; so far {_peak():.0f} MB at most)"
        )
        if number == SHOWN:
            slow, _ = _read(entries, watchlist, every_date=True)
            print(f"       with every date {len(entries) / slow:8.0f} entries/s  {slow / taken[number]:5.2f} x")


def _compiled(timeline: Timeline) -> tuple[float, float, Watchlist]:
    """Seconds that the index took, and the rest with an index that another process has kept; and the watchlist."""
    begun = process_time()
    index = index_names([timeline], load_lexicons())
    indexed = process_time()
    watchlist = watch([timeline], load_lexicons(), matcher=Matcher(index))
    return indexed - begun, process_time() - indexed, watchlist


def _peak() -> float:
    """The most memory that the process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # of Linux: kB


def _read(entries: list[Entry], watchlist: Watchlist, every_date: bool = False) -> tuple[float, int]:
    """The shorter of two runs, in seconds, and how much was found."""
    runs = []
    for _ in range(2):
        begun = process_time()
        found = sum(len(reading.findings) for reading in read(entries, watchlist, every_date))
        runs.append((process_time() - begun, found))
    return min(runs)


def _titles(number: int) -> Iterator[dict[str, str]]:
    """Different titles of milestones, Chinese and English in turn."""
    chinese = (_ZH_NAMES.split(), _ZH_TRADES.split(), _ZH_THINGS.split())
    english = (_EN_NAMES.split(), _EN_TRADES.split(), _EN_THINGS.split("|"))
    for place in range(number):
        serial, half = divmod(place, 2)
        names, trades, things = english if half else chinese
        name, trade = names[serial % len(names)], trades[serial // 3 % len(trades)]
        model, thing = (
            f"{chr(65 + serial % 26)}{chr(65 + serial // 26 % 26)}{serial // 676 + 1}",
            things[serial % len(things)],
        )
        yield {"en": f"{name} {trade} {model} {thing}"} if half else {"zh": f"{name}{trade}{model}{thing}"}


def _timeline(titles: list[dict[str, str]]) -> Timeline:
    milestones = tuple(Milestone(f"m{number}", title) for number, title in enumerate(titles))
    return Timeline("bench", {"en": "Bench"}, milestones=milestones)


def _entries(chance: random.Random, named: list[dict[str, str]]) -> Iterator[Entry]:
    for number in range(ENTRIES):
        language = "zh" if number % 2 else "en"
        filler = _ZH_FILLER if language == "zh" else _EN_FILLER
        length = chance.randint(350, 700) if language == "zh" else chance.randint(1000, 2000)  # 1 to 2 kB in UTF-8
        summary = ""
        while len(summary) < length:
            summary += chance.choice(filler)
        title = chance.choice(filler).strip()
        if chance.random() < NAMED:
            titles = chance.choice([one for one in named if language in one])
            title = titles[language] + ("推迟至8月" if language == "zh" else " delayed to August")
        yield Entry(str(number), title, summary, date(2025, 6, 1 + number % 28), language)


if __name__ == "__main__":
    main()
