"""The screen of `evtimeline timeline`: milestones on an axis of time, what stands beside what was first promised."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from evtimeline.cli.drawing import Canvas, Glyphs, legend, ruler, ticks_for
from evtimeline.cli.status_screen import status_style, status_text
from evtimeline.cli.terminal import Screen, Style, abridge, cells, safe, truncate, wrap
from evtimeline.cli.words import text
from evtimeline.core.charts import Axis, Lane, axis_of
from evtimeline.core.standing import Outcome
from evtimeline.core.status import Status
from evtimeline.core.windows import Precision, Window
from evtimeline.jobs.lanes import Lanes

GAP = 2
LEAST = 16  # cells of a picture in which something can still be seen
NARROW = 140  # from here on statuses are written out


@dataclass(frozen=True)
class Layout:
    """How many cells titles, picture and statuses get; 0: left out."""

    titles: int
    picture: int
    statuses: int


def render(
    shown: Lanes, ends: tuple[date | None, date | None], language: str, screen: Screen, glyphs: Glyphs
) -> Iterator[str]:
    """The lines of the screen, none wider than it; `ends` are the first and last day asked for."""
    if not shown.lanes:
        yield from text("empty", language).splitlines() if not shown.hidden else ()
    else:
        yield from _picture(shown, axis_of(shown.lanes, shown.today, *ends), language, screen, glyphs)
    if shown.hidden:
        hidden = text("hidden", language, n=shown.hidden)
        yield from (screen.paint(line, Style.FAINT) for line in wrap(hidden, screen.width))


def _picture(shown: Lanes, axis: Axis, language: str, screen: Screen, glyphs: Glyphs) -> Iterator[str]:
    lanes = sorted(shown.lanes, key=lambda one: (one.timeline, _begins(one), one.milestone.key))
    layout = _layout(lanes, language, screen)
    today = axis.begin(shown.today) if axis.holds(shown.today) else None
    indent = " " * (layout.titles + GAP)
    for line in ruler(axis, layout.picture, today, glyphs, screen):
        yield (indent + line).rstrip()
    several = len({one.timeline for one in lanes}) > 1
    for key, group in groupby(lanes, key=lambda one: one.timeline):
        if several:
            yield screen.paint(truncate(safe(key), screen.width), Style.STRONG)
        yield from (_row(one, axis, today, layout, language, screen, glyphs) for one in group)
    yield ""
    yield from legend(tuple(_meanings(lanes, shown.today, language, glyphs)), screen)


def _begins(one: Lane) -> date:
    windows = (one.happened, *one.stands, one.ghost)
    return next((w.earliest or w.latest or date.max for w in windows if w), one.called_off or date.max)


def _layout(lanes: Sequence[Lane], language: str, screen: Screen) -> Layout:
    """A picture of about half of the screen, titles and statuses what is left; on a narrow one statuses go first."""
    title = max(cells(_title(one, language)) for one in lanes)
    status = max(cells(status_text(one.status, language, screen.width < NARROW)) for one in lanes)
    titles = min(title, max(12, screen.width * 27 // 100))
    statuses = min(status, max(12, screen.width * 25 // 100)) if screen.width >= 60 else 0
    picture = screen.width - titles - GAP - (statuses + GAP if statuses else 0)
    return Layout(titles, max(LEAST, picture), statuses)


def _title(one: Lane, language: str) -> str:
    return safe(one.milestone.title(language))


def _row(
    one: Lane, axis: Axis, today: float | None, layout: Layout, language: str, screen: Screen, glyphs: Glyphs
) -> str:
    style = status_style(one.status)
    title = abridge(_title(one, language), layout.titles)
    filling = " " * (layout.titles - cells(title) + GAP)
    line = screen.paint(glyphs.text(title), Style.STRONG if style is Style.BAD else Style.PLAIN) + filling
    line += _drawn(one, axis, today, layout.picture, glyphs).paint(screen)
    if layout.statuses:
        status = truncate(status_text(one.status, language, screen.width < NARROW), layout.statuses)
        line += " " * GAP + screen.paint(glyphs.text(status), style)
    return line.rstrip()


def _drawn(one: Lane, axis: Axis, today: float | None, width: int, glyphs: Glyphs) -> Canvas:
    canvas = Canvas(axis, width)
    for tick in axis.ticks(ticks_for(width)):
        if tick.major:
            canvas.mark(axis.begin(tick.day), glyphs.year, Style.FAINT)
    if one.ghost:
        canvas.bar(one.ghost, glyphs.ghost, Style.FAINT)
    _bars(one, canvas, glyphs)
    if today is not None:
        canvas.mark(today, glyphs.today, Style.NEWS)
    _marks(one, axis, canvas, glyphs)
    return canvas


def _bars(one: Lane, canvas: Canvas, glyphs: Glyphs) -> None:
    """What stands over what is only said, and what has been waited for since."""
    style = status_style(one.status)
    ends = (glyphs.past, glyphs.future)
    for window in one.forecast:
        canvas.bar(window, glyphs.forecast, Style.NEWS, ends)
    for window in one.rumoured:
        canvas.bar(window, glyphs.rumour, Style.WARNING, ends)
    cancelled = one.standing.outcome is Outcome.CANCELLED
    for number, window in reversed(list(enumerate(one.stands))):
        glyph = glyphs.ghost if cancelled else glyphs.other if number else glyphs.stands
        canvas.bar(window, glyph, style, ends)
    if one.overdue:
        canvas.bar(Window(*one.overdue, Precision.DAY), glyphs.overdue, Style.BAD)


def _marks(one: Lane, axis: Axis, canvas: Canvas, glyphs: Glyphs) -> None:
    if one.happened:
        done = one.standing.outcome is Outcome.DONE
        canvas.bar(one.happened, glyphs.done if done else glyphs.reported, Style.GOOD if done else Style.NEWS)
    if one.called_off and axis.holds(one.called_off):
        canvas.mark(axis.begin(one.called_off), glyphs.cancelled, Style.BAD)


def _meanings(lanes: Sequence[Lane], today: date, language: str, glyphs: Glyphs) -> Iterator[tuple[str, Style, str]]:
    """The signs that were used, with their meanings."""
    statuses = {one.status.status for one in lanes}
    signs = (
        (glyphs.stands, Style.PLAIN, "sign stands", any(one.stands for one in lanes)),
        (glyphs.ghost, Style.FAINT, "sign first", any(one.ghost for one in lanes)),
        (glyphs.other, Style.WARNING, "sign contested", any(len(one.stands) > 1 for one in lanes)),
        (glyphs.done, Style.GOOD, "sign done", Status.DONE in statuses),
        (
            glyphs.reported,
            Style.NEWS,
            "sign reported",
            any(one.happened for one in lanes) and Status.REPORTED in statuses,
        ),
        (glyphs.overdue, Style.BAD, "sign overdue", Status.OVERDUE in statuses),
        (glyphs.cancelled, Style.BAD, "sign cancelled", any(one.called_off for one in lanes)),
        (glyphs.rumour, Style.WARNING, "sign rumour", any(one.rumoured for one in lanes)),
        (glyphs.forecast, Style.NEWS, "sign forecast", any(one.forecast for one in lanes)),
    )
    yield from ((glyph, style, text(key, language)) for glyph, style, key, used in signs if used)
    yield glyphs.today, Style.NEWS, text("sign today", language, day=today)
