"""Column types and column groups that the tables share: instants in UTC, and windows as five columns."""

from datetime import UTC, date, datetime

from sqlalchemy import Column, Date, DateTime, Dialect, RowMapping, Text
from sqlalchemy.types import TypeDecorator

from evtimeline.core.windows import Precision, Qualifier, Window

WindowCell = date | str | None
"""What one of the columns of a window may hold."""


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant, on every database; a naive datetime is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware instant into what the database keeps; SQLite keeps UTC without its zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"an instant needs a time zone: {value.isoformat()}")
        instant = value.astimezone(UTC)
        return instant.replace(tzinfo=None) if dialect.name == "sqlite" else instant

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Turn what the database kept into an aware UTC instant."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def window_columns(prefix: str) -> tuple[Column[date], Column[date], Column[str], Column[str], Column[str]]:
    """Make the five nullable columns that hold a window; all are NULL when there is none."""
    return (
        Column(f"{prefix}_earliest", Date),
        Column(f"{prefix}_latest", Date),
        Column(f"{prefix}_precision", Text),
        Column(f"{prefix}_qualifier", Text),
        Column(f"{prefix}_edtf", Text),
    )


def window_cells(prefix: str, window: Window | None) -> dict[str, WindowCell]:
    """Spread a window over its columns; the EDTF text stands beside for people who read the table itself."""
    if window is None:
        return dict.fromkeys(f"{prefix}_{part}" for part in ("earliest", "latest", "precision", "qualifier", "edtf"))
    return {
        f"{prefix}_earliest": window.earliest,
        f"{prefix}_latest": window.latest,
        f"{prefix}_precision": window.precision.value,
        f"{prefix}_qualifier": window.qualifier.value if window.qualifier else None,
        f"{prefix}_edtf": window.edtf,
    }


def window_in(row: RowMapping, prefix: str) -> Window | None:
    """Read the window of a row back from its columns; None where there is none."""
    precision = row[f"{prefix}_precision"]
    if precision is None:
        return None
    qualifier = row[f"{prefix}_qualifier"]
    return Window(
        row[f"{prefix}_earliest"],
        row[f"{prefix}_latest"],
        Precision(precision),
        Qualifier(qualifier) if qualifier else None,
    )
