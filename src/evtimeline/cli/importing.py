"""`evtimeline import`: fill an empty database with what `evtimeline export --all` wrote."""

import sys
from contextlib import ExitStack
from pathlib import Path

import click

from evtimeline.cli import Invocation
from evtimeline.errors import UsageError


@click.command("import", short_help="Fill an empty database from `export --all`.")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def import_(invocation: Invocation, file: Path) -> None:
    """Fill an empty database with FILE (or - for what is piped in), all of it or nothing.

    FILE is what `evtimeline export --all` or `evtimeline backup FILE.jsonl.gz` wrote, from SQLite or PostgreSQL, with
    this version or an older one. To replace a SQLite database that is not empty, use `evtimeline restore`.
    """
    from evtimeline.app import open_app
    from evtimeline.daemon.lock import held
    from evtimeline.store import dump_file
    from evtimeline.store.load import load

    piped = str(file) == "-"
    if not piped and not file.is_file():
        raise UsageError(f"there is no file {file}")
    with open_app(invocation.home, invocation.language) as app, ExitStack() as stack:
        if app.engine.dialect.name == "sqlite":
            stack.enter_context(held(app.workspace.lock_file, "import", app.now))
        name = "what was piped in" if piped else str(file)
        lines = dump_file.read_stream(sys.stdin.buffer, name) if piped else dump_file.read(file)
        header = load(app.settings.database, lines, name)
    click.echo(f"took in {header.count('milestones')} milestones and {header.count('claims')} claims from {name}")
