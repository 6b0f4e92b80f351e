"""What a title alone lets a reader know by: services, craft, returns to service, landings and approvals."""

import pytest
from tests.core.watched import found, watching

from evtimeline.core.deriving import derive
from evtimeline.core.milestones import Milestone
from evtimeline.lexicons import load


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("空客A220恢复商业飞行", "reopening"),
        ("Airbus A220 return to commercial service in Canada", "reopening"),
        ("Harrow Point nuclear plant restart", "reopening"),
        ("梅罗核电站3号机组重启", "reopening"),
        ("望舒六号返回器着陆", "return"),
        ("Wangshu-6 sample return to Earth", "return"),
        ("Kestrel lander moon landing", "landing"),
        ("天帆一号着陆火星", "landing"),
        ("EU CROSSA transit authorisation start", "launch"),
        ("莫德纳流感疫苗获美国紧急使用授权", "approval"),
        ("Merrow pipeline start of gas deliveries", "launch"),
        ("星禾集团A+H上市", "ipo"),
        ("Xinghe Group dual listing in Shanghai and Hong Kong", "ipo"),
    ],
)
def test_a_title_tells_what_is_to_happen(title: str, kind: str) -> None:
    assert derive({"en" if title.isascii() else "zh": title}, load()).kind == kind


WATCHED = watching(
    Milestone("jet", {"zh": "空客A220 NEO恢复商业飞行", "en": "Airbus A220 NEO return to commercial service"}),
    Milestone("probe", {"zh": "望舒六号返回器着陆", "en": "Wangshu-6 sample return to Earth"}),
    Milestone("stream", {"zh": "索尼+上线", "en": "Sony+ streaming service launch"}),
    Milestone("scheme", {"zh": "欧盟过境信息和授权系统（CROSSA）启用", "en": "EU CROSSA transit authorisation start"}),
    Milestone(
        "vaccine",
        {"zh": "莫德纳新冠疫苗获美国紧急使用授权", "en": "Moderna COVID-19 vaccine US emergency authorisation"},
    ),
    Milestone("pipe", {"zh": "蓝溪2号管道投运", "en": "Blue Brook 2 pipeline start of gas deliveries"}),
)


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("jet", "Airbus A220 NEO may not return to service until August"),
        ("jet", "空客A220 NEO在加拿大复飞"),
        ("probe", "望舒六号返回器安全着陆"),
        ("probe", "望舒6号月球样品今天送达"),
        ("stream", "Sony+ is finally here"),
        ("stream", "Sony Plus goes live on May 3"),
        ("scheme", "Commission declines to say when CROSSA will start"),
        ("vaccine", "Moderna seeks emergency authorization for its shot"),
        ("vaccine", "Regulator approves Moderna vaccine"),
        ("pipe", "德国暂停蓝溪二号管道批准程序"),
    ],
)
def test_it_is_called_by_less_than_its_title(key: str, title: str) -> None:
    assert key in found(title, against=WATCHED)


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("jet", "Airbus A320 returns to service"),
        ("probe", "望舒七号返回器安全着陆"),
        ("stream", "Sony launches new headphones"),
        ("scheme", "欧盟旅行新规启用"),
        ("vaccine", "Regulator approves Novavax shot"),
        ("vaccine", "Moderna cancer drug wins approval"),
    ],
)
def test_its_neighbours_are_not_it(key: str, title: str) -> None:
    assert key not in found(title, against=WATCHED)


NUMBERED = watching(
    Milestone("crew", {"zh": "云舟十四号发射"}),
    Milestone("back", {"zh": "云舟十四号返回"}),
    Milestone("rocket", {"zh": "红隼二十号首飞"}),
)


@pytest.mark.parametrize(
    ("title", "signals"),
    [
        ("云舟十四号载人飞船发射成功", {"crew": "achieved"}),
        ("云舟14号载人飞船发射成功", {"crew": "achieved"}),
        ("云舟十五号载人飞船发射成功", {}),
        ("云舟十八号乘组刷新出舱活动纪录", {}),
        ("云舟十四号乘组完成第三次出舱活动", {}),
        ("云舟十四号乘组返回，飞船返回舱成功着陆", {"back": "achieved"}),
        ("红隼20号首飞成功", {"rocket": "achieved"}),
        ("红隼二十一号首飞成功", {}),
    ],
)
def test_the_number_of_a_craft_is_read_whole(title: str, signals: dict[str, str]) -> None:
    told = {key: finding.signal for key, finding in found(title, day="2026-03-10", against=NUMBERED).items()}
    assert {
        key: signal for key, signal in told.items() if signal == "achieved" and (key in signals or not signals)
    } == signals
