"""Workspaces filled with milestones and claims through the store's own functions."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine

from bench.stopwatch import EVTIMELINE, command
from evtimeline.core.claims import Claim, Decision, Origin, Quote, Signal, Stance, Tier, Verdict
from evtimeline.core.milestones import Kind, Milestone, Promise, Timeline
from evtimeline.core.windows import Precision, Window
from evtimeline.store import claims, timelines
from evtimeline.store.engine import connect, writing

DAWN = datetime(2025, 1, 1, tzinfo=UTC)
PROMISED = Window(date(2026, 1, 1), date(2026, 12, 31), Precision.YEAR)


def filled(home: Path, milestones: int, claims_each: int) -> Engine:
    """Make a workspace in `home` whose ledger holds so many accepted claims of each milestone, not yet settled."""
    command([EVTIMELINE, "init", str(home)])
    engine = connect(f"sqlite:///{home / 'evtimeline.db'}")
    with writing(engine) as connection:
        numbers = list(timelines.save(connection, _timeline(milestones), DAWN).values())
        for part in range(0, len(numbers), 100):
            stored = claims.add(connection, _claims(numbers[part : part + 100], claims_each))
            claims.decide(connection, [_accepted(each) for each in stored])
    return engine


def _timeline(milestones: int) -> Timeline:
    promise = Promise(PROMISED, DAWN.date())
    return Timeline(
        "bench",
        {"en": "Bench"},
        milestones=tuple(
            Milestone(f"plant-{number}", {"en": f"Plant {number} opens"}, Kind.PLANT_OPENING, promise=promise)
            for number in range(milestones)
        ),
    )


def _claims(numbers: Sequence[int], each: int) -> Iterator[claims.NewClaim]:
    for number in numbers:
        for index in range(each):
            learned = DAWN + timedelta(hours=index)
            month = date(2026, 1 + index // 25 % 12, 1)  # most claims repeat what stands; some move it
            claim = Claim(
                Signal.SCHEDULED,
                Stance.ASSERTED,
                Window(month, month + timedelta(days=27), Precision.MONTH),
                Quote(f"Plant {number} is to open in {month:%B %Y}"),
                learned.date(),
                learned,
                f"Paper {index % 7}",
                Tier.SECONDARY,
                Origin.ENTRY,
            )
            yield claims.NewClaim(number, f"bench:{index}", claim)


def _accepted(stored: claims.StoredClaim) -> Decision:
    return Decision(stored.claim.id, Verdict.ACCEPTED, "rule: bench", stored.claim.learned_at)
