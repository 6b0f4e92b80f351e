"""`evtimeline export`: timelines as YAML for us, and as calendar, feed, table or text for others."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evtimeline.cli import Invocation
from evtimeline.errors import UsageError, WorkspaceError

if TYPE_CHECKING:
    from evtimeline.app import App
    from evtimeline.jobs.gallery import Gallery

FORMATS = ("yaml", "ics", "atom", "csv", "json", "markdown", "timelinejs")
WITHOUT_LEDGERS = ("ics", "csv", "timelinejs")
"""What needs no more of the ledgers than the evidence for what stands (csv unless it is asked for them)."""
Writer = Callable[["Gallery", str], str]


@click.command(short_help="Write YAML, a calendar, an Atom feed or tables.")
@click.argument("words", nargs=-1, metavar="[FORMAT] [TIMELINE]")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to this file instead of the screen.")
@click.option("--ledger", is_flag=True, help="csv: one row a claim instead of one row a milestone.")
@click.option("--bom", is_flag=True, help="csv: begin with the mark by which Excel knows UTF-8.")
@click.option("--all", "everything", is_flag=True, help="The whole database as lines of JSON, for `import`.")
@click.pass_obj
def export(
    invocation: Invocation, words: tuple[str, ...], output: Path | None, ledger: bool, bom: bool, everything: bool
) -> None:
    """Write a timeline as it is stored, or what stands, for other programs and people.

    \b
    yaml        the timeline as `evtimeline apply` reads it (what is written when no FORMAT is named)
    ics         a calendar: events as wide as their windows, tentative until they are done
    atom        a feed of what has changed, for any feed reader
    csv         one row a milestone, or with --ledger one row a claim; safe from formulas
    json        everything, as docs/status-json.md describes it
    markdown    a table of what stands, and every ledger with quotes and links
    timelinejs  the JSON that TimelineJS draws

    Without TIMELINE all timelines are written; YAML holds one. A timeline that is named like a format is written by
    naming both: `evtimeline export yaml csv`.

    --all writes everything that is known, one line of JSON a row, packed when the name ends in .gz: subscribers'
    addresses and the links that end subscriptions are in it, passwords are not. Only you can read the file.
    """
    from evtimeline.app import open_app

    if everything:
        _everything(invocation, output, asked_for_more=bool(words or ledger or bom))
        return
    form, key = named(words)
    if form != "csv" and (ledger or bom):
        raise UsageError("--ledger and --bom are for csv: evtimeline export csv --ledger")
    with open_app(invocation.home, invocation.language) as app:
        text, what = _yaml(app, key) if form == "yaml" else _written(app, form, key, ledger)
    content = (("\ufeff" if bom else "") + text).encode("utf-8", "replace")
    if output is None or str(output) == "-":
        click.echo(content, nl=False)
        return
    write(output, content)
    click.echo(f"{what} written to {output}")


def _everything(invocation: Invocation, output: Path | None, *, asked_for_more: bool) -> None:
    """The whole database, to a file that appears when it is whole and checked, or to the screen or a pipe."""
    from evtimeline.app import open_app
    from evtimeline.cli.backup import dump_to
    from evtimeline.store.dump import dump
    from evtimeline.store.wholefile import check_target

    if asked_for_more:
        raise UsageError("--all is everything, as lines of JSON: name no format or timeline beside it")
    with open_app(invocation.home, invocation.language) as app:
        if output is None or str(output) == "-":
            with closing(dump(app.engine)) as lines:
                sys.stdout.buffer.writelines(lines)
        elif output.exists() and not output.is_file() and not output.is_dir():  # a pipe or a device
            with closing(dump(app.engine)) as lines:
                _pour(lines, output)
        else:
            check_target(output, force=True)
            header = dump_to(app, output)
            click.echo(f"{header.rows} rows written to {output}")


def _pour(lines: Iterator[bytes], place: Path) -> None:
    try:
        with place.open("wb") as file:
            file.writelines(lines)
    except OSError as error:
        raise WorkspaceError(f"{place} cannot be written: {error.strerror or error}") from error


def named(words: tuple[str, ...]) -> tuple[str, str | None]:
    """The format and the timeline that were typed; a word that is a format is one. Raises UsageError."""
    if not words:
        return "yaml", None
    if words[0] not in FORMATS:
        if len(words) > 1:
            raise UsageError(f"there is no format {words[0]}: write one of {', '.join(FORMATS)}")
        return "yaml", words[0]
    if len(words) > 2:
        raise UsageError("name one timeline, or none for all of them: evtimeline export FORMAT TIMELINE")
    return words[0], words[1] if len(words) == 2 else None


def write(place: Path, content: bytes) -> None:
    """Write a file so that whoever reads it meanwhile sees the old or the new one whole; raises WorkspaceError."""
    try:
        if place.exists() and not place.is_file():  # a pipe or a device can only be written to
            place.write_bytes(content)
            return
        target = place.resolve()
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name[:40]}.", delete=False) as new:
            new.write(content)
        _put(Path(new.name), target)
    except OSError as error:
        raise WorkspaceError(f"{place} cannot be written: {error.strerror or error}") from error


def _put(new: Path, target: Path) -> None:
    """Let the new file take the place and the permissions of the old one."""
    try:
        mask = os.umask(0)
        os.umask(mask)
        new.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~mask)
        new.replace(target)
    except OSError:
        new.unlink(missing_ok=True)
        raise


def _yaml(app: "App", key: str | None) -> tuple[str, str]:
    from evtimeline.cli.plan import the_timeline
    from evtimeline.documents.timelinefile import dump_timeline

    timeline = the_timeline(app, key)
    return dump_timeline(timeline), f"{timeline.key}: {_count(len(timeline.milestones))}"


def _written(app: "App", form: str, key: str | None, ledger: bool) -> tuple[str, str]:
    from evtimeline.jobs.gallery import gather
    from evtimeline.store.engine import reading

    with reading(app.engine) as connection:
        gallery = gather(connection, app.now, key, whole=ledger or form not in WITHOUT_LEDGERS)
    name = key or ", ".join(timeline.key for timeline in gallery.timelines) or "no timeline"
    return _writer(form, ledger)(gallery, app.language), f"{name}: {_count(len(gallery.stories))}"


def _count(milestones: int) -> str:
    return "1 milestone" if milestones == 1 else f"{milestones} milestones"


def _writer(form: str, ledger: bool) -> Writer:
    from evtimeline.exports import atom, csvtable, gallery_json, ics, markdown, timelinejs

    writers: Mapping[str, Writer] = {
        "ics": ics.calendar,
        "atom": atom.changes_feed,
        "csv": csvtable.claims_table if ledger else csvtable.milestones_table,
        "json": lambda gallery, _: gallery_json.dump_gallery(gallery),
        "markdown": markdown.document,
        "timelinejs": timelinejs.slides,
    }
    return writers[form]
