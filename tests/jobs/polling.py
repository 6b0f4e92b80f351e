"""A process that polls until it is killed: `python -m tests.jobs.polling <database url> <feed url> ...`."""

import sys

from tests.jobs.world import Clock, feed_at, poll_all

from evtimeline.store.engine import connect


def main(database: str, *urls: str) -> None:
    """Poll all feeds once, naming each when it is done."""
    engine = connect(database)
    poll_all(engine, [feed_at(url, f"Paper {number}") for number, url in enumerate(urls)], Clock())
    engine.dispose()


if __name__ == "__main__":
    main(*sys.argv[1:])
