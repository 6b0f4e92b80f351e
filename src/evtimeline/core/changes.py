"""Whether a passage says that a milestone is delayed, advanced or given up, or that somebody asks for it."""

import re
from dataclasses import replace

from evtimeline.core.attribution import as_former, is_former, nearest
from evtimeline.core.cases import Case, Statement
from evtimeline.core.claims import Signal, Stance
from evtimeline.core.composing import Move
from evtimeline.core.cues import Word
from evtimeline.core.deferring import deferred
from evtimeline.core.dropping import cancels, drops_a_date, is_dropped, is_for_a_time, is_scrubbed
from evtimeline.core.earlier import looks_back
from evtimeline.core.english_objects import leads_to_no_date, moves_a_number
from evtimeline.core.lexicon import Cue, Role, Tense
from evtimeline.core.milestones import CLOSING, OF_A_COMPANY, Kind
from evtimeline.core.phrases import FoundDate
from evtimeline.core.stages import is_attribute, is_beside, is_old, is_settled
from evtimeline.core.supposing import supposed_change
from evtimeline.core.text import is_cjk

_CHANGES = (
    (Cue.CANCEL, Signal.CANCELLED),
    (Cue.DELAY, Signal.DELAYED),
    (Cue.ADVANCE, Signal.ADVANCED),
    (Cue.SHIFT, Signal.DELAYED),
)
_MERELY = (is_scrubbed, drops_a_date, is_for_a_time)
_ASKED_FOR = (Cue.DELAY, Cue.ADVANCE, Cue.CANCEL, Cue.HALT)


def requested(case: Case) -> Statement | None:
    """A change that others ask for, with the date that they ask for."""
    if supposed := supposed_change(case):
        reason = f"{case.words_of(supposed.word)} is only supposed"
        dated = _new_date(case, supposed.word)
        return Statement(Signal.MENTION, supposed.stance, dated, case.passage, 3, (reason,))
    if not case.passage.has(Cue.REQUEST):
        return None
    for ask in case.requests:
        for word in case.passage.words:
            if word.cue in _ASKED_FOR and word.clause == ask.clause and ask.end <= word.start:
                reason = f"{case.words_of(ask)}: others ask for it"
                return Statement(Signal.MENTION, Stance.ASSERTED, _new_date(case, word), case.passage, 3, (reason,))
    return None


def changed(case: Case) -> Statement | None:
    """A cancellation, a delay or an advance that is asserted here."""
    if case.denied:
        return None
    for cue, signal in _CHANGES:
        for word in case.passage.words if case.passage.has(cue) else ():
            if word.cue is not cue or not _is_effective(word, case) or not _is_of_the_event(case):
                continue
            if word.phrase.text.startswith("reschedul") and not _is_told_to_be_later(case):
                signal = Signal.SCHEDULED
            if not (_of_presale(word, case) or _of_another_end(word, case) or _is_aside(word, case)):
                if cue is Cue.CANCEL and any(puts_off(word, case) for puts_off in _MERELY):
                    return _statement(case, word, Signal.DELAYED, None)
                dated = None if cue is Cue.CANCEL else _new_date(case, word)
                if dated and signal is Signal.DELAYED and _is_earlier(dated, case):
                    signal = Signal.ADVANCED
                if dated or cue in (Cue.DELAY, Cue.ADVANCE) or (cue is Cue.CANCEL and cancels(word, case)):
                    return _statement(case, word, signal, dated)
    return _from_to(case) or _halted(case) or _put_beyond(case)


def _is_aside(word: Word, case: Case) -> bool:
    """Whether a word of change moves something beside the milestone, or looks back."""
    moved = moves_a_number(word, case) or leads_to_no_date(word, case)
    return moved or is_beside(word, case) or looks_back(word, case)


def _is_told_to_be_later(case: Case) -> bool:
    """Whether more than `rescheduled`, which names no direction, says that it moves: an old date, a word of delay."""
    return case.passage.has(Cue.DELAY, Cue.FORMER) or any(found.role is Move.OLD for found in case.passage.dates)


def _from_to(case: Case) -> Statement | None:
    """A move that its two dates tell: moves sci-fi epic again, from September to November."""
    old = next((found for found in case.passage.dates if found.role is Move.OLD), None)
    new = next((found for found in case.to_come(case.usable()) if found.role is Move.NEW), None)
    named = case.passage.own or case.passage.field == "title"
    moved = old and new and named and (case.found.main or case.kind not in OF_A_COMPANY)
    if not moved or not old or not new or old.window.latest is None or new.window.latest is None:
        return None
    signal = Signal.DELAYED if new.window.latest > old.window.latest else Signal.ADVANCED
    reason = f"from “{old.text}” to “{new.text}”"
    return Statement(signal, Stance.ASSERTED, new, case.passage, 2 + case.passage.own, (reason,))


_REPRIEVES = ("repriev", "stay of", "stay open", "stays open", "remain open", "keep", "extend", "life ext", "prolong")


def _of_another_end(word: Word, case: Case) -> bool:
    """Whether what goes on for longer is no closure, or what is put on hold is the running of a plant."""
    if word.cue is Cue.DELAY and word.phrase.text.startswith(_REPRIEVES) and word.phrase.tail not in _TERMS:
        return case.kind != "shutdown"
    held = word.phrase.tail == "on hold"
    return held and any(running in case.passage.folded[word.start : word.end] for running in _RUNNING)


_TERMS = ("review", "tender", "offer", "bid", "deadline")

_PRESALE = ("pre-order", "preorder", "pre-sale", "预售", "预订", "预购", "内测", "试驾", "test drive")


def _of_presale(word: Word, case: Case) -> bool:
    """Whether only the taking of orders is moved, or a test: delays US pre-orders."""
    near = case.passage.folded[max(0, word.start - 8) : word.end + 16]
    return any(text in near for text in _PRESALE) and not any(w.clause == word.clause for w in case.found.core)


def _is_earlier(dated: FoundDate, case: Case) -> bool:
    """Whether the new date lies before the old one that the passage names: July rather than year-end."""
    old = [found for found in case.passage.dates if is_former(found, case.passage) and found is not dated]
    old = [as_former(found, case.stated_on) for found in old]
    last = dated.window.latest
    return (
        last is not None and bool(old) and all(found.window.earliest and last < found.window.earliest for found in old)
    )


_UNDERTAKINGS = (
    *(Kind.IPO, Kind.FOUNDING, Kind.MARKET_ENTRY, Kind.PLANT_OPENING, Kind.MASS_PRODUCTION, Kind.OPENING, CLOSING),
    *("first-flight", "completion", "groundbreaking", "effect"),
)
_WORKS = ("建设", "施工", "建厂", "兴建", "立法", "construction", "building", "build")


def _halted(case: Case) -> Statement | None:
    """An undertaking that is put on hold is delayed: a listing, the building of a plant; a stoppage of it is not."""
    if case.kind not in _UNDERTAKINGS or not case.passage.has(Cue.HALT):
        return None
    listing = case.kind in (Kind.IPO, Kind.FOUNDING, Kind.MARKET_ENTRY, CLOSING)
    for word in case.passage.words:
        if word.cue is Cue.HALT and _is_effective(word, case) and not (is_settled(word, case) or is_old(word, case)):
            meant = (*case.found.core, *case.found.noun) if listing else ()
            works = [step for step in case.found.step if listing or step.phrase.text in _WORKS]
            here = [other for other in (*meant, *works) if other.clause == word.clause]
            if any(other.start >= word.start or _is_right_before(other, word) for other in here):
                return _statement(case, word, Signal.DELAYED, None)
            if _stops_the_site(word, case) or any(_is_stopped(other, word, case) for other in case.found.noun):
                return _statement(case, word, Signal.DELAYED, None)
    return None


def _is_right_before(other: Word, word: Word) -> bool:
    """Whether a Chinese event is the subject of what is put on hold: 立法暂缓, 上市暂停."""
    return is_cjk(word.phrase.text[0]) and 0 <= word.start - other.end <= 2


_RUNNING = ("production", "operation", "output", "sales", "deliver", "shift", "生产", "运营", "交付", "运行", "销售")


def _stops_the_site(word: Word, case: Case) -> bool:
    """Whether what is put on hold is the place itself (halts work on Georgia factory), not what runs there."""
    at = next((anchor for anchor in case.passage.anchors if anchor >= word.end), None)
    if at is None or case.passage.clause_of(at) != word.clause:
        return False
    end = next(clause.end for number, clause in case.passage.clauses if number == word.clause)
    return not any(running in case.passage.folded[word.end : end] for running in _RUNNING)


def _is_stopped(noun: Word, word: Word, case: Case) -> bool:
    """Whether the event is the subject of what is put on hold: Chiyuan IPO halted, its listing is suspended."""
    if word.tense is not Tense.PAST or noun.clause != word.clause:
        return False
    return _LEADS_TO.fullmatch(case.passage.folded, noun.end, word.start) is not None


_LEADS_TO = re.compile(r" (?:(?:is|was|has|have|are|were|been|being|temporarily|abruptly|again) ){0,3}")


def _put_beyond(case: Case) -> Statement | None:
    """An event that will not be before a day is put off to it."""
    put_off = deferred(case)
    if put_off is None:
        return None
    word, dated = put_off
    return replace(_statement(case, word, Signal.DELAYED, dated), spare=None)


def _is_of_the_event(case: Case) -> bool:
    """Whether a change may be the milestone's: what befalls a company's other plans is not.

    A launch or a plant is its own thing, and what delays it needs no further word.
    """
    found = case.found
    return case.kind not in OF_A_COMPANY or bool(found.core or found.noun or found.step or found.sign)


def _statement(case: Case, word: Word, signal: Signal, dated: FoundDate | None) -> Statement:
    where = " in the same clause" if any(case.passage.clause_of(a) == word.clause for a in case.passage.anchors) else ""
    reason = f"{case.words_of(word)}{where}"
    spare = next((found for found in case.to_come(case.usable()) if not is_dropped(found, word, case)), None)
    return Statement(signal, Stance.ASSERTED, dated, case.passage, 3 + case.passage.own, (reason,), spare=spare)


def _is_effective(word: Word, case: Case) -> bool:
    """Whether a word of change is not negated, asked, requested, denied or old."""
    reach = 8 if is_cjk(case.passage.folded[word.start]) else 12
    for other in case.passage.words:
        if other.cue is Cue.DENIAL or is_attribute(word, case) or _leads_nowhere(word, case):
            return False
        if other.clause != word.clause:
            continue
        asked = other.cue is Cue.QUESTION and not case.passage.has(Cue.RUMOUR)
        if asked or (other.cue is Cue.NEGATION and 0 <= word.start - other.end <= reach):
            return False
        if other.cue is Cue.REQUEST and other.start < word.start and other in case.requests:
            return False
        around = other.start <= word.start and word.end <= other.end
        if around and (
            other.cue in (Cue.BACKGROUND, Cue.UNCHANGED) or (word.cue, other.cue) == (Cue.CANCEL, Cue.DELAY)
        ):
            return False
        if around and other.role is Role.CORE and other.end - other.start > word.end - word.start:
            return False  # the shelves that a product hits
    return True


def _leads_nowhere(word: Word, case: Case) -> bool:
    """Whether no date follows an English `to` that should lead to one: accelerate the process and ask them to agree."""
    if word.phrase.tail != "to" or word.cue not in (Cue.ADVANCE, Cue.DELAY):
        return False
    return not any(0 <= found.start - word.end <= _LEADS for found in case.passage.dates)


_LEADS = 16


def _new_date(case: Case, word: Word) -> FoundDate | None:
    """The date to which something is moved: beside the word of change, else the nearest to come behind it."""
    usable = [found for found in case.to_come(case.usable()) if not is_dropped(found, word, case)]
    beside = [found for found in usable if 0 <= found.start - word.end <= 6]
    if beside:
        return beside[0]
    after = [found for found in usable if found.start >= word.start - 2]
    found = nearest(after or usable, case.passage, word.end, case.found.rivals)
    return found or nearest(after, case.passage, word.end)
