"""What news leaves of a name, and what only resembles it, against milestones that have nothing but titles."""

import pytest
from tests.core.watched import found, named, watching

from evtimeline.core.milestones import Milestone

TITLES = {
    "reactor": {"en": "Plant Merrow Unit 3 commercial operation", "zh": "美国梅罗核电站3号机组商运"},
    "wind": {"en": "Harrow Bank A offshore wind farm full commercial operation"},
    "airport": {"zh": "青岛栈海国际机场通航", "en": "Qingdao Zhanhai airport opening"},
    "metro": {"zh": "宁安地铁12号线开通", "en": "Ning'an Subway Line 12 opening"},
    "rail": {"zh": "曼谷—万象高铁通车", "en": "Bangkok–Vientiane high-speed rail opening"},
    "station": {"zh": "格拉茨17新客运站启用", "en": "Graz 17 station opening"},
    "pill": {"zh": "默沙东减肥药露那格列获FDA批准", "en": "FDA approval of Merck's lunaglipron"},
    "listing": {"zh": "星禾港股上市", "en": "Xinghe Hong Kong listing"},
    "liner": {"zh": "“鸿渡·海岳号”首航", "en": "Hongdu Haiyue maiden voyage"},
    "plant": {"zh": "海川电池匈牙利工厂投产", "en": "Haichuan Battery Hungary plant start of production"},
    "fab": {"en": "Kelmar 2nm mass production"},
    "szeged": {"zh": "云岭电池塞格德工厂投产", "en": "Yunling Battery Szeged plant start of production"},
    "model": {"zh": "小鹏Z8上市", "en": "XPeng Z8 launch"},
    "union": {"zh": "铃木与马自达成立控股公司", "en": "Suzuki-Mazda joint holding company"},
    "takeover": {"zh": "西门子收购迈凯伦完成", "en": "Siemens–McLaren deal closing"},
    "star": {"zh": "星汉科技科创板上市", "en": "Xinghan STAR Market listing"},
}
WATCHED = watching(*(Milestone(key, titles) for key, titles in TITLES.items()))


@pytest.mark.parametrize(
    ("key", "title", "summary"),
    [
        ("reactor", "Merrow Unit 3 cleared for fuel load", ""),
        ("reactor", "Leak delays Merrow 3 by a month", ""),
        ("reactor", "New Merrow reactor slips again", "Unit 3 will not start before July."),
        ("reactor", "Unit 3 at Plant Merrow began commercial operation on Monday", ""),
        ("reactor", "梅罗核电3号机组推迟至7月商运", ""),
        ("wind", "Harrow Bank delay: wind farm not fully operational until 2028", ""),
        ("wind", "First power from Harrow Bank within weeks", ""),
        ("airport", "青岛新机场航站楼主体封顶", ""),
        ("airport", "栈海机场通航时间推迟", ""),
        ("airport", "Qingdao's island airport may open two months early", ""),
        ("airport", "Zhanhai airport to open in October", ""),
        ("metro", "宁安今年计划开通地铁12号线", ""),
        ("metro", "Ning'an to open Line 12 of its subway in December", ""),
        ("rail", "Trains on the Bangkok-Vientiane line will run from 2031", "The line opens a year late."),
        ("rail", "曼谷至万象高铁推迟通车", ""),
        ("station", "Could Graz 17 slip again?", "The station was to open in 2026."),
        ("pill", "Merck's obesity pill wins FDA approval", ""),
        ("pill", "默沙东口服减肥药有望年底前获批", ""),
        ("liner", "“海岳号”将于12月首航", ""),
        ("plant", "Haichuan Battery begins production at Debrecen factory", ""),
        ("plant", "海川电池塞格德工厂年底投产", ""),
        ("szeged", "云岭电池匈牙利工厂年底投产", ""),
        ("szeged", "Yunling Battery's Hungarian plant starts production", ""),
        ("model", "Carmaker denies that its Z8 is late", "XPeng said on Monday that talk of a delay was wrong."),
        ("union", "Mazda and Suzuki call off merger talks", ""),
        ("union", "铃木马自达官宣启动合并谈判", ""),
        ("takeover", "McLaren buyout to close in May", ""),
        ("takeover", "西门子今日完成收购迈凯伦", ""),
        ("star", "Xinghan shelves Shanghai float", ""),
    ],
)
def test_an_entry_that_names_less_than_the_title_is_found(key: str, title: str, summary: str) -> None:
    assert key in found(title, summary, against=WATCHED)


@pytest.mark.parametrize(
    ("key", "title", "summary"),
    [
        ("reactor", "Merrow Unit 4 enters commercial operation", ""),
        ("wind", "Harrow Bank B starts commercial operation", ""),
        ("wind", "Britain and Norway agree cod quota for Harrow Bank", ""),
        ("airport", "青岛流亭机场启用新跑道", ""),
        ("airport", "Qingdao Liuting airport opens a second terminal", ""),
        ("metro", "宁安地铁17号线12月30日开通", ""),
        ("metro", "Ning'an opens Line 7 of its subway, 12 days late", ""),
        ("pill", "Merck's diabetes drug wins FDA approval", ""),
        ("pill", "FDA approves rival's obesity pill", ""),
        ("listing", "星禾06正式上市，15.98万元起", ""),
        ("plant", "Haichuan Battery begins production at Zaragoza factory", ""),
        ("szeged", "云岭电池德国工厂年底投产", ""),
        ("model", "Rival's Z8 goes on sale", ""),
        ("union", "Mazda and Suzuki raise prices in Europe", ""),
        ("takeover", "Siemens completes acquisition of a software maker", ""),
        ("star", "Xinghan plans Hong Kong listing", ""),
        ("fab", "Samsung starts 2nm mass production", ""),
    ],
)
def test_an_entry_about_a_sibling_or_a_rival_is_not(key: str, title: str, summary: str) -> None:
    assert key not in found(title, summary, against=WATCHED)


def test_the_title_finds_what_the_written_names_leave_out_and_never_less_than_they_say() -> None:
    titles = {"en": "Bangkok–Vientiane high-speed rail opening"}
    rail = Milestone("rail", titles, "opening", named("", "", "Mekong Flyer").subject, ("Mekong Rail Authority",))
    assert "rail" in found("Mekong Flyer to run from May", against=watching(rail))
    assert "rail" in found("Bangkok-Vientiane high-speed rail delayed by a year", against=watching(rail))
    edition = Milestone("tv", {"en": "Lumo OS 7 TV edition release"}, "release", named("", "", "Lumo OS 7 TV").subject)
    assert "tv" not in found("Lumo OS 7 is out now", against=watching(edition))


@pytest.mark.parametrize(
    ("key", "title", "signal"),
    [
        ("law", "Ministers agree to delay of pesticide law", "delayed"),
        ("law", "Pesticide rules take effect in May 2027", "scheduled"),
        ("law", "Pesticide maker opens plant in May 2027", None),
        ("reactor", "More delays at Dunkirk nuclear power station, operator warns", "delayed"),
        ("reactor", "Dunkirk reactor start again delayed to 2030", "delayed"),
        ("reactor", "Dunkirk mayor opens new sports hall", None),
    ],
)
def test_laws_and_power_stations_are_called_by_what_they_are_about_and_where_they_stand(
    key: str, title: str, signal: str | None
) -> None:
    watched = watching(
        Milestone("law", {"en": "EU Pesticide Regulation start of application"}),
        Milestone("reactor", {"en": "Dunkirk 3 EPR start-up and grid connection"}),
    )
    finding = found(title, against=watched).get(key)
    assert (finding.signal.value if finding else None) == signal


def test_a_short_chinese_model_with_its_number_needs_no_maker_beside_it() -> None:
    assert "car" in found("云驰5推迟至明年", against=watching(Milestone("car", {"zh": "恒川汽车云驰5量产"})))
