"""What is remembered of each feed between polls; which feeds there are stands in feeds.yaml."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    CursorResult,
    RowMapping,
    bindparam,
    case,
    func,
    select,
    update,
)

from evtimeline.store import tables
from evtimeline.store.batches import CHUNK, chunks, insert_new

FREE: Mapping[str, None] = {"leased_by": None, "leased_until": None}
"""The columns of a feed that nobody polls."""


_LEARNED = ("due_at", "etag", "last_modified", "body_hash", "moved_to", "marks", "asked", "due_why")


class LeaseLostError(Exception):
    """Another holder polls the feed, or has polled it: what this one brings is void, and no failure."""


@dataclass(frozen=True)
class FeedState:
    """The state of one feed; instants are aware UTC, `interval` and `asked` are in seconds.

    `state` is "new" before the first poll, then "ok", "failing" or what the poll found ("gone", "not a feed").
    `failures` counts those in a row. `moved_to` is where the last answer came from by permanent redirects alone,
    `moved_count` how often in a row. `marks` name the items of the last document, `due_why` says why it is due then.
    """

    id: int
    url: str
    title: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    first_polled_at: datetime | None = None
    attempted_at: datetime | None = None
    succeeded_at: datetime | None = None
    new_entry_at: datetime | None = None
    due_at: datetime | None = None
    failures: int = 0
    error: str | None = None
    state: str = "new"
    moved_to: str | None = None
    moved_count: int = 0
    entries_count: int = 0
    interval: int | None = None
    retry_after_until: datetime | None = None
    leased_by: str | None = None
    leased_until: datetime | None = None
    listed: bool = False
    marks: str | None = None
    asked: int | None = None
    due_why: str | None = None


@dataclass(frozen=True)
class Success:
    """A poll that brought a whole, parsed document; the validators are those of exactly this document.

    `new_entries` is how many entries were stored now. `interval`, in seconds, None to keep what was learned; `asked`,
    in seconds, is what the document asks for. `marks` name its items.
    """

    due_at: datetime
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    title: str | None = None
    new_entries: int = 0
    interval: int | None = None
    moved_to: str | None = None
    marks: str | None = None
    asked: int | None = None
    due_why: str | None = None


@dataclass(frozen=True)
class Unchanged:
    """A poll that was answered "nothing new": 304, or the same body as before.

    `moved_to` is where permanent redirects led to that answer, None to keep what is known.
    """

    feed_id: int
    due_at: datetime
    interval: int | None = None
    moved_to: str | None = None
    due_why: str | None = None


@dataclass(frozen=True)
class Failure:
    """A poll that failed; `error` is the sentence shown, `state` "failing", "gone" or "not a feed"."""

    error: str
    due_at: datetime
    state: str = "failing"
    retry_after_until: datetime | None = None
    due_why: str | None = None


def ensure(connection: Connection, urls: Iterable[str]) -> Mapping[str, FeedState]:
    """Make a row for every address that has none, due at once, and return the states by address."""
    wanted = list(dict.fromkeys(urls))
    add_missing(connection, wanted)
    return _by_urls(connection, wanted)


def add_missing(connection: Connection, urls: Iterable[str]) -> None:
    """Make a row for every address that has none, due at once."""
    missing = dict.fromkeys(urls)
    for part in chunks(list(missing)):
        for url in connection.execute(select(tables.feeds.c.url).where(tables.feeds.c.url.in_(part))).scalars():
            missing.pop(url, None)
    if missing:
        connection.execute(insert_new(connection, tables.feeds), [{"url": url} for url in missing])


def states(connection: Connection, urls: Iterable[str] | None = None) -> Mapping[str, FeedState]:
    """Read the states by address: of `urls` as far as they are known, or of all feeds ever polled."""
    if urls is not None:
        return _by_urls(connection, list(dict.fromkeys(urls)))
    rows = connection.execute(select(tables.feeds).order_by(tables.feeds.c.id)).mappings()
    return {row["url"]: state_in(row) for row in rows}


def sync(connection: Connection, urls: Collection[str], now: datetime) -> None:
    """Make the listed feeds those of `urls`, in writes of what has changed; a feed that is new here is due at once.

    What is no longer listed keeps its state and is polled no more.
    """
    columns = tables.feeds.c
    wanted = dict.fromkeys(urls)
    joined: list[int] = []
    left: list[int] = []
    known = select(columns.id, columns.url, columns.listed).order_by(columns.id)
    for number, url, listed in connection.execute(known, execution_options={"yield_per": CHUNK}):
        if (url in wanted) != listed:
            (left if listed else joined).append(number)
        wanted.pop(url, None)
    for numbers, listed in ((joined, True), (left, False)):
        statement = update(tables.feeds).values(listed=listed, due_at=func.coalesce(columns.due_at, _instant(now)))
        for part in chunks(numbers):
            connection.execute(statement.where(columns.id.in_(part)))
    for urls_left in chunks(list(wanted)):
        new = [{"url": url, "listed": True, "due_at": now} for url in urls_left]
        connection.execute(insert_new(connection, tables.feeds), new)


def record_success(
    connection: Connection, feed_id: int, success: Success, now: datetime, holder: str | None = None
) -> None:
    """Keep what a poll with a new document taught; in the transaction that stores its entries.

    With `holder`, only while it still holds the feed's lease, which ends: raises LeaseLostError, so that the
    transaction comes to nothing.
    """
    record_successes(connection, {feed_id: success}, now, holder)


def record_successes(
    connection: Connection, successes: Mapping[int, Success], now: datetime, holder: str | None = None
) -> None:
    """Keep the same of many feeds by their numbers, in one statement; raises LeaseLostError where one is lost."""
    columns = tables.feeds.c
    values = {name: bindparam(f"new_{name}", type_=columns[name].type) for name in _LEARNED}
    again = (columns.moved_to == values["moved_to"], columns.moved_count + 1)
    moved = (values["moved_to"].is_not(None), 1)
    brought = bindparam("brought", type_=columns.entries_count.type)
    statement = (
        update(tables.feeds)
        .where(columns.id == bindparam("number"), *_held(holder))
        .values(
            **_alive(now, None) | values,
            title=func.coalesce(bindparam("new_title", type_=columns.title.type), columns.title),
            first_polled_at=func.coalesce(columns.first_polled_at, _instant(now)),
            new_entry_at=case((brought > 0, _instant(now)), else_=columns.new_entry_at),
            entries_count=columns.entries_count + brought,
            interval=func.coalesce(bindparam("new_interval", type_=columns.interval.type), columns.interval),
            moved_count=case(again, moved, else_=0),
        )
    )
    rows = [
        {"number": number, "brought": one.new_entries, "new_title": one.title, "new_interval": one.interval}
        | {f"new_{name}": getattr(one, name) for name in _LEARNED}
        for number, one in successes.items()
    ]
    if rows:
        _must_hold(connection.execute(statement, rows), len(rows))


def record_unchanged(
    connection: Connection, unchanged: Sequence[Unchanged], now: datetime, holder: str | None = None
) -> None:
    """Keep many polls that were answered "nothing new", in one statement.

    With `holder`, of those whose lease it still holds.
    """
    columns = tables.feeds.c
    if not unchanged:
        return
    moved_to = bindparam("moved", type_=columns.moved_to.type)
    again, first = (columns.moved_to == moved_to, columns.moved_count + 1), (moved_to.is_not(None), 1)
    statement = (
        update(tables.feeds)
        .where(columns.id == bindparam("number"), *_held(holder))
        .values(
            **_alive(now, None) | {"due_at": bindparam("due"), "due_why": bindparam("why")},
            interval=func.coalesce(bindparam("learned", type_=columns.interval.type), columns.interval),
            moved_to=func.coalesce(moved_to, columns.moved_to),
            moved_count=case(again, first, else_=columns.moved_count),
        )
    )
    rows = [
        {"number": one.feed_id, "due": one.due_at, "why": one.due_why, "learned": one.interval, "moved": one.moved_to}
        for one in unchanged
    ]
    connection.execute(statement, rows)


def record_failure(
    connection: Connection, feed_id: int, failure: Failure, now: datetime, holder: str | None = None
) -> None:
    """Keep that a poll failed and why; validators, entries and the last success stay.

    With `holder`, only while it still holds the feed's lease, which ends: raises LeaseLostError.
    """
    columns = tables.feeds.c
    recorded = connection.execute(
        update(tables.feeds)
        .where(columns.id == feed_id, *_held(holder))
        .values(
            attempted_at=now,
            due_at=failure.due_at,
            due_why=failure.due_why,
            failures=columns.failures + 1,
            error=failure.error,
            state=failure.state,
            retry_after_until=failure.retry_after_until,
            **FREE,
        )
    )
    _must_hold(recorded)


def _alive(now: datetime, due_at: datetime | None) -> dict[str, object]:
    return {
        "attempted_at": now,
        "succeeded_at": now,
        "due_at": due_at,
        "failures": 0,
        "error": None,
        "state": "ok",
        "retry_after_until": None,
        **FREE,
    }


def _held(holder: str | None) -> tuple[ColumnElement[bool], ...]:
    return (tables.feeds.c.leased_by == holder,) if holder else ()


def _must_hold(recorded: CursorResult[object], feeds: int = 1) -> None:
    if recorded.rowcount != feeds:
        raise LeaseLostError


def _instant(now: datetime) -> BindParameter[datetime]:
    return bindparam(None, now, tables.feeds.c.due_at.type)


def _by_urls(connection: Connection, urls: Sequence[str]) -> dict[str, FeedState]:
    found: dict[str, FeedState] = {}
    for part in chunks(urls):
        rows = connection.execute(select(tables.feeds).where(tables.feeds.c.url.in_(part))).mappings()
        found |= {row["url"]: state_in(row) for row in rows}
    return {url: found[url] for url in urls if url in found}


def state_in(row: RowMapping) -> FeedState:
    """Read the state of a feed back from its row."""
    return FeedState(**row)
