"""Claim feeds for a round of polling, a few at a time, so that several processes share them and none starves."""

import os
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex
from typing import TYPE_CHECKING

from evtimeline.feeds.catalogue import Feed
from evtimeline.jobs.stopping import Stop, never
from evtimeline.store import feeds, leases
from evtimeline.store.engine import reading, writing
from evtimeline.store.feeds import FeedState

if TYPE_CHECKING:
    from sqlalchemy import Engine

AT_ONCE = 64
"""How many feeds are claimed in one transaction: so many may wait for this process while another has nothing to do."""

STRANGE = timedelta(minutes=1)
"""How long a listed feed that is not in our feeds.yaml is left to those who have it there."""


@dataclass(frozen=True)
class Due:
    """A feed to be polled and what is remembered of it."""

    feed: Feed
    state: FeedState


def own_name() -> str:
    """A name for this process that no other has, here or on another machine."""
    return f"{socket.gethostname()}:{os.getpid()}:{token_hex(4)}"


@dataclass(frozen=True)
class Claimant:
    """Who claims feeds of a database: `holder` is a name that no other process has; `clock` gives aware UTC."""

    engine: "Engine"
    clock: Callable[[], datetime]
    holder: str

    def due(self, catalogue: Sequence[Feed], stop: Stop = never) -> Iterator[Due]:
        """Claim the listed feeds that are due, the longest waiting first, until none is left or `stop` says so.

        What the holder still has from a round that broke off is due again.
        """
        by_url = {feed.url: feed for feed in catalogue}
        self.release()
        while not stop():
            now = self.clock()
            with writing(self.engine, durable=False) as connection:
                claimed = leases.claim(connection, self.holder, now, AT_ONCE)
                strange = [one.id for one in claimed if one.url not in by_url]
                leases.defer(connection, self.holder, strange, now + STRANGE)
            yield from _ours(claimed, by_url, stop)
            if len(claimed) < AT_ONCE:
                return

    def these(self, wanted: Sequence[Feed], stop: Stop = never) -> Iterator[Due]:
        """Claim these feeds, due or not, but those that others are polling."""
        by_url = {feed.url: feed for feed in wanted}
        urls = list(by_url)
        for start in range(0, len(urls), AT_ONCE):
            if stop():
                return
            with writing(self.engine, durable=False) as connection:
                part = urls[start : start + AT_ONCE]
                claimed = leases.claim_these(connection, self.holder, self.clock(), part)
            yield from _ours(claimed, by_url, stop)

    def renew(self) -> None:
        """Keep what is still held for another while."""
        with writing(self.engine, durable=False) as connection:
            leases.renew(connection, self.holder, self.clock())

    def release(self) -> None:
        """Give back everything that is held."""
        with writing(self.engine, durable=False) as connection:
            leases.release(connection, self.holder)


def list_feeds(engine: "Engine", catalogue: Sequence[Feed], now: datetime) -> None:
    """Tell the database which feeds there are, once feeds.yaml was read; also ends waits that a wrong clock made."""
    with writing(engine, durable=False) as connection:
        feeds.sync(connection, [feed.url for feed in catalogue if feed.enabled], now)
        leases.mend(connection, now)


def any_due(engine: "Engine", now: datetime, holder: str) -> bool:
    """Whether any listed feed is due; a look that takes no lock and costs next to nothing.

    What the holder still has from a round that broke off is due, too.
    """
    with reading(engine) as connection:
        return leases.any_due(connection, now, holder)


def count_due(engine: "Engine", now: datetime) -> int:
    """How many listed feeds are due."""
    with reading(engine) as connection:
        return leases.count_due(connection, now)


def rehearse(engine: "Engine", wanted: Sequence[Feed], now: datetime, *, everything: bool) -> Iterator[Due]:
    """The feeds that would be claimed, without claiming them."""
    by_url = {feed.url: feed for feed in wanted}
    with writing(engine, durable=False) as connection:
        states = feeds.ensure(connection, by_url)
    for url, state in states.items():
        if everything or state.due_at is None or state.due_at <= now:
            yield Due(by_url[url], state)


def _ours(claimed: Sequence[FeedState], by_url: Mapping[str, Feed], stop: Stop) -> Iterator[Due]:
    for state in claimed:
        if stop():
            return
        if state.url in by_url:
            yield Due(by_url[state.url], state)
