"""What a passage says of a milestone: signal, stance and window, by its predicate and the words around it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from evtimeline.core.claims import Signal, Stance
from evtimeline.core.cues import Word
from evtimeline.core.attribution import (
    Passage,
    days_since,
    is_former,
    is_future,
    is_of_announcement,
    is_past,
    nearest,
    toward,
)
from evtimeline.core.lexicon import Cue, Role, Tense
from evtimeline.core.phrases import FoundDate
from evtimeline.core.windows import Precision

RETROSPECT_DAYS = 45
"""An event that lies longer ago than this is told in passing, not reported."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What one passage says; `strength` orders statements of equal signal, `reasons` say by which words."""

    signal: Signal
    stance: Stance
    dated: FoundDate | None
    passage: Passage
    strength: int
    reasons: tuple[str, ...]
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Events:
    """The words of a passage that name the event itself, a thing to be dated, a step, a sign; akin and foreign events."""

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
        for group in (self.core, self.noun, self.akin):
            if group:
                return group[-1] if group is self.core and not group[0].start else group[0]
        return None


def events(passage: Passage, kind: str, akin: Sequence[str]) -> Events:
    """The event words of a passage; a word inside a longer one of the same kind (发布 in 发布会) does not count."""
    own = [word for word in passage.words if word.phrase.kind == kind and word.role is not Role.ABOUT]
    kept = [word for word in own if not any(_inside(word, other) for other in own)]
    nominal = {word.start for word in passage.words if word.cue is Cue.NOMINAL}
    kept = [replace(word, phrase=replace(word.phrase, role=Role.NOUN)) if word.end in nominal else word for word in kept]
    cores = {(word.start, word.end) for word in kept if word.role is Role.CORE}
    taken = [(word.start, word.end) for word in kept]
    other = [w for w in passage.words if w.role is Role.CORE and w.phrase.kind != kind and not _overlaps(w, taken)]
    by_role = {
        role: tuple(
            w
            for w in kept
            if w.role is role and (role is Role.CORE or (w.start, w.end) not in cores or role is Role.NOUN)
        )
        for role in Role
    }
    return Events(
        core=by_role[Role.CORE],
        noun=by_role[Role.NOUN],
        step=by_role[Role.STEP],
        sign=by_role[Role.SIGN],
        akin=tuple(w for w in other if w.phrase.kind in akin),
        foreign=tuple(w for w in other if w.phrase.kind not in akin and _is_told(w)),
    )


def _is_told(word: Word) -> bool:
    """Whether a word is a predicate: any in Chinese, a finite verb in English."""
    return word.tense in (Tense.PAST, Tense.PRESENT) or not word.phrase.text[0].isascii()


def _overlaps(word: Word, taken: Sequence[tuple[int, int]]) -> bool:
    return any(word.start < end and start < word.end for start, end in taken)


def _inside(word: Word, other: Word) -> bool:
    longer = other.end - other.start > word.end - word.start
    return longer and other.start <= word.start and word.end <= other.end


def state(passage: Passage, kind: str, akin: Sequence[str], stated_on: date, denied: bool) -> Statement:
    """What a passage says of a milestone of `kind`; `denied`: the entry elsewhere denies or holds to the old date."""
    found = events(passage, kind, akin)
    for read in (_requested, _change, _unchanged, _denied, _happened, _promised):
        statement = read(passage, found, stated_on, denied)
        if statement:
            return replace(statement, stance=stance(passage, statement))
    return _rest(passage, found, stated_on)


# -- changes ------------------------------------------------------------------------------------------------------

_CHANGES = (
    (Cue.CANCEL, Signal.CANCELLED),
    (Cue.DELAY, Signal.DELAYED),
    (Cue.ADVANCE, Signal.ADVANCED),
    (Cue.SHIFT, Signal.DELAYED),
)


def _requested(passage: Passage, found: Events, stated_on: date, denied: bool) -> Statement | None:
    """A change that others ask for, with the date that they ask for."""
    for ask in (word for word in passage.words if word.cue is Cue.REQUEST):
        for word in passage.words:
            if word.cue in (Cue.DELAY, Cue.ADVANCE, Cue.CANCEL, Cue.HALT) and word.clause == ask.clause and ask.end <= word.start:
                dated = _new_date(passage, found, word, stated_on)
                reason = f"“{_words(passage, ask)}”: others ask for it"
                return Statement(Signal.MENTION, Stance.ASSERTED, dated, passage, 3, (reason,))
    return None


def _change(passage: Passage, found: Events, stated_on: date, denied: bool) -> Statement | None:
    """A cancellation, a delay or an advance that is asserted here."""
    if denied:
        return None
    for cue, signal in _CHANGES:
        for word in passage.words:
            if word.cue is not cue or not _effective(word, passage, found):
                continue
            dated = _new_date(passage, found, word, stated_on) if cue is not Cue.CANCEL else None
            if cue is Cue.SHIFT and not dated:
                continue
            if cue is Cue.CANCEL and (_of_a_step(word, passage, found) or not _cancels(word, passage, found)):
                continue
            reason = f"“{_words(passage, word)}” in the same clause" if passage.own else f"“{_words(passage, word)}”"
            return Statement(signal, Stance.ASSERTED, dated, passage, 3 + passage.own, (reason,))
    return None


def _effective(word: Word, passage: Passage, found: Events) -> bool:
    """Whether a word of change is said of this milestone, and not negated, requested, denied or old."""
    clause = [other for other in passage.words if other.clause == word.clause]
    if any(other.cue is Cue.QUESTION for other in clause):
        return False
    for other in clause:
        gap = word.start - other.end
        if other.cue is Cue.NEGATION and 0 <= gap <= (
            8 if word.start and passage.folded[word.start] > "\u2e80" else 12
        ):
            return False
        if other.cue in (Cue.REQUEST, Cue.DENIAL) and other.start < word.start:
            return False
        if other.cue is Cue.BACKGROUND and other.start <= word.start and word.end <= other.end:
            return False
        if other.cue is Cue.UNCHANGED and other.start <= word.start and word.end <= other.end:
            return False
    return not any(other.cue is Cue.DENIAL for other in passage.words)


def _of_a_step(word: Word, passage: Passage, found: Events) -> bool:
    """Whether what is changed is a step (an internal test), not the event: the nearest event word before it is one."""

    def near(group: Sequence[Word]) -> int:
        gaps = [
            abs(word.start - other.end) if other.end <= word.start else abs(other.start - word.end)
            for other in group
            if other.clause == word.clause
        ]
        return min(gaps, default=999)

    step = near(found.step)
    return step <= 4 and step < near((*found.core, *found.noun, *found.akin))


def _cancels(word: Word, passage: Passage, found: Events) -> bool:
    """Whether a cancellation takes the milestone itself: its name or event is the object, no step or thing beside it."""
    clause = passage.clause_of(word.start)
    if any(step.clause == clause for step in (*found.step, *found.sign)):
        return False
    mine = [a for a in passage.anchors if passage.clause_of(a) == clause and not _has_a_part_behind(a, passage)]
    return bool(mine) or any(w.clause == clause for w in (*found.core, *found.noun))


_LINKS = frozenset(
    "and or at in on for of as to by with from after amid over until project projects plan plans plant plants site launch"
    " release listing ipo entirely altogether indefinitely programme program production fab factory".split()
)


def _has_a_part_behind(anchor: int, passage: Passage) -> bool:
    """Whether an English name goes on to name a part or thing beside it: `Cybertruck range extender`."""
    behind = passage.folded[anchor : passage.end].split()
    if not passage.folded[anchor].isascii() or len(behind) < 2 or not behind[0].isalnum():
        return False
    return behind[1].isalpha() and behind[1].isascii() and behind[1] not in _LINKS


def _new_date(passage: Passage, found: Events, word: Word, stated_on: date) -> FoundDate | None:
    """The date to which something is moved: not a former one, not that of the announcement, not past."""
    usable = _to_come(_usable(passage, stated_on), stated_on)
    beside = [d for d in usable if 0 <= d.start - word.end <= 6]
    if beside:
        return beside[0]
    after = [d for d in usable if d.start >= word.start - 2]
    return nearest(after or usable, passage, word.end, found.rivals) or nearest(after, passage, word.end)


# -- unchanged, happened, promised --------------------------------------------------------------------------------


def _usable(passage: Passage, stated_on: date, denied: bool = False) -> list[FoundDate]:
    """The dates that may be claimed: not former ones, not that of the announcement, not what is asked or denied."""
    return [
        found
        for found in passage.dates
        if not is_former(found, passage)
        and not is_of_announcement(found, passage, stated_on)
        and not (denied and _is_in_doubt(found, passage))
        and not _is_negated(found, passage)
    ]


_DOUBTS = (Cue.QUESTION, Cue.DELAY, Cue.ADVANCE, Cue.CANCEL, Cue.DENIAL, Cue.RUMOUR)


def _is_in_doubt(found: FoundDate, passage: Passage) -> bool:
    """Whether the date stands in a clause that is asked, rumoured or denied."""
    clause = passage.clause_of(found.start)
    here = [word for word in passage.words if word.clause == clause]
    return any(word.cue in _DOUBTS for word in here) and not any(word.cue is Cue.UNCHANGED for word in here)


def _is_negated(found: FoundDate, passage: Passage) -> bool:
    """Whether the sentence says that it will not be then: 三年内不考虑."""
    clause = passage.clause_of(found.start)
    return any(
        word.cue is Cue.NEGATION and word.clause == clause and 0 <= word.start - found.end <= 3 for word in passage.words
    )


def _to_come(dates: Sequence[FoundDate], stated_on: date) -> list[FoundDate]:
    """The dates that lie ahead; the day of publication itself is that of the news."""
    return [
        found
        for found in (toward(one, stated_on, future=True) for one in dates)
        if is_future(found, stated_on)
        and not (found.window.precision is Precision.DAY and found.window.latest == stated_on)
    ]


def _unchanged(passage: Passage, found: Events, stated_on: date, denied: bool) -> Statement | None:
    """The old date holds; with the date it is a promise reaffirmed, without one it is progress."""
    word = next((w for w in passage.words if w.cue is Cue.UNCHANGED), None)
    if word is None:
        return None
    main = found.main
    if main is None and any(step.clause == word.clause for step in found.step):
        return None  # the step goes as planned
    ahead = _to_come(_usable(passage, stated_on, denied=True), stated_on)
    if not ahead:
        ahead = [d for d in _to_come(passage.dates, stated_on) if not _is_in_doubt(d, passage)]
    at = main.start if main else word.start
    dated = nearest(ahead, passage, at, found.rivals) or nearest(
        [d for d in ahead if passage.clause_of(d.start) == word.clause], passage, at
    )
    signal = Signal.SCHEDULED if dated else Signal.PROGRESS
    reason = f"“{_words(passage, word)}” holds to the date"
    return Statement(signal, Stance.REAFFIRMED, dated, passage, 2 + passage.own, (reason,))


def _denied(passage: Passage, found: Events, stated_on: date, denied: bool) -> Statement | None:
    """Something said of it is denied, and nothing put in its place."""
    word = next((w for w in passage.words if w.cue is Cue.DENIAL), None)
    if word is None or _to_come(_usable(passage, stated_on, denied=True), stated_on):
        return None
    reason = f"“{_words(passage, word)}” denies what was said"
    return Statement(Signal.PROGRESS, Stance.DENIED, None, passage, 2 + passage.own, (reason,))


def _happened(passage: Passage, found: Events, stated_on: date, denied: bool) -> Statement | None:
    """The event is told as something that has happened or happens today."""
    for word in (*found.core, *found.sign):
        if _ahead(word, passage) or _negated(word, passage):
            continue
        told = [toward(d, stated_on, future=False) for d in passage.dates]
        past = [d for d in told if is_past(d, stated_on) and not is_former(d, passage)]
        rivals = [*found.rivals, *(w.start for w in found.akin)]
        dated = nearest(past, passage, word.start, rivals) or _of_these_days(past, passage, stated_on)
        later = [d for d in _usable(passage, stated_on) if not is_past(d, stated_on)]
        if nearest(
            [d for d in later if passage.clause_of(d.start) == word.clause], passage, word.start, rivals
        ) and not (dated and passage.clause_of(dated.start) == word.clause):
            continue  # a date to come in its own clause: a promise
        if not dated and not _told_as_done(word, passage):
            continue
        if dated and _is_loose(dated, stated_on) and not _surely_done(word, passage):
            if word.role is not Role.SIGN:
                continue
            dated = None
        return _achieved(word, dated, passage, stated_on)
    return None


def _is_loose(dated: FoundDate, stated_on: date) -> bool:
    """Whether a window holds the day of publication without being a day: this year may be past or to come."""
    latest = dated.window.latest
    return dated.window.precision is not Precision.DAY and (latest is None or latest >= stated_on)


def _of_these_days(past: Sequence[FoundDate], passage: Passage, stated_on: date) -> FoundDate | None:
    """A day just past anywhere in the passage: what happened in a sentence of news happened then."""
    days = [
        d
        for d in past
        if d.window.precision is Precision.DAY
        and 0 <= days_since(d, stated_on) <= 3
        and not is_of_announcement(d, passage, stated_on)
    ]
    return days[0] if days else None


def _achieved(word: Word, dated: FoundDate | None, passage: Passage, stated_on: date) -> Statement:
    """An achievement, or a mention where it lies long ago or is told by the way."""
    old = dated is not None and days_since(dated, stated_on) > RETROSPECT_DAYS
    beside = any(
        w.cue in (Cue.ASIDE, Cue.ANNIVERSARY) and w.end <= word.start + 8 and word.start - w.end <= 16
        for w in passage.words
    ) or passage.has(Cue.ANNIVERSARY)
    signal = Signal.MENTION if old or beside else Signal.ACHIEVED
    reason = f"“{_words(passage, word)}” is told as having happened"
    strength = 1 if signal is Signal.MENTION else 2 + passage.own
    return Statement(signal, Stance.ASSERTED, dated, passage, strength, (reason,), aside=old or beside)


def _promised(passage: Passage, found: Events, stated_on: date, denied: bool) -> Statement | None:
    """A date to come is stated for the event."""
    main = found.main
    usable = _to_come(_usable(passage, stated_on, denied), stated_on)
    if main is None and not (passage.own and passage.has(Cue.FUTURE, Cue.PLAN, Cue.SETTING)):
        return None
    at = main.start if main else passage.anchors[0] if passage.anchors else passage.start
    for word in (*found.core, *found.noun, *found.akin) or (None,):
        at = word.start if word else at
        dated = nearest(usable, passage, at, found.rivals)
        if dated:
            if any(w.cue is Cue.REQUEST and w.start < at for w in passage.words):
                return Statement(Signal.MENTION, Stance.ASSERTED, dated, passage, 1, ("a request by others",))
            reason = f"“{dated.text}” beside " + (f"“{_words(passage, word)}”" if word else "the name")
            akin = word is not None and word in found.akin
            return Statement(
                Signal.SCHEDULED, Stance.ASSERTED, dated, passage, (0 if akin else 2) + passage.own, (reason,)
            )
    return None


def _rest(passage: Passage, found: Events, stated_on: date) -> Statement:
    """Neither change nor date: a step toward it is progress, anything else a mention."""
    word = next(iter((*found.step, *found.noun, *found.core)), None)
    ahead = passage.has(Cue.FUTURE, Cue.PLAN, Cue.UNDATED)
    if word and (found.step or ahead) and not passage.has(Cue.ANNIVERSARY):
        kind = Signal.PROGRESS
        statement = Statement(
            kind, Stance.ASSERTED, None, passage, int(passage.own), (f"“{_words(passage, word)}” is a step",)
        )
    else:
        statement = Statement(
            Signal.MENTION, Stance.ASSERTED, None, passage, int(passage.own), ("named, nothing said of it",)
        )
    return replace(statement, stance=stance(passage, statement))


# -- tense and stance ---------------------------------------------------------------------------------------------


def _ahead(word: Word, passage: Passage) -> bool:
    """Whether an event word is told as still to come: `to` or `will` before it, 将 or 预计 in its clause."""
    before = passage.folded[max(0, word.start - 24) : word.start]
    if word.tense in (Tense.BASE, Tense.ING) and not word.phrase.text[0] > "\u2e80":
        return True
    modal = (Cue.FUTURE, Cue.PLAN, Cue.HEDGE, Cue.CONDITIONAL)
    for other in passage.words:
        if (
            other.cue in modal
            and other.clause == word.clause
            and other.end <= word.end
            and word.start - other.end <= 40
        ):
            return True
    return before.rstrip().endswith((" to", " not"))


def _negated(word: Word, passage: Passage) -> bool:
    return any(
        other.cue is Cue.NEGATION and other.clause == word.clause and 0 <= word.start - other.end <= 14
        for other in passage.words
    )


def _told_as_done(word: Word, passage: Passage) -> bool:
    """Whether form or company make an event word past or present: an English past or -s form, 已, 正式, 今日 beside it."""
    if word.role is Role.SIGN or word.tense in (Tense.PAST, Tense.PRESENT):
        return True
    return any(other.cue is Cue.COMPLETED and abs(other.clause - word.clause) <= 1 for other in passage.words)


_DONE = ("已", "了", "成功", "终于", "顺利", "昨", "今", "日前", "近日", "刚刚", "has", "have", "already", "now", "today")


def _surely_done(word: Word, passage: Passage) -> bool:
    """Whether it is told as done even beside a window that is not over: 已, has; 正式 alone may announce it."""
    if word.tense is Tense.PAST:
        return True
    return any(
        other.cue is Cue.COMPLETED and other.clause == word.clause and other.phrase.text.startswith(_DONE)
        for other in passage.words
    )


def stance(passage: Passage, statement: Statement) -> Stance:
    """How the publisher stands to a statement, by the words around it."""
    if statement.stance in (Stance.REAFFIRMED, Stance.DENIED):
        return statement.stance
    change = statement.signal in (Signal.DELAYED, Signal.ADVANCED, Signal.CANCELLED)
    if passage.has(Cue.DENIAL):
        return Stance.DENIED if not statement.dated else Stance.REAFFIRMED
    if passage.has(Cue.RUMOUR) or (change and passage.has(Cue.HEDGE)):
        return Stance.RUMOUR
    if statement.signal is Signal.SCHEDULED:
        if passage.has(Cue.CONDITIONAL):
            return Stance.CONDITIONAL
        if passage.has(Cue.FORECAST):
            return Stance.FORECAST
    return Stance.ASSERTED


def _words(passage: Passage, word: Word) -> str:
    return passage.folded[word.start : word.end]
