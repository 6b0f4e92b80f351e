"""Which of the dates of a passage is the one that is claimed: by clause, by distance, and by what stands beside it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from evtimeline.core.cues import Word
from evtimeline.core.lexicon import Cue
from evtimeline.core.phrases import FoundDate, Role
from evtimeline.core.text import Clause
from evtimeline.core.windows import Precision, Window, closed

_BESIDE = 14
"""How near, in characters, a cue must stand before a date to speak of that date."""


@dataclass(frozen=True, slots=True)
class Passage:
    """The clauses of one sentence that speak of a milestone, with the words and dates in them.

    `own`: the milestone is named in this sentence, not carried over from the one before. `anchors` are the offsets
    of the names, `named_to` where each of them ends. `clauses` are (index, clause).
    `adrift`: nothing in the sentence leads back to the milestone.
    """

    field: str
    folded: str
    clauses: tuple[tuple[int, Clause], ...]
    own: bool
    anchors: tuple[int, ...]
    named_to: tuple[int, ...]
    words: tuple[Word, ...]
    dates: tuple[FoundDate, ...]
    cues: frozenset[Cue | None]  # those of the words, so that most questions need not look through them
    adrift: bool = False

    @property
    def start(self) -> int:
        """Where the passage begins in its text."""
        return self.clauses[0][1].start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.clauses[-1][1].end

    def clause_of(self, offset: int) -> int:
        """The index of the clause in which an offset lies, -1 outside."""
        return next((n for n, clause in self.clauses if clause.start <= offset < clause.end), -1)

    def has(self, *cues: Cue) -> bool:
        """Whether any of the cues is in the passage."""
        return not self.cues.isdisjoint(cues)


_HALF_A_YEAR = 183
_FAR = 60
"""A date without a year that lies this many days on the wrong side was meant a year nearer."""


def toward(found: FoundDate, stated_on: date, *, future: bool | None) -> FoundDate:
    """The date as a promise (`future`) or a report means it: without a year said, in the year that suits.

    Where neither is clear (None), in the year that is nearest.
    """
    window = found.window
    if found.explicit_year or window.earliest is None or window.latest is None:
        return found
    if future is None:
        return replace(found, window=_moved(window, 1)) if (stated_on - window.latest).days > _HALF_A_YEAR else found
    if future and (stated_on - window.latest).days > _FAR:
        return replace(found, window=_moved(window, 1))
    if not future and (window.earliest - stated_on).days > _FAR:
        return replace(found, window=_moved(window, -1))
    return found


def as_former(found: FoundDate, stated_on: date) -> FoundDate:
    """The date as an old one: without a year said, not that of half a year ahead: misses its June target, in July."""
    ahead = found.window.earliest is not None and (found.window.earliest - stated_on).days > _HALF_A_YEAR
    if ahead and not found.explicit_year:
        return replace(found, window=_moved(found.window, -1))
    return found


def last_time(found: FoundDate, stated_on: date) -> FoundDate:
    """The date as one that is over, in the year before where no year was said: since its May launch."""
    begun = found.window.latest is None or found.window.latest <= stated_on
    return found if begun or found.explicit_year else replace(found, window=_moved(found.window, -1))


def _moved(window: Window, years: int) -> Window:
    def moved(day: date | None) -> date | None:
        if day is None:
            return None
        leap = day.month == 2 and day.day == 29
        return day.replace(year=day.year + years, day=28 if leap else day.day)

    return replace(window, earliest=moved(window.earliest), latest=moved(window.latest))


_EARLIEST = ("最快", "最早", "as early as", "at the earliest", "as soon as")


def joined(dates: Sequence[FoundDate], folded: str) -> list[FoundDate]:
    """The dates of a passage, with what belongs together made one.

    `最快7月、最迟8月` is from July to August; a quarter or month without a year takes the year said just before it
    (明年二季度试生产,四季度量产).
    """
    found: list[FoundDate] = []
    for said in dates:
        one = replace(said, window=said.begun) if said.begun else said
        before = found[-1] if found else None
        if before and ((one.deadline and _is_span(before, one, folded)) or _is_either(before, one, folded)):
            found[-1] = _span(before, one)
        else:
            found.append(_in_the_same_year(before, one) if before else one)
    return found


def _is_span(first: FoundDate, last: FoundDate, folded: str) -> bool:
    soonest = folded[max(0, first.start - 12) : first.end]
    return last.start - first.end <= 3 and any(word in soonest for word in _EARLIEST)


_OR = re.compile(r" or (?:(?:in|by|on) )?(?:the )?")


def _is_either(first: FoundDate, last: FoundDate, folded: str) -> bool:
    """Whether it is to be at one of two dates: in December or January."""
    begins, ends = first.window.earliest, last.window.latest
    near = begins is not None and ends is not None and 0 <= (ends - begins).days <= _FAR * 4
    return near and _OR.fullmatch(folded, first.end, last.start) is not None


def _span(first: FoundDate, last: FoundDate) -> FoundDate:
    earliest, latest = first.window.earliest, last.window.latest
    if earliest is None or latest is None or earliest > latest:
        return last
    return replace(last, start=first.start, window=closed(earliest, latest, first.window.precision), deadline=False)


def _in_the_same_year(before: FoundDate, one: FoundDate) -> FoundDate:
    """The date in the year of the one before it, where that year was said and the order of the months allows it."""
    first, window = before.window.earliest, one.window
    if one.explicit_year or not before.explicit_year or first is None or window.earliest is None:
        return one
    years = first.year - window.earliest.year
    if years <= 0 or window.precision is Precision.DAY or window.earliest.month < first.month:
        return one
    return replace(one, window=_moved(window, years))


def is_future(found: FoundDate, stated_on: date) -> bool:
    """Whether the window can still lie ahead of the day of publication."""
    return found.window.latest is None or found.window.latest >= stated_on


def is_past(found: FoundDate, stated_on: date) -> bool:
    """Whether the window has begun by the day of publication."""
    first = found.window.earliest or found.window.latest
    return first is not None and first <= stated_on


def is_former(found: FoundDate, passage: Passage) -> bool:
    """Whether the date is the old one: marked so, or behind words like `originally`, 原定, `instead of`."""
    if found.role is Role.OLD:
        return True
    if found.role is Role.NEW:
        return False
    if _is_overtaken(found, passage):
        return True
    if not passage.has(Cue.FORMER):
        return False
    clause = passage.clause_of(found.start)
    before = [w for w in passage.words if w.end <= found.start + 1 and w.clause == clause]
    former = [w for w in before if w.cue is Cue.FORMER]
    if not former:
        return False
    if any(w.phrase.text in ("instead of", "rather than") and _begins(w, passage) for w in former):
        return True
    latest = max(w.end for w in former)
    result = max((w.end for w in before if w.cue is Cue.RESULT), default=-1)
    if result > latest and found.start - result <= 4:
        return _strongly_former(former, passage, found)
    others = [d for d in passage.dates if latest <= d.start < found.start]
    strong = max(former, key=lambda w: w.end).phrase.text.split()[0] in _AT_FIRST
    return not others and found.start - latest <= (7 if strong else 3) * _BESIDE


_AT_FIRST = ("originally", "initially", "initial", "previously")


def _begins(word: Word, passage: Passage) -> bool:
    """Whether a word begins its clause."""
    clause = next(clause for number, clause in passage.clauses if number == word.clause)
    return not passage.folded[clause.start : word.start].strip(" \"'")


_PROMISED = re.compile(
    r"[\s\"']*(?:once |long )?(?:due|promised|scheduled|planned|slated|expected|set|targeted|billed)\b"
)


def _is_overtaken(found: FoundDate, passage: Passage) -> bool:
    """Whether a date is that of a plan told beside the name, and what is now planned follows: due in May, will now."""
    number = passage.clause_of(found.start)
    clause = next((clause for n, clause in passage.clauses if n == number), None)
    if clause is None or not _PROMISED.match(passage.folded, clause.start):
        return False
    return any(
        word.phrase.text == "now" and word.clause > number and any(d.start > word.end for d in passage.dates)
        for word in passage.words
    )


_STRONG = (
    *("原定", "原计划", "曾计划", "曾预计", "曾定于", "原本", "不再是", "而非"),
    *(
        "originally",
        "initially",
        "supposed",
        "instead",
        "rather",
        "previously",
        "pencilled",
        "penciled",
        "once",
        "most",
        "had",
        "last",
        "promised",
        "pledged",
    ),
)


def _strongly_former(former: Sequence[Word], passage: Passage, found: FoundDate) -> bool:
    """Whether an unmistakable word (`originally slated for`, 原定于) marks the date though `for` stands between."""
    return any(
        word.phrase.text.split()[0] in _STRONG and not any(word.end <= d.start < found.start for d in passage.dates)
        for word in former
    )


def is_of_announcement(found: FoundDate, passage: Passage, stated_on: date) -> bool:
    """Whether the date is that of saying so: a day not after publication beside `said`, `announced`, 宣布, 表示."""
    if found.window.precision is not Precision.DAY or found.window.latest is None or found.window.latest > stated_on:
        return False
    clause = passage.clause_of(found.start)
    return any(
        word.cue is Cue.SAYING
        and word.clause == clause
        and (0 <= word.start - found.end <= 12 or 0 <= found.start - word.end <= _BESIDE)
        for word in passage.words
    )


def nearest(dates: Iterable[FoundDate], passage: Passage, at: int, rivals: Sequence[int] = ()) -> FoundDate | None:
    """The date that belongs to the event at offset `at`: in its clause rather than elsewhere, then the nearest.

    A date that stands nearer to one of the `rivals` (offsets of other events) in its own clause belongs to that one.
    """
    best: tuple[tuple[int, int, int], FoundDate] | None = None
    for found in dates:
        here = passage.clause_of(found.start)
        distance = _distance(found, at)
        taken = any(passage.clause_of(r) == here and _distance(found, r) < distance for r in rivals)
        rank = (int(taken), int(here != passage.clause_of(at)), distance)
        if best is None or rank < best[0]:
            best = (rank, found)
    return None if best is None or best[0][0] else best[1]


def _distance(found: FoundDate, at: int) -> int:
    return found.start - at if found.start >= at else at - found.end


def days_since(found: FoundDate, stated_on: date) -> int:
    """Days from the end of the window to the day of publication; negative when it is still to come."""
    end = found.window.latest or stated_on + timedelta(days=1)
    return (stated_on - end).days


def is_loose(dated: FoundDate, stated_on: date) -> bool:
    """Whether a window holds the day of publication without being a day: this year may be past or to come."""
    latest = dated.window.latest
    return dated.window.precision is not Precision.DAY and (latest is None or latest >= stated_on)
