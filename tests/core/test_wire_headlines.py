"""Headlines as desks write them, of invented companies: what each says of its milestone."""

import pytest
from tests.core.watched import found, watching

from evtimeline.core.milestones import Milestone

TITLES = {
    "film": ("电影《北岸来信》上映", "Letters from the North Shore release"),
    "car": ("晨曦X50上市", "Aurora X50 launch"),
    "reactor": ("诺克利夫2号机组商运", "Northcliff 2 reactor start-up"),
    "law": ("欧盟包装法规生效", "EU packaging regulation takes effect"),
    "airport": ("临港国际机场开航", "Lingang International Airport opening"),
    "mission": ("塞勒涅4号发射", "Selene IV mission launch"),
    "ipo": ("云枢科技科创板上市", "Yunshu Robotics STAR Market listing"),
    "shot": ("国产带状疱疹疫苗上市", "China-made shingles vaccine launch"),
    "phone": ("云鲸Fold 3国行上市", "Cloudwhale Fold 3 China launch"),
}


WATCHED = watching(*(Milestone(key, {"zh": zh, "en": en}) for key, (zh, en) in TITLES.items()))


def told(key: str, day: str, title: str, summary: str = "") -> tuple[str, str]:
    """Signal and window that an entry gives a milestone."""
    finding = found(title, summary, day, WATCHED)[key]
    return finding.signal.value, finding.window.edtf if finding.window else ""


@pytest.mark.parametrize(
    "title",
    [
        "Fuel loading begins at France's delayed Northcliff 2 reactor",
        "Fuel loading begins at the delayed Northcliff 2 reactor",
        "Northcliff 2 reactor: fuel loading postponed to mid-April",
        "Northcliff 2 reactor hot tests delayed, regulator says",
    ],
)
def test_a_delay_that_only_describes_or_of_a_stage_is_a_step(title: str) -> None:
    assert told("reactor", "2025-03-27", title) == ("progress", "")


@pytest.mark.parametrize(
    "title",
    [
        "Northcliff 2 reactor delayed again",
        "Northcliff 2 reactor start-up delayed after fuel loading problems",
        "Northcliff 2 reactor further delayed, operator says",
    ],
)
def test_a_delay_of_the_event_itself_stays_one(title: str) -> None:
    assert told("reactor", "2025-03-27", title)[0] == "delayed"


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("reactor", "Northcliff 2 reactor delivers first power, 12 years late"),
        ("reactor", "Utility connects Northcliff 2 reactor to power grid"),
        ("shot", "国产带状疱疹疫苗正式投入使用"),
        ("shot", "国产带状疱疹疫苗今日开打"),
        ("shot", "厦门打响国产带状疱疹疫苗第一针"),
        ("shot", "国产带状疱疹疫苗完成首针接种"),
        ("phone", "云鲸Fold 3国行今日登陆线下门店"),
        ("ipo", "云枢科技上市日"),
    ],
)
def test_first_uses_and_first_power_achieve_it(key: str, title: str) -> None:
    assert told(key, "2025-09-09", title)[0] == "achieved"


@pytest.mark.parametrize(
    ("key", "title", "expected"),
    [
        ("film", "北岸来信定档国庆", ("scheduled", "2025-10-01/2025-10-07")),
        ("film", "《北岸来信》新档期仍在商议", ("progress", "")),
        ("airport", "南航：10月27日起在临港国际机场执飞首批航班", ("scheduled", "2025-10-27")),
        ("airport", "临港国际机场10月23日前具备开航条件", ("progress", "")),
        ("phone", "云鲸Fold 3国行暂缓开售", ("delayed", "")),
        ("ipo", "云枢科技IPO被抽中现场检查", ("progress", "")),
        ("mission", "Selene IV mission launch off until March 2026 at earliest", ("delayed", "2026-03")),
        ("mission", "Selene IV mission will now launch in March 2026", ("delayed", "2026-03")),
        ("law", "Brussels withdraws EU packaging regulation weeks before start", ("cancelled", "")),
        ("law", "Brussels scraps EU packaging regulation", ("cancelled", "")),
        ("law", "Firms get one-year extension to comply with EU packaging regulation", ("delayed", "")),
    ],
)
def test_the_idiom_of_the_trade(key: str, title: str, expected: tuple[str, str]) -> None:
    assert told(key, "2025-09-09", title) == expected


@pytest.mark.parametrize(
    ("key", "title", "summary", "expected"),
    [
        ("film", "北岸来信定档", "", ("scheduled", "")),
        ("film", "《北岸来信》官宣定档", "", ("scheduled", "")),
        ("phone", "云鲸宣布Fold 3国行上市时间", "", ("scheduled", "")),
        ("car", "晨曦X50定于11月29日晚发布", "上市价格今日公布。", ("scheduled", "2025-11-29")),
        ("film", "北岸来信推迟上映", "原定9月12日上映，上映时间待定。它是2025年9月最受期待的电影。", ("delayed", "")),
        ("airport", "临港国际机场旅客破千万", "今年9月27日，临港国际机场投运将迎来一周年。", ("mention", "")),
        (
            "car",
            "Aurora X50 sales top 13,000",
            "Aurora sold 13,000 X50s after its June launch.",
            ("mention", "2025-06"),
        ),
        ("ipo", "极岳机器人递表港交所", "同业云枢科技预计四季度在科创板挂牌。", ("mention", "2025-36")),
        ("reactor", "Northcliff 2 reactor connected to grid for 1st time", "", ("achieved", "")),
    ],
)
def test_what_is_announced_and_what_is_looked_back_on(
    key: str, title: str, summary: str, expected: tuple[str, str]
) -> None:
    assert told(key, "2025-09-09", title, summary) == expected


def test_shares_that_drop_are_not_a_product_that_drops() -> None:
    assert told("car", "2025-09-09", "Aurora drops 13% as pricing of X50 disappoints")[0] == "mention"
