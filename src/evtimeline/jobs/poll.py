"""The poll: fetch what is due, parse, store, read and settle; a transaction for each feed, once its network is done."""

import hashlib
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from evtimeline.core.reading import Watchlist
from evtimeline.core.schedule import failure_due, failure_state, habit_of, next_due
from evtimeline.errors import ParseError, StoreError
from evtimeline.feeds.asking import FetchRequest
from evtimeline.feeds.catalogue import Feed
from evtimeline.feeds.fetch import FetchResult, Limits, fetch_all
from evtimeline.feeds.parse import Document, ParsedFeed
from evtimeline.feeds.parser import Parser
from evtimeline.jobs.claiming import Claimant, Due, own_name, rehearse
from evtimeline.jobs.reading import Learned, learn, load_watchlist
from evtimeline.jobs.settling import Moved
from evtimeline.jobs.stopping import Stop, never
from evtimeline.store import entries, feeds
from evtimeline.store.engine import reading, writing
from evtimeline.store.feeds import Failure, LeaseLostError, Success, Unchanged
from evtimeline.store.leases import LEASE

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

T = TypeVar("T")

UNCHANGED_AT_ONCE = 50
"""How many feeds without news are put down in one transaction."""


LOST = "another process has polled it meanwhile; what came here was left aside"

CONFIRMED = 2
"""After so many polls in a row that were sent to another address for good, that address is asked at once."""


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


@dataclass(frozen=True)
class Polled:
    """What polling one feed brought; `error` is the sentence that says why it brought nothing.

    `lost`: it took so long that another process polled the feed, and what this one found was given up.
    """

    feed: Feed
    new_entries: int = 0
    accepted: int = 0
    pending: int = 0
    moved: tuple[Moved, ...] = ()
    unchanged: bool = False
    error: str | None = None
    warnings: tuple[str, ...] = ()
    lost: bool = False


def choose(
    world: World, wanted: Sequence[Feed], *, everything: bool = False, stop: Stop = never
) -> Iterator[Due]:
    """Claim what of the catalogue is due, the longest waiting first, or with `everything` all that is wanted.

    A few are claimed at a time while they are asked for, until `stop` says so; what others are polling is left to
    them. Call `list_feeds` first. A rehearsal claims nothing.
    """
    if not world.keep:
        return rehearse(world.engine, wanted, world.clock(), everything=everything)
    claimant = Claimant(world.engine, world.clock, world.holder)
    return claimant.these(wanted, stop) if everything else claimant.due(wanted, stop)


def poll(due: Iterable[Due], world: World, stop: Stop = never) -> Generator[Polled, None, None]:
    """Poll feeds and tell of each once it is done, in no certain order; what fails is told and holds up no other.

    Once `stop` says so no more are asked. What was claimed and not polled in the end, also when the caller leaves
    early, is given back.
    """
    current = _Round(world)
    requests = (
        FetchRequest(_address(one), one.state.etag, one.state.last_modified, one.feed.private, one) for one in due
    )
    results = fetch_all(requests, world.limits, agent=world.agent, now=world.clock(), stop=stop)
    try:
        with Parser() as parser:
            for arrived, parsed in parser.parse_all(current.documents(results)):
                yield from current.told()
                yield current.keep(arrived, parsed)
        current.note_unchanged()
        yield from current.told()
    finally:
        current.give_back()


@dataclass(frozen=True)
class _Arrived:
    """A feed whose answer has come."""

    due: Due
    result: FetchResult
    body_hash: str = ""


class _Round:
    """One round of polling: what is compiled once for all of it, and what was settled without parsing."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._claimant = Claimant(world.engine, world.clock, world.holder)
        self._holder = world.holder if world.keep else None
        self._renewed_at = world.clock()
        self._unchanged: list[Due] = []
        self._told: list[Polled] = []

    @cached_property
    def _watchlist(self) -> Watchlist:
        with reading(self._world.engine) as connection:
            return load_watchlist(connection)

    def documents(self, results: Iterable[FetchResult]) -> Iterator[tuple[_Arrived, Document]]:
        """The answers that must be parsed; failures and feeds without news are put down on the way."""
        for result in results:
            self._renew()
            due = result.request.key
            assert isinstance(due, Due)
            if result.error:
                self._told.append(self._fail(_Arrived(due, result), result.error))
            elif result.body is None or (_hash(result.body) == due.state.body_hash and not _is_moving(due, result)):
                self._unchanged.append(due)
                if len(self._unchanged) >= UNCHANGED_AT_ONCE:
                    self.note_unchanged()
            else:
                arrived = _Arrived(due, result, _hash(result.body))
                yield arrived, self._document(due.feed, result, result.body)

    def told(self) -> Iterator[Polled]:
        """What was put down since this was last asked."""
        told, self._told = self._told, []
        yield from told

    def note_unchanged(self) -> None:
        """Put down the feeds that had no news, many in one transaction."""
        unchanged, self._unchanged = self._unchanged, []
        now = self._world.clock()
        rows = [Unchanged(one.state.id, self._next(one.feed, now)) for one in unchanged]
        _at_second_try(lambda: self._record_unchanged(rows, now))
        self._told += [Polled(one.feed, unchanged=True) for one in unchanged]

    def keep(self, arrived: _Arrived, parsed: ParsedFeed | ParseError) -> Polled:
        """Put down what came of a document."""
        if isinstance(parsed, ParseError):
            return self._fail(arrived, str(parsed), parsed=True)
        return self._unless_lost(arrived, lambda: self._store(arrived, parsed))

    def give_back(self) -> None:
        """End the leases of what was not polled; where the database fails, they end by themselves."""
        if self._holder:
            with suppress(StoreError):
                self._claimant.release()

    def _renew(self) -> None:
        """Keep the leases of what waits for a slow host."""
        if self._holder and self._world.clock() - self._renewed_at > LEASE / 3:
            self._claimant.renew()
            self._renewed_at = self._world.clock()

    def _unless_lost(self, arrived: _Arrived, record: Callable[[], Polled]) -> Polled:
        """Give up what another process has polled meanwhile."""
        try:
            return _at_second_try(record)
        except LeaseLostError:
            return Polled(arrived.due.feed, lost=True, warnings=(LOST,))

    def _store(self, arrived: _Arrived, parsed: ParsedFeed) -> Polled:
        """Keep what a document brought, all of it or nothing, and say what that was."""
        state, now = arrived.due.state, self._world.clock()
        backfill = state.first_polled_at is None and not self._world.backlog
        with self._transaction() as connection:
            new = entries.add(connection, state.id, parsed.entries, now, backfill, since=state.first_polled_at)
            learned = learn(connection, new, self._watchlist, now) if new else Learned()
            feeds.record_success(connection, state.id, self._success(arrived, parsed, len(new), now), now, self._holder)
        return Polled(
            arrived.due.feed,
            new_entries=len(new),
            accepted=learned.accepted,
            pending=learned.pending,
            moved=learned.moved,
            warnings=parsed.warnings,
        )

    def _document(self, feed: Feed, result: FetchResult, body: bytes) -> Document:
        return Document(
            body=body,
            url=result.url,
            now=self._world.clock(),
            content_type=result.headers.get("content-type", ""),
            zone=feed.zone,
            language=feed.language,
            publisher=feed.publisher or feed.name,
            tier=feed.tier,
        )

    def _success(self, arrived: _Arrived, parsed: ParsedFeed, new_entries: int, now: datetime) -> Success:
        """What to remember; of a document that was cut off no validators, so that the rest is asked for again."""
        result, habit = arrived.result, habit_of(entry.published for entry in parsed.entries)
        return Success(
            due_at=self._next(arrived.due.feed, now, parsed.ttl_minutes),
            etag=result.etag if parsed.complete else None,
            last_modified=result.last_modified if parsed.complete else None,
            body_hash=arrived.body_hash if parsed.complete else None,
            title=parsed.title or None,
            new_entries=new_entries,
            interval=int(habit.total_seconds()) if habit else None,
            moved_to=_moved_to(arrived),
        )

    def _fail(self, arrived: _Arrived, sentence: str, *, parsed: bool = False) -> Polled:
        feed, state, result, now = arrived.due.feed, arrived.due.state, arrived.result, self._world.clock()
        failures = state.failures + 1
        health = failure_state(result.status, failures, parsed=parsed)
        due_at = failure_due(
            now,
            max(feed.interval, self._world.least),
            url=feed.url,
            failures=failures,
            retry_after=result.retry_after,
            gone=health == "gone",
        )
        until = now + timedelta(seconds=result.retry_after) if result.retry_after else None
        failure = Failure(sentence, due_at, health, until)
        return self._unless_lost(arrived, lambda: self._record_failure(arrived.due, failure, now))

    def _record_failure(self, due: Due, failure: Failure, now: datetime) -> Polled:
        with self._transaction() as connection:
            feeds.record_failure(connection, due.state.id, failure, now, self._holder)
        return Polled(due.feed, error=failure.error)

    def _record_unchanged(self, rows: Sequence[Unchanged], now: datetime) -> None:
        with self._transaction() as connection:
            feeds.record_unchanged(connection, rows, now, self._holder)

    def _next(self, feed: Feed, now: datetime, ttl_minutes: int | None = None) -> datetime:
        return next_due(now, max(feed.interval, self._world.least), url=feed.url, ttl_minutes=ttl_minutes)

    @contextmanager
    def _transaction(self) -> "Iterator[Connection]":
        """One transaction; in a rehearsal it is undone at its end."""
        try:
            # What a power cut takes back the next poll fetches again, validators and all.
            with writing(self._world.engine, durable=False) as connection:
                yield connection
                if not self._world.keep:
                    raise _RehearsalError
        except _RehearsalError:
            pass


def _at_second_try(record: Callable[[], T]) -> T:
    """Try once more what the database has refused: a connection that was cut is replaced by a new one."""
    try:
        return record()
    except StoreError:
        return record()


def _address(due: Due) -> str:
    """Where to ask: at the feed's own address, or where it has permanently moved, once that was confirmed and works."""
    moved = due.state.moved_to if due.state.moved_count >= CONFIRMED and not due.state.failures else None
    return moved or due.feed.url


def _is_moving(due: Due, result: FetchResult) -> bool:
    """Whether a permanent move is yet to be confirmed, for which its target must parse again."""
    return result.moved_to is not None and due.state.moved_count < CONFIRMED


def _moved_to(arrived: _Arrived) -> str | None:
    """Where the feed has moved for good: as it says now, or said when we were sent to where we asked."""
    asked = arrived.result.request.url
    return arrived.result.moved_to or (asked if asked != arrived.due.feed.url else None)


class _RehearsalError(Exception):
    """Ends a rehearsal's transaction."""


def _hash(body: bytes) -> str:
    return hashlib.blake2b(body, digest_size=16).hexdigest()
