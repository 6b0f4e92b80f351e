import pytest

from evtimeline.core.anatomy import PartSort, dissect, tells
from evtimeline.core.deriving import vocabulary
from evtimeline.core.matching import Surfaces
from evtimeline.core.text import fold
from evtimeline.lexicons import load


def seen(name: str, text: str) -> bool:
    return bool(Surfaces({fold(name): {f"name:{fold(name)}"}}).find(fold(text)))


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
    (hit,) = Surfaces({"小米yu7": {"name:x"}}).find(fold(text))
    assert text[hit.start : hit.end] == "小米 YU 7"


@pytest.mark.parametrize(
    ("name", "facets"),
    [
        ("小米汽车二期工厂", ["org:xiaomi", "noun:car", "ordinal:2", "noun:plant"]),
        ("Xiaomi EV phase-II plant", ["org:xiaomi", "noun:car", "ordinal:2", "noun:plant"]),
        ("比亚迪匈牙利塞格德工厂", ["org:byd", "place:hungary", "word:塞格德", "noun:plant"]),
        ("BYD Hungarian plant", ["org:byd", "place:hungary", "noun:plant"]),
        ("北京时代电池基地", ["word:北京时代", "noun:battery", "noun:plant"]),
        ("Grand Theft Auto VI", ["word:grandtheftautovi"]),
    ],
)
def test_a_name_is_taken_apart_into_what_is_known_and_what_is_its_own(name: str, facets: list[str]) -> None:
    assert [part.facet for part in dissect(name, vocabulary(load()))] == facets


@pytest.mark.parametrize(("name", "alone"), [("YU7", True), ("Silksong", True), ("塞格德", True), ("S9", False)])
def test_a_coined_word_tells_alone_and_a_letter_with_a_digit_does_not(name: str, alone: bool) -> None:
    parts = dissect(name, vocabulary(load()))
    assert [tells(part) for part in parts if part.sort is PartSort.PROPER] == [alone]
