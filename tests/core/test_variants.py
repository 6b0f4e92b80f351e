"""What stands right behind a name and makes it something else."""

import pytest
from tests.core.watched import found, watching

from evtimeline.core.milestones import Milestone

WATCHED = watching(
    Milestone("car", {"zh": "晨曦X50上市", "en": "Aurora X50 launch"}),
    Milestone("ultra", {"zh": "晨曦X60 Ultra上市", "en": "Aurora X60 Ultra launch"}),
    Milestone("rocket", {"zh": "天帆三号首飞"}),
    Milestone("line", {"zh": "栈莲湖高铁通车"}),
    Milestone("listing", {"zh": "比亚迪港股上市", "en": "BYD Hong Kong listing"}),
    Milestone("fab", {"zh": "台积电熊本工厂投产", "en": "TSMC Kumamoto fab start-up"}),
)


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("car", "晨曦X50 Ultra预售价81万元，明年3月上市"),
        ("car", "Aurora brings forward X50 GT launch to Feb. 27"),
        ("rocket", "天帆三号遥二发射推迟"),
        ("line", "栈莲湖高速公路改扩建推迟至2028年完工"),
        ("listing", "比亚迪半导体终止上市"),
        ("listing", "BYD's chip unit makes Hong Kong debut"),
        ("listing", "BYD-backed sensor maker files for Hong Kong IPO"),
        ("fab", "台积电将在熊本建第二工厂"),
        ("fab", "TSMC delays second Kumamoto fab"),
    ],
)
def test_a_variant_a_unit_or_a_later_plant_is_something_else(key: str, title: str) -> None:
    assert key not in found(title, against=WATCHED)


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("car", "晨曦X50今日上市"),
        ("ultra", "晨曦X60 Ultra今日上市"),
        ("rocket", "天帆三号遥一首飞成功"),
        ("line", "栈莲湖高铁隧道贯通"),
        ("listing", "比亚迪今日在港交所上市"),
        ("listing", "BYD's Hong Kong listing delayed"),
        ("fab", "台积电熊本工厂第二季度投产"),
        ("fab", "TSMC's Kumamoto fab starts in the second quarter"),
    ],
)
def test_the_milestone_itself_is_still_found(key: str, title: str) -> None:
    assert key in found(title, against=WATCHED)


FOLD = watching(
    Milestone("fold", {"zh": "诺基亚首款折叠屏Lumia发布", "en": "Nokia's first foldable Lumia launch"}),
    Milestone("three", {"zh": "诺基亚三折叠手机Trio XT上市", "en": "Nokia Trio XT tri-fold phone launch"}),
)


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("fold", "折叠屏Lumia明年亮相"),
        ("fold", "Foldable Lumia on track for September"),
        ("fold", "諾基亞摺疊Lumia上市或延期至2027年"),
        ("fold", "Lumia Fold launches in 2026"),
        ("three", "Nokia's three-way folding phone to reach stores on Sept. 20"),
        ("three", "Trio XT goes on sale"),
    ],
)
def test_one_of_a_line_of_products_is_known_by_its_trait(key: str, title: str) -> None:
    assert key in found(title, against=FOLD)


@pytest.mark.parametrize(
    "title",
    [
        "Nokia expected to unveil new Lumia models on September 12",
        "Supplier warns of Nokia Lumia delay",
        "Samsung unveils foldable phone to fend off Nokia",
        "诺基亚三折叠手机下月发布",
    ],
)
def test_the_rest_of_the_line_is_not_it(title: str) -> None:
    assert "fold" not in found(title, against=FOLD)


PLACES = watching(
    Milestone("land", {"zh": "香港迪士尼魔法森林园区开幕", "en": "Hong Kong Disneyland Mistwood land opening"}),
    Milestone("listing", {"zh": "云岭集团A+H上市", "en": "Yunling Group dual listing in Shanghai and Hong Kong"}),
    Milestone("rail", {"en": "London–Norwich high-speed line opening"}),
)


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("land", "香港迪士尼魔法森林12月20日开放"),
        ("land", "Storm may push Mistwood land at Hong Kong Disney into 2031"),
        ("listing", "Yunling to debut on Nov. 5 in record share sale"),
        ("listing", "上交所：暂缓云岭集团科创板上市"),
        ("rail", "London-Norwich line delayed by a year"),
    ],
)
def test_a_theme_and_a_group_are_known_by_less_than_their_titles(key: str, title: str) -> None:
    assert key in found(title, against=PLACES)


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("land", "Disney reopens its Hong Kong theme park"),
        ("land", "香港迪士尼6月23日起门票调价"),
        ("rail", "Albert line opens in London, three years late"),
    ],
)
def test_the_rest_of_the_park_and_of_the_town_is_not_it(key: str, title: str) -> None:
    assert key not in found(title, against=PLACES)
