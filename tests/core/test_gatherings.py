"""Olympics, world fairs and their like are known by town, year and noun, and kept apart from one another."""

import pytest
from tests.core.watched import found, watching

from evtimeline.core.milestones import Milestone

WATCHED = watching(
    Milestone("games", {"zh": "布里斯班奥运会开幕", "en": "Brisbane 2032 Olympic Games opening"}),
    Milestone("asiad", {"zh": "多哈亚运会开幕", "en": "Doha Asian Games opening"}),
    Milestone("expo", {"zh": "利雅得世博会开幕", "en": "Expo 2030 Riyadh opening"}),
    Milestone("winter", {"en": "Salt Lake City Winter Olympics opening", "zh": "长春冬奥会开幕"}),
)


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("games", "Brisbane Games put off by a year"),
        ("games", "布里斯班奥运倒计时100天"),
        ("games", "Residents sue over Brisbane 2032 stadium"),
        ("games", "Brisbane's Olympics to begin on July 23"),
        ("asiad", "多哈亞運將於9月23日舉行"),
        ("asiad", "New dates set for postponed Asian Games in Doha"),
        ("expo", "Expo 2030 to open six months late"),
        ("expo", "利雅得世博推迟开幕"),
    ],
)
def test_a_gathering_is_known_by_its_town(key: str, title: str) -> None:
    assert key in found(title, against=WATCHED)


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("games", "Brisbane Paralympics to open in August"),
        ("games", "洛杉矶奥运会开幕"),
        ("games", "Brisbane video games fair opens"),
        ("games", "长春冬奥会开幕"),
        ("asiad", "多哈世界杯开幕"),
        ("asiad", "名古屋亚运会开幕"),
        ("winter", "长春亚冬会开幕"),
    ],
)
def test_another_gathering_of_the_town_and_another_towns_are_not(key: str, title: str) -> None:
    assert key not in found(title, against=WATCHED)
