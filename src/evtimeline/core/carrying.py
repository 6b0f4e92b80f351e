"""Whether an English sentence goes on about what a sentence before it named, or speaks of something else."""

import re
from collections.abc import Sequence
from dataclasses import replace

from evtimeline.core.attribution import Passage
from evtimeline.core.cues import Word
from evtimeline.core.lexicon import Cue, Role, Tense

_DEFINITE = re.compile(
    r"(?:\b(?:the|its|their|our|this|that|these|those|both|first|initial|full|commercial|series|mass|new)|'s)"
    r"[\s\"']+(?:[\w'-]+ ){0,2}$"
)
_REACH = 36


def refers_back(passage: Passage, kinds: Sequence[str]) -> bool:
    """Whether an English sentence without the name refers back to it, by `it` or a word for the event or the thing.

    `kinds` are those of the milestone's event.
    """
    if any(word.cue is Cue.REFERENCE or _is_named_again(word, passage, kinds) for word in passage.words):
        return True
    if _is_to_happen(passage, kinds):
        return True
    first = next(iter(passage.words), None)
    return first is not None and first.cue is not None and _begins(first, passage)  # `Now due in May`


def _is_named_again(word: Word, passage: Passage, kinds: Sequence[str]) -> bool:
    """Whether a word of the kind names the event or the thing again: deliveries, the launch, its factory."""
    if word.phrase.kind not in kinds:
        return False
    if word.role is Role.NOUN or (word.role is Role.CORE and word.tense is Tense.NONE):
        return True
    if word.tense in (Tense.PAST, Tense.PRESENT, Tense.ING):
        return False
    definite = _DEFINITE.search(passage.folded, max(passage.start, word.start - _REACH), word.start)
    return definite is not None or _begins(word, passage)


_SUBJECT = re.compile(r"[\s\"'(]*(?:the|this|these|both|all|first|its|our)\b")


def _is_to_happen(passage: Passage, kinds: Sequence[str]) -> bool:
    """Whether something definite is to do what the milestone awaits: the next-generation foldable will launch."""
    if not passage.has(Cue.FUTURE, Cue.PLAN) or not _SUBJECT.match(passage.folded, passage.start):
        return False
    return any(word.phrase.kind in kinds and word.role in (Role.CORE, Role.STEP) for word in passage.words)


def _begins(word: Word, passage: Passage) -> bool:
    return not passage.folded[passage.start : word.start].strip(" \"'")


def adrift(passage: Passage) -> Passage:
    """The passage as one that says nothing of the milestone: only the day of the news may be in it."""
    return replace(passage, words=(), cues=frozenset(), adrift=True)
