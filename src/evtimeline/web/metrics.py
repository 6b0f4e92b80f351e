"""The figures of a running evtimeline as Prometheus reads them; counted at most every few seconds."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from http import HTTPStatus
from importlib.metadata import version
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from evtimeline.core.status import Status
from evtimeline.errors import StoreError
from evtimeline.store import schema
from evtimeline.store.figures import UNSENT, Waiting
from evtimeline.web.answers import Answer
from evtimeline.web.patience import Patience
from evtimeline.web.snapshot import Snapshot, take
from evtimeline.web.tally import Tally

if TYPE_CHECKING:
    from sqlalchemy import Engine

KEPT_SECONDS = 15.0
"""How long counted figures are good enough: Prometheus usually asks every 15 to 60 seconds."""

FEED_STATES = ("new", "ok", "failing", "gone", "not a feed")

Labels = tuple[str, ...]
Series = Mapping[Labels, float]


class Metrics(Collector):
    """Counts what is in one database, and the process that serves it."""

    def __init__(self, engine: "Engine", clock: Callable[[], datetime], patience: Patience) -> None:
        self._engine = engine
        self._clock = clock
        self._patience = patience
        self._tally = Tally()
        self._lock = Lock()
        self._counted: Snapshot | None = None
        self._counted_at = -KEPT_SECONDS
        self._registry = CollectorRegistry()
        self._registry.register(self)
        ProcessCollector(registry=self._registry)

    def page(self) -> Answer:
        """Answer /metrics, with what is known without a database where that does not answer."""
        return Answer(HTTPStatus.OK, generate_latest(self._registry).decode(), CONTENT_TYPE_LATEST)

    def describe(self) -> tuple[Metric, ...]:
        """Nothing: being registered is no reason to count."""
        return ()

    def collect(self) -> Iterator[Metric]:
        """Every family of figures."""
        known = self._latest()
        build = {"version": version("evtimeline"), "schema": schema.HEAD, "database": self._engine.dialect.name}
        yield _gauge("build_info", "The version at work, always 1.", {tuple(build.values()): 1}, tuple(build))
        yield _gauge("database_up", "Whether the database answered the last time, 1 or 0.", known is not None)
        if known is not None:
            yield from _families(known)

    def _latest(self) -> Snapshot | None:
        """What was counted lately, or is counted now; None where the database does not answer."""
        with self._lock:
            if monotonic() - self._counted_at >= KEPT_SECONDS:
                try:
                    self._counted = self._patience.wait_for(lambda: take(self._engine, self._clock(), self._tally))
                except StoreError:
                    self._counted = None
                self._counted_at = monotonic()
            return self._counted


def _families(known: Snapshot) -> Iterator[Metric]:
    yield _gauge("figures_seconds", "How long the database took to count these figures.", known.seconds)
    yield from _polling(known)
    yield from _ledger(known)
    yield from _telling(known)
    yield from _daemons(known)


def _polling(known: Snapshot) -> Iterator[Metric]:
    states = dict.fromkeys(FEED_STATES, 0) | dict(known.feeds)
    yield _gauge("feeds", "Feeds that are followed, by how their last poll went.", _by_text(states), ("state",))
    yield _gauge("polls_due", "Feeds whose time to be polled has come.", known.polls.number)
    yield _gauge(
        "poll_oldest_due_seconds", "How long the feed that waits longest is overdue.", _age(known, known.polls)
    )
    yield CounterMetricFamily("evtimeline_entries", "Entries that feeds ever brought.", known.entries)


def _ledger(known: Snapshot) -> Iterator[Metric]:
    statuses = {status.value: known.milestones.get(status, 0) for status in Status}
    yield _gauge("milestones", "Milestones that are followed, by their status today.", _by_text(statuses), ("status",))
    verdicts = {verdict.value: number for verdict, number in known.claims.items()}
    yield _gauge("claims", "Claims about them, by verdict.", _by_text(verdicts), ("verdict",))


def _telling(known: Snapshot) -> Iterator[Metric]:
    states = {state.value: known.outbox.get(state, 0) for state in UNSENT}
    yield _gauge("outbox_messages", "Messages that are not sent, by state.", _by_text(states), ("state",))
    yield _gauge("messages_due", "Messages whose time to be sent has come.", known.messages.number)
    oldest = _age(known, known.messages)
    yield _gauge("message_oldest_due_seconds", "How long the message that waits longest is overdue.", oldest)
    attempts = CounterMetricFamily(
        "evtimeline_deliveries",
        "Attempts to deliver a message since this process began, by all daemons of the database.",
        labels=("channel", "result"),
    )
    for (channel, result), number in sorted(known.deliveries.items()):
        attempts.add_metric((channel, result.value), number)
    yield attempts
    sent: Series = {(): known.last_digest.timestamp()} if known.last_digest else {}
    yield _gauge("digest_last_sent_timestamp_seconds", "When the newest digest was sent.", sent)


def _daemons(known: Snapshot) -> Iterator[Metric]:
    alive = sum(one.is_alive(known.at) for one in known.daemons)
    beats: Series = {(one.name,): one.beat_at.timestamp() for one in known.daemons}
    starts: Series = {(one.name,): one.started_at.timestamp() for one in known.daemons}
    yield _gauge("daemons_alive", "Daemons of this database that were heard of lately.", alive)
    yield _gauge("daemon_heartbeat_timestamp_seconds", "When a daemon was last heard of.", beats, ("daemon",))
    yield _gauge("daemon_start_timestamp_seconds", "When a daemon started.", starts, ("daemon",))
    labels = ("daemon", "job")
    ended: Series = {(run.daemon, run.job): run.ended_at.timestamp() for run in known.runs}
    took: Series = {(run.daemon, run.job): run.seconds for run in known.runs}
    failed: Series = {(run.daemon, run.job): float(run.error is not None) for run in known.runs}
    yield _gauge("job_last_end_timestamp_seconds", "When the last run of a job ended.", ended, labels)
    yield _gauge("job_last_duration_seconds", "How long the last run of a job took.", took, labels)
    yield _gauge("job_last_failed", "Whether the last run of a job failed, 1 or 0.", failed, labels)


def _gauge(name: str, sentence: str, values: float | Series, labels: Labels = ()) -> Metric:
    family = GaugeMetricFamily(f"evtimeline_{name}", sentence, labels=labels)
    for of, value in (values if isinstance(values, Mapping) else {(): values}).items():
        family.add_metric(of, value)
    return family


def _by_text(numbers: Mapping[str, int]) -> Series:
    return {(name,): number for name, number in numbers.items()}


def _age(known: Snapshot, waiting: Waiting) -> float:
    return max((known.at - waiting.since).total_seconds(), 0.0) if waiting.since else 0.0
