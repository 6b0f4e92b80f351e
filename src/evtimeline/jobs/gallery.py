"""What is shown of whole timelines, gathered as values: every story with its ledger, its changes and its makers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING

from evtimeline.core.charts import Lane, lane
from evtimeline.core.claims import Claim, Revision, Verdict
from evtimeline.core.milestones import Milestone, Timeline
from evtimeline.core.news import Followed
from evtimeline.core.status import status_of
from evtimeline.jobs.lanes import Days
from evtimeline.jobs.story import Story, ledger_of
from evtimeline.store import claims, revisions, standings, timelines
from evtimeline.store.standings import StoredStanding

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True)
class Gallery:
    """Timelines with the stories of their milestones, in the order of their files."""

    now: datetime
    timelines: tuple[Timeline, ...]
    stories: tuple[Story, ...]

    def timeline_of(self, story: Story) -> Timeline:
        """The timeline that a story is part of."""
        return next(one for one in self.timelines if one.key == story.stored.timeline_key)


def gather(connection: "Connection", now: datetime, timeline: str | None = None, whole: bool = True) -> Gallery:
    """Every followed milestone of one timeline (or of all) with its ledger and changes, in few queries.

    Not `whole`, the ledgers hold no more than the evidence on which what stands rests, without verdicts: enough for a
    calendar, and read in a moment. Raises UnknownKeyError for a timeline that there is not.
    """
    shown = (timelines.load(connection, timeline),) if timeline else timelines.load_all(connection)
    stored = standings.load_all(connection, timeline)
    numbers = [one.milestone.id for one in stored]
    ledgers = claims.of_milestones(connection, numbers) if whole else _evidence(connection, stored)
    decisions = claims.decisions_of_milestones(connection, numbers if whole else [])
    changes = _changes(connection, timeline)
    days = Days(now)
    told = tuple(
        Story(
            stored=one.milestone,
            now=now,
            status=status_of(one.standing, one.milestone.milestone, days[one.milestone.zone]),
            standing=one.standing,
            revisions=tuple(changes.get(one.milestone.id, ())),
            ledger=ledger_of(ledgers[one.milestone.id], decisions.get(one.milestone.id, ())),
        )
        for one in stored
    )
    return Gallery(now, shown, told)


def accepted(story: Story) -> tuple[Claim, ...]:
    """The claims of a story that count, in the order in which they were stated."""
    return tuple(said.claim for said in story.ledger if said.verdict is Verdict.ACCEPTED)


def followed(gallery: Gallery, story: Story) -> Followed:
    """The story's milestone as messages speak of it."""
    stored = story.stored
    return Followed(
        id=stored.id,
        timeline=stored.timeline_key,
        timeline_titles=gallery.timeline_of(story).titles,
        zone=stored.zone,
        milestone=stored.milestone,
        standing=story.standing,
        status=story.status,
        today=story.today,
    )


def lane_of(story: Story) -> Lane:
    """The story's milestone on the axis of time."""
    return lane(story.stored.timeline_key, story.stored.milestone, story.standing, story.status, story.today)


def makers_of(timeline: Timeline, milestone: Milestone) -> tuple[str, ...]:
    """Who promises a milestone, by the names that are shown: its parties, else its subject, else nobody."""
    names = {entity.key: entity.names.names[0] for entity in timeline.entities if entity.names.names}
    if milestone.parties:
        return tuple(names.get(party, party) for party in milestone.parties)
    subject = milestone.subject
    return (names.get(subject, subject),) if isinstance(subject, str) else ()


def _evidence(connection: "Connection", stored: Sequence[StoredStanding]) -> Mapping[int, Sequence[Claim]]:
    """Of each milestone the claim that holds what stands, and the last that was made."""
    kept = {one.milestone.id: (one.standing.holder, one.standing.last) for one in stored}
    numbers = {number: {said.claim_id for said in both if said} for number, both in kept.items()}
    found = claims.by_numbers(connection, chain.from_iterable(numbers.values()))
    return {number: [found[each].claim for each in sorted(ids) if each in found] for number, ids in numbers.items()}


def _changes(connection: "Connection", timeline: str | None) -> Mapping[int, list[Revision]]:
    found: dict[int, list[Revision]] = {}
    for stored in revisions.since(connection, 0, timeline):
        found.setdefault(stored.milestone_id, []).append(stored.revision)
    return found
