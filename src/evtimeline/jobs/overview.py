"""What `evtimeline status` tells, gathered as values: rows, what has changed, and which feeds are broken."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from evtimeline.core.claims import Claim, Revision
from evtimeline.core.milestones import Milestone
from evtimeline.core.standing import Standing
from evtimeline.core.status import MilestoneStatus, is_old_news, status_of
from evtimeline.core.windows import Window
from evtimeline.errors import DocumentError
from evtimeline.store import alarms, claims, feeds, markers, milestones, revisions, standings, timelines
from evtimeline.store.alarms import NOTHING_WRONG, Alarms
from evtimeline.store.engine import reading, writing
from evtimeline.store.feeds import FeedState
from evtimeline.store.milestones import StoredMilestone

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

MOST_CHANGES = 50
SHOWN_AT = "status shown at"


@dataclass(frozen=True)
class Row:
    """One milestone with what stands and its status on the day."""

    stored: StoredMilestone
    standing: Standing
    status: MilestoneStatus

    @property
    def milestone(self) -> Milestone:
        """The milestone itself."""
        return self.stored.milestone


@dataclass(frozen=True)
class Change:
    """What has changed for one milestone since `status` was last shown; `cause` is the newest revision's claim."""

    stored: StoredMilestone
    revisions: tuple[Revision, ...]
    cause: Claim

    @property
    def old(self) -> Window | None:
        """The window that stood before the first of the changes."""
        return self.revisions[0].old

    @property
    def new(self) -> Window | None:
        """The window that stands after the last of them."""
        return self.revisions[-1].new

    @property
    def kinds(self) -> tuple[str, ...]:
        """What happened, each kind once, in order."""
        return tuple(dict.fromkeys(revision.kind.value for revision in self.revisions))


@dataclass(frozen=True)
class BrokenFeed:
    """A feed whose last poll failed, with the sentence that says why; `url` is the address as it may be shown."""

    url: str
    title: str
    state: str
    error: str
    succeeded_at: datetime | None


@dataclass(frozen=True)
class Overview:
    """Everything on the screen.

    `hidden` counts rows that only `--all` shows, `shown_to` is the newest revision, `marked` the one that was the
    newest when `status` was last shown, and `changed_since` the time of that.
    """

    now: datetime
    rows: tuple[Row, ...]
    as_of: date | None = None
    hidden: int = 0
    changes: tuple[Change, ...] = ()
    more_changes: int = 0
    changed_since: datetime | None = None
    broken: tuple[BrokenFeed, ...] = ()
    alarms: Alarms = NOTHING_WRONG
    polled_at: datetime | None = None
    pending: int = 0
    shown_to: int = 0
    marked: int = 0


def gather(engine: "Engine", catalogue: Path, now: datetime, timeline: str | None, everything: bool) -> Overview:
    """Read the present state: one query for all that stands, none of it folded.

    `catalogue` is feeds.yaml. Raises UnknownKeyError for a timeline that there is not, StoreError.
    """
    with reading(engine) as connection:
        _know(connection, timeline)
        stored = standings.load_all(connection, timeline)
        rows = _rows([(one.milestone, one.standing) for one in stored], now)
        marked = int(markers.get(connection, markers.STATUS_SHOWN) or 0)
        changes, more = _changes(connection, timeline, marked)
        seen = markers.get(connection, SHOWN_AT)
        states = feeds.states(connection)
        newest = revisions.last_id(connection)
        wrong = alarms.read(connection, now)
    shown = rows if everything else tuple(row for row in rows if not is_old_news(row.standing, now))
    return Overview(
        now=now,
        rows=shown,
        hidden=len(rows) - len(shown),
        changes=changes,
        more_changes=more,
        changed_since=datetime.fromisoformat(seen) if seen else None,
        broken=_broken(catalogue, states),
        alarms=wrong,
        polled_at=max((state.attempted_at for state in states.values() if state.attempted_at), default=None),
        pending=sum(row.standing.pending for row in rows),
        shown_to=newest,
        marked=marked,
    )


def gather_as_of(engine: "Engine", now: datetime, timeline: str | None, day: date) -> Overview:
    """Fold every ledger up to the end of a day, and say what the status was then."""
    from evtimeline.core.ledger import settle  # the present state needs no folding

    with reading(engine) as connection:
        _know(connection, timeline)
        known = milestones.load(connection, timeline)
        ledgers = claims.of_milestones(connection, [stored.id for stored in known])
        verdicts = claims.decisions_of_milestones(connection, [stored.id for stored in known])
    folded = [(stored, settle(stored.milestone, ledgers[stored.id], verdicts[stored.id], day)) for stored in known]
    pairs = [(stored, settlement.standing) for stored, settlement in folded if settlement.standing.claims]
    rows = _sorted(Row(stored, standing, status_of(standing, stored.milestone, day)) for stored, standing in pairs)
    return Overview(now=now, rows=rows, as_of=day, pending=sum(row.standing.pending for row in rows))


def remember(engine: "Engine", overview: Overview) -> None:
    """Keep that this much was shown, so that the next `status` tells what is newer; raises StoreError."""
    if overview.shown_to == overview.marked and overview.changed_since:
        return
    with writing(engine, durable=False) as connection:
        markers.put(connection, markers.STATUS_SHOWN, str(overview.shown_to))
        markers.put(connection, SHOWN_AT, overview.now.isoformat())


def _know(connection: "Connection", timeline: str | None) -> None:
    if timeline is not None:
        timelines.load(connection, timeline)


def _rows(pairs: Iterable[tuple[StoredMilestone, Standing]], now: datetime) -> tuple[Row, ...]:
    days: dict[str, date] = {}
    rows = []
    for stored, standing in pairs:
        today = days.get(stored.zone) or days.setdefault(stored.zone, now.astimezone(ZoneInfo(stored.zone)).date())
        rows.append(Row(stored, standing, status_of(standing, stored.milestone, today)))
    return _sorted(rows)


def _sorted(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(sorted(rows, key=lambda row: row.status.attention))


def _changes(connection: "Connection", timeline: str | None, marked: int) -> tuple[tuple[Change, ...], int]:
    """The milestones that have changed, the last changed first, and how many more there are."""
    found: dict[int, list[Revision]] = {}
    for stored in revisions.since(connection, marked, timeline, backfill=False):
        found[stored.milestone_id] = [*found.pop(stored.milestone_id, []), stored.revision]
    newest = list(reversed(found.items()))
    known = milestones.by_ids(connection, [number for number, _ in newest[:MOST_CHANGES]])
    changes = (
        Change(known[number], tuple(kept), claims.get(connection, kept[-1].claim_id).claim)
        for number, kept in newest[:MOST_CHANGES]
    )
    return tuple(changes), max(0, len(newest) - MOST_CHANGES)


def _broken(catalogue: Path, states: Mapping[str, FeedState]) -> tuple[BrokenFeed, ...]:
    """The feeds of the catalogue that fail; the catalogue is read only where some feed does."""
    failing = {url: state for url, state in states.items() if state.error}
    if not failing:
        return ()
    from evtimeline.feeds.catalogue import load_catalogue
    from evtimeline.feeds.urls import masked, shown

    try:
        followed = load_catalogue(catalogue)
    except DocumentError as error:
        first = error.problems[0]
        where = f"line {first.line}: " if first.line else ""
        return (BrokenFeed("", catalogue.name, "unreadable", where + masked(first.message), None),)
    return tuple(
        BrokenFeed(shown(feed.url), feed.name, state.state, state.error or "", state.succeeded_at)
        for feed in followed
        if feed.enabled and (state := failing.get(feed.url))
    )
