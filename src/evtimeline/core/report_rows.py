"""Rows of tables that date an event: one cell is a date, another tells what happens; rows of figures are none."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from evtimeline.core import report_words as words
from evtimeline.core.outline import Block
from evtimeline.core.phrases import FoundDate, find_dates
from evtimeline.core.text import fold
from evtimeline.core.windows import Window

_BESIDE: Final = re.compile(
    r"[\s()（）,，~约预计前后左右底初内]*|.{0,3}(?:expected|planned|target|est\.?|by|in|around|about|late"
    r"|early|end of).{0,3}",
    re.I,
)
_EVENT_HEAD: Final = re.compile(
    r"里程碑|事件|节点|项目|内容|事项|进展|计划|milestone|event|what|project|plan|description|step"
)
_PLANNED: Final = re.compile(r"预计|计划|拟|待|未|目标|规划|expected|planned|target|pending|upcoming|scheduled|due")
_NUMBER: Final = re.compile(r"\d{1,2}[./]\d{1,2}")
_FIGURE: Final = re.compile(r"[-+~<>≥≤约]?\s*[$€£¥]?\d[\d,.]*\s*\S{0,6}")


@dataclass(frozen=True, slots=True)
class Told:
    """What a row tells: the event's cell (with the cell in front, where that names whose it is) and its date."""

    event: str
    window: Window
    planned: bool


def told_in_row(block: Block, as_of: date) -> Told | None:
    """The event of a table row; None for heads, rows of figures and rows with no or several dates."""
    dated: list[tuple[int, Window]] = []
    for number, cell in enumerate(block.cells):
        found = find_dates(cell.text, as_of)
        if (
            len(found) == 1
            and _is_near(found[0], as_of)
            and _BESIDE.fullmatch(cell.text[: found[0].start] + cell.text[found[0].end :])
        ):
            dated.append((number, found[0].window))
    if len(dated) != 1:
        return None
    at, window = dated[0]
    others = [number for number in range(len(block.cells)) if number != at]
    said = [number for number in others if not _FIGURE.fullmatch(block.cells[number].text)]
    event = next((n for n in said if _heads_events(block, n)), None)
    if event is None:
        event = next((n for n in said if _tells(block.cells[n].text)), None)
    if event is None:
        return None
    whose = block.cells[0].text if event > 0 and at != 0 and 0 in said else ""
    folded = fold(block.text)
    return Told(f"{whose}{_joint(whose)}{block.cells[event].text}", window, _PLANNED.search(folded) is not None)


def _is_near(found: FoundDate, as_of: date) -> bool:
    """Whether a cell holds a date, not a figure such as 7.2 or 1940."""
    day = found.window.earliest or found.window.latest
    return not _NUMBER.fullmatch(found.text) and day is not None and abs(day.year - as_of.year) <= 15


def _joint(whose: str) -> str:
    return " " if whose and whose[-1].isascii() else ""


def _heads_events(block: Block, number: int) -> bool:
    return number < len(block.header) and _EVENT_HEAD.search(fold(block.header[number])) is not None


def _tells(cell: str) -> bool:
    folded = fold(cell)
    return words.EVENT_ZH.search(folded) is not None or words.EVENT_EN.search(folded) is not None
