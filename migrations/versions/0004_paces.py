"""Add the items a feed last had, what it asked for, why it is polled when it is; index leases whole."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add columns; they fill up as feeds are polled."""
    op.add_column("feeds", sa.Column("marks", sa.Text()))
    op.add_column("feeds", sa.Column("asked", sa.Integer()))
    op.add_column("feeds", sa.Column("due_why", sa.Text()))
    op.drop_index("ix_feeds_leased_by", "feeds")
    op.create_index("ix_feeds_leased_by", "feeds", ["leased_by"])


def downgrade() -> None:
    """Take them away again."""
    op.drop_index("ix_feeds_leased_by", "feeds")
    leased = sa.text("leased_by IS NOT NULL")
    op.create_index("ix_feeds_leased_by", "feeds", ["leased_by"], postgresql_where=leased, sqlite_where=leased)
    for column in ("due_why", "asked", "marks"):
        op.drop_column("feeds", column)
