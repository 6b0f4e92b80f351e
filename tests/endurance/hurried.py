"""The command with a clock that runs many times as fast, and ticks to match: leases of minutes end within seconds.

`HURRIED="FACTOR MONOTONIC INSTANT" python -m tests.endurance.hurried WORDS...`: at so many seconds of the machine's
monotonic clock, which all processes share, it was that instant.
"""

import os
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from evtimeline import app, cli
from evtimeline.daemon import running

VARIABLE = "HURRIED"


def clock(told: str) -> Callable[[], datetime]:
    """The clock that the variable describes."""
    factor, begun, instant = told.split()
    return lambda: (
        datetime.fromisoformat(instant) + timedelta(seconds=(time.monotonic() - float(begun)) * float(factor))
    )


def main() -> None:
    """Run the command."""
    app.system_clock = clock(os.environ[VARIABLE])
    running.POLL_EVERY = running.DELIVER_EVERY = running.TELL_EVERY = 0.5
    running.BEAT_EVERY = running.HOUSEKEEP_EVERY = 2.0
    raise SystemExit(cli.run(sys.argv[1:]))


if __name__ == "__main__":
    main()
