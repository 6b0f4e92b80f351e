"""`evtimeline daemon`: poll, tell and deliver until it is told to stop."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

import click

from evtimeline.app import App, open_app
from evtimeline.cli import Invocation
from evtimeline.errors import SettingsError

if TYPE_CHECKING:
    from evtimeline.daemon.running import Page

Decorated = Callable[..., int]

BACKLOG = "Let the first poll of a feed alert, too: all that it holds counts as news, however old it is."


def logging_options(command: Decorated) -> Decorated:
    """How events are written to stderr, for every command that runs jobs."""
    levels = click.Choice(("debug", "info", "warning", "error"))
    command = click.option("--json-logs", is_flag=True, help="One JSON object a line on stderr.")(command)
    return click.option("--log-level", type=levels, default="info", show_default=True, help="The least to be told.")(
        command
    )


@click.command(short_help="Poll, tell and deliver until it is told to stop.")
@click.option("--alert-backlog", is_flag=True, help=BACKLOG)
@logging_options
@click.pass_obj
def daemon(invocation: Invocation, alert_backlog: bool, log_level: str, json_logs: bool) -> int:
    """Poll feeds when they are due, send what people are to be told, and clear away what is old; until it is stopped.

    SIGTERM or Ctrl-C finishes the work in hand, within 30 seconds, and ends with 0. SIGHUP reads evtimeline.toml and
    feeds.yaml anew. In a workspace with SQLite there can be one daemon: a second one ends with 4. A database that is
    starting, or cannot be reached, is waited for.
    """
    from evtimeline.daemon.logs import set_up
    from evtimeline.daemon.opening import opened
    from evtimeline.daemon.running import Daemon
    from evtimeline.daemon.signals import Signals
    from evtimeline.daemon.workplace import Workplace
    from evtimeline.jobs.claiming import own_name

    set_up(log_level, as_json=json_logs)
    opening = partial(open_app, invocation.home, invocation.language)
    with Signals() as signals, opened(opening, signals) as app:
        if app:
            with alone(app, "daemon"):
                name = own_name()
                workplace = Workplace(app, name, language=invocation.language, backlog=alert_backlog)
                Daemon(workplace, name, _serve).run(signals)
    return 0


@contextmanager
def alone(app: App, what: str) -> Iterator[None]:
    """Hold the workspace where its database is SQLite's, which has room for one daemon; raises WorkspaceHeldError."""
    from evtimeline.daemon.lock import held

    if app.engine.dialect.name != "sqlite":
        yield
        return
    with held(app.workspace.lock_file, what, app.now):
        yield


def _serve(app: App, name: str, pulse: Callable[[], datetime]) -> "Page | None":
    """Open the page of health; where it cannot be opened, say so and go on: feeds do not wait for a port."""
    from evtimeline.daemon.logs import note
    from evtimeline.web.server import start

    health = app.settings.daemon.health
    if health is None:
        return None
    try:
        return start(app, name, health.host, health.port, pulse)
    except SettingsError as error:
        note(logging.WARNING, "health-off", why=str(error), set="daemon.health in evtimeline.toml")
        return None
