"""Which of its like a milestone is: its edition, its version, its part and its event among several of one name."""

from datetime import date

import pytest
from tests.core.watched import found, watching

from evtimeline.core.extents import Extent, extent_of
from evtimeline.core.milestones import Milestone, Names, Promise
from evtimeline.core.windows import Precision, closed
from evtimeline.lexicons import load

WINTER = Promise(closed(date(2025, 12, 1), date(2025, 12, 31), Precision.MONTH))
WATCHED = watching(
    Milestone("fair", {"zh": "第十二届雾城冰雕节开幕"}, "event", Names(("雾城冰雕节",)), promise=WINTER),
    Milestone(
        "park", {"zh": "雾城乐园恢复运营（2026年3月）", "en": "Mistford Park reopening in March 2026"}, "opening"
    ),
    Milestone("craft", {"zh": "望舒二十二号飞船发射"}, promise=WINTER),
    Milestone("model", {"en": "Lumo-4 release"}, "release", Names(("Lumo-4",))),
    Milestone("made", {"zh": "青岚A3量产"}, "mass-production", Names(("青岚A3",))),
    Milestone("handed", {"zh": "青岚A3首批交付"}, "delivery", Names(("青岚A3",))),
    Milestone("units", {"zh": "远溪水电站首批机组投产"}, "plant-opening", Names(("远溪水电站",))),
    Milestone("dam", {"zh": "远溪水电站全部机组投产"}, "plant-opening", Names(("远溪水电站",))),
    Milestone("stretch", {"en": "Estavia tunnel first section opening"}, "opening", Names(("Estavia tunnel",))),
    Milestone("tunnel", {"en": "Entire Estavia tunnel opening"}, "opening", Names(("Estavia tunnel",))),
)


@pytest.mark.parametrize(
    ("keys", "title", "day"),
    [
        ({"fair"}, "第12届雾城冰雕节12月20日开幕", "2025-11-10"),
        (set(), "第十三届雾城冰雕节12月20日开幕", "2026-11-10"),
        (set(), "雾城冰雕节今日开幕", "2022-12-20"),
        ({"fair"}, "雾城冰雕节今日开幕", "2025-12-20"),
        (set(), "雾城乐园今日恢复运营", "2022-05-11"),
        ({"park"}, "雾城乐园今日恢复运营", "2026-03-11"),
        ({"craft"}, "望舒22号飞船推迟发射", "2025-11-11"),
        (set(), "望舒二十号飞船推迟发射", "2025-11-11"),
        (set(), "望舒二十三号飞船推迟发射", "2025-11-11"),
        (set(), "Lumo-4.1 release set for May", "2026-03-11"),
        ({"model"}, "Lumo-4 release set for May", "2026-03-11"),
        ({"made"}, "青岚A3量产时间推迟至9月", "2026-03-11"),
        ({"handed"}, "青岚A3交付推迟至9月", "2026-03-11"),
        ({"made", "handed"}, "青岚A3 8月量产，9月开始交付", "2026-03-11"),
        ({"units"}, "远溪水电站首批机组正式投产", "2026-03-11"),
        ({"dam"}, "远溪水电站机组全部投产", "2026-03-11"),
        ({"stretch"}, "First section of Estavia tunnel opens", "2026-03-11"),
        ({"tunnel"}, "Final stretch of Estavia tunnel opens", "2026-03-11"),
        ({"stretch", "tunnel"}, "Estavia tunnel opens after a fire last year", "2026-03-11"),
        ({"stretch", "tunnel"}, "Estavia tunnel to open in the first half of 2027", "2026-03-11"),
    ],
)
def test_an_entry_is_about_the_one_that_it_names(keys: set[str], title: str, day: str) -> None:
    assert set(found(title, day=day, against=WATCHED)) == keys


@pytest.mark.parametrize(
    ("text", "extent"),
    [
        ("首批机组投产", Extent.FIRST),
        ("全线通车", Extent.WHOLE),
        ("Entire line to open in May", Extent.WHOLE),
        ("First section of the line opens", Extent.FIRST),
        ("首段10月开通，全线明年通车", Extent.UNSAID),
        ("投产", Extent.UNSAID),
        ("Final section of the Estavia tunnel opens on Monday", Extent.WHOLE),
        ("Last two turbines at Marlow dam start up", Extent.WHOLE),
        ("Norland receives the last of its six remaining blocks", Extent.WHOLE),
        ("Final phase of the tram line to open in May", Extent.WHOLE),
        ("The last batch of trams has arrived", Extent.WHOLE),
        ("Tram line was due to open last year", Extent.UNSAID),
        ("Marlow dam wins final approval", Extent.UNSAID),
        ("Last month the operator tested the line", Extent.UNSAID),
        ("Estavia tunnel enters the final stage", Extent.UNSAID),
        ("Final phase of testing begins at Marlow dam", Extent.UNSAID),
        ("Final decision on the tram line", Extent.UNSAID),
        ("Last line of defence holds", Extent.UNSAID),
        ("Tram line to open in the first half of next year", Extent.UNSAID),
        ("Marlow dam posts first-quarter loss", Extent.UNSAID),
        ("Trams run for the first time", Extent.UNSAID),
        ("Tram line carried a million people in its first three months", Extent.UNSAID),
        ("Shares of Marlow fall after initial public offering", Extent.UNSAID),
        ("Full-year output of Marlow dam fell", Extent.UNSAID),
        ("All-new tram shown in Estavia", Extent.UNSAID),
        ("All trams run on the entire line", Extent.WHOLE),
        ("Initial batch of trams arrives", Extent.FIRST),
    ],
)
def test_a_text_says_how_much_of_it_is_meant(text: str, extent: Extent) -> None:
    assert extent_of(text, load()) is extent


FIRST = watching(
    Milestone(
        "maiden", {"en": "Wanderer-3 maiden flight", "zh": "漫步者三号首飞"}, "first-flight", Names(("Wanderer-3",))
    ),
    Milestone("club", {"en": "Kestrel launch"}, "launch", Names(("Kestrel",), ("Kestrels (football club)",))),
    Milestone("bourse", {"zh": "芜州证券交易所开市"}),
)


@pytest.mark.parametrize(
    ("keys", "title"),
    [
        ({"maiden"}, "Wanderer-3 maiden flight slips to May"),
        (set(), "Weather delays second flight of Wanderer-3 rocket"),
        ({"maiden"}, "Second attempt at Wanderer-3 maiden flight set for Friday"),
        ({"club"}, "Kestrel launch set for May"),
        (set(), "Kestrels launch bid to save stadium"),
        ({"bourse"}, "芜交所将于15日开市"),
        (set(), "湖州证券交易所数据中心启用"),
    ],
)
def test_a_later_one_and_an_explained_look_alike_are_not_meant(keys: set[str], title: str) -> None:
    assert set(found(title, against=FIRST)) == keys
