"""Runs migrations on the connection it is handed; never imports evtimeline, so that old ones keep their meaning."""

from typing import Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext


def render_item(kind: str, item: object, _: AutogenContext) -> str | Literal[False]:
    """Write the project's own column types as the plain types that carry them."""
    if kind == "type" and isinstance(item, sa.types.TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


def run() -> None:
    """Run what the command asks for inside the caller's transaction."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=context.config.attributes.get("metadata"),
        render_item=render_item,
        render_as_batch=True,
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
