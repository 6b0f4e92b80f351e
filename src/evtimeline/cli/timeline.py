"""`evtimeline timeline`: milestones on an axis of time, or the claims about one of them over the days of saying."""

import os
import sys
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, TextIO

import click

from evtimeline.cli import Invocation

if TYPE_CHECKING:
    from evtimeline.app import App
    from evtimeline.cli.drawing import Glyphs
    from evtimeline.cli.terminal import Screen

Ends = tuple[date | None, date | None]


@click.command(short_help="Milestones on an axis of time; with KEY, what was said of one.")
@click.argument("key", required=False)
@click.option("--timeline", "only", metavar="KEY", help="Only this timeline.")
@click.option("--from", "first", metavar="DATE", help="Begin the picture with this date.")
@click.option("--to", "last", metavar="DATE", help="End the picture with this date.")
@click.option("--all", "everything", is_flag=True, help="Also what was over long ago, or every claim of KEY.")
@click.option("--ascii/--unicode", "plain", default=None, help="Draw with plain ASCII; else as the terminal can.")
@click.pass_obj
def timeline(
    invocation: Invocation,
    key: str | None,
    only: str | None,
    first: str | None,
    last: str | None,
    everything: bool,
    plain: bool | None,
) -> None:
    """One line a milestone: what stands as a bar, what was first promised as its shadow, today as a line.

    KEY is a milestone (its key, TIMELINE/KEY, or a part of its key or title that no other has): then one line for each
    claim about it, in the order in which they were stated. KEY may also be a timeline.
    """
    from evtimeline.app import open_app
    from evtimeline.cli.drawing import ASCII, BLOCKS
    from evtimeline.cli.terminal import this_screen

    plain = wants_ascii(sys.stdout, os.environ) if plain is None else plain
    screen, glyphs = this_screen(), ASCII if plain else BLOCKS
    with open_app(invocation.home, invocation.language) as app:
        ends = _ends(first, last, app.now.date())
        if key is None or (only is None and _is_timeline(app, key)):
            lines = _lanes(app, key or only, ends, everything, screen, glyphs)
        else:
            lines = _claims(app, f"{only}/{key}" if only else key, ends, everything, screen, glyphs)
        click.echo("\n".join(lines), color=screen.colour)


def wants_ascii(stream: TextIO, environment: Mapping[str, str]) -> bool:
    """Whether to draw with ASCII alone: where nobody looks at a terminal, or it cannot show more."""
    encoding = (getattr(stream, "encoding", None) or "ascii").lower().replace("-", "")
    return not stream.isatty() or encoding != "utf8" or environment.get("TERM") == "dumb"


def _lanes(
    app: "App", only: str | None, ends: Ends, everything: bool, screen: "Screen", glyphs: "Glyphs"
) -> Iterable[str]:
    from evtimeline.cli.timeline_screen import render
    from evtimeline.jobs.lanes import gather_lanes

    return render(gather_lanes(app.engine, app.now, only, everything), ends, app.language, screen, glyphs)


def _claims(app: "App", key: str, ends: Ends, everything: bool, screen: "Screen", glyphs: "Glyphs") -> Iterable[str]:
    from evtimeline.cli.claims_screen import render
    from evtimeline.jobs.story import find, tell
    from evtimeline.store.engine import reading

    with reading(app.engine) as connection:
        story = tell(connection, find(connection, key), app.now, None)
    return render(story, ends, everything, app.language, screen, glyphs)


def _is_timeline(app: "App", key: str) -> bool:
    from evtimeline.store import timelines
    from evtimeline.store.engine import reading

    with reading(app.engine) as connection:
        return key in timelines.keys(connection)


def _ends(first: str | None, last: str | None, today: date) -> Ends:
    """The first day of one date and the last of another, as people type them; raises UsageError."""
    if first is None and last is None:
        return None, None
    from evtimeline.core.phrases import parse_window
    from evtimeline.errors import UsageError

    begin = parse_window(first, today).earliest if first else None
    end = parse_window(last, today).latest if last else None
    if (first and begin is None) or (last and end is None):
        raise UsageError(f"--from needs a first day and --to a last one, such as --from {today} --to {today.year}")
    if begin and end and begin > end:
        raise UsageError(f"--from {first} begins after --to {last} has ended: exchange them")
    return begin, end
