"""How news calls films, games and books: by the number of a sequel in any writing, by the half before a colon."""

import re
from collections.abc import Iterator
from typing import Final

from evtimeline.core.numerals import english_number, in_chinese, numeral, roman

_SPELLED: Final = ("One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
_CHINESE: Final = "一二三四五六七八九十"

_NUMBER: Final = "|".join((*sorted(map(roman, range(2, 11)), key=len, reverse=True), *_SPELLED, r"\d{1,2}"))
_PART: Final = re.compile(
    rf"(?P<name>.*\w)(?:[:：,]?\s+(?P<part>Part|Chapter|Episode|Volume))\s+(?P<number>I|{_NUMBER})"
)
_SEQUEL: Final = re.compile(rf"(?P<name>(?:[A-Z][\w'’.-]* )+(?:[a-z]+ |[A-Z][\w'’.-]* )*?)(?P<number>{_NUMBER})")
_SEQUEL_ZH: Final = re.compile(
    rf"(?P<name>.*[一-鿿])(?<!第)\s?(?:第(?P<number>[{_CHINESE}\d])[部季章]|(?P<digit>\d|II|III|IV))"
)
_HALF: Final = re.compile(r"(?P<half>[^:：]*[^:：\s])\s?[:：]")


_MEDIUM: Final = re.compile(
    r"(?P<before>[^《》]{0,8})《(?P<name>[^《》]{1,20})》(?P<number>第[一二三四五六七八九十\d]+[季部])?"
)
_TELEVISION: Final = ("电视剧", "剧集", "连续剧", "网剧")


def by_medium(segment: str) -> Iterator[str]:
    """What news calls one of several works of a title by medium and maker: 剧版镜海, 星河版镜海 of 星河《镜海》."""
    found = _MEDIUM.match(segment)
    if not found or found["number"] or not found["before"].strip():
        return
    before, name = found["before"].strip(), found["name"]
    if before in _TELEVISION:
        yield from (f"剧版{name}", f"{name}剧版", *(f"{medium}{name}" for medium in _TELEVISION))
        yield from (f"{name}{medium}" for medium in _TELEVISION)
    elif before in ("电影", "动画", "动漫"):
        yield from (f"{before}{name}", f"{name}{before}")
    else:
        yield f"{before}版{name}"


def titled(name: str, release: bool) -> Iterator[str]:
    """The other names of a sequel: `Dune: Part Three` is Dune 3; of a work also 镜海第二部 of 《镜海第二部：长夜归舟》.

    `release`: it is a work that comes out, whatever bears a number.
    """
    halves = [match["half"]] if release and (match := _HALF.match(name)) and _is_numbered(match["half"]) else []
    yield from halves
    for whole in (name, *halves):
        yield from _numbered(whole, release)


def _is_numbered(half: str) -> bool:
    return any(pattern.fullmatch(half) for pattern in (_PART, _SEQUEL, _SEQUEL_ZH))


def _numbered(name: str, release: bool) -> Iterator[str]:
    """A name with its number written in the other ways."""
    part, sequel, chinese = _PART.fullmatch(name), _SEQUEL.fullmatch(name), _SEQUEL_ZH.fullmatch(name)
    if part and (number := _value(part["number"])):
        yield f"{part['name']} {number}"
        yield f"{part['name']} {part['part']} {number}"
        if release:
            spelled = _SPELLED[number - 1]
            yield from (f"{part['name']} {roman(number)}", f"{part['name']} {part['part']} {spelled}")
    elif release and sequel and (number := _value(sequel["number"])):
        yield from (f"{sequel['name']}{written}" for written in (number, roman(number)))
    elif release and chinese and (number := _value(chinese["number"] or chinese["digit"])):
        bare = chinese["name"].rstrip(" 之")
        yield from (f"{bare}{written}" for written in (number, f"第{in_chinese(number)}部", f" {roman(number)}"))


def _value(written: str) -> int:
    """The number that is written in digits, in Roman or Chinese ones, or spelled out; 0 where it is above ten."""
    value = english_number(written.lower()) if written in _SPELLED else numeral(written)
    return value if value <= len(_SPELLED) else 0


_INSIDE: Final = re.compile(r"[A-Za-z] (?:of|and|for|from|in|on|to|the|of the|and the|in the|to the) $")
_NUMBER_OF_A_PART: Final = re.compile(
    rf"(?:Part|Chapter|Episode|Volume|Season) (?:I|{_NUMBER})|第?[{_CHINESE}\d]{{1,3}}[部季章集]"
)


def is_torn(segment: str, at: int, text: str) -> bool:
    """Whether an English word is torn out of a longer title, `Rings Part II`, or only counts the parts of one."""
    return _INSIDE.search(segment, max(0, at - 12), at) is not None or _NUMBER_OF_A_PART.fullmatch(text) is not None


_BEFORE_A_NUMBER: Final = re.compile(r"(?:^|[\s《「『“\"'‘：:，,。；;！？、|]|影|片|剧|看完?)$")
_BEHIND_A_NUMBER: Final = re.compile(
    r"[》」』”\"'’]|\s?(?:$|[，。：:；！？、|]|[定上首公点花票撤延改官宣海路将导主片影剧终正]|提[前档]|预[告售]|会不?会|能否|何时)"
    r"|,(?!\d)| (?:film|movie|release|trailer|premieres?|opens|hits|comes out|is out|box office)\b"
)


def is_figure(text: str, start: int, end: int) -> bool:
    """Whether the number that is the name of a work counts or dates something else: 1931年, 300 people."""
    if not text[start:end].isdigit():
        return False
    return not (_BEFORE_A_NUMBER.search(text, max(0, start - 2), start) and _BEHIND_A_NUMBER.match(text, end))
