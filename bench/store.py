"""How long 1,000 entries take to store in one batch, beside one transaction and statement each."""

from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.ledgers import filled
from bench.stopwatch import best
from evtimeline.core.entries import Entry
from evtimeline.store import entries, feeds
from evtimeline.store.engine import writing

ENTRIES = 1_000
NOW = datetime(2025, 7, 1, tzinfo=UTC)
NUMBERS = count()


def main() -> None:
    """Measure and print."""
    with TemporaryDirectory() as folder:
        engine = filled(Path(folder) / "home", milestones=1, claims_each=1)
        with writing(engine) as connection:
            feed = feeds.ensure(connection, ["https://bench.example/feed"])["https://bench.example/feed"].id

        def batched() -> None:
            with writing(engine, durable=False) as connection:
                entries.add(connection, feed, _entries(), NOW, backfill=True)

        def one_by_one() -> None:
            for entry in _entries():
                with writing(engine, durable=False) as connection:
                    entries.add(connection, feed, [entry], NOW, backfill=True)

        together, alone = best(batched, 5), best(one_by_one, 2)
        engine.dispose()
    print(f"{ENTRIES} entries in one batch   {together * 1000:6.0f} ms")
    print(f"{ENTRIES} entries one by one     {alone * 1000:6.0f} ms   {alone / together:.0f} x")


def _entries() -> list[Entry]:
    poll = next(NUMBERS)
    return [
        Entry(f"{poll}-{number}", f"Plant {number} opens", "Trial production has begun. " * 40, date(2025, 7, 1))
        for number in range(ENTRIES)
    ]


if __name__ == "__main__":
    main()
