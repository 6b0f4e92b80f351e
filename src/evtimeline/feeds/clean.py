"""Text made clean once, at the border: HTML to plain text, nothing invisible or misleading, bounded in length."""

import html
import re
from functools import cache
from urllib.parse import urljoin, urlsplit, urlunsplit

import nh3

HTML_LIMIT = 64 * 1024  # characters; longer markup takes the HTML parser too long
TITLE_LIMIT = 500
SUMMARY_LIMIT = 20_000
NAME_LIMIT = 200
ID_LIMIT = 500
LINK_LIMIT = 2_000

# Controls (C0, DEL, C1), soft hyphen, zero-width and bidi controls, invisible operators, annotations, tags, BOM,
# lone surrogates and non-characters. What separates words becomes a blank before this is applied.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U0001fffe\U0001ffff\U000e0000-\U000e0fff\U0010fffe\U0010ffff]"
)
_EMOJI = "\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"
_STRAY_JOINER = re.compile(f"(?<![{_EMOJI}])\u200d|\u200d(?![{_EMOJI}])")
_PILED_MARKS = re.compile("([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{4})[\u0300-\u036f]+")
# All of these, and blanks that are not plain ones: a text without any is clean already.
_ODD = re.compile(
    _INVISIBLE.pattern[:-1] + "\t\x0b-\r\x1c-\x1f\x85\xa0\u0300-\u036f\u0483-\u0489\u1680\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u2000-\u200a\u200d\u2028\u2029\u202f\u205f\u20d0-\u20ff\u3000]"
)
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_BLANKS = re.compile(r"[^\S\n]+")
_SPACES = re.compile("  +")
_BREAKS = re.compile(r" ?\n[ \n]*")
_BLOCK = re.compile(
    r"<(?=/?(?:address|article|aside|blockquote|br|dd|div|dl|dt|figcaption|figure|footer|h[1-6]|header|hr|li|main|ol|p"
    r"|pre|section|table|tr|ul)\b)",
    re.IGNORECASE,
)
_CELL = re.compile(r"<(?=/?t[dh]\b)", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});")
_PLAIN_LINK = re.compile(
    r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,4})?"
    r"(?:/[\w.~:@/%+,=-]*)?(?:\?[\w.~:@/%+,=&;-]+)?(?:#[\w.~:@/%+,=&-]+)?",
    re.ASCII,
)
_WITHOUT_TEXT = {"script", "style", "iframe", "object", "template", "svg", "math", "noscript", "select", "textarea"}


def plain(text: str, limit: int, *, lines: bool = False) -> str:
    """Plain text on one line (`lines`: line breaks between blocks are kept), cleaned and cut to `limit` characters."""
    text = text[: 4 * limit]
    if not (text.isascii() and text.isprintable()) and _ODD.search(text):
        text = _LINE_ENDS.sub("\n", text)
        text = _PILED_MARKS.sub(r"\1", _STRAY_JOINER.sub("", _INVISIBLE.sub("", text)))
        text = _BLANKS.sub(" ", text)
    text = _in_lines(text) if lines else " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _in_lines(text: str) -> str:
    if "  " in text:
        text = _SPACES.sub(" ", text)
    return _BREAKS.sub("\n", text).strip() if "\n" in text else text.strip()


def html_to_text(markup: str) -> str:
    """The text of HTML, blocks on lines of their own, entities resolved; not yet cleaned."""
    markup = markup[:HTML_LIMIT]
    if "<" in markup:
        markup = _CELL.sub(" <", _BLOCK.sub("\n<", markup.replace("\n", " ")))
        markup = _stripper().clean(markup.encode("utf-8", "ignore").decode())  # without lone surrogates
    return html.unescape(markup) if "&" in markup else markup


@cache
def _stripper() -> nh3.Cleaner:
    return nh3.Cleaner(tags=set(), clean_content_tags=_WITHOUT_TEXT)


def unescaped(text: str) -> str:
    """Plain text with the entities resolved that a feed has escaped once too often; `?a=1&copy=2` stays."""
    return _ENTITY.sub(lambda match: html.unescape(match[0]), text) if "&" in text else text


def link(url: str, base: str) -> str | None:
    """An absolute http(s) link without name and password, or None when there is no usable one."""
    if len(url) <= LINK_LIMIT and _PLAIN_LINK.fullmatch(url):
        return url
    text = "".join(_INVISIBLE.sub("", url).split())
    if not text or len(text) > LINK_LIMIT:
        return None
    try:
        parts = urlsplit(urljoin(base, text))
        host, _ = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
