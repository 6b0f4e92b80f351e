import pytest

from evtimeline.core.deriving import derive
from evtimeline.core.quantities import written
from evtimeline.lexicons import load


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("小米YU7上市", "launch"),
        ("Xiaomi YU7 launch", "launch"),
        ("宇树科技科创板上市", "ipo"),
        ("Shein London IPO", "ipo"),
        ("宝马德布勒森工厂投产", "plant-opening"),
        ("Rapidus 2nm mass production", "mass-production"),
        ("《黑神话：钟馗》发售", "release"),
        ("上海乐高乐园开园", "opening"),
        ("Boeing 777X first delivery", "delivery"),
        ("蔚来2026年交付40万辆", "target"),
        ("朱雀三号首飞", "first-flight"),
        ("零跑与一汽成立合资公司", "founding"),
        ("Chery enters Canada", "market-entry"),
        ("a day at the sea", "other"),
    ],
)
def test_a_title_tells_its_kind(title: str, kind: str) -> None:
    language = "en" if title.isascii() else "zh"
    assert derive({language: title}, load()).kind == kind


@pytest.mark.parametrize(
    ("title", "names", "parties"),
    [
        ("小米YU7上市", {"小米YU7", "YU7"}, {"小米"}),
        ("Xiaomi YU7 launch", {"Xiaomi YU7", "YU7"}, {"Xiaomi"}),
        ("Grand Theft Auto VI release", {"Grand Theft Auto VI", "GTA VI", "GTA 6", "Grand Theft Auto 6"}, set()),
        ("《黑神话：钟馗》发售", {"黑神话：钟馗"}, set()),
        ("上海迪士尼乐园（上海迪士尼度假区）开园", {"上海迪士尼乐园", "上海迪士尼度假区"}, {"迪士尼"}),
        (
            "北汽蓝谷、宁德时代合资设立青岛海湾新能源科技有限公司",
            {"青岛海湾新能源", "青岛海湾"},
            {"北汽蓝谷", "宁德时代"},
        ),
    ],
)
def test_a_title_tells_names_and_parties(title: str, names: set[str], parties: set[str]) -> None:
    derived = derive({"en" if title.isascii() else "zh": title}, load())
    assert names <= set(derived.names.names)
    assert parties == set(derived.parties)


@pytest.mark.parametrize(
    ("titles", "key"),
    [
        ({"zh": "小米YU7上市"}, "xiaomi-yu7-launch"),
        ({"en": "Xiaomi YU7 launch"}, "xiaomi-yu7-launch"),
        ({"zh": "小米YU7上市", "en": "Xiaomi YU7 launch"}, "xiaomi-yu7-launch"),
        ({"zh": "宝马匈牙利工厂投产"}, "bmw-hungary-plant-opening"),
    ],
)
def test_a_key_is_ascii_readable_and_the_same_in_both_languages(titles: dict[str, str], key: str) -> None:
    assert derive(titles, load()).key == key


def test_a_title_without_anything_latin_or_known_gets_a_stable_key() -> None:
    key = derive({"zh": "朱雀三号首飞"}, load()).key
    assert key == derive({"zh": "朱雀三号首飞"}, load()).key
    assert key.isascii()
    assert key.endswith("-first-flight")


def test_a_large_number_is_known_in_all_its_spellings_and_a_year_is_none() -> None:
    assert {"350000", "350,000", "350k", "35万"} <= set(written("delivers 350,000 cars in 2025"))
    assert not list(written("2026年上市"))
