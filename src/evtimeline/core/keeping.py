"""How long is kept what nothing refers to; the ledger is kept for ever."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Keep:
    """How long the texts of entries without claims, and the bodies of messages, are kept; None: for ever."""

    entries: timedelta | None = timedelta(days=180)
    messages: timedelta | None = timedelta(days=365)
