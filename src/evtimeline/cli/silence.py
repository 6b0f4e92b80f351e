"""`evtimeline silence`, `silences` and `lift`: tell nobody of a milestone for a while."""

import json
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from evtimeline.app import App, open_app, read_user
from evtimeline.cli import Invocation
from evtimeline.cli.terminal import Cell, Column, Style, safe, table, this_screen
from evtimeline.cli.words import text
from evtimeline.errors import UsageError

if TYPE_CHECKING:
    from evtimeline.core.subscriptions import Silence
    from evtimeline.store.milestones import StoredMilestone

Pair = tuple["Silence", "StoredMilestone"]


@click.command(short_help="Tell nobody of a milestone for a while.")
@click.argument("key", metavar="KEY")
@click.option("--until", metavar="DATE", required=True, help="The last day, as 2025-09-30, in the timeline's zone.")
@click.option("--why", metavar="TEXT", required=True, help="A reason, kept with it and shown.")
@click.pass_obj
def silence(invocation: Invocation, key: str, until: str, why: str) -> None:
    """Tell nobody of a milestone through a day. Its ledger goes on, and what changes stays in `evtimeline status`."""
    from evtimeline.core.subscriptions import Silence
    from evtimeline.store import milestones, silences
    from evtimeline.store.engine import writing

    with open_app(invocation.home, invocation.language) as app:
        with writing(app.engine) as connection:
            found = milestones.find(connection, key)
            day = _day(until, app.today(found.zone))
            made = silences.add(connection, Silence(found.id, day, why.strip(), read_user(), app.now))
        title = safe(found.milestone.title(app.language))
        click.echo(text("silenced", app.language, id=made.id, title=title, day=day.isoformat()))


@click.command(short_help="The milestones of which nobody is told.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_obj
def silences(invocation: Invocation, as_json: bool) -> None:
    """List the silences that hold today, with who asked for them and why. `evtimeline lift ID` ends one early."""
    with open_app(invocation.home, invocation.language) as app:
        holding = _holding(app)
        if as_json:
            click.echo(_dump(holding))
        elif not holding:
            click.echo(text("no silences", app.language))
        else:
            _show(holding, app.language)


@click.command(short_help="End a silence early.")
@click.argument("numbers", metavar="ID...", nargs=-1, required=True, type=int)
@click.pass_obj
def lift(invocation: Invocation, numbers: tuple[int, ...]) -> None:
    """End silences early; who did it is kept."""
    from evtimeline.store import silences
    from evtimeline.store.engine import writing

    with open_app(invocation.home, invocation.language) as app:
        with writing(app.engine) as connection:
            for number in dict.fromkeys(numbers):
                silences.lift(connection, number, read_user(), app.now)
        click.echo(text("lifted", app.language, ids=", ".join(map(str, dict.fromkeys(numbers)))))


def _day(typed: str, today: date) -> date:
    from evtimeline.documents.typed import to_day

    try:
        day = to_day(typed)
    except ValueError as error:
        raise UsageError(f"--until {error}") from error
    if day < today:
        raise UsageError(f"--until {typed} is over already: give today or a later day")
    return day


def _holding(app: App) -> Sequence[Pair]:
    from evtimeline.store import milestones, silences
    from evtimeline.store.engine import reading

    with reading(app.engine) as connection:
        unlifted = silences.load(connection)
        known = milestones.by_ids(connection, [one.milestone_id for one in unlifted])
    now = app.now
    pairs = [(one, known[one.milestone_id]) for one in unlifted]
    return [(one, where) for one, where in pairs if now.astimezone(ZoneInfo(where.zone)).date() <= one.until]


def _show(holding: Sequence[Pair], language: str) -> None:
    columns = [
        Column("#", 2),
        Column(text("milestone", language), 16, yields=2, middle=True),
        Column(text("until", language), 10),
        Column(text("why", language), 8, yields=3),
        Column(text("who", language), 4, yields=1, optional=True),
    ]
    rows = [
        [
            Cell(str(one.id)),
            Cell(safe(where.milestone.title(language))),
            Cell(one.until.isoformat()),
            Cell(safe(one.why)),
            Cell(safe(one.by), Style.FAINT),
        ]
        for one, where in holding
    ]
    for line in table(columns, rows, this_screen()):
        click.echo(line)


def _dump(holding: Sequence[Pair]) -> str:
    records = [
        {
            "id": one.id,
            "timeline": where.ref[0],
            "milestone": where.ref[1],
            "until": one.until.isoformat(),
            "why": one.why,
            "by": one.by,
            "created_at": one.created_at.isoformat(),
        }
        for one, where in holding
    ]
    return json.dumps({"version": 1, "silences": records}, ensure_ascii=False, indent=1)
