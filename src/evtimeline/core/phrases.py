"""Date expressions of Chinese and English news, found in text and resolved against the day of publication."""

import re
from dataclasses import dataclass
from datetime import date

from evtimeline.core import phrases_en, phrases_zh, words_en, words_zh
from evtimeline.core.composing import Expression, Move, compose
from evtimeline.core.dating import in_year_of, is_deadline, window_of
from evtimeline.core.senses import UNKNOWN, Cues, Direction, Sense, sense_of
from evtimeline.core.text import fold
from evtimeline.core.windows import Window, parse_edtf
from evtimeline.errors import DateNotUnderstoodError

Role = Move
_FULL_WORDS = ("day.", "June.", "July.", "March.", "April.", "May.", "August.", "ber.", "ary.")
_SENTENCE_END = re.compile(r"[。!?;\n]|\.\s")
_HAN = re.compile("[一-鿿]")
_TRIM = " \t\n.,;!?()[]\"'。=:"


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date expression: its words, where they stand (code points, end exclusive) and the days it means.

    `explicit_year`: the year was said (2025, next year), not inferred. `role`: old or new date of a move. `deadline`:
    "by", "before", 前 stood beside it, also where the window itself is closed ("by the end of June" is 21..30 June).
    """

    text: str
    start: int
    end: int
    window: Window
    explicit_year: bool = False
    role: Role | None = None
    deadline: bool = False


def find_dates(text: str, reference: date, language: str = "", fiscal_start: int = 1) -> tuple[FoundDate, ...]:
    """Every date expression of `text`, in order, resolved against the publication day `reference`.

    `language` ("zh", "en") decides how digits alone are read (10/11/2025); unknown, the script decides.
    `fiscal_start` is the month in which the company's fiscal year begins. Never raises; linear in the length.
    """
    folded = fold(text)
    chinese = _HAN.search(folded) is not None
    if chinese:
        grammar, cues, mentions = phrases_zh.GRAMMAR, phrases_zh.CUES, list(words_zh.scan(folded, reference))
    else:
        day_first = language.startswith("zh")
        grammar, cues = phrases_en.GRAMMAR, phrases_en.CUES
        mentions = list(words_en.scan(text, folded, reference, day_first=day_first))
    found: list[FoundDate] = []
    before: Expression | None = None
    for expression in compose(folded, mentions, grammar) if mentions else ():
        if before is not None and not _SENTENCE_END.search(folded, before.end, expression.start):
            expression = in_year_of(expression, before, reference)
        window = window_of(expression, reference, _sense(text, folded, expression, cues), fiscal_start)
        if window is not None:
            found.append(_found(text, expression, window))
            before = expression
    return tuple(found)


def _sense(text: str, folded: str, expression: Expression, cues: Cues) -> Sense:
    """The sense of the sentence, where the year, month or week is left to it."""
    if expression.first.year or expression.first.span or expression.first.week:
        return UNKNOWN
    if len(text) < 60 and not (text[: expression.start] + text[expression.end :]).strip(_TRIM):
        return Sense(Direction.ALONE)
    return sense_of(folded, expression.start, expression.end, cues)


def _found(text: str, expression: Expression, window: Window) -> FoundDate:
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
    return FoundDate(text[start:end], start, end, window, explicit, expression.move, is_deadline(expression))


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
