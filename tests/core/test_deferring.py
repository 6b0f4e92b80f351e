import pytest
from tests.core.watched import found


@pytest.mark.parametrize(
    ("key", "title", "window"),
    [
        ("legoland", "Legoland Shanghai may not receive visitors until 2028", "2028"),
        ("legoland", "Legoland Shanghai may not open its gates until spring 2027", "2027-21"),
        ("dresden-fab", "TSMC's Dresden fab can't start up before 2028", "2028/.."),
        ("zhuque", "Zhuque-3 will not go up until the fourth quarter", "2026-36"),
        ("777x-delivery", "Boeing 777X won't reach its first customer before 2028", "2028/.."),
        ("777x-delivery", "First Boeing 777X delivery will only come in early 2028", "2028-33"),
        ("777x-delivery", "First Boeing 777X delivery would only take place in 2028", "2028"),
        ("x5-launch", "Aurora X50 to launch a year late", None),
        ("x5-launch", "Aurora X50 will go on sale six months late", None),
        ("legoland", "上海乐高乐园要到2027年才开园", "2027"),
        ("zhuque", "朱雀三号2027年前不会首飞", "2027/.."),
        ("x5-launch", "晨曦X50年内上市无望，最快明年3月", "2027-03"),
        ("dresden-fab", "台积电德累斯顿晶圆厂年内难以投产", None),
    ],
)
def test_what_will_not_be_until_then_is_delayed(key: str, title: str, window: str | None) -> None:
    finding = found(title)[key]
    assert finding.signal == "delayed"
    assert (finding.window and finding.window.edtf) == window


@pytest.mark.parametrize(
    "title",
    [
        "A year late, Aurora X50 turns up in Norway",
        "Aurora will not comment on X50 until Monday",
        "Legoland Shanghai opens a year late",
        "Legoland Shanghai opens until midnight",
        "TSMC's Dresden fab should not start before spring 2028, unions say",
        "Aurora X50 not a threat, says Lanping",
    ],
)
def test_what_is_refused_without_a_later_day_for_the_event_is_no_delay(title: str) -> None:
    assert {finding.signal for finding in found(title).values()} <= {"mention", "progress", "achieved"}
