"""How long `report` takes and how large its file is: 50 milestones with 2,000 claims, 1,000 with 100,000."""

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.ledgers import filled
from bench.stopwatch import EVTIMELINE, best, command
from evtimeline.core.claims import Claim, Decision, Origin, Quote, Signal, Stance, Tier, Verdict
from evtimeline.core.windows import Precision, Window
from evtimeline.jobs.settling import settle_milestones
from evtimeline.store import claims, milestones
from evtimeline.store.engine import writing

DAWN = datetime(2023, 1, 2, tzinfo=UTC)
CASES = ((50, 40, 3), (1_000, 100, 1))
"""Milestones, claims of each, and how often it is measured."""


def main() -> None:
    """Measure and print."""
    for count, each, times in CASES:
        with TemporaryDirectory() as folder:
            home, page = Path(folder) / "home", Path(folder) / "report.html"
            _fill(home, count, each)
            before = os.times().children_user
            seconds = best(lambda home=home, page=page: command([EVTIMELINE, "report", "-o", str(page)], home), times)  # type: ignore[misc]
            busy = (os.times().children_user - before) / times
            size = page.stat().st_size / 1e6
        print(f"{count:,} milestones, {count * each:,} claims: {seconds:6.2f} s ({busy:.2f} s busy), {size:5.2f} MB")


def _fill(home: Path, count: int, each: int) -> None:
    engine = filled(home, count, 0)
    try:
        with writing(engine) as connection:
            numbers = list(milestones.ids(connection).values())
            for part in range(0, count, 100):
                stored = claims.add(connection, _news(numbers[part : part + 100], each))
                claims.decide(
                    connection,
                    [Decision(one.claim.id, Verdict.ACCEPTED, "rule: bench", one.claim.learned_at) for one in stored],
                )
            settle_milestones(connection, numbers)
    finally:
        engine.dispose()


def _news(numbers: list[int], each: int) -> Iterator[claims.NewClaim]:
    """Claims with sentences, titles and links as long as those of the press; one in fifteen moves the date."""
    for number in numbers:
        for index in range(each):
            learned = DAWN + timedelta(days=7 * index, hours=number % 24)
            yield claims.NewClaim(number, f"bench:{index}", _claim(number, index, learned))


def _claim(number: int, index: int, learned: datetime) -> Claim:
    month = date(2026, 1 + index // 15 % 12, 1)
    words = f"据车轮周报{learned:%m}月{learned:%d}日报道，第{number}电池工厂预计{month:%Y}年{month:%m}月量产。"
    return Claim(
        Signal.SCHEDULED,
        Stance.FORECAST if index % 6 == 5 else Stance.ASSERTED,
        Window(month, month + timedelta(days=27), Precision.DAY),
        Quote(words, "summary", 0, len(words)),
        learned.date(),
        learned,
        f"财经媒体 {index % 7}",
        Tier.SECONDARY,
        Origin.ENTRY,
        title=f"Plant {number} to begin mass production, people familiar with the matter say ({index})",
        link=f"https://news.example/auto/{learned:%Y/%m/%d}/plant-{number}-mass-production-{index}.html",
    )


if __name__ == "__main__":
    main()
