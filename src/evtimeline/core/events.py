"""The words of a passage that name the awaited event, steps toward it and other events, and how they are told."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from evtimeline.core.attribution import Passage
from evtimeline.core.cues import Word
from evtimeline.core.lexicon import Cue, Role, Tense
from evtimeline.core.milestones import Kind


@dataclass(frozen=True, slots=True)
class Events:
    """The event words of a passage by what they are to a milestone.

    `core`: the event itself; `noun`: a thing to be dated; `step`: near but different; `sign`: only said once it has
    happened; `akin`: events whose changes move it too; `foreign`: events of other kinds.
    """

    core: tuple[Word, ...]
    noun: tuple[Word, ...]
    step: tuple[Word, ...]
    sign: tuple[Word, ...]
    akin: tuple[Word, ...]
    foreign: tuple[Word, ...]

    @property
    def rivals(self) -> list[int]:
        """Where words stand that a date may belong to instead: steps, and the events of other kinds."""
        mine = {word.start for word in (*self.core, *self.noun, *self.akin)}
        return [word.start for word in (*self.step, *self.foreign) if word.start not in mine]

    @property
    def main(self) -> Word | None:
        """The word that a date would belong to."""
        return next(iter((*self.core, *self.noun, *self.akin)), None)


@dataclass(frozen=True, slots=True)
class Sought:
    """What a milestone awaits: events of its `kind`; `akin` are kinds whose changes are its changes too, `ends` words
    of steps that its title makes the event itself."""

    kind: str
    akin: Sequence[str] = ()
    ends: frozenset[str] = frozenset()


NO_EVENTS = Events((), (), (), (), (), ())

_VAGUE = (Kind.TARGET, "effect", "event", "closing")
"""Kinds whose words (完成, take, hold) go with any event: they take no date away from another."""


def events(passage: Passage, sought: Sought) -> Events:
    """The event words of a passage; a word inside a longer one of the same kind (发布 in 发布会) does not count."""
    kind, akin = sought.kind, sought.akin
    words = [_as_the_end(word, sought) for word in passage.words] if sought.ends else passage.words
    own = [word for word in words if word.phrase.kind == kind and word.role is not Role.ABOUT]
    own = [word for word in own if not _of_a_trial(word, own)]
    kept = _nominal([word for word in own if not any(_inside(word, other) for other in own)], passage)
    if kind == Kind.TARGET:
        kept = _of_the_target(kept, passage)
    core = tuple(word for word in kept if word.role is Role.CORE)
    places = {(word.start, word.end) for word in core}
    taken = [(word.start, word.end) for word in kept]
    other = [w for w in words if w.role is Role.CORE and w.phrase.kind != kind and not _overlaps(w, taken)]
    return Events(
        core=core,
        noun=tuple(word for word in kept if word.role is Role.NOUN),
        step=tuple(w for w in kept if w.role is Role.STEP and (w.start, w.end) not in places),
        sign=tuple(w for w in kept if w.role is Role.SIGN and (w.start, w.end) not in places),
        akin=tuple(w for w in other if w.phrase.kind in akin),
        foreign=tuple(w for w in other if w.phrase.kind not in (*akin, *_VAGUE) and _is_predicate(w)),
    )


def _as_the_end(word: Word, sought: Sought) -> Word:
    """The word as one of the event itself, where it is a step that the milestone's title makes the event."""
    steps = word.role is Role.STEP and word.phrase.kind in (sought.kind, *sought.akin)
    if not steps or word.phrase.text not in sought.ends:
        return word
    return replace(word, phrase=replace(word.phrase, kind=sought.kind, role=Role.CORE))


def _nominal(words: list[Word], passage: Passage) -> list[Word]:
    """The words, with those made nouns by what follows them (上市申请, 上市前)."""
    nominal = {word.start for word in passage.words if word.cue is Cue.NOMINAL}
    return [replace(w, phrase=replace(w.phrase, role=Role.NOUN)) if w.end in nominal else w for w in words]


def _of_the_target(words: list[Word], passage: Passage) -> list[Word]:
    """The words without verbs like 完成 and reach that have no word for a target beside them."""
    nouns = {w.clause for w in passage.words if w.role is Role.NOUN and w.phrase.kind == Kind.TARGET}
    return [word for word in words if word.role is not Role.CORE or word.clause in nouns]


def _of_a_trial(word: Word, own: Sequence[Word]) -> bool:
    """Whether a phrase holds a step or ends before one: 首台试制车下线, trial cars roll off, built its first trial."""
    if word.role is not Role.CORE or not (word.phrase.tail or word.phrase.text.endswith(" first")):
        return False
    trials = [o for o in own if o.role is Role.STEP and o.phrase.text in _TRIALS]
    return any(_inside(trial, word) or 0 <= trial.start - word.end <= 1 for trial in trials)


_TRIALS = (
    *("trial", "trial cars", "prototype", "prototypes", "test", "tests", "pilot", "samples", "pre-production"),
    *("试产", "试生产", "试制", "样车", "工程样车", "样品", "中试", "小试", "测试"),
)


def _inside(word: Word, other: Word) -> bool:
    longer = other.end - other.start > word.end - word.start
    return longer and other.start <= word.start and word.end <= other.end


def _overlaps(word: Word, taken: Sequence[tuple[int, int]]) -> bool:
    return any(word.start < end and start < word.end for start, end in taken)


def _is_predicate(word: Word) -> bool:
    """Whether a word is a predicate: any in Chinese, a finite verb in English."""
    return word.tense in (Tense.PAST, Tense.PRESENT) or not word.phrase.text[0].isascii()


# -- how an event word is told --------------------------------------------------------------------------------------

_MODAL = (Cue.FUTURE, Cue.PLAN, Cue.HEDGE, Cue.CONDITIONAL)


def is_ahead(word: Word, passage: Passage) -> bool:
    """Whether an event word is told as still to come: `to` or `will` before it, 将 or 预计 in its clause."""
    if word.tense is Tense.ING or (word.tense is Tense.BASE and not _is_plural(word, passage)):
        return True
    for other in passage.words:
        near = other.end <= word.end and word.start - other.end <= 40
        if other.cue in _MODAL and other.clause == word.clause and near and not _is_over(word, other, passage):
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


def _is_plural(word: Word, passage: Passage) -> bool:
    """Whether a base form is the predicate of several: Haichuan and Beichen establish joint venture."""
    clause = next(clause for number, clause in passage.clauses if number == word.clause)
    before = passage.folded[clause.start : word.start].split()
    if passage.field != "title" or len(before) < 3 or before[-2] != "and" or before[-1] in _NO_SUBJECTS:
        return False
    return not any(other.cue in _MODAL and other.clause == word.clause for other in passage.words)


_NO_SUBJECTS = ("to", "will", "can", "then", "also", "not")


def is_negated(word: Word, passage: Passage) -> bool:
    """Whether an event word is negated in its clause."""
    return _follows(word, Cue.NEGATION, 14, passage)


def _follows(word: Word, cue: Cue, reach: int, passage: Passage) -> bool:
    """Whether a word stands at most `reach` characters behind a cue of its clause."""
    return any(
        other.cue is cue and other.clause == word.clause and 0 <= word.start - other.end <= reach
        for other in passage.words
    )


def told_as_done(word: Word, passage: Passage) -> bool:
    """Whether its form or the words beside it put an event word in the past or present: 已, 正式, today."""
    if word.role is Role.SIGN or word.tense in (Tense.PAST, Tense.PRESENT, Tense.BASE):
        return True  # a base form is told of several, or it is ahead
    if any(other.cue is Cue.COMPLETED and abs(other.clause - word.clause) <= 1 for other in passage.words):
        return True
    if word.phrase.text.startswith(_PERFECTIVE):
        return not any(
            (other.cue in _OPEN and other.phrase.text != "目标") or _leads_up_to(word, other) for other in passage.words
        )
    return passage.field == "title" and _is_bare(word, passage)


_PERFECTIVE = (
    *("实现", "开始", "建成", "进入", "投入", "竣工投", "迎来", "开启", "登陆", "敲钟", "交付首", "接收首", "首"),
    *("点火成功", "获", "批准", "达成", "突破", "超额完成", "提前完成"),
    *("完成收", "完成合", "完成交", "完成首", "完成重", "完成工"),
)
"""How Chinese compounds begin that tell of what has come about, where nothing in the sentence holds it open."""

_OPEN = (Cue.FUTURE, Cue.PLAN, Cue.FORECAST, Cue.CONDITIONAL, Cue.HEDGE, Cue.QUESTION, Cue.NEGATION, Cue.RUMOUR)


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
        or (other.cue in _OPEN and other.clause <= word.clause)
        for other in passage.words
    )


_AFTERTHOUGHTS = (" ", "售", "仅", "限时", "指导价", "起售", "仪式", "成功", "共推", "首日")
"""What may follow an event word that is told as done: 上市售18.98万元起."""

_DONE = (
    "已",
    "了",
    "成功",
    "终于",
    "顺利",
    "昨",
    "今",
    "日前",
    "近日",
    "刚刚",
    "has",
    "have",
    "already",
    "now",
    "today",
)


def surely_done(word: Word, passage: Passage) -> bool:
    """Whether it is told as done even beside a window that is not over: 已, has; 正式 alone may announce it."""
    if word.tense is Tense.PAST:
        return True
    return any(
        other.cue is Cue.COMPLETED and other.clause == word.clause and other.phrase.text.startswith(_DONE)
        for other in passage.words
    )


def told_aside(word: Word, passage: Passage) -> bool:
    """Whether an event is told by the way: an anniversary, `which opened`, a Chinese relative clause (设立的公司)."""
    if passage.has(Cue.ANNIVERSARY) or passage.folded[word.end : word.end + 1] == "的" or goes_on(word, passage):
        return True
    return _follows(word, Cue.ASIDE, 12, passage) and not _JUST_AFTER.search(passage.folded, 0, word.start)


_FOR_LONG = re.compile(
    r"(?:后|仅|不到|近|已|满|至今|才)?[一二两三四五六七八九十半百\d]{1,3}(?:个多?月|周|年|个?季度|百天)(?![后内前])"
)


def goes_on(word: Word, passage: Passage) -> bool:
    """Whether a Chinese event word is followed by how long it has lasted: 上市三个月交付破万."""
    return word.phrase.text[0] > "\u2e80" and bool(_FOR_LONG.match(passage.folded, word.end))


_JUST_AFTER = re.compile(r"\b(?:minutes|hours?|moments|shortly|a day|just)\safter\s(?:\w+\s){0,2}$")


def is_attributive(word: Word, passage: Passage) -> bool:
    """Whether a Chinese event word tells which thing is meant (大年初一上映的影片), and nothing puts it ahead."""
    if passage.folded[word.end : word.end + 1] != "的":
        return False
    return not any(other.cue in _MODAL and other.clause == word.clause for other in passage.words)
