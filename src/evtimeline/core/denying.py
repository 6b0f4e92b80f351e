"""Whether an entry denies that a date moves or holds to the old one, and how it stands to what it says."""

from collections.abc import Sequence

from evtimeline.core.attribution import Passage
from evtimeline.core.cases import Case, Statement
from evtimeline.core.claims import Signal, Stance
from evtimeline.core.cues import Word
from evtimeline.core.lexicon import Cue


def denies_a_change(spoken_of: Sequence[Passage]) -> bool:
    """Whether the entry denies a change, or holds to the old date where the title asks about a change."""
    if any(passage.has(Cue.DENIAL) for passage in spoken_of):
        return True
    titles = [passage for passage in spoken_of if passage.field == "title"]
    if any(_holds(passage) for passage in titles):
        return True
    asked = any(passage.has(Cue.QUESTION) for passage in titles)
    rumoured = any(
        passage.has(Cue.RUMOUR, Cue.HEDGE) and passage.has(Cue.DELAY, Cue.ADVANCE, Cue.CANCEL) for passage in spoken_of
    )
    answered = any(passage.has(Cue.UNCHANGED) or passage.has(Cue.RESPONSE) for passage in spoken_of)
    return (asked or rumoured) and answered and not (rumoured and not any(p.has(Cue.RESPONSE) for p in spoken_of))


def _holds(passage: Passage) -> bool:
    """Whether a passage says that the date holds; 难以如期 says that it does not."""
    late = [word for word in passage.words if word.cue is Cue.DELAY]
    return passage.has(Cue.UNCHANGED) and any(
        word.cue is Cue.UNCHANGED and not any(other.start <= word.start and word.end <= other.end for other in late)
        for word in passage.words
    )


def holds(word: Word, case: Case) -> bool:
    """Whether a word says that the date holds: not one that is only asked (能否如期开通?), nor one of a step."""
    if word.cue is not Cue.UNCHANGED:
        return False
    if any(other.cue is Cue.QUESTION and other.clause == word.clause for other in case.passage.words):
        return False
    found = case.found
    stepping = any(step.clause == word.clause for step in found.step)
    mine = any(event.clause == word.clause for event in (*found.core, *found.noun, *found.akin))
    dated = any(case.passage.clause_of(said.start) == word.clause for said in case.passage.dates)
    return mine or not stepping or (dated and found.main is not None)


def stance_of(passage: Passage, statement: Statement) -> Stance:
    """How the publisher stands to a statement, by the words around it."""
    if statement.stance in (Stance.REAFFIRMED, Stance.DENIED):
        return statement.stance
    change = statement.signal in (Signal.DELAYED, Signal.ADVANCED, Signal.CANCELLED)
    if passage.has(Cue.DENIAL):
        return Stance.REAFFIRMED if statement.dated else Stance.DENIED
    if passage.has(Cue.RUMOUR) or (change and passage.has(Cue.HEDGE)):
        return Stance.RUMOUR
    if statement.signal is Signal.SCHEDULED and passage.has(Cue.CONDITIONAL):
        return Stance.CONDITIONAL
    if statement.signal is Signal.SCHEDULED and passage.has(Cue.FORECAST):
        return Stance.FORECAST
    return Stance.ASSERTED
