"""Add leases of feeds, the daemons at work and what their jobs did, and when an entry's texts were cleared."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add columns and tables; which feeds are listed is known when feeds.yaml is next read."""
    op.add_column("feeds", sa.Column("leased_by", sa.Text()))
    op.add_column("feeds", sa.Column("leased_until", sa.DateTime(timezone=True)))
    op.add_column("feeds", sa.Column("listed", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.drop_index("ix_feeds_due_at", "feeds")
    op.create_index("ix_feeds_listed_due_at_id", "feeds", ["listed", "due_at", "id"])
    leased = sa.text("leased_by IS NOT NULL")
    op.create_index("ix_feeds_leased_by", "feeds", ["leased_by"], postgresql_where=leased, sqlite_where=leased)
    op.add_column("entries", sa.Column("cleared_at", sa.DateTime(timezone=True)))
    create_daemons()
    create_job_runs()


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("job_runs")
    op.drop_table("daemons")
    op.drop_column("entries", "cleared_at")
    op.drop_index("ix_feeds_leased_by", "feeds")
    op.drop_index("ix_feeds_listed_due_at_id", "feeds")
    op.create_index("ix_feeds_due_at", "feeds", ["due_at"])
    for column in ("listed", "leased_until", "leased_by"):
        op.drop_column("feeds", column)


def create_daemons() -> None:
    op.create_table(
        "daemons",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("beat_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_daemons"),
    )


def create_job_runs() -> None:
    op.create_table(
        "job_runs",
        sa.Column("daemon", sa.Text(), nullable=False),
        sa.Column("job", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("error", sa.Text()),
        sa.PrimaryKeyConstraint("daemon", "job", name="pk_job_runs"),
    )
