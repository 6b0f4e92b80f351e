"""Whether a passage promises the event for a day to come, and which of its dates that is."""

import re
from dataclasses import replace

from evtimeline.core.asides import is_apposed
from evtimeline.core.attribution import Passage, days_since, is_former, last_time, nearest, toward
from evtimeline.core.cases import Case, Statement
from evtimeline.core.claims import Signal, Stance
from evtimeline.core.cues import Word
from evtimeline.core.lexicon import Cue, Role, Tense
from evtimeline.core.milestones import OF_A_COMPANY, Kind
from evtimeline.core.phrases import FoundDate
from evtimeline.core.stages import is_a_stage
from evtimeline.core.tenses import is_attributive
from evtimeline.core.text import is_cjk
from evtimeline.core.windows import Precision


def promised(case: Case) -> Statement | None:
    """A date to come is stated for the event, or beside the name with `will`, 计划 and the like."""
    words: list[Word] = [*case.found.core, *case.found.noun, *case.found.akin, *_shown(case), *_own_show(case)]
    if not words and not case.passage.own and not sets_a_date(case.passage):
        return None
    usable = case.to_come(case.usable(denied=case.denied))
    for word in words:
        if recalled := _recalled(word, case):
            return recalled
        dated = nearest(usable, case.passage, word.start, case.found.rivals)
        if dated and not _of_a_filing(dated, word, case) and not _is_over(dated, word, case):
            return _scheduled(dated, case, word)
    if words and (reported := _reported_plan(words[0], case)):
        return reported
    if undated := _set_without_a_day(case):
        return undated
    said = case.passage.own and (case.passage.has(Cue.FUTURE, Cue.PLAN, Cue.SETTING) or _is_bare(case))
    if words or not (said or sets_a_date(case.passage)) or any(is_a_stage(step) for step in case.found.step):
        return None
    anchor = next(iter(case.passage.anchors), case.passage.start)
    dated = nearest(usable, case.passage, anchor, case.found.rivals)
    return _scheduled(dated, case, None) if dated and not _is_of_another(dated, case) else None


def _is_of_another(dated: FoundDate, case: Case) -> bool:
    """Whether a Chinese date stands before another predicate of its clause: 地铁明天四条线停运, 5月23日举行股东大会."""
    if _MEETS.match(case.passage.folded, dated.end) and case.kind not in ("event", Kind.OPENING):
        return True
    clause = case.passage.clause_of(dated.start)
    others = (word for word in case.found.foreign if word.clause == clause and word.start >= dated.end)
    return any(is_cjk(word.phrase.text[0]) for word in others)


_MEETS = re.compile(
    r"[\d:时点分日晚上午下]{0,8}(?:(?:举行|召开|举办|召集)[^，,。;；]{0,8}(?:会|评审|表决|投票|听证|仪式)"
    r"|(?:官宣|公布|揭晓|宣布|投票|表决|审议|开庭|裁决|答复)[\s!\"'」》]*$)"
)


def _shown(case: Case) -> list[Word]:
    """A headline's 发布 behind its day, where nothing else is told of a product: X50定于7月29日晚发布."""
    passage, found = case.passage, case.found
    if passage.field != "title" or case.kind != Kind.LAUNCH or found.core or found.noun:
        return []
    shown = [
        step for step in found.step if step.phrase.text == "发布" and not passage.folded.startswith("会", step.end)
    ]
    days = [said for said in passage.dates if any(anchor < said.start for anchor in passage.anchors)]
    return [step for step in shown if any(0 <= step.start - said.end <= 2 for said in days)]


def _own_show(case: Case) -> list[Word]:
    """The 发布会 of a product that bears its day and name: 26日X50发布会."""
    days = {said.end for said in case.passage.dates}
    named = [at for at in case.passage.anchors if at in days and case.kind == Kind.LAUNCH]
    shows = [step for step in case.found.step if step.phrase.text.endswith("发布会")]
    return [show for show in shows if any(0 < show.start - at <= _NAME / 2 for at in named)]


_ROUND = re.compile(r".{0,6}?(?:迎来|届满|将满|满)?(?:第)?[一二两三四五六七八九十\d]{1,3}周年")
_AFTER = re.compile(r"\b(?:after|since|following) (?:its|the|their|a)? ?(?:early |late |mid-)?$")


def _recalled(word: Word, case: Case) -> Statement | None:
    """What is looked back on, though its day stands as one to come: 6月27日投运将迎来一周年, after its May release."""
    folded = case.passage.folded
    before = [found for found in case.passage.dates if found.end <= word.start and word.start - found.end <= _NAME]
    if not before:
        return None
    dated = before[-1]
    if _ROUND.match(folded, word.end):
        return _mention(None, case, word)
    if not _AFTER.search(folded, max(0, dated.start - 24), dated.start) or case.passage.has(Cue.FUTURE, Cue.PLAN):
        return None
    return _mention(toward(dated, case.stated_on, future=False), case, word)


def _mention(dated: FoundDate | None, case: Case, word: Word) -> Statement:
    reason = f"{case.words_of(word)} is looked back on"
    return Statement(Signal.MENTION, Stance.ASSERTED, dated, case.passage, 1, (reason,), aside=True)


_SINCE = re.compile(r"\bsince (?:its|the|their|his|her) (?:[\w.-]+ ){0,4}$")


def already_out(case: Case) -> Statement | None:
    """What came out long ago, though it comes somewhere else now: the X50, released in May, goes on sale in Oslo."""
    for word in (*case.found.core, *case.found.akin):
        if not (is_apposed(word, case.passage) or _SINCE.search(case.passage.folded, 0, word.start)):
            continue
        here = [found for found in case.passage.dates if case.clause_of(found) == word.clause]
        past = [last_time(found, case.stated_on) for found in here]
        past = [found for found in past if days_since(found, case.stated_on) > _LONG_AGO]
        if dated := nearest(past, case.passage, word.start):
            return _mention(dated, case, word)
    return None


_SINCE_THEN = re.compile(r"[^，,。;；\d]{2,12}?以来")


def named_after_its_day(case: Case) -> Statement | None:
    """What bears the past day on which it was: the April 20 debut, its December release, 去年7月16日启动以来."""
    passage = case.passage
    nouns = [word for word in (*case.found.noun, *case.found.core) if word.phrase.text.isascii()]
    for found in passage.dates if passage.own else ():
        if days_since(found, case.stated_on) <= 0 or is_former(found, passage):
            continue
        named = next((word for word in nouns if 0 <= word.start - found.end <= 1), None)
        if named:
            return _mention(found, case, named)
        since = passage.has(Cue.ANNIVERSARY) and _SINCE_THEN.match(passage.folded, found.end)
        looks_back = next((word for word in passage.words if word.cue is Cue.ANNIVERSARY), None)
        if since and looks_back and case.kind not in OF_A_COMPANY:
            return _mention(found, case, looks_back)
    return None


_LONG_AGO = 45

_DAYS = ("时间", "日期", "日", "定档", " date")
_TELLS = ("宣布", "公布", "官宣", "确认", "敲定", "确定", "定档", "announc", "reveal", "confirm", "set", "get")
_HOLDS = (Cue.NEGATION, Cue.QUESTION, Cue.UNDATED, Cue.DELAY, Cue.REQUEST, Cue.RUMOUR, Cue.HEDGE, Cue.FUTURE)


_SET = re.compile(r"(?:已|正式|终于|初步)?(?:确定|公布|官宣|敲定|定了|揭晓|出炉|确认|正式)*[\s!\"'」》]*")


def _set_without_a_day(case: Case) -> Statement | None:
    """A headline that a date has been set, which it does not tell: 《北岸来信》定档, announces launch date."""
    passage = case.passage
    if passage.field != "title" or not passage.own or passage.dates or passage.has(*_HOLDS):
        return None
    if settled := _settled(passage):
        reason = f"{case.words_of(settled)}: a date is set"
        return Statement(Signal.SCHEDULED, Stance.ASSERTED, None, passage, 1, (reason,))
    for noun in case.found.noun:
        end = next(clause.end for number, clause in passage.clauses if number == noun.clause)
        last = _SET.fullmatch(passage.folded, noun.end, end) is not None
        if not noun.phrase.text.endswith(_DAYS) or (not last and not noun.phrase.text.isascii()):
            continue
        here = [word for word in passage.words if word.clause == noun.clause and word.phrase.text.startswith(_TELLS)]
        if here and not passage.has(Cue.CANCEL):
            reason = f"{case.words_of(here[0])}: a date is set"
            return Statement(Signal.SCHEDULED, Stance.ASSERTED, None, passage, 1, (reason,))
    return None


def _settled(passage: Passage) -> Word | None:
    """The 定档 that ends a clause: 晨曦X50发布会定档."""
    ends = {clause.end for _, clause in passage.clauses}
    slots = (word for word in passage.words if word.phrase.text == "定档" and word.cue is Cue.SETTING)
    return next((word for word in slots if {word.end, word.end + 1} & ends), None)


def _is_over(dated: FoundDate, word: Word, case: Case) -> bool:
    """Whether a Chinese clause that tells which thing is meant means the date as one of last year: 大年初一上映的."""
    return is_attributive(word, case.passage) and toward(dated, case.stated_on, future=False) != dated


_SETTINGS = (
    *("name", "naming", "get", "got", "announce", "confirm", "settle", "lock", "plump"),
    *("定档", "定于", "定在", "锁定", "敲定"),
)


def sets_a_date(passage: Passage) -> bool:
    """Whether a title that only describes the milestone sets a date: regulator names May 24 as the day."""
    if passage.own or passage.field != "title" or not passage.has(Cue.SETTING):
        return False
    return any(word.cue is Cue.SETTING and word.phrase.text.startswith(_SETTINGS) for word in passage.words)


_FILINGS = ("file", "filing", "appl", "submit", "递", "提交", "申请", "呈交", "交表")


def _of_a_filing(dated: FoundDate, word: Word, case: Case) -> bool:
    """Whether the date is that of asking for the event: to file for a listing in June, 下半年提交上市申请."""
    for step in case.found.step:
        if not step.phrase.text.startswith(_FILINGS) or step.clause != word.clause:
            continue
        chinese = dated.end <= step.start < word.start
        if case.passage.clause_of(dated.start) == step.clause and (chinese or step.start < word.start < dated.start):
            return word.role is Role.NOUN or word.tense is Tense.ING
    return False


_CONTRASTS = (Cue.DELAY, Cue.SHIFT, Cue.ADVANCE, Cue.CANCEL, Cue.HALT, Cue.NEGATION, Cue.QUESTION)
_WAS_PLANNED = ("was ", "were ")


def _is_expected(ask: Word, case: Case) -> bool:
    """Whether `should` tells what is expected rather than what is asked for: should not start before that."""
    return ask.phrase.text == "should" and not case.passage.folded.startswith(" not", ask.end)


def _reported_plan(word: Word, case: Case) -> Statement | None:
    """A plan told in the past tense that nothing contrasts: the company said that the plant was to open in 2027."""
    passage = case.passage
    former = [w for w in passage.words if w.cue is Cue.FORMER]
    if passage.has(*_CONTRASTS) or not all(w.phrase.text.startswith(_WAS_PLANNED) for w in former):
        return None
    if any(but in passage.folded[passage.start : passage.end] for but in (" but ", " yet ", " until ", " before ")):
        return None
    ahead = case.to_come(found for found in passage.dates if is_former(found, passage))
    dated = nearest(ahead, passage, word.start, case.found.rivals)
    return replace(_scheduled(dated, case, word), strength=0) if dated else None


_OF_PRODUCTS = (Kind.LAUNCH, Kind.RELEASE)


def _is_bare(case: Case) -> bool:
    """Whether a headline says no more than a product and a day, and no other event: X2 for April 16."""
    if case.passage.field != "title" or case.kind not in _OF_PRODUCTS:
        return False
    ahead = case.to_come(case.usable())
    if any(_is_for(found, case) for found in ahead):
        return True
    if case.found.rivals or case.found.foreign:
        return False
    days = [found for found in ahead if found.window.precision is Precision.DAY]
    return any(found.text[-1].isdigit() or found.text[-1] in "日号" or found.text[0].isdigit() for found in days)


def _is_for(found: FoundDate, case: Case) -> bool:
    """Whether an English date stands right behind the name: confirms GX 80 for May."""
    before = case.passage.folded[: found.start].rstrip()
    name = max((anchor for anchor in case.passage.anchors if anchor < found.start), default=None)
    return name is not None and before.endswith(" for") and len(before) - name <= _NAME


_NAME = 24


_PEER = re.compile(
    r"(?:^|[。;.] ?)(?:同业|同行|友商|竞争对手|其竞争对手|(?:its |larger |smaller |fellow )?(?:rival|peer)s? )"
)


def _scheduled(dated: FoundDate, case: Case, word: Word | None) -> Statement:
    asks = [ask for ask in case.requests if not _is_expected(ask, case)]
    if any(word is None or ask.start < word.start for ask in asks):
        return Statement(Signal.MENTION, Stance.ASSERTED, dated, case.passage, 1, ("a request by others",))
    reason = f"“{dated.text}” beside {case.words_of(word) if word else 'the name'}"
    if case.passage.field == "summary" and _PEER.search(case.passage.folded, case.passage.start, dated.start):
        return Statement(Signal.MENTION, Stance.ASSERTED, dated, case.passage, 1, ("told of a peer",))
    strength = (0 if word in case.found.akin else 2) + case.passage.own
    return Statement(Signal.SCHEDULED, Stance.ASSERTED, dated, case.passage, strength, (reason,))
