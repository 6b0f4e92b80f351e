"""`evtimeline report`: everything known as one file that opens in any browser, with no network."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from evtimeline.cli import Invocation


@click.command(short_help="Write one file to send round: timeline, slip chart, ledgers.")
@click.argument("timeline", required=False)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("report.html"),
    show_default=True,
    help="The file to write; - for standard output.",
)
@click.option("--as-of", metavar="DATE", help="What was believed at the end of that day, by when it was learned.")
@click.option("--open", "open_it", is_flag=True, help="Show it in the browser afterwards.")
@click.pass_obj
def report(invocation: Invocation, timeline: str | None, output: Path, as_of: str | None, open_it: bool) -> None:
    """Write what stands, how it came to that and who said so into one HTML file.

    TIMELINE is the key of a timeline; without it all are in the report. The file needs no network and asks for
    nothing; it can be mailed, printed, and read in the dark.
    """
    from evtimeline.app import open_app
    from evtimeline.cli.as_of import last_day
    from evtimeline.jobs.board import gather_board
    from evtimeline.rendering import as_report

    with _uncollected(), open_app(invocation.home, invocation.language) as app:
        now = app.now
        day = last_day(as_of, now.date()) if as_of else None
        page = as_report(gather_board(app.engine, now, app.language, timeline, day))
        said = _said(app.language)
    if str(output) == "-":
        click.echo(page, nl=False)
        return
    size = _write(output, page)
    click.echo(said.format(output=output, size=max(1, round(size / 1000))))
    if open_it:
        click.launch(str(output.resolve()))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Hold the collector of cycles still: it would walk a million values that live to the end, again and again."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _said(language: str) -> str:
    return "已写入 {output}（{size} KB）" if language == "zh" else "Wrote {output} ({size} KB)"


def _write(output: Path, page: str) -> int:
    """Write the file and return its bytes; an old report is replaced only by a whole new one."""
    from evtimeline.errors import UsageError

    whole = page.encode("utf-8", "replace")
    draft = output.with_name(f".{output.name}.part")
    try:
        draft.write_bytes(whole)
        draft.replace(output)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise UsageError(f"cannot write {output}: {error.strerror}; name another file with -o") from error
    return len(whole)
