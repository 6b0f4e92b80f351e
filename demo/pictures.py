"""Draws a command's real output as an SVG picture that follows the reader's light or dark setting."""

import argparse
import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

from demo.play import COMMAND, tell
from demo.story import load_story
from evtimeline.core.cells import cells

CELL, LINE, MARGIN = 8.4, 19, 16  # pixels: a cell's width at 14px, a line's height, the space around
COLUMNS = 128  # of the terminal that is drawn
SGR = re.compile(r"\x1b\[([\d;]*)m")
COLOURS = {31: "red", 32: "green", 33: "yellow", 34: "blue", 35: "magenta", 36: "cyan", 90: "dim"}
STYLE = """
 .page{fill:#ffffff;stroke:#d0d7de} text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"Noto Sans Mono CJK SC",monospace;fill:#1f2328}
 .bold{font-weight:700} .dim{fill:#656d76} .red{fill:#b3261e} .green{fill:#1a7f37} .yellow{fill:#8a5a00} .blue{fill:#0969da}
 .magenta{fill:#8250df} .cyan{fill:#0b7285} .under{text-decoration:underline}
 .wide{font-size:16px}
 @media (prefers-color-scheme:dark){.page{fill:#0d1117;stroke:#30363d} text{fill:#e6edf3} .dim{fill:#8d96a0} .red{fill:#ff7b72}
 .green{fill:#3fb950} .yellow{fill:#d29922} .blue{fill:#58a6ff} .magenta{fill:#bc8cff} .cyan{fill:#56d4dd}}
"""  # noqa: E501


@dataclass(frozen=True)
class Cell:
    """One character of the screen: the column it begins in, how many it takes, and how it looks."""

    text: str
    column: int
    width: int
    look: tuple[str, ...]


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw the pictures of the documentation: `status` after the last stage, for somebody who looked before it."""
    parser = argparse.ArgumentParser(prog="python -m demo.pictures", description=__doc__)
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args(arguments).folder
    story = load_story()
    *_, before, last = story.stages
    for name, language in (("status", "en_US.UTF-8"), ("status.zh", "zh_CN.UTF-8")):
        with TemporaryDirectory() as home:
            tell(story, Path(home), len(story.stages) - 1)
            on_terminal(["status"], Path(home), before.at, language, COLUMNS)
            tell(story, Path(home), len(story.stages))
            output = on_terminal(["status"], Path(home), last.at, language, COLUMNS)
            axis = on_terminal(["timeline"], Path(home), last.at, language, COLUMNS)
        (folder / f"{name}.svg").write_text(draw(f"$ evtimeline status\n{output}"), "utf-8")
        (folder / f"{name.replace('status', 'timeline')}.svg").write_text(
            draw(f"$ evtimeline timeline\n{axis}"), "utf-8"
        )
    return 0


def on_terminal(arguments: Sequence[str], home: Path, now: datetime, language: str, columns: int) -> str:
    """What `evtimeline` writes to a terminal of that many columns, escape sequences included."""
    near, far = pty.openpty()
    fcntl.ioctl(far, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment = {
        **kept,
        "TERM": "xterm-256color",
        "LANG": language,
        "EVTIMELINE_HOME": str(home),
        "EVTIMELINE_NOW": now.isoformat(),
    }
    process = subprocess.Popen([COMMAND, *arguments], stdin=far, stdout=far, stderr=far, env=environment)
    os.close(far)
    output = b"".join(_chunks(near))
    os.close(near)
    if process.wait():
        raise SystemExit(f"evtimeline {' '.join(arguments)} failed:\n{output.decode()}")
    return output.decode().replace("\r\n", "\n")


def _chunks(descriptor: int) -> Iterator[bytes]:
    while True:
        try:
            chunk = os.read(descriptor, 65536)
        except OSError:  # Linux answers EIO once the other side is closed
            return
        if not chunk:
            return
        yield chunk


def draw(output: str) -> str:
    """Terminal output as an SVG document; every character keeps its cell, whatever font the reader has."""
    lines = [list(_cells(line)) for line in _with_looks(output.rstrip("\n"))]
    columns = max((line[-1].column + line[-1].width for line in lines if line), default=0)
    width, height = columns * CELL + 2 * MARGIN, len(lines) * LINE + 2 * MARGIN
    words = "".join(
        _word(list(cells), row)
        for row, line in enumerate(lines)
        for (spaces, _, _), cells in groupby(line, key=lambda cell: (cell.text == " ", cell.look, cell.width))
        if not spaces
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height}" width="{width:.0f}">'
        f"<style>{STYLE}</style>\n"
        f'<rect class="page" x=".5" y=".5" width="{width - 1:.0f}" height="{height - 1}" rx="8"/>\n{words}</svg>\n'
    )


def _word(cells: Sequence[Cell], row: int) -> str:
    wide = cells[0].width == 2
    classes = (*cells[0].look, "wide") if wide else cells[0].look
    look = f' class="{" ".join(classes)}"' if classes else ""
    xs = [f"{MARGIN + cell.column * CELL:.1f}" for cell in cells]
    place = (
        f'x="{" ".join(xs)}"'
        if wide
        else f'x="{xs[0]}" textLength="{len(cells) * CELL:.1f}" lengthAdjust="spacingAndGlyphs"'
    )
    text = escape("".join(cell.text for cell in cells))
    return f'<text {place} y="{MARGIN + row * LINE + 14}"{look}>{text}</text>\n'


def _with_looks(output: str) -> Iterator[list[tuple[str, tuple[str, ...]]]]:
    look: tuple[str, ...] = ()
    for line in output.split("\n"):
        pieces: list[tuple[str, tuple[str, ...]]] = []
        for index, piece in enumerate(SGR.split(line)):
            if index % 2:
                look = _restyled(look, piece)
            elif piece:
                pieces.append((piece, look))
        yield pieces


def _restyled(look: tuple[str, ...], codes: str) -> tuple[str, ...]:
    for code in (int(code or 0) for code in codes.split(";")):
        names = {0: "", 1: "bold", 2: "dim", 4: "under", **COLOURS}
        name = names.get(code)
        if code == 0:
            look = ()
        elif name and name not in look:
            look = (*look, name)
    return look


def _cells(pieces: Sequence[tuple[str, tuple[str, ...]]]) -> Iterator[Cell]:
    column = 0
    for text, look in pieces:
        for character in text:
            width = cells(character)
            if width:
                yield Cell(character, column, width, look)
            column += width


if __name__ == "__main__":
    sys.exit(main())
