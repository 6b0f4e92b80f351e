"""A timeline that is followed, people who are subscribed, and news that arrives at a time of the test's choosing."""

from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path

from sqlalchemy import Engine
from tests.builders import instant
from tests.jobs.world import follow

from evtimeline.core.claims import Claim, Decision, Origin, Quote, Signal, Stance, Tier, Verdict
from evtimeline.core.subscriptions import Cadence, Message, Subscription
from evtimeline.core.windows import parse_edtf
from evtimeline.jobs import compose as composing
from evtimeline.jobs import remind as reminding
from evtimeline.jobs import telling
from evtimeline.jobs.desk import Composed, Desk
from evtimeline.jobs.settling import settle_milestones
from evtimeline.store import claims, milestones, outbox, subscriptions
from evtimeline.store.claims import NewClaim
from evtimeline.store.engine import reading, writing
from evtimeline.store.subscriptions import Cursor

MADE = instant("2025-06-02T00:00")  # a Monday, 08:00 in Shanghai
MONDAY = instant("2025-06-09T00:00")
CATALOGUE = "feeds: []\n"


def desk(engine: Engine, folder: Path) -> Desk:
    """Follow two milestones and prepare to write; the catalogue is empty."""
    follow(engine, at=instant("2025-05-10T01:00"))
    catalogue = folder / "feeds.yaml"
    catalogue.write_text(CATALOGUE, "utf-8")
    return Desk(engine, catalogue, "evtimeline.example")


def subscribe(engine: Engine, cadence: Cadence = Cadence.WEEKLY, **changes: object) -> Subscription:
    plain = Subscription(
        address="team@example.org",
        channel="smtp",
        cadence=cadence,
        created_at=MADE,
        weekday=0 if cadence is Cadence.WEEKLY else None,
        at=time(8),
        zone="Asia/Shanghai",
    )
    with writing(engine) as connection:
        wanted = replace(plain, **changes)  # type: ignore[arg-type]
        token = f"token-{len(subscriptions.load(connection))}"
        return subscriptions.add(connection, replace(wanted, token=token))


def news(
    engine: Engine, at: str | datetime, signal: str = "delayed", when: str | None = "2025-09", **changes: object
) -> Claim:
    """Let a claim be learned and accepted at this time; returns it as it is stored."""
    learned = instant(at) if isinstance(at, str) else at.astimezone(UTC)
    words = str(changes.pop("words", f"{signal} {when} {learned:%d %H%M}"))
    plain = Claim(
        signal=Signal(signal),
        stance=Stance.ASSERTED,
        window=parse_edtf(when) if when else None,
        quote=Quote(words, "title", 0, len(words)),
        stated_on=learned.date(),
        learned_at=learned,
        publisher="Daily Car",
        tier=Tier.SECONDARY,
        origin=Origin.ENTRY,
        title=words,
        link=f"https://{changes.get('publisher', 'daily')}.example/{learned:%d%H%M}".replace(" ", ""),
    )
    key = str(changes.pop("key", "yu7-launch"))
    claim = replace(plain, **changes)  # type: ignore[arg-type]
    with writing(engine) as connection:
        number = milestones.find(connection, key).id
        (stored,) = claims.add(connection, [NewClaim(number, f"{claim.publisher}:{words}", claim)])
        claims.decide(connection, [Decision(stored.claim.id, Verdict.ACCEPTED, "rule: clear enough", learned)])
        settle_milestones(connection, [number])
    return stored.claim


def compose(office: Desk, now: datetime) -> tuple[Composed, ...]:
    return tuple(composing.compose(office, now))


def tell(office: Desk, now: datetime) -> tuple[Composed, ...]:
    return tuple(telling.tell(office, now))


def remind(office: Desk, now: datetime) -> tuple[Composed, ...]:
    return tuple(reminding.remind(office, now))


def notify(office: Desk, now: datetime) -> tuple[Composed, ...]:
    return tuple(reminding.notify(office, now))


def queued(engine: Engine) -> tuple[Message, ...]:
    """Everything in the outbox, the oldest first."""
    with reading(engine) as connection:
        return tuple(reversed(outbox.load(connection)))


def told_to(engine: Engine, subscription: Subscription) -> Cursor:
    """Up to where a subscription was told."""
    with reading(engine) as connection:
        return subscriptions.cursors(connection)[subscription.id]
