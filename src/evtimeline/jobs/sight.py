"""What a round of composing sees alike for everybody, read once for all of its subscriptions."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from evtimeline.core.news import Followed
from evtimeline.core.subscriptions import Cadence, Silence, Subscription
from evtimeline.core.troubles import Trouble
from evtimeline.jobs.following import follow, follow_all
from evtimeline.jobs.troubles import find_troubles
from evtimeline.store import horizons, revisions, silences, subscriptions
from evtimeline.store.engine import reading
from evtimeline.store.horizons import Horizon
from evtimeline.store.revisions import StoredRevision

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine


@dataclass(frozen=True)
class Sight:
    """How far the ledger can be told, and what there is to tell.

    `changes` are those up to the horizon that somebody has not been told, in the order of their numbers. `followed`
    are the milestones by their numbers: all of them where there is a digest to be made, else those that changed.
    """

    horizon: Horizon
    followed: Mapping[int, Followed]
    changes: Sequence[StoredRevision] = ()
    silences: Sequence[Silence] = ()
    troubles: tuple[Trouble, ...] = ()

    def since(self, revision_id: int) -> Sequence[StoredRevision]:
        """The changes behind a revision."""
        return self.changes[bisect_right(self.changes, revision_id, key=lambda one: one.id) :]

    @property
    def changed(self) -> tuple[Followed, ...]:
        """The milestones that changed."""
        numbers = dict.fromkeys(one.milestone_id for one in self.changes)
        return tuple(self.followed[number] for number in numbers if number in self.followed)


def look(engine: "Engine", catalogue: Path, due: Sequence[Subscription], now: datetime) -> Sight:
    """Look once for these subscriptions; `catalogue` is feeds.yaml."""
    with reading(engine) as connection:
        horizon = horizons.find(connection)
    with reading(engine) as connection:  # another transaction, for pollers wait for the one above
        cursors = subscriptions.cursors(connection)
        told = min((cursors[one.id].revision_id for one in due if one.id in cursors), default=horizon.revision_id)
        changes = revisions.since(connection, told, backfill=False, until=horizon.revision_id)
        if any(one.cadence is not Cadence.INSTANT for one in due):
            return survey(connection, catalogue, now, horizon, changes)
        return Sight(horizon, follow(connection, {one.milestone_id for one in changes}, now), changes)


def survey(
    connection: "Connection", catalogue: Path, now: datetime, horizon: Horizon, changes: Sequence[StoredRevision] = ()
) -> Sight:
    """See everything that a digest may say."""
    return Sight(
        horizon,
        follow_all(connection, now),
        changes,
        silences.load(connection),
        find_troubles(connection, catalogue, now),
    )
