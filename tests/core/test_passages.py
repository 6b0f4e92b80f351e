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
