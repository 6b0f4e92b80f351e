"""Numerals in digits, Chinese and Roman writing, and what is none."""

import pytest

from evtimeline.core.editions import otherwise_numbered
from evtimeline.core.numerals import in_chinese, numeral, otherwise_written, roman


@pytest.mark.parametrize(
    ("written", "value"),
    [
        *(("I", 1), ("IV", 4), ("IX", 9), ("XIV", 14), ("XXXIX", 39), ("XL", 40), ("XLIX", 49), ("XC", 90)),
        *(("MCMXCIV", 1994), ("MMXXVI", 2026)),
        *(("7", 7), ("40", 40), ("2026", 2026)),
        *(("六", 6), ("十", 10), ("十四", 14), ("二十", 20), ("四十九", 49), ("一百零三", 103), ("二〇二六", 2026)),
    ],
)
def test_a_numeral_is_read_in_any_writing(written: str, value: int) -> None:
    assert numeral(written) == value


@pytest.mark.parametrize(
    "written", ["", "IIX", "VX", "IL", "IIII", "XLX", "VV", "iv", "XIVa", "X4", "六号", "Six", "²"]
)
def test_what_is_no_numeral_has_no_value(written: str) -> None:
    assert numeral(written) == 0


@pytest.mark.parametrize("value", [*range(1, 100), 444, 1999, 3999])
def test_what_is_written_in_roman_numerals_is_read_again(value: int) -> None:
    assert numeral(roman(value)) == value


@pytest.mark.parametrize("value", range(1, 100))
def test_a_number_below_a_hundred_goes_into_the_other_script_and_back(value: int) -> None:
    assert numeral(in_chinese(value)) == value
    assert otherwise_written(otherwise_written(str(value))) == str(value)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("望舒二十号", ["望舒20号"]),
        ("望舒45号飞船", ["望舒四十五号飞船"]),
        ("雾城书展第十二届", ["雾城书展第12届"]),
        ("雾城地铁一二期", []),
        ("雾城书展第一百二十届", []),
    ],
)
def test_a_name_is_written_with_its_number_in_the_other_script(name: str, other: list[str]) -> None:
    assert list(otherwise_numbered(name)) == other
