"""`evtimeline upgrade`: bring the database up to this version, after a backup."""

import click

from evtimeline.app import read_clock
from evtimeline.cli import Invocation
from evtimeline.settings import load_settings, locate


@click.command(short_help="Bring the database up to this version.")
@click.option("--no-backup", is_flag=True, help="Make no copy first: where you have a backup, and no room for another.")
@click.pass_obj
def upgrade(invocation: Invocation, no_backup: bool) -> None:
    """Bring the database up to this version of evtimeline, all of it or nothing.

    A SQLite file is copied first, into the folder backups beside it, where the last three such copies stay. Of
    PostgreSQL no copy is made: make one with pg_dump.
    """
    from evtimeline.store import schema
    from evtimeline.store.engine import connect

    workspace = locate(invocation.home)
    workspace.require()
    url = load_settings(workspace).database
    engine = connect(url)
    try:
        before = schema.current(engine)
    finally:
        engine.dispose()
    backup = schema.upgrade(url, read_clock(), workspace.data, backup=not no_backup)
    if before == schema.HEAD:
        click.echo("nothing to do: the database is up to date")
        return
    click.echo(f"upgraded the database from {before or 'nothing'} to {schema.HEAD}")
    if backup:
        click.echo(f"the database as it was is kept in {backup}")
