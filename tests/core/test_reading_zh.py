"""What short Chinese headlines say: compounds that hold a cue, countdowns, slots, and predicates that stand alone."""

import pytest
from tests.core.watched import found, named, watching

WATCHED = watching(
    named("film", "release", "声声不息", "远山回响", "星海归途2"),
    named("games", "opening", "澜州亚运会"),
    named("fair", "event", "澜州车博会", "澜州马拉松", "北岸演唱会"),
    named("car", "launch", "晨曦X50"),
    named("ipo", "ipo", "驰远智能", parties=("驰远",)),
    named("park", "opening", "奇想城"),
    named("series", "release", "十日终局"),
    named("line", "opening", "宁澜高铁", "澜州自动驾驶专线"),
    named("law", "effect", "自动售药新规", "澜州租房新规"),
    named("rocket", "first-flight", "红隼二号", "岚鹰客机"),
)


def said(key: str, title: str, day: str = "2026-03-10") -> tuple[str, str]:
    """The signal, and the first day of the window."""
    finding = found(title, day=day, against=WATCHED)[key]
    first = finding.window.earliest if finding.window else None
    return finding.signal.value, first.isoformat() if first else ""


@pytest.mark.parametrize(
    ("key", "title", "signal", "day"),
    [
        ("fair", "澜州车博会今日开幕", "achieved", "2026-03-10"),
        ("games", "澜州亚运会今天开幕", "achieved", "2026-03-10"),
        ("games", "组委会主席出席澜州亚运会开幕式", "achieved", ""),
        ("games", "澜州亚运会开幕式最后一次彩排", "progress", ""),
        ("games", "澜州亚运会倒计时30天", "scheduled", "2026-04-09"),
        ("games", "今天澜州亚运会开幕倒计时100天", "scheduled", "2026-06-18"),
        ("fair", "澜州马拉松4月12日开跑", "scheduled", "2026-04-12"),
        ("fair", "北岸演唱会 取消", "cancelled", ""),
        ("fair", "2026澜州马拉松不再举办", "cancelled", ""),
        ("film", "声声不息定档", "scheduled", ""),
        ("film", "声声不息定档0418", "scheduled", "2026-04-18"),
        ("film", "远山回响提档429", "advanced", "2026-04-29"),
        ("film", "星海归途2定档9.15", "scheduled", "2026-09-15"),
        ("film", "星海归途2密钥延期", "progress", ""),
        ("film", "星海归途2延期上映", "delayed", ""),
        ("line", "宁澜高铁开通运行", "achieved", ""),
        ("law", "自动售药新规今起实施", "achieved", "2026-03-10"),
        ("law", "澜州租房新规自今日起施行", "achieved", "2026-03-10"),
        ("rocket", "即将交付的岚鹰客机首飞成功", "achieved", ""),
        ("ipo", "驰远智能回应港股上市", "progress", ""),
        ("ipo", "驰远智能撤回港股上市申请", "cancelled", ""),
        ("ipo", "驰远智能推迟上市后首次发声", "mention", ""),
        ("line", "宁澜高铁距离开通又近了一步", "progress", ""),
        ("line", "宁澜高铁6月建成通车", "scheduled", "2026-06-01"),
        ("games", "若澜州亚运会延期一年，预算将大增", "mention", ""),
        ("games", "超三成民众希望澜州亚运会取消", "mention", ""),
        ("games", "澜州亚运会不可能再次推迟", "progress", ""),
        ("games", "2026年澜州亚运会推迟", "delayed", ""),
        ("car", "晨曦X50上市6个月大定破十万", "mention", ""),
        ("car", "晨曦X50曾推迟上市", "mention", ""),
        ("film", "星海归途2过审", "progress", ""),
        ("car", "晨曦X50发布会定档", "scheduled", ""),
        ("line", "宁澜高铁明天全线停运", "mention", ""),
        ("games", "若疫情未受控，澜州亚运会或取消", "mention", ""),
        ("games", "专家认为澜州亚运会应推迟至2027年", "mention", "2027-01-01"),
        ("ipo", "驰远智能暂缓上市后首次发声", "mention", ""),
        ("fair", "北岸演唱会取消纸质票", "mention", ""),
        ("fair", "北岸演唱会因暴雨取消", "cancelled", ""),
        ("car", "晨曦X50或取消实体按键", "mention", ""),
        ("games", "澜州亚运会不会取消", "progress", ""),
        ("games", "邻国元首受邀出席澜州亚运会开幕式", "mention", ""),
        ("line", "宁澜高铁2027年底建成投运", "scheduled", "2027-12-01"),
        ("park", "奇想城4月20日开放", "scheduled", "2026-04-20"),
        ("park", "奇想城3月9日起暂停对外开放", "mention", ""),
        ("park", "奇想城将于3月10日正式开业", "achieved", "2026-03-10"),
        ("series", "十日终局将杀青", "progress", ""),
    ],
)
def test_a_headline_says_what_its_words_say_together(key: str, title: str, signal: str, day: str) -> None:
    assert said(key, title) == (signal, day)


@pytest.mark.parametrize(
    ("key", "title", "signal"),
    [
        ("fair", "北岸演唱会提前半年抢票", "progress"),
        ("car", "想买晨曦X50须提前预约", "progress"),
        ("car", "晨曦X50提前上市", "advanced"),
        ("car", "晨曦X50上市时间提前", "advanced"),
        ("car", "晨曦X50提前至四月", "advanced"),
        ("car", "晨曦X50提前一个月上市", "advanced"),
    ],
)
def test_only_what_comes_earlier_is_advanced(key: str, title: str, signal: str) -> None:
    assert said(key, title)[0] == signal
