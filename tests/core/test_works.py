"""How films, games and series are called that have nothing but a title, and which of the same name they are not."""

import pytest
from tests.core.watched import found, watching

from evtimeline.core.milestones import Milestone
from evtimeline.core.works import titled

WATCHED = watching(
    Milestone("film", {"zh": "《镜海第二部：长夜归舟》上映", "en": "Tales of the Mirror Sea II release"}),
    Milestone("series", {"zh": "《长安旧梦 第三季》开播"}),
    Milestone("game", {"zh": "《星渊世界》发售", "en": "Lord of Embers: World release"}),
    Milestone("last", {"en": "The Road to Us Part II release", "zh": "《去往我们 第二部》发售"}),
)


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("film", "《镜海第二部》定档7月10日"),
        ("film", "镜海2宣布延期上映"),
        ("film", "《镜海第一部》票房破5亿，第二部明年暑期上映"),
        ("film", "Tales of the Mirror Sea 2 comes out in July"),
        ("series", "长安旧梦3下周开播"),
        ("last", "The Road to Us II has been delayed"),
        ("last", "《去往我们2》跳票至8月"),
        ("game", "Lord of Embers: World comes out in May"),
    ],
)
def test_a_sequel_is_known_by_its_number_however_it_is_written(key: str, title: str) -> None:
    assert key in found(title, against=WATCHED)


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("film", "《镜海第一部》今日公映"),
        ("film", "《镜海第三部》定档明年1月"),
        ("last", "《去往我们》剧集3月开播"),
        ("game", "Tickets for World Cup go on sale in May"),
        ("game", "《新世界》5月发售"),
    ],
)
def test_another_part_of_the_series_or_a_common_word_is_something_else(key: str, title: str) -> None:
    assert key not in found(title, against=WATCHED)


def test_numbers_are_written_in_every_way() -> None:
    assert {"Dune 3", "Dune Part 3", "Dune III"} <= set(titled("Dune: Part Three", release=True))
    assert {"潮汐3", "潮汐第三部"} <= set(titled("潮汐第三部：归港", release=True))
    assert list(titled("Fleet 2030", release=True)) == []


def test_neither_the_number_of_a_season_nor_a_company_inside_a_title_is_a_work() -> None:
    watched = watching(
        Milestone("season", {"zh": "《深海奇谭 第五季》开播"}), Milestone("game", {"zh": "《霸主荣耀天下》上线"})
    )
    assert not found("山河乾坤第五季定档", against=watched)
    assert not found("霸主荣耀取消充值优惠", against=watched)
    assert "game" in found("霸主荣耀天下5月上线", against=watched)


NUMBERED = watching(Milestone("film", {"zh": "电影《1931》上映"}))


@pytest.mark.parametrize(
    "title",
    [
        "1931定档",
        "1931将在全国上映",
        "《1931》撤档",
        "电影1931官宣定档",
        "1931票房破3亿",
        "影片1931首映礼举行",
        "1931首映",
    ],
)
def test_a_film_called_by_a_number_is_known_by_it_beside_words_of_films(title: str) -> None:
    assert "film" in found(title, against=NUMBERED)


@pytest.mark.parametrize(
    "title",
    [
        *("1931年上映的老电影重映", "影院新增1931块银幕，票房上涨", "1931人观看电影首映", "历史老照片里的1931"),
        *("电影票房达1931万", "A1931航班延误，电影首映改期"),
    ],
)
def test_the_same_number_with_a_unit_or_a_date_is_no_film(title: str) -> None:
    assert "film" not in found(title, against=NUMBERED)


def test_small_words_and_a_cinema_are_no_hindrance_to_the_title_of_a_film() -> None:
    watched = watching(Milestone("film", {"en": "No Road to Fear cinema release"}))
    assert "film" in found("'No Road to Fear' could be delayed further", against=watched)
