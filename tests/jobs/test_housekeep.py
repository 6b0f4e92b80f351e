from collections.abc import Iterator, Mapping
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select
from tests.builders import NOW, a_message, a_subscription, an_entry, instant
from tests.jobs.world import Clock, feed_at, follow, item, poll_all, rss
from tests.servers import FeedServer

from evtimeline.core.keeping import Keep
from evtimeline.core.subscriptions import Attempt, MessageState, Result
from evtimeline.exports.gallery_json import dump_gallery
from evtimeline.feeds.parse import ENTRY_LIMIT
from evtimeline.jobs.gallery import gather
from evtimeline.jobs.housekeep import Housekept, housekeep
from evtimeline.jobs.rereading import reread
from evtimeline.jobs.settling import settle_milestones
from evtimeline.store import entries, feeds, milestones, outbox, retention, subscriptions, tables
from evtimeline.store.engine import reading, writing

DAY = timedelta(days=1)
KEEP = Keep(entries=180 * DAY, messages=365 * DAY)
LONG_AFTER = instant("2026-01-01")
ABOUT_US = (
    item("1", "小米YU7将于2025年7月上市", "2025-05-05", "新车将在北京亮相。"),
    item("2", "小米汽车二期工厂将于2025年8月投产", "2025-05-08"),
)
OF_OTHERS = (
    item("3", "一季度猪肉价格回落", "2025-05-09", "均价每公斤二十元。"),
    item("4", "Rain tomorrow", "2025-05-09"),
)
NOTHING = Housekept()


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as running:
        yield running


@pytest.fixture
def url(database: Engine, server: FeedServer) -> str:
    """The address of a feed that was polled: two entries of it are in the ledger, two are of no use."""
    follow(database)
    url = server.serve("/feed", rss(*ABOUT_US, *OF_OTHERS))
    poll_all(database, [feed_at(url)], Clock())
    return url


def titles(engine: Engine) -> list[str]:
    with reading(engine) as connection:
        return [one.entry.title for one in entries.load_all(connection)]


def rows(engine: Engine) -> Mapping[str, list[tuple[object, ...]]]:
    """Everything that is not an entry or message."""
    told = {"entries", "messages", "deliveries", "markers"}
    with reading(engine) as connection:
        kept = [table for table in tables.metadata.sorted_tables if table.name not in told]
        return {table.name: [tuple(row) for row in connection.execute(select(table))] for table in kept}


@pytest.mark.usefixtures("url")
def test_old_entries_that_nothing_refers_to_lose_their_texts(database: Engine) -> None:
    done = housekeep(database, LONG_AFTER, KEEP)
    assert (done.entries, done.forgotten, done.messages) == (2, 0, 0)
    assert done.bytes == len("一季度猪肉价格回落均价每公斤二十元。Rain tomorrow".encode())
    assert titles(database) == ["小米汽车二期工厂将于2025年8月投产", "小米YU7将于2025年7月上市"]
    assert housekeep(database, LONG_AFTER, KEEP, thorough=True) == NOTHING


@pytest.mark.usefixtures("url")
def test_what_stands_and_what_is_shown_is_the_same_before_and_after(database: Engine) -> None:
    before, shown = rows(database), screens(database)
    assert housekeep(database, LONG_AFTER, KEEP).entries == 2
    with writing(database) as connection:
        assert settle_milestones(connection, milestones.ids(connection).values()) == ()
    assert rows(database) == before
    assert screens(database) == shown
    assert reread(database, LONG_AFTER).differences == ()


def screens(engine: Engine) -> str:
    with reading(engine) as connection:
        return dump_gallery(gather(connection, LONG_AFTER, None, whole=True))


@pytest.mark.usefixtures("url")
def test_young_entries_stay(database: Engine) -> None:
    assert housekeep(database, instant("2025-07-01"), KEEP) == NOTHING
    assert len(titles(database)) == 4


@pytest.mark.usefixtures("url")
def test_what_is_kept_for_ever_stays(database: Engine) -> None:
    assert housekeep(database, LONG_AFTER, Keep(None, None)) == NOTHING


@pytest.mark.usefixtures("url")
def test_a_dry_run_changes_nothing_and_says_what_it_would(database: Engine) -> None:
    assert housekeep(database, LONG_AFTER, KEEP, dry_run=True).entries == 2
    assert len(titles(database)) == 4
    assert housekeep(database, LONG_AFTER, KEEP).entries == 2


def test_a_cleared_entry_that_its_feed_still_lists_is_not_new_again(
    database: Engine, server: FeedServer, url: str
) -> None:
    housekeep(database, LONG_AFTER, KEEP)
    server.serve("/feed", rss(*ABOUT_US, *OF_OTHERS, item("5", "News", "2025-12-31")))
    assert poll_all(database, [feed_at(url)], Clock(LONG_AFTER))[url].new_entries == 1
    assert len(titles(database)) == 3


def test_a_cleared_entry_that_says_something_else_is_read_again(database: Engine, server: FeedServer, url: str) -> None:
    housekeep(database, LONG_AFTER, KEEP)
    server.serve("/feed", rss(item("4", "小米YU7推迟到2026年3月上市", "2025-05-09")))
    polled = poll_all(database, [feed_at(url)], Clock(LONG_AFTER))[url]
    assert (polled.new_entries, polled.accepted) == (1, 1)
    assert "小米YU7推迟到2026年3月上市" in titles(database)


def a_feed_with(engine: Engine, numbers: range, since: timedelta = DAY) -> int:
    with writing(engine) as connection:
        feed = feeds.ensure(connection, ["https://example.org/feed"])["https://example.org/feed"].id
        entries.add(connection, feed, [an_entry(str(one)) for one in numbers], NOW - since, backfill=False)
        return feed


def test_what_a_feed_can_list_no_more_is_forgotten_wholly(database: Engine) -> None:
    assert retention.LISTED >= ENTRY_LIMIT
    a_feed_with(database, range(700), since=200 * DAY)
    assert housekeep(database, NOW, KEEP) == Housekept(entries=700, bytes=700 * len("Xiaomi YU7 goes on sale"))
    a_feed_with(database, range(700, 2_100), since=181 * DAY)
    a_feed_with(database, range(2_100, 2_500))
    done = housekeep(database, NOW, KEEP)
    assert (done.entries, done.forgotten) == (1_400, 500)
    with reading(database) as connection:
        assert entries.count(connection) == 2_000
        assert not entries.known(connection, 1, ["499"])
        assert entries.known(connection, 1, ["500"])


def test_each_run_looks_only_at_what_has_become_old_since(database: Engine) -> None:
    a_feed_with(database, range(400), since=200 * DAY)
    housekeep(database, NOW, KEEP)
    with writing(database) as connection:
        connection.execute(tables.entries.update().values(cleared_at=None).where(tables.entries.c.id <= 400))
    assert housekeep(database, NOW, KEEP) == NOTHING
    assert housekeep(database, NOW, KEEP, thorough=True).entries == 400


def test_entries_of_a_day_with_a_wrong_clock_hold_up_no_others(database: Engine) -> None:
    a_feed_with(database, range(400), since=200 * DAY)
    a_feed_with(database, range(400, 1_100), since=-900 * DAY)
    a_feed_with(database, range(1_100, 1_300), since=190 * DAY)
    assert housekeep(database, NOW, KEEP).entries == 600


def test_a_run_that_is_told_to_stop_keeps_what_it_did(database: Engine) -> None:
    a_feed_with(database, range(900), since=200 * DAY)
    asked = iter((False, True, True, True, True))
    assert housekeep(database, NOW, KEEP, stop=lambda: next(asked)).entries == retention.PAGE
    assert housekeep(database, NOW, KEEP).entries == 900 - retention.PAGE


def queued(engine: Engine, state: MessageState) -> int:
    with writing(engine) as connection:
        team = subscriptions.add(connection, a_subscription())
        (one,) = outbox.queue(connection, [a_message(team.id, html="<p>", payload="{}")])
        assert outbox.take(connection, one.id, NOW)
        outbox.record(connection, Attempt(one.id, NOW, Result.SENT, "250 taken"), state, NOW)
        return one.id


@pytest.mark.parametrize("state", [MessageState.SENT, MessageState.MUTED])
def test_old_messages_lose_their_bodies_and_stay_on_record(database: Engine, state: MessageState) -> None:
    number = queued(database, state)
    assert housekeep(database, NOW + 364 * DAY, KEEP) == NOTHING
    done = housekeep(database, NOW + 366 * DAY, KEEP)
    assert (done.messages, done.attempts) == (1, 1)
    with reading(database) as connection:
        kept = outbox.get(connection, number)
        assert (kept.text, kept.html, kept.payload) == ("", None, None)
        assert (kept.subject, kept.state) == (a_message(1).subject, state)
        assert outbox.attempts(connection, [number]) == {number: ()}


@pytest.mark.parametrize("state", [MessageState.DEAD, MessageState.UNKNOWN, MessageState.HELD])
def test_messages_that_may_still_be_sent_stay_whole(database: Engine, state: MessageState) -> None:
    queued(database, state)
    assert housekeep(database, NOW + 3_000 * DAY, KEEP) == NOTHING
