"""How often deliveries were tried since this process began, in numbers that only grow, as Prometheus wants them."""

from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING

from evtimeline.core.subscriptions import Result
from evtimeline.store import figures
from evtimeline.store.outbox import LEASE

if TYPE_CHECKING:
    from sqlalchemy import Connection

SETTLED_SECONDS = LEASE.total_seconds()
"""After which every attempt that is on record is at its end."""


@dataclass
class Tally:
    """Counts by channel and result; what is old enough to be settled is counted once and remembered.

    The database's own totals would not do: old attempts are cleared away from it, and a counter that falls looks to
    Prometheus like one that began anew.
    """

    clock: Callable[[], float] = monotonic
    _settled: Counter[tuple[str, Result]] = field(default_factory=Counter)
    _up_to: int | None = None
    _newest: deque[tuple[float, int]] = field(default_factory=deque)
    _lock: Lock = field(default_factory=Lock)

    def count(self, connection: "Connection") -> Mapping[tuple[str, Result], int]:
        """Count again; every channel in use has every result, if only with 0."""
        with self._lock:  # a count that was given up may still be at it
            return self._count(connection)

    def _count(self, connection: "Connection") -> Mapping[tuple[str, Result], int]:
        newest = figures.last_delivery(connection)
        before = newest if self._up_to is None else self._up_to
        self._newest.append((self.clock(), newest))
        self._up_to = self._settled_up_to(before)
        if self._up_to > before:
            self._settled.update(figures.deliveries(connection, before, self._up_to))
        recent = Counter(figures.deliveries(connection, self._up_to, newest))
        possible = {(channel, result): 0 for channel in figures.channels(connection) for result in Result}
        return possible | dict(self._settled + recent)

    def _settled_up_to(self, known: int) -> int:
        """The newest attempt of a count that is long enough ago."""
        while self._newest[0][0] <= self.clock() - SETTLED_SECONDS:
            _, known = self._newest.popleft()
        return known
