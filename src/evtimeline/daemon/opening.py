"""Opens the workspace of a daemon, and waits for a database that is away."""

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager

from evtimeline.app import App
from evtimeline.daemon import notify
from evtimeline.daemon.guard import DATABASE, sentence
from evtimeline.daemon.logs import note
from evtimeline.daemon.signals import STOP, Signals
from evtimeline.errors import StoreAwayError

AGAIN = 5.0
"""Seconds after which a database that is away is asked again."""

Opening = Callable[[], AbstractContextManager[App]]


@contextmanager
def opened(opening: Opening, signals: Signals) -> Iterator[App | None]:
    """Open a workspace as soon as its database answers; None where SIGTERM or SIGINT came before that.

    Raises what `opening` raises where waiting does not help.
    """
    with ExitStack() as stack:
        yield _entered(stack, opening, signals)


def _entered(stack: ExitStack, opening: Opening, signals: Signals) -> App | None:
    told = ""
    while True:
        try:
            app = stack.enter_context(opening())
        except StoreAwayError as error:
            why = sentence(error)
            if why != told:
                note(logging.ERROR, f"{DATABASE}-failed", error=error, job="start", why=why)
                notify.status(f"waiting for the database: {why}")
            told = why
        else:
            if told:
                note(logging.INFO, f"{DATABASE}-works-again")
            return app
        if not set(STOP).isdisjoint(signals.wait(AGAIN)):
            note(logging.INFO, "stopped")
            return None
