"""The words of a passage that name the awaited event, steps toward it and other events, and how they are told."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from evtimeline.core.attribution import Passage
from evtimeline.core.cues import Word
from evtimeline.core.ends import RETURN
from evtimeline.core.lexicon import Cue, Role, Tense
from evtimeline.core.milestones import REOPENING, Kind

_BUILT = ("建成", "落成", "竣工", "完工", "贯通", "量产", "批产", "投产", "下线", "发布")
"""What makes one verb with the event behind it: 建成投运, 量产交付."""


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
        others = [word for word in (*self.step, *self.foreign) if word.start not in mine]
        others = [word for word in others if not word.phrase.text.endswith(_SITES)]
        clauses = {(word.start, word.clause) for word in (*self.core, *self.noun, *self.akin)}
        return [word.start for word in others if word.phrase.text not in _BUILT or not _leads_into(word, clauses)]

    @property
    def main(self) -> Word | None:
        """The word that a date would belong to."""
        return next(iter((*self.core, *self.noun, *self.akin)), None)


@dataclass(frozen=True, slots=True)
class Sought:
    """What a milestone awaits: events of its `kind`; `akin` are kinds whose changes are its changes too, `ends` words
    of steps that its title makes the event itself; `whole`: a first output is no more than a step; `also`: another kind
    whose words tell it as well."""

    kind: str
    akin: Sequence[str] = ()
    ends: frozenset[str] = frozenset()
    whole: bool = False
    also: str = ""


NO_EVENTS = Events((), (), (), (), (), ())

_SITES = ("发射场", "发射场区", "发射区", "发射平台", "着陆场", "着陆区")
"""Where something starts and lands; no event of their own to which a date could belong."""

_VAGUE = (Kind.TARGET, "effect", "event", "closing")
"""Kinds whose words (完成, take, hold) go with any event: they take no date away from another."""


def _leads_into(word: Word, others: Collection[tuple[int, int]]) -> bool:
    """Whether one of the others follows in the same clause at once, or after an `and` of one character: 量产并交付."""
    return any((word.end + gap, word.clause) in others for gap in (0, 1))


def events(passage: Passage, sought: Sought) -> Events:
    """The event words of a passage; a word inside a longer one of the same kind (发布 in 发布会) does not count."""
    kind, akin = sought.kind, sought.akin
    told = sought.ends or sought.whole or sought.also
    words = [_as_the_end(word, sought) for word in passage.words] if told else passage.words
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
        akin=tuple(w for w in other if w.phrase.kind in akin and not _is_service(w, kind)),
        foreign=tuple(w for w in other if w.phrase.kind not in (*akin, *_VAGUE) and _is_predicate(w)),
    )


_SERVICE = ("商业", "载客", "首航")


def _is_service(word: Word, kind: str) -> bool:
    """Whether a word tells of the commercial service of what is delivered, which is an event of its own."""
    return kind == Kind.DELIVERY and any(part in word.phrase.text for part in _SERVICE)


def _as_the_end(word: Word, sought: Sought) -> Word:
    """The word as one of the event itself, where it is a step that the milestone's title makes the event."""
    if RETURN in sought.ends and word.phrase.kind == REOPENING and not _is_of_output(word):
        return word._replace(phrase=replace(word.phrase, kind=sought.kind))
    if sought.also and word.phrase.kind == sought.also and word.role is not Role.ABOUT:
        return word._replace(phrase=replace(word.phrase, kind=sought.kind))
    if sought.whole and word.phrase.kind == sought.kind and _is_of_the_first(word):
        return word._replace(phrase=replace(word.phrase, role=Role.STEP))
    steps = word.role is Role.STEP and word.phrase.kind in (sought.kind, *sought.akin)
    if not steps or word.phrase.text not in sought.ends:
        return word
    return word._replace(phrase=replace(word.phrase, kind=sought.kind, role=Role.CORE))


def _is_of_output(word: Word) -> bool:
    """Whether what is resumed is the making of a thing, not its use."""
    return any(part in f"{word.phrase.text} {word.phrase.tail or ''}" for part in ("production", "work", "operation"))


_PARTIAL = (
    *("generat", "produc", "start-up", "startup", "coming online", "come online", "comes online", "supply"),
    *("connect", "link", "hook", "feed", "deliver", "send", "plug"),
)


def _is_of_the_first(word: Word) -> bool:
    """Whether a word tells of a first output: first power, 首次并网, produces power for the first time."""
    text, tail = word.phrase.text, word.phrase.tail or ""
    begun = text.endswith(("feeding", "delivering", "turning", "spinning")) or tail in ("turning", "spinning")
    return begun or "first" in text or "first" in tail or text.startswith(("首", *_PARTIAL)) or "首" in tail


def _nominal(words: list[Word], passage: Passage) -> list[Word]:
    """The words, with those made nouns by what follows them (上市申请, 上市前), or steps: 具备通航条件."""
    nominal = {word.start for word in passage.words if word.cue is Cue.NOMINAL}
    kept = [_as(Role.NOUN, word) if word.end in nominal else word for word in words if not _is_held(word, passage)]
    return [_as(Role.STEP, word) if _is_a_step(word, passage) else word for word in kept]


_BEGINS = ("begin", "begins", "began", "begun", "start", "starts", "started", "commences", "commenced")
_SOMETHING = re.compile(
    r" (?:(?!(?:stream|fly|broadcast|serv|runn|sail|tak|deliver|accept|roll|carry)ing\b)[a-z]{3,}ing\b"
    r"|(?:[a-z-]+ ){0,3}(?:test|tests|trials?|construction|talks|hiring|training|review|inspections?|certification)\b)"
)


_MARK = re.compile(
    r" (?:an? |its |the |their )?(?:[\w-]+ ){0,2}"
    r"(?:milestone|agreement|accord|deal|settlement|impasse|limit|peak|record|high|low)\b"
)


def _is_a_step(word: Word, passage: Passage) -> bool:
    """Whether an event word tells only of a step: 具备通航条件, begins certification flights, begins filling."""
    begun = word.phrase.text in _BEGINS and word.role is Role.CORE
    other = begun and _SOMETHING.match(passage.folded, word.end) is not None
    other = other or (word.phrase.text.startswith("reach") and _MARK.match(passage.folded, word.end) is not None)
    return other or _is_on_trial(word, passage) or _is_a_condition(word, passage) or _holds_another(word, passage)


_ON_TRIAL = re.compile(
    r"[^,;:.!?]{0,40}? (?:in|for|on|as|with|during) (?:an? |its |the |their )?(?:[\w-]+ ){0,2}?"
    r"(?:trial|soft|test|preview|pilot|sneak|partial|dry)[ -]"
    r"(?:runs?|opening|basis|phase|period|operations?|rides?|mode|launch|previews?|visits?|tours?)\b"
)


def _is_on_trial(word: Word, passage: Passage) -> bool:
    """Whether an English event is only tried: opens halls in a trial run, welcomes visitors for its soft opening."""
    return word.role is Role.CORE and _ON_TRIAL.match(passage.folded, word.end) is not None


def _is_a_condition(word: Word, passage: Passage) -> bool:
    """Whether only what an event takes is there; a reactor fit for commercial operation is in it."""
    return passage.folded.startswith("条件", word.end) and not word.phrase.text.endswith(("商运", "商转", "商业运行"))


_CEREMONY = re.compile(
    r"(?:仪式|典礼)(?=$|[，。；！,;.! ]|[在于今昨][^，,]{0,10}(?:举行|举办)|隆重|顺利|圆满|成功|举行|举办|现场|落幕)"
)


def is_celebrated(word: Word, passage: Passage) -> bool:
    """Whether a Chinese event is told by the ceremony that is held for it: 通车仪式举行, 出席开港仪式."""
    at = word.end - 2 if word.phrase.text.endswith(("仪式", "典礼")) else word.end
    return word.role is Role.CORE and _CEREMONY.match(passage.folded, at) is not None


def _is_held(word: Word, passage: Passage) -> bool:
    """Whether a word only says that such a ceremony is held."""
    if word.phrase.text not in _HOLDING:
        return False
    clause = next(clause for number, clause in passage.clauses if number == word.clause)
    return any(passage.folded.find(noun, clause.start, clause.end) >= 0 for noun in ("仪式", "典礼"))


_BESIDE_IT = re.compile(
    r"(?:活动|仪式|发布会|演练|演习|论坛|座谈会|研讨会|例会|成立大会|动员大会|总结大会|新闻中心|传递|合练|签约|预演|巡展|路演)"
)
_HOLDING = ("举行", "举办", "召开")
_ENDS = ("了", "在", "于", "的", "时", "地", "日", "期", "城", "国", "权", "成", "前", "后")


def _holds_another(word: Word, passage: Passage) -> bool:
    """Whether what is held is something beside what is named: 动物园今天举行庆生活动."""
    if word.phrase.text not in _HOLDING or any(0 <= at - word.end <= _NEAR for at in passage.anchors):
        return False
    clause = next(clause for number, clause in passage.clauses if number == word.clause)
    named = max((end for end in passage.named_to if clause.start <= end <= word.start), default=None)
    if named is not None and _BESIDE_IT.search(passage.folded, named, word.start):
        return True
    object_ = passage.folded[word.end : clause.end].strip(" \"'!)")
    dated = any(0 <= found.start - word.end <= 1 for found in passage.dates)
    return bool(object_) and not object_.startswith(_ENDS) and not dated


_NEAR = 6


def _as(role: Role, word: Word) -> Word:
    return word._replace(phrase=replace(word.phrase, role=role))


def _of_the_target(words: list[Word], passage: Passage) -> list[Word]:
    """The words without verbs like 完成 and reach that have no word for a target beside them."""
    nouns = {w.clause for w in passage.words if w.role is Role.NOUN and w.phrase.kind == Kind.TARGET}
    return [word for word in words if word.role is not Role.CORE or word.clause in nouns]


def _of_a_trial(word: Word, own: Sequence[Word]) -> bool:
    """Whether a phrase holds a step or ends before one: 首台试制车下线, trial cars roll off, built its first trial."""
    if word.role is not Role.CORE or not (word.phrase.tail or word.phrase.text.endswith(" first")):
        return False
    trials = [o for o in own if o.role is Role.STEP and o.phrase.text in _TRIALS]
    return any(
        _inside(trial, word) or trial.start <= word.start < trial.end or 0 <= trial.start - word.end <= 1
        for trial in trials
    )


_TRIALS = (
    *("trial", "trial cars", "prototype", "prototypes", "test", "tests", "pilot", "samples", "pre-production"),
    *("trial production", "test production", "pilot production", "trial output"),
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
