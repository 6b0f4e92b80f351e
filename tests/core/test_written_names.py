"""Names that somebody wrote down: many known words mean one thing, and a look-alike takes what begins inside it."""

import pytest
from tests.core.watched import found, watching

from evtimeline.core.milestones import Milestone, Names

WATCHED = watching(
    Milestone("games", {"en": "Estavia Student Games opening"}, "opening", Names(("World Student Games",)), ("FSU",)),
    Milestone("bourse", {"en": "Norrby Exchange opens"}, "opening", Names(("Madrid bourse",)), ("Regulator",)),
    Milestone("cup", {"zh": "卡城杯开幕"}, "opening", Names(("星河杯开幕",), ("电竞星河杯",)), ("国际星联",)),
    Milestone("pilot", {"zh": "恒川FSX在中国获批落地"}, "market-entry", Names(("恒川FSX",)), ("恒川",)),
)


@pytest.mark.parametrize(
    ("key", "title", "signal"),
    [
        ("games", "World Student Games in Estavia postponed until 2031", "delayed"),
        ("bourse", "Madrid bourse opens for trading with 81 companies", "achieved"),
        ("cup", "星河杯开幕", "achieved"),
        ("pilot", "恒川FSX入华", "achieved"),
        ("pilot", "张三欢迎恒川FSX进中国", "mention"),
    ],
)
def test_news_that_uses_the_name_needs_no_party(key: str, title: str, signal: str) -> None:
    assert found(title, against=WATCHED)[key].signal.value == signal


def test_what_begins_inside_a_look_alike_is_the_look_alike() -> None:
    assert not found("电竞星河杯开幕式", against=WATCHED)
