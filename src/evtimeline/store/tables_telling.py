"""The tables of telling people, as rows without behaviour: who is told what, and what was sent."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    Time,
    UniqueConstraint,
)

from evtimeline.store.tables import metadata
from evtimeline.store.types import Instant

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("address", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("cadence", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("weekday", Integer),
    Column("at", Time),
    Column("zone", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("timelines", JSON, nullable=False),
    Column("milestones", JSON, nullable=False),
    Column("kinds", JSON, nullable=False),
    Column("least_tier", Text),
    Column("quiet_from", Time),
    Column("quiet_to", Time),
    Column("operator", Boolean, nullable=False),
    Column("empty", Boolean, nullable=False),
    Column("remind_days", JSON, nullable=False),
    Column("group_wait", Integer, nullable=False),  # seconds
    Column("paused", Boolean, nullable=False),
    Column("token", Text, nullable=False, unique=True),
    Column("removed_at", Instant),  # its messages stay
)

cursors = Table(
    "cursors",
    metadata,
    Column("subscription_id", ForeignKey("subscriptions.id"), primary_key=True, autoincrement=False),
    Column("revision_id", Integer, nullable=False),
    Column("claim_id", Integer, nullable=False),
    Column("period_end", Instant, nullable=False),
)

silences = Table(
    "silences",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("milestone_id", ForeignKey("milestones.id"), nullable=False, index=True),
    Column("until", Date, nullable=False),
    Column("why", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("lifted_at", Instant),
    Column("lifted_by", Text),
)

messages = Table(
    "messages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("subscription_id", ForeignKey("subscriptions.id"), nullable=False),
    Column("key", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("message_id", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("html", Text),
    Column("payload", Text),
    Column("references", JSON, nullable=False),
    Column("thread", Text),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("last_error", Text),
    Column("sent_at", Instant),
    Column("leased_at", Instant),  # when somebody began to send it; none but `sending` ones have it
    UniqueConstraint("subscription_id", "key"),
    Index(None, "state", "due_at"),
    Index(None, "subscription_id", "thread"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("message_id", ForeignKey("messages.id"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("result", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("seconds", Float, nullable=False),
)
