"""Several processes on one PostgreSQL: each piece of work is done once, and nobody's death or absence loses any."""

import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Engine
from tests.delivery.mailserver import mail_server
from tests.jobs.delivering import deliver_all, fill
from tests.jobs.sharing import poll_due, poller
from tests.jobs.told import MADE, MONDAY, desk, news, queued, subscribe, tell
from tests.jobs.world import BEGIN, feed_at, follow, item, rss
from tests.patience import PATIENCE
from tests.servers import Answer, Asked, FeedServer, Script

from evtimeline.core.subscriptions import Cadence, MessageState
from evtimeline.jobs.claiming import list_feeds
from evtimeline.store import claims, entries, feeds, milestones, outbox
from evtimeline.store.engine import connect, reading, writing
from evtimeline.store.feeds import Failure
from evtimeline.store.leases import LEASE

OVERDUE = MONDAY + timedelta(weeks=4)
"""A week after the last day of a milestone, which is when its first reminder goes out."""

TALKING = 20
"""One feed in so many speaks of a milestone."""


class Stand:
    """Feeds whose answers wait until a test lets a poller, known by its name, have them."""

    def __init__(self, server: FeedServer, count: int) -> None:
        self._server = server
        self._free: dict[str, threading.Event] = {}
        self._news = threading.Condition()
        self.urls = [server.serve(f"/{number}", self._answer(number)) for number in range(count)]

    def hold(self, name: str) -> None:
        self._free[name] = threading.Event()

    def let_go(self, name: str) -> None:
        self._free[name].set()

    def await_request_of(self, *names: str) -> None:
        with self._news:
            assert self._news.wait_for(lambda: set(names) <= set(self.asked()), PATIENCE)

    def asked(self) -> Counter[str]:
        """How often each poller has asked for anything."""
        return Counter(one.headers["user-agent"] for one in self._server.asked)

    def fetched(self) -> Counter[str]:
        """How often each feed was asked for."""
        return Counter(self._server.url(one.path) for one in self._server.asked)

    def _answer(self, number: int) -> Script:
        subject = "小米YU7将于2025年9月正式上市" if number % TALKING == 0 else "小米SU7交付"
        body = rss(item(f"{number}", subject, "2025-05-09"), item(f"{number}-x", "与此无关", "2025-05-09"))

        def answer(asked: Asked) -> Answer:
            with self._news:
                self._news.notify_all()
            free = self._free.get(asked.headers["user-agent"])
            if free:
                free.wait(PATIENCE)
            return Answer(body)

        return answer


@pytest.fixture
def engine(postgresql_url: str) -> Iterator[Engine]:
    engine = connect(postgresql_url)
    follow(engine)
    yield engine
    engine.dispose()


def stored(engine: Engine) -> tuple[int, int, set[str]]:
    """How many entries and claims there are, and in which states feeds are."""
    with reading(engine) as connection:
        states = feeds.states(connection).values()
        assert not any(one.leased_by for one in states)
        ledger = claims.of_milestone(connection, milestones.find(connection, "yu7-launch").id)
        return entries.count(connection), len(ledger) - 1, {one.state for one in states}


def listed(engine: Engine, urls: Sequence[str]) -> None:
    list_feeds(engine, [feed_at(url) for url in urls], BEGIN)


def test_three_pollers_share_what_is_due_and_fetch_each_feed_once(engine: Engine, postgresql_url: str) -> None:
    names = ("a", "b", "c")
    with FeedServer() as server, ExitStack() as stack:
        stand = Stand(server, 140)
        listed(engine, stand.urls)
        for name in names:
            stand.hold(name)
        processes = [stack.enter_context(poller(postgresql_url, name, BEGIN, stand.urls)) for name in names]
        stand.await_request_of(*names)
        for name in names:
            stand.let_go(name)
        said = [process.communicate(timeout=PATIENCE)[0].split() for process in processes]
        assert stand.fetched() == dict.fromkeys(stand.urls, 1)
    assert Counter(word for words in said for word in words[::2]) == {"kept": 140}
    assert stored(engine) == (280, 7, {"ok"})


def test_what_a_killed_poller_had_is_polled_by_others_when_its_lease_ends(engine: Engine, postgresql_url: str) -> None:
    with FeedServer() as server:
        stand = Stand(server, 70)
        listed(engine, stand.urls)
        stand.hold("killed")
        with poller(postgresql_url, "killed", BEGIN, stand.urls) as process:
            stand.await_request_of("killed")
            process.kill()
        stand.let_go("killed")
        first = [one.feed.url for one in poll_due(engine, "other", BEGIN, stand.urls)]
        second = [one.feed.url for one in poll_due(engine, "other", BEGIN + LEASE * 1.1, stand.urls)]
    assert sorted(first + second) == sorted(stand.urls)
    assert len(second) == 64
    assert stored(engine) == (140, 4, {"ok"})


def test_a_poller_that_stood_still_for_longer_than_its_lease_gives_up_what_it_lost(
    engine: Engine, postgresql_url: str
) -> None:
    with FeedServer() as server:
        stand = Stand(server, 70)
        listed(engine, stand.urls)
        stand.hold("frozen")
        with poller(postgresql_url, "frozen", BEGIN, stand.urls) as process:
            stand.await_request_of("frozen")
            process.send_signal(signal.SIGSTOP)
            others = {one.feed.url for one in poll_due(engine, "other", BEGIN + LEASE * 1.1, stand.urls)}
            stand.let_go("frozen")
            process.send_signal(signal.SIGCONT)
            said = process.communicate(timeout=PATIENCE)[0].split()
    assert others == set(stand.urls)
    assert set(said[::2]) == {"lost"}
    assert stored(engine) == (140, 4, {"ok"})


def told_everybody(url: str, folder: Path) -> Counter[str]:
    """Let three composers tell everybody at the same instant, and count what is queued by its key."""
    engines = [connect(url) for _ in range(3)]
    office = desk(engines[0], folder)
    (folder / "feeds.yaml").write_text("feeds:\n  - url: https://a.example/feed\n", "utf-8")
    for number in range(12):
        subscribe(engines[0], address=f"weekly{number}@example.org")
        subscribe(engines[0], Cadence.INSTANT, address=f"instant{number}@example.org", operator=number % 3 == 0)
    news(engines[0], "2025-06-05T10:00")
    with writing(engines[0]) as connection:
        state = feeds.ensure(connection, ["https://a.example/feed"])["https://a.example/feed"]
        feeds.record_failure(connection, state.id, Failure("410", MADE, "gone"), MADE)
    all_at_once([partial(tell, replace(office, engine=engine), OVERDUE) for engine in engines])
    keys = Counter(message.key for message in queued(engines[0]))
    for engine in engines:
        engine.dispose()
    return keys


def all_at_once(acts: Sequence[Callable[[], object]]) -> None:
    """Do things in threads that begin together; what one raises is raised here."""
    together = threading.Barrier(len(acts))
    with ThreadPoolExecutor(len(acts)) as pool:
        for one in [pool.submit(_act_with_others, together, act) for act in acts]:
            one.result(PATIENCE)


def _act_with_others(together: threading.Barrier, act: Callable[[], object]) -> None:
    together.wait(PATIENCE)
    act()


def test_three_composers_tell_everybody_once(postgresql_url: str, tmp_path: Path) -> None:
    keys = told_everybody(postgresql_url, tmp_path)
    kinds = Counter(key.partition(":")[0] for key in keys)
    assert kinds == {"digest": 12, "alert": 12, "reminder": 12, "operator": 4}
    assert set(keys.values()) == {1}


def test_three_deliverers_send_everything_once(postgresql_url: str) -> None:
    engines = [connect(postgresql_url) for _ in range(3)]
    fill(engines[0], 60)
    with mail_server() as server:
        all_at_once([partial(deliver_all, engine, server.port) for engine in engines])
        assert set(Counter(server.message_ids()).values()) == {1}
        assert len(server.message_ids()) == 60
    with reading(engines[0]) as connection:
        assert outbox.counts(connection) == {MessageState.SENT: 60}
    for engine in engines:
        engine.dispose()
