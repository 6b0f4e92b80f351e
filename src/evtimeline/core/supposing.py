"""Changes that are only supposed or hoped for: if it is put off by a year, a third of them hope that it is dropped."""

import re
from typing import NamedTuple

from evtimeline.core.cases import Case
from evtimeline.core.claims import Stance
from evtimeline.core.cues import Word
from evtimeline.core.lexicon import Cue, Tense

_HOPES = ("希望", "期望", "期待")
_IF = ("若", "如果", "假如", "倘若", "一旦")
_OUGHT = ("应", "应该", "应当", "理应", "应予", "应予以", "有必要", "最好")
_CHANGES = (Cue.DELAY, Cue.CANCEL, Cue.SHIFT)


class Supposed(NamedTuple):
    """The word of a change that nobody says is made, and how it is meant."""

    word: Word
    stance: Stance


def supposed_change(case: Case) -> Supposed | None:
    """A Chinese change behind 若, 希望 or 应: 若延期一年, 三成民众希望取消, 认为应推迟; an English one as an order."""
    for word in case.passage.words if case.passage.has(*_CHANGES) else ():
        if word.cue not in _CHANGES:
            continue
        if word.phrase.text.isascii():
            if _is_ordered(word, case):
                return Supposed(word, Stance.ASSERTED)
            continue
        if case.passage.folded.endswith(_OUGHT, 0, word.start):
            return Supposed(word, Stance.ASSERTED)
        before = [other for other in case.passage.words if other.end <= word.start]
        if any(other.cue is Cue.CONDITIONAL and other.phrase.text in _IF for other in before):
            return Supposed(word, Stance.CONDITIONAL)
        if any(other.phrase.text in _HOPES and other.clause == word.clause for other in before):
            return Supposed(word, Stance.ASSERTED)
    return None


_OPENS = re.compile(r"[\W_]*")
_AS_A_NOUN = re.compile(
    r"s?(?: (?:to|in|of|for|at|as|over|on|by|from|and|could|may|will|would|means?|hits?|costs?)\b|$)"
)


def _is_ordered(word: Word, case: Case) -> bool:
    """Whether a headline begins with the change as an order, which is what somebody wants: Postpone it, say fans."""
    passage = case.passage
    first = _OPENS.match(passage.folded, passage.start)
    if passage.field != "title" or word.tense is not Tense.BASE or first is None or first.end() != word.start:
        return False
    return not _AS_A_NOUN.match(passage.folded, word.start + len(word.phrase.text.split()[0]))
