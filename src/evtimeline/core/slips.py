"""The slip chart (milestone trend analysis): what was promised for when, over the days on which it was said."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evtimeline.core.charts import Axis, axis_around
from evtimeline.core.claims import Claim, Revision, RevisionKind
from evtimeline.core.milestones import Milestone
from evtimeline.core.standing import Evidence, Standing
from evtimeline.core.tracks import Track, is_baseline, stated_order, track
from evtimeline.core.windows import Window

_UNMOVED = (RevisionKind.DELAYED, RevisionKind.CANCELLED, RevisionKind.REPORTED)
"""What leaves the promise where it was."""


class Voice(StrEnum):
    """Which series a point belongs to."""

    STANDS = "stands"
    FORECAST = "forecast"
    RUMOUR = "rumour"
    RIVAL = "rival"  # of equal standing with what stands, and of another mind


@dataclass(frozen=True)
class Point:
    """What was promised on a day: across `day`, up the `window`; None where a delay or a rumour names no date.

    `kind` is the change that the statement made in what stands (None for the first promise and for other voices),
    `reported` the day it is said to have happened, `struck`: somebody denied it. `claim_id` leads to the words.
    """

    day: date
    window: Window | None
    claim_id: int
    publisher: str
    kind: RevisionKind | None = None
    reported: Window | None = None
    struck: bool = False


@dataclass(frozen=True)
class SlipSeries:
    """One milestone of the slip chart: `stands` in the order of time, the other voices beside it."""

    milestone: Milestone
    stands: tuple[Point, ...] = ()
    forecasts: tuple[Point, ...] = ()
    rumours: tuple[Point, ...] = ()
    rivals: tuple[Point, ...] = ()

    @property
    def points(self) -> tuple[tuple[Voice, Point], ...]:
        """Every point with its series."""
        named = zip(Voice, (self.stands, self.forecasts, self.rumours, self.rivals), strict=True)
        return tuple((voice, point) for voice, points in named for point in points)


def slip_series(
    milestone: Milestone, standing: Standing, accepted: Sequence[Claim], revisions: Sequence[Revision]
) -> SlipSeries:
    """Read the series of one milestone off its accepted claims and the revisions of what stood (in their order).

    A statement that came to count only after a later one stands where it began to count, so that time runs one way.
    """
    claims = {claim.id: claim for claim in accepted}
    struck = frozenset(standing.struck)
    ordered = sorted(accepted, key=stated_order)
    return SlipSeries(
        milestone=milestone,
        stands=tuple(_stood(claims, revisions)),
        forecasts=tuple(_point(claim, struck) for claim in ordered if _is(claim, Track.FORECAST)),
        rumours=tuple(_point(claim, struck) for claim in ordered if _is(claim, Track.RUMOUR)),
        rivals=tuple(_rival(said) for said in standing.rivals if said.window),
    )


def slip_axes(series: Sequence[SlipSeries], today: date) -> tuple[Axis, Axis]:
    """The axes of the chart: the days of the statements (across), and of what they promised (up); both show today."""
    points = [point for one in series for _, point in one.points]
    windows = [window for point in points for window in (point.window, point.reported) if window]
    return axis_around((), [today, *(point.day for point in points)]), axis_around(windows, [today])


def _is(claim: Claim, wanted: Track) -> bool:
    return track(claim) is wanted and claim.window is not None and not is_baseline(claim)


def _stood(claims: Mapping[int, Claim], revisions: Sequence[Revision]) -> Iterator[Point]:
    """The first promise, then every change of what stood."""
    first = _first_promise(claims, revisions)
    if first:
        yield _point(first, frozenset())
    day = first.stated_on if first else date.min
    window = first.window if first else None
    for revision in revisions:
        cause = claims.get(revision.claim_id)
        day = _day(revision, cause, day)
        if revision.kind not in _UNMOVED:
            window = revision.new
        reported = revision.new if revision.kind is RevisionKind.REPORTED else None
        publisher = cause.publisher if cause else ""
        yield Point(day, window, revision.claim_id, publisher, revision.kind, reported)


def _first_promise(claims: Mapping[int, Claim], revisions: Sequence[Revision]) -> Claim | None:
    """What the user wrote down first; it made no revision unless something stood already."""
    told = {revision.claim_id for revision in revisions}
    written = [c for c in claims.values() if is_baseline(c) and c.window and c.id not in told]
    return min(written, key=lambda claim: (claim.learned_at, claim.id), default=None)


def _day(revision: Revision, cause: Claim | None, before: date) -> date:
    """The day of the statement; of one that began to count only after a later statement, the day on which it did."""
    learned = revision.happened_at.date()
    stated = cause.stated_on if cause else learned
    return stated if stated >= before else max(before, learned)


def _point(claim: Claim, struck: frozenset[int]) -> Point:
    return Point(claim.stated_on, claim.window, claim.id, claim.publisher, struck=claim.id in struck)


def _rival(said: Evidence) -> Point:
    return Point(said.stated_on, said.window, said.claim_id, said.publisher)
