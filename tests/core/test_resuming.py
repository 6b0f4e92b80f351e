"""Which Chinese sentences of a long text still speak of what an earlier one named."""

import pytest
from tests.core.watched import found, named, watching

WATCHED = watching(
    named("plant", "plant-opening", "海川电池襄阳工厂"),
    named("car", "launch", "晨曦X50"),
    named("fair", "event", "澜州车博会"),
    named("line", "opening", "宁澜高铁"),
    named("film", "release", "远山回响"),
    named("craft", "first-flight", "红隼二号"),
)


def said(key: str, title: str, summary: str) -> tuple[str, str]:
    """The signal, and the first day of the window."""
    finding = found(title, summary, day="2026-03-10", against=WATCHED).get(key)
    first = finding.window.earliest if finding and finding.window else None
    return finding.signal.value if finding else "", first.isoformat() if first else ""


@pytest.mark.parametrize(
    ("key", "title", "summary"),
    [
        ("fair", "一周快讯", "澜州车博会正在布展。第八届文化博览会今天开幕。"),
        ("fair", "一周快讯", "澜州车博会正在布展。北岸区举行消防演练。该活动昨天开幕。"),
        ("line", "一周快讯", "宁澜高铁正在铺轨。西岭铁路今天开通运营。"),
        ("car", "晨曦X50谍照曝光", "新车采用贯穿灯。分析师指出，多家企业的工厂投资计划已推迟。"),
        ("car", "晨曦X50谍照曝光", "新车采用贯穿灯。全市提前完成了充电桩建设目标。"),
        ("film", "远山回响路演", "主创来到澜州。另一部喜剧昨天上映，票房过亿。"),
        ("film", "远山回响路演", "主创来到澜州。当地因大风取消了多趟航班。"),
    ],
)
def test_a_sentence_with_a_subject_of_its_own_says_nothing_of_it(key: str, title: str, summary: str) -> None:
    assert said(key, title, summary)[0] in ("mention", "progress", "")


@pytest.mark.parametrize(
    ("key", "title", "summary", "signal", "day"),
    [
        ("car", "晨曦X50谍照曝光", "车身更宽。该车将于5月上市。", "scheduled", "2026-05-01"),
        ("car", "晨曦X50谍照曝光", "车身更宽。预计5月正式上市。", "scheduled", "2026-05-01"),
        ("car", "晨曦X50谍照曝光", "车身更宽。知情人士称，上市时间已推迟到6月。", "delayed", "2026-06-01"),
        ("car", "晨曦X50谍照曝光", "车身更宽。由于供应紧张，上市推迟至6月。", "delayed", "2026-06-01"),
        ("line", "宁澜高铁迎来新进展", "线路全长88公里。今天上午，全线正式开通运营。", "achieved", "2026-03-10"),
        ("line", "宁澜高铁迎来新进展", "桥梁占比很高。工程预计2027年建成通车。", "scheduled", "2027-01-01"),
        ("film", "远山回响路演", "主创来到澜州。影片改档至5月1日上映。", "delayed", "2026-05-01"),
    ],
)
def test_a_sentence_that_takes_it_up_speaks_of_it(key: str, title: str, summary: str, signal: str, day: str) -> None:
    assert said(key, title, summary) == (signal, day)


@pytest.mark.parametrize(
    ("key", "title", "signal"),
    [
        ("craft", "红隼二号船箭组合体转运至发射区", "progress"),
        ("craft", "红隼二号发射任务各系统完成检查", "progress"),
        ("craft", "红隼二号点火升空", "achieved"),
        ("fair", "澜州车博会火炬传递活动昨天举行", "progress"),
        ("fair", "澜州车博会志愿者动员大会举行", "progress"),
        ("fair", "澜州车博会昨天举行", "achieved"),
        ("fair", "澜州车博会展期内免征关税", "mention"),
    ],
)
def test_a_site_or_what_is_held_beside_it_is_not_the_event(key: str, title: str, signal: str) -> None:
    assert said(key, title, "")[0] == signal
