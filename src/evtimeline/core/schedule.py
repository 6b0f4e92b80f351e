"""When a feed is polled next, and how it fares; a feed is never given up, only asked less often."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zlib import crc32

DAY = timedelta(days=1)
LONGEST_TTL = timedelta(hours=6)
QUIET_AFTER = timedelta(days=3)  # no feed is called quiet before
QUIET_HABITS = 5  # nothing new for so many of its usual gaps
USUAL_HABIT = timedelta(days=7)  # of a feed whose habit is not known


class Health(StrEnum):
    """How a feed fares."""

    NEW = "new"  # never polled
    OK = "ok"
    FAILING = "failing"
    GONE = "gone"  # the server says that it is no more
    NOT_A_FEED = "not a feed"
    QUIET = "quiet"  # answers, but brings nothing new for far longer than its habit


@dataclass(frozen=True)
class PollHistory:
    """What is remembered of a feed's polls; instants are aware UTC. `state` is that of the last poll."""

    state: str = Health.NEW
    first_polled_at: datetime | None = None
    new_entry_at: datetime | None = None
    habit: timedelta | None = None  # the usual gap between its entries


def health(history: PollHistory, now: datetime) -> Health:
    """How a feed fares at `now`; a habit that is not known counts as a week."""
    state = Health(history.state)
    since = history.new_entry_at or history.first_polled_at
    if state is not Health.OK or since is None:
        return state
    patience = max(QUIET_AFTER, QUIET_HABITS * (history.habit or USUAL_HABIT))
    return Health.QUIET if now - since > patience else Health.OK


def habit_of(published: Iterable[datetime | None]) -> timedelta | None:
    """The usual gap between a feed's entries, by its twenty newest dated ones; None when fewer than three are dated."""
    newest = sorted({one for one in published if one is not None}, reverse=True)[:20]
    return (newest[0] - newest[-1]) / (len(newest) - 1) if len(newest) >= 3 else None


def next_due(now: datetime, interval: timedelta, *, url: str, ttl_minutes: int | None = None) -> datetime:
    """When to poll after a success: after the interval, or later if the feed itself asks for it (six hours at most).

    The delay is stretched by up to a tenth, differently for each address, so that feeds do not stay bunched up.
    """
    asked = min(timedelta(minutes=ttl_minutes), LONGEST_TTL) if ttl_minutes else timedelta()
    return now + _jittered(max(interval, asked), url, 0)


def failure_due(
    now: datetime, interval: timedelta, *, url: str, failures: int, retry_after: int | None = None, gone: bool = False
) -> datetime:
    """When to poll after the `failures`-th failure in a row: twice as late each time, up to a day (`gone`: a day).

    `retry_after` is what the server asked for, in seconds; it is kept to, up to a day.
    """
    longest = max(interval, DAY)
    delay = longest if gone else min(interval * 2 ** min(max(failures, 1), 16), longest)
    asked = min(timedelta(seconds=min(max(retry_after or 0, 0), 86_400)), DAY)
    return now + max(_jittered(delay, url, failures), asked)


def failure_state(status: int | None, failures: int, *, parsed: bool) -> Health:
    """What a failed poll makes of a feed: `status` is the HTTP status, `parsed` that an answer came and was no feed.

    410 means gone at once, 404 when it has been the answer for long.
    """
    if parsed:
        return Health.NOT_A_FEED
    return Health.GONE if status == 410 or (status == 404 and failures >= 5) else Health.FAILING


def _jittered(delay: timedelta, url: str, salt: int) -> timedelta:
    return delay * (1 + crc32(f"{url} {salt}".encode("utf-8", "replace")) % 1000 / 10_000)
