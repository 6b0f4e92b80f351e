"""Events that a sentence names without telling them as its news: talked of, decided on, come before others."""

import re
from collections.abc import Sequence

from evtimeline.core.attribution import Passage
from evtimeline.core.cues import Word
from evtimeline.core.english_objects import is_no_event
from evtimeline.core.lexicon import Cue, Role, Tense

_FAR = 20


def is_only_spoken_of(at: int, passage: Passage) -> bool:
    """Whether what stands at an offset is what somebody talks of or judges: 评价X50发布, 热议X50上市."""
    if not passage.has(Cue.OPINION):
        return False
    clause = passage.clause_of(at)
    return any(w.cue is Cue.OPINION and w.clause == clause and 0 <= at - w.end <= _FAR for w in passage.words)


_DECIDED = re.compile(
    r"(?:申请|计划|方案|事项|议案)?(?:已|正式|顺利|成功)?"
    r"(?:获得?[^，,。]{0,8}?(?:通过|批|准|受理|同意|许可|放行|注册)|通过(?:[^，,。]{0,4}审|聆讯|上市委|发审)|过会)"
)


def is_decided_on(word: Word, passage: Passage) -> bool:
    """Whether an event is only what an authority lets pass: 首发上市获得通过."""
    return _DECIDED.match(passage.folded, word.end) is not None


_AFTER = re.compile(r"继[^，,。;；]{2,40}?之?后(?![续来])")


def is_after_another(word: Word, passage: Passage) -> bool:
    """Whether an event follows that of the milestone, and is another's: 继X50上市后, S1今日上市."""
    if not passage.anchors or "继" not in passage.folded:
        return False
    before = next((m for m in _AFTER.finditer(passage.folded, passage.start, passage.end)), None)
    return before is not None and word.start >= before.end() and _within(passage.anchors, before.start(), before.end())


def _within(offsets: Sequence[int], start: int, end: int) -> bool:
    return all(start <= at < end for at in offsets)


_LEADS_TO = ("的", "的《", "的“", '的"', "的「", "的『", "的首款", "的首部", "的新款")


def describes_the_name(word: Word, passage: Passage) -> bool:
    """Whether an event only tells which thing is named right behind it: 去年8月发售的《山海志》."""
    return any(passage.folded[word.end : at] in _LEADS_TO for at in passage.anchors if at >= word.end)


def comes_before(word: Word, passage: Passage) -> bool:
    """Whether the milestone is only what the event comes after: on sale today, three months after the X50."""
    if not passage.anchors or word.clause in {passage.clause_of(anchor) for anchor in passage.anchors}:
        return False
    mine = {passage.clause_of(anchor) for anchor in passage.anchors}
    clauses = [clause for number, clause in passage.clauses if number in mine]
    behind = all(word.end <= c.start and passage.folded[c.start : c.end].lstrip().startswith("after ") for c in clauses)
    told = any(w.clause in mine and w.role in (Role.CORE, Role.NOUN) for w in passage.words)
    return behind and (not told or all(_LONG_AFTER.search(passage.folded, 0, c.start + 10) for c in clauses))


_LONG_AFTER = re.compile(r"\b(?:days?|weeks?|months?|quarters?|years?|decades?) after (?!it |its |they )[^ ]*$")


def is_apposed(word: Word, passage: Passage) -> bool:
    """Whether an English participle between commas tells which thing is named before it: X50, launched in May, has"""
    if word.tense is not Tense.PAST or passage.folded[word.start - 2 : word.start] != ", ":
        return False
    named = any(end == word.start - 2 for end in passage.named_to)
    return named and "," in passage.folded[word.end : passage.end]


def tells_nothing(word: Word, passage: Passage) -> bool:
    """Whether an event word only belongs to talk, a decision, a condition or what is done to something else."""
    spoken = is_only_spoken_of(word.start, passage) or is_decided_on(word, passage)
    return spoken or is_no_event(word, passage)


def is_known(word: Word, passage: Passage) -> bool:
    """Whether what is told of a past day is known: it describes the name (去年8月发售的《山海志》), or 已 says so."""
    already = any(
        other.cue is Cue.COMPLETED and other.clause == word.clause and other.phrase.text in ("已", "已经")
        for other in passage.words
        if other.end <= word.start
    )
    return already or describes_the_name(word, passage)
