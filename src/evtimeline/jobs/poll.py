"""The poll: fetch what is due, parse, read, store and settle; in few transactions, once the network is done."""

import hashlib
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from evtimeline.errors import ParseError, StoreError
from evtimeline.feeds.asking import FetchRequest
from evtimeline.feeds.catalogue import Feed
from evtimeline.feeds.fetch import FetchResult, fetch_all
from evtimeline.jobs.claiming import Claimant, Due, rehearse
from evtimeline.jobs.polled import Arrived, Brought
from evtimeline.jobs.polled import Polled as Polled
from evtimeline.jobs.polled import World as World
from evtimeline.jobs.stopping import Stop, never
from evtimeline.jobs.storing import store, store_failure, store_unchanged
from evtimeline.store.engine import reading
from evtimeline.store.leases import LEASE

if TYPE_CHECKING:  # parsing and reading are imported when there is something to read
    from evtimeline.core.reading import Watchlist
    from evtimeline.feeds.parse import Document
    from evtimeline.feeds.parser import Outcome, Parser

AT_ONCE = 32
"""How many feeds with news are put down in one transaction."""

UNCHANGED_AT_ONCE = 128
"""And how many without any: a row each."""

PATIENCE = 1.0
"""Seconds after which those that have come are put down, however few they are."""

HERE = 128
"""So many documents of a round are read by this process; for more, workers are started that read beside it."""

EASY = 8
"""How many documents that may be cheap to read a worker is given at a time."""

EASY_SIZE = 250_000
"""Bytes of a document above which it is read as it comes: many of them would take much memory."""

CONFIRMED = 2
"""After so many polls in a row that were sent to another address for good, that address is asked at once."""


def choose(world: World, wanted: Sequence[Feed], *, everything: bool = False, stop: Stop = never) -> Iterator[Due]:
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
    requests = (
        FetchRequest(_address(one), one.state.etag, one.state.last_modified, one.feed.private, one) for one in due
    )
    with ExitStack() as stack:
        current = _Round(world, stack)
        stack.callback(current.give_back)
        results = fetch_all(
            requests, world.limits, agent=world.agent, now=world.clock(), stop=stop, meanwhile=current.look_round
        )
        for result in results:
            current.take(result)
            current.look_round()
            yield from current.told()
        current.finish()
        yield from current.told()


class _Round:
    """One round of polling: what is compiled once for all of it, and what has come and is not put down yet."""

    def __init__(self, world: World, stack: ExitStack) -> None:
        self._world, self._stack = world, stack
        self._claimant = Claimant(world.engine, world.clock, world.holder)
        self._renewed_at = world.clock()
        self._with_workers: dict[int, Arrived] = {}
        self._given = 0
        self._easy: deque[tuple[int, Document]] = deque()
        self._unchanged: list[Arrived] = []
        self._brought: list[Brought] = []
        self._flushed_at = time.monotonic()
        self._told: list[Polled] = []

    def take(self, result: FetchResult) -> None:
        """Take an answer: read it here if that is cheap, else have a worker parse it."""
        arrived, body = _arrived(result), result.body
        if result.error:
            self._told.append(store_failure(self._world, arrived, result.error))
        elif body is None or _is_as_before(arrived):
            self._unchanged.append(arrived)
        else:
            self._parse(arrived, body)

    def look_round(self) -> None:
        """Take what the workers have done, put down what is due for it, and keep the leases."""
        is_late = time.monotonic() - self._flushed_at > PATIENCE
        self._hand_out(all_of_it=is_late)
        self._take_parsed(wait=False)
        is_full = len(self._brought) >= AT_ONCE or len(self._unchanged) >= UNCHANGED_AT_ONCE
        if is_full or (is_late and (self._brought or self._unchanged)):
            self._flush()
        self._renew()

    def finish(self) -> None:
        """Wait for the workers, and put down everything."""
        self._hand_out(all_of_it=True)
        self._take_parsed(wait=True)
        self._flush()

    def told(self) -> Iterator[Polled]:
        """What was put down since this was last asked."""
        told, self._told = self._told, []
        yield from told

    def give_back(self) -> None:
        """End the leases of what was not polled; where the database fails, they end by themselves."""
        if self._world.keep:
            with suppress(StoreError):
                self._claimant.release()

    @cached_property
    def _watchlist(self) -> "Watchlist":
        from evtimeline.jobs.reading import load_watchlist

        with reading(self._world.engine) as connection:
            return load_watchlist(connection)

    @cached_property
    def _parser(self) -> "Parser":
        from evtimeline.feeds.parser import Parser

        return self._stack.enter_context(Parser())

    def _parse(self, arrived: Arrived, body: bytes) -> None:
        self._given += 1
        self._with_workers[self._given] = arrived
        document = self._document(arrived, body)
        if self._given > HERE and len(body) <= EASY_SIZE:
            self._easy.append((self._given, document))
        else:
            self._parse_here(self._given, document)

    def _hand_out(self, *, all_of_it: bool) -> None:
        """Give workers what may be cheap to read; what they do not come to is read here."""
        while self._easy:
            if len(self._easy) >= EASY and self._parser.is_idle:
                self._parser.give_easy([self._easy.popleft() for _ in range(EASY)])
            elif all_of_it or len(self._easy) > 2 * EASY:
                self._parse_here(*self._easy.popleft())
            else:
                return

    def _parse_here(self, number: int, document: "Document") -> None:
        """Read a document, unless that could take long: then a worker does it."""
        from evtimeline.feeds.parse import parse_quickly

        parsed = parse_quickly(document)
        if parsed is not None:
            self._bring((number, parsed))
            return
        for outcome in self._parser.give(number, document):
            self._bring(outcome)

    def _take_parsed(self, *, wait: bool) -> None:
        if self._with_workers:
            for outcome in self._parser.finished(wait=wait):
                self._bring(outcome)

    def _bring(self, outcome: "Outcome") -> None:
        number, parsed = outcome
        arrived = self._with_workers.pop(number)
        if isinstance(parsed, ParseError):
            self._told.append(store_failure(self._world, arrived, str(parsed), parsed=True))
        else:
            self._brought.append(Brought(arrived, parsed))

    def _flush(self) -> None:
        brought, self._brought = self._brought, []
        unchanged, self._unchanged = self._unchanged, []
        if brought:
            self._told += store(self._world, lambda: self._watchlist, brought)
        if unchanged:
            self._told += store_unchanged(self._world, unchanged)
        self._flushed_at = time.monotonic()

    def _renew(self) -> None:
        """Keep the leases of what waits for a slow host."""
        if self._world.keep and self._world.clock() - self._renewed_at > LEASE / 3:
            self._claimant.renew()
            self._renewed_at = self._world.clock()

    def _document(self, arrived: Arrived, body: bytes) -> "Document":
        from evtimeline.feeds.parse import Document

        feed, result = arrived.due.feed, arrived.result
        return Document(
            body=body,
            url=result.url,
            now=self._world.clock(),
            content_type=result.headers.get("content-type", ""),
            zone=feed.zone,
            language=feed.language,
            publisher=feed.publisher or feed.name,
            tier=feed.tier,
            known=frozenset((arrived.due.state.marks or "").split()),
        )


def _arrived(result: FetchResult) -> Arrived:
    due = result.request.key
    if not isinstance(due, Due):
        raise TypeError("the request was made without its feed")
    if result.body is None:
        return Arrived(due, result)
    return Arrived(due, replace(result, body=None), _hash(result.body))  # many wait, and their bodies are large


def _address(due: Due) -> str:
    """Where to ask: at the feed's own address, or where it has permanently moved, once that was confirmed and works."""
    moved = due.state.moved_to if due.state.moved_count >= CONFIRMED and not due.state.failures else None
    return moved or due.feed.url


def _is_as_before(arrived: Arrived) -> bool:
    """Whether there is nothing to parse; a permanent move that is yet to be confirmed asks for it."""
    state = arrived.due.state
    is_moving = arrived.result.moved_to is not None and state.moved_count < CONFIRMED
    return arrived.body_hash == state.body_hash and not is_moving


def _hash(body: bytes) -> str:
    return hashlib.blake2b(body, digest_size=16).hexdigest()
