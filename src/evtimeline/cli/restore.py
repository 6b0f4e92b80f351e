"""`evtimeline restore`: put a backup in the place of the database."""

from pathlib import Path

import click

from evtimeline.cli import Invocation
from evtimeline.errors import UsageError


@click.command(short_help="Put a backup in the place of the database.")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def restore(invocation: Invocation, file: Path) -> None:
    """Put the backup FILE in the place of the database, after checking it and bringing it up to this version.

    Stop the daemon first. The database as it was is kept beside. What the news said since the backup is read again
    where feeds still list it, and may be told again.
    """
    from evtimeline.app import read_clock
    from evtimeline.daemon.lock import held
    from evtimeline.settings import load_settings, locate
    from evtimeline.store import restore as work
    from evtimeline.store import schema

    workspace = locate(invocation.home)
    workspace.require()
    database, now = sqlite_path(load_settings(workspace).database), read_clock()
    if not file.is_file():
        raise UsageError(f"there is no file {file}")
    if database.exists() and file.samefile(database):
        raise UsageError(f"{file} is the database itself: name a backup of it")
    with held(workspace.lock_file, "restore", now):
        done = work.restore(file, database, now)
    found = done.contents
    click.echo(f"restored {found.count('milestones')} milestones and {found.count('claims')} claims from {file}")
    if done.revision != schema.HEAD:
        click.echo(f"brought up from version {done.revision} to {schema.HEAD} of the tables")
    if done.kept:
        click.echo(f"the database as it was is kept in {done.kept}")


def sqlite_path(url: str) -> Path:
    """The file of a SQLite database; raises UsageError for PostgreSQL."""
    if not url.startswith("sqlite:///"):
        raise UsageError(
            "restore replaces a SQLite file; on PostgreSQL create an empty database, name it in evtimeline.toml, run "
            "`evtimeline init`, then `evtimeline import FILE`"
        )
    return Path(url.removeprefix("sqlite:///")).resolve()
