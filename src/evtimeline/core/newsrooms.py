"""Publishers as they are compared across languages, and whom a text credits for what it says."""

import re
import unicodedata
from functools import lru_cache

_HOUSES: tuple[tuple[str, ...], ...] = (
    ("Reuters", "路透社", "路透", "Thomson Reuters"),
    ("Bloomberg", "彭博社", "彭博", "Bloomberg News"),
    ("Associated Press", "美联社", "AP"),
    ("AFP", "法新社", "Agence France-Presse"),
    ("Xinhua", "新华社", "新华网", "Xinhua News Agency"),
    ("China News Service", "中新社", "中国新闻网", "中新网"),
    ("CCTV", "央视新闻", "央视", "央视财经", "CCTV News"),
    ("CGTN", "中国国际电视台"),
    ("People's Daily", "人民日报", "人民网"),
    ("Global Times", "环球时报", "环球网"),
    ("China Daily", "中国日报"),
    ("Securities Times", "证券时报", "证券时报网", "e公司"),
    ("Shanghai Securities News", "上海证券报", "上证报", "中国证券网"),
    ("China Securities Journal", "中国证券报", "中证网"),
    ("Securities Daily", "证券日报"),
    ("Economic Daily", "经济日报"),
    ("Economic Observer", "经济观察报", "经济观察网"),
    ("Caixin", "财新", "财新网", "Caixin Global"),
    ("Yicai", "第一财经", "Yicai Global"),
    ("Caijing", "财经杂志", "财经网"),
    ("Cailianshe", "财联社", "CLS"),
    ("Jiemian", "界面新闻", "界面"),
    ("The Paper", "澎湃新闻", "澎湃"),
    ("LatePost", "晚点LatePost", "晚点"),
    ("36Kr", "36氪", "三六氪"),
    ("IThome", "IT之家"),
    ("Huxiu", "虎嗅", "虎嗅网"),
    ("Sina", "新浪财经", "新浪科技", "新浪汽车", "新浪", "Sina Finance", "Sina Tech"),
    ("NetEase", "网易科技", "网易汽车", "网易财经", "网易"),
    ("Tencent News", "腾讯新闻", "腾讯科技", "腾讯网"),
    ("Sohu", "搜狐汽车", "搜狐科技", "搜狐"),
    ("Autohome", "汽车之家"),
    ("Yiche", "易车", "易车网"),
    ("CnEVPost",),
    ("Wall Street Journal", "华尔街日报", "WSJ", "The Wall Street Journal"),
    ("Financial Times", "金融时报", "FT", "The Financial Times"),
    ("New York Times", "纽约时报", "The New York Times"),
    ("Washington Post", "华盛顿邮报", "The Washington Post"),
    ("The Guardian", "卫报", "Guardian"),
    ("BBC", "英国广播公司", "BBC News"),
    ("CNBC",),
    ("CNN", "美国有线电视新闻网"),
    ("The Information",),
    ("The Verge",),
    ("TechCrunch",),
    ("Electrek",),
    ("Nikkei", "日经", "日本经济新闻", "日经新闻", "Nikkei Asia", "日经亚洲"),
    ("Kyodo", "共同社", "Kyodo News"),
    ("NHK", "日本放送协会"),
    ("Yonhap", "韩联社", "Yonhap News Agency"),
    ("Handelsblatt", "德国商报", "商报"),
    ("Der Spiegel", "明镜周刊", "Spiegel"),
    ("Lianhe Zaobao", "联合早报"),
    ("South China Morning Post", "南华早报", "SCMP"),
    ("MIIT", "工信部"),
)
"""Newsrooms under all their names; a house with several sites speaks with one voice."""

_FAR = 28  # characters behind a word of crediting within which the credited name stands

_BEFORE = re.compile(
    r"(?:据|援引|引述|综合|转引自?|转自|转载自?|编译自?|(?:文章|稿件|信息|新闻|消息|内容)?来源\s*[:：为]|来自)"
    r"|\b(?:according to|citing|as cited by|reported by|first reported by|source\s*:|via|courtesy of|per)\b",
    re.IGNORECASE,
)
"""Words behind which a credited name stands."""

_BEHIND = re.compile(
    r"(?:报道|报导|披露|爆料)(?=称|说|指|援引|[，,:：]|$)"
    r"|\b(?:reported|reports|has reported|first reported|said in a report|newspaper reported|report(?:ed)? says?)\b",
    re.IGNORECASE,
)
"""Words before which it stands."""

_DATELINE = re.compile(
    r"[（(]\s*(reuters|bloomberg|ap|afp|xinhua)\s*[)）]|(新华社|中新社|路透社?|彭博社?)[^\s，。]{0,14}电", re.IGNORECASE
)
_STOP = re.compile(r"[。!！?？\n;；，,]")
_OPENING = ' :：《“"'
_LATIN = re.compile(r"[a-z0-9&]+")


@lru_cache(maxsize=4096)
def publisher_key(name: str) -> str:
    """A publisher's name as it is compared: without case and spaces, and one key for all names of a known newsroom."""
    plain = _plain(name)
    return _KEYS.get(plain, plain)


@lru_cache(maxsize=4096)
def credited(text: str) -> frozenset[str]:
    """The keys of the known newsrooms that a text names as its source: `据路透社报道`, `via CNBC`."""
    found = {_KEYS[_plain(next(filter(None, match.groups())))] for match in _DATELINE.finditer(text)}
    for span in _spans(text):
        found |= _houses_in(span)
    return frozenset(found)


def credits(text: str, publisher: str) -> bool:
    """Whether a text names `publisher` as its source, be it a known newsroom or not."""
    key = publisher_key(publisher)
    if key in _HEADS:
        return key in credited(text)
    return len(key) > 1 and any(_is_in(publisher, span, _words(span)) for span in _spans(text))


def _spans(text: str) -> list[str]:
    """The stretches of a text in which a credited name may stand."""
    spans = [_up_to_stop(text[match.end() : match.end() + _FAR].lstrip(_OPENING)) for match in _BEFORE.finditer(text)]
    for match in _BEHIND.finditer(text):
        before = text[max(0, match.start() - _FAR) : match.start()]
        spans.append(before[max((stop.end() for stop in _STOP.finditer(before)), default=0) :])
    return spans


def _up_to_stop(text: str) -> str:
    stop = _STOP.search(text)
    return text[: stop.start()] if stop else text


def _houses_in(span: str) -> set[str]:
    words = _words(span)
    return {_KEYS[_plain(name)] for name in _NAMES if _is_in(name, span, words)}


def _is_in(name: str, span: str, words: list[str]) -> bool:
    """Whether a span of these Latin words names it: a Latin name as whole words, a Chinese one anywhere."""
    if not name.isascii():
        return _plain(name) in _plain(span)
    wanted = _words(name)
    return bool(wanted) and any(words[at : at + len(wanted)] == wanted for at in range(len(words)))


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return _LATIN.findall(re.sub("['’]s\\b", "", plain))


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


_NAMES = tuple(name for house in _HOUSES for name in house)
_KEYS = {_plain(name): _plain(house[0]) for house in _HOUSES for name in house}
_HEADS = frozenset(_KEYS.values())
