"""The tables as rows without behaviour; `migrations/` creates them, a test holds both together."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from evtimeline.store.types import Instant, window_columns

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

timelines = Table(
    "timelines",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("titles", JSON, nullable=False),
    Column("zone", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("retired_at", Instant),
)

entities = Table(
    "entities",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("timeline_id", ForeignKey("timelines.id"), nullable=False),
    Column("key", Text, nullable=False),
    Column("names", JSON, nullable=False),
    Column("exclusions", JSON, nullable=False),
    Column("position", Integer, nullable=False),
    UniqueConstraint("timeline_id", "key"),
)

milestones = Table(
    "milestones",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("timeline_id", ForeignKey("timelines.id"), nullable=False),
    Column("key", Text, nullable=False),
    Column("titles", JSON, nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject", JSON(none_as_null=True)),  # an entity's key, or {"names": [...], "not": [...]}
    Column("parties", JSON, nullable=False),
    *window_columns("promise"),
    Column("promise_stated", Date),
    Column("promise_stance", Text, nullable=False),
    Column("promise_quote", Text),
    Column("source_title", Text),
    Column("source_publisher", Text),
    Column("source_tier", Text),  # NULL: the promise cites no source
    Column("source_link", Text),
    Column("target_value", Text),  # a decimal number in full: Numeric would round it or pad it
    Column("target_unit", Text),
    Column("target_comparator", Text),
    Column("confirm_primary", Integer, nullable=False),
    Column("confirm_secondary", Integer, nullable=False),
    Column("note", Text),
    Column("position", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("retired_at", Instant),  # taken out of its timeline; its ledger stays
    UniqueConstraint("timeline_id", "key"),
)

feeds = Table(
    "feeds",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("url", Text, nullable=False, unique=True),
    Column("title", Text),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("body_hash", Text),
    Column("first_polled_at", Instant),
    Column("attempted_at", Instant),
    Column("succeeded_at", Instant),
    Column("new_entry_at", Instant),
    Column("due_at", Instant),  # every listed feed has one
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("error", Text),
    Column("state", Text, nullable=False, server_default="new"),
    Column("moved_to", Text),
    Column("moved_count", Integer, nullable=False, server_default="0"),
    Column("entries_count", Integer, nullable=False, server_default="0"),
    Column("interval", Integer),  # seconds, learned from the feed's habit
    Column("retry_after_until", Instant),
    Column("leased_by", Text),  # the holder that polls it now
    Column("leased_until", Instant),
    Column("listed", Boolean, nullable=False, server_default=false()),  # in feeds.yaml, and enabled
    Column("marks", Text),  # of the items of its last document, with blanks between
    Column("asked", Integer),  # seconds for which the feed itself asks to be left alone
    Column("due_why", Text),
    Index(None, "listed", "due_at", "id"),
    Index(None, "leased_by"),  # whole: a partial one makes every command import PostgreSQL's dialect, 30 ms
)

entries = Table(
    "entries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("feed_id", ForeignKey("feeds.id"), nullable=False),
    Column("guid", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("link", Text),
    Column("language", Text, nullable=False),
    Column("published_at", Instant),
    Column("updated_at", Instant),
    Column("stated_on", Date, nullable=False),
    Column("publisher", Text, nullable=False),
    Column("tier", Text, nullable=False),
    Column("first_seen_at", Instant, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("backfill", Boolean, nullable=False),
    Column("cleared_at", Instant),  # when its texts were cleared; the row stays, so that it never counts as new again
    UniqueConstraint("feed_id", "guid"),
)

claims = Table(
    "claims",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("milestone_id", ForeignKey("milestones.id"), nullable=False),
    Column("entry_id", ForeignKey("entries.id"), index=True),
    Column("key", Text, nullable=False),  # names the occasion, so that reading it again adds nothing
    Column("signal", Text, nullable=False),
    Column("stance", Text, nullable=False),
    *window_columns("window"),
    Column("quote_text", Text),
    Column("quote_field", Text),
    Column("quote_start", Integer),
    Column("quote_end", Integer),
    Column("stated_on", Date, nullable=False),
    Column("learned_at", Instant, nullable=False),
    Column("publisher", Text, nullable=False),
    Column("tier", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("title", Text),
    Column("link", Text),
    Column("score", Float, nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("backfill", Boolean, nullable=False),
    UniqueConstraint("milestone_id", "key"),
    Index(None, "milestone_id", "learned_at"),
)

verdicts = Table(
    "verdicts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("claim_id", ForeignKey("claims.id"), nullable=False, index=True),
    Column("verdict", Text, nullable=False, index=True),
    Column("decided_by", Text, nullable=False),
    Column("decided_at", Instant, nullable=False),
    Column("why", Text),
)

revisions = Table(
    "revisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("milestone_id", ForeignKey("milestones.id"), nullable=False),
    Column("claim_id", ForeignKey("claims.id"), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("happened_at", Instant, nullable=False),
    *window_columns("old"),
    *window_columns("new"),
    Column("days_last", Integer),
    Column("days_first", Integer),
    Column("backfill", Boolean, nullable=False),
    UniqueConstraint("milestone_id", "claim_id", "kind", "happened_at"),
)

standings = Table(
    "standings",
    metadata,
    Column("milestone_id", ForeignKey("milestones.id"), primary_key=True, autoincrement=False),
    Column("outcome", Text, nullable=False),
    Column("latest", Date),  # the last day of the window that stands
    Column("pending", Integer, nullable=False),
    Column("standing", JSON, nullable=False),  # the fold of the ledger; see standings.py
)

exclusions = Table(
    "exclusions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("milestone_id", ForeignKey("milestones.id"), nullable=False),
    Column("phrase", Text, nullable=False),
    Column("decided_by", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("milestone_id", "phrase"),
)

markers = Table(
    "markers",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
