"""`evtimeline run`: one round of everything, for cron and containers."""

import click

from evtimeline.app import open_app
from evtimeline.cli import Invocation
from evtimeline.cli.daemon import BACKLOG, alone, logging_options
from evtimeline.errors import UsageError

SOME_FAILED = 3
"""The exit code when some feeds could not be polled or some messages not be sent."""


@click.command(short_help="Do one round of everything that is due.")
@click.option("--once", is_flag=True, help="Do one round and end.")
@click.option("--alert-backlog", is_flag=True, help=BACKLOG)
@logging_options
@click.pass_obj
def run(invocation: Invocation, once: bool, alert_backlog: bool, log_level: str, json_logs: bool) -> int:
    """Poll what is due, tell who is to be told, send it, clear away what is old, and end: for cron and containers.

    Ends with 3 when some feeds could not be polled or some messages not be sent: what else was due was done. In a
    workspace with SQLite it ends with 4 while a daemon works there.
    """
    from evtimeline.daemon.logs import set_up
    from evtimeline.daemon.once import run_once
    from evtimeline.daemon.signals import Signals
    from evtimeline.daemon.workplace import Workplace
    from evtimeline.jobs.claiming import own_name

    if not once:
        raise UsageError("write `evtimeline run --once` for one round, or `evtimeline daemon` to go on for ever")
    with Signals() as signals, open_app(invocation.home, invocation.language) as app, alone(app, "run --once"):
        set_up(log_level, as_json=json_logs)
        workplace = Workplace(app, own_name(), language=invocation.language, backlog=alert_backlog)
        tally = run_once(workplace, signals)
    return SOME_FAILED if tally.failed else 0
