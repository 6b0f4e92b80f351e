"""`evtimeline show`: the ledger of one milestone, every claim with who, when, in which words and whether it counts."""

from typing import TYPE_CHECKING

import click

from evtimeline.cli import Invocation

if TYPE_CHECKING:
    from evtimeline.jobs.story import Story


@click.command(short_help="The ledger of one milestone: every claim, and why it counts.")
@click.argument("key")
@click.option("--as-of", metavar="DATE", help="The ledger as it was at the end of that day, by when it was learned.")
@click.option("-v", "--reasons", is_flag=True, help="Say of every claim by which words it was read.")
@click.option("--json", "as_json", is_flag=True, help="For programs; the form is documented in docs/status-json.md.")
@click.pass_obj
def show(invocation: Invocation, key: str, as_of: str | None, reasons: bool, as_json: bool) -> None:
    """What was promised, what stands, how far it has moved, and every claim that led there.

    KEY is the key of a milestone, TIMELINE/KEY, or a part of its key or title that no other has.
    """
    from evtimeline.app import open_app
    from evtimeline.cli.as_of import last_day
    from evtimeline.jobs.story import find, tell
    from evtimeline.store.engine import reading

    with open_app(invocation.home, invocation.language) as app:
        day = last_day(as_of, app.now.date()) if as_of else None
        with reading(app.engine) as connection:
            story = tell(connection, find(connection, key), app.now, day)
        _print(story, app.language, reasons, as_json)


def _print(story: "Story", language: str, reasons: bool, as_json: bool) -> None:
    if as_json:
        from evtimeline.exports.gallery_json import dump_story

        click.echo(dump_story(story))
        return
    from evtimeline.cli.show_screen import render
    from evtimeline.cli.terminal import this_screen

    screen = this_screen()
    click.echo("\n".join(render(story, language, screen, reasons)), color=screen.colour)
