"""The subject and the predicate of a statement, without its date and the words of planning, as a title needs them."""

import re
from dataclasses import dataclass
from typing import Final

from evtimeline.core import report_words as words
from evtimeline.core.report_clauses import Piece
from evtimeline.core.report_names import is_chinese, lead, tidy

_BEFORE_DATE: Final = re.compile(
    r"(?:预?计?(?:于|在|到|至|自|从|将于|将在|早在|直到|最迟|不晚于|预计于)|\b(?:in|on|by|at|from|during"
    r"|around|about|before"
    r"|until|of|for|as early as|as soon as|no later than|no earlier than|the"
    r"|in the|by the|as of|over|within|late in|early in|sometime in|starting in|beginning in"
    r"|targeted for|through|to|this|late|early|mid))\s*$"
)
_AFTER_DATE: Final = re.compile(
    r"\s*(?:左右|前后|之前|以前|之后|期间|起|前(?![瞻沿])|内|中旬|底|初|末|时|这一年)?\s*[,]?"
)
_DONE_ZH: Final = re.compile(r"已经?(?=[于在正]|[一-鿿])|正式|顺利|(?<![一-鿿])成功|如期|陆续|逐步|率先")
_EMPTY: Final = re.compile(r"[(（]\s*[)）]|[“\"]\s*[”\"]")
_THEN: Final = re.compile(r"(?:实现|进入|进行)(?=量产|盈利|投产|商用|商业化|上市|交付|并网|达产)")
_DIGITS_ZH: Final = re.compile(
    r"(?<![a-z\d])\d+(?:\.\d+)?\s*(?=[一-鿿%])|总投资|占比|售价|收窄|下滑|增长|上涨|下跌|下降|上升"
)
_MODAL: Final = re.compile(
    r"(?:\bto|\bwill|\bshall|\bwould|\bshould|\bmay|\bmight|\bcould|\bcan)(?: (?:also|then|now|first))?$"
)
_VERB_EN: Final = re.compile(
    r"(?<!^)(?<!the )(?<!\ba )(?<!\bits )(?<!\ban )\b(?:is|are|was|were|has|have|had|to (?=[a-z]{2,})"
    r"|[a-z]{3,}ed(?! (?:in|on|by|at|plant|unit))|rose|fell|grew|sold|built|made"
    r"|broke|won|flew|took|began|went|came|laid|spun|holds?|owns?|makes|sells|offers|operates|runs"
    r"|remains?|uses|gives|reach(?:es)?|hits?|exceeds?)\b"
)
_LONG: Final = 50
_AFTERTHOUGHT: Final = re.compile(r"\s(?:and|with|at an?|for a|after|as|while|offering|including)\s")
_ARTICLE: Final = re.compile(r"^(?:the|an?) (?=\w)", re.IGNORECASE)
_BE: Final = re.compile(r"\bbe$")


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words of a statement: `head` names the subject or is empty, `joint` leads to the predicate `rest`."""

    head: str
    joint: str
    rest: str

    def title(self, subject: str) -> str:
        """The statement as a title, about the subject that `head` was resolved to."""
        joint = self.joint
        if not self.head and subject and joint == " " and not words.HARD_EN.match(self.rest.lower()):
            joint = "" if is_chinese(self.rest + subject) else ": "
        rest = self.rest
        afterthought = _AFTERTHOUGHT.search(rest, 3) if len(subject) + len(rest) > _LONG else None
        rest = rest[: afterthought.start()] if afterthought else rest
        whole = _ARTICLE.sub("", _EMPTY.sub("", tidy(f"{subject}{joint}{rest}" if rest else subject)))
        return whole[0].upper() + whole[1:] if whole else whole


@dataclass(frozen=True, slots=True)
class _Gap:
    start: int
    end: int
    cue: bool


def phrase(text: str, folded: str, piece: Piece, begin: int) -> Phrase:
    """Take a piece apart; `begin` is where it begins behind its author and condition words."""
    chinese = is_chinese(folded[piece.start : piece.end])
    start = lead(folded, begin, piece.end)
    gaps = _gaps(folded, piece, start, chinese)
    at = start
    passed: list[_Gap] = []
    for gap in gaps:  # a date or a cue in front is passed over
        if tidy(text[at : gap.start]):
            break
        passed.append(gap)
        at = lead(folded, max(at, gap.end), piece.end)
    ahead = [gap for gap in gaps if gap not in passed]
    told = not chinese and any(gap.cue for gap in passed)  # "plans to open …": the predicate begins at once
    split = at if told else _split(folded, at, piece.end, ahead, chinese)
    if split >= piece.end and any(gap.cue for gap in passed):
        split = at  # what is planned, and nothing else: 计划 12 月通线
    head = text[at:split]
    rest = _kept(text, split, piece.end, ahead)
    cue = next((gap for gap in ahead if gap.cue and gap.start <= split + 1), None) if tidy(head) else None
    cue = cue or next((gap for gap in reversed(passed) if gap.cue), None)
    joint = "" if chinese else _joint(folded[cue.start : cue.end].rstrip() if cue else "", rest)
    rest = _THEN.sub("", tidy(_DONE_ZH.sub("", rest))) if chinese else tidy(rest)
    return Phrase(tidy(head), joint, rest)


def _joint(cue: str, rest: str) -> str:
    """What joins subject and predicate in an English title: will open is "to open"."""
    if not cue or not rest:
        return " "
    if _BE.search(cue):
        return " to be "
    if _MODAL.search(cue):
        return " to "
    return ": " if not words.HARD_EN.match(rest.strip().lower()) else " "


def _gaps(folded: str, piece: Piece, start: int, chinese: bool) -> list[_Gap]:
    """The stretches to leave out, in order and not overlapping: the date with its preposition, cues."""
    found: list[_Gap] = []
    if piece.dated:
        before = _BEFORE_DATE.search(folded, max(start, piece.dated.start - 24), piece.dated.start)
        after = _AFTER_DATE.match(folded, piece.dated.end, piece.end)
        low = before.start() if before else piece.dated.start
        found.append(_Gap(max(start, low), after.end() if after else piece.dated.end, False))
    for pattern in (words.PLAN_ZH, words.FORECAST_ZH) if chinese else (words.PLAN_EN, words.FORECAST_EN):
        found += [_Gap(m.start(), m.end(), True) for m in pattern.finditer(folded, start, piece.end)]
    found.sort(key=lambda gap: (gap.start, -gap.end))
    kept: list[_Gap] = []
    for gap in found:
        if kept and gap.start < kept[-1].end:
            kept[-1] = _Gap(kept[-1].start, max(gap.end, kept[-1].end), kept[-1].cue or gap.cue)
        else:
            kept.append(gap)
    return kept


def _split(folded: str, at: int, end: int, ahead: list[_Gap], chinese: bool) -> int:
    """Where the predicate begins: at an event outside an attribute, at the next date or cue."""
    stop = ahead[0].start if ahead else end
    if not chinese:
        verb = _VERB_EN.search(folded, at, stop)
        return verb.start() if verb else stop
    attribute = folded.rfind("的", at, stop)
    begin = max(at, attribute + 1)
    patterns = (words.HARD_ZH,) if ahead else (words.HARD_ZH, words.EVENT_ZH, words.MEASURE, _DIGITS_ZH)
    return min((m.start() for pattern in patterns if (m := pattern.search(folded, begin, stop))), default=stop)


def _kept(text: str, low: int, end: int, gaps: list[_Gap]) -> str:
    kept, at = "", low
    for gap in gaps:
        if gap.end <= low:
            continue
        kept += text[at : max(at, gap.start)] + " "
        at = max(at, gap.end)
    return kept + text[at:end]
