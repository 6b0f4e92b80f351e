"""Lay down timelines, feeds, entries and the ledger."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

APPEND_ONLY = ("claims", "verdicts")
"""Tables whose rows are evidence: the database itself refuses to change or delete them."""


def upgrade() -> None:
    """Create every table, then the guards of the ledger."""
    create_feeds()
    create_markers()
    create_timelines()
    create_entities()
    create_entries()
    create_milestones()
    create_claims()
    create_exclusions()
    create_standings()
    create_revisions()
    create_verdicts()
    guard_ledger()


def downgrade() -> None:
    """Drop everything."""
    for table in (
        "verdicts",
        "revisions",
        "standings",
        "exclusions",
        "claims",
        "milestones",
        "entries",
        "entities",
        "timelines",
        "markers",
        "feeds",
    ):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION evtimeline_append_only()")


def create_feeds() -> None:
    op.create_table(
        "feeds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("etag", sa.Text()),
        sa.Column("last_modified", sa.Text()),
        sa.Column("body_hash", sa.Text()),
        sa.Column("first_polled_at", sa.DateTime(timezone=True)),
        sa.Column("attempted_at", sa.DateTime(timezone=True)),
        sa.Column("succeeded_at", sa.DateTime(timezone=True)),
        sa.Column("new_entry_at", sa.DateTime(timezone=True)),
        sa.Column("due_at", sa.DateTime(timezone=True)),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("error", sa.Text()),
        sa.Column("state", sa.Text(), server_default="new", nullable=False),
        sa.Column("moved_to", sa.Text()),
        sa.Column("moved_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("entries_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("interval", sa.Integer()),
        sa.Column("retry_after_until", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_feeds"),
        sa.UniqueConstraint("url", name="uq_feeds_url"),
    )
    op.create_index("ix_feeds_due_at", "feeds", ["due_at"])


def create_markers() -> None:
    op.create_table(
        "markers",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_markers"),
    )


def create_timelines() -> None:
    op.create_table(
        "timelines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("titles", sa.JSON(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_timelines"),
        sa.UniqueConstraint("key", name="uq_timelines_key"),
    )


def create_entities() -> None:
    op.create_table(
        "entities",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("timeline_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("exclusions", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["timeline_id"], ["timelines.id"], name="fk_entities_timeline_id_timelines"),
        sa.PrimaryKeyConstraint("id", name="pk_entities"),
        sa.UniqueConstraint("timeline_id", "key", name="uq_entities_timeline_id_key"),
    )


def create_entries() -> None:
    op.create_table(
        "entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("feed_id", sa.Integer(), nullable=False),
        sa.Column("guid", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("link", sa.Text()),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True)),
        sa.Column("updated_at", sa.DateTime(timezone=True)),
        sa.Column("stated_on", sa.Date(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("tier", sa.Text(), nullable=False),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("backfill", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], name="fk_entries_feed_id_feeds"),
        sa.PrimaryKeyConstraint("id", name="pk_entries"),
        sa.UniqueConstraint("feed_id", "guid", name="uq_entries_feed_id_guid"),
    )


def create_milestones() -> None:
    op.create_table(
        "milestones",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("timeline_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("titles", sa.JSON(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.JSON(none_as_null=True)),
        sa.Column("parties", sa.JSON(), nullable=False),
        sa.Column("promise_earliest", sa.Date()),
        sa.Column("promise_latest", sa.Date()),
        sa.Column("promise_precision", sa.Text()),
        sa.Column("promise_qualifier", sa.Text()),
        sa.Column("promise_edtf", sa.Text()),
        sa.Column("promise_stated", sa.Date()),
        sa.Column("promise_stance", sa.Text(), nullable=False),
        sa.Column("promise_quote", sa.Text()),
        sa.Column("source_title", sa.Text()),
        sa.Column("source_publisher", sa.Text()),
        sa.Column("source_tier", sa.Text()),
        sa.Column("source_link", sa.Text()),
        sa.Column("target_value", sa.Text()),
        sa.Column("target_unit", sa.Text()),
        sa.Column("target_comparator", sa.Text()),
        sa.Column("confirm_primary", sa.Integer(), nullable=False),
        sa.Column("confirm_secondary", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text()),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["timeline_id"], ["timelines.id"], name="fk_milestones_timeline_id_timelines"),
        sa.PrimaryKeyConstraint("id", name="pk_milestones"),
        sa.UniqueConstraint("timeline_id", "key", name="uq_milestones_timeline_id_key"),
    )


def create_claims() -> None:
    op.create_table(
        "claims",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer()),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("signal", sa.Text(), nullable=False),
        sa.Column("stance", sa.Text(), nullable=False),
        sa.Column("window_earliest", sa.Date()),
        sa.Column("window_latest", sa.Date()),
        sa.Column("window_precision", sa.Text()),
        sa.Column("window_qualifier", sa.Text()),
        sa.Column("window_edtf", sa.Text()),
        sa.Column("quote_text", sa.Text()),
        sa.Column("quote_field", sa.Text()),
        sa.Column("quote_start", sa.Integer()),
        sa.Column("quote_end", sa.Integer()),
        sa.Column("stated_on", sa.Date(), nullable=False),
        sa.Column("learned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("tier", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("link", sa.Text()),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("backfill", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name="fk_claims_entry_id_entries"),
        sa.ForeignKeyConstraint(["milestone_id"], ["milestones.id"], name="fk_claims_milestone_id_milestones"),
        sa.PrimaryKeyConstraint("id", name="pk_claims"),
        sa.UniqueConstraint("milestone_id", "key", name="uq_claims_milestone_id_key"),
    )
    op.create_index("ix_claims_entry_id", "claims", ["entry_id"])
    op.create_index("ix_claims_milestone_id_learned_at", "claims", ["milestone_id", "learned_at"])


def create_exclusions() -> None:
    op.create_table(
        "exclusions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column("phrase", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["milestone_id"], ["milestones.id"], name="fk_exclusions_milestone_id_milestones"),
        sa.PrimaryKeyConstraint("id", name="pk_exclusions"),
        sa.UniqueConstraint("milestone_id", "phrase", name="uq_exclusions_milestone_id_phrase"),
    )


def create_standings() -> None:
    op.create_table(
        "standings",
        sa.Column("milestone_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("latest", sa.Date()),
        sa.Column("pending", sa.Integer(), nullable=False),
        sa.Column("standing", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["milestone_id"], ["milestones.id"], name="fk_standings_milestone_id_milestones"),
        sa.PrimaryKeyConstraint("milestone_id", name="pk_standings"),
    )


def create_revisions() -> None:
    op.create_table(
        "revisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("old_earliest", sa.Date()),
        sa.Column("old_latest", sa.Date()),
        sa.Column("old_precision", sa.Text()),
        sa.Column("old_qualifier", sa.Text()),
        sa.Column("old_edtf", sa.Text()),
        sa.Column("new_earliest", sa.Date()),
        sa.Column("new_latest", sa.Date()),
        sa.Column("new_precision", sa.Text()),
        sa.Column("new_qualifier", sa.Text()),
        sa.Column("new_edtf", sa.Text()),
        sa.Column("days_last", sa.Integer()),
        sa.Column("days_first", sa.Integer()),
        sa.Column("backfill", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name="fk_revisions_claim_id_claims"),
        sa.ForeignKeyConstraint(["milestone_id"], ["milestones.id"], name="fk_revisions_milestone_id_milestones"),
        sa.PrimaryKeyConstraint("id", name="pk_revisions"),
        sa.UniqueConstraint(
            "milestone_id",
            "claim_id",
            "kind",
            "happened_at",
            name="uq_revisions_milestone_id_claim_id_kind_happened_at",
        ),
    )
    op.create_index("ix_revisions_claim_id", "revisions", ["claim_id"])


def create_verdicts() -> None:
    op.create_table(
        "verdicts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.Text()),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name="fk_verdicts_claim_id_claims"),
        sa.PrimaryKeyConstraint("id", name="pk_verdicts"),
    )
    op.create_index("ix_verdicts_claim_id", "verdicts", ["claim_id"])
    op.create_index("ix_verdicts_verdict", "verdicts", ["verdict"])


def guard_ledger() -> None:
    if op.get_bind().dialect.name == "postgresql":
        guard_on_postgresql()
    else:
        guard_on_sqlite()


def guard_on_sqlite() -> None:
    for table in APPEND_ONLY:
        for action in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed or deleted'); END"
            )


def guard_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION evtimeline_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME; END $$"
    )
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION evtimeline_append_only()"
        )
