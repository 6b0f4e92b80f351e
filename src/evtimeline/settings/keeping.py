"""The settings of what is kept how long."""

from datetime import timedelta

from evtimeline.core.keeping import Keep
from evtimeline.settings.source import Source

LONGEST = 36_500


def read_keep(source: Source) -> Keep:
    """Read [keep], in days, 0 for ever; what is wrong is noted in the source."""
    usual = Keep()
    return Keep(_days(source, "keep.entries", usual.entries), _days(source, "keep.messages", usual.messages))


def _days(source: Source, name: str, usual: timedelta | None) -> timedelta | None:
    days = source.number(name, usual.days if usual else 0, 0, LONGEST)
    return timedelta(days=days) if days else None
