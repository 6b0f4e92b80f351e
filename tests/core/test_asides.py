"""What a Chinese sentence names without telling it as its news, and whose event it tells instead."""

import pytest
from tests.core.watched import found, named, watching

WATCHED = watching(
    named("car", "launch", "晨曦X50"),
    named("jv", "founding", "澜汽国际", parties=("澜汽",)),
    named("service", "market-entry", "晨曦智能"),
    named("ipo", "ipo", "驰远智能", parties=("驰远",)),
    named("game", "release", "山海志"),
    named("fab", "plant-opening", "北辰芜州工厂", parties=("北辰",)),
    named("plane", "delivery", "飞舟一号"),
    named("merger", "founding", "东川西岭合并"),
)


def said(key: str, title: str, summary: str = "") -> tuple[str, str, str]:
    """The signal, the stance, and the first day of the window."""
    finding = found(title, summary, against=WATCHED)[key]
    first = finding.window.earliest if finding.window else None
    return finding.signal.value, finding.stance.value, first.isoformat() if first else ""


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("car", "星瑞赵某评价晨曦X50上市"),
        ("car", "王某谈晨曦X50发布"),
        ("car", "网友热议晨曦X50上市"),
        ("ipo", "专家点评驰远智能上市"),
    ],
)
def test_what_somebody_talks_of_is_a_mention(key: str, title: str) -> None:
    assert said(key, title) == ("mention", "asserted", "")


@pytest.mark.parametrize("title", ["晨曦X50谈判多轮后正式上市", "晨曦X50测评解禁, 今日上市"])
def test_a_longer_word_is_no_opinion(title: str) -> None:
    assert said("car", title)[0] == "achieved"


def test_what_is_let_pass_has_not_happened() -> None:
    assert said("ipo", "3月10日，交易所公告，驰远智能首发上市获得通过")[0] == "progress"
    assert said("ipo", "驰远智能成功上市，获得好评")[0] == "achieved"


def test_what_another_follows_is_no_news() -> None:
    told = said("ipo", "深合科技今日敲钟", "继驰远智能本月5日挂牌后，又一家企业今日登陆科创板。")
    assert told == ("mention", "asserted", "2026-03-05")


def test_what_long_since_happened_does_not_happen_again() -> None:
    told = said("game", "山海工作室公布新作", "去年8月20日发售的《山海志》今日登陆掌机平台。")
    assert told == ("mention", "asserted", "2025-08-20")


def test_an_announcement_to_come_is_none_yet() -> None:
    told = said("jv", "双方将召开发布会", "预计会宣布双方合资成立的“澜汽国际”公司正式成立。")
    assert told[0] == "progress"


def test_an_effort_is_no_success() -> None:
    assert said("service", "晨曦智能正在努力进入中国市场")[0] == "progress"


def test_people_called_back_give_up_no_plant() -> None:
    assert said("fab", "传北辰撤回北辰芜州工厂人员，投产再度延后")[0] == "delayed"


def test_talks_that_are_ended_end_the_merger() -> None:
    told = said("merger", "东川西岭合并宣告失败", "东川和西岭13日召开董事会后，决定终止双方合并谈判。")
    assert told[0] == "cancelled"


def test_a_date_that_is_answered_and_denied_is_none() -> None:
    summary = "针对网传驰远智能将于本周上市的说法，公司方面回应称消息不实。"
    assert said("ipo", "驰远回应“驰远智能本周上市”：消息不实", summary) == ("progress", "denied", "")


@pytest.mark.parametrize("title", ["飞舟一号预计2027年量产交付", "飞舟一号预计2027年量产并交付"])
def test_two_verbs_share_their_date(title: str) -> None:
    assert said("plane", title) == ("scheduled", "asserted", "2027-01-01")


def test_two_events_have_their_own_dates() -> None:
    assert said("plane", "飞舟一号6月量产，10月交付") == ("scheduled", "asserted", "2026-10-01")
