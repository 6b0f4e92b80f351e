"""Databases as older versions had them, for tests."""

from alembic import command
from alembic.config import Config

from evtimeline.store import schema
from evtimeline.store.engine import connect, writing


def downgrade(url: str, revision: str) -> None:
    """Take a database back to an older revision of its schema; what that does not know is lost."""
    engine = connect(url, foreign_keys=False)
    alembic = Config()
    alembic.set_main_option("script_location", str(schema.migrations_path()))
    with writing(engine) as connection:
        alembic.attributes["connection"] = connection
        command.downgrade(alembic, revision)
    engine.dispose()
