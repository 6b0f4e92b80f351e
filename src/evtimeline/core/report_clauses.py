"""Sentences of a report cut into pieces that each make one statement: at commas, and between dates."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from evtimeline.core import report_words as words
from evtimeline.core.report_dates import DateSpan
from evtimeline.core.text import clauses

_COMMA: Final = re.compile(r"(?<!\d),|,(?!\d)|(?<!\d):|:(?!\d)|——|\s[-–]\s")
_OPEN: Final = "([{"
_CLOSE: Final = ")]}"
_THIN: Final = re.compile(
    r"(?:(?:于|在|将|自|从|到|至|约|是|为|时间|日期|左右|前后|起|期间|内|中|底|初|里|the|in|on|by|at|from"
    r"|during|of|around|about"
    r"|date|and|early|late|until|no|later|than|end)(?![a-z])"
    r"|[\s,.;:。()\-–—~*'\"])*"
)
_AND_EN: Final = re.compile(r",?\s+(?:and|while|but|before|then|with)\s+")
_AND_ZH: Final = re.compile(r"[、,]|并(?=[将计拟于在预力])|(?<=[产市付工])(?:和|及|并|、)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a block's text with at most one date; `sentence` counts from 0, `first`: it begins its sentence."""

    start: int
    end: int
    sentence: int
    first: bool
    dated: DateSpan | None = None


def pieces_of(folded: str, dates: Sequence[DateSpan]) -> tuple[Piece, ...]:
    """The pieces of a block in order."""
    chinese = any("一" <= character <= "鿿" for character in folded)
    found: list[Piece] = []
    taken = 0
    for number, (start, end) in enumerate(_sentences(folded)):
        here: list[DateSpan] = []
        while taken < len(dates) and dates[taken].start < end:
            here.append(dates[taken])
            taken += 1
        cut = list(_cut(folded, start, end, here))
        merged = _merged(folded, cut, here)
        first = True
        for low, high, inside in merged:
            for a, b, dated in _between(folded, low, high, inside, chinese):
                found.append(Piece(a, b, number, first, dated))
                first = False
    return tuple(found)


def _sentences(folded: str) -> Iterator[tuple[int, int]]:
    """Where each sentence begins and ends."""
    start = end = sentence = -1
    for clause in clauses(folded):
        if clause.sentence != sentence:
            if start >= 0:
                yield start, end
            start, sentence = clause.start, clause.sentence
        end = clause.end
    if start >= 0:
        yield start, end


def _cut(folded: str, start: int, end: int, dates: Sequence[DateSpan]) -> Iterator[tuple[int, int]]:
    """The sentence cut at commas and colons that stand outside brackets and dates."""
    depth, at, last, passed = 0, start, start, 0
    for mark in _COMMA.finditer(folded, start, end):
        for character in folded[at : mark.start()]:
            depth = max(0, depth + (character in _OPEN) - (character in _CLOSE))
        at = mark.start()
        while passed < len(dates) and dates[passed].end <= mark.start():
            passed += 1
        in_date = passed < len(dates) and dates[passed].start < mark.start()
        if depth == 0 and not in_date and folded[last : mark.start()].strip():
            yield last, mark.start()
            last = mark.end()
    if folded[last:end].strip():
        yield last, end


_Span = tuple[int, int, list[DateSpan]]


def _merged(folded: str, cut: Sequence[tuple[int, int]], dates: Sequence[DateSpan]) -> list[_Span]:
    """Pieces that hold nothing but a date go with the next one, or with a label or the one before."""
    starts = [one.start for one in dates]
    spans: list[_Span] = [(a, b, list(dates[bisect_left(starts, a) : bisect_left(starts, b)])) for a, b in cut]
    merged: list[_Span] = []
    waiting: _Span | None = None
    for number, span in enumerate(spans):
        low, high, inside = (waiting[0], span[1], waiting[2] + span[2]) if waiting else span
        waiting = None
        if inside and _is_thin(folded, low, high, inside):
            before = merged[-1] if merged and not merged[-1][2] else None
            following = spans[number + 1] if number + 1 < len(spans) else None
            backwards = before and (
                following is None or following[2] or (_names_an_event(folded, before) and not _tells(folded, following))
            )
            if before and backwards:
                while len(merged) > 1 and not merged[-2][2] and not _promises(folded, merged[-1]):
                    merged.pop()  # an apposition stands between the predicate and its date
                merged[-1] = (merged[-1][0], high, inside)
                continue
            if following and not following[2]:
                waiting = (low, high, inside)
                continue
        merged.append((low, high, inside))
    return merged


def _names_an_event(folded: str, span: _Span) -> bool:
    """Whether a piece ends in an event or in "time", as a label does that a date follows: 上市时间:2025 年 8 月."""
    said = folded[span[0] : span[1]].rstrip()
    if "一" <= said[-1:] <= "鿿":
        return said.endswith(("时间", "日期")) or any(m.end() == len(said) for m in words.EVENT_ZH.finditer(said))
    return len(said) < 40 and words.EVENT_EN.search(said) is not None and "|" not in said


def _promises(folded: str, span: _Span) -> bool:
    """Whether a piece says that something is planned, or that it has happened."""
    patterns = (words.PLAN_ZH, words.PLAN_EN, words.FORECAST_ZH, words.FORECAST_EN, words.HARD_ZH, words.HARD_EN)
    return _names_an_event(folded, span) or any(pattern.search(folded, span[0], span[1]) for pattern in patterns)


def _tells(folded: str, span: _Span) -> bool:
    """Whether a piece tells an event itself."""
    return any(pattern.search(folded, span[0], span[1]) for pattern in (words.EVENT_ZH, words.EVENT_EN))


def _is_thin(folded: str, low: int, high: int, dates: Sequence[DateSpan]) -> bool:
    rest, at = "", low
    for one in dates:
        rest += folded[at : one.start] + " "
        at = one.end
    rest += folded[at:high]
    for pattern in (words.PLAN_ZH, words.FORECAST_ZH, words.PLAN_EN, words.FORECAST_EN, words.DONE):
        rest = pattern.sub(" ", rest)
    return _THIN.fullmatch(rest) is not None


def _between(
    folded: str, low: int, high: int, dates: Sequence[DateSpan], chinese: bool
) -> Iterator[tuple[int, int, DateSpan | None]]:
    """A piece with several dates, cut between them: behind each date in English, in front of each in Chinese."""
    at = low
    for one, following in pairwise(dates):
        joints = list((_AND_ZH if chinese else _AND_EN).finditer(folded, one.end, following.start))
        if joints:
            joint = joints[-1] if chinese else joints[0]
            cut, resume = joint.start(), joint.end() if not chinese or joint.group() in "、,和及并" else joint.start()
        else:
            cut = resume = following.start if chinese else one.end
        yield at, cut, one
        at = resume
    yield at, high, dates[-1] if dates else None
