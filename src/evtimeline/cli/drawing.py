"""Pictures made of characters: bars, marks and rulers on an axis of time, for terminals that can and cannot."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from evtimeline.cli.terminal import Screen, Style, cells
from evtimeline.core.charts import Axis
from evtimeline.core.windows import Window


@dataclass(frozen=True)
class Glyphs:
    """The characters of a picture, each one cell wide."""

    stands: str
    ghost: str
    other: str
    rumour: str
    forecast: str
    overdue: str
    done: str
    reported: str
    cancelled: str
    stated: str
    today: str
    year: str
    rule: str
    tick: str
    now: str
    past: str
    future: str
    plain: bool = False

    def text(self, line: str) -> str:
        """A line in these characters: where only ASCII is wanted, the punctuation that we add ourselves gives way."""
        return line.translate(_PLAIN) if self.plain else line


_PLAIN = str.maketrans({"…": ".", "·": "-", "→": ">", "–": "-", "≥": ">", "≤": "<"})

BLOCKS = Glyphs("█", "░", "▓", "~", "?", "╌", "●", "◐", "✗", "╷", "│", "┊", "─", "┬", "▼", "◀", "▶")
ASCII = Glyphs("=", ".", "#", "~", "?", "!", "*", "o", "x", "'", "|", ":", "-", "+", "V", "<", ">", plain=True)


class Canvas:
    """One line of a picture; what is drawn later covers what was drawn before."""

    def __init__(self, axis: Axis, width: int) -> None:
        self._axis = axis
        self._cells: list[tuple[str, Style]] = [(" ", Style.PLAIN)] * width

    @property
    def width(self) -> int:
        """How many cells it takes."""
        return len(self._cells)

    def column(self, share: float) -> int:
        """The cell in which a place on the axis (0..1) lies."""
        return min(self.width - 1, int(share * self.width))

    def taken(self, share: float, glyph: str) -> bool:
        """Whether that character stands at a place on the axis (0..1)."""
        return self._cells[self.column(share)][0] == glyph

    def mark(self, share: float, glyph: str, style: Style = Style.PLAIN) -> None:
        """Put one character at a place on the axis (0..1)."""
        self._cells[self.column(share)] = (glyph, style)

    def bar(self, window: Window, glyph: str, style: Style, ends: tuple[str, str] | None = None) -> None:
        """Draw a window, one cell at least; `ends` are put where it is open or goes on beyond the axis."""
        span = self._axis.span(window)
        if span is None:
            return
        begin = self.column(span[0])
        end = max(begin + 1, min(self.width, math.ceil(span[1] * self.width - 1e-9)))
        self._cells[begin:end] = [(glyph, style)] * (end - begin)
        if ends and (window.earliest is None or window.earliest < self._axis.first):
            self._cells[0] = (ends[0], style)
        if ends and (window.latest is None or window.latest > self._axis.last):
            self._cells[-1] = (ends[1], style)

    def write(self, column: int, text: str, style: Style = Style.PLAIN) -> None:
        """Write a text of narrow characters from a cell on, cut at the end of the line."""
        for offset, character in enumerate(text[: self.width - column]):
            self._cells[column + offset] = (character, style)

    def paint(self, screen: Screen) -> str:
        """The line in its colours."""
        runs = groupby(self._cells, key=lambda cell: cell[1])
        return "".join(screen.paint("".join(glyph for glyph, _ in run), style) for style, run in runs)


def ticks_for(width: int) -> int:
    """How many labels of months a picture has room for."""
    return max(1, width // 9)


def ruler(axis: Axis, width: int, today: float | None, glyphs: Glyphs, screen: Screen) -> tuple[str, str]:
    """The labels of the axis, and the line under them with a tick for each and a sign for today (0..1)."""
    labels, line = Canvas(axis, width), Canvas(axis, width)
    line.write(0, glyphs.rule * width, Style.FAINT)
    free = 0
    for tick in axis.ticks(ticks_for(width)):
        column = line.column(axis.begin(tick.day))
        line.mark(axis.begin(tick.day), glyphs.tick, Style.FAINT)
        if free <= column <= width - cells(tick.label):
            labels.write(column, tick.label, Style.STRONG if tick.major else Style.FAINT)
            free = column + cells(tick.label) + 1
    if today is not None:
        line.mark(today, glyphs.now, Style.NEWS)
    return labels.paint(screen), line.paint(screen)


def legend(parts: Sequence[tuple[str, Style, str]], screen: Screen) -> tuple[str, ...]:
    """What each sign means, on as few lines as the screen allows."""
    lines: list[str] = []
    used = screen.width
    for glyph, style, meaning in parts:
        size = cells(glyph) + 1 + cells(meaning)
        shown = f"{screen.paint(glyph, style)} {screen.paint(meaning, Style.FAINT)}"
        if lines and used + 3 + size <= screen.width:
            lines[-1] += f"   {shown}"
            used += 3 + size
        else:
            lines.append(shown)
            used = size
    return tuple(lines)
