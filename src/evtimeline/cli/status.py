"""`evtimeline status`: one screen, one row a milestone, what needs attention first."""

from contextlib import suppress
from typing import TYPE_CHECKING

import click

from evtimeline.cli import Invocation

if TYPE_CHECKING:
    from evtimeline.jobs.overview import Overview

MOVED = 10
BROKEN = 11


@click.command(short_help="What was promised, what the news said, what stands.")
@click.option("--timeline", metavar="KEY", help="Only this timeline.")
@click.option("--all", "everything", is_flag=True, help="Also what was done or cancelled more than 90 days ago.")
@click.option("--as-of", metavar="DATE", help="What was believed at the end of that day, by when it was learned.")
@click.option("--json", "as_json", is_flag=True, help="For programs; the form is documented in docs/status-json.md.")
@click.option("--check", is_flag=True, help="Exit with 10 when something is overdue or slipped, 11 when feeds fail.")
@click.pass_obj
def status(
    invocation: Invocation, timeline: str | None, everything: bool, as_of: str | None, as_json: bool, check: bool
) -> int:
    """One row a milestone, what needs attention first: the first promise, what stands, the status on this day, and
    the last evidence. On top what has changed since you last looked, and the feeds that are broken.
    """
    from evtimeline.app import open_app
    from evtimeline.cli.as_of import last_day
    from evtimeline.errors import StoreError
    from evtimeline.jobs.overview import gather, gather_as_of, remember

    with open_app(invocation.home, invocation.language) as app:
        day = last_day(as_of, app.now.date()) if as_of else None
        overview = (
            gather_as_of(app.engine, app.now, timeline, day)
            if day
            else gather(app.engine, app.workspace.catalogue_file, app.now, timeline, everything)
        )
        _show(overview, app.language, as_json)
        if not (as_of or as_json or check or timeline):  # only who looks at everything has seen all that has changed
            with suppress(StoreError):  # a database that cannot be written now tells the same news again next time
                remember(app.engine, overview)
    return _code(overview) if check else 0


def _show(overview: "Overview", language: str, as_json: bool) -> None:
    from evtimeline.cli.terminal import this_screen

    if as_json:
        from evtimeline.cli.status_json import dump

        click.echo(dump(overview))
        return
    from evtimeline.cli.status_screen import render

    screen = this_screen()
    click.echo("\n".join(render(overview, language, screen)), color=screen.colour)


def _code(overview: "Overview") -> int:
    """10 before 11: that a date has moved is what the user asked for."""
    if any(row.status.needs_check for row in overview.rows):
        return MOVED
    return BROKEN if overview.broken else 0
