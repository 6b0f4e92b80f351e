"""What a terminal shows: text made harmless, measured in cells, laid out in columns, coloured when wanted."""

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TextIO

from evtimeline.core.cells import abridge, cells, pad, safe, truncate, wrap

__all__ = [
    "Cell",
    "Column",
    "Screen",
    "Style",
    "abridge",
    "cells",
    "pad",
    "safe",
    "screen_of",
    "table",
    "this_screen",
    "truncate",
    "wrap",
]

GAP = "  "
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
