"""How a report tells something: as past, as somebody's plan or as a forecast, by whom and on which condition."""

import re
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from evtimeline.core import report_words as words
from evtimeline.core.report_amounts import Amount
from evtimeline.core.report_clauses import Piece
from evtimeline.core.report_names import lead
from evtimeline.core.text import fold
from evtimeline.core.windows import Window

_OLD_NEWS = timedelta(days=6 * 366)
_STALE_PLAN = timedelta(days=62)


class Telling(StrEnum):
    """How the report tells a milestone."""

    PAST = "past"
    PLAN = "plan"
    FORECAST = "forecast"


def is_condition(folded: str, piece: Piece) -> bool:
    """Whether a piece is the condition of what follows (若…, if …)."""
    start = lead(folded, piece.start, piece.end)
    return words.CONDITION.match(folded, start, piece.end) is not None


def telling_of(folded: str, piece: Piece, window: Window, own: Amount | None, as_of: date) -> Telling | None:
    """How a dated piece tells its event; None where it tells none: figures, states, attributes, what is denied."""
    low, high = piece.start, piece.end
    if words.NEGATED.search(folded, low, high) or _is_former(folded, piece):
        return None
    forecast = _cue(folded, piece, words.FORECAST_ZH, words.FORECAST_EN)
    plan = _cue(folded, piece, words.PLAN_ZH, words.PLAN_EN)
    future = window.earliest is not None and window.earliest > as_of
    over = window.latest is not None and window.latest < as_of
    if (forecast or plan) and not (over and _is_perfect(folded, piece)):
        stale = window.latest is not None and window.latest < as_of - _STALE_PLAN
        return None if stale else Telling.FORECAST if forecast else Telling.PLAN
    if future:
        event = _tells(folded, piece, hard=False) or (own and words.MEASURE.search(folded, low, high))
        return Telling.PLAN if event else None
    return Telling.PAST if _happened(folded, piece, window, own, as_of) else None


def _cue(folded: str, piece: Piece, *patterns: re.Pattern[str]) -> bool:
    return any(pattern.search(folded, piece.start, piece.end) for pattern in patterns)


def _is_former(folded: str, piece: Piece) -> bool:
    """Whether the date is the one that something else has replaced."""
    assert piece.dated is not None
    return words.FORMER.search(folded, max(piece.start, piece.dated.start - 40), piece.dated.start) is not None


def _is_perfect(folded: str, piece: Piece) -> bool:
    """Whether it is told as done in spite of a word like 计划, as 计划已于 3 月完成."""
    return words.DONE.search(folded, piece.start, piece.end) is not None and _tells(folded, piece, hard=True)


def _tells(folded: str, piece: Piece, hard: bool) -> bool:
    """Whether a piece tells an event in its predicate, not in an attribute (2024 年上市的 SU7)."""
    low, high = piece.start, piece.end
    for match in (words.HARD_ZH if hard else words.EVENT_ZH).finditer(folded, low, high):
        if not words.ATTRIBUTIVE_ZH.match(folded, match.end(), high) or _has_date_between(piece, match.end()):
            return True
    return (words.HARD_EN if hard else words.EVENT_EN).search(folded, low, high) is not None


def _has_date_between(piece: Piece, end: int) -> bool:
    return piece.dated is not None and piece.dated.start >= end


def _happened(folded: str, piece: Piece, window: Window, own: Amount | None, as_of: date) -> bool:
    """Whether a piece tells an event of the recent past, not the figures of a period."""
    low, high = piece.start, piece.end
    if window.latest is not None and window.latest < as_of - _OLD_NEWS:
        return False
    if not _tells(folded, piece, hard=True):
        return False
    if own and words.OLD_RESULT.search(folded, low, high):
        return False
    return not (own and _counts_deliveries(folded, piece))


def _counts_deliveries(folded: str, piece: Piece) -> bool:
    said = folded[piece.start : piece.end]
    return "交付" in said and not any(first in said for first in ("首批", "首台", "开始", "启动", "开启", "突破", "第"))


_PLANNED_ZH: Final = re.compile(r"计划|拟|打算|准备|筹划|筹备|规划|争取|力争")


def undated_plan(folded: str, piece: Piece) -> bool:
    """Whether a piece without a date plans an event."""
    low, high = piece.start, piece.end
    if words.NEGATED.search(folded, low, high) or words.UNSURE.search(folded, low, high):
        return False
    chinese = words.PLAN_ZH.search(folded, low, high)
    if chinese:
        after = Piece(chinese.end(), high, piece.sentence, False)
        return _tells(folded, after, hard=_PLANNED_ZH.search(chinese.group()) is None)
    english = words.PLAN_EN.search(folded, low, high)
    return english is not None and words.EVENT_EN.match(folded, lead(folded, english.end(), high), high) is not None


_ACCORDING: Final = re.compile(
    r"\baccording to (?P<who>[^,.;:()]{2,45})|据(?P<whom>[^,.;:()。]{2,20}?)(?:预计|预测|测算|估计)"
)


def author_ahead(text: str, folded: str, start: int, limit: int) -> str | None:
    """Who is named as the source further on in the sentence ("…, according to Northgate Securities")."""
    stop = folded.find("\n", start, limit)
    match = _ACCORDING.search(folded, start, stop if stop >= 0 else limit)
    if match is None or re.search(r"[。!?]|\.\s", folded[start : match.start()]):
        return None
    group = "who" if match["who"] else "whom"
    who = text[match.start(group) : match.end(group)].strip()
    return who if words.INSTITUTION.search(fold(who)) else None


def author_of(text: str, folded: str, start: int, end: int) -> tuple[str, int] | None:
    """Who forecasts, where a piece begins with them ("瑞银预计…", "UBS expects …"), and where they end."""
    begin = lead(folded, start, end)
    for prefix in ("根据", "据", "according to "):
        if folded.startswith(prefix, begin):
            begin += len(prefix)
    says = words.SAYS.search(folded, begin, min(end, begin + 60))
    stop = says.start() if says else end
    said = text[begin:stop].strip(" ,，:：的")
    told = says or folded.startswith(("据", "according to"), lead(folded, start, end))
    if not said or len(said) > 45 or not told or not words.INSTITUTION.search(fold(said)):
        return None
    return said, (says.end() if says else end)
