"""How long `timeline` and each export take with 50 milestones and 2,000 claims, beside `status` of the same."""

from pathlib import Path
from tempfile import TemporaryDirectory

from bench.ledgers import filled
from bench.stopwatch import EVTIMELINE, best, command
from evtimeline.jobs.settling import settle_milestones
from evtimeline.store import milestones
from evtimeline.store.engine import writing

SIZES = ((50, 40), (1_000, 100))  # milestones, claims each
FORMATS = ("ics", "atom", "csv", "json", "markdown", "timelinejs")


def main() -> None:
    """Measure and print."""
    for count, claims_each in SIZES:
        with TemporaryDirectory() as folder:
            _fill(Path(folder), count, claims_each)
            _measure(Path(folder), count, claims_each)


def _fill(home: Path, count: int, claims_each: int) -> None:
    engine = filled(home, count, claims_each)
    try:
        with writing(engine, durable=False) as connection:
            settle_milestones(connection, milestones.ids(connection).values())
    finally:
        engine.dispose()


def _measure(home: Path, count: int, claims_each: int) -> None:
    print(f"{count:,} milestones, {count * claims_each:,} claims")
    status = best(lambda: command([EVTIMELINE, "status", "--all"], home), 7)
    timeline = best(lambda: command([EVTIMELINE, "timeline", "--all"], home), 7)
    print(f"  evtimeline status           {status * 1000:7.0f} ms")
    print(f"  evtimeline timeline         {timeline * 1000:7.0f} ms   {timeline / status:.2f} x status")
    for form in FORMATS:
        place = home / f"out.{form}"
        took = best(lambda form=form, place=place: command([EVTIMELINE, "export", form, "-o", str(place)], home), 2)  # type: ignore[misc]
        print(f"  evtimeline export {form:10}{took * 1000:7.0f} ms   {place.stat().st_size / 1000:,.0f} kB")


if __name__ == "__main__":
    main()
