"""`evtimeline backup`: copy the database while it is in use, and check the copy."""

from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evtimeline.cli import Invocation
from evtimeline.errors import StoreError, UsageError

if TYPE_CHECKING:
    from evtimeline.app import App
    from evtimeline.store.backup import Contents
    from evtimeline.store.dump_format import Header

LINES = (".jsonl", ".jsonl.gz")


@click.command(short_help="Copy the database while it is in use, and check the copy.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace FILE if it is there.")
@click.pass_obj
def backup(invocation: Invocation, file: Path, force: bool) -> None:
    """Copy the whole database into FILE, which only you can read, while everything goes on.

    \b
    *.jsonl, *.jsonl.gz   lines of JSON, as `evtimeline export --all` writes; the only form for PostgreSQL
    any other name        a SQLite file, which is the fastest to restore

    FILE appears when it is whole and checked. `evtimeline restore` puts it back. What you write yourself,
    evtimeline.toml and feeds.yaml, is not in it.
    """
    from evtimeline.settings import load_settings, locate
    from evtimeline.store.wholefile import check_target

    if str(file) == "-":
        raise UsageError("a backup needs a file, to be checked: `evtimeline export --all` writes to the screen")
    check_target(file, force=force)
    workspace = locate(invocation.home)
    workspace.require()
    if file.name.endswith(LINES):
        found: Contents | Header = _dump(invocation, file)
    else:
        found = _copy(load_settings(workspace).database, file)
    _remember(invocation)
    click.echo(f"{file}: {found.count('milestones')} milestones, {found.count('claims')} claims, checked")
    click.echo(f"{workspace.settings_file.name} and {workspace.catalogue_file.name} are not in it")


def dump_to(app: "App", file: Path) -> "Header":
    """Write the whole database into a file as lines of JSON; raises WorkspaceError, StoreError."""
    from evtimeline.store import dump, dump_file

    with closing(dump.dump(app.engine)) as lines:
        return dump_file.write(lines, file.resolve())


def _dump(invocation: Invocation, file: Path) -> "Header":
    from evtimeline.app import open_app

    with open_app(invocation.home, invocation.language) as app:
        return dump_to(app, file)


def _copy(url: str, file: Path) -> "Contents":
    """Copy a SQLite file, of an older version, too."""
    from evtimeline.store.backup import copy

    if not url.startswith("sqlite:///"):
        raise UsageError(f"PostgreSQL is saved as lines of JSON: name {file.stem}.jsonl.gz, or use pg_dump")
    database = Path(url.removeprefix("sqlite:///"))
    if file.exists() and database.exists() and file.samefile(database):
        raise UsageError(f"{file} is the database itself: name another file")
    return copy(database, file.resolve())


def _remember(invocation: Invocation) -> None:
    """Let `doctor` know that there is a backup; a database that takes no writes is backed up all the same."""
    from evtimeline.app import open_app
    from evtimeline.store import markers
    from evtimeline.store.engine import writing

    with suppress(StoreError), open_app(invocation.home) as app, writing(app.engine, durable=False) as connection:
        markers.put(connection, markers.BACKED_UP, app.now.isoformat())
