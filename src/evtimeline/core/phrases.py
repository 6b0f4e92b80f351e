"""Date expressions of Chinese and English news, found in text and resolved against the day of publication."""

import re
from dataclasses import dataclass, replace
from datetime import date

from evtimeline.core import phrases_en, phrases_zh, words_en, words_zh
from evtimeline.core.composing import Bound, Expression, Move, compose
from evtimeline.core.dating import in_year_of, is_deadline, window_of
from evtimeline.core.senses import UNKNOWN, Cues, Direction, Sense, sense_of
from evtimeline.core.text import fold
from evtimeline.core.windows import Window, parse_edtf
from evtimeline.errors import DateNotUnderstoodError

Role = Move
_FULL_WORDS = ("day.", "June.", "July.", "March.", "April.", "May.", "August.", "ber.", "ary.")
_SENTENCE_END = re.compile(r"[。!?;\n]|\.\s")
_HAN = re.compile("[一-鿿]")
_LATIN_WORDS = re.compile(r"[a-z]{2,}[ .,]{1,2}(?:[a-z]{2,}|\d)")  # more than a name within a Chinese text
_TRIM = " \t\n.,;!?()[]\"'。=:"


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date expression: its words, where they stand (code points, end exclusive) and the days it means.

    `explicit_year`: the year was said (2025, next year), not inferred. `role`: old or new date of a move. `deadline`:
    "by", "before", 前 stood beside it, also where the window itself is closed ("by the end of June" is 21..30 June).
    `begun`: the days named by "since July", in which it began.
    """

    text: str
    start: int
    end: int
    window: Window
    explicit_year: bool = False
    role: Role | None = None
    deadline: bool = False
    begun: Window | None = None


def find_dates(text: str, reference: date, language: str = "", fiscal_start: int = 1) -> tuple[FoundDate, ...]:
    """Every date expression of `text`, in order, resolved against the publication day `reference`.

    `language` ("zh", "en") decides where both could be meant (10/11/2025); unknown, the script decides.
    `fiscal_start` is the month in which the company's fiscal year begins. Never raises; linear in the length.
    """
    folded = fold(text)
    han = _HAN.search(folded) is not None
    latin = not han or language.startswith("en") or _LATIN_WORDS.search(folded) is not None
    chinese = _chinese(text, folded, reference, fiscal_start) if han else []
    english = _english(text, folded, reference, fiscal_start, day_first=language.startswith("zh")) if latin else []
    if not (chinese and english):
        return tuple(chinese or english)
    return _merged(*((english, chinese) if language.startswith("en") else (chinese, english)))


def _chinese(text: str, folded: str, reference: date, fiscal_start: int) -> list[FoundDate]:
    expressions = compose(folded, list(words_zh.scan(folded, reference)), phrases_zh.GRAMMAR)
    return _dated(text, folded, expressions, phrases_zh.CUES, reference, fiscal_start)


def _english(text: str, folded: str, reference: date, fiscal_start: int, *, day_first: bool) -> list[FoundDate]:
    words = list(words_en.scan(text, folded, reference, day_first=day_first))
    return _dated(text, folded, compose(folded, words, phrases_en.GRAMMAR), phrases_en.CUES, reference, fiscal_start)


def _merged(first: list[FoundDate], second: list[FoundDate]) -> tuple[FoundDate, ...]:
    """The dates of two readings of one text; where they overlap the first reading is right."""
    taken = iter(first)
    here = next(taken, None)
    kept = list(first)
    for found in second:
        while here is not None and here.end <= found.start:
            here = next(taken, None)
        if here is None or found.end <= here.start:
            kept.append(found)
    return tuple(sorted(kept, key=lambda found: found.start))


def _dated(
    text: str, folded: str, expressions: list[Expression], cues: Cues, reference: date, fiscal_start: int
) -> list[FoundDate]:
    """The expressions that mean days, each read in its sentence."""
    found: list[FoundDate] = []
    before: Expression | None = None
    for expression in expressions:
        if before is not None and not _SENTENCE_END.search(folded, before.end, expression.start):
            bracketed = folded[before.end : expression.start].strip() in ("(", ",即", "即")
            expression = in_year_of(expression, before, reference, beside=bracketed)
        sense = _sense(text, folded, expression, cues)
        window = window_of(expression, reference, sense, fiscal_start)
        if window is not None:
            begun = _begun(expression, reference, fiscal_start) if expression.bound is Bound.SINCE else None
            found.append(_found(text, expression, window, begun))
            before = expression
    return found


def _begun(expression: Expression, reference: date, fiscal_start: int) -> Window | None:
    """The days from which something has gone on, where they are past."""
    window = window_of(replace(expression, bound=None), reference, Sense(Direction.PAST), fiscal_start)
    return window if window and window.earliest and window.earliest <= reference else None


def _sense(text: str, folded: str, expression: Expression, cues: Cues) -> Sense:
    """The sense of the sentence, where the year, month or week is left to it."""
    if expression.first.year or expression.first.span or expression.first.week:
        return UNKNOWN
    if len(text) < 60 and not (text[: expression.start] + text[expression.end :]).strip(_TRIM):
        return Sense(Direction.ALONE)
    return sense_of(folded, expression.start, expression.end, cues)


def _found(text: str, expression: Expression, window: Window, begun: Window | None) -> FoundDate:
    start, end = expression.start, expression.end
    while text[start].isspace():
        start += 1
    while text[end - 1].isspace():
        end -= 1
    if text[end - 1] == "." and text[start:end].endswith(_FULL_WORDS):
        end -= 1
    said = text[start:end]
    if (
        end < len(text)
        and text[end] in ")）"
        and said.count("(") + said.count("（") > said.count(")") + said.count("）")
    ):
        end += 1
    explicit = bool(expression.first.year or expression.first.relative)
    deadline = is_deadline(expression)
    return FoundDate(text[start:end], start, end, window, explicit, expression.move, deadline, begun)


def parse_window(text: str, today: date) -> Window:
    """What a person types as a date; the whole text must be one. Raises DateNotUnderstoodError.

    Understood are EDTF (2025-06, 2025-06/2025-07, 2026/..), 2025-Q3 and 2025-H2, and what news writes: Q3 2025,
    mid 2026, June 26 2025, end of year, no earlier than 2026, 2025下半年, 6月26日, 年底. Days, weekdays and months
    without a year are read as they are in news.
    """
    try:
        return parse_edtf(text)
    except DateNotUnderstoodError:
        found = find_dates(text, today)
        if len(found) == 1 and not (text[: found[0].start] + text[found[0].end :]).strip(_TRIM):
            return found[0].window
        raise
