import pytest
from tests.core.telling import settled, tell

from evtimeline.core.claims import Claim
from evtimeline.core.standing import Outcome
from evtimeline.core.stories import Story, independent, is_copy, same_text, stories


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


SPOKEN = "小米汽车今天在北京宣布旗下首款SUV正式开售，标准版定价不到二十六万元，首批车主下周就能提车"
WIRE = "Deliveries of the mid-size sport utility vehicle begin next week, the carmaker told reporters in Beijing"


def test_an_equal_short_headline_over_another_report_is_no_copy() -> None:
    one, other = tell(
        f"2025-06-26 secondary Caijing achieved title=小米YU7正式上市 text={SPOKEN}",
        "2025-06-26 secondary Sina achieved title=小米YU7正式上市"
        " text=本报记者在发布会现场看到，雷军展示了三种配色和续航测试的结果，展车前排起长队",
    )
    assert not is_copy(other, one)


def test_another_headline_over_the_same_report_is_a_copy_even_if_it_is_cut_short() -> None:
    one, other = tell(
        f"2025-06-26 secondary Caijing achieved title=首款SUV来了 text={SPOKEN}",
        f"2025-06-26 secondary Sina achieved title=雷军又赢了 text=新浪讯：{SPOKEN[:30]}……",
    )
    assert is_copy(other, one)
    assert is_copy(one, other)


def test_the_same_page_under_an_address_with_tracking_marks_is_a_copy() -> None:
    one, other = tell(
        "2025-06-26 secondary Caijing achieved title=首款SUV来了 link=https://news.example/a/1",
        "2025-06-26 secondary Portal achieved title=雷军又赢了 link=https://www.news.example/a/1?utm_source=rss",
    )
    assert is_copy(other, one)


@pytest.mark.parametrize(
    "words",
    [
        "据路透社报道，小米今晚开售新车",
        "路透社报道称，小米今晚开售新车",
        "小米今晚开售新车（来源：路透社）",
        "路透北京6月26日电 小米今晚开售新车",
        "Xiaomi begins sales of its car, Reuters reported",
        "Xiaomi begins sales, according to a Reuters report",
        "Sales have begun, citing Reuters",
        "BEIJING, June 26 (Reuters) - Xiaomi began sales",
    ],
)
def test_a_report_that_names_its_source_confirms_nothing_in_whatever_language(words: str) -> None:
    original, passed_on = tell(
        f"2025-06-26 secondary Reuters achieved title='Xiaomi launches YU7' text='{WIRE}'",
        f"2025-06-26 secondary 车轮周报 achieved title=首款SUV来了 text='{words}'",
    )
    assert is_copy(passed_on, original)
    assert [claim.publisher for claim in independent((original, passed_on))] == ["Reuters"]
    assert [claim.publisher for claim in independent((passed_on, original))] == ["车轮周报"]


def test_two_who_name_the_same_source_are_one_voice() -> None:
    told = tell(
        "2025-06-26 secondary A achieved title='It is out' text='Sales began today, Bloomberg reported'",
        "2025-06-26 secondary B achieved title=开售 text=据彭博社报道，今日开售",
    )
    assert len(independent(told)) == 1


def test_a_publisher_that_nobody_knows_is_credited_by_its_name() -> None:
    one, other = tell(
        "2025-06-26 secondary 车轮周报 achieved title=首款SUV开卖",
        "2025-06-26 secondary B achieved title=小米开售 text=据车轮周报消息，今日开售",
    )
    assert is_copy(other, one)
    assert not is_copy(one, other)


def test_that_the_company_said_so_is_no_copying() -> None:
    told = tell(
        "2025-06-26 primary Xiaomi achieved title='YU7 on sale'",
        "2025-06-26 secondary B achieved title='Orders pour in' text='according to Xiaomi, sales began'",
    )
    assert len(independent(told)) == 2


def test_one_newsroom_in_two_languages_is_one_publisher() -> None:
    told = tell(
        "2025-06-26 secondary Reuters achieved title='Xiaomi launches YU7'",
        "2025-06-26 secondary 路透社 achieved title=小米YU7上市",
    )
    assert len(independent(told)) == 1


def test_a_translation_that_names_its_source_does_not_make_it_done() -> None:
    told = (
        f"2025-06-26 secondary Reuters achieved title='Xiaomi launches YU7' text='{WIRE}'",
        "2025-06-26 secondary 车轮周报 achieved title=小米首款SUV开卖 text=据路透社报道，小米汽车今日开始销售",
    )
    assert settled(*told).standing.outcome is Outcome.REPORTED
    own = "2025-06-27 secondary 车友热帖 achieved title=门店实拍 text=记者在门店看到，首批订单已经开始签约"
    assert settled(*told, own).standing.outcome is Outcome.DONE


def publishers(story: Story) -> list[str]:
    return [telling.claim.publisher + ("*" if telling.of else "") for telling in story.tellings]


def told_of(*lines: str) -> list[list[str]]:
    return [publishers(story) for story in stories(tell(*lines))]


def test_news_of_one_event_is_one_story_in_both_languages() -> None:
    assert told_of(
        "2025-06-26 secondary 车轮周报 achieved 2025-06-26 title=小米YU7正式上市",
        "2025-06-27 secondary Reuters achieved 2025-06-26 title='Xiaomi launches YU7'",
        "2025-06-27 secondary Sina achieved title=小米YU7正式上市",
    ) == [["车轮周报", "Reuters", "Sina*"]]


@pytest.mark.parametrize(
    "other",
    [
        "2025-06-27 secondary B scheduled 2025-08 title=八月",
        "2025-06-27 secondary B delayed 2025-07 title=推迟",
        "2025-06-27 secondary B scheduled rumour 2025-07 title=传闻",
        "2025-07-10 secondary B scheduled 2025-07 title=又说七月",
        "2025-06-27 secondary B scheduled title=将上市",
    ],
)
def test_another_signal_stance_date_or_week_is_another_story(other: str) -> None:
    assert told_of("2025-06-26 secondary A scheduled 2025-07 title=七月上市见", other) == [["A"], ["B"]]


def test_a_finer_date_tells_the_same_story() -> None:
    assert told_of(
        "2025-06-20 secondary A scheduled 2025-07 title=七月",
        "2025-06-21 secondary B scheduled 2025-07-15 title=十五日",
        "2025-06-22 secondary C scheduled 2025-07-20 title=二十日",
    ) == [["A", "B"], ["C"]]


def test_a_copy_of_which_less_was_understood_belongs_to_its_original() -> None:
    (story,) = stories(
        tell(
            "2025-06-20 secondary A delayed 2025-08 title=小米YU7推迟到八月上市，供应商称产能不足",
            "2025-06-22 secondary B mention title=小米YU7推迟到八月上市，供应商称产能不足",
        )
    )
    assert publishers(story) == ["A", "B*"]
    assert (story.others, story.copies) == ((), ("B",))


def test_what_users_wrote_is_no_news() -> None:
    assert (
        told_of("2025-06-20 primary A scheduled 2025-08 file", "2025-06-20 primary Li scheduled 2025-08 person") == []
    )


def test_stories_do_not_depend_on_the_order_of_claims() -> None:
    told: tuple[Claim, ...] = tell(
        "2025-06-26 secondary A achieved title=小米YU7正式上市",
        "2025-06-26 secondary B achieved title=小米YU7正式上市",
        "2025-06-27 secondary C achieved title='Xiaomi launches YU7'",
    )
    assert stories(told) == stories(reversed(told))
