"""Whether what is given up is the milestone itself, only its date, or something beside it."""

import re
from collections.abc import Sequence

from evtimeline.core.cases import Case
from evtimeline.core.cues import Word
from evtimeline.core.lexicon import Cue, Tense
from evtimeline.core.milestones import CLOSING, Kind
from evtimeline.core.phrases import FoundDate
from evtimeline.core.stages import takes_another
from evtimeline.core.windows import Precision


def is_scrubbed(word: Word, case: Case) -> bool:
    """Whether what is called off is one attempt at a launch, not the rocket."""
    return case.kind == "first-flight" and word.phrase.text.split()[0] in _SCRUBS


def drops_a_date(word: Word, case: Case) -> bool:
    """Whether only a date is given up, which stands right behind: gives up on 2019 return, scraps its March start."""
    if case.kind == "event" or word.phrase.text.startswith(_CALLS_OFF) or not word.phrase.text.isascii():
        return False
    return any(_is_its_object(found, word, case) for found in case.passage.dates)


_FOR_A_TIME = re.compile(
    r"了?(?:约|近|至少|长达|最多|大约)?(?:[一二两三四五六七八九十半\d]{1,3})(?:个月|个季度|年|周)"
    r"| (?:[\w-]+ ){0,4}?for (?:about |at least |up to |around |another )?(?:an?|two|three|four|five|six|\d+|several) "
    r"(?:years?|months?|quarters?|weeks?)\b"
)


def is_for_a_time(word: Word, case: Case) -> bool:
    """Whether what is shelved is to be taken up again after some time: 搁置约两年, shelves plant for two years."""
    return _FOR_A_TIME.match(case.passage.folded, word.end) is not None


def _is_its_object(found: FoundDate, word: Word, case: Case) -> bool:
    return found.start >= word.end and case.passage.folded[word.end : found.start] in _DROPS


_CALLS_OFF = ("cancel", "call", "terminat", "withdr", "veto", "end", "kill")
_DROPS = (
    " ",
    " on ",
    " its ",
    " the ",
    " on its ",
    " planned ",
    " plans for ",
    " plan for ",
    " hopes of ",
    " hope of ",
)

_SCRUBS = ("call", "calls", "called", "calling", "abort", "aborts", "aborted", "aborting", "取消")


def cancels(word: Word, case: Case) -> bool:
    """Whether a cancellation takes the milestone itself, not a step (an internal test) or a thing beside it."""
    if word.phrase.tail in _UNDERTAKEN or _ends_the_talks(word, case):
        return True
    if _of_a_step(word, case) or takes_another(word, case):
        return False
    steps = [step for step in case.found.step if step.phrase.text not in _OF_ALL_PLANS]
    if any(step.clause == word.clause for step in (*steps, *case.found.sign)):
        return False
    here = (word.clause, word.clause - 1) if _is_predicate_alone(word, case) else (word.clause,)
    spans = zip(case.passage.anchors, case.passage.named_to, strict=True)
    named = [end for at, end in spans if case.passage.clause_of(at) in here and not _goes_on(at, end, word, case)]
    return bool(named) or any(w.clause == word.clause for w in (*case.found.core, *case.found.noun))


_TALKS = re.compile(r"[^，,。;；]{0,10}?(?:谈判|磋商|合并|收购|并购|重组|合资|整合)")


def _ends_the_talks(word: Word, case: Case) -> bool:
    """Whether what is ended in Chinese are the talks, for what companies would do together: 终止双方合并谈判."""
    joint = case.kind in (Kind.FOUNDING, CLOSING) and word.phrase.text in _ENDS
    return joint and _TALKS.match(case.passage.folded, word.end) is not None


_ENDS = ("终止", "放弃", "取消", "停止推进", "叫停", "搁置", "撤销")


def _is_predicate_alone(word: Word, case: Case) -> bool:
    """Whether a Chinese word of change is its whole clause, with its subject in the one before: 北岸音乐节 取消."""
    clause = next(clause for number, clause in case.passage.clauses if number == word.clause)
    return (clause.start, clause.end) == (word.start, word.end)


_UNDERTAKEN = (
    *(
        "application",
        "filing",
        "submission",
        "prospectus",
        "registration",
        "listing",
        "ipo",
        "offering",
        "float",
        "flotation",
    ),
    *("talks", "negotiations", "merger", "takeover", "tie-up"),
    *("上市申请", "ipo申请", "申请文件", "申请材料", "招股书", "发行申请"),
)
"""What can be dropped, withdrawn or pulled that is the whole undertaking."""

_OF_ALL_PLANS = (
    *("建设", "规划", "谈判", "磋商", "construction", "build", "building", "built"),
    *("talks", "negotiations", "bid", "offer"),
)
"""Steps that are the whole undertaking: who gives up building a plant gives up the plant, who ends talks the merger."""


def _of_a_step(word: Word, case: Case) -> bool:
    """Whether the nearest event word beside a change is a step."""

    def gap(group: Sequence[Word]) -> int:
        near = [other for other in group if other.clause == word.clause]
        return min((max(word.start - other.end, other.start - word.end) for other in near), default=999)

    step = gap([step for step in case.found.step if step.phrase.text not in _OF_ALL_PLANS])
    return step <= 4 and step < gap((*case.found.core, *case.found.noun, *case.found.akin))


_LINKS = (
    *("and", "or", "at", "in", "on", "for", "of", "as", "to", "by", "with", "from", "after", "amid", "over", "until"),
    *("project", "projects", "plan", "plans", "plant", "plants", "site", "fab", "factory", "programme", "program"),
    *("facility", "gigafactory", "venture", "deal", "merger", "model", "service", "flight", "car", "suv", "line"),
    *("launch", "release", "listing", "ipo", "production", "entirely", "altogether", "indefinitely", "over", "due"),
    *("development", "show", "expo", "fair", "festival", "conference", "event", "gaming", "tech", "trade", "again"),
    *("is", "are", "was", "were", "has", "have", "will", "may", "officially", "because", "before", "citing", "despite"),
)


def _goes_on(at: int, end: int, word: Word, case: Case) -> bool:
    """Whether an English name goes on to name a part or a thing beside it: `Cybertruck range extender`."""
    folded = case.passage.folded
    if case.kind == "effect" or not folded[at].isascii() or folded[end : end + 1] != " ":
        return False  # a law has a name of several words
    if word.start == end + 1 and word.tense is not Tense.PAST:
        return True  # who gives something up
    behind = folded[word.end if word.start == end + 1 else end : case.passage.end].split()
    return bool(behind) and behind[0].isalpha() and behind[0].isascii() and behind[0] not in _LINKS


_TARGETS = (
    *("target", "targets", "date", "deadline", "timetable", "timeline", "goal", "目标", "时间表", "档"),
    *("schedule", "slate", "calendar", "lineup", "line-up"),
)
_CLOSE = 60
_MISSING = ("缺席", "撤档", "爽约", "失约", "食言", "无缘", "跳票")


def is_dropped(found: FoundDate, word: Word, case: Case) -> bool:
    """Whether a date is the one that is given up: drops October target, 取消10月通车目标, 暑期档缺席."""
    if word.cue is Cue.CANCEL and _is_its_object(found, word, case):
        return True
    if word.phrase.text in _MISSING and found.end <= word.start:
        return True
    if found.window.precision is Precision.YEAR and any(0 <= at - found.end <= 1 for at in case.passage.anchors):
        return True
    if word.phrase.text.startswith("no longer") and 0 <= found.start - word.end <= _CLOSE:
        return True
    return word.phrase.tail in _TARGETS and word.start <= found.start < word.end
