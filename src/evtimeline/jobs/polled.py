"""What a poll needs of the world, what it brought, and when its feed is due again."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from evtimeline.core.schedule import Next, Pace, next_poll
from evtimeline.feeds.catalogue import Feed
from evtimeline.feeds.fetch import FetchResult, Limits
from evtimeline.jobs.claiming import Due, own_name

if TYPE_CHECKING:  # what a round without news does not need takes a tenth of its time to import
    from sqlalchemy import Engine

    from evtimeline.feeds.parse import ParsedFeed
    from evtimeline.jobs.settling import Moved


@dataclass(frozen=True)
class World:
    """What a poll needs of the outside: the database, the clock (aware UTC), and the manners of fetching.

    `least` is the shortest time between two polls of a feed. Without `keep` it is a rehearsal: nothing is stored. With
    `backlog` what a feed's first poll brings is news, too, however old it is. `holder` is the name under which feeds
    are claimed: no other process has it, nor another round at the same time.
    """

    engine: "Engine"
    clock: Callable[[], datetime]
    agent: str
    limits: Limits = field(default_factory=Limits)
    least: timedelta = timedelta()
    keep: bool = True
    backlog: bool = False
    holder: str = field(default_factory=own_name)

    def interval(self, feed: Feed) -> timedelta:
        """The shortest time between two polls of this feed."""
        return max(feed.interval, self.least)


@dataclass(frozen=True)
class Polled:
    """What polling one feed brought; `error` is the sentence that says why it brought nothing.

    `lost`: another process has polled the feed meanwhile, and what this one found was given up. With `in_doubt` the
    database failed as well, and may have stored it before it could say so.
    """

    feed: Feed
    new_entries: int = 0
    accepted: int = 0
    pending: int = 0
    moved: "tuple[Moved, ...]" = ()
    unchanged: bool = False
    error: str | None = None
    warnings: tuple[str, ...] = ()
    lost: bool = False
    in_doubt: bool = False


@dataclass(frozen=True)
class Arrived:
    """A feed whose answer has come; `body_hash` is that of its body, if any."""

    due: Due
    result: FetchResult
    body_hash: str | None = None

    @property
    def moved_to(self) -> str | None:
        """Where the feed has moved for good: as it says now, or said when we were sent to where we asked."""
        asked = self.result.request.url
        return self.result.moved_to or (asked if asked != self.due.feed.url else None)

    def next_poll(self, world: World, now: datetime, habit: timedelta | None, asked: int | None) -> Next:
        """When the feed is due again; `asked` is what it asks for, in seconds."""
        state, result = self.due.state, self.result
        since = state.new_entry_at or state.first_polled_at or now
        pace = Pace(
            interval=world.interval(self.due.feed),
            habit=habit,
            silent=max(now - since, timedelta()),
            asked=_seconds(asked),
            fresh=_seconds(result.fresh_for),
            retry_after=_seconds(result.retry_after),
        )
        return next_poll(now, pace, url=self.due.feed.url)


@dataclass(frozen=True)
class Brought:
    """A feed whose answer has been parsed."""

    arrived: Arrived
    parsed: "ParsedFeed"


def _seconds(number: int | None) -> timedelta | None:
    return None if number is None else timedelta(seconds=number)
