"""The words by which Chinese news tells events, kind by kind, and the ceremonies that are held for them."""

import pytest
from tests.core.watched import found, named, watching

WATCHED = watching(
    named("port", "opening", "临川港"),
    named("clinic", "opening", "临川医院南院"),
    named("museum", "opening", "临川陶瓷博物馆"),
    named("works", "plant-opening", "恒川合肥二厂"),
    named("car", "mass-production", "恒川X9"),
    named("phone", "launch", "恒川P30"),
    named("show", "release", "《临川旧事》"),
    named("venture", "founding", "恒临智行"),
    named("drug", "approval", "托伐新"),
    named("rules", "effect", "临川网约车新规"),
    named("line", "groundbreaking", "临云高铁"),
    named("park", "shutdown", "临川野生动物园"),
    named("merger", "founding", "恒川与临汽", parties=("恒川", "临汽")),
)


def signal(key: str, title: str) -> str:
    return found(title, against=WATCHED)[key].signal.value


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("port", "临川港今日开港"),
        ("port", "临川港正式开港运营"),
        ("port", "临川港迎来首艘货轮"),
        ("clinic", "临川医院南院今日开诊"),
        ("clinic", "临川医院南院正式接诊"),
        ("museum", "临川陶瓷博物馆今日揭幕"),
        ("museum", "临川陶瓷博物馆今起与公众见面"),
        ("works", "恒川合肥二厂正式启动生产"),
        ("car", "恒川X9正式下线"),
        ("phone", "恒川P30今日推出"),
        ("show", "《临川旧事》今晚空降"),
        ("venture", "恒临智行完成工商登记"),
        ("venture", "恒临智行今日挂牌"),
        ("drug", "托伐新正式获得许可"),
        ("drug", "药监局为托伐新亮绿灯"),
        ("rules", "临川网约车新规今日落地"),
        ("line", "临云高铁正式启动建设"),
        ("park", "临川野生动物园今日闭园"),
    ],
)
def test_desks_tell_by_many_words_that_it_has_happened(key: str, title: str) -> None:
    assert signal(key, title) == "achieved"


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("port", "临川港将于9月8日开港"),
        ("clinic", "临川医院南院将于9月开诊"),
        ("car", "恒川X9将于9月下线"),
        ("rules", "临川网约车新规将于9月1日落地"),
        ("drug", "托伐新有望9月过审"),
    ],
)
def test_the_same_words_tell_of_what_is_to_come(key: str, title: str) -> None:
    assert signal(key, title) == "scheduled"


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("两国元首出席临川港开港仪式", "achieved"),
        ("临川港举行开港仪式", "achieved"),
        ("临川港开港仪式今天上午举行", "achieved"),
        ("临川港开港仪式在临川举行", "achieved"),
        ("市长明天将出席临川港开港仪式", "scheduled"),
        ("临川港开港仪式将于9月8日举行", "scheduled"),
        ("临川港推迟开港仪式", "delayed"),
        ("临川港开港仪式取消", "cancelled"),
        ("临川港开港仪式彩排", "progress"),
        ("临川港举行开工仪式", "progress"),
        ("临川港举办招聘会", "progress"),
    ],
)
def test_the_ceremony_of_an_event_is_the_event(title: str, told: str) -> None:
    assert signal("port", title) == told


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("恒川与临汽合并告吹", "cancelled"),
        ("恒川与临汽终止合并谈判", "cancelled"),
        ("恒川与临汽合并推迟至10月", "delayed"),
        ("恒川与临汽商讨合并", "progress"),
    ],
)
def test_a_merger_is_what_is_given_up_or_put_off(title: str, told: str) -> None:
    assert signal("merger", title) == told


@pytest.mark.parametrize("answer", ["官方未回应", "官方暂未回应", "官方不予置评", "官方尚未作出回应"])
def test_that_nobody_answers_changes_nothing_about_a_rumour(answer: str) -> None:
    finding = found(f"传恒川P30提前至3月底上市，{answer}", against=WATCHED)["phone"]
    assert (finding.signal.value, finding.stance.value) == ("advanced", "rumour")
