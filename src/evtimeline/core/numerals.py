"""Numbers as dates and names write them: 26, 二十六, 廿六, 二〇二五, XXVI, 26th, twenty-sixth, two thousand and one."""

from itertools import pairwise
from typing import Final

_DIGITS = {
    c: n for n, cs in enumerate(("零〇○oO洞", "一元首", "二两", "三", "四", "五", "六", "七", "八", "九")) for c in cs
}
_CHINESE = frozenset("零〇一二两三四五六七八九十百千廿卅")
_UNITS = {"十": 10, "百": 100, "千": 1000, "廿": 20, "卅": 30}


def _counted(words: str, first: int, step: int = 1) -> dict[str, int]:
    return {word: first + step * n for n, word in enumerate(words.split())}


_SMALL = _counted(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen",
    first=1,
) | {"a": 1, "an": 1, "couple": 2, "few": 3, "several": 3}
_TENS = _counted("twenty thirty forty fifty sixty seventy eighty ninety", first=20, step=10)
_ORDINALS = _counted(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth",
    first=1,
) | {"thirtieth": 30, "last": -1, "final": -1}


def chinese_number(text: str) -> int:
    """The value of a number in Chinese or ASCII digits; 0 for what has no digit in it."""
    if text.isascii():
        return int(text) if text.isdigit() else 0
    if not any(c in _UNITS for c in text):
        return int("".join(str(_DIGITS.get(c, c if c.isascii() and c.isdigit() else "")) for c in text) or 0)
    total = current = 0
    for c in text:
        if c in ("廿", "卅"):
            total += _UNITS[c]
        elif c in _UNITS:
            total += (current or 1) * _UNITS[c]
            current = 0
        else:
            current = _DIGITS.get(c, int(c) if c.isascii() and c.isdigit() else 0)
    return total + current


_ROMAN: Final = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_LETTERS: Final = {letter: value for value, letter in _ROMAN if len(letter) == 1}


def roman(value: int) -> str:
    """A number below four thousand in Roman numerals."""
    written = ""
    for step, letters in _ROMAN:
        count, value = divmod(value, step)
        written += letters * count
    return written


def in_chinese(value: int) -> str:
    """A number below a hundred in Chinese numerals."""
    tens, ones = divmod(value, 10)
    return ("" if tens < 2 else _ONES[tens]) + ("十" if tens else "") + (_ONES[ones] if ones else "")


_ONES: Final = "零一二三四五六七八九"

BELOW_HUNDRED: Final = r"(?:[1-9]\d?|[二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])(?![\d十])"
"""Matches the digits or Chinese numerals that names bear: 9, 20, 二十二."""


def numeral(text: str) -> int:
    """The value of a numeral in ASCII digits, Chinese or capital Roman ones; 0 for what is none, like IIX."""
    if not all(c in _LETTERS for c in text):
        return chinese_number(text) if all(c in _CHINESE or "0" <= c <= "9" for c in text) else 0
    values = (*(_LETTERS[c] for c in text), 0)
    value = sum(one if one >= then else -one for one, then in pairwise(values))
    return value if roman(value) == text else 0


def otherwise_written(text: str) -> str:
    """A numeral below a hundred in the other script: 二十 for 20, 20 for 二十."""
    return in_chinese(int(text)) if text.isascii() else str(chinese_number(text))


def goes_on_a_number(text: str, at: int) -> bool:
    """Whether the Chinese numeral at `at` continues a longer one: the 四号 of 神舟十四号."""
    return at > 0 and text[at] in _CHINESE and text[at - 1] in _CHINESE


def english_number(text: str) -> int:
    """The value of a cardinal or ordinal in digits or words, lower case; -1 for "last"; 0 for no number."""
    digits = text.rstrip("stndrh")
    if digits.isascii() and digits.isdigit():
        return int(digits)
    total = 0
    for word in text.replace("-", " ").split():
        if word in _TENS:
            total += _TENS[word]
        elif word == "hundred":
            total = max(total, 1) * 100
        elif word == "thousand":
            total = max(total, 1) * 1000
        else:
            total += _ORDINALS.get(word, _SMALL.get(word, 0))
    return total


def english_year(text: str) -> int:
    """A year in words: nineteen seventy two, two thousand and eighteen, twenty twenty-five; 0 if it is none."""
    words = text.replace("-", " ").replace(" and ", " ").split()
    if "thousand" in words or "hundred" in words:
        return english_number(" ".join(words))
    head = english_number(words[0]) if words else 0
    return head * 100 + english_number(" ".join(words[1:])) if head in (19, 20) else 0
