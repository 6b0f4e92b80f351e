from datetime import date

import pytest
from tests.core.watched import found
from tests.eval.score import HERE, rows

from evtimeline.core import signals
from evtimeline.core.entries import Entry
from evtimeline.core.reading import read, watch
from evtimeline.documents.timelinefile import load_timeline
from evtimeline.lexicons import load as load_lexicons


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        ("晨曦X50不会推迟上市", ""),
        ("晨曦X50并未延期", ""),
        ("晨曦X50要推迟了吗？", ""),
        ("晨曦回应X50延期传闻：正在加紧准备", ""),
        ("车主要求晨曦推迟X50上市", ""),
        ("Aurora X50 launch won't be delayed", ""),
        ("Lawmakers ask Aurora to delay X50 launch until 2027", ""),
        ("Long-delayed Aurora X50 goes on sale", ""),
        ("Aurora says X50 launch has not been postponed", ""),
    ],
)
def test_a_delay_that_is_negated_asked_requested_or_old_is_none(title: str, summary: str) -> None:
    assert found(title, summary)["x5-launch"].signal != "delayed"


@pytest.mark.parametrize(
    ("title", "signal"),
    [
        ("晨曦X50发布会定于3月20日举行", "scheduled|progress|mention"),
        ("晨曦X50预售开启", "progress"),
        ("晨曦X50亮相北京车展", "progress"),
        ("Aurora X50 pre-orders open", "progress|mention"),
    ],
)
def test_a_reveal_or_a_presale_is_not_a_launch(title: str, signal: str) -> None:
    assert found(title)["x5-launch"].signal.value in signal.split("|")


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        ("台积电德累斯顿晶圆厂竣工", ""),
        ("台积电德累斯顿晶圆厂试产", ""),
        ("TSMC completes construction of Dresden fab", ""),
        ("TSMC Dresden fab begins trial production", ""),
    ],
)
def test_completion_and_trial_are_steps_before_the_start(title: str, summary: str) -> None:
    assert found(title, summary)["dresden-fab"].signal == "progress"


@pytest.mark.parametrize(
    "title",
    ["宇树科技递交科创板上市申请", "宇树科技科创板上市申请过会", "Unitree files STAR Market prospectus"],
)
def test_a_filing_is_not_a_listing(title: str) -> None:
    assert found(title)["unitree-ipo"].signal == "progress"


@pytest.mark.parametrize(
    ("title", "summary", "window"),
    [
        ("晨曦X50上市由6月提前至4月", "", "2026-04"),
        ("晨曦X50上市时间从4月推迟到6月", "", "2026-06"),
        ("Aurora X50 launch delayed from April to June", "", "2026-06"),
        ("Aurora X50, originally due in April, will now launch in June", "", "2026-06"),
        ("晨曦X50最快4月、最迟5月上市", "", "2026-04/2026-05"),
        ("台积电德累斯顿晶圆厂明年二季度试产，四季度投产", "", "2027-36"),
    ],
)
def test_the_new_date_is_taken_and_the_old_one_left(title: str, summary: str, window: str) -> None:
    (finding,) = found(title, summary).values()
    assert finding.window
    assert finding.window.edtf == window


def test_what_happened_long_ago_is_a_mention() -> None:
    finding = found("晨曦汽车销量下滑", "去年3月上市的晨曦X50销量环比下降两成。")["x5-launch"]
    assert finding.signal == "mention"


@pytest.mark.parametrize("title", ["Aurora cancels X50 roof rack", "晨曦取消X50发布会抽奖环节"])
def test_a_thing_beside_the_milestone_may_be_cancelled_without_it(title: str) -> None:
    findings = found(title)
    assert "x5-launch" not in findings or findings["x5-launch"].signal != "cancelled"


def test_another_years_target_is_another_target() -> None:
    finding = found("蔚来2027年交付目标定为60万辆").get("nio-target")
    assert finding is None or (finding.signal == "mention" and finding.window is None)


@pytest.mark.parametrize(
    ("title", "signal"),
    [
        ("台积电德累斯顿晶圆厂建成投产", "achieved"),
        ("台积电德累斯顿晶圆厂开始生产", "achieved"),
        ("台积电德累斯顿晶圆厂有望建成投产", "progress|mention|scheduled"),
        ("台积电德累斯顿晶圆厂何时开始生产？", "progress|mention"),
        ("台积电德累斯顿晶圆厂尚未开始生产", "progress|mention"),
    ],
)
def test_a_compound_that_tells_of_what_came_about_needs_no_other_mark(title: str, signal: str) -> None:
    assert found(title)["dresden-fab"].signal.value in signal.split("|")


def test_sentences_that_are_passed_over_would_say_nothing_at_a_closer_look(monkeypatch: pytest.MonkeyPatch) -> None:
    told = [row.title for row in rows()]
    watchlist = watch([load_timeline(HERE / "timeline.yaml")], load_lexicons())
    entries = [
        Entry(title, title, " ".join(f"{other}. " for other in told[number : number + 5]), date(2026, 3, 10))
        for number, title in list(enumerate(told))[::4]
    ]
    briefly = list(read(entries, watchlist))
    monkeypatch.setattr(signals, "is_silent", lambda *_: False)
    assert list(read(entries, watchlist)) == briefly
