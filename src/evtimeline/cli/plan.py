"""`evtimeline plan` and `apply`: timelines as files, with the difference shown before it happens."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from evtimeline.app import App, open_app, read_user
from evtimeline.cli import Invocation
from evtimeline.cli.catching_up import catch_up_with
from evtimeline.cli.terminal import Screen, Style, cells, pad, safe, this_screen, truncate, wrap
from evtimeline.core.milestones import Timeline
from evtimeline.core.plans import Action, Difference, FieldChange, Part
from evtimeline.errors import UnknownKeyError, UsageError

SIGNS = {Action.ADD: ("+", Style.GOOD), Action.CHANGE: ("~", Style.WARNING), Action.RETIRE: ("-", Style.BAD)}
INDENT = 6
BRIEF = ("kind", "subject", "names", "not", "parties", "window", "target", "zone")
"""What is shown of a thing that is added: the file beside it tells the rest."""


@click.command(short_help="Show what a timeline file would change.")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=True))
@click.pass_obj
def plan(invocation: Invocation, file: Path) -> None:
    """Show what `evtimeline apply FILE` would change, and change nothing.

    FILE is a timeline as YAML (or JSON); - reads it from standard input.
    """
    from evtimeline.jobs import edit
    from evtimeline.store.engine import reading

    timeline = _timeline(file)
    with open_app(invocation.home, invocation.language) as app, reading(app.engine) as connection:
        differences = edit.plan(connection, timeline)
        _show(timeline, differences, app.language)
    if differences:
        click.echo(f"\nTo do this: evtimeline apply {file}")


@click.command(short_help="Make the timeline what its file says.")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=True))
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def apply(invocation: Invocation, file: Path, yes: bool) -> None:
    """Make the stored timeline what FILE says, after showing the difference; doing it twice changes nothing.

    Milestones that FILE no longer has are retired: they are not followed any more, and their ledgers are kept. A first
    promise that is stated anew becomes one more claim of the ledger, beside the ones before it.
    """
    from evtimeline.jobs import edit
    from evtimeline.store.engine import reading, writing

    timeline = _timeline(file)
    with open_app(invocation.home, invocation.language) as app:
        with reading(app.engine) as connection:
            differences = edit.plan(connection, timeline)
        _show(timeline, differences, app.language)
        if not differences:
            return
        if not yes:
            _ask(file)
        with writing(app.engine) as connection:
            edit.apply(connection, timeline, app.now, by=read_user())
        catch_up_with(app, timeline, differences)
    click.echo(f"\nDone. `evtimeline status --timeline {timeline.key}` shows what stands.")


def the_timeline(app: App, key: str | None) -> Timeline:
    """The stored timeline of this key, or the only one; raises UnknownKeyError or UsageError."""
    from evtimeline.store import timelines
    from evtimeline.store.engine import reading

    with reading(app.engine) as connection:
        keys = timelines.keys(connection)
        if key is None and not keys:
            raise UnknownKeyError("there is no timeline yet; load one with `evtimeline apply FILE`")
        if key is None and len(keys) > 1:
            raise UsageError(f"there are {len(keys)} timelines; name one of them: {', '.join(keys)}")
        return timelines.load(connection, key or keys[0])


def _timeline(file: Path) -> Timeline:
    from evtimeline.documents.nodes import MAX_BYTES, decode
    from evtimeline.documents.timelinefile import load_timeline, parse_timeline

    if str(file) != "-":
        return load_timeline(file)
    return parse_timeline(decode(sys.stdin.buffer.read(MAX_BYTES + 1), "standard input"), "standard input")


def _ask(file: Path) -> None:
    if not sys.stdin.isatty() or str(file) == "-":
        raise UsageError("nothing was changed, for nobody is there to ask: add --yes to apply it")
    click.confirm("\nDo this?", abort=True)


def _show(timeline: Timeline, differences: tuple[Difference, ...], language: str) -> None:
    if not differences:
        click.echo(f"Nothing to do: the timeline {timeline.key} is what the file says.")
        return
    screen = this_screen()
    for line in render(timeline, differences, language, screen):
        click.echo(line, color=screen.colour)


def render(timeline: Timeline, differences: Iterable[Difference], language: str, screen: Screen) -> Iterator[str]:
    """The lines that show a plan: what is added (+), changed (~) and retired (-), field by field, and the sum."""
    differences = tuple(differences)
    yield f"Timeline {timeline.key}"
    for difference in differences:
        sign, style = SIGNS[difference.action]
        title = safe(difference.titles.get(language) or next(iter(difference.titles.values()), ""))
        head = f"{difference.part} {difference.key}"
        title = truncate(title, max(0, screen.width - cells(head) - INDENT))
        yield f"  {screen.paint(sign, style)} {head}  {screen.paint(title, Style.FAINT)}".rstrip()
        yield from _fields(difference, screen)
        if difference.action is Action.RETIRE and difference.part is Part.MILESTONE:
            yield from _sentence("is followed no longer; its ledger is kept", screen)
        if difference.action is Action.CHANGE and difference.promises:
            yield from _sentence("the ledger keeps the promise before, and gets this one beside it", screen)
    yield ""
    yield from wrap(_sum(differences), screen.width)


def _sentence(text: str, screen: Screen) -> Iterator[str]:
    return (" " * INDENT + line for line in wrap(text, screen.width - INDENT))


def _fields(difference: Difference, screen: Screen) -> Iterator[str]:
    changes = [c for c in difference.changes if difference.action is Action.CHANGE or c.field in BRIEF]
    width = max((cells(change.field) for change in changes), default=0)
    for change in changes:
        room = max(20, screen.width - INDENT - width - 2)
        first, *rest = wrap(safe(_change(change, difference.action)), room) or [""]
        yield " " * INDENT + pad(change.field, width) + "  " + first
        yield from (" " * (INDENT + width + 2) + line for line in rest)


def _change(change: FieldChange, action: Action) -> str:
    if action is Action.ADD:
        return change.new or ""
    if change.old is None:
        return f"(nothing) → {change.new}"
    return f"{change.old} → {change.new or '(nothing)'}"


def _sum(differences: tuple[Difference, ...]) -> str:
    counts = [
        f"{count} {part if count == 1 else plural} to {action}"
        for part, plural in ((Part.MILESTONE, "milestones"), (Part.ENTITY, "entities"), (Part.TIMELINE, "timelines"))
        for action in Action
        if (count := sum(d.action is action and d.part is part for d in differences))
    ]
    return f"Plan: {', '.join(counts)}."
