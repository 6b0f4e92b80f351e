"""Whether `a year earlier` tells that an event comes sooner, or only looks back: up from a year earlier."""

import re

from evtimeline.core.attribution import Passage
from evtimeline.core.cases import Case
from evtimeline.core.cues import Word
from evtimeline.core.lexicon import Cue, Tense

_NUMBER = r"(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|several|some|many|\d+)"
_BACK = re.compile(
    r"(?:\b(?:from|than|to|with|against|versus|vs|of|over|on|in|for|since|at|the)|%|[\d.]+[a-z]{0,2}"
    r"|\b(?:percent|million|billion|trillion)|\b(?:had|was|were|did)(?: \w+){0,4})"
    rf"(?: (?:about|around|just|almost|nearly|some|only|more than))*(?: {_NUMBER})?\s?$"
)


def looks_back(word: Word, case: Case) -> bool:
    """Whether a length of time `earlier` is that since something else: from a year earlier, had said a week earlier."""
    passage = case.passage
    if not word.phrase.text.endswith(" earlier") or passage.folded.startswith(" than", word.end):
        return False
    clause = next(clause for number, clause in passage.clauses if number == word.clause)
    if _BACK.search(passage.folded, clause.start, word.start):
        return True
    before = [w for w in (*case.found.core, *case.found.noun, *case.found.akin) if w.end <= word.start]
    here = [event for event in before if event.clause == word.clause]
    if not here:
        to_come = passage.has(Cue.FUTURE, Cue.PLAN) or any(event.tense in _TO_COME for event in before)
        return not (before and to_come and _is_apart(word, clause.start, passage.folded))
    return here[-1].tense is Tense.PAST


_TO_COME = (Tense.BASE, Tense.ING)
_BEFORE = re.compile(
    rf"[^,;:]{{0,60}}?\b{_NUMBER} (?:days?|weeks?|months?|quarters?|years?|decades?) (?:earlier|before)"
    r"(?! than\b| (?:schedule|planned|plan|the)\b)"
)


def happened_before(word: Word, passage: Passage) -> bool:
    """Whether an event lies so long before what is told: its first factory opened two years earlier."""
    return word.tense is Tense.PAST and _BEFORE.match(passage.folded, word.end, passage.end) is not None


def _is_apart(word: Word, start: int, folded: str) -> bool:
    """Whether it begins its clause: will open in June, two months earlier."""
    return len(folded[start : word.start].split()) <= 2
