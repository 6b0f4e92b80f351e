"""The timeline of a report: every milestone's windows as shapes on one axis, placed in percent."""

from collections.abc import Iterator
from datetime import date

from evtimeline.core.board_words import say
from evtimeline.core.charts import Axis, Lane, Tick
from evtimeline.core.storyboard import Label, Shape, Sign, Strip, Timescale
from evtimeline.core.windows import Window

LEVELS = (4, 8, 16, 32, 64)
"""How many ticks the axis has, from a phone that shows the whole time to a screen that is zoomed in."""

_SMALL = 0.012  # share of the axis below which a window gets a diamond, since its bar would be a hair
_LAST_LABEL = 0.94  # share of the axis behind which a label has no room
_BAR, _HALF = (11, 12), (11, 5)  # pixels from the top of a lane, and of height


def timescale(axis: Axis, today: date) -> Timescale:
    """The labels of the axis in steps of detail, the coarsest first."""
    levels = tuple(
        tuple(Label(percent(at), tick.label if at < _LAST_LABEL else "", tick.major) for at, tick in placed)
        for placed in ([(axis.begin(tick.day), tick) for tick in _ticks(axis, most)] for most in LEVELS)
    )
    return Timescale(levels, percent(axis.begin(today)))


def _ticks(axis: Axis, most: int) -> tuple[Tick, ...]:
    """The ticks of the axis, or its Mondays where months would leave most of the room empty."""
    months = axis.ticks(most)
    if 3 * len(months) > most or axis.days > 7 * most:
        return months
    first = axis.first.toordinal() + -axis.first.weekday() % 7
    mondays = map(date.fromordinal, range(first, axis.last.toordinal() + 1, 7))
    return tuple(Tick(day, day.isoformat() if day.day < 8 else f"{day:%m-%d}", day.day < 8) for day in mondays)


def strip(lane: Lane, chapter: int, axis: Axis, language: str) -> Strip:
    """Place one milestone on the axis."""
    return Strip(chapter, _label(lane, language), tuple(_shapes(lane, axis)), tuple(_signs(lane, axis)))


def percent(share: float) -> str:
    """A share of 1 as a percentage for SVG, without digits that nobody sees."""
    return f"{share * 100:.2f}".rstrip("0").rstrip(".") + "%"


def _shapes(lane: Lane, axis: Axis) -> Iterator[Shape]:
    if lane.ghost:
        yield from _shape("ghost", lane.ghost, axis, 6, 22)
    if lane.overdue:
        begin, end = axis.begin(lane.overdue[0]), axis.end(lane.overdue[1])
        yield Shape("late", percent(begin), percent(max(0.0, end - begin)), 15, 4)
    contested = len(lane.stands) > 1
    for number, window in enumerate(lane.stands[:2]):
        top, height = _HALF if contested else _BAR
        yield from _shape("rival" if number else "bar", window, axis, top + 7 * number, height)
    if lane.happened:
        yield from _shape("happened", lane.happened, axis, *_BAR)
    for kind, windows, top in (("forecast", lane.forecast, 30), ("rumour", lane.rumoured, 34)):
        for window in windows[:4]:
            yield from _shape(kind, window, axis, top, 3)


def _shape(kind: str, window: Window, axis: Axis, top: int, height: int) -> Iterator[Shape]:
    span = axis.span(window)
    if span:
        yield Shape(kind, percent(span[0]), percent(span[1] - span[0]), top, height)


def _signs(lane: Lane, axis: Axis) -> Iterator[Sign]:
    kind = "happened" if lane.happened else "bar"
    for window in (lane.happened,) if lane.happened else lane.stands[:1]:
        begin, end = axis.span(window) or (0.0, 0.0)
        if window.latest is None:
            yield Sign("onward", percent(end))
        if window.earliest is None:
            yield Sign("backward", percent(begin))
        if end - begin < _SMALL:
            yield Sign(kind, percent((begin + end) / 2))
        elif lane.happened:
            yield Sign("check", percent((begin + end) / 2))
    if lane.called_off:
        yield Sign("off", percent(axis.begin(lane.called_off)))


def _label(lane: Lane, language: str) -> str:
    """What the drawing shows, for those who cannot see it."""
    several = (
        ("key first", (lane.ghost,) if lane.ghost else ()),
        ("key stands", lane.stands),
        ("key done" if lane.standing.outcome.value == "done" else "key reported", (lane.happened,)),
        ("key forecast", lane.forecast),
        ("key rumour", lane.rumoured),
    )
    parts = [
        f"{say(key, language)} {' | '.join(dict.fromkeys(window.display for window in windows if window))}"
        for key, windows in several
        if any(windows)
    ]
    return say("semicolon", language).join(parts) or say("no day", language)
