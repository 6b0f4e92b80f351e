import pytest
from tests.core.telling import tell

from evtimeline.core.stories import independent, is_copy, same_text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("小米YU7正式上市 售价25.35万元起", "小米YU7正式上市，售价25.35万元起_新浪财经"),
        ("Xiaomi launches YU7 SUV at 253,500 yuan", "Xiaomi launches YU7 SUV at 253,500 yuan - Reuters"),
        ("Xiaomi Launches YU7 SUV At 253,500 Yuan", "xiaomi launches its YU7 SUV at 253,500 yuan"),
        ("小米ＹＵ７上市", "小米YU7上市"),
    ],
)
def test_a_text_that_was_passed_on_is_the_same_text(one: str, other: str) -> None:
    assert same_text(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("小米汽车二期工厂投产", "小米汽车二期工厂竣工 即将投产"),
        ("小米YU7正式上市", "Xiaomi YU7 goes on sale"),
        ("小米YU7今晚发布 25.35万元起", "雷军：YU7三分钟大定突破20万台"),
        ("", ""),
        ("！", "。"),
    ],
)
def test_different_reports_of_one_event_are_different_texts(one: str, other: str) -> None:
    assert not same_text(one, other)


def test_publishers_count_once_and_copies_and_aggregators_never() -> None:
    told = tell(
        "2025-06-26 secondary Caijing achieved title='小米YU7正式上市 售价25.35万元起'",
        "2025-06-26 secondary Sina achieved title='小米YU7正式上市，售价25.35万元起'",
        "2025-06-26 secondary CAIJING achieved title='三分钟二十万台'",
        "2025-06-26 tertiary Blog achieved title='What a night'",
        "2025-06-27 secondary Reuters achieved title='Xiaomi prices first SUV below Model Y'",
    )
    assert [claim.publisher for claim in independent(told)] == ["Caijing", "Reuters"]


def test_a_primary_publisher_speaks_for_itself_in_words_that_the_press_repeats() -> None:
    told = tell(
        "2025-06-26 secondary Caijing achieved title='小米YU7正式上市'",
        "2025-06-26 primary Xiaomi achieved title='小米YU7正式上市'",
    )
    assert [claim.publisher for claim in independent(told)] == ["Caijing", "Xiaomi"]


def test_another_headline_over_the_same_sentence_is_a_copy() -> None:
    sentence = "小米汽车宣布，小米YU7于6月26日晚正式上市，售价25.35万元起"
    one, other = tell(
        f"2025-06-26 secondary Caijing achieved title='三分钟二十万台' quote={sentence}",
        f"2025-06-26 secondary Sina achieved title='雷军又赢了' quote={sentence}",
    )
    assert is_copy(other, one)


def test_equal_short_phrases_under_other_headlines_are_no_copy() -> None:
    one, other = tell(
        "2025-06-26 secondary Caijing achieved title='三分钟二十万台' quote=正式上市",
        "2025-06-26 secondary Sina achieved title='雷军又赢了' quote=正式上市",
    )
    assert not is_copy(other, one)
