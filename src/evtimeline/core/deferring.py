"""Delays that no word for a delay tells: what will not be until, only in, or not before a later day."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from evtimeline.core.attribution import nearest
from evtimeline.core.cases import Case
from evtimeline.core.cues import Word
from evtimeline.core.lexicon import Cue
from evtimeline.core.milestones import OF_A_COMPANY
from evtimeline.core.phrases import FoundDate
from evtimeline.core.windows import Precision, not_before

Deferral = tuple[Word, FoundDate | None]
"""The word that puts it off, and to when."""


def deferred(case: Case) -> Deferral | None:
    """What puts the event off: `won't open this year`, `may not open until 2030`, 要到2030年才通车."""
    return next((found for read in (_not_until, _only_then, _now_then, _not_then) for found in read(case)), None)


_REFUSALS = (
    *("unlikely", "not likely", "isn't likely", "aren't likely", "not expected", "not expect", "n't expect"),
    *("will not", "won't", "would not", "不会", "无法", "不可能", "难以", "无望", "难"),
)
_NEAR = 24


def _not_then(case: Case) -> Iterator[Deferral]:
    """An event that will not be this year: `won't open this year`, 年内不会首飞, 年内开通无望."""
    for event in (*case.found.core, *case.found.noun):
        here = [word for word in case.passage.words if word.clause == event.clause]
        refused = [
            w for w in here if w.phrase.text in _REFUSALS and (_is_near(w, event) or _is_said_of(w, event, case))
        ]
        within = [found for found in case.passage.dates if case.passage.clause_of(found.start) == event.clause]
        open_ended = any(found.window.latest is None for found in within)
        if refused and within and (not open_ended or _is_put_off(within, case)):
            dated = next((found for found in within if found.window.latest is None), None)
            yield refused[0], dated or _elsewhere(within, event, case)


_HAPPENS = re.compile(r" (?:to )?(?:happen|come|take place|be|go ahead|materiali[sz]e|occur|proceed)\b")


def _is_said_of(refusal: Word, event: Word, case: Case) -> bool:
    """Whether the event before a refusal is what will not happen: IPO unlikely to happen this year."""
    near = 0 <= refusal.start - event.end <= 4
    return near and _HAPPENS.match(case.passage.folded, refusal.end) is not None


def _is_near(refusal: Word, event: Word) -> bool:
    hopeless = refusal.phrase.text == "无望" and 0 <= refusal.start - event.end <= 2
    return hopeless or 0 <= event.start - refusal.end <= _NEAR


def _elsewhere(within: Sequence[FoundDate], event: Word, case: Case) -> FoundDate | None:
    """The date to come that another clause puts in the place of the one that will not be: 预计明年底投用."""
    later = [found for found in case.to_come(case.usable()) if case.passage.clause_of(found.start) > event.clause]
    last = max((found.window.latest for found in within if found.window.latest), default=case.stated_on)
    return next((found for found in later if found.window.latest is None or found.window.latest > last), None)


def _is_put_off(within: Sequence[FoundDate], case: Case) -> bool:
    """Whether an open-ended date is said to be a new one."""
    return any(word.cue in (Cue.FORMER, Cue.DELAY) for found in within for word in case.beside(found))


_UNTIL = re.compile(r"\b(?:until|till)(?: at least| about| around| as late as| some time| sometime)?(?: the| in)?$")
_BACK = 70
_REFUSED = re.compile(
    r"(?:\b(?:will|would|may|might|could|can) ?not|(?:wo|would|could|ca)n't|\bnot (?:going|able)"
    r"|\bunlikely|(?:n't|\bnot) (?:likely|expect(?:ed)?))$"
)


def _not_until(case: Case) -> Iterator[Deferral]:
    """An event that is not to be until or before a day: `may not carry riders until 2033`."""
    for refusal in (word for word in case.passage.words if word.cue is Cue.NEGATION):
        if not _REFUSED.search(case.passage.folded, max(0, refusal.start - 6), refusal.end):
            continue
        for found in case.to_come(case.passage.dates):
            later = _bound(found, refusal, case) if found.end - refusal.end <= _BACK else None
            if later and _is_meant(refusal, found, case):
                yield refusal, later


def _bound(found: FoundDate, refusal: Word, case: Case) -> FoundDate | None:
    """The date as one before which it will not be: behind `until` or `before`."""
    before = case.passage.folded[max(0, found.start - 24) : found.start].rstrip()
    if found.start >= refusal.end and _UNTIL.search(before):
        return found
    if found.window.latest is None and found.end > refusal.end and "before" in found.text.lower():
        return found
    if found.start >= refusal.end and found.text.lower().startswith("before") and found.window.latest:
        return _after(found, found.window.latest)
    return None


def _after(found: FoundDate, last: date) -> FoundDate:
    return replace(found, window=not_before(last + timedelta(days=1)), deadline=False)


def _is_meant(refusal: Word, found: FoundDate, case: Case) -> bool:
    """Whether the milestone's event stands between the refusal and the date, or nothing else does."""

    def between(words: Sequence[Word]) -> bool:
        return any(refusal.end <= word.start < found.end for word in words)

    events = case.found
    if between((*events.core, *events.noun, *events.akin, *events.sign)):
        return True
    steps = [step for step in events.step if not step.phrase.text.startswith(_LEAVES)]
    named = any(case.passage.clause_of(anchor) == refusal.clause for anchor in case.passage.anchors)
    coarse = found.window.precision not in (Precision.DAY, Precision.WEEK)
    return named and coarse and case.kind not in OF_A_COMPANY and not between((*steps, *events.foreign))


_LEAVES = ("approv", "certif", "clear", "licen", "permi")
"""Steps without which the event cannot be: who gets no approval until May does not open before."""


_NOW = re.compile(r"\bnow(?: in| by| for| seen in| only in)?(?: the| early| late)?\s?$")


def _now_then(case: Case) -> Iterator[Deferral]:
    """An event that is now then: start-up now 2028."""
    main = case.found.main
    for found in case.to_come(case.usable()):
        before = case.passage.folded[max(0, found.start - 24) : found.start]
        word = next((w for w in case.passage.words if w.phrase.text == "now" and 0 <= found.start - w.end <= 20), None)
        if main and word and _NOW.search(before) and nearest([found], case.passage, main.start, case.found.rivals):
            yield word, found


def _only_then(case: Case) -> Iterator[Deferral]:
    """An event that comes only then, or not before: 要到2030年才通车, 2030年前不会通车."""
    folded = case.passage.folded
    for event in case.found.core:
        for found in case.to_come(case.passage.dates):
            if not (found.end <= event.start and case.passage.clause_of(found.start) == event.clause):
                continue
            link = folded[found.end : event.start]
            if len(link) <= 6 and link.startswith(("才", "后才")):
                yield event, found
            elif len(link) <= 8 and found.deadline and link.startswith(_NOT) and found.window.latest:
                yield event, _after(found, found.window.latest)


_NOT = ("不会", "不可能", "无法", "难以", "不能", "难")
