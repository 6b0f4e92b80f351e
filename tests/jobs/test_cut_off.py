"""A database that goes away at the worst of times: what it had taken it keeps, and nothing is done twice."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import Engine
from tests.delivery.mailserver import mail_server
from tests.jobs.delivering import deliver_all, fill
from tests.jobs.sharing import LIMITS
from tests.jobs.told import MONDAY, compose, desk, news, queued, subscribe
from tests.jobs.world import Clock, feed_at, follow, item, poll_all, rss
from tests.patience import PATIENCE
from tests.servers import Answer, Asked, FeedServer
from tests.store.cutting import Wire

from evtimeline.core.subscriptions import MessageState, Result
from evtimeline.errors import StoreError
from evtimeline.store import claims, entries, milestones, outbox
from evtimeline.store.engine import connect, reading

FEEDS = 6


@pytest.fixture
def wire(postgresql_url: str) -> Iterator[Wire]:
    with Wire(postgresql_url) as wire:
        yield wire


@pytest.fixture
def engine(wire: Wire) -> Iterator[Engine]:
    engine = connect(wire.url)
    yield engine
    engine.dispose()


def telling(number: int) -> bytes:
    return rss(item(f"{number}", f"小米YU7将于2025年{6 + number % 4}月正式上市", "2025-05-09"))


def ledger(engine: Engine) -> tuple[int, int]:
    """How many entries there are, and how many claims were read in them."""
    with reading(engine) as connection:
        found = claims.of_milestone(connection, milestones.find(connection, "yu7-launch").id)
        return entries.count(connection), len(found) - 1


def test_a_poll_whose_commit_was_not_answered_is_kept_once(engine: Engine, wire: Wire) -> None:
    follow(engine)
    with FeedServer() as server:
        catalogue = [feed_at(server.serve(f"/{number}", telling(number)), f"P{number}") for number in range(FEEDS)]
        wire.cut_after_commit_of("INSERT INTO entries")
        polled = poll_all(engine, catalogue, Clock())
    assert wire.cuts == 1
    given_up = [one for one in polled.values() if one.lost]  # it was kept, and found so at the second try
    assert given_up and all(one.in_doubt and "stored all the same" in one.warnings[0] for one in given_up)
    assert ledger(engine) == (FEEDS, FEEDS)


def test_a_poll_goes_on_by_itself_when_all_connections_are_cut(engine: Engine, wire: Wire) -> None:
    follow(engine)
    all_are_asked = Barrier(FEEDS, action=wire.cut)  # nothing is under way in the database then
    with FeedServer() as server:

        def answer(asked: Asked) -> Answer:
            all_are_asked.wait(PATIENCE)
            return Answer(telling(int(asked.path[1:])))

        catalogue = [feed_at(server.serve(f"/{number}", answer), f"P{number}") for number in range(FEEDS)]
        polled = poll_all(engine, catalogue, Clock(), limits=LIMITS)
    assert not any(one.error for one in polled.values())
    assert ledger(engine) == (FEEDS, FEEDS)


def test_a_digest_whose_commit_was_not_answered_is_queued_once(engine: Engine, wire: Wire, tmp_path: Path) -> None:
    office = desk(engine, tmp_path)
    for number in range(3):
        subscribe(engine, address=f"{number}@example.org")
    news(engine, "2025-06-05T10:00")
    wire.cut_after_commit_of("INSERT INTO messages")
    with pytest.raises(StoreError, match="try again"):
        compose(office, MONDAY)
    assert len(compose(office, MONDAY)) == 2
    assert len({message.key for message in queued(engine)}) == len(queued(engine)) == 3


def test_a_delivery_whose_record_was_not_answered_is_sent_once(engine: Engine, wire: Wire) -> None:
    fill(engine, 5)
    with mail_server() as server:
        wire.cut_after_commit_of("UPDATE deliveries")
        done = deliver_all(engine, server.port)
        assert set(Counter(server.message_ids()).values()) == {1}
        done += deliver_all(engine, server.port, done[0].attempt.at + outbox.LEASE * 2)
        assert set(Counter(server.message_ids()).values()) == {1}
    assert wire.cuts == 1
    assert [one.attempt.result for one in done] == [Result.SENT] * 5
    with reading(engine) as connection:
        assert outbox.counts(connection) == {MessageState.SENT: 5}
