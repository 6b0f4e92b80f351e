"""Changes that are only supposed or hoped for: if it is put off by a year, a third of them hope that it is dropped."""

from typing import NamedTuple

from evtimeline.core.cases import Case
from evtimeline.core.claims import Stance
from evtimeline.core.cues import Word
from evtimeline.core.lexicon import Cue

_HOPES = ("希望", "期望", "期待")
_IF = ("若", "如果", "假如", "倘若", "一旦")
_OUGHT = ("应", "应该", "应当", "理应", "应予", "应予以", "有必要", "最好")
_CHANGES = (Cue.DELAY, Cue.CANCEL, Cue.SHIFT)


class Supposed(NamedTuple):
    """The word of a change that nobody says is made, and how it is meant."""

    word: Word
    stance: Stance


def supposed_change(case: Case) -> Supposed | None:
    """A Chinese change behind 若, 希望 or 应: 若延期一年, 三成民众希望取消, 认为应推迟."""
    for word in case.passage.words if case.passage.has(*_CHANGES) else ():
        if word.cue not in _CHANGES or word.phrase.text.isascii():
            continue
        if case.passage.folded.endswith(_OUGHT, 0, word.start):
            return Supposed(word, Stance.ASSERTED)
        before = [other for other in case.passage.words if other.end <= word.start]
        if any(other.cue is Cue.CONDITIONAL and other.phrase.text in _IF for other in before):
            return Supposed(word, Stance.CONDITIONAL)
        if any(other.phrase.text in _HOPES and other.clause == word.clause for other in before):
            return Supposed(word, Stance.ASSERTED)
    return None
