"""What happens in a trial by violence: which paper says what when, and what a workspace made of it in the end."""

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import NamedTuple

from sqlalchemy import Engine
from tests.endurance.press import Plant, Press

from evtimeline.core.subscriptions import MessageState, Result
from evtimeline.store import claims, feeds, outbox, revisions, standings, subscriptions
from evtimeline.store.engine import reading
from evtimeline.store.feeds import FeedState

MADE = datetime(2026, 6, 1, tzinfo=UTC)
"""When the workspace is made and every feed polled for the first time, which fills the ledger and alerts nobody."""

NEWS = datetime(2026, 6, 2, tzinfo=UTC)
"""When all entries say that they were published."""

BEGIN = datetime(2026, 6, 3, tzinfo=UTC)

_MORE = re.compile(r"\band (\d+) more\s*$", re.MULTILINE)
"""How a long mail says what it leaves out."""

COMMON = 5
"""So many plants are spoken of by all papers, which disagree; of every other one by one paper, once."""

EACH = 3
"""Entries of an edition about plants of their own."""


class Said(NamedTuple):
    """An entry to be."""

    paper: int
    title: str


Edition = tuple[Said, ...]


def editions(number: int, papers: int, seed: int = 20260602) -> tuple[Edition, ...]:
    """What is published, part by part; every entry about another plant, but for one of each edition.

    No paper says the same twice: it would be taken for one entry where it stands in one document, and for two else.
    """
    chance = random.Random(seed)
    known: set[Said] = set()

    def edition(first: int) -> Iterator[Said]:
        for one in (*range(first, first + EACH), chance.randrange(COMMON)):
            while (said := Said(chance.randrange(papers), Plant(one).postponed(chance))) in known:
                pass
            known.add(said)
            yield said

    return tuple(tuple(edition(COMMON + one * EACH)) for one in range(number))


def plants(editions: int) -> int:
    """How many plants so many editions speak of."""
    return COMMON + editions * EACH


def publish(press: Press, edition: Iterable[Said]) -> None:
    """Let papers list an edition."""
    for said in edition:
        press.papers[said.paper].publish(said.title, format_datetime(NEWS))


@dataclass(frozen=True)
class Ending:
    """What a workspace holds in the end, without instants and numbers, which chance decides.

    `claims` are all claims with their verdicts, `revisions` the changes of plants that one paper spoke of, `standing`
    what stands of those; `changes` counts all revisions that are news, `told` those that alerts were queued for;
    `attempts` counts the attempts that may have come through, by Message-ID.
    """

    claims: Counter[tuple[object, ...]]
    revisions: Counter[tuple[object, ...]]
    standing: Mapping[str, object]
    changes: int
    told: int
    attempts: Mapping[str, int]


def ending(engine: Engine) -> Ending:
    """Read it. Every message must have been sent by now."""
    with reading(engine) as connection:
        stored = {one.milestone.id: one for one in standings.load_all(connection)}
        keys = {number: one.milestone.milestone.key for number, one in stored.items()}
        own = {number for number, key in keys.items() if int(key[1:]) >= COMMON}
        ledgers = claims.of_milestones(connection, stored)
        decisions = claims.decisions_of_milestones(connection, stored)
        changed = revisions.since(connection, 0, backfill=False)
        messages = outbox.load(connection)
        tried = outbox.attempts(connection, [one.id for one in messages])
    verdicts = {one.claim_id: (one.verdict, one.decided_by) for many in decisions.values() for one in many}
    return Ending(
        Counter(
            (
                keys[number],
                one.publisher,
                one.signal,
                one.stance,
                one.window,
                one.title,
                one.backfill,
                *verdicts[one.id],
            )
            for number, ledger in ledgers.items()
            for one in ledger
        ),
        Counter(
            (keys[one.milestone_id], one.revision.kind, one.revision.old, one.revision.new)
            for one in changed
            if one.milestone_id in own
        ),
        {keys[number]: (stored[number].standing.window, stored[number].standing.claims) for number in own},
        len(changed),
        sum(_changes_in(one.key) for one in messages),
        {
            one.message_id: sum(each.result in (Result.SENT, Result.UNKNOWN) for each in tried[one.id])
            for one in messages
        },
    )


def _changes_in(key: str) -> int:
    """How many changes a message is about, as its key tells (see `core.alerts.alert_key`)."""
    kind, _, names = key.partition(":")
    told = names.rpartition(":")[2]
    if kind != "alert":
        return 0
    return int(told.rpartition("x")[2]) if ".." in told else len(told.split("+"))


def left(engine: Engine, press: Press) -> str:
    """What is still to be done, in words; nothing when all that was published is known, told and sent."""
    with reading(engine) as connection:
        states = feeds.states(connection, press.urls)
        newest, cursors = revisions.last_id(connection), subscriptions.cursors(connection)
        counts = outbox.counts(connection)
    unread = [paper.number for paper in press.papers if _is_unread(states, press.urls[paper.number], paper.etag)]
    untold = [one for one in cursors.values() if one.revision_id < newest]
    unsent = {state: number for state, number in counts.items() if state is not MessageState.SENT}
    return "; ".join(
        f"{name}: {many}" for name, many in (("unread", unread), ("untold", untold), ("unsent", unsent)) if many
    )


def _is_unread(states: Mapping[str, FeedState], url: str, etag: str) -> bool:
    return url not in states or states[url].etag != etag or states[url].leased_by is not None


class Mail(NamedTuple):
    """What a mail server has taken."""

    message_id: str
    text: str


def faults(struck: Ending, calm: Ending, mails: Sequence[Mail]) -> tuple[str, ...]:
    """What a trial by violence has broken, in sentences."""
    return (*_faults_of_ledger(struck, calm), *_faults_of_mail(struck, calm, mails))


def _faults_of_ledger(struck: Ending, calm: Ending) -> Iterator[str]:
    for name, mine, other in (
        ("claims", struck.claims, calm.claims),
        ("revisions", struck.revisions, calm.revisions),
    ):
        if mine != other:
            yield f"{name}: {list(mine - other)[:3]} too many, {list(other - mine)[:3]} missing"
    if struck.standing != calm.standing:
        yield "what stands differs"


def _faults_of_mail(struck: Ending, calm: Ending, mails: Sequence[Mail]) -> Iterator[str]:
    changed = {str(key) for key, *_ in calm.revisions}
    told = {key: _telling(mails, Plant(int(key[1:])).name) for key in changed}
    unlisted = sum(int(number) for text in {one.text for one in mails} for number in _MORE.findall(text))
    lost = [key for key, ids in told.items() if not ids]
    if len(lost) > unlisted:
        yield f"lost: nobody was mailed of {lost[:5]}, and mails speak of {unlisted} more"
    if struck.changes != struck.told:
        yield f"{struck.changes} changes, and alerts of {struck.told}"
    if again := [key for key, ids in told.items() if len(ids) > 1]:
        yield f"told twice: {again[:5]}"
    taken = Counter(one.message_id for one in mails)
    if set(taken) != set(struck.attempts):
        yield f"mails and outbox differ by {sorted(set(taken) ^ set(struck.attempts))[:5]}"
    if doubled := [one for one, times in taken.items() if times > struck.attempts.get(one, 0)]:
        yield f"sent more often than is on record: {doubled[:5]}"


def _telling(mails: Iterable[Mail], name: str) -> set[str]:
    return {one.message_id for one in mails if name in one.text}
