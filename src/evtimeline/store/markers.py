"""Small facts remembered by name, such as the last revision that `status` has shown."""

from sqlalchemy import Connection, select

from evtimeline.store import tables
from evtimeline.store.batches import insert_or_replace

STATUS_SHOWN = "status shown up to revision"
BACKED_UP = "backed up at"


def get(connection: Connection, name: str) -> str | None:
    """Read a marker; None where it was never put."""
    statement = select(tables.markers.c.value).where(tables.markers.c.name == name)
    return connection.execute(statement).scalar_one_or_none()


def put(connection: Connection, name: str, value: str) -> None:
    """Set a marker, whether or not it was there."""
    connection.execute(insert_or_replace(connection, tables.markers), [{"name": name, "value": value}])
