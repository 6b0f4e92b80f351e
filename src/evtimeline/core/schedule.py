"""When a feed is polled next, and how it fares; a feed is never given up, only asked less often."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zlib import crc32

DAY = timedelta(days=1)
LONGEST_ASKED = timedelta(hours=6)
STRETCH = 6  # intervals that a feed may wait for its habit
POLLS_A_GAP = 12
POLLS_A_SILENCE = 4
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


class Why(StrEnum):
    """Why a feed is polled when it is."""

    INTERVAL = "interval"  # as feeds.yaml says
    HABIT = "habit"  # it rarely brings something
    ASKED = "asked"  # it asks to be left alone for so long
    FRESH = "fresh"  # its last answer stays fresh for so long
    DEMANDED = "demanded"  # its server says when
    FAILING = "failing"


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


def learned(habit: timedelta | None, since: timedelta | None, new_entries: int) -> timedelta | None:
    """The usual gap after a poll brought `new_entries` in the time `since` the last that brought any.

    Each such poll moves a known habit by a quarter of the way to what was seen.
    """
    if not new_entries or since is None or since <= timedelta():
        return habit
    seen = since / new_entries
    return seen if habit is None else habit + (seen - habit) / 4


@dataclass(frozen=True)
class Pace:
    """What decides how soon a feed is polled again after it has answered.

    `interval` is the user's. `habit` is the usual gap between entries, `silent` the time since the last new one.
    `asked` is what the feed asks for (ttl, sy:updatePeriod), `fresh` how long the answer stays fresh (Cache-Control,
    Expires), `retry_after` what the server demands.
    """

    interval: timedelta
    habit: timedelta | None = None
    silent: timedelta = timedelta()
    asked: timedelta | None = None
    fresh: timedelta | None = None
    retry_after: timedelta | None = None


@dataclass(frozen=True)
class Next:
    """When a feed is polled next, and what decided that."""

    at: datetime
    why: Why


def next_poll(now: datetime, pace: Pace, *, url: str) -> Next:
    """When to poll after a success: after the user's interval, or later where that costs nobody anything.

    A feed that rarely brings something waits for a twelfth of its usual gap, up to six intervals and up to a day; one
    that asks for patience, up to six hours. The delay is stretched by up to a tenth, differently for each address, so
    that feeds do not stay bunched up. Never sooner than the server demands, up to a day.
    """
    none = timedelta()
    waits = (
        (pace.interval, Why.INTERVAL),
        (_leisure(pace), Why.HABIT),
        (min(pace.asked or none, LONGEST_ASKED), Why.ASKED),
        (min(pace.fresh or none, LONGEST_ASKED), Why.FRESH),
    )
    delay, why = max(waits, key=lambda wait: wait[0])  # of equal ones the first
    delay, demanded = _jittered(delay, url, 0), min(pace.retry_after or none, DAY)
    return Next(now + demanded, Why.DEMANDED) if demanded > delay else Next(now + delay, why)


def _leisure(pace: Pace) -> timedelta:
    """How long a feed can be left alone by its habit; a long silence makes a new habit, whatever it was before."""
    gap = max(pace.habit or timedelta(), pace.silent / POLLS_A_SILENCE)
    return min(gap / POLLS_A_GAP, STRETCH * pace.interval, DAY)


def next_try(
    now: datetime, interval: timedelta, *, url: str, failures: int, retry_after: int | None = None, gone: bool = False
) -> Next:
    """When to poll after the `failures`-th failure in a row: twice as late each time, up to a day (`gone`: a day).

    `retry_after` is what the server asked for, in seconds; it is kept to, up to a day.
    """
    longest = max(interval, DAY)
    delay = longest if gone else min(interval * 2 ** min(max(failures, 1), 16), longest)
    delay, demanded = _jittered(delay, url, failures), timedelta(seconds=min(max(retry_after or 0, 0), 86_400))
    return Next(now + demanded, Why.DEMANDED) if demanded > delay else Next(now + delay, Why.FAILING)


def failure_state(status: int | None, failures: int, *, parsed: bool) -> Health:
    """What a failed poll makes of a feed: `status` is the HTTP status, `parsed` that an answer came and was no feed.

    410 means gone at once, 404 when it has been the answer for long.
    """
    if parsed:
        return Health.NOT_A_FEED
    return Health.GONE if status == 410 or (status == 404 and failures >= 5) else Health.FAILING


def _jittered(delay: timedelta, url: str, salt: int) -> timedelta:
    return delay * (1 + crc32(f"{url} {salt}".encode("utf-8", "replace")) % 1000 / 10_000)
