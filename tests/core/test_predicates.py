"""The ordinary predicates of the wires, kind by kind, against invented milestones."""

import pytest
from tests.core.watched import found, named, watching

WATCHED = watching(
    named("reactor", "plant-opening", "Harnau Unit 2", "Harnau 2", "哈瑙2号机组", parties=("Elbkraft",)),
    named("cells", "mass-production", "Lorga gigafactory", "洛尔加电池厂", parties=("Voltara", "伏塔拉")),
    named("film", "release", "Iron Lantern 3", "铁灯笼3"),
    named("card", "launch", "Tessel GX 80", "GX 80", "岚山K7"),
    named("ipo", "ipo", "Chiyuan Hong Kong listing", "驰远智能", parties=("Chiyuan", "驰远")),
    named("metro", "opening", "Port Alden airport", "宁州地铁5号线", "奥尔登港机场"),
    named("rocket", "first-flight", "Kestrel-2", "红隼二号"),
    named("merger", "closing", "Norda Velten takeover", "收购威尔腾", parties=("Norda", "Velten", "诺达", "威尔腾")),
    named("drug", "approval", "tovaxin", "托伐新", parties=("Merivo", "FDA")),
    named("law", "effect", "Toy Labelling Act", "玩具标识法"),
    named("works", "shutdown", "Brightwater steelworks"),
    named("jet", "delivery", "Falke F4"),
)


def signal(key: str, title: str, summary: str = "") -> str:
    return found(title, summary, against=WATCHED)[key].signal.value


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("reactor", "Harnau 2 enters commercial operation"),
        ("reactor", "Harnau Unit 2 declared commercial today"),
        ("reactor", "Elbkraft places Harnau Unit 2 in commercial operation"),
        ("reactor", "Harnau 2 now in service"),
        ("reactor", "哈瑙2号机组投入商业运行"),
        ("cells", "Lorga gigafactory produces its first batteries"),
        ("cells", "洛尔加电池厂首块电芯下线"),
        ("film", "Iron Lantern 3 opens at top of Chinese box office"),
        ("film", "《铁灯笼3》今日公映"),
        ("card", "Tessel GX 80 hits shelves"),
        ("card", "GX 80 cards sold out hours after they went on sale"),
        ("ipo", "Chiyuan stumbles on Hong Kong debut"),
        ("metro", "First passengers land at Port Alden airport"),
        ("metro", "Port Alden airport handles first flights"),
        ("metro", "宁州地铁5号线今日首班车发车"),
        ("metro", "宁州地铁5号线今日如期开通"),
        ("rocket", "Kestrel-2 reaches orbit on first try"),
        ("rocket", "红隼二号首飞失利"),
        ("drug", "FDA gives nod to Merivo's tovaxin"),
        ("drug", "Merivo's tovaxin wins U.S. approval"),
        ("works", "Brightwater steelworks pours its last steel"),
        ("jet", "Launch customer takes first Falke F4"),
        ("drug", "托伐新获美国FDA批准上市"),
        ("cells", "洛尔加电池厂正式启用"),
        ("metro", "奥尔登港机场首航昨晚自邻省启航"),
        ("cells", "First cars roll off Lorga gigafactory line"),
        ("cells", "First Voltara cell comes off Lorga gigafactory line"),
        ("reactor", "Elbkraft flips the switch on Harnau 2"),
    ],
)
def test_it_has_happened(key: str, title: str) -> None:
    assert signal(key, title) == "achieved"


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("drug", "FDA extends review of tovaxin to Sept. 20"),
        ("film", "《铁灯笼3》撤档"),
        ("film", "《铁灯笼3》退出春节档，择日再映"),
        ("film", "《铁灯笼3》暑期档缺席"),
        ("film", "《铁灯笼3》改档五一"),
        ("cells", "Voltara puts Lorga gigafactory on hold"),
        ("law", "EU hits pause on Toy Labelling Act"),
        ("works", "Reprieve for Brightwater steelworks until 2027"),
        ("law", "Toy Labelling Act, due to apply from December, is now to apply from 2027"),
        ("drug", "FDA declines to approve Merivo's tovaxin"),
        ("rocket", "Aquila stands down from Kestrel-2 launch"),
        ("merger", "Norda extends tender offer for Velten takeover to December"),
        ("metro", "Port Alden airport opening on hold"),
        ("ipo", "驰远智能港股上市时间晚于明年3月"),
        ("film", "'Iron Lantern 3' pulled from summer schedule"),
        ("drug", "FDA needs more time to review Merivo's tovaxin"),
        ("card", "岚山K7恐难如期上市"),
        ("metro", "宁州地铁5号线今年通不了车，力争2027年开通"),
        ("merger", "Norda no longer expects to close Velten takeover this year"),
        ("metro", "Travellers must wait until April for Port Alden airport opening"),
    ],
)
def test_it_comes_later(key: str, title: str) -> None:
    assert signal(key, title) == "delayed"


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("merger", "Norda's bid for Velten collapses"),
        ("merger", "Norda ends takeover talks with Velten"),
        ("merger", "Norda walks away from Velten deal"),
        ("merger", "诺达收购威尔腾谈判破裂"),
        ("ipo", "Chiyuan pulls Hong Kong listing"),
        ("card", "岚山K7项目被砍"),
        ("drug", "Merivo withdraws tovaxin application to FDA"),
        ("card", "Tessel pulls plug on GX 80"),
    ],
)
def test_it_is_given_up(key: str, title: str) -> None:
    assert signal(key, title) == "cancelled"


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("film", "《铁灯笼3》提档至4月3日"),
        ("card", "Tessel to show GX 80 on July 2, two weeks sooner than planned"),
    ],
)
def test_it_comes_earlier(key: str, title: str) -> None:
    assert signal(key, title) == "advanced"


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("reactor", "Regulator clears Harnau Unit 2 for fuel load"),
        ("ipo", "Chiyuan to file for Hong Kong listing as soon as June"),
        ("ipo", "驰远智能最快下半年向联交所提交上市申请"),
        ("metro", "奥尔登港机场校验飞行圆满结束"),
        ("cells", "Lorga gigafactory builds its first trial cells"),
        ("cells", "洛尔加电池厂首批设备抵港"),
        ("cells", "Voltara begins hiring for Lorga gigafactory"),
        ("cells", "洛尔加电池厂进入设备调试阶段"),
        ("rocket", "红隼二号运抵发射场"),
        ("ipo", "Chiyuan picks banks for Hong Kong listing"),
        ("rocket", "红隼二号试车时脱离发射台"),
    ],
)
def test_it_is_a_step(key: str, title: str) -> None:
    assert signal(key, title) == "progress"


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("film", "《铁灯笼3》下月下映，大年初一上映的该片票房30亿元"),
        ("metro", "Port Alden airport to remain open until midnight"),
        ("card", "Empty shelves: why Tessel GX 80 prices rise"),
    ],
)
def test_it_is_spoken_of(key: str, title: str) -> None:
    assert signal(key, title) == "mention"


def test_how_long_it_has_lasted_tells_that_it_is_long_since() -> None:
    assert signal("metro", "宁州地铁5号线开通三个月运客千万") == "mention"
    assert signal("metro", "宁州地铁5号线开通") == "achieved"


def test_calling_off_an_attempt_does_not_give_up_the_rocket() -> None:
    assert signal("rocket", "Aquila calls off Kestrel-2 launch over high winds") == "delayed"


def test_a_date_that_only_says_which_event_is_meant_is_its_day() -> None:
    finding = found("Trailer drops ahead of Iron Lantern 3's May 1 release", against=WATCHED)["film"]
    assert finding.window
    assert finding.window.edtf == "2026-05-01"


@pytest.mark.parametrize(
    ("key", "title", "window"),
    [
        ("card", "Tessel confirms GX 80 for May", "2026-05"),
        ("reactor", "Elbkraft slows Harnau 2, start-up now 2028", "2028"),
    ],
)
def test_a_short_headline_names_the_date(key: str, title: str, window: str) -> None:
    finding = found(title, against=WATCHED)[key]
    assert finding.window
    assert finding.window.edtf == window


def test_a_deal_whose_closing_is_to_come_has_not_closed() -> None:
    finding = found("Norda seals Velten takeover, closing seen in third quarter", against=WATCHED)["merger"]
    assert finding.signal == "scheduled"
    assert finding.window
    assert finding.window.edtf == "2026-35"


def test_what_should_be_is_no_request_but_a_wish_of_others_is() -> None:
    title = "First cells should leave the line at Lorga gigafactory in 2027, Voltara says"
    assert signal("cells", title) == "scheduled"
    assert signal("cells", "Mayor wants Voltara to delay Lorga gigafactory to 2027") == "mention"
