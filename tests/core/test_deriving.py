import pytest

from evtimeline.core.deriving import derive, derive_subject
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
        ("星禾科技赴美上市", "ipo"),
        ("Xinghe lists in London", "ipo"),
        ("宁安地铁9号线开通", "opening"),
        ("岚山核电2号机组投产", "plant-opening"),
        ("Silver Reef LNG first production", "plant-opening"),
        ("海川吸收合并北辰完成", "closing"),
        ("星翼N7美国开售", "launch"),
        ("“海岳号”首航", "opening"),
        ("LY300 type certification", "approval"),
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
        ("岭芯半导体株洲晶圆厂投产", {"岭芯半导体株洲晶圆厂"}, {"岭芯半导体"}),
        ("海川电池2026年二期工厂投产", {"海川电池 二期工厂"}, {"海川电池"}),
        ("星禾港股上市", {"星禾港股"}, {"星禾"}),
        ("Xinghe Hong Kong listing", {"Xinghe Hong Kong"}, {"Xinghe"}),
        ("Approval of Corvex's tilarumab", {"tilarumab"}, {"Corvex"}),
        ("凌岳支线客机LY300首架交付", {"LY300"}, set()),
        ("Nordvik (Norway) battery plant start-up", {"Nordvik battery plant", "Norway battery plant"}, set()),
        ("柏林泰格尔机场关闭", {"泰格尔机场"}, set()),
        ("“鸿渡·海岳号”首航", {"海岳号"}, set()),
        ("Skyfall 2088 release", {"Skyfall 2088"}, set()),
    ],
)
def test_a_title_tells_names_and_parties(title: str, names: set[str], parties: set[str]) -> None:
    derived = derive({"en" if title.isascii() else "zh": title}, load())
    assert names <= set(derived.names.names)
    assert parties == set(derived.parties)


def test_what_may_be_a_place_or_a_common_word_counts_only_beside_the_event() -> None:
    plant = derive_subject({"en": "Samsung Taylor fab start of production"}, load())
    assert "Taylor" in plant.loose
    battery = derive_subject({"zh": "广汽全固态电池量产"}, load())
    assert battery.names.names == ("广汽全固态电池",)
    launch = derive_subject({"en": "Tesla Optimus mass production"}, load())
    assert "Optimus" not in launch.loose


def test_initials_are_those_of_institutions_not_of_companies_and_towns() -> None:
    assert "NCA" in derive({"en": "National Carbon Authority launch"}, load()).names.names
    assert "WSC" not in derive({"en": "Wolfspeed Siler City plant start-up"}, load()).names.names


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("星河科技海龙三号首飞", "海龙三号"),
        ("Northern Orbit Kestrel-3 first flight", "Kestrel-3"),
        ("格拉茨17新客运站启用", "格拉茨17"),
        ("凌霄9型火箭首飞", "凌霄9"),
        ("上海环湾铁路（海心线）中央段通车", "环湾铁路"),
        ("Ringrail (Victoria Park line) central section opening", "Ringrail"),
        ("Heze lunatuzumab approval for weight management", "lunatuzumab"),
    ],
)
def test_a_title_holds_the_name_by_which_news_knows_it(title: str, name: str) -> None:
    language = "en" if title.isascii() else "zh"
    assert name in derive({language: title}, load()).names.names


def test_an_ordinary_word_that_leads_the_title_of_a_listing_is_the_company() -> None:
    assert derive({"en": "Vessel Nasdaq listing"}, load()).parties == ("Vessel",)


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


@pytest.mark.parametrize(
    "title",
    [
        *("云栖软件K8旗舰车型上市", "远岫光伏P3固态电池量产", "泽川重工新能源基地投产", "澄湖航天首架飞机交付"),
        "明溪网络新一代操作系统发布",
    ],
)
def test_what_every_maker_has_is_no_name_of_its_own(title: str) -> None:
    """旗舰车型 or 固态电池 stands in everybody's news: only beside the company of the title is it the milestone."""
    found = derive({"zh": title}, load()).names.names
    assert not {"旗舰车型", "固态电池", "新能源基地", "新能源", "首架飞机", "操作系统", "新一代操作系统"} & set(found)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("MA700首次商业载客飞行", "MA700"),
        ("AG600商业首航", "AG600"),
        ("E210 first commercial passenger flight", "E210"),
        ("E210 maiden commercial flight", "E210"),
        ("E210 entry into commercial service", "E210"),
    ],
)
def test_the_first_commercial_flight_of_an_aircraft_is_an_event_beside_its_delivery(title: str, name: str) -> None:
    subject = derive_subject({"en" if title.isascii() else "zh": title}, load())
    assert (subject.kind, subject.names.names, subject.loose) == ("opening", (name,), frozenset({name}))
