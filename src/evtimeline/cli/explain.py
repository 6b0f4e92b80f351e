"""`evtimeline explain`: what entries match, why, with which signal, stance, window and quote."""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from evtimeline.cli import Invocation
from evtimeline.cli.explain_input import read_entries
from evtimeline.cli.explain_screen import lines_of
from evtimeline.cli.terminal import this_screen
from evtimeline.core.milestones import Timeline
from evtimeline.core.reading import Reading, Watchlist, read, watch
from evtimeline.core.topics import MilestoneRef
from evtimeline.core.windows import Window
from evtimeline.errors import UsageError, WorkspaceError

Exclusions = Mapping[MilestoneRef, tuple[str, ...]]


@click.command(short_help="Say what entries match, why, and for which dates.")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True), required=False)
@click.option(
    "--timeline",
    "timelines",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FILE",
    help="Read against this timeline file; may be given again. Else against the timelines of the workspace. "
    "With --stored: the key of a timeline.",
)
@click.option("--stored", is_flag=True, help="Read all stored entries anew and say what would change in the ledger.")
@click.option("--since", metavar="DATE", help="With --stored: only entries published on that day or later.")
@click.option("--apply", is_flag=True, help="With --stored: make the change.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line per entry, in their order.")
@click.pass_obj
def explain(
    invocation: Invocation | None,
    file: Path | None,
    timelines: tuple[Path, ...],
    stored: bool,
    since: str | None,
    apply: bool,
    as_json: bool,
) -> None:
    """Say for each entry of FILE what it matches, why, with which signal, stance, window and quote.

    FILE holds one JSON object a line (id, title, summary, published, lang), or is a feed (RSS, Atom, JSON Feed);
    - reads standard input. Nothing is stored or fetched.

    With --stored the present rules are held against the ledger instead: which claims would be new, lost or different.
    --apply makes it so. New claims are backfill and alert nobody, lost ones are rejected, what a person decided stays.
    """
    if stored:
        _reread(invocation or Invocation(), file, timelines, since, apply, as_json)
        return
    if file is None or since or apply:
        raise UsageError("Give a FILE to explain, or --stored with --since or --apply for what is stored")
    from evtimeline.lexicons import load as load_lexicons

    followed, exclusions = _from_files(timelines) if timelines else _from_workspace(invocation or Invocation())
    watchlist = watch(followed, load_lexicons(), exclusions)
    entries = read_entries(file)
    for reading in read(entries, watchlist, every_date=True):
        for line in [json.dumps(as_object(reading), ensure_ascii=False)] if as_json else _shown(reading, watchlist):
            click.echo(line.encode("utf-8", "replace").decode("utf-8"))
    sys.stdout.flush()


def _reread(
    invocation: Invocation,
    file: Path | None,
    timelines: tuple[Path, ...],
    since: str | None,
    apply: bool,
    as_json: bool,
) -> None:
    from evtimeline.cli.explain_stored import reread_stored

    if file or len(timelines) > 1:
        raise UsageError("--stored reads what is stored: give no FILE, and at most one --timeline KEY")
    reread_stored(invocation, since, str(timelines[0]) if timelines else None, apply, as_json)


def _shown(reading: Reading, watchlist: Watchlist) -> Iterator[str]:
    return lines_of(reading, this_screen(), len(watchlist.topics))


def _from_files(paths: tuple[Path, ...]) -> tuple[list[Timeline], Exclusions]:
    from evtimeline.documents.timelinefile import load_timeline

    return [load_timeline(path) for path in paths], {}


def _from_workspace(invocation: Invocation) -> tuple[list[Timeline], Exclusions]:
    """The timelines that the workspace follows, with what people have excluded."""
    from evtimeline.app import open_app
    from evtimeline.store import exclusions, timelines
    from evtimeline.store.engine import reading

    try:
        with open_app(invocation.home, invocation.language) as app, reading(app.engine) as connection:
            followed = list(timelines.load_all(connection))
            rejected = dict(exclusions.load_all(connection))
    except WorkspaceError as error:
        raise UsageError("There is no workspace here, so say against what to read: --timeline FILE") from error
    if not followed:
        raise UsageError("The workspace follows no timeline: give --timeline FILE, or `evtimeline apply FILE` first")
    return followed, rejected


def as_object(reading: Reading) -> dict[str, object]:
    """A reading as the JSON object that `--json` writes."""
    return {
        "entry": reading.entry.guid,
        "dates": [
            {
                "quote": read_date.found.text,
                "field": read_date.field,
                **_window(read_date.found.window),
                "precision": read_date.found.window.precision.value,
            }
            for read_date in reading.dates
        ],
        "matches": [
            {
                "timeline": finding.ref[0],
                "milestone": finding.ref[1],
                "signal": finding.signal.value,
                "stance": finding.stance.value,
                "window": _window(finding.window) if finding.window else None,
                "score": finding.score,
                "quote": finding.quote.text,
                "field": finding.quote.field,
                "start": finding.quote.start,
                "end": finding.quote.end,
                "reasons": list(finding.reasons),
            }
            for finding in reading.findings
        ],
        "near_misses": [
            {"timeline": miss.ref[0], "milestone": miss.ref[1], "seen": miss.seen, "why": miss.why}
            for miss in reading.near_misses
        ],
    }


def _window(window: Window) -> dict[str, object]:
    return {
        "edtf": window.edtf,
        "earliest": window.earliest.isoformat() if window.earliest else None,
        "latest": window.latest.isoformat() if window.latest else None,
    }
