"""Settle milestones anew after their ledgers grew: what stands, and the changes nobody has been told of."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evtimeline.core.claims import Revision
from evtimeline.core.ledger import settle
from evtimeline.store import claims, milestones, revisions, standings
from evtimeline.store.milestones import StoredMilestone

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True)
class Moved:
    """A change in what stands for a milestone."""

    milestone: StoredMilestone
    revision: Revision


def settle_milestones(connection: "Connection", milestone_ids: Iterable[int]) -> tuple[Moved, ...]:
    """Fold the ledgers of these milestones, keep what stands, and return the changes that are new.

    Call it in the transaction that adds the claims or verdicts; `milestones.lock` first where others may settle too.
    """
    wanted = sorted(set(milestone_ids))
    stored = milestones.by_ids(connection, wanted)
    ledgers = claims.of_milestones(connection, wanted)
    decisions = claims.decisions_of_milestones(connection, wanted)
    moved: list[Moved] = []
    for number, milestone in stored.items():
        settlement = settle(milestone.milestone, ledgers[number], decisions[number])
        standings.save(connection, number, settlement.standing)
        new = revisions.add(connection, number, settlement.revisions)
        moved += [Moved(milestone, one.revision) for one in new]
    return tuple(moved)
