"""What `evtimeline show` tells of one milestone, gathered as values: what stands, the changes, and every claim."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from evtimeline.core.claims import Claim, Revision, Verdict
from evtimeline.core.ledger import settle
from evtimeline.core.said import Said, ledger_of
from evtimeline.core.standing import Standing
from evtimeline.core.status import MilestoneStatus, status_of
from evtimeline.core.stories import Story as Event
from evtimeline.core.stories import Telling, stories
from evtimeline.errors import UnknownKeyError
from evtimeline.store import claims, milestones, revisions, standings
from evtimeline.store.milestones import StoredMilestone

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["Said", "Story", "find", "ledger_of", "tell"]


@dataclass(frozen=True)
class Story:
    """One milestone: its status, what stands, the changes in the order of learning, the claims in that of stating.

    `events` are the claims that were not rejected, grouped by the event that they tell.
    """

    stored: StoredMilestone
    now: datetime
    status: MilestoneStatus
    standing: Standing
    revisions: tuple[Revision, ...]
    ledger: tuple[Said, ...]
    as_of: date | None = None
    events: tuple[Event, ...] = ()

    @property
    def today(self) -> date:
        """The day that it is in the zone of its timeline, or the day as of which it is told."""
        return self.as_of or self.now.astimezone(ZoneInfo(self.stored.zone)).date()

    @cached_property
    def told(self) -> Mapping[int, tuple[Event, Telling]]:
        """Maps the numbers of claims to the events that they tell."""
        return {one.claim.id: (event, one) for event in self.events for one in event.tellings}

    def claim(self, number: int) -> Claim | None:
        """The claim of that number."""
        return next((said.claim for said in self.ledger if said.claim.id == number), None)


def find(connection: "Connection", typed: str) -> StoredMilestone:
    """The milestone of that key, or the only one whose key or title contains what was typed.

    Raises UnknownKeyError with the nearest name, or with those that it may be.
    """
    try:
        return milestones.find(connection, typed)
    except UnknownKeyError:
        near = [stored for stored in milestones.load(connection) if _contains(stored, typed)]
        if not near:
            raise
    if len(near) > 1:
        names = ", ".join("/".join(stored.ref) for stored in near[:5]) + (", ..." if len(near) > 5 else "")
        raise UnknownKeyError(f"{typed} may be {len(near)} milestones, write the key of one: {names}")
    return near[0]


def tell(connection: "Connection", stored: StoredMilestone, now: datetime, as_of: date | None) -> Story:
    """Read the ledger of one milestone, all of it or what was known at the end of a day."""
    said = claims.of_milestone(connection, stored.id)
    decisions = claims.decisions_of(connection, stored.id)
    if as_of is None:
        standing = standings.load(connection, stored.id)
        changed = tuple(one.revision for one in revisions.of_milestone(connection, stored.id))
    else:
        settlement = settle(stored.milestone, said, decisions, as_of)
        standing, changed = settlement.standing, settlement.revisions
        said = tuple(claim for claim in said if claim.learned_at.astimezone(UTC).date() <= as_of)
        decisions = tuple(one for one in decisions if one.decided_at.astimezone(UTC).date() <= as_of)
    today = as_of or now.astimezone(ZoneInfo(stored.zone)).date()
    ledger = ledger_of(said, decisions)
    return Story(
        stored=stored,
        now=now,
        status=status_of(standing, stored.milestone, today),
        standing=standing,
        revisions=changed,
        ledger=ledger,
        as_of=as_of,
        events=stories(one.claim for one in ledger if one.verdict is not Verdict.REJECTED),
    )


def _contains(stored: StoredMilestone, typed: str) -> bool:
    wanted = typed.casefold()
    return any(wanted in name.casefold() for name in (stored.milestone.key, *stored.milestone.titles.values()))
