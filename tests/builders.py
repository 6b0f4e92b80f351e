"""Short ways to values of the core, for tests; every field that a test cares about it names itself."""

from dataclasses import replace
from datetime import UTC, date, datetime

from evtimeline.core.claims import Claim, Origin, Signal, Stance, Tier
from evtimeline.core.entries import Entry
from evtimeline.core.milestones import Milestone, Timeline
from evtimeline.core.subscriptions import Cadence, Message, Subscription, message_id
from evtimeline.core.windows import Precision, Window

NOW = datetime(2025, 6, 27, 8, 0, tzinfo=UTC)


def instant(text: str) -> datetime:
    """An aware UTC instant from `2025-06-26` or `2025-06-26T08:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def days(first: str, last: str | None = None, precision: Precision = Precision.DAY) -> Window:
    """The window of these days, `days("2025-06-26")` or `days("2025-06-01", "2025-06-30", Precision.MONTH)`."""
    return Window(date.fromisoformat(first), date.fromisoformat(last or first), precision)


def a_claim(window: Window | None = None, **changes: object) -> Claim:
    """A claim of the press, accepted on sight by nobody yet, that schedules something."""
    plain = Claim(
        signal=Signal.SCHEDULED,
        stance=Stance.ASSERTED,
        window=window,
        quote=None,
        stated_on=date(2025, 6, 27),
        learned_at=NOW,
        publisher="Daily Car",
        tier=Tier.SECONDARY,
        origin=Origin.ENTRY,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def an_entry(guid: str = "1", title: str = "Xiaomi YU7 goes on sale", **changes: object) -> Entry:
    """An entry of the press."""
    plain = Entry(guid=guid, title=title, summary="", stated_on=date(2025, 6, 26), publisher="Daily Car")
    return replace(plain, **changes)  # type: ignore[arg-type]


def a_milestone(key: str = "yu7-launch", title: str = "Xiaomi YU7 launch", **changes: object) -> Milestone:
    """A milestone with nothing but a key and an English title."""
    return replace(Milestone(key=key, titles={"en": title}), **changes)  # type: ignore[arg-type]


def a_timeline(*milestones: Milestone, key: str = "cars", **changes: object) -> Timeline:
    """A timeline of these milestones."""
    return replace(Timeline(key=key, titles={"en": "Cars"}, milestones=milestones), **changes)  # type: ignore[arg-type]


def a_subscription(address: str = "team@example.org", channel: str = "smtp", **changes: object) -> Subscription:
    """A subscription that is told of every change at once."""
    return replace(Subscription(address, channel, Cadence.INSTANT, NOW), **changes)  # type: ignore[arg-type]


def a_message(subscription_id: int, key: str = "alert:1", **changes: object) -> Message:
    """A message with little in it, due at once."""
    plain = Message(
        subscription_id,
        key,
        subject="YU7 launch moved 2025-08 → 2025-06-26",
        text="小米YU7定档6月26日上市\n",
        message_id=message_id(f"{subscription_id}:{key}", "example.org"),
        created_at=NOW,
        due_at=NOW,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]
