"""By what a title lets news name it: without maker or country, by medium; and by what it does not."""

import pytest
from tests.core.watched import found, watching

from evtimeline.core.milestones import Milestone, Names

WATCHED = watching(
    Milestone("grant", {"zh": "国家助学补贴开放申领", "en": "China national student grant opens for claims"}),
    Milestone("box", {"en": "Orin Cloud Box launch"}),
    Milestone("series", {"zh": "电视剧《镜海》（星河）开播"}),
    Milestone("stream", {"zh": "云杉《夜航》上线"}),
    Milestone("runway", {"en": "Havering third runway opens"}),
    Milestone("car", {"en": "Nordvik Kappa 2 first U.S. deliveries"}),
    Milestone("train", {"zh": "滨海新干线（磁悬浮）开通"}),
    Milestone("truck", {"en": "Nordvik Demi first deliveries"}, "delivery", Names(("Nordvik Demi",)), ("Nordvik",)),
    Milestone("taxi", {"zh": "青岚Orbi商业化无人出租车上线"}),
    Milestone("church", {"en": "Belle-Aube de Lyon reopens"}),
)


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("grant", "助学补贴8月下旬起陆续开放申领"),
        ("box", "Cloud Box launch slips to October, retailer says"),
        ("series", "剧版镜海定档5月15日"),
        ("series", "镜海电视剧今日开播"),
        ("stream", "云杉版夜航定档"),
        ("runway", "Havering may add flights before third runway"),
        ("truck", "Nordvik says first Demi deliveries will start in May"),
        ("church", "Belle-Aube to reopen in December after the fire"),
    ],
)
def test_news_names_it_by_what_the_title_leaves(key: str, title: str) -> None:
    assert key in found(title, against=WATCHED)


@pytest.mark.parametrize(
    "title",
    [
        "Havering warns of holiday queues as border staff strike",
        "Carrier postpones launch of new jet due to U.S. shutdown",
        "游客体验磁悬浮列车",
        "Nordvik beaten by rival in demi-automated driving test",
        "工信部推动钠电池全面商业化",
        "夜航船开通新航线",
    ],
)
def test_what_only_describes_it_names_nothing(title: str) -> None:
    assert not found(title, against=WATCHED)
