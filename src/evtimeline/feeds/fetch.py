"""Fetch many feeds politely and safely: one thread, bounded in time and size, every hop's address checked."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

import pycurl

from evtimeline.errors import FetchError
from evtimeline.feeds.answers import Body, BodyError, fresh_for, retry_after, status_sentence, validator
from evtimeline.feeds.asking import FetchRequest, Job
from evtimeline.feeds.politeness import Lanes
from evtimeline.feeds.transfer import Reachable, Transfer, arm, failure, new_handle
from evtimeline.feeds.urls import target

_REDIRECTS = (301, 302, 303, 307, 308)
_PERMANENT = (301, 308)
_CHECK_EVERY = 0.05  # seconds
_LAST_SECONDS = 10.0  # for what is under way when the caller wants no more

MOST_WAITING = 1_000
"""Requests that are held ready for hosts which are busy; with more, the next ones are not asked for."""


@dataclass(frozen=True)
class Limits:
    """What fetching may cost; seconds and bytes."""

    total: float = 30.0  # for one feed, redirects included
    connect: float = 10.0
    size: int = 10_000_000  # of the unpacked body
    redirects: int = 5
    at_once: int = 16
    per_host: int = 2
    gap: float = 0.1  # between two requests to one public host
    link_local: bool = False  # whether feeds marked private may reach link-local and metadata addresses


@dataclass(frozen=True)
class FetchResult:
    """What came of a request: `error` is a sentence, or `body` is whole, or `unchanged` says that nothing is new.

    `url` is the address that answered. `etag` and `last_modified` are to be kept only once the body has been parsed
    as a whole. `moved_to` is where permanent redirects led, to be adopted only when what is there parses.
    """

    request: FetchRequest
    url: str
    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None
    error: str | None = None
    unchanged: bool = False
    retry_after: int | None = None
    fresh_for: int | None = None
    moved_to: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    elapsed: float = 0.0


def fetch_all(
    requests: Iterable[FetchRequest],
    limits: Limits | None = None,
    *,
    agent: str,
    now: datetime,
    stop: Callable[[], bool] = lambda: False,
    meanwhile: Callable[[], None] = lambda: None,
) -> Iterator[FetchResult]:
    """Fetch, and give results as they finish, in no certain order; one per request, errors included, never raises.

    Requests are taken only as there is room for them, so that they may be made meanwhile.

    `agent` is the User-Agent with our version and address; `now` serves a Retry-After date without a Date beside it.
    Once `stop` says so nothing more is asked, what is under way has some seconds to end, and the rest has no result.
    `meanwhile` is done now and then while there is nothing but waiting.
    """
    fetching = _Fetching(limits or Limits(), agent, now, stop)
    try:
        yield from fetching.run(requests, meanwhile)
    finally:
        fetching.close()


class _Fetching:
    """The state of one `fetch_all`: what waits per host, what is under way, and idle handles."""

    def __init__(self, limits: Limits, agent: str, now: datetime, stop: Callable[[], bool]) -> None:
        self._limits, self._agent, self._now, self._stop = limits, agent, now, stop
        self._last_moment: float | None = None  # once a stop was asked for
        self._multi = pycurl.CurlMulti()
        self._idle: list[pycurl.Curl] = []
        self._active: dict[pycurl.Curl, Job] = {}
        self._lanes: Lanes[Job] = Lanes(limits.per_host)
        self._expects_more = True
        self._away = 0.0  # seconds the caller took between results: no feed is to blame for them
        self._next_check = 0.0

    def run(self, requests: Iterable[FetchRequest], meanwhile: Callable[[], None]) -> Iterator[FetchResult]:
        source = iter(requests)
        while (self._expects_more or self._lanes.waiting or self._active) and not self._is_stopped():
            self._start_what_may()
            refused = self._admit(source)
            self._multi.perform()
            finished = [*refused, *self._finished(), *self._overdue()]
            left = time.monotonic()
            yield from finished
            if not finished:
                meanwhile()
            self._away += time.monotonic() - left
            if not finished:
                self._wait()

    def close(self) -> None:
        """End what is under way, for a caller that stops early, too."""
        for curl in list(self._active):
            self._release(curl)
        for curl in self._idle:
            curl.close()
        self._multi.close()

    def _is_stopped(self) -> bool:
        """Whether a stop was asked for and nothing is under way any more, or for too long."""
        if self._last_moment is None and self._stop():
            self._last_moment = time.monotonic() + _LAST_SECONDS
            self._expects_more = False
        return self._last_moment is not None and (not self._active or time.monotonic() > self._last_moment)

    def _clock(self) -> float:
        return time.monotonic() - self._away

    def _admit(self, source: Iterator[FetchRequest]) -> list[FetchResult]:
        """Take requests while there is a place free for them; returns those that cannot be asked at all."""
        refused = []
        while self._expects_more and len(self._active) < self._limits.at_once and self._lanes.waiting < MOST_WAITING:
            asked_at = time.monotonic()
            request = next(source, None)
            self._away += time.monotonic() - asked_at
            if request is None:
                self._expects_more = False
                break
            try:
                asked = target(request.url)
            except FetchError as error:
                refused.append(FetchResult(request, request.url, error=str(error)))
            else:
                self._lanes.put(asked.host, Job(request, asked))
                self._start_what_may()
        return refused

    def _start_what_may(self) -> None:
        clock = self._clock()
        while len(self._active) < self._limits.at_once and self._last_moment is None:
            taken = self._lanes.take(clock)
            if taken is None:
                return
            host, job = taken
            self._lanes.asked(host, clock if job.request.private else clock + self._limits.gap)
            self._start(job, clock)

    def _start(self, job: Job, clock: float) -> None:
        limits, request = self._limits, job.request
        job.began = clock if job.began is None else job.began
        job.hop_began = clock
        reachable = Reachable(request.private, limits.link_local, redirected=job.hops > 0)
        job.transfer = Transfer(job.target, reachable, Body(limits.size))
        curl = self._idle.pop() if self._idle else new_handle(self._agent)
        arm(curl, job.transfer, job.headers())
        self._active[curl] = job
        self._multi.add_handle(curl)

    def _finished(self) -> Iterator[FetchResult]:
        """Collect what libcurl has finished; a redirect goes back to the queue as the next hop."""
        more = 1
        while more:
            more, done, failed = self._multi.info_read()
            for curl in done:
                status = int(curl.getinfo(pycurl.RESPONSE_CODE))
                location = curl.getinfo(pycurl.REDIRECT_URL)
                result = self._answered(self._release(curl), status, location)
                if result is not None:
                    yield result
            for curl, code, message in failed:
                job = self._release(curl)
                yield self._result(job, error=failure(code, message, job.under_way()))

    def _overdue(self) -> Iterator[FetchResult]:
        """End what takes too long; by our own clock, which stands still while the caller works on a result."""
        clock = self._clock()
        if clock < self._next_check:
            return
        self._next_check = clock + _CHECK_EVERY
        for curl, job in list(self._active.items()):
            connecting = clock - job.hop_began > self._limits.connect and not curl.getinfo(pycurl.PRETRANSFER_TIME)
            if connecting or clock - (job.began or 0.0) > self._limits.total:
                seconds = self._limits.connect if connecting else self._limits.total
                self._release(curl)
                yield self._result(job, error=job.under_way().refused or f"no whole answer within {seconds:g} s")

    def _release(self, curl: pycurl.Curl) -> Job:
        job = self._active.pop(curl)
        self._multi.remove_handle(curl)
        self._idle.append(curl)
        self._lanes.done(job.target.host)
        job.under_way().close()
        return job

    def _answered(self, job: Job, status: int, location: str | None) -> FetchResult | None:
        """Turn a complete answer into a result, or None when the job goes on to another address."""
        if status in _REDIRECTS and location:
            return self._redirected(job, status, location)
        if status == 304:
            if job.conditional:
                return self._result(job, status, unchanged=True)
            return self._result(job, status, error="the server says that nothing has changed, but was not asked that")
        if not 200 <= status < 300 or status == 206:
            return self._result(job, status, error=status_sentence(status))
        try:
            body = job.under_way().body.finish()
        except BodyError as error:
            return self._result(job, status, error=str(error))
        return self._result(job, status, body=body)

    def _redirected(self, job: Job, status: int, location: str) -> FetchResult | None:
        if job.hops >= self._limits.redirects:
            return self._result(job, status, error=f"more than {self._limits.redirects} redirects")
        try:
            following = target(location)
        except FetchError as error:
            return self._result(job, status, error=f"redirected to where we do not go: {error}")
        same = following.origin == job.target.origin
        following = replace(following, credentials=job.target.credentials if same else None)
        job.moved = job.moved and status in _PERMANENT
        job.moved_to = following.url if job.moved else job.moved_to
        job.target, job.hops = following, job.hops + 1
        self._lanes.put(following.host, job, first=True)
        return None

    def _result(
        self,
        job: Job,
        status: int | None = None,
        *,
        body: bytes | None = None,
        error: str | None = None,
        unchanged: bool = False,
    ) -> FetchResult:
        headers = job.transfer.headers.values if job.transfer else {}
        return FetchResult(
            request=job.request,
            url=job.target.url,
            status=status,
            headers=headers,
            body=body,
            error=error,
            unchanged=unchanged,
            retry_after=retry_after(headers, self._now),
            fresh_for=fresh_for(headers, self._now) if status and not error else None,
            moved_to=job.moved_to,
            etag=validator(headers, "etag"),
            last_modified=validator(headers, "last-modified"),
            elapsed=self._clock() - (job.began or 0.0),
        )

    def _wait(self) -> None:
        """Wait for the network, or for the end of a host's gap."""
        patience = _CHECK_EVERY
        soonest = self._lanes.soonest()
        if soonest is not None and len(self._active) < self._limits.at_once:
            patience = min(max(soonest - self._clock(), 0.001), patience)
        if self._multi.select(patience) < 0:  # no socket to wait for yet, a name is being looked up
            time.sleep(min(patience, 0.005) if self._active else patience)
