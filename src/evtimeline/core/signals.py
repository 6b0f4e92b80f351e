"""What a passage says of a milestone: signal, stance and window, by its predicate and the words around it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from evtimeline.core.asides import (
    comes_before,
    is_after_another,
    is_apposed,
    is_known,
    is_only_spoken_of,
    tells_nothing,
)
from evtimeline.core.attribution import (
    Passage,
    days_since,
    is_former,
    is_loose,
    is_of_announcement,
    is_past,
    nearest,
    toward,
)
from evtimeline.core.cases import Case, Statement
from evtimeline.core.changes import changed, requested
from evtimeline.core.claims import Signal, Stance
from evtimeline.core.comparing import is_compared
from evtimeline.core.cues import Word
from evtimeline.core.denying import holds, stance_of
from evtimeline.core.earlier import happened_before
from evtimeline.core.events import NO_EVENTS, Sought, events
from evtimeline.core.lexicon import Cue, Role, Tense
from evtimeline.core.milestones import CLOSING, OF_A_COMPANY, Kind
from evtimeline.core.phrases import FoundDate
from evtimeline.core.promising import already_out, named_after_its_day, promised, sets_a_date
from evtimeline.core.tenses import (
    goes_on,
    is_ahead,
    is_attributive,
    is_negated,
    is_stopped,
    surely_done,
    told_as_done,
    told_aside,
    told_barely,
)
from evtimeline.core.text import is_cjk
from evtimeline.core.windows import Precision

RETROSPECT_DAYS = 45
"""An event that lies longer ago than this is told in passing, not reported."""

JUST_DAYS = 3
"""A day that lies at most this far back is the day of the news."""


def state(passage: Passage, sought: Sought, stated_on: date, denied: bool) -> Statement:
    """What a passage says of a milestone whose events are `sought`.

    `denied`: the entry elsewhere denies a change, or holds to the old date where it asks about a new one.
    """
    if passage.adrift:
        return Statement(Signal.MENTION, Stance.ASSERTED, None, passage, 0, ("named, nothing said of it",))
    silent = is_silent(passage, sought.kind, sought.akin)
    if is_compared(passage):
        return Statement(Signal.MENTION, Stance.ASSERTED, None, passage, 0, ("something else is compared with it",))
    case = Case(passage, sought.kind, NO_EVENTS if silent else events(passage, sought), stated_on, denied)
    for read in () if silent else (requested, changed, _unchanged, _denied, already_out, _happened, promised):
        statement = read(case)
        if statement:
            break
    else:
        statement = _rest(case)
    if statement.signal in (Signal.ADVANCED, Signal.DELAYED):
        statement = _told_at_last(statement, case) or statement
    stance, old = stance_of(passage, statement), None if silent else _old(case)
    changed_at_all = stance is not statement.stance or old is not statement.old
    return replace(statement, stance=stance, old=old) if changed_at_all else statement


def _old(case: Case) -> FoundDate | None:
    """The date for which the event had been promised before: originally due in May, 原定5月."""
    former = [found for found in case.passage.dates if is_former(found, case.passage)]
    carried = case.kind not in OF_A_COMPANY and not case.found.foreign
    if not former or not (case.passage.own or case.found.main or carried):
        return None
    at = case.found.main.start if case.found.main else case.passage.start
    found = nearest(former, case.passage, at) or former[0]
    return toward(found, case.stated_on, future=None)


_TELLING = (Cue.REQUEST, Cue.CANCEL, Cue.DELAY, Cue.ADVANCE, Cue.SHIFT, Cue.HALT, Cue.UNCHANGED, Cue.DENIAL)


def is_silent(passage: Passage, kind: str, akin: Sequence[str]) -> bool:
    """Whether nothing can be said of the milestone: it is not named, no event like it is, and nothing changes.

    Most sentences after one that names it are such, and need no closer look.
    """
    if passage.own or passage.has(*_TELLING) or sets_a_date(passage) or any(found.role for found in passage.dates):
        return False
    return not any(word.phrase.kind == kind or word.phrase.kind in akin for word in passage.words)


def _told_at_last(changed_to: Statement, case: Case) -> Statement | None:
    """What has happened a month early, or today after years of delay, has happened."""
    if case.kind == Kind.TARGET and changed_to.signal is Signal.ADVANCED:
        return _reached_early(case)
    if changed_to.dated and not is_past(changed_to.dated, case.stated_on):
        return None
    told = _happened(case)
    if told is None or told.signal is not Signal.ACHIEVED:
        return None
    today = told.dated is not None and 0 <= days_since(told.dated, case.stated_on) <= JUST_DAYS
    barely = not told.dated and all(told_barely(word, case.passage) for word in case.found.core)
    return told if today or (changed_to.signal is Signal.ADVANCED and not barely) else None


def _reached_early(case: Case) -> Statement | None:
    """A target that is met before its period ends is met: hits 2026 goal six weeks early."""
    if (told := _happened(case)) and told.signal is Signal.ACHIEVED:
        return told
    for word in case.found.core:
        ahead = is_ahead(word, case.passage) or is_negated(word, case.passage)
        if not ahead and word.tense in (Tense.PAST, Tense.PRESENT):
            return _achieved(word, None, told_aside(word, case.passage), case)
    return None


def _unchanged(case: Case) -> Statement | None:
    """The old date holds; with the date it is a promise reaffirmed, without one it is progress."""
    if not case.passage.has(Cue.UNCHANGED):
        return None
    word, main = next((w for w in case.passage.words if holds(w, case)), None), case.found.main
    if word is None:
        return None
    ahead = case.to_come(case.usable(denied=True))
    if not ahead:
        ahead = [found for found in case.to_come(case.passage.dates) if not case.is_in_doubt(found)]
    if not ahead and (told := _happened_on_time(word, case)):
        return told
    at = main.start if main else word.start
    held = [found for found in ahead if any(w.cue is Cue.UNCHANGED for w in case.beside(found))]
    dated = nearest(ahead, case.passage, at, case.found.rivals) or nearest(held, case.passage, at)
    signal = Signal.SCHEDULED if dated else Signal.PROGRESS
    reason = f"{case.words_of(word)} holds to the date"
    return Statement(signal, Stance.REAFFIRMED, dated, case.passage, 2 + case.passage.own, (reason,))


_PUNCTUAL = ("如期", "按期", "如约", "准时", "按时", "on time", "on schedule", "as planned", "as scheduled")


def _happened_on_time(word: Word, case: Case) -> Statement | None:
    """What happened on time has happened: 今日如期开通."""
    done = any(surely_done(event, case.passage) for event in case.found.core)
    told = _happened(case) if done and word.phrase.text in _PUNCTUAL else None
    return told if told and told.signal is Signal.ACHIEVED else None


def _denied(case: Case) -> Statement | None:
    """Something said of it is denied, and nothing put in its place."""
    word = next((w for w in case.passage.words if w.cue is Cue.DENIAL), None)
    if word is None or case.to_come(case.usable(denied=True)):
        return None
    reason = f"{case.words_of(word)} denies what was said"
    return Statement(Signal.PROGRESS, Stance.DENIED, None, case.passage, 2 + case.passage.own, (reason,))


# -- happened -----------------------------------------------------------------------------------------------------


def _happened(case: Case) -> Statement | None:
    """The event is told as something that has happened or happens today; news of it goes before an aside."""
    told = [statement for word in (*case.found.core, *case.found.sign) if (statement := _told(word, case))]
    long_since = next((statement for statement in told if statement.done), None)
    return long_since or min(told, key=lambda statement: statement.aside, default=None)


def _told(word: Word, case: Case) -> Statement | None:
    """What one event word tells, if it tells of the past or the present."""
    if is_ahead(word, case.passage, today=_is_of_today(word, case)) or is_negated(word, case.passage):
        return None
    if is_stopped(word, case.passage) or tells_nothing(word, case.passage):
        return None
    if goes_on(word, case.passage) or comes_before(word, case.passage) or is_after_another(word, case.passage):
        return _achieved(word, None, True, case)
    if case.kind == CLOSING and case.is_yet_to_close():
        return None
    rivals = [*case.found.rivals, *(akin.start for akin in case.found.akin if akin.tense is not Tense.ING)]
    sense = False if surely_done(word, case.passage) or is_attributive(word, case.passage) else None
    past = [toward(found, case.stated_on, future=sense) for found in case.passage.dates]
    past = [found for found in past if is_past(found, case.stated_on) and not is_former(found, case.passage)]
    past = [found for found in past if not case.is_of_saying(found, word)]
    dated = nearest(past, case.passage, word.start, rivals)
    aside = told_aside(word, case.passage) and not _is_todays(word, dated, case)
    aside = aside or happened_before(word, case.passage)
    if dated is None and not aside:
        dated = _just_past(past, case)
    aside = aside or bool(dated and days_since(dated, case.stated_on) > JUST_DAYS and is_apposed(word, case.passage))
    if _is_promised(word, dated, rivals, case) or (dated is None and not told_as_done(word, case.passage)):
        return None
    if dated and is_loose(dated, case.stated_on) and not surely_done(word, case.passage):
        if word.role is not Role.SIGN:
            return None
        dated = None
    statement = _achieved(word, dated, aside, case)
    old = dated is not None and days_since(dated, case.stated_on) > RETROSPECT_DAYS
    known = old and case.kind != "reopening" and is_known(word, case.passage)
    return replace(statement, done=True) if known else statement


def _is_todays(word: Word, dated: FoundDate | None, case: Case) -> bool:
    """Whether a Chinese attribute tells of the day of publication: 今日开园的乐园, 将于今日通车的大桥."""
    today = dated is not None and dated.window.precision is Precision.DAY and dated.window.latest == case.stated_on
    return today and case.passage.folded.startswith("的", word.end) and not case.passage.has(Cue.ANNIVERSARY)


def _is_of_today(word: Word, case: Case) -> bool:
    """Whether a Chinese event stands right behind the day of publication: 将于今日正式开业."""
    return is_cjk(word.phrase.text[0]) and any(
        found.window.precision is Precision.DAY
        and found.window.latest == case.stated_on
        and 0 <= word.start - found.end <= _RIGHT_BEHIND
        for found in case.passage.dates
    )


_RIGHT_BEHIND = 4


def _is_promised(word: Word, dated: FoundDate | None, rivals: Sequence[int], case: Case) -> bool:
    """Whether a date to come stands in the word's own clause, and none that is past."""
    if dated and case.passage.clause_of(dated.start) == word.clause:
        return False
    later = [toward(found, case.stated_on, future=None) for found in case.usable()]
    later = [found for found in later if not is_past(found, case.stated_on)]
    here = [found for found in later if case.passage.clause_of(found.start) == word.clause]
    return nearest(here, case.passage, word.start, rivals) is not None


def _just_past(past: Sequence[FoundDate], case: Case) -> FoundDate | None:
    """A day just past anywhere in the passage: what happened in a sentence of news happened then."""
    days = [
        found
        for found in past
        if found.window.precision is Precision.DAY
        and 0 <= days_since(found, case.stated_on) <= JUST_DAYS
        and not is_of_announcement(found, case.passage, case.stated_on)
    ]
    return days[0] if days else None


def _achieved(word: Word, dated: FoundDate | None, aside: bool, case: Case) -> Statement:
    """An achievement, or a mention where it lies long ago or is told by the way."""
    aside = aside or (dated is not None and days_since(dated, case.stated_on) > RETROSPECT_DAYS)
    signal = Signal.MENTION if aside else Signal.ACHIEVED
    reason = f"{case.words_of(word)} is told as having happened"
    strength = 1 if aside else 2 + case.passage.own
    return Statement(signal, Stance.ASSERTED, dated, case.passage, strength, (reason,), aside=aside)


# -- the rest -----------------------------------------------------------------------------------------------------


def _rest(case: Case) -> Statement:
    """Neither change nor date: a step toward it is progress, anything else a mention."""
    passage, found = case.passage, case.found
    word = next(iter((*found.step, *found.noun, *found.core, *found.akin)), None)
    if word and is_only_spoken_of(word.start, passage):
        word = None
    if past := named_after_its_day(case):
        return past
    not_yet = any(is_negated(event, passage) for event in found.core)
    made = [akin for akin in found.akin if akin.phrase.kind in _MAKING]
    before = any(told_as_done(akin, passage) and not is_negated(akin, passage) for akin in made)
    ahead = found.step or not_yet or before or passage.has(*_OPEN)
    spare = next(iter(case.to_come(case.usable(denied=True))), None)
    if case.kind not in OF_A_COMPANY and passage.own:
        word = word or next((undated for undated in passage.words if undated.cue is Cue.UNDATED), None)
    if passage.own and not passage.has(Cue.OPINION):
        toward_it = next((step for step in passage.words if step.cue is Cue.TOWARD), None)
        word, ahead = word or toward_it, ahead or toward_it is not None
    if word and ahead and not passage.has(Cue.ANNIVERSARY):
        reason = f"{case.words_of(word)} is a step"
        return Statement(Signal.PROGRESS, Stance.ASSERTED, None, passage, int(passage.own), (reason,), spare=spare)
    reason = "named, nothing said of it"
    return Statement(Signal.MENTION, Stance.ASSERTED, None, passage, int(passage.own), (reason,), spare=spare)


_OPEN = (Cue.FUTURE, Cue.PLAN, Cue.UNDATED, Cue.PURSUIT, Cue.RESPONSE)

_MAKING = (Kind.MASS_PRODUCTION, Kind.PLANT_OPENING)
"""What comes before sales and deliveries."""
