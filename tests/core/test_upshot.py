import pytest
from tests.core.watched import found


@pytest.mark.parametrize(
    ("key", "title", "summary", "signal", "window"),
    [
        (
            *("x5-launch", "Aurora X50 lands on Sept. 6"),
            *("Aurora X50 was last scheduled to go on sale in May.", "delayed", "2026-09-06"),
        ),
        (
            *("legoland", "Legoland Shanghai to open in October"),
            *("Legoland Shanghai had been promised for July.", "delayed", "2026-10"),
        ),
        (
            *("777x-delivery", "Boeing 777X March 2027 delivery explained"),
            *("The first 777X was originally expected to be delivered in 2026.", "delayed", "2027-03"),
        ),
        (
            *("zhuque", "Zhuque-3 to lift off in June"),
            *("Zhuque-3 had been due to fly in the fourth quarter.", "advanced", "2026-06"),
        ),
        ("legoland", "上海乐高乐园将于10月开园", "上海乐高乐园原计划7月开园。", "delayed", "2026-10"),
        ("zhuque", "Landspace now plans Zhuque-3 debut in 2027", "", "delayed", "2027"),
        ("dresden-fab", "TSMC now sees Dresden fab in operation in 2028", "", "delayed", "2028"),
        (
            *("legoland", "Legoland Shanghai to open on October 3"),
            *("Legoland Shanghai was originally to open in October.", "scheduled", "2026-10-03"),
        ),
    ],
)
def test_a_new_date_beside_the_old_one_is_a_move(key: str, title: str, summary: str, signal: str, window: str) -> None:
    finding = found(title, summary)[key]
    assert finding.signal == signal
    assert finding.window
    assert finding.window.edtf == window


@pytest.mark.parametrize(
    ("title", "summary", "signal", "window"),
    [
        ("TSMC on its Dresden fab", "The Dresden fab was scheduled to start up in 2027, it said.", "scheduled", "2027"),
        ("TSMC delays Dresden fab", "The Dresden fab was scheduled to start up in 2027.", "delayed", None),
        ("TSMC on its Dresden fab", "It was scheduled to start up in 2027 but lacks money.", "mention|progress", None),
    ],
)
def test_a_plan_told_in_the_past_tense_stands_unless_something_contrasts(
    title: str, summary: str, signal: str, window: str | None
) -> None:
    finding = found(title, summary)["dresden-fab"]
    assert finding.signal.value in signal.split("|")
    assert (finding.window and finding.window.edtf) == window


def test_since_says_when_it_began_and_promises_nothing() -> None:
    finding = found("Aurora reaches Norway", "The Aurora X50, on sale in China since June, sells well.", "2026-09-10")
    assert finding["x5-launch"].signal in ("mention", "achieved")
    assert finding["x5-launch"].window
    assert finding["x5-launch"].window.edtf == "2026-06"


def test_instead_of_marks_the_old_date() -> None:
    summary = "Instead of opening Legoland Shanghai this month, as was expected, its owner will hire more people."
    finding = found("Opening of Legoland Shanghai delayed", summary)["legoland"]
    assert finding.signal == "delayed"
    assert finding.window is None
