"""Stores what polls brought: many feeds in one transaction, read before it begins, each feed whole or not at all."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from evtimeline.core.schedule import failure_state, habit_of, learned, next_try
from evtimeline.errors import StoreError
from evtimeline.jobs.polled import Arrived, Brought, Polled, World
from evtimeline.store import entries, feeds
from evtimeline.store.engine import writing
from evtimeline.store.entries import Batch, StoredEntry
from evtimeline.store.feeds import Failure, LeaseLostError, Success, Unchanged

if TYPE_CHECKING:  # reading is imported when there is something to read
    from sqlalchemy import Connection

    from evtimeline.core.reading import Reading, Watchlist
    from evtimeline.jobs.reading import Learned

LOST = "another process has polled it meanwhile; what came here was left aside"
IN_DOUBT = (
    "the database failed while this was being stored, and the feed is no longer ours: either it was stored all the "
    "same, or another process has polled the feed; nothing is stored twice"
)

Readings = Mapping[str, "Reading"]
"""What was read in a feed's entries, by their guids."""


def store(world: World, watchlist: "Callable[[], Watchlist]", brought: Sequence[Brought]) -> list[Polled]:
    """Keep what documents brought, and say what that was; what one of them spoils is tried again one by one."""
    read_before = [_read(one, watchlist) for one in brought]
    failed = False
    if len(brought) > 1:
        try:
            return _store(world, brought, read_before)
        except StoreError:
            failed = True
        except LeaseLostError:
            pass
    return [
        _unless_lost(one.arrived, partial(_store_one, world, one, readings), failed=failed)
        for one, readings in zip(brought, read_before, strict=True)
    ]


def store_unchanged(world: World, unchanged: Sequence[Arrived]) -> list[Polled]:
    """Put down the feeds that had no news, in one transaction."""
    now = world.clock()
    rows = [_unchanged(world, one, now) for one in unchanged]

    def record() -> None:
        with transaction(world) as connection:
            feeds.record_unchanged(connection, rows, now, _holder(world))

    _at_second_try(record)
    return [Polled(one.due.feed, unchanged=True) for one in unchanged]


def store_failure(world: World, arrived: Arrived, sentence: str, *, parsed: bool = False) -> Polled:
    """Put down that a poll failed and why; `parsed`: an answer came and is no feed."""
    due, result, now = arrived.due, arrived.result, world.clock()
    failures = due.state.failures + 1
    health = failure_state(result.status, failures, parsed=parsed)
    again = next_try(
        now,
        world.interval(due.feed),
        url=due.feed.url,
        failures=failures,
        retry_after=result.retry_after,
        gone=health == "gone",
    )
    until = now + timedelta(seconds=result.retry_after) if result.retry_after else None
    failure = Failure(sentence, again.at, health, until, again.why)

    def record() -> Polled:
        with transaction(world) as connection:
            feeds.record_failure(connection, due.state.id, failure, now, _holder(world))
        return Polled(due.feed, error=sentence)

    return _unless_lost(arrived, record)


@contextmanager
def transaction(world: World) -> "Iterator[Connection]":
    """One transaction; in a rehearsal it is undone at its end."""
    try:
        # What a power cut takes back the next poll fetches again, validators and all.
        with writing(world.engine, durable=False) as connection:
            yield connection
            if not world.keep:
                raise _RehearsalError
    except _RehearsalError:
        pass


def _read(one: Brought, watchlist: "Callable[[], Watchlist]") -> Readings:
    if not one.parsed.entries:
        return {}
    from evtimeline.core.reading import read

    return {reading.entry.guid: reading for reading in read(one.parsed.entries, watchlist())}


def _store(world: World, brought: Sequence[Brought], read_before: Sequence[Readings]) -> list[Polled]:
    """Keep what documents brought, all of it or nothing."""
    from evtimeline.jobs.reading import learn

    now = world.clock()
    with transaction(world) as connection:
        stored = entries.add_all(connection, [_batch(world, one) for one in brought], now)
        new = [stored[one.arrived.due.state.id] for one in brought]
        heard = [[(one, found[one.entry.guid]) for one in mine] for mine, found in zip(new, read_before, strict=True)]
        learned_by_feed = learn(connection, heard, now)
        polled = [_told(*one) for one in zip(brought, new, learned_by_feed, strict=True)]
        successes = {
            one.arrived.due.state.id: _success(world, one, told.new_entries, now)
            for one, told in zip(brought, polled, strict=True)
        }
        feeds.record_successes(connection, successes, now, _holder(world))
    return polled


def _store_one(world: World, one: Brought, readings: Readings) -> Polled:
    return _store(world, [one], [readings])[0]


def _batch(world: World, one: Brought) -> Batch:
    state = one.arrived.due.state
    first = state.first_polled_at is None
    return Batch(state.id, one.parsed.entries, first and not world.backlog, state.first_polled_at, first)


def _told(one: Brought, new: Sequence[StoredEntry], found: "Learned") -> Polled:
    return Polled(
        one.arrived.due.feed,
        new_entries=len(new),
        accepted=found.accepted,
        pending=found.pending,
        moved=found.moved,
        warnings=one.parsed.warnings,
    )


def _success(world: World, one: Brought, new_entries: int, now: datetime) -> Success:
    """What to remember; of a document that was cut off no validators, so that the rest is asked for again."""
    arrived, parsed, state = one.arrived, one.parsed, one.arrived.due.state
    habit = _habit(one, new_entries, now)
    asked = 60 * parsed.ttl_minutes if parsed.ttl_minutes else None
    fed = replace(arrived, due=replace(arrived.due, state=replace(state, new_entry_at=now))) if new_entries else arrived
    again = fed.next_poll(world, now, habit, asked)
    return Success(
        due_at=again.at,
        etag=arrived.result.etag if parsed.complete else None,
        last_modified=arrived.result.last_modified if parsed.complete else None,
        body_hash=arrived.body_hash if parsed.complete else None,
        title=parsed.title or None,
        new_entries=new_entries,
        interval=int(habit.total_seconds()) if habit else None,
        moved_to=arrived.moved_to,
        marks=" ".join(parsed.marks) or None,
        asked=asked,
        due_why=again.why,
    )


def _habit(one: Brought, new_entries: int, now: datetime) -> timedelta | None:
    """The usual gap between the feed's entries: by all dates of a document that was read whole, else by what is new."""
    state = one.arrived.due.state
    if len(one.parsed.entries) == len(one.parsed.marks) or not one.parsed.marks:
        dated = habit_of(entry.published for entry in one.parsed.entries)
        if dated:
            return dated
    since = now - state.new_entry_at if state.new_entry_at else None
    return learned(timedelta(seconds=state.interval) if state.interval else None, since, new_entries)


def _unchanged(world: World, one: Arrived, now: datetime) -> Unchanged:
    state = one.due.state
    habit = timedelta(seconds=state.interval) if state.interval else None
    again = one.next_poll(world, now, habit, state.asked)
    return Unchanged(state.id, again.at, moved_to=one.moved_to, due_why=again.why)


def _unless_lost(arrived: Arrived, record: Callable[[], Polled], *, failed: bool = False) -> Polled:
    """Give up what another process has polled meanwhile, or what a try that seemed to have `failed` has stored."""
    try:
        try:
            return record()
        except StoreError:
            failed = True
            return record()
    except LeaseLostError:
        return Polled(arrived.due.feed, lost=True, in_doubt=failed, warnings=(IN_DOUBT if failed else LOST,))


def _at_second_try(record: Callable[[], None]) -> None:
    """Try once more what the database has refused: a connection that was cut is replaced by a new one."""
    try:
        record()
    except StoreError:
        record()


def _holder(world: World) -> str | None:
    return world.holder if world.keep else None


class _RehearsalError(Exception):
    """Ends a rehearsal's transaction."""
