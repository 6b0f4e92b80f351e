"""Words of change that move no milestone: that only describe what is named, or that move a stage before it."""

import re

from evtimeline.core.attribution import days_since, is_former
from evtimeline.core.cases import Case
from evtimeline.core.cues import Word
from evtimeline.core.lexicon import Cue
from evtimeline.core.text import is_cjk

_BEFORE_A_NOUN = re.compile(
    r"(?:\b(?:the|a|an|its|their|our|this|at|of|long|much|oft|after|amid|despite"
    r"|(?:release|launch|open|debut|ship|start|deliver|build|finish|complete|unveil|revive)(?:s|es|ed|ing)?)"
    r"|['’]s?)[ -]$"
)
_A_NOUN = re.compile(r" (?!(?:to|until|till|again|by|after|amid|over|as|on|in|for|due|because|at|and)\b)[a-z0-9]")


def is_attribute(word: Word, case: Case) -> bool:
    """Whether a past form only describes what is named behind it: France's delayed reactor, the postponed launch."""
    folded = case.passage.folded
    if not word.phrase.text.endswith("ed") or word.phrase.tail or word.cue not in (Cue.DELAY, Cue.CANCEL):
        return False
    start = next(clause.start for number, clause in case.passage.clauses if number == word.clause)
    opens = not folded[start : word.start].strip(" \"'") and any(0 <= at - word.end <= 1 for at in case.passage.anchors)
    before = opens or _BEFORE_A_NOUN.search(folded, max(0, word.start - 12), word.start)
    return bool(before and _A_NOUN.match(folded, word.end))


_TALK = re.compile(r"[^，,。;；]{0,4}的(?:讨论|说法|猜测|质疑|担忧|疑问|疑虑|议论|话题)")
_BEFORE = re.compile(r"(?:曾|曾经|一度|数次|数度|几度|屡|屡屡|屡次|多次|两度|三度|几经|历经)(?:被|遭|经)?$")
_EVENT = "上市|开幕|发布|发射|上映|举行|举办|投产|开通|交付|开业|首飞|一事|消息|事件|决定"
_AFTER = re.compile(rf"(?:{_EVENT}){{0,2}}(?:的消息)?之?后(?![续的])")
_THOUGH = re.compile(r"尽管|虽然|虽(?!说)")


def is_settled(word: Word, case: Case) -> bool:
    """Whether a Chinese change is an old one, or what the news follows from: 曾被推迟, 推迟上市后首次发声."""
    folded, clause = case.passage.folded, next(c for n, c in case.passage.clauses if n == word.clause)
    if not is_cjk(folded[word.start]):
        return False
    conceded = _THOUGH.search(folded, clause.start, word.start) and "但" in folded[word.end : word.end + 40]
    if _TALK.match(folded, word.end):
        return True
    return bool(conceded or _BEFORE.search(folded, clause.start, word.start) or _AFTER.match(folded, word.end))


_EARLY = ("提前", "提早")
_FOR = re.compile(
    r"(?:了|约|近|整整)?(?:[一二两三四五六七八九十半百几数\d]{1,4}(?:个?多?(?:小时|天|日|周|星期|月|季度|年))?)?(?:正式|全面|实现|启动|开启|进入|公开|顺利|就|对外|全线)*"
)
_NEW_DAY = ("", "至", "到", "了", "于", "在", "为", "?", "!", '"', "'", "吗")


def is_in_advance(word: Word, case: Case) -> bool:
    """Whether 提前 tells how something else is done: 演唱会提前半年抢票, 须提前申请; 提前上市 is an advance."""
    if word.phrase.text not in _EARLY:
        return False
    folded, clause = case.passage.folded, next(c for n, c in case.passage.clauses if n == word.clause)
    after = _FOR.match(folded, word.end, clause.end)
    at = after.end() if after else word.end
    if (
        at >= clause.end
        or folded.startswith(_NEW_DAY[1:], at)
        or any(0 <= d.start - word.end <= 2 for d in case.passage.dates)
    ):
        return False
    events = (*case.found.core, *case.found.noun, *case.found.akin, *case.found.sign)
    return not any(event.start == at or 0 <= word.start - event.end <= 1 for event in events)


_STAGES = (
    *("fuel loading", "fuel load", "first fuel", "groundbreaking", "ground", "break ground", "hot functional test"),
    *("cold functional test", "hot test", "cold test", "wet dress rehearsal", "static fire", "hot fire", "topping out"),
    *(
        "trial run",
        "first flight",
        "maiden flight",
        "flight test",
        "test flight",
        "tool install",
        "tool move-in",
        "countdown rehearsal",
        "rollout",
        "rolled out",
    ),
    *("装料", "开工", "奠基", "动工", "热试", "冷试", "试产", "设备进场", "设备搬入", "封顶", "合练", "静态点火"),
)
"""Steps with a day of their own; who puts one off has not yet put off the milestone."""


def is_a_stage(step: Word) -> bool:
    """Whether a step has a day of its own, which is not that of the milestone."""
    return step.phrase.text.startswith(_STAGES)


_TRANSITIVE = ("取消", "叫停", "终止", "放弃", "撤销", "撤回", "搁置")
_NO_OBJECT = re.compile(
    r"[\s\"'!」》)]*(?:$|[了的后前并致引至到等和或与及]|原因|消息|通知|公告|道歉|致歉|致电|\d"
    r"|约|近|至少|长达|最多|超过|半年|[一二两三四五六七八九十]{1,2}个?[年月季])"
)
_WHOLE = re.compile(
    r"计划|项目|方案|申请|交易|谈判|合作|协议|合并|收购|发射|首飞|建设|本次|此次|该|这|全部|所有|原定|年内|上市|发行|活动|比赛|赛事|演出"
)


_OTHERS = re.compile(
    r"(?:人员|员工|工人|雇员|工程师|团队|专家|职位|岗位|合同|订单|补贴|贷款|资金|罚单|指控|诉讼|限制|优惠|折扣|门票|航班)$"
)


def takes_another(word: Word, case: Case) -> bool:
    """Whether a Chinese change takes an object beside the milestone: 演唱会取消纸质票, 撤回芜州工厂人员."""
    folded, clause = case.passage.folded, next(c for n, c in case.passage.clauses if n == word.clause)
    if word.phrase.text not in _TRANSITIVE or _NO_OBJECT.match(folded, word.end, clause.end):
        return False
    if _OTHERS.search(folded[word.end : clause.end].rstrip()):
        return True
    events = (*case.found.core, *case.found.noun, *case.found.akin)
    meant = [*case.passage.anchors, *(event.start for event in events), *(found.start for found in case.passage.dates)]
    return not any(word.end <= at < clause.end for at in meant) and not _WHOLE.search(folded, word.end, clause.end)


_LATER = re.compile(r"(?:days?|weeks?|months?|quarters?|years?) (?:after|since) (?:[\w-]+ ){0,5}$")
_BACK_IN = ("", " ", " in ", " back in ", " on ")
_OLD = 45


def is_old(word: Word, case: Case) -> bool:
    """Whether a change is told as one of long ago: weeks after it halted its own, was scrapped last year, 去年取消."""
    folded, number = case.passage.folded, word.clause
    start = next(clause.start for n, clause in case.passage.clauses if n == number)
    if _LATER.search(folded, max(0, start - 12), word.start):
        return True
    for found in case.passage.dates:
        before = folded[found.end : word.start] if found.end <= word.start else None
        after = folded[word.end : found.start] if word.end <= found.start else None
        english = folded[word.start].isascii()
        beside = after in _BACK_IN if english else before in ("", "已", "就", "被", "宣布", "已经")
        if beside and days_since(found, case.stated_on) > _OLD and not is_former(found, case.passage):
            return not case.to_come(case.usable())
    return False


def is_beside(word: Word, case: Case) -> bool:
    """Whether a word of change moves something beside the milestone: a stage, or what is done in advance."""
    if is_old(word, case):
        return True
    return is_of_a_stage(word, case) or is_in_advance(word, case) or is_settled(word, case) or _is_of_others(word, case)


def _is_of_others(word: Word, case: Case) -> bool:
    """Whether an English word of change tells what an old delay does, or that another event is moved."""
    return case.passage.folded[word.start].isascii() and (acts(word, case) or _moves_another(word, case))


_FLIGHTS = ("first flight", "maiden flight", "test flight", "first test flight", "flight test")
_HANDOVERS = ("deliver", "handover")


def _moves_another(word: Word, case: Case) -> bool:
    """Whether the object is a flight and the milestone a delivery, or the other way round."""
    here = [other for other in (*case.found.core, *case.found.noun, *case.found.akin) if other.clause == word.clause]
    others = {"delivery": _FLIGHTS, "first-flight": _HANDOVERS, "launch": _HANDOVERS}.get(case.kind)
    if here or not others:
        return False
    objects = (other for other in case.passage.words if other.role and other.phrase.text.startswith(others))
    return any(other.clause == word.clause and _is_moved(other, word, case) for other in objects)


_TROUBLES = ("delay", "delays", "setback", "setbacks", "postponement", "postponements", "cancellation", "cancellations")
_ACTS = re.compile(
    r" (?:(?:will|would|may|might|could|can|cannot|to|have|has|had|already|also|are|were|is) ){0,3}"
    r"(?:caus|cost|hit|hurt|forc|prompt|weigh|dent|disrupt|threaten|affect|leav|left|frustrat|anger|lead|led |mean|rais"
    r"|blam|spark|eat|squeez|drain|complicat|hamper|drag|harm|risk|worr|burden|impact|trigger|benefit|help|lift|boost|add)"
)


def acts(word: Word, case: Case) -> bool:
    """Whether an old English delay is the subject, with what it does as the news: X50 delays could hit suppliers."""
    passage = case.passage
    if word.phrase.text not in _TROUBLES or word.phrase.tail or not _ACTS.match(passage.folded, word.end):
        return False
    return any(at < word.start for at in passage.anchors) and not case.to_come(case.usable())


def is_of_a_stage(word: Word, case: Case) -> bool:
    """Whether only a stage is moved, named right before the word of change: fuel loading postponed to mid-April."""
    if case.found.core or any(noun.clause == word.clause for noun in case.found.noun):
        return False
    stages = [step for step in case.found.step if step.phrase.text.startswith(_STAGES) and step.clause == word.clause]
    english = case.passage.folded[word.start].isascii()
    if english and any(_is_moved(step, word, case) for step in stages):
        return True
    before = any(0 <= word.start - step.end <= (_BETWEEN if english else 3) for step in stages)
    return before or (not english and any(0 <= step.start - word.end <= 1 for step in stages))


def _is_moved(step: Word, word: Word, case: Case) -> bool:
    """Whether an English stage is the object of a change: pushes X50 maiden flight to May, delays its first flight."""
    between = case.passage.folded[word.start : step.start]
    return word.start < step.start and len(between) <= _OBJECT and not _ENDS_OBJECT.search(between)


_OBJECT = 48
_ENDS_OBJECT = re.compile(
    r" (?:after|as|until|till|amid|over|before|because|by|on|with|to|due|pending|following|while) "
)
_BETWEEN = 16
