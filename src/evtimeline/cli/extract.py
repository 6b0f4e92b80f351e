"""`evtimeline extract`: drafts a timeline file from an analyst's report, to be edited and applied."""

import json
import re
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evtimeline.errors import UsageError

if TYPE_CHECKING:
    from evtimeline.core.reports import Draft, Extraction


@click.command(short_help="Draft a timeline file from an analyst's report.")
@click.argument("report", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--as-of", metavar="DATE", help="The day as of which the report speaks; else what it says itself.")
@click.option("--json", "as_json", is_flag=True, help="For programs; the form is documented in docs/reports.md.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write here, not to the screen.")
@click.option("--key", metavar="KEY", help="The key of the timeline; else made of the name of the file.")
def extract(report: Path, as_of: str | None, as_json: bool, output: Path | None, key: str | None) -> None:
    """Draft a timeline file from REPORT: text, Markdown, HTML or PDF; - reads standard input.

    Finds what has happened, what is planned and what is forecast, for when, by whom and on which condition, each with
    its exact words and their place. Read the draft, edit it, then `evtimeline apply FILE`.
    """
    from evtimeline.core.reports import extract as read
    from evtimeline.documents.reportdraft import Report, write_draft
    from evtimeline.documents.reportfile import MAX_BYTES, read_report
    from evtimeline.lexicons import load

    piped = str(report) == "-"
    name = "standard input" if piped else report.name
    text = read_report(Path(name) if piped else report, sys.stdin.buffer.read(MAX_BYTES + 1) if piped else None)
    day = _as_of(text, as_of)
    extraction = read(text, day, load())
    if not (extraction.milestones or extraction.undated):
        raise UsageError(f"no promised or past date was found in {name}; add one with `evtimeline milestone add`")
    if as_json:
        written = json.dumps(as_object(extraction), ensure_ascii=False, indent=2) + "\n"
    else:
        written = write_draft(Report(name, text, _key(key, "report" if piped else report.stem)), extraction)
    _write(written, output)
    click.echo(_summary(extraction, output, as_json), err=True)


def _as_of(text: str, typed: str | None) -> date:
    """The day as of which a report speaks: as typed, as it says itself, or today."""
    from evtimeline.app import read_clock
    from evtimeline.cli.as_of import last_day
    from evtimeline.core.report_dates import guess_as_of
    from evtimeline.core.text import fold

    today = read_clock().date()
    if typed:
        return last_day(typed, today)
    guessed = guess_as_of(text, fold(text), today)
    if guessed is None:
        click.echo(
            f"evtimeline: the report names no day of its own; read as of today, {today} (--as-of DATE).", err=True
        )
    return guessed or today


def _key(typed: str | None, stem: str) -> str:
    from evtimeline.documents.drafting import checked
    from evtimeline.documents.typed import to_key

    made = re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")[:60]
    return checked(to_key, typed) if typed else made or "report"


def _write(written: str, output: Path | None) -> None:
    if output is None:
        click.echo(written, nl=False)
        return
    if output.exists():
        raise UsageError(f"{output} exists already and may hold your edits; name another file")
    try:
        output.write_text(written, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{output} cannot be written: {error.strerror}") from error


def _summary(extraction: "Extraction", output: Path | None, as_json: bool) -> str:
    counts: dict[str, int] = {}
    for draft in extraction.milestones:
        counts[draft.telling.value] = counts.get(draft.telling.value, 0) + 1
    told = ", ".join(f"{count} {telling}" for telling, count in sorted(counts.items()))
    found = f"{len(extraction.milestones)} dated ({told})" if told else "none dated"
    hint = "" if as_json else f" Edit, then: evtimeline apply {output or 'FILE'}"
    return f"evtimeline: as of {extraction.as_of}: {found}, {len(extraction.undated)} undated.{hint}"


def as_object(extraction: "Extraction") -> dict[str, object]:
    """What was read of a report, as docs/reports.md documents it."""
    return {
        "as_of": extraction.as_of.isoformat(),
        "title": extraction.title,
        "milestones": [_object(draft) for draft in extraction.milestones],
        "undated": [_object(draft) for draft in extraction.undated],
    }


def _object(draft: "Draft") -> dict[str, object]:
    window, target = draft.window, draft.target
    return {
        "title": draft.title,
        "kind": draft.kind,
        "stance": draft.telling.value,
        "window": {
            "edtf": window.edtf,
            "earliest": window.earliest.isoformat() if window.earliest else None,
            "latest": window.latest.isoformat() if window.latest else None,
        }
        if window
        else None,
        "subject": draft.subject,
        "names": list(draft.names),
        "parties": list(draft.parties),
        "target": {"value": str(target.value), "unit": target.unit, "comparator": target.comparator}
        if target
        else None,
        "author": draft.author,
        "condition": draft.condition,
        "quote": draft.quote.text,
        "start": draft.quote.start,
        "end": draft.quote.end,
    }
