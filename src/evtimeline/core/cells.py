"""Foreign text made harmless, then measured, cut and broken by the cells that it takes in a fixed-width face."""

import re
import unicodedata
from functools import lru_cache

ELLIPSIS = "…"

_NARROW = re.compile("[\x00-\u02ff\u2010-\u2027\u2190-\u21ff]*")  # Latin, its punctuation, arrows: one cell each


def safe(text: str) -> str:
    """Make foreign text harmless: one line, no control, escape, bidi or invisible characters, no lone surrogates."""
    return text if text.isprintable() else "".join(map(_safe_character, text))


def _safe_character(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Zs", "Zl", "Zp") or character in "\t\n\r":
        return "\u3000" if character == "\u3000" else " "
    if category == "Cs":
        return "\ufffd"
    return "" if category in ("Cc", "Cf") or _is_no_character(ord(character)) else character


def _is_no_character(point: int) -> bool:
    """Whether Unicode keeps the code point out of every text (XML 1.0 forbids two of them outright)."""
    return point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF


def cells(text: str) -> int:
    """Count the cells that a terminal gives this text (Unicode UAX #11; characters of ambiguous width count one)."""
    return len(text) if _NARROW.fullmatch(text) else sum(map(_cells_of_character, text))


@lru_cache(maxsize=8192)  # texts repeat their characters; three look-ups each would be half of laying out
def _cells_of_character(character: str) -> int:
    if character < "\u0300":
        return 1
    if unicodedata.east_asian_width(character) in "WF":
        return 2
    return 0 if unicodedata.category(character) in ("Mn", "Me", "Cf") or "\u1160" <= character <= "\u11ff" else 1


def _head(text: str, width: int) -> str:
    """The longest beginning of the text that fits `width` cells."""
    used = 0
    for position, character in enumerate(text):
        used += _cells_of_character(character)
        if used > width:
            return text[:position]
    return text


def truncate(text: str, width: int) -> str:
    """Cut the text to `width` cells; what is cut ends in an ellipsis."""
    if cells(text) <= width:
        return text
    return _head(text, width - 1).rstrip() + ELLIPSIS if width > 0 else ""


def abridge(text: str, width: int) -> str:
    """Cut the text to `width` cells in its middle, so that texts that begin alike can be told apart."""
    if cells(text) <= width or width < 8:
        return truncate(text, width)
    tail = _head(text[::-1], width * 2 // 5)[::-1].lstrip()
    return _head(text, width - 1 - cells(tail)).rstrip() + ELLIPSIS + tail


def pad(text: str, width: int) -> str:
    """Fill the text with spaces to `width` cells, or cut it."""
    shown = truncate(text, width)
    return shown + " " * (width - cells(shown))


def wrap(text: str, width: int) -> list[str]:
    """Break the text into lines of at most `width` cells (at least 2): at spaces, or between wide characters."""
    if cells(text) <= width:
        return [text.strip()] if text.strip() else []
    lines = [""]
    for word in _words(text):
        if cells(lines[-1]) + cells(word.rstrip()) > width:
            lines.append("")
        rest = word if lines[-1] else word.lstrip()
        while cells(rest) > width:
            head = _head(rest, width)
            lines[-1] = head
            lines.append("")
            rest = rest[len(head) :]
        lines[-1] += rest
    return [line.rstrip() for line in lines if line.strip()]


def _words(text: str) -> list[str]:
    """Cut at what a line may break at: before a space, and beside a wide character but not inside its punctuation."""
    words, begin = [], 0
    for position in range(1, len(text)):
        character, before = text[position], text[position - 1]
        if character == " " or (_is_wide(character, before) and not _hangs(character, before)):
            words.append(text[begin:position])
            begin = position
    return [*words, text[begin:]] if text else []


def _is_wide(character: str, before: str) -> bool:
    return _cells_of_character(character) == 2 or _cells_of_character(before) == 2


def _hangs(character: str, before: str) -> bool:
    """Whether a mark may not begin the line, or what is before it not end one."""
    closing = unicodedata.category(character) in ("Po", "Pe", "Pf")
    return closing or unicodedata.category(before) in ("Ps", "Pi")
