"""Foreign text made harmless, then measured, cut and broken by the cells that it takes in a fixed-width face."""

import unicodedata

ELLIPSIS = "…"


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
    return len(text) if text.isascii() else sum(map(_cells_of_character, text))


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
    words = [""]
    for character in text:
        wide = _cells_of_character(character) == 2
        after_wide = bool(words[-1]) and _cells_of_character(words[-1][-1]) == 2
        closing = unicodedata.category(character) in ("Po", "Pe", "Pf")
        opened = bool(words[-1]) and unicodedata.category(words[-1][-1]) in ("Ps", "Pi")
        if character == " " or ((wide or after_wide) and not (closing or opened)):
            words.append(character)
        else:
            words[-1] += character
    return [word for word in words if word]
