"""Whose turn it is: requests wait per host, so that no host is asked too often or by too many at once."""

import heapq
from collections import deque
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Job = TypeVar("Job")


@dataclass
class _Lane(Generic[Job]):
    """The requests that wait for one host."""

    waiting: deque[Job] = field(default_factory=deque)
    busy: int = 0
    next_at: float = 0.0
    queued: bool = False


class Lanes(Generic[Job]):
    """Jobs by host: at most `per_host` of a host are out at a time. Clocks are seconds of any one clock."""

    def __init__(self, per_host: int) -> None:
        self._per_host = per_host
        self._lanes: dict[str, _Lane[Job]] = {}
        self._ready: list[tuple[float, int, str]] = []  # hosts that have a job and a free place, by earliest time
        self._resting: deque[tuple[float, str]] = deque()  # hosts with nothing to do, until they may be forgotten
        self._count = 0
        self.waiting = 0

    def put(self, host: str, job: Job, *, first: bool = False) -> None:
        """Let a job wait for its host; `first`: before the host's other jobs."""
        lane = self._lanes.setdefault(host, _Lane())
        (lane.waiting.appendleft if first else lane.waiting.append)(job)
        self.waiting += 1
        self._queue(host, lane)

    def take(self, clock: float) -> tuple[str, Job] | None:
        """The next job whose host may be asked now; to be followed by `asked` and at the end `done`."""
        self._forget(clock)
        if not self._ready or self._ready[0][0] > clock:
            return None
        _, _, host = heapq.heappop(self._ready)
        lane = self._lanes[host]
        lane.queued = False
        lane.busy += 1
        self.waiting -= 1
        return host, lane.waiting.popleft()

    def asked(self, host: str, next_at: float) -> None:
        """Note that a host is being asked, and not to be asked again before `next_at`."""
        lane = self._lanes[host]
        lane.next_at = next_at
        self._queue(host, lane)

    def done(self, host: str) -> None:
        """Note that a job of a host has come back."""
        lane = self._lanes[host]
        lane.busy -= 1
        if not lane.waiting and not lane.busy:
            self._resting.append((lane.next_at, host))
        self._queue(host, lane)

    def soonest(self) -> float | None:
        """When the next job may start; None when that depends on another job's end."""
        return self._ready[0][0] if self._ready else None

    def _forget(self, clock: float) -> None:
        """Let go of hosts that have rested, so that a million of them take no more room than a few."""
        while self._resting and self._resting[0][0] <= clock:
            _, host = self._resting.popleft()
            lane = self._lanes.get(host)
            if lane and not lane.waiting and not lane.busy and lane.next_at <= clock:
                del self._lanes[host]

    def _queue(self, host: str, lane: _Lane[Job]) -> None:
        if lane.waiting and not lane.queued and lane.busy < self._per_host:
            lane.queued = True
            self._count += 1
            heapq.heappush(self._ready, (lane.next_at, self._count, host))
