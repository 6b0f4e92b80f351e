"""Which Chinese sentences go on about what one before them named, and which have a subject of their own."""

import re
from collections.abc import Mapping, Sequence

from evtimeline.core.cues import Word
from evtimeline.core.lexicon import Cue, Role
from evtimeline.core.phrases import FoundDate
from evtimeline.core.text import Clause, has_cjk

Numbered = tuple[int, Clause]

_CHANGES = (Cue.DELAY, Cue.ADVANCE, Cue.CANCEL, Cue.SHIFT, Cue.HALT, Cue.UNCHANGED, Cue.UNDATED, Cue.SETTING)
_CONTENT = re.compile(r"[一-鿿]{2,}|[a-z][a-z0-9+-]+")


def is_chinese(clauses: Sequence[Numbered], folded: str) -> bool:
    """Whether the sentence of these clauses is Chinese."""
    return has_cjk(folded, clauses[0][1].start, clauses[-1][1].end)


def resumed(
    clauses: Sequence[Numbered],
    folded: str,
    words: Mapping[int, tuple[Word, ...]],
    dates: Mapping[int, tuple[FoundDate, ...]],
    kinds: Sequence[str],
) -> list[Numbered]:
    """The clauses of a sentence without a name that may speak of the milestone, none where it takes nothing up.

    A word like 该车 takes up what was named, and so does an event or its change before which no other subject stands.
    `kinds` are those of the milestone's event.
    """
    for number, clause in clauses:
        said = words.get(number, ())
        if any(word.cue is Cue.REFERENCE for word in said):
            return list(clauses)
        told = next((word for word in said if _tells(word, kinds)), None)
        if _has_subject(folded, clause, said, dates.get(number, ()), told.start if told else clause.end):
            return []
        if told:
            return list(clauses)
    return []


def is_another_event(clauses: Sequence[Numbered], words: Mapping[int, tuple[Word, ...]]) -> bool:
    """Whether a sentence tells of an event, so that what follows may go on about that one."""
    return any(word.role is Role.CORE for number, _ in clauses for word in words.get(number, ()))


def _tells(word: Word, kinds: Sequence[str]) -> bool:
    return word.cue in _CHANGES or (word.phrase.kind in kinds and word.role is not Role.ABOUT)


def _has_subject(folded: str, clause: Clause, said: Sequence[Word], dated: Sequence[FoundDate], end: int) -> bool:
    """Whether a clause names a subject of its own before `end`: what is left without cues, dates and adjuncts."""
    if any(word.cue is Cue.ADJUNCT and word.phrase.initial for word in said):
        return False
    start = max((word.end for word in said if word.cue is Cue.SAYING and word.end <= end), default=clause.start)
    text = list(folded[start:end])
    known = [(word.start, word.end) for word in said if word.cue] + [(found.start, found.end) for found in dated]
    for first, last in known:
        for at in range(max(first, start), min(last, end)):
            text[at - start] = " "
    return _CONTENT.search("".join(text)) is not None
