"""Of which kinds of event the sentences of an entry speak."""

from collections.abc import Iterable, Mapping
from functools import cache

from evtimeline.core.cues import Word
from evtimeline.core.lexicon import Cue, Role
from evtimeline.core.matching import CHANGE, Scan

_CHANGES = (Cue.DELAY, Cue.ADVANCE, Cue.CANCEL)


def spoken_of(scans: Iterable[Scan], words: Mapping[str, tuple[Word, ...]]) -> Mapping[tuple[str, int], frozenset[str]]:
    """Of which kinds of event each sentence speaks; with + by more than its subject, with = by more than a step
    toward it, with ! when as a thing to be dated, with * by words of the event itself."""
    spoken: dict[tuple[str, int], set[str]] = {}
    for scanned in scans:
        for word in words[scanned.field]:
            sentence = 0 if scanned.field == "title" else scanned.clauses[word.clause].sentence
            kinds = spoken.setdefault((scanned.field, sentence), set())
            phrase = word.phrase
            if phrase.kind:
                kinds.update(_marked(phrase.kind, phrase.role))
            elif phrase.cue in _CHANGES:
                kinds.add(CHANGE)
    return {place: frozenset(kinds) for place, kinds in spoken.items()}


@cache  # there are as many as kinds and roles
def _marked(kind: str, role: Role | None) -> tuple[str, ...]:
    """A kind with all the marks that a word of a role earns it."""
    marks = {"+": role is not Role.ABOUT, "=": role is not Role.STEP, "!": role is Role.NOUN}
    marks["*"] = role in (Role.CORE, Role.NOUN, Role.SIGN)
    return kind, *(f"{kind}{mark}" for mark, earned in marks.items() if earned)
