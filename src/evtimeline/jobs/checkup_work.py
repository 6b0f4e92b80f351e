"""Looks at the work, for the check-up: feeds, daemons, what is late, what was not sent and who is never reached."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from evtimeline.core.cadence import next_due
from evtimeline.core.checkup_work import (
    IDLE,
    WORST,
    Followed,
    Heard,
    Holding,
    Late,
    Round,
    Work,
    judge_feeds,
    judge_messages,
    judge_work,
)
from evtimeline.core.findings import Area, Finding, Level, found
from evtimeline.core.subscriptions import MessageState
from evtimeline.core.troubles import Trouble
from evtimeline.errors import DocumentError
from evtimeline.feeds.catalogue import Feed, load_catalogue
from evtimeline.feeds.urls import shown
from evtimeline.jobs.troubles import find_troubles
from evtimeline.store import daemons, figures, job_runs, subscriptions
from evtimeline.store.engine import reading
from evtimeline.store.figures import Waiting
from evtimeline.store.job_runs import ROUND

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine


def check_feeds(catalogue: Path, engine: "Engine | None", now: datetime) -> Iterator[Finding]:
    """Whether feeds.yaml can be read, and what its feeds bring as far as there is a database. Raises StoreError."""
    try:
        feeds = load_catalogue(catalogue)
    except DocumentError as error:
        for problem in error.problems[:WORST]:
            where = f"{catalogue}:{problem.line}" if problem.line else str(catalogue)
            yield found(Area.FEEDS, Level.PROBLEM, "catalogue", why=f"{where}: {problem.message}")
        return
    if engine is None:
        yield from judge_feeds(_followed(feeds), ())
        return
    with reading(engine) as connection:
        states = figures.feeds_by_state(connection)
        untouched = figures.never_polled(connection, now - IDLE)
        troubles = find_troubles(connection, catalogue, now)
    written = datetime.fromtimestamp(catalogue.stat().st_mtime, UTC) if catalogue.exists() else now
    followed = _followed(feeds)
    unlisted = max(0, followed.enabled - sum(states.values())) if now - written > IDLE else 0
    yield from judge_feeds(
        Followed(followed.enabled, followed.disabled, states, followed.twins, untouched, unlisted), troubles
    )


def check_work(engine: "Engine", holding: Holding | None, version: str, now: datetime) -> Iterator[Finding]:
    """Whether somebody does what is due; `holding` is who holds the lock, `version` ours. Raises StoreError."""
    with reading(engine) as connection:
        heard = tuple(_heard(one, now) for one in daemons.load(connection))
        alive = {one.name for one in heard if one.alive}
        runs = job_runs.load(connection)
        failed = {one.job: one.error for one in runs if one.error and one.daemon in alive}
        rounds = tuple(Round(one.daemon, one.ended_at, one.error) for one in runs if one.job == ROUND)
        polls, messages = figures.polls_due(connection, now), figures.messages_due(connection, now)
        digests = _digests_due(connection, now)
    work = Work(heard, holding, tuple(failed.items()), _late(polls), _late(messages), digests, version, rounds)
    yield from judge_work(work, now)


def check_messages(engine: "Engine", catalogue: Path, now: datetime) -> Iterator[Finding]:
    """Whether messages arrive. Raises StoreError."""
    with reading(engine) as connection:
        troubles: tuple[Trouble, ...] = find_troubles(connection, catalogue, now)
        doubtful = figures.outbox_by_state(connection).get(MessageState.UNKNOWN, 0)
    yield from judge_messages(troubles, doubtful)


def _followed(feeds: Iterable[Feed]) -> Followed:
    """The feeds of the catalogue; twins are enabled ones whose addresses differ in nothing that matters."""
    enabled = [feed for feed in feeds if feed.enabled]
    known: dict[str, Feed] = {}
    twins = []
    for feed in enabled:
        first = known.setdefault(_bare(feed.url), feed)
        if first is not feed:
            twins.append((shown(first.url), shown(feed.url)))
    return Followed(len(enabled), sum(not feed.enabled for feed in feeds), twins=tuple(twins))


def _bare(url: str) -> str:
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}:{parts.port or ''}{parts.path.rstrip('/')}?{parts.query}"


def _heard(one: daemons.Daemon, now: datetime) -> Heard:
    return Heard(one.name, one.started_at, one.beat_at, one.version, one.is_alive(now))


def _late(waiting: Waiting) -> Late:
    return Late(waiting.number, waiting.since)


def _digests_due(connection: "Connection", now: datetime) -> Late:
    """The digests whose time has come, by the first time that passed without one."""
    cursors = subscriptions.cursors(connection)
    missed = []
    for one in subscriptions.load(connection, paused=False):
        try:
            first = next_due(one, cursors[one.id].period_end) if one.id in cursors else None
        except (LookupError, ValueError):  # a zone that this machine does not know, told of with the clock
            continue
        if first and first <= now:
            missed.append(first)
    return Late(len(missed), min(missed, default=None))
