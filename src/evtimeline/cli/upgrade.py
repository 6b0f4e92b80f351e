"""`evtimeline upgrade`: bring the database up to this version, after a backup."""

import click

from evtimeline.app import read_clock
from evtimeline.cli import Invocation
from evtimeline.settings import load_settings, locate


@click.command(short_help="Bring the database up to this version.")
@click.pass_obj
def upgrade(invocation: Invocation) -> None:
    """Bring the database up to this version of evtimeline. A SQLite file is copied first."""
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
    backup = schema.upgrade(url, read_clock(), workspace.data)
    if before == schema.HEAD:
        click.echo("nothing to do: the database is up to date")
        return
    click.echo(f"upgraded the database from {before or 'nothing'} to {schema.HEAD}")
    if backup:
        click.echo(f"the database as it was is kept in {backup}")
