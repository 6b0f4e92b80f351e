"""`evtimeline housekeep`: clear away what nothing refers to any more; the ledger is never touched."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from evtimeline.cli import Invocation
from evtimeline.errors import UsageError

if TYPE_CHECKING:
    from evtimeline.jobs.housekeep import Housekept

_UNITS = {"d": 1, "w": 7, "y": 365}


@click.command(short_help="Clear away old news that nothing refers to.")
@click.option("--keep", "kept", metavar="AGE", help="Keep the texts of entries so long: 90d, 26w or 2y; else [keep].")
@click.option("--dry-run", is_flag=True, help="Only say what would be cleared.")
@click.option("--shrink", is_flag=True, help="Then make the SQLite file smaller; nobody else can write meanwhile.")
@click.pass_obj
def housekeep(invocation: Invocation, kept: str | None, dry_run: bool, shrink: bool) -> None:
    """Take the texts out of old entries that no claim was read in, and the bodies out of old messages.

    Claims, verdicts, revisions and the entries they come from stay for ever, so nothing that is shown changes. The
    daemon does this every hour; [keep] in evtimeline.toml says after how many days.
    """
    from evtimeline.app import open_app
    from evtimeline.jobs import housekeep as job
    from evtimeline.store import upkeep

    with open_app(invocation.home, invocation.language) as app:
        keep = replace(app.settings.keep, entries=_age(kept)) if kept else app.settings.keep
        done = job.housekeep(app.engine, app.now, keep, thorough=True, dry_run=dry_run)
        for line in _told(done, dry_run):
            click.echo(line)
        if shrink and not dry_run:
            click.echo(f"the file is {_size(upkeep.shrink(app.engine))} smaller")


def _age(typed: str) -> timedelta:
    """Read 90d, 26w or 2y; raises UsageError."""
    match = re.fullmatch(r"(\d{1,5})([dwy])", typed)
    if not match or not int(match[1]):
        raise UsageError(f"--keep {typed} is no age: write days, weeks or years as 90d, 26w or 2y")
    return timedelta(days=int(match[1]) * _UNITS[match[2]])


def _told(done: "Housekept", dry_run: bool) -> list[str]:
    if not (done.entries or done.messages or done.forgotten):
        return ["nothing to do: nothing is old enough that nothing refers to"]
    would = "would clear" if dry_run else "cleared"
    lines = [f"{would} {done.entries} entries and {done.messages} messages: {_size(done.bytes)} of text"]
    if done.forgotten:
        lines.append(f"forgot {done.forgotten} cleared entries wholly, which their feeds can list no more")
    return lines


def _size(number: int) -> str:
    return f"{number / 1_000_000:.1f} MB" if number >= 100_000 else f"{number / 1_000:.1f} kB"
