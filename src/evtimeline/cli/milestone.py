"""`evtimeline milestone`: add a milestone by its title, move, settle or list milestones by hand."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from evtimeline.app import open_app, read_user
from evtimeline.cli import Invocation
from evtimeline.cli.catching_up import catch_up_with
from evtimeline.cli.milestone_screen import as_json, changed, described, listed, moved_lines
from evtimeline.cli.terminal import safe, this_screen
from evtimeline.core.claims import Origin, Signal, Tier
from evtimeline.core.milestones import Citation, Milestone, Promise, Timeline
from evtimeline.core.windows import Precision, Window
from evtimeline.documents.drafting import checked, clean
from evtimeline.documents.marked import nearest
from evtimeline.documents.typed import to_day, to_key, to_window
from evtimeline.errors import UnknownKeyError, UsageError

if TYPE_CHECKING:
    from evtimeline.jobs.settling import Moved

WHEN = "A day, month, quarter ...: 2025-06-26, 2025-06, 2025-Q3, H2 2025, 2025下半年, 年底, mid 2026."


class Fields(TypedDict, total=False):
    """The options that fill `documents.drafting.Typed`."""

    title: str | None
    kind: str | None
    subject: str | None
    names: tuple[str, ...]
    exclusions: tuple[str, ...]
    parties: tuple[str, ...]
    note: str | None


@click.group(short_help="Add, edit, cancel or list milestones.")
def milestone() -> None:
    """Add a milestone by its title, move, settle or list milestones by hand.

    KEY is a milestone's key, or TIMELINE/KEY where two timelines have the same. `evtimeline show KEY` tells its story.
    """


@milestone.command()
@click.argument("title")
@click.option("--when", metavar="DATE", help=f"When it is promised for. {WHEN}")
@click.option("--timeline", "timeline_key", metavar="KEY", help="Else the only timeline, or a new one named default.")
@click.option("--key", metavar="KEY", help="Else made from the title.")
@click.option("--kind", metavar="KIND", help="founding, launch, mass-production ...; else read off the title.")
@click.option("--subject", metavar="ENTITY", help="The entity of the timeline that it happens to.")
@click.option("--name", "names", metavar="NAME", multiple=True, help="What texts call it; else read off the title.")
@click.option("--not", "exclusions", metavar="NAME", multiple=True, help="What resembles it and is something else.")
@click.option("--party", "parties", metavar="NAME", multiple=True, help="Who is involved: an entity or a name.")
@click.option("--note", metavar="TEXT", help="A note for people.")
@click.option("--source", metavar="TEXT", help="Where the promise was read.")
@click.option("--publisher", metavar="NAME", help="Who published that.")
@click.option("--tier", type=click.Choice([tier.value for tier in Tier]), help="How near the publisher is to it.")
@click.option("--quote", metavar="TEXT", help="The words of the promise.")
@click.option("--stated", metavar="DAY", help="When it was said, as 2025-04-20; else today.")
@click.pass_obj
def add(
    invocation: Invocation,
    /,
    when: str | None,
    key: str | None,
    timeline_key: str | None,
    source: str | None,
    publisher: str | None,
    tier: str | None,
    quote: str | None,
    stated: str | None,
    **typed: Unpack[Fields],
) -> None:
    """Follow what TITLE says, in Chinese or English: evtimeline milestone add "小米YU7上市" --when 2025-08."""
    from evtimeline.documents.drafting import Typed, draft
    from evtimeline.jobs.edit import apply
    from evtimeline.store import timelines
    from evtimeline.store.engine import writing

    cited = Citation(source, publisher, Tier(tier or Tier.SECONDARY)) if source or publisher or tier else None
    with open_app(invocation.home, invocation.language) as app:
        with writing(app.engine) as connection:
            timeline = _timeline_for(timelines.load_all(connection), timeline_key, app.settings.zone)
            promise = _promise(when, stated, cited, quote, app.today(timeline.zone))
            added = draft(timeline, Typed(key=key, **typed), promise)
            grown = replace(timeline, milestones=(*timeline.milestones, added))
            differences = apply(connection, grown, app.now, by=read_user(), origin=Origin.PERSON)
        for line in described(timeline, added):
            click.echo(line)
        catch_up_with(app, grown, differences)


@milestone.command()
@click.argument("key")
@click.option("--when", metavar="DATE", help=f"When it is expected now. {WHEN}")
@click.option("--title", metavar="TEXT", help="A title; that in the other language stays.")
@click.option("--kind", metavar="KIND", help="founding, launch, mass-production ...")
@click.option("--subject", metavar="ENTITY", help="The entity of the timeline that it happens to.")
@click.option("--name", "names", metavar="NAME", multiple=True, help="A further name that texts call it.")
@click.option("--not", "exclusions", metavar="NAME", multiple=True, help="What else resembles it.")
@click.option("--party", "parties", metavar="NAME", multiple=True, help="Who else is involved.")
@click.option("--note", metavar="TEXT", help="A note for people.")
@click.pass_obj
def edit(invocation: Invocation, /, key: str, when: str | None, **typed: Unpack[Fields]) -> None:
    """Change a milestone. A new date becomes a claim of yours in its ledger; the first promise stays what it was."""
    from evtimeline.documents.drafting import Typed, amend
    from evtimeline.jobs.edit import apply, set_window
    from evtimeline.store import milestones, timelines
    from evtimeline.store.engine import writing

    if not (when or any(typed.values())):
        raise UsageError(f"say what to change, for example: evtimeline milestone edit {key} --when 2025-Q4")
    with open_app(invocation.home, invocation.language) as app:
        with writing(app.engine) as connection:
            stored = milestones.find(connection, key)
            timeline = timelines.load(connection, stored.timeline_key)
            amended = amend(timeline, stored.milestone, Typed(**typed))
            changes = apply(connection, _with(timeline, amended), app.now, by=read_user())
            moved: tuple[Moved, ...] = ()
            if when:
                window = to_window(when, app.today(stored.zone))
                moved = set_window(connection, stored, window, when, app.now, read_user())
        for line in (*changed(amended, changes), *(moved_lines(amended, moved) if when else ())):
            click.echo(line)
        catch_up_with(app, timeline, changes)


@milestone.command()
@click.argument("key")
@click.option("--on", metavar="DAY", help="The day on which it was called off; else today.")
@click.option("--why", metavar="TEXT", help="The reason, kept in the ledger.")
@click.pass_obj
def cancel(invocation: Invocation, key: str, on: str | None, why: str | None) -> None:
    """Say that a milestone will not happen."""
    _settle(invocation, key, Signal.CANCELLED, on, why)


@milestone.command()
@click.argument("key")
@click.option("--on", metavar="DATE", help="When it happened: a day, or a month; else today.")
@click.option("--why", metavar="TEXT", help="How you know, kept in the ledger.")
@click.pass_obj
def done(invocation: Invocation, key: str, on: str | None, why: str | None) -> None:
    """Say that a milestone has happened."""
    _settle(invocation, key, Signal.ACHIEVED, on, why)


@milestone.command()
@click.argument("key")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def remove(invocation: Invocation, key: str, yes: bool) -> None:
    """Stop following a milestone; its ledger is kept, and comes back when a milestone of this key is added again."""
    from evtimeline.store import milestones
    from evtimeline.store.engine import reading, writing

    with open_app(invocation.home, invocation.language) as app:
        with reading(app.engine) as connection:
            stored = milestones.find(connection, key)
        if not yes:
            if not sys.stdin.isatty():
                raise UsageError("nothing was removed, for nobody is there to ask: add --yes to remove it")
            click.confirm(f"Stop following {safe(stored.milestone.title(app.language))}?", abort=True)
        with writing(app.engine) as connection:
            milestones.retire(connection, stored.id, app.now)
    click.echo(f"{stored.milestone.key} is followed no longer; its ledger is kept")


@milestone.command("list")
@click.option("--timeline", "timeline_key", metavar="KEY", help="Only those of this timeline.")
@click.option("--json", "wants_json", is_flag=True, help="As JSON, for programs.")
@click.pass_obj
def list_(invocation: Invocation, timeline_key: str | None, wants_json: bool) -> None:
    """List the milestones that are followed: key, kind, first promise, what stands, title."""
    from evtimeline.store import standings, timelines
    from evtimeline.store.engine import reading

    with open_app(invocation.home, invocation.language) as app, reading(app.engine) as connection:
        if timeline_key is not None:
            timelines.load(connection, timeline_key)
        rows = standings.load_all(connection, timeline_key)
    if wants_json:
        click.echo(as_json(rows))
    elif rows:
        for line in listed(rows, app.language, screen := this_screen()):
            click.echo(line, color=screen.colour)
    else:
        click.echo('no milestone yet; begin with `evtimeline milestone add "小米YU7上市" --when 2025-08`')


def _settle(invocation: Invocation, key: str, signal: Signal, on: str | None, why: str | None) -> None:
    from evtimeline.jobs.edit import state
    from evtimeline.store import milestones
    from evtimeline.store.engine import writing

    with open_app(invocation.home, invocation.language) as app, writing(app.engine) as connection:
        stored = milestones.find(connection, key)
        today = app.today(stored.zone)
        window = to_window(on, today) if on else Window(today, today, Precision.DAY)
        if window.earliest is None or window.earliest > today:
            raise UsageError(f"{on} is not a day that has come; say when it happened, for example --on {today}")
        words = clean(why, "the reason") if why else None
        moved = state(connection, stored, signal, window, words, app.now, read_user())
    for line in moved_lines(stored.milestone, moved):
        click.echo(line)


def _timeline_for(known: Sequence[Timeline], key: str | None, zone: str) -> Timeline:
    """The timeline to add to: the one named, the only one, or a new one."""
    keys = {timeline.key: timeline for timeline in known}
    if key is None and len(known) > 1 and "default" not in keys:
        raise UsageError(f"there are {len(known)} timelines: choose one with --timeline, of {', '.join(keys)}")
    key = key or (known[0].key if len(known) == 1 else "default")
    if key not in keys:
        hint = nearest(key, keys)
        if hint:
            raise UnknownKeyError(f"there is no timeline {key!r}{hint}")
        return Timeline(checked(to_key, key), {"en": key}, zone)
    return keys[key]


def _promise(when: str | None, stated: str | None, cited: Citation | None, quote: str | None, today: date) -> Promise:
    day = checked(to_day, stated) if stated else today
    window = checked(lambda text: to_window(text, day), when) if when else None
    words = clean(quote, "the quote") if quote else None
    return Promise(window, day if window or words or cited or stated else None, cited, quote=words)


def _with(timeline: Timeline, changed: Milestone) -> Timeline:
    return replace(timeline, milestones=tuple(changed if m.key == changed.key else m for m in timeline.milestones))
