"""What a terminal shows: text made harmless, measured in cells, laid out in columns, coloured when wanted."""

import os
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TextIO

GAP = "  "
ELLIPSIS = "…"
WITHOUT_TERMINAL = 100  # columns, for a file, a pipe or a cron mail
NARROWEST = 40
UNREADABLE = 4  # cells that a column keeps on a screen that is too narrow for any table


class Style(StrEnum):
    """How a cell is set off, as the parameters of an SGR sequence (ECMA-48); empty for plain text."""

    PLAIN = ""
    STRONG = "1"
    FAINT = "2"
    GOOD = "32"
    WARNING = "33"
    BAD = "1;31"
    NEWS = "36"


@dataclass(frozen=True)
class Screen:
    """What we write on: `width` in cells, and whether colour is wanted."""

    width: int = WITHOUT_TERMINAL
    colour: bool = False

    def paint(self, text: str, style: Style) -> str:
        """Wrap the text in the style's codes, where this screen has colour."""
        return f"\x1b[{style}m{text}\x1b[0m" if self.colour and style and text else text


@dataclass(frozen=True)
class Cell:
    """The text of a table's cell and how it is set off."""

    text: str
    style: Style = Style.PLAIN


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading, the cells it needs at `least`, and who gives way.

    Columns with a higher `yields` shrink first, down to `least`; if that is not enough, the `optional` ones are left
    out, again the higher first. What is cut loses its end, or with `middle` its middle: titles begin alike.
    """

    heading: str
    least: int
    yields: int = 0
    optional: bool = False
    middle: bool = False


def screen_of(stream: TextIO, environment: Mapping[str, str]) -> Screen:
    """Look at a stream and the environment: COLUMNS, NO_COLOR (no-color.org), FORCE_COLOR and TERM=dumb are obeyed."""
    return Screen(max(NARROWEST, _columns(stream, environment)), _wants_colour(stream, environment))


def this_screen() -> Screen:
    """The screen of this process."""
    return screen_of(sys.stdout, os.environ)


def _columns(stream: TextIO, environment: Mapping[str, str]) -> int:
    typed = environment.get("COLUMNS", "")
    if typed.isdecimal() and int(typed) > 0:
        return int(typed)
    for candidate in (stream, sys.stderr, sys.stdin):  # `status | less` still has a terminal somewhere
        try:
            columns = os.get_terminal_size(candidate.fileno()).columns
        except (OSError, ValueError, AttributeError):
            continue
        if columns > 0:
            return columns
    return WITHOUT_TERMINAL


def _wants_colour(stream: TextIO, environment: Mapping[str, str]) -> bool:
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR", "0") != "0":
        return True
    return stream.isatty() and environment.get("TERM") != "dumb"


def safe(text: str) -> str:
    """Make foreign text harmless: one line, no control, escape, bidi or invisible characters, no lone surrogates."""
    return text if text.isprintable() else "".join(map(_safe_character, text))


def _safe_character(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Zs", "Zl", "Zp") or character in "\t\n\r":
        return "\u3000" if character == "\u3000" else " "
    if category == "Cs":
        return "\ufffd"
    return "" if category in ("Cc", "Cf") else character


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
    """Cut at what a line may break at: before a space, and beside a wide character but not before its punctuation."""
    words = [""]
    for character in text:
        wide = _cells_of_character(character) == 2
        after_wide = bool(words[-1]) and _cells_of_character(words[-1][-1]) == 2
        closing = unicodedata.category(character) in ("Po", "Pe", "Pf")
        if character == " " or ((wide or after_wide) and not closing):
            words.append(character)
        else:
            words[-1] += character
    return [word for word in words if word]


def table(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], screen: Screen) -> list[str]:
    """Lay out rows under their headings so that no line is wider than the screen."""
    natural = [
        max([cells(column.heading), *(cells(row[index].text) for row in rows)]) for index, column in enumerate(columns)
    ]
    shown = list(zip(columns, _fit(columns, natural, screen.width), strict=True))
    headings = [Cell(column.heading, Style.FAINT) for column in columns]
    return [_line(row, shown, screen) for row in (headings, *rows)]


def _line(row: Sequence[Cell], columns: Sequence[tuple[Column, int | None]], screen: Screen) -> str:
    shown = [(cell, column, width) for cell, (column, width) in zip(row, columns, strict=True) if width is not None]
    parts = []
    for position, (cell, column, width) in enumerate(shown, start=1):
        text = abridge(cell.text, width) if column.middle else truncate(cell.text, width)
        filling = "" if position == len(shown) else " " * (width - cells(text))
        parts.append(screen.paint(text, cell.style) + filling)
    return GAP.join(parts).rstrip()


def _fit(columns: Sequence[Column], natural: Sequence[int], width: int) -> list[int | None]:
    """Give every column its width, or None to those that have no room."""
    order = sorted(range(len(columns)), key=lambda index: -columns[index].yields)
    widths: list[int | None] = list(natural)
    _shrink(widths, [(index, columns[index].least) for index in order], width)
    for index in order:
        if _total(widths) > width and columns[index].optional:
            widths[index] = None
    _shrink(widths, [(index, UNREADABLE) for index in order], width)
    return _widen(order, widths, natural, width)


def _shrink(widths: list[int | None], leasts: Sequence[tuple[int, int]], width: int) -> None:
    """Take what is too much from one column after another, leaving each its least."""
    for index, least in leasts:
        present, excess = widths[index], _total(widths) - width
        if present is not None and excess > 0:
            widths[index] = max(min(least, present), present - excess)


def _widen(order: Sequence[int], widths: list[int | None], natural: Sequence[int], width: int) -> list[int | None]:
    """Give back what is left after a column was dropped, to the column that yields last first."""
    for index in reversed(order):
        present = widths[index]
        if present is not None:
            widths[index] = min(natural[index], present + max(0, width - _total(widths)))
    return widths


def _total(widths: Sequence[int | None]) -> int:
    shown = [width for width in widths if width is not None]
    return sum(shown) + len(GAP) * (len(shown) - 1)
