"""`evtimeline backup`: copy the database while it is in use, and check the copy."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evtimeline.cli import Invocation
from evtimeline.errors import StoreError, UsageError

if TYPE_CHECKING:
    from evtimeline.app import App
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
    from evtimeline.app import open_app
    from evtimeline.store.backup import copy
    from evtimeline.store.wholefile import check_target

    if str(file) == "-":
        raise UsageError("a backup needs a file, to be checked: `evtimeline export --all` writes to the screen")
    check_target(file, force=force)
    with open_app(invocation.home, invocation.language) as app:
        database = _sqlite_file(app)
        if file.name.endswith(LINES):
            _say(file, dump_to(app, file))
        elif database is None:
            raise UsageError(f"PostgreSQL is saved as lines of JSON: name {file.stem}.jsonl.gz, or use pg_dump")
        elif file.exists() and file.samefile(database):
            raise UsageError(f"{file} is the database itself: name another file")
        else:
            found = copy(database, file.resolve())
            click.echo(f"{file}: {found.count('milestones')} milestones, {found.count('claims')} claims, checked")
        _remember(app)
        click.echo(f"{app.workspace.settings_file.name} and {app.workspace.catalogue_file.name} are not in it")


def _remember(app: "App") -> None:
    """Let `doctor` know that there is a backup; a database that takes no writes is backed up all the same."""
    from evtimeline.store import markers
    from evtimeline.store.engine import writing

    with suppress(StoreError), writing(app.engine, durable=False) as connection:
        markers.put(connection, markers.BACKED_UP, app.now.isoformat())


def dump_to(app: "App", file: Path) -> "Header":
    """Write the whole database into a file as lines of JSON; raises WorkspaceError, StoreError."""
    from evtimeline.store import dump, dump_file

    return dump_file.write(dump.dump(app.engine), file.resolve())


def _say(file: Path, header: "Header") -> None:
    click.echo(f"{file}: {header.count('milestones')} milestones, {header.count('claims')} claims, checked")


def _sqlite_file(app: "App") -> Path | None:
    url = app.engine.url
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None
