"""A process that polls until it is killed: `python -m tests.jobs.polling <database url> <instant> <feed url> ...`."""

import sys
from datetime import datetime

from tests.jobs.world import Clock, feed_at, poll_all

from evtimeline.store.engine import connect


def main(database: str, instant: str, *urls: str) -> None:
    """Poll all feeds once, at an instant."""
    engine = connect(database)
    poll_all(
        engine,
        [feed_at(url, f"Paper {number}") for number, url in enumerate(urls)],
        Clock(datetime.fromisoformat(instant)),
    )
    engine.dispose()


if __name__ == "__main__":
    main(*sys.argv[1:])
