"""How long `status` takes with 1,000 milestones and 100,000 claims, beside 10 milestones and beside a fold of all."""

from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine

from bench.ledgers import filled
from bench.stopwatch import EVTIMELINE, best, command
from evtimeline.core.ledger import settle
from evtimeline.jobs.settling import settle_milestones
from evtimeline.store import claims, milestones, standings
from evtimeline.store.engine import reading, writing

CLAIMS_EACH = 100


def main() -> None:
    """Measure and print."""
    with TemporaryDirectory() as folder:
        few, many = Path(folder) / "few", Path(folder) / "many"
        _measure_fold(few, 10)
        fold, read = _measure_fold(many, 1_000)
        small = best(lambda: command([EVTIMELINE, "status", "--all"], few), 5)
        large = best(lambda: command([EVTIMELINE, "status", "--all"], many), 5)
        screen = best(lambda: command([EVTIMELINE, "status"], many), 5)
    print(f"1,000 milestones, {1_000 * CLAIMS_EACH:,} claims")
    print(f"  folding every ledger        {fold * 1000:7.0f} ms")
    print(f"  reading what stands         {read * 1000:7.0f} ms   {fold / read:.0f} x less")
    print(f"  evtimeline status           {screen * 1000:7.0f} ms")
    print(f"  evtimeline status --all     {large * 1000:7.0f} ms   {large / small:.1f} x that of 10 milestones")


def _measure_fold(home: Path, count: int) -> tuple[float, float]:
    """Fill a workspace and settle it; seconds for folding all of its ledgers once, and for reading what stands."""
    engine = filled(home, count, CLAIMS_EACH)
    try:
        with writing(engine, durable=False) as connection:
            settle_milestones(connection, milestones.ids(connection).values())
        return best(lambda: _fold(engine), 1), best(lambda: _read(engine), 5)
    finally:
        engine.dispose()


def _fold(engine: Engine) -> None:
    """What `status` would have to do if nothing were kept."""
    with reading(engine) as connection:
        stored = milestones.load(connection)
        numbers = [each.id for each in stored]
        ledgers, decisions = (
            claims.of_milestones(connection, numbers),
            claims.decisions_of_milestones(connection, numbers),
        )
    for each in stored:
        settle(each.milestone, ledgers[each.id], decisions[each.id])


def _read(engine: Engine) -> None:
    with reading(engine) as connection:
        standings.load_all(connection)


if __name__ == "__main__":
    main()
