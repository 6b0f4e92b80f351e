"""What has long since happened or changed, though the sentence has a day to come, and what is only near it."""

import pytest
from tests.core.watched import found, named, watching

WATCHED = watching(
    named("car", "launch", "Voltara C2", "晨曦X50"),
    named("stream", "launch", "Lumo Stream"),
    named("series", "release", "《北岸来信》", "北岸来信"),
    named("fab", "plant-opening", "Norvik fab", "北辰芜州工厂", parties=("Norvik", "北辰")),
    named("airport", "opening", "Marlow airport", "云岭机场"),
    named("truck", "delivery", "Voltara Hauler"),
    named("capsule", "return", "远舟九号"),
    named("park", "opening", "北岸冰雪乐园"),
    named("merger", "closing", "Orbel Tarsa merger", parties=("Orbel", "Tarsa")),
)


def told(key: str, title: str, summary: str = "", day: str = "2026-03-10") -> tuple[str, str | None]:
    finding = found(title, summary, day, against=WATCHED)[key]
    return finding.signal.value, finding.window.edtf if finding.window else None


@pytest.mark.parametrize(
    ("key", "title", "summary", "date"),
    [
        ("stream", "Streaming", "Lumo Stream, which arrived last month, lacks apps; Corva opens July 15.", "2026-02"),
        ("car", "Voltara C2 outsells rivals", "Since its May launch, sales of the C2 peaked in September.", "2025-05"),
        ("car", "Voltara in Norway", "The Voltara C2, released last September, goes on sale in Oslo.", "2025-09"),
        ("car", "晨曦L8将于7月16日上市", "两年前上市的晨曦X50累计交付已超50万台。", "2024-03-10~"),
        ("car", "新旗舰最快2026年秋季上市", "继2024年12月上市的晨曦X50之后，下一款最快今年秋季上市。", "2024-12"),
    ],
)
def test_a_day_to_come_of_another_thing_is_not_that_of_what_came_out_long_ago(
    key: str, title: str, summary: str, date: str
) -> None:
    assert told(key, title, summary) == ("mention", date)


@pytest.mark.parametrize(
    ("key", "title", "summary"),
    [
        ("fab", "Corva shelves chip plant", "Corva will not go ahead, weeks after Norvik halted its own Norvik fab."),
        ("stream", "Corva opens to more homes", "It is what remains after Lumo Stream was scrapped last year."),
        ("stream", "Corva clears its rival service", "The new app, a copy of Lumo Stream, is to launch in 2029."),
        ("park", "北岸冰雪乐园开园3日遭吐槽", ""),
    ],
)
def test_an_old_change_or_a_comparison_is_a_mention(key: str, title: str, summary: str) -> None:
    assert told(key, title, summary) == ("mention", None)


@pytest.mark.parametrize(
    ("key", "title", "summary", "expected"),
    [
        ("car", "Voltara has recommitted to a 2026 launch for its Voltara C2", "", ("scheduled", "2026")),
        ("series", "北岸来信 5月播", "", ("scheduled", "2026-05")),
        ("airport", "云岭机场开通时间确定", "", ("scheduled", None)),
        ("airport", "Marlow airport names October for first passengers", "", ("scheduled", "2026-10")),
        ("truck", "Voltara Hauler", "Voltara Hauler is in production, with the first deliveries starting in May.",
         ("scheduled", "2026-05")),
        ("stream", "Calendar", "Corva opens on April 6, and Lumo Stream follows in May.", ("scheduled", "2026-05")),
        ("car", "新车7月26日上市", "晨曦X50今日宣布，高配将于7月26日上市，低配随后上市。", ("scheduled", "2026-07-26")),
        ("fab", "Norvik fab groundbreaking", "Norvik will have the groundbreaking of the fab, in Ora, on Saturday.",
         ("progress", None)),
        ("airport", "云岭机场能否如期开通？", "云岭机场原计划5月中旬启用，目前校飞仍在进行。", ("progress", None)),
        ("fab", "北辰暂停建厂计划约两年", "北辰宣布，北辰芜州工厂将搁置约两年。", ("delayed", None)),
        ("capsule", "远舟九号航天员今天返回", "", ("achieved", "2026-03-10")),
        ("merger", "Orbel, Tarsa complete merger", "", ("achieved", None)),
    ],
)  # fmt: skip
def test_what_is_said_and_for_when(key: str, title: str, summary: str, expected: tuple[str, str | None]) -> None:
    assert told(key, title, summary) == expected


@pytest.mark.parametrize(
    ("key", "title", "summary", "expected"),
    [
        ("stream", "Corva misses June target for Lumo Stream, launch now seen in July", "", ("delayed", "2026-07")),
        ("stream", "北岸来信", "Lumo Stream正式上线仍无时间表", ("progress", None)),
        (
            "stream",
            "Lumo Stream shelved",
            "Corva said it would no longer bring Lumo Stream to market.",
            ("cancelled", None),
        ),
        ("car", "晨曦X50将于5月23日举行股东大会", "", ("mention", None)),
        ("series", "《北岸来信》或将7月25日官宣", "", ("mention", None)),
        ("series", "网传《北岸来信》播出不了", "", ("cancelled", None)),
        ("series", "晨曦回应传闻", "有传闻称已放弃《北岸来信》上映，公司不予置评。", ("progress", None)),
        ("car", "Corva to start upgraded Voltara C2 sales on Thursday", "", ("scheduled", "2026-03-12")),
        ("airport", "Marlow airport to open one day earlier", "It will open on May 20.", ("advanced", "2026-05-20")),
    ],
)
def test_what_is_moved_or_only_beside_it(key: str, title: str, summary: str, expected: tuple[str, str | None]) -> None:
    assert told(key, title, summary) == expected


@pytest.mark.parametrize(
    ("key", "title", "summary", "expected"),
    [
        ("merger", "Judge allows Orbel Tarsa merger", "", "progress"),
        ("fab", "Regulators back Norvik fab", "", "progress"),
        ("airport", "云岭机场最新进展来了", "", "progress"),
        ("airport", "云岭机场规划获批", "", "progress"),
        ("airport", "Marlow airport opening is on track for Saturday", "", "scheduled"),
        ("stream", "Corva Plans to Release Delayed Lumo Stream in Spring 2027", "", "scheduled"),
        ("car", "Voltara C2 to launch in October", "The C2 has slipped to October 14 from May.", "delayed"),
        ("car", "星瑞L6降价应战", "晨曦X50上月上市后，价格战升温。", "mention"),
        ("car", "星瑞L6与晨曦X50同台", "3月10日，星瑞L6上市。晨曦X50去年6月已上市。", "mention"),
        ("series", "《远山》3月28日上映，《北岸来信》杀青", "", "progress"),
        ("airport", "云岭机场近日择机启用", "", "progress"),
        ("stream", "Shelved Lumo Stream hits at heart of reforms", "", "mention"),
        ("car", "Voltara shows Voltara C2 as race heats up, price starts at $39,000", "", "progress"),
    ],
)
def test_a_step_is_told_from_a_mention_and_a_promise(key: str, title: str, summary: str, expected: str) -> None:
    assert told(key, title, summary)[0] == expected


@pytest.mark.parametrize(
    ("key", "title", "summary", "expected"),
    [
        ("truck", "Voltara Hauler programme reached a major milestone on Monday", "", "progress|mention"),
        ("airport", "群众参观机场", "不少群众来参观将于3月10日正式启用的云岭机场。", "achieved"),
    ],
)
def test_a_milestone_is_no_customer_and_today_is_news(key: str, title: str, summary: str, expected: str) -> None:
    assert told(key, title, summary)[0] in expected.split("|")


@pytest.mark.parametrize(
    ("key", "title", "summary", "date"),
    [
        ("stream", "Groups sue over Corva", "The suit says the February 20 debut of Lumo Stream hurt.", "2026-02-20"),
        ("airport", "云岭机场客流创新高", "去年7月16日启用以来，云岭机场运行平稳。", "2025-07-16"),
    ],
)
def test_the_past_day_of_an_event_that_is_only_named_is_kept(key: str, title: str, summary: str, date: str) -> None:
    assert told(key, title, summary) == ("mention", date)
