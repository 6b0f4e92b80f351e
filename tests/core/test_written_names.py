"""Names that somebody wrote down: many known words mean one thing, and a look-alike takes what begins inside it."""

import pytest
from tests.core.watched import found, watching

from evtimeline.core.milestones import Milestone, Names

WATCHED = watching(
    Milestone("mine", {"en": "Chancay mine starts production"}, "mass-production", Names(("Chancay",)), ("Orvo",)),
    Milestone("works", {"en": "Voltara plant in Debrecen opens"}, "plant-opening", Names(("Debrecen",)), ("Voltara",)),
    Milestone("port", {"zh": "秘鲁钱凯港开港"}, "opening", Names(("钱凯港",)), ("远洋航运",)),
    Milestone("metro", {"zh": "合肥地铁9号线开通"}, "opening", Names(("9号线",)), ("合肥地铁",)),
    Milestone("tours", {"zh": "恒川商业飞行服务启动"}, "launch", Names(("恒川商业飞行",)), ("恒川",)),
    Milestone("games", {"en": "Estavia Student Games opening"}, "opening", Names(("World Student Games",)), ("FSU",)),
    Milestone("bourse", {"en": "Norrby Exchange opens"}, "opening", Names(("Madrid bourse",)), ("Regulator",)),
    Milestone("cup", {"zh": "卡城杯开幕"}, "opening", Names(("星河杯开幕",), ("电竞星河杯",)), ("国际星联",)),
    Milestone("sale", {"en": "Vidsy sale closes"}, "closing", Names(("Vidsy sale", "Vidsy出售")), ("Bytely",)),
    Milestone("pilot", {"zh": "恒川FSX在中国获批落地"}, "market-entry", Names(("恒川FSX",)), ("恒川",)),
)


@pytest.mark.parametrize(
    ("key", "title", "signal"),
    [
        ("games", "World Student Games in Estavia postponed until 2031", "delayed"),
        ("bourse", "Madrid bourse opens for trading with 81 companies", "achieved"),
        ("cup", "星河杯开幕", "achieved"),
        ("sale", "Vidsy sale deadline extended to Sept. 17", "delayed"),
        ("sale", "Mayor extends Vidsy sale deadline by 90 days", "delayed"),
        ("sale", "Mayor grants Vidsy sale a 90-day extension", "delayed"),
        ("sale", "Vidsy given 75 more days to close sale", "delayed"),
        ("sale", "Vidsy出售令期限再次延长7天", "delayed"),
        ("sale", "Vidsy出售再获90天宽限期", "delayed"),
        ("pilot", "恒川FSX入华", "achieved"),
        ("mine", "Chancay begins production", "achieved"),
        ("mine", "Chancay begins first production", "achieved"),
        ("mine", "Chancay to achieve first output in June", "scheduled"),
        ("mine", "Chancay 'on-track' for first production", "progress"),
        ("port", "钱凯港正式开港", "achieved"),
        ("metro", "合肥年内开通地铁9号线", "scheduled"),
        ("tours", "恒川首次商业飞行定于4月2日", "scheduled"),
        ("pilot", "张三欢迎恒川FSX进中国", "mention"),
    ],
)
def test_news_that_uses_the_name_needs_no_party(key: str, title: str, signal: str) -> None:
    assert found(title, against=WATCHED)[key].signal.value == signal


def test_what_begins_inside_a_look_alike_is_the_look_alike() -> None:
    assert not found("电竞星河杯开幕式", against=WATCHED)


def test_a_place_alone_is_its_milestone_only_beside_the_event_and_a_party_if_much_else_happens_there() -> None:
    assert not found("Chancay elects a new mayor", against=WATCHED)
    assert not found("Debrecen brewery opens", against=WATCHED)
    assert found("Voltara opens Debrecen works", against=WATCHED)["works"].signal.value == "achieved"
    assert not found("杭州9号线将于6月开通", against=WATCHED)
