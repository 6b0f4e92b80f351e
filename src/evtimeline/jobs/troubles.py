"""Find what goes wrong behind the scenes, and tell whoever operates this once of each."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from evtimeline.core.letters import shown_address
from evtimeline.core.schedule import Health, PollHistory, health
from evtimeline.core.subscriptions import MessageState
from evtimeline.core.troubles import FULL, PATIENCE, Sore, Trouble
from evtimeline.errors import DocumentError
from evtimeline.feeds.urls import masked
from evtimeline.store import ailing, claims, markers, outbox, subscriptions
from evtimeline.store.feeds import FeedState

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from evtimeline.feeds.catalogue import Feed

NOTICE = "operator:"
"""How the keys of notices begin."""

_BROKEN = (Health.FAILING, Health.GONE, Health.NOT_A_FEED)


def find_troubles(connection: "Connection", catalogue: Path, now: datetime) -> tuple[Trouble, ...]:
    """Everything that is wrong now; `catalogue` is feeds.yaml."""
    return (
        *_of_feeds(catalogue, ailing.load(connection, now), now),
        *_of_messages(connection),
        *_of_queue(connection),
    )


def told_of(connection: "Connection", subscription_id: int) -> frozenset[str]:
    """The keys of the troubles that a subscription was told of and that lasted then."""
    return frozenset(json.loads(markers.get(connection, _told(subscription_id)) or "[]"))


def remember_told(connection: "Connection", subscription_id: int, keys: frozenset[str]) -> None:
    """Keep what a subscription was told of; what is over is forgotten, so that it is told when it comes again."""
    markers.put(connection, _told(subscription_id), json.dumps(sorted(keys)))


def note_unbuilt(connection: "Connection", subscription_id: int, why: str) -> None:
    """Keep that a subscription's message could not be made, and why; an empty `why` says that it could again."""
    if why or markers.get(connection, _unbuilt(subscription_id)):
        markers.put(connection, _unbuilt(subscription_id), why)


def _told(subscription_id: int) -> str:
    return f"troubles told to subscription {subscription_id}"


def _unbuilt(subscription_id: int) -> str:
    return f"not built for subscription {subscription_id}"


def _of_feeds(catalogue: Path, states: Mapping[str, FeedState], now: datetime) -> Iterator[Trouble]:
    """The feeds of the catalogue that fail or are silent; the catalogue is read only where some feed may be."""
    found = {url: (state, _health(state, now)) for url, state in states.items()}
    ill = {url: one for url, one in found.items() if one[1] in (*_BROKEN, Health.QUIET)}
    if not ill:
        return
    try:
        followed = _followed(catalogue, catalogue.stat().st_mtime_ns if catalogue.exists() else 0)
    except DocumentError as error:
        yield Trouble(Sore.BROKEN, "catalogue", catalogue.name, masked(str(error).splitlines()[0]))
        return
    for feed in followed:
        if not feed.enabled or feed.url not in ill:
            continue
        (state, state_of), key = ill[feed.url], masked(feed.url)  # keys go out with webhooks' messages
        if state_of is Health.QUIET:
            since = state.new_entry_at or state.first_polled_at
            yield Trouble(Sore.SILENT, f"silent:{key}", feed.name, since=since)
        elif state.failures >= PATIENCE or state_of is not Health.FAILING:
            yield Trouble(Sore.BROKEN, f"broken:{key}", feed.name, state.error or "", state.succeeded_at)


@lru_cache(maxsize=1)
def _followed(catalogue: Path, _written: int) -> "Sequence[Feed]":
    """The feeds of feeds.yaml; a large one takes so long to read that it is read again only once it has changed."""
    from evtimeline.feeds.catalogue import load_catalogue

    return load_catalogue(catalogue)


def _health(state: FeedState, now: datetime) -> Health:
    habit = timedelta(seconds=state.interval) if state.interval else None
    return health(PollHistory(state.state, state.first_polled_at, state.new_entry_at, habit), now)


def _of_messages(connection: "Connection") -> Iterator[Trouble]:
    """Messages that were given up, and those that could not even be made."""
    known = {one.id: one for one in subscriptions.load(connection)}
    for message in outbox.load(connection, (MessageState.DEAD,)):
        if message.subscription_id in known and not message.key.startswith(NOTICE):  # no notices of notices
            title = f"“{message.subject}” → {shown_address(known[message.subscription_id])}"
            yield Trouble(Sore.DEAD, f"dead:{message.id}", title, message.last_error or "")
    for one in known.values():
        why = markers.get(connection, _unbuilt(one.id))
        if why:
            yield Trouble(Sore.UNBUILT, f"unbuilt:{one.id}", f"{one.id} → {shown_address(one)}", why)


def _of_queue(connection: "Connection") -> Iterator[Trouble]:
    waiting = claims.pending_count(connection)
    if waiting >= FULL:
        yield Trouble(Sore.QUEUE, "queue", f"evtimeline review: {waiting}")
