"""Add what spares a poll work: the items a feed last had, what it asked for, and why it is polled when it is."""

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


def downgrade() -> None:
    """Take them away again."""
    for column in ("due_why", "asked", "marks"):
        op.drop_column("feeds", column)
