"""How an event word is told: ahead, done, negated, or by the way."""

import re

from evtimeline.core.attribution import Passage
from evtimeline.core.cues import Word
from evtimeline.core.events import is_celebrated
from evtimeline.core.lexicon import Cue, Role, Tense
from evtimeline.core.perfects import is_passive_of, is_perfect
from evtimeline.core.text import is_cjk

_MODAL = (Cue.FUTURE, Cue.PLAN, Cue.HEDGE, Cue.CONDITIONAL)


def is_ahead(word: Word, passage: Passage, *, today: bool = False) -> bool:
    """Whether an event word is told as still to come: `to` or `will` before it, 将 or 预计 in its clause.

    `today`: its clause bears the day of publication, for which 将 does not tell otherwise.
    """
    base = word.tense is Tense.BASE and not (is_perfect(word, passage) or _is_plural(word, passage))
    if word.tense is Tense.ING or base:
        return True
    for other in passage.words:
        near = other.end <= word.end and word.start - other.end <= 40
        governed = near and not _is_over(word, other, passage) and not _of_an_attribute(word, other, passage)
        if other.cue in _MODAL and other.clause == word.clause and governed and not (today and other.cue is Cue.FUTURE):
            return True
    if (
        word.phrase.tail
        and word.tense is not Tense.PAST
        and passage.folded[: word.end - len(word.phrase.tail)].endswith(" to ")
    ):
        return True
    if word.tense is Tense.PRESENT and _follows(word, Cue.WHEN, 25, passage):
        return True
    before = passage.folded[max(0, word.start - 24) : word.start]
    return before.rstrip().endswith((" to", " not", " be"))


_STILL_OPEN = (Cue.CONDITIONAL, Cue.HEDGE)


def _is_over(word: Word, modal: Word, passage: Passage) -> bool:
    """Whether a past form is the predicate though a modal word stands before it, which governs it only by `be`."""
    between = passage.folded[modal.end : word.start]
    passive = any(link in f" {between} " for link in (" be ", " been ", " being ", " get ", " to "))
    return word.tense is Tense.PAST and modal.cue not in _STILL_OPEN and not passive and len(between.split()) > 1


def _of_an_attribute(word: Word, modal: Word, passage: Passage) -> bool:
    """Whether a Chinese modal word belongs to another verb, which only describes: 即将交付的首架客机首飞成功."""
    between = [other for other in passage.words if modal.end <= other.start and other.end < word.start]
    said = next((other.start for other in between if other.cue is Cue.SAYING), word.start)
    return any(o.role is Role.CORE and passage.folded[o.end] == "的" and o.start < said for o in between)


def _is_plural(word: Word, passage: Passage) -> bool:
    """Whether a base form is the predicate of several: Haichuan and Beichen establish joint venture."""
    clause = next(clause for number, clause in passage.clauses if number == word.clause)
    before = passage.folded[clause.start : word.start].split()
    several = len(before) > 2 and before[-2] == "and" and before[-1] not in _NO_SUBJECTS
    many = word.phrase.text in _MANY or (before and before[-1] in _MANY) or before[:2] == ["shares", "of"]
    if passage.field != "title" or not (several or many or _has_a_subject(word, before, passage)):
        return False
    return not any(other.cue in _MODAL and other.clause == word.clause for other in passage.words)


def _has_a_subject(word: Word, before: list[str], passage: Passage) -> bool:
    """Whether a base form that is no noun stands behind its subject in a headline: first handsets reach buyers."""
    if not before or not _LETS.isdisjoint(before) or len(before) >= _LONG:
        return False
    if any(other.start == word.start and other.role is Role.NOUN for other in passage.words):
        return False
    start = next(clause.start for number, clause in passage.clauses if number == word.clause)
    listed = passage.folded[:start].rstrip().endswith(",") and len(before) <= _FEW and not word.phrase.tail
    plural = before[-1].endswith("s") and not before[-1].endswith(("'s", "ss", "us", "is"))
    return (listed and before[-1] not in _NO_SUBJECTS) or plural


_FEW = 3
_LONG = 6
_LETS = frozenset(
    (
        *("to", "help", "helps", "helped", "let", "lets", "make", "makes", "made", "see", "sees", "watch", "do"),
        *("keep", "keeps", "kept", "leave", "leaves", "left", "hold", "holds", "remain", "stay", "stays"),
    )
)
_MANY = ("deliveries", "sales", "shares", "trains", "flights", "services", "operations", "passengers", "handovers")
_NO_SUBJECTS = (
    *("to", "will", "can", "then", "also", "not"),
    *("the", "a", "an", "its", "their", "for", "of", "at", "in", "on", "by", "does", "did"),
)


def is_negated(word: Word, passage: Passage) -> bool:
    """Whether an event word is negated in its clause."""
    return _follows(word, Cue.NEGATION, 14, passage)


def is_stopped(word: Word, passage: Passage) -> bool:
    """Whether an event is what a Chinese verb right before it stops or puts off: 暂停开放."""
    if not is_cjk(word.phrase.text[0]):
        return False
    return any(_follows(word, cue, 0, passage) for cue in _PUT_OFF) or _is_given_up(word, passage)


def _is_given_up(word: Word, passage: Passage) -> bool:
    """Whether an event is the object of a Chinese word for giving up: 已放弃港股上市."""
    return any(
        other.cue is Cue.CANCEL
        and other.clause == word.clause
        and 0 <= word.start - other.end <= _OBJECT
        and not any(then in passage.folded[other.end : word.start] for then in ("后", "并", "而", "的"))
        for other in passage.words
    )


_OBJECT = 6


def _follows(word: Word, cue: Cue, reach: int, passage: Passage) -> bool:
    """Whether a word stands at most `reach` characters behind a cue of its clause."""
    return any(
        other.cue is cue
        and other.clause == word.clause
        and 0 <= word.start - other.end <= reach
        and not is_passive_of(other, word)
        for other in passage.words
    )


_FALLS = ("drop", "drops", "dropped", "dropping", "slide", "slides")
_BY_NUMBER = re.compile(r" (?:by |as much as |more than |over |nearly |about |almost )?\d")


def told_as_done(word: Word, passage: Passage) -> bool:
    """Whether its form or the words beside it put an event word in the past or present: 已, 正式, today."""
    if word.phrase.text in _FALLS and _BY_NUMBER.match(passage.folded, word.end):
        return False  # shares that drop 13%
    if word.role is Role.SIGN or word.tense in (Tense.PAST, Tense.PRESENT, Tense.BASE):
        return True  # a base form is told of several, or it is ahead
    if any(_is_still_off(word, other) or _is_undated(word, other) for other in passage.words):
        return False
    if any(other.cue is Cue.COMPLETED and _completes(other, word, passage) for other in passage.words):
        return True
    if word.phrase.text.startswith(_PERFECTIVE) or is_celebrated(word, passage):
        return not any(
            (other.cue in _OPEN and other.phrase.text != "目标") or _leads_up_to(word, other) for other in passage.words
        )
    return passage.field == "title" and _is_bare(word, passage)


def told_barely(word: Word, passage: Passage) -> bool:
    """Whether only the place of a Chinese event word in a headline tells that it has happened: X50提前上市."""
    plain = is_cjk(word.phrase.text[0]) and not word.phrase.text.startswith(_PERFECTIVE)
    return plain and not passage.has(Cue.COMPLETED)


_AUXILIARIES = ("has", "have", "had")


def _completes(other: Word, word: Word, passage: Passage) -> bool:
    """Whether 已 or 正式 tells of the event too: in its clause, or in the next one, where nothing puts that ahead.

    An English `has` goes with another verb than what is no verb: has recommitted to a launch.
    """
    if other.phrase.text in _AUXILIARIES and word.phrase.role is Role.CORE and word.tense is Tense.NONE:
        return other.clause == word.clause and " been " in passage.folded[other.end : word.start]
    if other.clause == word.clause:
        return True
    modal = any(one.cue in _MODAL and one.clause == other.clause for one in passage.words)
    return abs(other.clause - word.clause) == 1 and not modal


_PERFECTIVE = (
    *("实现", "开始", "建成", "进入", "投入", "竣工投", "迎来", "开启", "登陆", "敲钟", "交付首", "接收首", "首"),
    *("点火成功", "获", "批准", "达成", "突破", "超额完成", "提前完成"),
    *("完成收", "完成合", "完成交", "完成首", "完成重", "完成工"),
)
"""How Chinese compounds begin that tell of what has come about, where nothing in the sentence holds it open."""

_OPEN = (Cue.FUTURE, Cue.PLAN, Cue.FORECAST, Cue.CONDITIONAL, Cue.HEDGE, Cue.QUESTION, Cue.NEGATION, Cue.RUMOUR)


_OFF = (
    *("距", "距离", "冲刺", "筹划", "谋求", "寻求", "推进", "推动", "助力", "等待", "期待", "备战", "申请", "有待"),
    *("努力", "致力", "着手", "试图", "尝试"),
)


def _is_still_off(word: Word, other: Word) -> bool:
    """Whether the event is what is worked or waited for, though something has happened: 距离开通又近了一步."""
    return _leads_up_to(word, other) and other.phrase.text in _OFF and word.start - other.end <= 4


def _is_undated(word: Word, other: Word) -> bool:
    """Whether a Chinese event has no date yet: 正式推出仍无时间表, 近日择机发射."""
    here = other.cue is Cue.UNDATED and other.clause == word.clause and is_cjk(word.phrase.text[0])
    return here and (0 <= other.start - word.end <= _OBJECT or 0 <= word.start - other.end <= 2)


def _leads_up_to(word: Word, other: Word) -> bool:
    """Whether `other` only works toward the event: 冲刺上市, 推动投产."""
    return other.cue is Cue.PURSUIT and other.clause == word.clause and other.end <= word.start


def _is_bare(word: Word, passage: Passage) -> bool:
    """Whether a Chinese event word ends a clause of a headline that nothing holds open: 合资公司揭牌成立."""
    clause = next(clause for number, clause in passage.clauses if number == word.clause)
    behind = passage.folded[word.end : clause.end].lstrip("!\"')」》~")
    if word.phrase.text[0].isascii() or (behind and not behind.startswith(_AFTERTHOUGHTS)):
        return False
    return not any(
        _leads_up_to(word, other)
        or other.cue in (Cue.UNDATED, Cue.QUESTION)
        or _asks_after(word, other)
        or (other.cue in _PUT_OFF and 0 <= word.start - other.end <= 3)
        or (other.cue in _OPEN and other.clause <= word.clause)
        for other in passage.words
    )


_PUT_OFF = (Cue.DELAY, Cue.CANCEL, Cue.HALT)


def _asks_after(word: Word, other: Word) -> bool:
    """Whether the event is what somebody is asked about: 北辰回应借壳上市."""
    return other.cue is Cue.RESPONSE and other.clause == word.clause and other.end <= word.start


_AFTERTHOUGHTS = (" ", "售", "仅", "限时", "指导价", "起售", "成功", "共推", "首日", "运行", "运营")
"""What may follow an event word that is told as done: 上市售18.98万元起."""

_DONE = (
    *("已", "了", "成功", "终于", "顺利", "昨", "今", "日前", "近日", "刚刚"),
    *("has", "have", "already", "now", "today"),
)


def surely_done(word: Word, passage: Passage) -> bool:
    """Whether it is told as done even beside a window that is not over: 已, has; 正式 alone may announce it."""
    if word.tense is Tense.PAST:
        return True
    return any(
        other.cue is Cue.COMPLETED
        and other.clause == word.clause
        and other.phrase.text.startswith(_DONE)
        and (not other.phrase.text.isascii() or _completes(other, word, passage))
        for other in passage.words
    )


def told_aside(word: Word, passage: Passage) -> bool:
    """Whether an event is told by the way: an anniversary, `which opened`, a Chinese relative clause (设立的公司)."""
    if passage.has(Cue.ANNIVERSARY) or passage.folded[word.end : word.end + 1] == "的" or goes_on(word, passage):
        return True
    if _AFTERWARDS.match(passage.folded, word.end):
        return True
    if any(w.cue is Cue.ASIDE and w.phrase.tail and w.start <= word.start < w.end for w in passage.words):
        return True
    if any(w.cue is Cue.ASIDE and w.phrase.tail == "起" and 0 <= word.start - w.end <= 2 for w in passage.words):
        return False  # 自今日起施行
    return _follows(word, Cue.ASIDE, 12, passage) and not _JUST_AFTER.search(passage.folded, 0, word.start)


_AFTERWARDS = re.compile(r"之?后(?![续来备排期台座方卫])")
_FOR_LONG = re.compile(
    r"(?:后|仅|不到|近|已|满|至今|才)?[一二两三四五六七八九十半百\d]{1,3}(?:个多?月|周|年|个?季度|百天|小时|天"
    r"|日(?=[遭被吸接累卖售已就客票收突破迎]))(?![后内前])"
)


def goes_on(word: Word, passage: Passage) -> bool:
    """Whether a Chinese event word is followed by how long it has lasted: 上市三个月交付破万."""
    if word.role is Role.SIGN:
        return any(o.role is Role.CORE and o.end <= word.start and _lasts(o, passage) for o in passage.words)
    return _lasts(word, passage)


def _lasts(word: Word, passage: Passage) -> bool:
    return is_cjk(word.phrase.text[0]) and bool(_FOR_LONG.match(passage.folded, word.end))


_JUST_AFTER = re.compile(r"\b(?:minutes|hours?|moments|shortly|a day|just)\safter\s(?:\w+\s){0,2}$")


def is_attributive(word: Word, passage: Passage) -> bool:
    """Whether a Chinese event word tells which thing is meant (大年初一上映的影片), and nothing puts it ahead."""
    if passage.folded[word.end : word.end + 1] != "的":
        return False
    return not any(other.cue in _MODAL and other.clause == word.clause for other in passage.words)
