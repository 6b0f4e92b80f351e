import pytest
from tests.core.watched import found


@pytest.mark.parametrize(
    ("key", "day", "title", "summary", "signal", "window"),
    [
        (
            *("zhuque", "2026-04-11", "Chinese Falcon rival lifts off for first time"),
            *("Zhuque-3 rose from its pad in Jiuquan on Saturday.", "achieved", "2026-04-11"),
        ),
        (
            *("x5-launch", "2026-03-10", "Electric SUV slips again"),
            *("Aurora X50 deliveries are being prepared, the carmaker said.", "delayed", None),
        ),
        (
            *("legoland", "2026-03-10", "Plastic-brick park to open on May 1"),
            *("Legoland Shanghai has hired 1,000 people.", "scheduled", "2026-05-01"),
        ),
        (
            *("dresden-fab", "2026-03-10", "Europe's biggest chip project put off to 2028"),
            *("TSMC's Dresden fab lacks electricians, a builder said.", "delayed", "2028"),
        ),
        (
            *("legoland", "2026-03-10", "Merlin names May 24 as the day"),
            *("Legoland Shanghai will be the world's largest.", "scheduled", "2026-05-24"),
        ),
        (
            *("zhongkui", "2026-03-10", "Studio moves ghost epic again, from April to June"),
            *("Black Myth: Zhong Kui needs polish.", "delayed", "2026-06"),
        ),
        ("x5-launch", "2026-04-16", "18.98万起！纯电SUV今晚上市", "晨曦X50共推4个版本。", "achieved", "2026-04-16"),
    ],
)
def test_a_title_that_only_describes_is_read_with_the_name_that_opens_the_summary(
    key: str, day: str, title: str, summary: str, signal: str, window: str | None
) -> None:
    finding = found(title, summary, day)[key]
    assert finding.signal == signal
    assert (finding.window and finding.window.edtf) == window


@pytest.mark.parametrize(
    ("key", "title", "summary"),
    [
        ("x5-launch", "Lanping R7 goes on sale", "The crossover undercuts its rival Aurora X50 by a tenth."),
        ("zhuque", "Reusable rocket lifts off from Florida", "It had been late. Like Zhuque-3, it lands."),
        ("unitree-ipo", "Warehouse robots soar in debut", "Unitree's STAR listing is watched by the same bankers."),
        ("x5-launch", "BMW delays electric saloon", "Aurora X50 buyers may profit."),
    ],
)
def test_a_title_about_something_else_says_nothing_of_it(key: str, title: str, summary: str) -> None:
    finding = found(title, summary).get(key)
    assert finding is None or finding.signal in ("mention", "progress")


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        ("Lanping R7 goes on sale", "The R7 goes on sale today, three months after the Aurora X50."),
        ("蓝屏R7上市", "蓝屏R7今日上市，比晨曦X50早一周。"),
        ("Lanping R7 goes on sale", "It is cheaper than the Aurora X50 and goes on sale today."),
    ],
)
def test_what_comes_after_it_or_is_compared_with_it_is_not_it(title: str, summary: str) -> None:
    finding = found(title, summary).get("x5-launch")
    assert finding is None or finding.signal == "mention"
