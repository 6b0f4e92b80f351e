from xml.etree import ElementTree

from demo.pictures import CELL, MARGIN, draw

TEXT = "{http://www.w3.org/2000/svg}text"


def test_a_chinese_character_takes_two_cells() -> None:
    drawn = ElementTree.fromstring(draw("小米YU7"))
    chinese, latin = drawn.iter(TEXT)
    assert chinese.attrib["x"] == f"{MARGIN:.1f} {MARGIN + 2 * CELL:.1f}"
    assert latin.attrib["x"] == f"{MARGIN + 4 * CELL:.1f}"


def test_colours_become_classes_and_end_with_the_reset() -> None:
    drawn = ElementTree.fromstring(draw("\x1b[1;31mlate\x1b[0m fine"))
    assert [(each.text, each.get("class")) for each in drawn.iter(TEXT)] == [("late", "bold red"), ("fine", None)]


def test_text_is_escaped() -> None:
    drawn = ElementTree.fromstring(draw("<b>&"))
    assert [each.text for each in drawn.iter(TEXT)] == ["<b>&"]
