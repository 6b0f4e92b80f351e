"""How long it takes, and how much memory, to compose and queue a digest of 100 and of 5,000 changes."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory
from time import process_time

from bench.ledgers import DAWN, filled
from evtimeline.core.cadence import Period
from evtimeline.core.claims import Claim, Decision, Origin, Quote, Signal, Stance, Tier, Verdict
from evtimeline.core.digests import Gathered
from evtimeline.core.subscriptions import Cadence, Subscription
from evtimeline.core.windows import Precision, Window
from evtimeline.jobs.compose import send_now, word_digest
from evtimeline.jobs.desk import Desk
from evtimeline.jobs.gathering import gather
from evtimeline.jobs.settling import settle_milestones
from evtimeline.jobs.sight import survey
from evtimeline.rendering import Rendered, as_html, encoded_size, render
from evtimeline.store import claims, horizons, milestones, revisions, subscriptions
from evtimeline.store.engine import connect, reading, writing
from evtimeline.store.horizons import Untold

SIZES = (100, 5_000)
ECHOES = 4  # publishers who say that it slips
NOW = DAWN + timedelta(days=7)


def main() -> None:
    """Measure each size in a process of its own and print."""
    if len(sys.argv) > 1:
        print(json.dumps(_measure(Path(sys.argv[1]))))
        return
    for size in SIZES:
        with TemporaryDirectory() as folder:
            _prepare(Path(folder), size)
            told = subprocess.run(
                [sys.executable, "-m", "bench.digest", folder], capture_output=True, text=True, check=True
            ).stdout
        one = json.loads(told)
        print(
            f"{one['changes']:>5} changes: gathered {one['gathered']:.1f} ms, "
            f"worded and laid out {one['written']:.1f} ms, "
            f"all of it in its transaction {one['queued']:.1f} ms; HTML part {one['bytes']:,} bytes encoded; "
            f"memory {one['before']:.0f} MB before, {one['peak']:.0f} MB at most"
        )


def _prepare(home: Path, size: int) -> None:
    """Milestones that have all slipped since somebody subscribed, each by the word of several publishers."""
    engine = filled(home, size, 1)
    with writing(engine) as connection:
        numbers = list(milestones.ids(connection).values())
        settle_milestones(connection, numbers)
        subscriptions.add(
            connection, Subscription("you@example.org", "smtp", Cadence.WEEKLY, DAWN, weekday=0, token="t")
        )
        for part in range(0, size, 500):
            stored = claims.add(connection, _slips(numbers[part : part + 500]))
            claims.decide(connection, [Decision(one.claim.id, Verdict.ACCEPTED, "rule: bench", NOW) for one in stored])
        settle_milestones(connection, numbers)
    engine.dispose()


def _slips(numbers: Sequence[int]) -> Iterator[claims.NewClaim]:
    window = Window(date(2026, 9, 1), date(2026, 9, 30), Precision.MONTH)
    learned = DAWN + timedelta(days=3)
    for number in numbers:
        for index in range(ECHOES):
            words = f"Plant {number} slips: paper {index} hears from suppliers that it opens in September 2026 at best"
            said = (Signal.DELAYED, Stance.ASSERTED, window, Quote(words), learned.date(), learned, f"Paper {index}")
            link = f"https://paper{index}.example/{number}"
            claim = Claim(*said, Tier.SECONDARY, Origin.ENTRY, title=words, link=link)
            yield claims.NewClaim(number, f"slip:{index}", claim)


def _measure(home: Path) -> dict[str, float]:
    """Milliseconds, bytes and megabytes; the first digest pays for compiling the templates, so it is not counted."""
    engine = connect(f"sqlite:///{home / 'evtimeline.db'}")
    desk = Desk(engine, home / "feeds.yaml", "example.org")
    before = _megabytes()
    with reading(engine) as connection:
        (subscription,) = subscriptions.load(connection)
        untold = Untold(subscriptions.cursors(connection)[subscription.id], horizons.find(connection))

        def read() -> Gathered:
            changes = revisions.since(connection, untold.after.revision_id, backfill=False)
            sight = survey(connection, desk.catalogue, NOW, untold.until, changes)
            return gather(connection, subscription, Period(DAWN, NOW), sight, untold)

        def write() -> Rendered:
            as_html.cache_clear()
            return render(word_digest(gathered, subscription))

        gathered = read()
        html = write().html
        gathering, writing_ = _best(read), _best(write)
    begun = process_time()
    composed = send_now(desk, subscription, NOW)
    done = process_time()
    engine.dispose()
    assert len(composed.messages) == 1, composed.error
    return {
        "changes": len(gathered.news),
        "gathered": gathering * 1000,
        "written": writing_ * 1000,
        "queued": (done - begun) * 1000,
        "bytes": encoded_size(html),
        "before": before,
        "peak": _megabytes(),
    }


def _best(run: Callable[[], object]) -> float:
    """Seconds of the processor, which do not depend on what else this machine does; the shortest of five."""
    return min(_once(run) for _ in range(5))


def _once(run: Callable[[], object]) -> float:
    begun = process_time()
    run()
    return process_time() - begun


def _megabytes() -> float:
    return getrusage(RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
