"""Makes a report's storyboard of what is known: the head, the timeline, the slip chart, chapters and track records."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from evtimeline.core import board_words
from evtimeline.core.board_chapters import chapter, stands_text, window_text
from evtimeline.core.board_claims import keep
from evtimeline.core.board_lanes import strip, timescale
from evtimeline.core.board_records import record_tables
from evtimeline.core.board_slips import Drawn, common_chart, own_chart
from evtimeline.core.board_words import say
from evtimeline.core.cells import safe
from evtimeline.core.charts import Axis, Lane, axis_of, lane
from evtimeline.core.message_words import day_text
from evtimeline.core.slips import slip_series
from evtimeline.core.status import MarkKind, Status
from evtimeline.core.storyboard import Asked, Count, Group, Storyboard, Told
from evtimeline.core.vocabulary import word

_ORDER = (
    Status.OVERDUE,
    Status.REPORTED,
    Status.DUE,
    Status.PLANNED,
    Status.UNDATED,
    Status.DONE,
    Status.CANCELLED,
)


def draw_board(asked: Asked, found: Sequence[Told]) -> Storyboard:
    """Word and place everything; what needs attention most comes first among the chapters."""
    language, today = asked.language, asked.today
    stories = sorted(found, key=lambda told: told.status.attention)
    lanes = [lane(told.timeline, told.milestone, told.standing, told.status, told.today) for told in stories]
    drawn = [_drawn(number, told, language) for number, told in enumerate(stories)]
    axis = axis_of(lanes, today)
    kept = keep(stories)
    return Storyboard(
        language=language,
        title=_title(asked),
        when=say("as known", language, day=day_text(today, language)),
        summary=_summary(stories, language),
        stamp=say("stamp", language, when=f"{asked.now:%Y-%m-%d %H:%M %Z}"),
        counts=_counts(stories, language),
        scale=timescale(axis, today) if lanes else None,
        groups=_groups(asked, lanes, axis),
        slips=common_chart(drawn, today),
        chapters=tuple(
            chapter(number, told, kept[number], own_chart(drawn[number], told.today), language)
            for number, told in enumerate(stories)
        ),
        records=record_tables(stories, language),
    )


def _title(asked: Asked) -> str:
    titles = [titles.get(asked.language) or next(iter(titles.values())) for _, titles in asked.timelines]
    return safe(titles[0]) if len(titles) == 1 else say("all timelines", asked.language)


def _summary(stories: Sequence[Told], language: str) -> str:
    claims = sum(len(told.ledger) for told in stories)
    made = say(
        "made",
        language,
        stories=board_words.count("milestones", len(stories), language),
        claims=board_words.count("claims", claims, language),
    )
    waiting = sum(told.standing.pending for told in stories)
    return say("comma", language).join([made, board_words.count("waiting", waiting, language)] if waiting else [made])


def _counts(stories: Sequence[Told], language: str) -> tuple[Count, ...]:
    numbers = Counter(told.status.status for told in stories)
    return tuple(
        Count(status.value, word(status.value, language), numbers[status]) for status in _ORDER if numbers[status]
    )


def _groups(asked: Asked, lanes: Sequence[Lane], axis: Axis) -> tuple[Group, ...]:
    """The strips of each timeline in the order of time."""
    found: dict[str, list[tuple[int, Lane]]] = {key: [] for key, _ in asked.timelines}
    for number, one in enumerate(lanes):
        found.setdefault(one.timeline, []).append((number, one))
    titles = {key: titles.get(asked.language) or next(iter(titles.values())) for key, titles in asked.timelines}
    several = sum(bool(many) for many in found.values()) > 1
    return tuple(
        Group(
            heading=safe(titles.get(key, key)) if several else "",
            strips=tuple(
                strip(one, number, axis, asked.language)
                for number, one in sorted(many, key=lambda pair: (_when(pair[1]), pair[0]))
            ),
        )
        for key, many in found.items()
        if many
    )


def _when(one: Lane) -> tuple[date, date]:
    """Sorts by the last day of what stands; what has no day comes last."""
    window = one.happened or (one.stands[0] if one.stands else None)
    if window is None:
        return date.max, date.max
    return window.latest or date.max, window.earliest or date.min


def _drawn(number: int, told: Told, language: str) -> Drawn:
    series = slip_series(told.milestone, told.standing, told.accepted, told.revisions)
    moved = told.status.mark(MarkKind.SLIPPED) or told.status.mark(MarkKind.ADVANCED)
    days = told.standing.slip_first or 0
    shown = board_words.moved(days, language) if moved else ""
    label = say(
        "slips label",
        language,
        title=safe(told.milestone.title(language)),
        first=window_text(told.standing.first),
        stands=stands_text(told.standing),
        moved=say("comma", language) + shown if shown else "",
    )
    return Drawn(number, series, label, shown, abs(days) * bool(moved) + len(series.points))
