import pytest
from tests.core.watched import found, named, watching

from evtimeline.core.anatomy import PartSort, dissect, tells
from evtimeline.core.deriving import vocabulary
from evtimeline.core.milestones import Milestone
from evtimeline.core.spellings import Surfaces, spelled
from evtimeline.core.text import fold
from evtimeline.lexicons import load


def seen(name: str, text: str) -> bool:
    return bool(Surfaces(spelled({fold(name): {f"name:{fold(name)}"}})).find(fold(text)))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("YU7", "小米YU7正式上市"),
        ("小米YU7", "小米 YU 7 上市"),
        ("小米YU7", "小米ＹＵ７上市"),
        ("GTA 6", "GTA6发售"),
        ("GTA6", "the GTA 6 release"),
        ("宁德时代", "寧德時代遞表"),
        ("Entry/Exit System", "the entry-exit system"),
        ("空洞骑士：丝之歌", "《空洞骑士：丝之歌》"),
        ("Cybertruck", "the first Cybertrucks"),
        ("Xiaomi", "Xiaomi’s plan"),
    ],
)
def test_a_name_is_found_however_it_is_spelled(name: str, text: str) -> None:
    assert seen(name, text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("YU7", "YU70上市"),
        ("YU7", "XYU7"),
        ("S9", "S9T上市"),
        ("EES", "fees and tees"),
        ("Grand Tour VI", "the Grand Tour V is here"),
        ("Arm", "the army"),
    ],
)
def test_a_name_is_not_found_inside_another_word(name: str, text: str) -> None:
    assert not seen(name, text)


def test_hits_stand_where_the_text_has_them() -> None:
    text = "看 小米 YU 7 上市"
    (hit,) = Surfaces(spelled({"小米yu7": {"name:x"}})).find(fold(text))
    assert text[hit.start : hit.end] == "小米 YU 7"


@pytest.mark.parametrize(
    ("name", "facets"),
    [
        ("小米汽车二期工厂", ["org:xiaomi", "noun:car", "ordinal:2", "noun:plant"]),
        ("Xiaomi EV phase-II plant", ["org:xiaomi", "noun:car", "ordinal:2", "noun:plant"]),
        ("比亚迪匈牙利绍莫德工厂", ["org:byd", "place:hungary", "word:绍莫德", "noun:plant"]),
        ("比亚迪匈牙利塞格德工厂", ["org:byd", "place:hungary", "place:szeged", "noun:plant"]),
        ("BYD Hungarian plant", ["org:byd", "place:hungary", "noun:plant"]),
        ("北京时代电池基地", ["word:北京时代", "noun:battery", "noun:plant"]),
        ("Grand Theft Auto VI", ["word:grandtheftautovi"]),
    ],
)
def test_a_name_is_taken_apart_into_what_is_known_and_what_is_its_own(name: str, facets: list[str]) -> None:
    assert [part.facet for part in dissect(name, vocabulary(load()))] == facets


@pytest.mark.parametrize(("name", "alone"), [("YU7", True), ("Silksong", True), ("绍莫德", True), ("S9", False)])
def test_a_coined_word_tells_alone_and_a_letter_with_a_digit_does_not(name: str, alone: bool) -> None:
    parts = dissect(name, vocabulary(load()))
    assert [tells(part) for part in parts if part.sort is PartSort.PROPER] == [alone]


@pytest.mark.parametrize(
    ("name", "title", "kind"),
    [
        ("K717", "K717首次试飞成功", "first-flight"),
        ("505-7", "Carrier does not expect its first 505-7 delivery before 2028", "delivery"),
        ("river toll charge", "City says river toll charge takes effect on Jan. 1", "effect"),
    ],
)
def test_a_model_number_or_several_plain_words_name_without_a_party(name: str, title: str, kind: str) -> None:
    watchlist = watching(named("m", kind, name, parties=("Somebody Ltd",)))
    assert "m" in found(title, against=watchlist)


def test_a_merger_is_named_by_its_companies_and_a_word_of_it() -> None:
    merger = named("m", "closing", "Alder Rail Birch Lines", parties=("Alder Rail", "Birch Lines"))
    watchlist = watching(merger)
    assert "m" in found("Alder Rail expects to close Birch Lines deal in 2027", against=watchlist)
    assert "m" not in found("Alder Rail and Birch Lines report record volumes", against=watchlist)


def test_news_shortens_the_titles_of_sequels_and_airports() -> None:
    watchlist = watching(
        Milestone("film", {"en": "Meadow: Part Three release"}), Milestone("port", {"zh": "东临国际机场开航"})
    )
    assert "film" in found("Studio moves 'Meadow 3' to March 2027", against=watchlist)
    assert "port" in found("东临机场开航推迟至2027年", against=watchlist)


def test_a_word_that_many_milestones_share_leads_to_those_whose_company_is_named_too() -> None:
    companies = [f"{first}{second}重工" for first in "恒云北晨海南启东" for second in "川岭麓曦晏屏"]
    many = watching(*(Milestone(f"m{n}", {"zh": f"{name}襄阳工厂投产"}) for n, name in enumerate(companies)))
    assert list(found("恒川重工襄阳工厂正式投产", against=many)) == ["m0"]
    assert many.matcher.candidates({"word:襄阳"}) == []
    assert many.matcher.candidates({"word:襄阳", "org:恒川重工", "org:云屏重工"}) == [0, 11]


def test_words_that_make_up_the_whole_name_of_one_milestone_do_not_name_another() -> None:
    both = watching(
        Milestone("aa1", {"zh": "恒川重工AA1襄阳工厂投产"}),
        Milestone("qe1", {"zh": "恒川重工QE1襄阳工厂投产"}),
    )
    assert list(found("恒川重工AA1襄阳工厂投产推迟至8月", against=both)) == ["aa1"]
    assert sorted(found("恒川重工襄阳工厂投产推迟至8月", against=both)) == ["aa1", "qe1"]


def test_a_plant_in_another_country_is_not_the_european_one() -> None:
    plant = named("m", "plant-opening", "Nordvik Hungary plant", "Nordvik Europe plant", parties=("Nordvik",))
    watchlist = watching(plant)
    assert "m" in found("Nordvik's Europe plant to open in 2027", against=watchlist)
    assert "m" in found("Nordvik's Hungary plant to open in 2027", against=watchlist)
    assert "m" not in found("Nordvik's Turkey plant to open in 2027", against=watchlist)


def test_what_every_maker_has_is_found_beside_its_company_alone() -> None:
    watchlist = watching(Milestone("m", {"zh": "云栖软件K8旗舰车型上市"}))
    assert "m" in found("云栖软件K8旗舰车型上市推迟至8月", against=watchlist)
    assert "m" in found("云栖软件旗舰车型8月上市", against=watchlist)
    assert "m" not in found("清渠汽车旗舰车型8月上市", against=watchlist)


def test_a_feature_in_a_market_is_written_in_pieces() -> None:
    names = ("国行云杉AI", "Spruce AI China")
    watched = watching(named("ai", "market-entry", *names, parties=("云杉", "Spruce")))
    for title in ("云杉AI国行版已过审", "国行手机暂不支持云杉AI", "云杉将为国行机型接入AI"):
        assert "ai" in found(title, against=watched), title
    for title in ("Spruce to delay reopening of stores in China", "云杉国行版手机开售"):
        assert "ai" not in found(title, against=watched), title


def test_news_of_an_aircrafts_deliveries_is_no_news_of_its_first_flight() -> None:
    watched = watching(Milestone("flight", {"en": "Kestrel 909X first flight"}))
    assert "flight" not in found("Kestrel pushes 909X deliveries to 2028", against=watched)
    assert "flight" not in found("Maker delays Kestrel 909X deliveries to 2028", against=watched)
    assert "flight" in found("Kestrel 909X makes first flight, deliveries due in 2028", against=watched)


def test_another_companys_plant_in_the_town_is_its_own() -> None:
    names = ("CATL Szeged", "Szeged plant", "塞格德工厂")
    watched = watching(named("plant", "plant-opening", *names, parties=("CATL", "宁德时代")))
    for title in (
        "BYD opens Szeged plant with a new model",
        "BYD's new Szeged plant starts production",
        "比亚迪塞格德工厂投产",
    ):
        assert "plant" not in found(title, against=watched), title
    for title in (
        "Szeged plant starts production",
        "CATL opens Szeged plant",
        "BMW to buy cells as Szeged plant opens",
    ):
        assert "plant" in found(title, against=watched), title
