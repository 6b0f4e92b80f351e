"""Who was right: how promises and predictions fared, per publisher and per promise maker."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evtimeline.core.claims import Claim, Signal, Stance
from evtimeline.core.standing import Outcome, Standing
from evtimeline.core.stories import publisher_key
from evtimeline.core.tracks import Track, is_baseline, track
from evtimeline.core.windows import Window

ENOUGH = 5
"""Judged statements from which a rate or a mean is worth saying; below, the figures would be noise."""


class Fate(StrEnum):
    """What became of a promised window."""

    HIT = "hit"  # it happened inside
    EARLY = "early"  # it happened before the window began
    LATE = "late"  # it happened after the window's end, or has not happened though that is past
    NEVER = "never"  # it was called off


@dataclass(frozen=True)
class Judgement:
    """What became of one promised window, and by how many days it was missed (0: hit; positive: it came later)."""

    fate: Fate
    days: int | None = None


@dataclass(frozen=True)
class Ending:
    """What has become of a milestone by a day; `said` are the accepted claims of its ledger.

    `makers` are those who promise it, by the names that are shown.
    """

    standing: Standing
    said: Sequence[Claim]
    today: date
    makers: tuple[str, ...] = ()


@dataclass(frozen=True)
class TrackRecord:
    """How somebody's statements fared. `claims` counts all dated ones, `hit`..`never` those that can be judged."""

    name: str
    claims: int = 0
    hit: int = 0
    early: int = 0
    late: int = 0
    never: int = 0
    missed_days: tuple[int, ...] = ()

    @property
    def judged(self) -> int:
        """How many can be judged: the n to show beside every figure."""
        return self.hit + self.early + self.late + self.never

    @property
    def telling(self) -> bool:
        """Whether there are enough to say more than how many there are."""
        return self.judged >= ENOUGH

    @property
    def hit_rate(self) -> float | None:
        """The share of hits, 0..1; None below `ENOUGH`."""
        return self.hit / self.judged if self.telling else None

    @property
    def mean_error(self) -> float | None:
        """By how many days the windows were missed on the average, whichever way, hits being 0; None below ENOUGH."""
        return _mean(map(abs, self.missed_days)) if self.telling else None

    @property
    def bias(self) -> float | None:
        """The same with its sign: positive where things came later than was said; None below `ENOUGH`."""
        return _mean(self.missed_days) if self.telling else None


def judge_window(window: Window, standing: Standing, today: date) -> Judgement | None:
    """Say what became of a window; None while that is open.

    Of a milestone that is overdue the days so far count, so that what never comes is not forgotten.
    """
    if standing.outcome is Outcome.CANCELLED:
        return Judgement(Fate.NEVER)
    if standing.outcome is Outcome.DONE and standing.window:
        return _against(window, standing.window)
    if window.latest is None or window.latest >= today or standing.outcome is not Outcome.OPEN:
        return None
    return Judgement(Fate.LATE, (today - window.latest).days)


def _against(window: Window, happened: Window) -> Judgement:
    """Compare a promised window with the day (or the month ...) on which it happened."""
    if window.earliest and happened.latest and happened.latest < window.earliest:
        return Judgement(Fate.EARLY, (happened.latest - window.earliest).days)
    if window.latest and happened.earliest and happened.earliest > window.latest:
        return Judgement(Fate.LATE, (happened.earliest - window.latest).days)
    return Judgement(Fate.HIT, 0)


def publisher_records(endings: Iterable[Ending]) -> tuple[TrackRecord, ...]:
    """The record of everybody who gave a date before the event, the most judged first.

    Rumours, forecasts and what was denied count too: the outcome is their judge. A date that is said again for the
    same milestone counts once.
    """
    names: dict[str, str] = {}
    judged: dict[str, list[Judgement | None]] = {}
    for ending in endings:
        for claim in _predictions(ending):
            key = publisher_key(claim.publisher)
            names.setdefault(key, claim.publisher)
            assert claim.window is not None
            judged.setdefault(key, []).append(judge_window(claim.window, ending.standing, ending.today))
    return _sorted(names, judged)


def maker_records(endings: Iterable[Ending]) -> tuple[TrackRecord, ...]:
    """The record of everybody who makes promises: one first promise for each milestone, the most judged first."""
    judged: dict[str, list[Judgement | None]] = {}
    for ending in endings:
        first = ending.standing.first
        for name in dict.fromkeys(ending.makers) if first else ():
            assert first is not None
            judged.setdefault(name, []).append(judge_window(first, ending.standing, ending.today))
    return _sorted({name: name for name in judged}, judged)


def _predictions(ending: Ending) -> Iterator[Claim]:
    """Each publisher's dated statements from before the event, every date once."""
    happened = ending.standing.window if ending.standing.outcome is Outcome.DONE else None
    told: set[tuple[str, date | None, date | None]] = set()
    for claim in sorted(ending.said, key=lambda claim: (claim.stated_on, claim.id)):
        window = claim.window
        if window is None or not claim.publisher or not _predicts(claim):
            continue
        if happened and happened.earliest and claim.stated_on >= happened.earliest:
            continue
        place = publisher_key(claim.publisher), window.earliest, window.latest
        if place not in told:
            told.add(place)
            yield claim


def _predicts(claim: Claim) -> bool:
    if claim.stance is Stance.DENIED or claim.signal in (Signal.ACHIEVED, Signal.CANCELLED):
        return False
    return is_baseline(claim) or track(claim) in (Track.DATE, Track.FORECAST, Track.RUMOUR)


def _sorted(names: Mapping[str, str], judged: Mapping[str, Sequence[Judgement | None]]) -> tuple[TrackRecord, ...]:
    records = [_record(names[key], judgements) for key, judgements in judged.items()]
    return tuple(sorted(records, key=lambda record: (-record.judged, -record.claims, record.name)))


def _record(name: str, judgements: Sequence[Judgement | None]) -> TrackRecord:
    known = [judgement for judgement in judgements if judgement]
    counts = {fate: sum(one.fate is fate for one in known) for fate in Fate}
    return TrackRecord(
        name,
        claims=len(judgements),
        hit=counts[Fate.HIT],
        early=counts[Fate.EARLY],
        late=counts[Fate.LATE],
        never=counts[Fate.NEVER],
        missed_days=tuple(one.days for one in known if one.days is not None),
    )


def _mean(numbers: Iterable[int]) -> float | None:
    values = list(numbers)
    return sum(values) / len(values) if values else None
