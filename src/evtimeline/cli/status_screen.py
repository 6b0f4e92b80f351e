"""The screen of `evtimeline status`: what has changed, what is broken, and one row a milestone."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime

from evtimeline.cli.terminal import Cell, Column, Screen, Style, safe, table, truncate, wrap
from evtimeline.cli.words import NOTHING, text, window_text, word
from evtimeline.core.claims import Revision, RevisionKind
from evtimeline.core.findings import span
from evtimeline.core.standing import Standing
from evtimeline.core.status import Mark, MarkKind, MilestoneStatus, Status, mark_text
from evtimeline.jobs.overview import BrokenFeed, Change, Overview, Row

CHANGES_SHOWN = 8
BROKEN_SHOWN = 5
NARROW = 100
"""On screens narrower than this, dates of this year lose the year, and statuses what matters least."""
WIDE = 140
"""From here on there is room for keys."""

STYLES = {
    Status.OVERDUE: Style.BAD,
    Status.REPORTED: Style.NEWS,
    Status.DUE: Style.WARNING,
    Status.PLANNED: Style.PLAIN,
    Status.UNDATED: Style.FAINT,
    Status.DONE: Style.GOOD,
    Status.CANCELLED: Style.FAINT,
}
ALARMS = {MarkKind.CONTESTED, MarkKind.SLIPPED, MarkKind.DELAYED, MarkKind.CANCELLATION}
SIGNED = {MarkKind.SLIPPED: "+{}d", MarkKind.ADVANCED: "-{}d"}


def render(overview: Overview, language: str, screen: Screen) -> Iterator[str]:
    """The lines of the screen, none wider than it."""
    yield from wrap(_summary(overview, language), screen.width)
    if overview.changes:
        yield ""
        yield from _changes(overview, language, screen)
    if overview.broken:
        yield ""
        yield from _broken(overview.broken, language, screen)
    if overview.alarms:
        yield ""
        yield from (screen.paint(line, Style.BAD) for line in wrap(_alarms(overview, language), screen.width))
    yield ""
    yield from _rows(overview, language, screen) if overview.rows else _nothing(overview, language)
    if overview.hidden:
        hidden = text("hidden", language, n=overview.hidden)
        yield from (screen.paint(line, Style.FAINT) for line in wrap(hidden, screen.width))


def status_text(status: MilestoneStatus, language: str, narrow: bool = False) -> str:
    """The status and its marks on one line; a mark that says the status again, with figures, stands in its place."""
    said = status.mark(MarkKind.OVERDUE) if status.status is Status.OVERDUE else status.mark(MarkKind.REPORTED)
    others = [mark for mark in status.marks if mark is not said]
    if narrow and (len(status.marks) > 1 or status.status is Status.DUE):
        others = [mark for mark in others if mark.kind is not MarkKind.QUIET]
    marks = [_mark(mark, language, narrow) for mark in others]
    between = " " if narrow else " · "
    if narrow and marks and status.status is Status.PLANNED:
        return between.join(marks)
    return between.join([mark_text(said, language) if said else word(status.status.value, language), *marks])


def status_style(status: MilestoneStatus) -> Style:
    """How a status is set off: what needs attention more than others."""
    style = STYLES[status.status]
    alarmed = any(mark.kind in ALARMS for mark in status.marks)
    return Style.WARNING if alarmed and style in (Style.PLAIN, Style.FAINT) else style


def stands_text(standing: Standing) -> str:
    """The window that stands, or all that contradict each other, a year that is the same said once."""
    first, *others = list(dict.fromkeys(map(window_text, standing.contested))) or [window_text(standing.window)]
    year = first[:5]
    return " | ".join([first, *(other.removeprefix(year) if "-" in year else other for other in others)])


def _mark(mark: Mark, language: str, narrow: bool) -> str:
    if narrow and language != "zh" and mark.kind in SIGNED and mark.number is not None:
        return SIGNED[mark.kind].format(mark.number)
    return mark_text(mark, language)


def _summary(overview: Overview, language: str) -> str:
    counts = Counter(row.status.status for row in overview.rows)
    named = [
        text("counted", language, n=counts[status], word=word(status.value, language))
        for status in STYLES
        if counts[status]
    ]
    total = text("one milestone" if len(overview.rows) == 1 else "milestones", language, n=len(overview.rows))
    parts = [_minute(overview.now)[:10], total + _listed(named, language)]
    if overview.as_of:
        return " · ".join([text("as of", language, day=overview.as_of), *parts[1:]])
    polled = overview.polled_at
    parts.append(text("polled", language, when=_minute(polled)) if polled else text("never polled", language))
    if overview.pending:
        parts.append(text("waiting", language, n=overview.pending))
    return " · ".join(parts)


def _listed(named: list[str], language: str) -> str:
    return text("of which", language) + text("comma", language).join(named) if named else ""


def _minute(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def _changes(overview: Overview, language: str, screen: Screen) -> Iterator[str]:
    since = overview.changed_since
    heading = text("changed", language, when=_minute(since)) if since else text("changed first", language)
    yield screen.paint(truncate(heading, screen.width), Style.STRONG)
    shown = overview.changes[:CHANGES_SHOWN]
    columns = (Column("", 20, 2, middle=True), Column("", 12, 1), Column("", 12), Column("", 11, 3, optional=True))
    rows = [_change(change, overview, language, screen) for change in shown]
    yield from table(columns, rows, screen)[1:]
    more = len(overview.changes) - len(shown) + overview.more_changes
    if more:
        yield screen.paint(text("more", language, n=more), Style.FAINT)


def _change(change: Change, overview: Overview, language: str, screen: Screen) -> tuple[Cell, ...]:
    old, new = window_text(change.old), window_text(change.new)
    kinds = dict.fromkeys(_kind(revision, language) for revision in change.revisions)
    cause = _who(change.cause.publisher, change.cause.stated_on, overview, screen)
    return (
        Cell(safe(change.stored.milestone.title(language))),
        Cell(word(" · ", language).join(kinds), Style.NEWS),
        Cell(new if old in (new, NOTHING) else f"{old} → {new}"),
        Cell(cause, Style.FAINT),
    )


def _kind(revision: Revision, language: str) -> str:
    """What a revision did, with the days by which it moved what stood."""
    moves = {RevisionKind.SLIPPED: MarkKind.SLIPPED, RevisionKind.ADVANCED: MarkKind.ADVANCED}
    if revision.kind in moves and revision.days_last:
        return mark_text(Mark(moves[revision.kind], abs(revision.days_last)), language)
    return word(revision.kind.value, language)


def _broken(broken: tuple[BrokenFeed, ...], language: str, screen: Screen) -> Iterator[str]:
    yield screen.paint(truncate(text("broken", language, n=len(broken)), screen.width), Style.BAD)
    for feed in broken[:BROKEN_SHOWN]:
        told = f"{safe(feed.title)}: {safe(feed.error)}" if feed.title else safe(feed.error)
        yield truncate(told, screen.width)
    if len(broken) > BROKEN_SHOWN:
        yield screen.paint(text("more", language, n=len(broken) - BROKEN_SHOWN), Style.FAINT)


def _alarms(overview: Overview, language: str) -> str:
    """What goes wrong behind the scenes, in one line."""
    alarms, now = overview.alarms, overview.now
    parts = [text("dead", language, n=alarms.dead)] if alarms.dead else []
    if alarms.daemon_lost_at:
        parts.append(text("daemon lost", language, ago=span(now - alarms.daemon_lost_at)))
    if alarms.unsent_since:
        parts.append(text("unsent", language, by=span(now - alarms.unsent_since)))
    return text("alarms", language, told=" · ".join(parts))


def _rows(overview: Overview, language: str, screen: Screen) -> Iterator[str]:
    several = len({row.stored.timeline_key for row in overview.rows}) > 1
    columns = [  # what each needs at least comes to 80 cells with the gaps
        Column(text("milestone", language), 20, 2, middle=True),
        Column(text("first", language), 7, optional=True),
        Column(text("stands", language), 15),
        Column(text("status", language), 17, 1),
        Column(text("evidence", language), 13 if screen.width < NARROW else 22, 3, True),
    ]
    if several:
        columns.append(Column(text("timeline", language), 10, 4, optional=True))
    if screen.width >= WIDE:
        columns.append(Column(text("key", language), 24, 4, optional=True))
    yield from table(columns, [_row(row, overview, language, screen)[: len(columns)] for row in overview.rows], screen)


def _row(row: Row, overview: Overview, language: str, screen: Screen) -> tuple[Cell, ...]:
    standing, last = row.standing, row.standing.last
    style = status_style(row.status)
    timeline, key = row.stored.ref
    several = len({one.stored.timeline_key for one in overview.rows}) > 1
    return (
        Cell(safe(row.milestone.title(language)), Style.STRONG if style is Style.BAD else Style.PLAIN),
        Cell(window_text(standing.first), Style.FAINT),
        Cell(stands_text(standing)),
        Cell(status_text(row.status, language, screen.width < NARROW), style),
        Cell(_who(last.publisher, last.stated_on, overview, screen) if last else NOTHING, Style.FAINT),
        *([Cell(timeline, Style.FAINT)] if several else []),
        Cell(key, Style.FAINT),
    )


def _who(publisher: str, stated_on: date, overview: Overview, screen: Screen) -> str:
    this_year = stated_on.year == (overview.as_of or overview.now.date()).year
    day = f"{stated_on:%m-%d}" if screen.width < NARROW and this_year else stated_on.isoformat()
    return f"{day} {safe(publisher)}".rstrip()


def _nothing(overview: Overview, language: str) -> Iterator[str]:
    if overview.as_of:
        yield text("nothing known", language, day=overview.as_of)
    elif not overview.hidden:
        yield from text("empty", language).splitlines()
