"""One passage with all that is needed to judge it, and the dates of it that may be claimed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from evtimeline.core.attribution import Passage, is_former, is_future, is_of_announcement, nearest, toward
from evtimeline.core.claims import Signal, Stance
from evtimeline.core.cues import Word
from evtimeline.core.events import Events
from evtimeline.core.lexicon import Cue
from evtimeline.core.phrases import FoundDate
from evtimeline.core.windows import Precision


@dataclass(frozen=True, slots=True)
class Statement:
    """What one passage says; `strength` orders statements of equal signal, `reasons` say by which words.

    `aside`: told by the way, or long ago. `spare`: a date to come that stands there without being tied to the event.
    `old`: the date for which it had been promised before. `done`: it has long since happened, as all know.
    """

    signal: Signal
    stance: Stance
    dated: FoundDate | None
    passage: Passage
    strength: int
    reasons: tuple[str, ...]
    aside: bool = False
    spare: FoundDate | None = None
    old: FoundDate | None = None
    done: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """A passage, its event words and the day of publication; `denied`: the entry denies a change of the date."""

    passage: Passage
    kind: str
    found: Events
    stated_on: date
    denied: bool

    def words_of(self, word: Word) -> str:
        """The words of the text for a reason, in quotation marks."""
        return f"“{self.passage.folded[word.start : word.end]}”"

    @property
    def requests(self) -> list[Word]:
        """The words by which others ask for something; who `wants to` asks for nothing."""
        return [
            word
            for word in self.passage.words
            if word.cue is Cue.REQUEST and self.passage.folded[word.start : word.end] not in ("want to", "wants to")
        ]

    def usable(self, *, denied: bool = False) -> list[FoundDate]:
        """The dates that may be claimed: not former ones, not that of the announcement, not what is asked or denied."""
        return [
            found
            for found in self.passage.dates
            if not is_former(found, self.passage)
            and not is_of_announcement(found, self.passage, self.stated_on)
            and not (denied and self.is_in_doubt(found))
            and not self._is_negated(found)
        ]

    def to_come(self, dates: Iterable[FoundDate]) -> list[FoundDate]:
        """The dates that lie ahead; the day of publication itself is that of the news."""
        ahead = [toward(found, self.stated_on, future=True) for found in dates]
        return [found for found in ahead if is_future(found, self.stated_on) and not self._is_today(found)]

    def _is_today(self, found: FoundDate) -> bool:
        return found.window.precision is Precision.DAY and found.window.latest == self.stated_on

    def is_in_doubt(self, found: FoundDate) -> bool:
        """Whether the date stands in a clause that is asked, rumoured or denied."""
        if not self.passage.has(*_DOUBTS):
            return False
        here = self.beside(found)
        if self.passage.has(Cue.DENIAL) and any(w.cue is Cue.RESPONSE and 0 <= found.start - w.end <= 20 for w in here):
            return True  # 回应“本周上市”: 消息不实
        return any(word.cue in _DOUBTS for word in here) and not any(word.cue is Cue.UNCHANGED for word in here)

    def is_of_saying(self, found: FoundDate, word: Word) -> bool:
        """Whether a day is that of saying so, in another clause than the word: 今日宣布, 随后上线."""
        elsewhere = self.passage.clause_of(found.start) != word.clause
        return elsewhere and is_of_announcement(found, self.passage, self.stated_on)

    def is_yet_to_close(self) -> bool:
        """Whether a deal is only agreed, for its closing is promised beside it."""
        nouns = [noun for noun in self.found.noun if noun.phrase.text in ("closing", "completion", "交割", "交割日")]
        ahead = self.to_come(self.usable())
        return any(nearest(ahead, self.passage, noun.start, self.found.rivals) for noun in nouns)

    def clause_of(self, found: FoundDate) -> int:
        """The index of the clause in which a date stands."""
        return self.passage.clause_of(found.start)

    def beside(self, found: FoundDate) -> list[Word]:
        """The words of the date's clause."""
        clause = self.passage.clause_of(found.start)
        return [word for word in self.passage.words if word.clause == clause]

    def _is_negated(self, found: FoundDate) -> bool:
        """Whether the sentence says that it will not be then: 三年内不考虑."""
        if not self.passage.has(Cue.NEGATION):
            return False
        here = self.beside(found)
        dates = [word for word in here if word.cue is Cue.SETTING]  # 不见不散 refuses nothing
        return any(
            word.cue is Cue.NEGATION
            and not word.phrase.text.isascii()
            and 0 <= word.start - found.end <= 3
            and not any(other.start <= word.start < other.end for other in dates)
            for word in here
        )


_DOUBTS = (Cue.QUESTION, Cue.DELAY, Cue.ADVANCE, Cue.CANCEL, Cue.DENIAL, Cue.RUMOUR)
