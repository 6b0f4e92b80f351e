"""The day that `--as-of` names, as people type it."""

from datetime import date

from evtimeline.core.phrases import parse_window
from evtimeline.errors import UsageError


def last_day(typed: str, today: date) -> date:
    """The last day of a date: 2025-05 means the end of May. Raises DateNotUnderstoodError or UsageError."""
    last = parse_window(typed, today).latest
    if last is None:
        raise UsageError(f"--as-of needs a day, such as {today}: {typed!r} has no last one")
    return last
