"""From bytes to text: byte order marks, declarations and what the bytes themselves say, in that order of trust."""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNMARKED = (
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
    (b"{\0", "utf-16-le"),
    (b"\0{", "utf-16-be"),
)
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_CHARSET = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
# What browsers do: the smaller names stand for the larger sets that are really used. Nothing else is ever decoded,
# since Python's codecs hold things like zip and rot13.
_KNOWN = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936", "euc-cn", "hz-gb-2312"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "cp950", "x-x-big5"), "big5hkscs"),
    **dict.fromkeys(("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii", "windows-1252", "cp1252"), "cp1252"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j", "cp932"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "cp949"), "cp949"),
    **dict.fromkeys(("utf-16", "utf-16le", "utf-16be", "utf-8", "utf8", "utf-32"), "utf-8"),  # UTF-16 shows itself
    **{name: name for name in ("euc-jp", "koi8-r", "koi8-u", "macroman")},
    **{f"iso-8859-{n}": f"iso8859-{n}" for n in (*range(2, 12), 13, 14, 15, 16)},
    **{f"windows-{n}": f"cp{n}" for n in range(1250, 1259) if n != 1252},
}
_SEVEN_BIT = ("iso-2022-jp", "iso-2022-kr")
_UNREADABLE = "�"


def decode(body: bytes, content_type: str = "") -> str:
    """The text of a document. Bytes that are valid UTF-8 are UTF-8, whatever is declared; never raises."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body.decode(name, "replace").lstrip("\ufeff")
    head = body[:4]
    for start, name in _UNMARKED:
        if head.startswith(start):
            return body.decode(name, "replace")
    names = _declared(body, content_type)
    for name in names:
        if name in _SEVEN_BIT:
            return body.decode(name, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return _guess(body, [_KNOWN[name] for name in names if _KNOWN.get(name, "utf-8") != "utf-8"])


def _declared(body: bytes, content_type: str) -> list[str]:
    """The encodings that the document and the server name, the document first."""
    found = _DECLARED.match(body[:400])
    named = _CHARSET.search(content_type[:1000])
    names = [found[1].decode("ascii")] if found else []
    return [name.lower() for name in [*names, *([named[1]] if named else [])]]


def _guess(body: bytes, declared: list[str]) -> str:
    """Text of bytes that are not UTF-8 throughout: as declared, else mostly UTF-8, else Chinese, else Western."""
    for name in declared:
        text = body.decode(name, "replace")
        if text.count(_UNREADABLE) <= len(text) // 200:
            return text
    text = body.decode("utf-8", "replace")
    foreign = sum(1 for byte in body if byte >= 0xC0)
    if text.count(_UNREADABLE) <= max(1, foreign // 20) and foreign > 3 * text.count(_UNREADABLE):
        return text
    if _looks_chinese(body):
        return body.decode("gb18030", "replace")
    return body.decode("cp1252", "replace")


def _looks_chinese(body: bytes) -> bool:
    """Whether high bytes come in pairs, as in GB2312 text; in Western text a letter follows them."""
    pairs = re.findall(rb"[\x81-\xfe][\x40-\xfe]", body[:200_000])
    return bool(pairs) and sum(pair[1] >= 0xA1 for pair in pairs) >= 0.7 * len(pairs)
