"""A report cut into headings, bullets, table rows and paragraphs, without moving a single offset."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from evtimeline.core.text import fold, is_cjk


class BlockSort(StrEnum):
    """What a block is; headings say what is below them and make no statement themselves."""

    HEADING = "heading"
    ITEM = "item"
    ROW = "row"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table row; the offsets are those of the report."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the report: the text from `start` to `end`, line breaks in it made blanks, and the headings above.

    `label` is what stands in front of the first colon of an item or paragraph, when it is short ("小米 YU7：…").
    """

    sort: BlockSort
    text: str
    start: int
    end: int
    headings: tuple[str, ...] = ()
    label: str = ""
    cells: tuple[Cell, ...] = ()
    header: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    sort: BlockSort
    level: int
    body: int  # where the text begins behind the mark of the bullet or heading
    alone: bool = False  # between blank lines


_MARKED_HEADING: Final = re.compile(r"\s*(#{1,6})\s+(?=\S)")
_NUMBERED: Final = (
    re.compile(r"\s*第[一二三四五六七八九十\d]{1,3}[章节部篇][ 、.:]?\s*"),
    re.compile(r"\s*[一二三四五六七八九十]{1,3}\s*[、.]\s*"),
    re.compile(r"\s*\([一二三四五六七八九十]{1,3}\)\s*"),
    re.compile(r"\s*(?:\d{1,2}(?:\.\d{1,2}){0,3}\s*[、.)]?\s+|\d{1,2}[、.)](?!\d)\s*|\(\d{1,2}\)\s*|[ivx]{1,4}\.\s+)"),
)
_BULLET: Final = re.compile(r"\s*(?:[-*+•·●○▪■◆►▶–—]\s+|[•●○▪■◆►▶]|[①-⑳]\s*)")
_RULE: Final = re.compile(r"[\s|:+=_*#~-]*")
_ENDS: Final = tuple("。.!?;；！？：:…,，、")
_LABEL: Final = re.compile(r"[^:。;!?|]{1,40}?(?:(?<!\d):|:(?!\d))(?!//)")
_EMPHASIS: Final = re.compile(r"\*{1,3}|__|`")


def outline(text: str) -> tuple[Block, ...]:
    """The blocks of a report in plain text or Markdown, in order."""
    lines = _joined(list(_lines(text)))
    blocks: list[Block] = []
    headings: list[tuple[int, str]] = []
    header: tuple[str, ...] = ()
    for number, line in enumerate(lines):
        sort = _sort(line, lines[number + 1] if number + 1 < len(lines) else None)
        said = text[line.body : line.end].replace("\n", " ").replace("\r", " ")
        said = _EMPHASIS.sub(lambda mark: " " * len(mark.group()), said)
        if sort is BlockSort.HEADING:
            headings = [(level, name) for level, name in headings if level < line.level]
            headings.append((line.level, said.strip(" #")))
        cells = tuple(_cells(said, line.body)) if sort is BlockSort.ROW else ()
        header = (header or tuple(cell.text for cell in cells)) if cells else ()
        above = tuple(name for _, name in headings)
        blocks.append(Block(sort, said, line.body, line.end, above, _label(said, sort), cells, header))
    return tuple(blocks)


def _lines(text: str) -> Iterator[_Line]:
    """The lines that say something, each with its mark."""
    at = 0
    for line in text.splitlines(keepends=True):
        start, at = at, at + len(line)
        bare = line.rstrip()
        if bare and not _RULE.fullmatch(bare):
            yield _marked(start, bare)
        elif bare.strip():
            yield _Line(start, start, "", BlockSort.PARAGRAPH, 0, start)
        else:
            yield _Line(start, start, "", BlockSort.PARAGRAPH, 9, start)


def _marked(start: int, line: str) -> _Line:
    folded = fold(line)
    end = start + len(line)
    heading = _MARKED_HEADING.match(folded)
    if heading:
        numbers = (pattern.match(folded, heading.end()) for pattern in _NUMBERED)
        body = next((number.end() for number in numbers if number and number.end() < len(line)), heading.end())
        return _Line(start, end, line, BlockSort.HEADING, len(heading[1]), start + body)
    if line.count("|") >= 2 or " | " in line:
        return _Line(start, end, line, BlockSort.ROW, 9, start + len(line) - len(line.lstrip()))
    bullet = _BULLET.match(line)
    if bullet:
        return _Line(start, end, line, BlockSort.ITEM, 9, start + bullet.end())
    for level, pattern in enumerate(_NUMBERED, start=1):
        number = pattern.match(folded)
        if number and number.end() < len(line):
            return _Line(start, end, line, BlockSort.ITEM, level, start + number.end())
    return _Line(start, end, line, BlockSort.PARAGRAPH, 8, start + len(line) - len(line.lstrip()))


def _joined(lines: list[_Line]) -> list[_Line]:
    """The lines with those put together that were only broken at the margin; blank lines are dropped."""
    widths = sorted(_width(line.text) for line in lines if line.text)
    usual = widths[len(widths) * 9 // 10] if widths else 0
    wrapped = 40 <= usual <= 130
    joined: list[_Line] = []
    open_ended = False
    for number, line in enumerate(lines):
        if not line.text:
            open_ended = False
            continue
        plain = line.sort is BlockSort.PARAGRAPH
        if plain and open_ended:
            last = joined[-1]
            joined[-1] = _Line(last.start, line.end, line.text, last.sort, last.level, last.body)
        else:
            alone = not (number and lines[number - 1].text) and not (number + 1 < len(lines) and lines[number + 1].text)
            joined.append(replace(line, alone=alone))
        flows = joined[-1].sort in (BlockSort.PARAGRAPH, BlockSort.ITEM)
        # a sentence may end at the margin, too; then the next line goes on with the same paragraph
        open_ended = wrapped and flows and _width(line.text) >= 0.72 * usual
    return joined


def _width(line: str) -> int:
    return sum(2 if is_cjk(character) else 1 for character in line)


def _sort(line: _Line, following: _Line | None) -> BlockSort:
    """The sort of a line by its mark, its length and what comes next: a numbered title is a heading."""
    if line.sort in (BlockSort.HEADING, BlockSort.ROW):
        return line.sort
    said = line.text.strip()
    ended = said.endswith(_ENDS)
    numbered = line.sort is BlockSort.ITEM and line.level < 9
    short = _width(said) <= 60 and "。" not in said
    if numbered and short and not ended and following is not None:
        same = following.sort is BlockSort.ITEM and following.level == line.level
        return BlockSort.ITEM if same or (line.level == 4 and _is_statement(said)) else BlockSort.HEADING
    if line.alone and line.sort is BlockSort.PARAGRAPH and short and not ended and not re.search(r"[\d年月日]$", said):
        return BlockSort.HEADING
    bare = line.sort is BlockSort.PARAGRAPH and line.end - line.start == len(line.text)
    if bare and short and following is not None and (not ended or said.endswith((":", "："))):
        return BlockSort.HEADING if not _is_statement(said) or said.endswith((":", "：")) else BlockSort.PARAGRAPH
    return line.sort


def _is_statement(said: str) -> bool:
    return any(mark in said for mark in ("，", ", ", ": ", "："))


def _cells(said: str, offset: int) -> Iterator[Cell]:
    at = 0
    for piece in said.split("|"):
        start = at + len(piece) - len(piece.lstrip())
        if piece.strip():
            yield Cell(piece.strip(), offset + start, offset + start + len(piece.strip()))
        at += len(piece) + 1


def _label(said: str, sort: BlockSort) -> str:
    if sort not in (BlockSort.ITEM, BlockSort.PARAGRAPH):
        return ""
    label = _LABEL.match(fold(said))
    return said[: label.end() - 1].strip() if label else ""
