"""Up to where the ledger can be told: numbers are handed out before they are committed, and not in that order."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, text

from evtimeline.store import claims, revisions
from evtimeline.store.subscriptions import Cursor


@dataclass(frozen=True)
class Horizon:
    """The newest revision and claim up to which every number is there to be read, and stays as it is."""

    revision_id: int
    claim_id: int


@dataclass(frozen=True)
class Untold:
    """What a subscription has not been told: behind its cursor, up to the horizon."""

    after: Cursor
    until: Horizon

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it, perhaps because somebody who saw farther has told it."""
        return self.until.revision_id <= self.after.revision_id and self.until.claim_id <= self.after.claim_id

    def end(self, period_end: datetime) -> Cursor:
        """The cursor of a subscription that was told all of it; it never goes back."""
        revision_id = max(self.after.revision_id, self.until.revision_id)
        return Cursor(revision_id, max(self.after.claim_id, self.until.claim_id), period_end)


def find(connection: Connection) -> Horizon:
    """Wait for every transaction that adds claims or revisions, and read how far they have come.

    Whoever remembered the newest number that he happens to see would miss earlier ones that are committed later.
    Others wait meanwhile, so end the transaction at once. On SQLite writers come one after another anyway. Claims
    are locked first, as in the transactions that are waited for.
    """
    if connection.dialect.name != "sqlite":
        connection.execute(text("LOCK TABLE claims, revisions IN SHARE MODE"))
    return Horizon(revisions.last_id(connection), claims.last_id(connection))
