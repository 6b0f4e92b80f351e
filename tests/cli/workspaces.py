"""A workspace with a story in it, written straight into the ledger, for tests of what the screen shows."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection
from tests.builders import instant

from evtimeline.cli import run
from evtimeline.core.claims import Claim, Decision, Origin, Quote, Signal, Stance, Tier, Verdict
from evtimeline.core.windows import parse_edtf
from evtimeline.jobs.settling import settle_milestones
from evtimeline.store import claims, feeds, milestones
from evtimeline.store.claims import NewClaim
from evtimeline.store.engine import connect, writing
from evtimeline.store.feeds import Failure, Success

FIRST_POLL = instant("2025-05-10T01:00")
LAST_DAY = "2025-07-20T09:00:00+08:00"
SHARED = "https://cars.example/feed"

CATALOGUE = f"""\
feeds:
  - url: {SHARED}
    title: 车轮周报
  - url: https://gone.example/rss
    title: Gone News
"""


def says(
    day: str, publisher: str, signal: str, when: str | None, words: str, stance: str = "asserted", **changes: object
) -> Claim:
    """A claim read on the day it was stated; before the first poll it is backfill."""
    stated = instant(day + "T08:00")
    claim = Claim(
        signal=Signal(signal),
        stance=Stance(stance),
        window=parse_edtf(when) if when else None,
        quote=Quote(words, "title", 0, len(words)),
        stated_on=date.fromisoformat(day),
        learned_at=max(stated, FIRST_POLL),
        publisher=publisher,
        tier=Tier.PRIMARY if publisher == "小米公司" else Tier.SECONDARY,
        origin=Origin.ENTRY,
        title=words,
        link=f"https://news.example/{day}",
        backfill=stated < FIRST_POLL,
    )
    return replace(claim, **changes)  # type: ignore[arg-type]


STORY = {
    "yu7-launch": (
        says("2025-04-28", "小米公司", "scheduled", "2025-06/2025-07", "小米YU7将于六七月正式上市"),
        says("2025-05-29", "车友热帖", "delayed", "2025-10", "听说YU7要推迟到十月", "rumour", tier=Tier.TERTIARY),
        says("2025-05-30", "小米公司", "delayed", "2025-10", "小米否认YU7推迟", "denied"),
        says("2025-06-23", "小米公司", "scheduled", "2025-06-26", "小米YU7定档6月26日上市"),
        says("2025-06-26", "小米公司", "achieved", "2025-06-26", "小米YU7今晚正式发布"),
        says("2025-06-27", "EV Desk", "achieved", "2025-06-26", "Xiaomi launches the YU7"),
    ),
    "jv-founding": (says("2025-05-12", "EV Desk", "delayed", "2025-08", "Battery venture delayed to August"),),
    "phase2-startup": (says("2025-07-02", "车轮周报", "achieved", "2025-06", "小米汽车二期工厂已经投产"),),
    "jv-mass-production": (
        says("2025-06-02", "车轮周报", "scheduled", "2026-06", "电池合资公司明年六月量产"),
        says("2025-06-03", "EV Desk", "scheduled", "2026-12", "Battery plant to start in December 2026"),
    ),
}


@contextmanager
def database(home: Path) -> Iterator[Connection]:
    """A transaction in the database of a workspace."""
    engine = connect(f"sqlite:///{home / 'evtimeline.db'}")
    try:
        with writing(engine) as connection:
            yield connection
    finally:
        engine.dispose()


def make(home: Path) -> None:
    """Make a workspace with the shipped timeline and the story; the clock must stand at the first poll."""
    assert run(["init", str(home), "--sample", "xiaomi-baic"]) == 0
    (home / "feeds.yaml").write_text(CATALOGUE, "utf-8")
    with database(home) as connection:
        for key, said in STORY.items():
            tell(connection, key, said)
        poll(connection)


def tell(connection: Connection, key: str, said: Sequence[Claim], verdict: Verdict = Verdict.ACCEPTED) -> None:
    """Put claims into a ledger, decided on as a rule would, and settle it."""
    number = milestones.find(connection, key).id
    new = [NewClaim(number, f"test:{claim.stated_on}:{claim.publisher}:{claim.signal}", claim) for claim in said]
    stored = claims.add(connection, new)
    claims.decide(
        connection,
        [Decision(one.claim.id, verdict, "rule: clear enough", one.claim.learned_at) for one in stored],
    )
    settle_milestones(connection, [number])


def poll(connection: Connection) -> None:
    """One feed answers, one is gone."""
    good, bad = feeds.ensure(connection, [SHARED, "https://gone.example/rss"]).values()
    now = datetime.fromisoformat(LAST_DAY)
    feeds.record_success(connection, good.id, Success(due_at=now), now)
    feeds.record_failure(connection, bad.id, Failure("answered 410\x1b[31m Gone: the feed is gone", now, "gone"), now)
