"""Of which kinds of event the sentences of an entry speak."""

from collections.abc import Iterable, Mapping

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
            if word.cue in _CHANGES:
                kinds.add(CHANGE)
            if word.phrase.kind:
                kinds.add(word.phrase.kind)
                if word.role is not Role.ABOUT:
                    kinds.add(f"{word.phrase.kind}+")
                if word.role is not Role.STEP:
                    kinds.add(f"{word.phrase.kind}=")
                if word.role is Role.NOUN:
                    kinds.add(f"{word.phrase.kind}!")
                if word.role in (Role.CORE, Role.NOUN, Role.SIGN):
                    kinds.add(f"{word.phrase.kind}*")
    return {place: frozenset(kinds) for place, kinds in spoken.items()}
