"""Judges the work: what feeds bring, who is running, what is late, what was not sent and who is never reached."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from evtimeline.core.findings import Area, Finding, Level, found, span
from evtimeline.core.troubles import Sore, Trouble

WORST = 3
"""How many of many are named."""

LATE = timedelta(minutes=30)
"""From when on what is due is late, while a daemon runs."""

IDLE = timedelta(days=1)
"""From when on feeds that nobody polls are too many: whoever runs rounds by cron runs them more often."""

STUCK = timedelta(minutes=5)
OVERDUE = timedelta(hours=1)


@dataclass(frozen=True)
class Followed:
    """The feeds: enabled ones, others, those that the database knows by state, and which are two spellings of one.

    `untouched` were due for more than a day and never polled; `unlisted` are in a feeds.yaml that nobody has read.
    """

    enabled: int
    disabled: int = 0
    states: Mapping[str, int] = field(default_factory=dict)
    twins: tuple[tuple[str, str], ...] = ()
    untouched: int = 0
    unlisted: int = 0


@dataclass(frozen=True)
class Heard:
    """A daemon that was heard of, and whether lately."""

    name: str
    started_at: datetime
    beat_at: datetime
    version: str
    alive: bool


@dataclass(frozen=True)
class Holding:
    """Who holds the lock of the workspace, since when."""

    what: str
    pid: int
    host: str
    since: datetime


@dataclass(frozen=True)
class Round:
    """The last `run --once` on a machine; it broke off where there is a `why`."""

    host: str
    ended_at: datetime
    why: str | None = None


@dataclass(frozen=True)
class Late:
    """What is due and not done: how many, and since when the oldest."""

    number: int = 0
    since: datetime | None = None

    def by(self, now: datetime) -> timedelta:
        """How late the oldest is."""
        return now - self.since if self.since else timedelta()


@dataclass(frozen=True)
class Work:
    """What was heard of those who work, and what waits for them; `failed` are the last runs of jobs that failed."""

    daemons: tuple[Heard, ...] = ()
    holding: Holding | None = None
    failed: tuple[tuple[str, str], ...] = ()  # job, why
    polls: Late = Late()
    messages: Late = Late()
    digests: Late = Late()
    version: str = ""
    rounds: tuple[Round, ...] = ()


def judge_feeds(followed: Followed, troubles: Sequence[Trouble]) -> Iterator[Finding]:
    """Whether the feeds bring something."""
    if not followed.enabled:
        yield found(Area.FEEDS, Level.WARNING, "no feeds")
        return
    fine, new = followed.states.get("ok", 0), followed.states.get("new", 0)
    yield found(Area.FEEDS, Level.OK, "feeds", n=followed.enabled, off=followed.disabled, fine=fine, new=new)
    broken = [one for one in troubles if one.sore is Sore.BROKEN]
    all_fail = len(broken) == followed.enabled and len(broken) > 1
    if broken:
        level, code = (Level.PROBLEM, "all feeds fail") if all_fail else (Level.WARNING, "feeds fail")
        yield found(Area.FEEDS, level, code, n=len(broken), worst=_worst(broken))
    silent = [one for one in troubles if one.sore is Sore.SILENT]
    if silent:
        yield found(Area.FEEDS, Level.WARNING, "feeds silent", n=len(silent), worst=_worst(silent))
    if followed.untouched:
        yield found(Area.FEEDS, Level.WARNING, "feeds untouched", n=followed.untouched)
    if followed.unlisted:
        yield found(Area.FEEDS, Level.WARNING, "feeds unlisted", n=followed.unlisted)
    for first, second in followed.twins[:WORST]:
        yield found(Area.FEEDS, Level.WARNING, "feed twice", first=first, second=second)


def judge_work(work: Work, now: datetime) -> Iterator[Finding]:
    """Whether somebody does what is due."""
    alive = [one for one in work.daemons if one.alive]
    late = work.polls.by(now) > IDLE or max(work.messages.by(now), work.digests.by(now)) > OVERDUE
    yield from _judge_daemons(work, now, missed=late and not alive)
    yield from _judge_holder(work.holding, now, silent=not alive)
    if not alive and late:
        yield found(Area.RUNNING, Level.PROBLEM, "nobody works")
    elif not work.daemons and not work.holding:
        yield found(Area.RUNNING, Level.OK, "no daemon")
    for one in work.rounds:
        yield _judge_round(one, now, needed=not alive)
    for job, why in work.failed:
        yield found(Area.RUNNING, Level.PROBLEM, "job failed", job=job, why=why)
    yield _judge_late(Area.FEEDS, "polls", work.polls, now, LATE if alive else IDLE)
    yield _judge_late(Area.MESSAGES, "messages", work.messages, now, LATE if alive else OVERDUE)
    if work.digests.number:
        yield _judge_late(Area.MESSAGES, "digests", work.digests, now, LATE if alive else OVERDUE)


def judge_messages(troubles: Sequence[Trouble], doubtful: int) -> Iterator[Finding]:
    """Whether messages that were due have been written and have arrived."""
    for sore, code in ((Sore.DEAD, "dead"), (Sore.UNBUILT, "unbuilt")):
        lost = [one for one in troubles if one.sore is sore]
        if lost:
            yield found(Area.MESSAGES, Level.PROBLEM, code, n=len(lost), worst=_worst(lost))
    if doubtful:
        yield found(Area.MESSAGES, Level.WARNING, "in doubt", n=doubtful)


def judge_audience(number: int, unreachable: Sequence[tuple[str, str]], *, operator: bool) -> Iterator[Finding]:
    """Whether subscriptions can be told; `unreachable` ones as they are shown, with why; `operator`: somebody is."""
    for who, why in unreachable:
        yield found(Area.MESSAGES, Level.PROBLEM, "unreachable", who=who, why=why)
    if number and not operator:
        yield found(Area.MESSAGES, Level.WARNING, "no operator")
    if not unreachable:
        yield found(Area.MESSAGES, Level.OK, "told" if number else "nobody told", n=number)


def _judge_daemons(work: Work, now: datetime, *, missed: bool) -> Iterator[Finding]:
    for one in work.daemons:
        told = {"name": one.name, "since": span(now - one.started_at), "beat": span(now - one.beat_at)}
        if not one.alive:
            yield found(Area.RUNNING, Level.PROBLEM if missed else Level.WARNING, "daemon lost", **told)
        elif one.version != work.version:
            yield found(Area.RUNNING, Level.WARNING, "daemon old", **told, version=one.version, ours=work.version)
        else:
            yield found(Area.RUNNING, Level.OK, "daemon", **told)


def _judge_round(one: Round, now: datetime, *, needed: bool) -> Finding:
    ago = span(now - one.ended_at)
    if one.why:
        level = Level.PROBLEM if needed else Level.WARNING
        return found(Area.RUNNING, level, "round failed", host=one.host, ago=ago, why=one.why)
    return found(Area.RUNNING, Level.OK, "round", host=one.host, ago=ago)


def _judge_holder(held: Holding | None, now: datetime, *, silent: bool) -> Iterator[Finding]:
    if held is None:
        return
    stuck = silent and held.what == "daemon" and now - held.since > STUCK
    level, code = (Level.PROBLEM, "holder silent") if stuck else (Level.OK, "held")
    yield found(Area.RUNNING, level, code, what=held.what, pid=held.pid, host=held.host, since=span(now - held.since))


def _judge_late(area: Area, what: str, late: Late, now: datetime, patience: timedelta) -> Finding:
    if late.by(now) > patience:
        return found(area, Level.PROBLEM, f"{what} late", n=late.number, by=span(late.by(now)))
    return found(area, Level.OK, f"{what} due", n=late.number)


def _worst(troubles: Sequence[Trouble]) -> str:
    """The first few, with why, and that there are more."""
    named = [f"{one.title} ({one.why})" if one.why else one.title for one in troubles[:WORST]]
    return "; ".join([*named, *(["…"] if len(troubles) > WORST else [])])
