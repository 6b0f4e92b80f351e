"""How craft with a number are called in news."""

import pytest

from evtimeline.core.craft import craft


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("神舟十四号乘组", {"神舟十四号", "神舟14号", "神14", "神十四", "神十四号"}),
        ("天舟六号货运飞船", {"天舟六号", "天舟6号", "天舟六"}),
        ("嫦娥6号", {"嫦娥六号", "嫦六", "嫦6"}),
        ("云雀三号运载火箭", {"云雀三号", "云雀3号"}),
        ("Shenzhou-14 crew", {"Shenzhou-14", "Shenzhou XIV"}),
        ("Wanderer-45 crew", {"Wanderer-45", "Wanderer XLV"}),
    ],
)
def test_a_numbered_craft_is_called_by_its_number_in_any_writing(name: str, called: set[str]) -> None:
    assert called <= set(craft(name, flies=True))


@pytest.mark.parametrize("name", ["长征五号", "云雀三号"])
def test_what_growth_and_larks_count_is_no_craft(name: str) -> None:
    assert not {"长5", "云3", "云三"} & set(craft(name, flies=True))


@pytest.mark.parametrize("name", ["地铁四号线", "Unit 3 reactor", "三号工厂扩建"])
def test_what_stands_on_the_ground_is_no_craft(name: str) -> None:
    assert not set(craft(name, flies=False))
