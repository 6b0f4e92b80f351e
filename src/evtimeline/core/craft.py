"""How news calls craft that bear a number: by the first character of their line, without 号, in digits or numerals."""

import re
from collections.abc import Iterator
from typing import Final

from evtimeline.core.numerals import BELOW_HUNDRED, in_chinese, numeral, roman

_CHINESE: Final = re.compile(
    rf"(?P<line>神舟|嫦娥|天舟|天问|长征|[一-鿿]{{2,4}}?)(?P<number>{BELOW_HUNDRED})号(?P<rest>.*)"
)
_LATIN: Final = re.compile(r"(?P<line>[A-Z][a-z]+(?:['’][a-z]+)?)[ -](?P<number>[1-9]\d?)(?P<rest>(?: [a-z]+)*)")
_ADDED: Final = re.compile(
    r"(?:载人|货运|试验|月球|火星|小行星|深空|星际|运载|无人)*(?:飞船?|探测器?|卫星|火箭|任务|返回器|返回舱|着陆器)?(?:乘组|航天员|机组)?"
)
"""What a Chinese title puts behind the craft itself."""

_FIRSTS: Final = {"神舟": "神", "嫦娥": "嫦", "长征": "长"}
"""The characters by which headlines call the lines that everybody knows: 神二十, 嫦六, 长五."""

_RARE: Final = ("神舟", "嫦娥")
"""Those of which the character stands before no other digits than theirs, as 增长20 does."""


def craft(name: str, flies: bool) -> Iterator[str]:
    """What the numbered craft is called with which a name begins: 神舟20号, 神舟二十, 神20; Shenzhou XX.

    `flies`: it is launched or lands, so that an English name with a number is that of a craft.
    """
    if found := _CHINESE.fullmatch(name):
        if _ADDED.fullmatch(found["rest"]):
            yield from _in_all_numbers(found["line"], numeral(found["number"]))
    elif flies and (found := _LATIN.fullmatch(name)):
        yield f"{found['line']}-{found['number']}"
        yield f"{found['line']} {roman(int(found['number']))}"


def _in_all_numbers(line: str, number: int) -> Iterator[str]:
    chinese = in_chinese(number)
    yield from (f"{line}{chinese}号", f"{line}{number}号")
    if line not in _FIRSTS and line not in ("天舟", "天问"):
        return
    yield from (f"{line}{chinese}", f"{line}{number}")
    if first := _FIRSTS.get(line):
        yield from (f"{first}{chinese}", f"{first}{chinese}号")
    if line in _RARE:
        yield from (f"{first}{number}", f"{first}{number}号")
