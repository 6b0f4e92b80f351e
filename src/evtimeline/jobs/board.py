"""What a report tells, read from the store and drawn: the present state, or what was known at the end of a day."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from evtimeline.core.board import draw_board
from evtimeline.core.ledger import settle
from evtimeline.core.said import ledger_of
from evtimeline.core.status import status_of
from evtimeline.core.storyboard import Asked, Storyboard, Told
from evtimeline.jobs.gallery import Gallery, gather, makers_of
from evtimeline.jobs.story import Story
from evtimeline.store import claims, milestones, timelines
from evtimeline.store.engine import reading

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine


def gather_board(
    engine: "Engine", now: datetime, language: str, timeline: str | None = None, as_of: date | None = None
) -> Storyboard:
    """Read one timeline (or all) and draw its report.

    Raises UnknownKeyError for a timeline that there is not, StoreError.
    """
    with reading(engine) as connection:
        gallery = gather_as_of(connection, now, as_of, timeline) if as_of else gather(connection, now, timeline)
    told = {story.stored.timeline_key for story in gallery.stories}
    shown = tuple(one for one in gallery.timelines if one.key in told) or gallery.timelines
    zone = ZoneInfo(shown[0].zone) if shown else UTC
    asked = Asked(tuple((one.key, one.titles) for one in shown), now.astimezone(zone), language, as_of)
    return draw_board(asked, [_told(gallery, story) for story in gallery.stories])


def gather_as_of(connection: "Connection", now: datetime, day: date, timeline: str | None = None) -> Gallery:
    """Fold every ledger up to the end of a day, by what was known then; milestones not known yet are left out."""
    shown = (timelines.load(connection, timeline),) if timeline else timelines.load_all(connection)
    known = milestones.load(connection, timeline)
    numbers = [stored.id for stored in known]
    ledgers = claims.of_milestones(connection, numbers)
    decisions = claims.decisions_of_milestones(connection, numbers)
    stories = []
    for stored in known:
        said = tuple(one for one in ledgers[stored.id] if _day(one.learned_at) <= day)
        decided = tuple(one for one in decisions[stored.id] if _day(one.decided_at) <= day)
        settlement = settle(stored.milestone, said, decided, day)
        standing = settlement.standing
        if standing.claims:
            status = status_of(standing, stored.milestone, day)
            ledger = ledger_of(said, decided)
            stories.append(Story(stored, now, status, standing, settlement.revisions, ledger, day))
    return Gallery(now, shown, tuple(stories))


def _day(moment: datetime) -> date:
    return moment.astimezone(UTC).date()


def _told(gallery: Gallery, story: Story) -> Told:
    stored = story.stored
    return Told(
        timeline=stored.timeline_key,
        milestone=stored.milestone,
        standing=story.standing,
        status=story.status,
        ledger=story.ledger,
        revisions=story.revisions,
        makers=makers_of(gallery.timeline_of(story), stored.milestone),
        today=story.today,
    )
