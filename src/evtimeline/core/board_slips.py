"""The slip chart of a report: steps and bands of what was promised, as SVG path data in a square of 1000 by 1000."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from evtimeline.core.board_lanes import percent
from evtimeline.core.charts import Axis
from evtimeline.core.claims import RevisionKind
from evtimeline.core.slips import Point, SlipSeries, Voice, slip_axes
from evtimeline.core.storyboard import Label, Sign, SlipChart, Trace
from evtimeline.core.windows import Window

MOST_TRACES = 40
"""Milestones on the common chart; more lines than that nobody can follow."""

COLOURS = 10
_MOST_VOICES = (8, 30)  # signs of forecasts and rumours: of a milestone among others, and alone; the newest
_OVER = (RevisionKind.DONE, RevisionKind.CANCELLED)
_KINDS = {
    Voice.FORECAST: "forecast",
    Voice.RUMOUR: "rumour",
    Voice.RIVAL: "rival",
}


@dataclass(frozen=True)
class Drawn:
    """A series with what the report says of it; `weight` sorts the common chart: how much there is to see."""

    chapter: int
    series: SlipSeries
    label: str
    moved: str = ""
    weight: int = 0


def common_chart(drawn: Sequence[Drawn], today: date) -> SlipChart | None:
    """The milestones that moved most on one chart; None where nothing was ever promised."""
    dated = [one for one in drawn if one.series.points]
    if not dated:
        return None
    kept = sorted(dated, key=lambda one: -one.weight)[:MOST_TRACES]
    return _chart(kept, today, (8, 8), len(dated) - len(kept))


def own_chart(drawn: Drawn, today: date) -> SlipChart | None:
    """One milestone's chart; None where a single promise never moved and nobody else spoke."""
    return _chart([drawn], today, (6, 5)) if len(drawn.series.points) > 1 else None


def _chart(drawn: Sequence[Drawn], today: date, ticks: tuple[int, int], left_out: int = 0) -> SlipChart:
    across, up = slip_axes([one.series for one in drawn], today)
    plane = _Plane(across, up, today, len(drawn) == 1)
    diagonal, past = plane.diagonal()
    return SlipChart(
        across=tuple(Label(percent(across.begin(t.day)), t.label, t.major) for t in across.ticks(ticks[0])),
        up=tuple(Label(percent(1 - up.begin(t.day)), t.label, t.major) for t in up.ticks(ticks[1])),
        today=percent(across.begin(today)),
        mesh=plane.mesh(ticks),
        diagonal=diagonal,
        past=past,
        traces=tuple(_trace(one, plane, place) for place, one in enumerate(drawn)),
        left_out=left_out,
    )


@dataclass(frozen=True)
class _Plane:
    """Both axes; the origin is the upper left corner, as in SVG."""

    across: Axis
    up: Axis
    today: date
    alone: bool = False

    def x(self, day: date) -> float:
        return 1000 * self.across.begin(day)

    def high(self, window: Window) -> float:
        """The upper edge: the window's last day, or the edge of the chart."""
        return 1000 * (1 - self.up.end(window.latest))

    def low(self, window: Window) -> float:
        """The lower edge: the window's first day."""
        return 1000 * (1 - self.up.begin(window.earliest))

    def level(self, window: Window) -> float:
        """Where the line runs: lateness is measured at the last day, of an open window at the first."""
        return self.low(window) if window.latest is None else self.high(window)

    def mesh(self, ticks: tuple[int, int]) -> str:
        """A line at every tick of either axis."""
        down = "".join(f"M{_n(self.x(tick.day))} 0V1000" for tick in self.across.ticks(ticks[0]))
        return down + "".join(f"M0 {_n(1000 * (1 - self.up.begin(tick.day)))}H1000" for tick in self.up.ticks(ticks[1]))

    def diagonal(self) -> tuple[str, str]:
        """The line on which a promise falls due on the day it is made, and all that lies below it."""
        first, last = max(self.across.first, self.up.first), min(self.across.last, self.up.last)
        x1, y1 = self.x(first), 1000 * (1 - self.up.begin(first))
        x2, y2 = 1000 * self.across.end(last), 1000 * (1 - self.up.end(last))
        corners = [(x1, y1), (x2, y2), *([(1000.0, y2)] if x2 < 1000 else []), (1000.0, 1000.0)]
        corners += [(0.0, 1000.0)] if x1 <= 0 and y1 < 1000 else []
        return f"M{_n(x1)} {_n(y1)}L{_n(x2)} {_n(y2)}", "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in corners) + "Z"


def _trace(one: Drawn, plane: _Plane, place: int) -> Trace:
    points = one.series.stands
    steps = list(_steps(points, plane.today))
    voices = [(voice, point) for voice, point in one.series.points if voice is not Voice.STANDS][
        -_MOST_VOICES[plane.alone] :
    ]
    return Trace(
        chapter=one.chapter,
        colour=place % COLOURS,
        dashed=place >= COLOURS,
        still=len({_days(point.window) for point in points if point.window}) < 2 and not voices,
        band="".join(_band(point, until, plane) for point, until in steps),
        line=_line(steps, plane),
        whiskers=tuple(_whiskers(voices, plane)),
        signs=(*_stood(points, plane), *_said(voices, plane)),
        label=one.label,
        moved=one.moved,
    )


def _days(window: Window | None) -> tuple[date | None, date | None] | None:
    return (window.earliest, window.latest) if window else None


def _steps(points: Sequence[Point], today: date) -> Iterator[tuple[Point, date]]:
    """Every promise with the day until which it stood."""
    for point, following in zip(points, [*points[1:], None], strict=True):
        over = point.kind in _OVER
        yield point, point.day if over else following.day if following else max(today, point.day)


def _band(point: Point, until: date, plane: _Plane) -> str:
    window = point.window
    if window is None or until <= point.day or point.kind in _OVER:
        return ""
    top, bottom = plane.high(window), plane.low(window)
    return f"M{_n(plane.x(point.day))} {_n(top)}H{_n(plane.x(until))}V{_n(bottom)}H{_n(plane.x(point.day))}Z"


def _line(steps: Sequence[tuple[Point, date]], plane: _Plane) -> str:
    parts: list[str] = []
    drawing = False
    for point, until in steps:
        if point.window is None:
            drawing = False
            continue
        x, y = _n(plane.x(point.day)), _n(plane.level(point.window))
        parts.append(f"H{x}V{y}" if drawing else f"M{x} {y}")
        drawing = point.kind not in _OVER
        if drawing:
            parts.append(f"H{_n(plane.x(until))}")
    return "".join(parts)


def _stood(points: Sequence[Point], plane: _Plane) -> Iterator[Sign]:
    for point in points:
        kind = {RevisionKind.DONE: "done", RevisionKind.CANCELLED: "off", RevisionKind.REPORTED: "reported"}.get(
            point.kind or RevisionKind.DATED, "said"
        )
        window = point.reported or point.window
        if window:
            yield Sign(kind, percent(plane.x(point.day) / 1000), percent(plane.level(window) / 1000), point.claim_id)


def _said(voices: Sequence[tuple[Voice, Point]], plane: _Plane) -> Iterator[Sign]:
    for voice, point in voices:
        if point.window:
            kind = "struck" if point.struck else _KINDS[voice]
            x, y = plane.x(point.day) / 1000, plane.level(point.window) / 1000
            yield Sign(kind, percent(x), percent(y), point.claim_id)


def _whiskers(voices: Sequence[tuple[Voice, Point]], plane: _Plane) -> Iterator[tuple[str, str]]:
    """The uncertainty of forecasts and rumours, as lines from their first to their last day, a path for each sort."""
    for voice, kind in _KINDS.items():
        windows = [(point.day, point.window) for each, point in voices if each is voice and point.window]
        path = "".join(f"M{_n(plane.x(day))} {_n(plane.high(it))}V{_n(plane.low(it))}" for day, it in windows)
        if path:
            yield kind, path


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
