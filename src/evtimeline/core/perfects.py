"""English perfects: has come into force, whose form is that of the infinitive, and has been delivered."""

import re

from evtimeline.core.attribution import Passage
from evtimeline.core.cues import Word
from evtimeline.core.lexicon import Tense

_HAS = re.compile(r"\b(?:has|have|had|'ve)(?: (?:now|finally|already|just|officially|formally|successfully|also))? $")
_REACH = 24


def is_perfect(word: Word, passage: Passage) -> bool:
    """Whether a base form is the participle of a perfect: tariffs have come into force."""
    if word.tense is not Tense.BASE:
        return False
    return _HAS.search(passage.folded, max(0, word.start - _REACH), word.start) is not None


def is_passive_of(auxiliary: Word, word: Word) -> bool:
    """Whether `has been` makes the passive of an event word, which tells its news: has been inaugurated."""
    return word.tense is Tense.PAST and auxiliary.phrase.text == "has been"
