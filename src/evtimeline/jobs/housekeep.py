"""Housekeeping: old entries that nothing refers to lose their texts, and old messages their bodies."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from evtimeline.core.keeping import Keep
from evtimeline.store import markers, retention, upkeep
from evtimeline.store.engine import reading, writing
from evtimeline.store.retention import Page

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

ENTRIES_TO = "housekept entries up to"
MESSAGES_TO = "housekept messages up to"
"""Markers: what lies up to these numbers was looked at before, so that each hour looks at what has become old since."""


REST, LONGEST_REST = 2, 0.5
"""After each transaction others may write for so many times as long, and at most so many seconds."""


@dataclass(frozen=True)
class Housekept:
    """What was cleared away.

    `entries` lost their texts, `forgotten` ones (cleared earlier or now) were deleted, `messages` lost their bodies,
    `attempts` to send those were deleted; `bytes` of text all these held.
    """

    entries: int = 0
    forgotten: int = 0
    messages: int = 0
    attempts: int = 0
    bytes: int = 0


def housekeep(
    engine: "Engine",
    now: datetime,
    keep: Keep,
    *,
    thorough: bool = False,
    dry_run: bool = False,
    stop: Callable[[], bool] = lambda: False,
) -> Housekept:
    """Clear away what is older than `keep` and what nothing refers to; claims, verdicts and revisions are not touched.

    Short transactions, so that it may run beside everything else; what it did stays done when it is ended. `thorough`
    looks at what earlier runs have looked at, too. `stop` is asked before each transaction. With `dry_run` nothing
    is changed, and what would be deleted wholly is not counted. Raises StoreError.
    """
    run = _Run(engine, now, thorough, dry_run, stop)
    if keep.entries is not None:
        run.entries(now - keep.entries)
    if keep.messages is not None:
        run.messages(now - keep.messages)
    if not dry_run and not stop():
        upkeep.tidy(engine)
    return run.done


@dataclass
class _Run:
    """One run, and what it has done so far."""

    engine: "Engine"
    now: datetime
    thorough: bool
    dry_run: bool
    stop: Callable[[], bool]
    done: Housekept = field(default_factory=Housekept)

    def entries(self, before: datetime) -> None:
        feeds: set[int] = set()

        def clear(connection: "Connection", page: Page) -> None:
            found = retention.unneeded_entries(connection, page.old)
            numbers = [number for number, _ in found]
            if not self.dry_run:
                retention.clear_entries(connection, numbers, self.now)
                feeds.update(retention.feeds_of(connection, numbers))
            self._add(entries=len(found), bytes=sum(size for _, size in found))

        self._walk(
            ENTRIES_TO, lambda connection, after: retention.old_entries(connection, after, before, self.now), clear
        )
        for feed in sorted(feeds):
            self._forget(feed)

    def messages(self, before: datetime) -> None:
        def clear(connection: "Connection", page: Page) -> None:
            found = retention.unneeded_messages(connection, page.old)
            numbers = [number for number, _ in found]
            attempts = 0 if self.dry_run else retention.clear_messages(connection, numbers)
            self._add(messages=len(found), attempts=attempts, bytes=sum(size for _, size in found))

        self._walk(
            MESSAGES_TO, lambda connection, after: retention.old_messages(connection, after, before, self.now), clear
        )

    def _walk(
        self,
        marker: str,
        look: "Callable[[Connection, int], Page]",
        clear: "Callable[[Connection, Page], None]",
    ) -> None:
        """Go through the old rows page by page, each a transaction of its own, and remember how far that was."""
        with reading(self.engine) as connection:
            after = 0 if self.thorough else int(markers.get(connection, marker) or 0)
        all_old = True  # so far; the clock was put back if old ones lie behind young ones
        while not self.stop():
            with self._transaction() as connection:
                page = look(connection, after)
                if page.old:
                    clear(connection, page)
                if all_old and page.last > after and not self.dry_run:
                    markers.put(connection, marker, str(page.last))
            if not page.more:
                return
            all_old = all_old and page.last == page.end
            after = page.end

    def _forget(self, feed: int) -> None:
        while not self.stop():
            with self._transaction() as connection:
                gone = retention.forget_entries(connection, feed)
            self._add(forgotten=gone)
            if gone < retention.PAGE:
                return

    @contextmanager
    def _transaction(self) -> "Iterator[Connection]":
        """A short transaction, and behind it room for whoever waits to write."""
        began = time.monotonic()
        with reading(self.engine) if self.dry_run else writing(self.engine, durable=False) as connection:
            yield connection
        if not self.dry_run:
            time.sleep(min(REST * (time.monotonic() - began), LONGEST_REST))

    def _add(self, **more: int) -> None:
        self.done = replace(self.done, **{name: getattr(self.done, name) + number for name, number in more.items()})
