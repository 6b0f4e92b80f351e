from datetime import timedelta

import pytest
from sqlalchemy import Engine
from tests.builders import NOW
from tests.store.statements import counted

from evtimeline.store import feeds
from evtimeline.store.engine import reading, writing
from evtimeline.store.feeds import Failure, FeedState, Success, Unchanged

URL = "https://example.org/feed"
LATER = NOW + timedelta(hours=1)
LATEST = NOW + timedelta(hours=2)


def state(database: Engine) -> FeedState:
    with reading(database) as connection:
        return feeds.states(connection)[URL]


@pytest.fixture
def feed(database: Engine) -> int:
    with writing(database) as connection:
        return feeds.ensure(connection, [URL])[URL].id


def success(database: Engine, feed: int, **changes: object) -> None:
    with writing(database) as connection:
        feeds.record_success(connection, feed, Success(due_at=LATER, **changes), NOW)  # type: ignore[arg-type]


def test_a_feed_that_was_never_polled_is_new(database: Engine, feed: int) -> None:
    assert state(database) == FeedState(feed, URL)


def test_a_feed_keeps_its_number_however_often_it_is_named(database: Engine, feed: int) -> None:
    with writing(database) as connection:
        known = feeds.ensure(connection, [URL, "https://example.org/other", URL])
    assert list(known) == [URL, "https://example.org/other"]
    assert known[URL].id == feed


def test_a_success_keeps_validators_and_counts_entries(database: Engine, feed: int) -> None:
    success(database, feed, etag='"1"', last_modified="Mon", body_hash="aa", title="Cars", new_entries=3, interval=600)
    assert state(database) == FeedState(
        feed, URL, "Cars", '"1"', "Mon", "aa", NOW, NOW, NOW, NOW, LATER, state="ok", entries_count=3, interval=600
    )


def test_a_later_success_keeps_the_first_poll_and_drops_old_validators(database: Engine, feed: int) -> None:
    success(database, feed, etag='"1"', title="Cars", new_entries=3, interval=600)
    with writing(database) as connection:
        feeds.record_success(connection, feed, Success(due_at=LATEST, last_modified="Tue"), LATER)
    found = state(database)
    assert (found.first_polled_at, found.new_entry_at, found.attempted_at) == (NOW, NOW, LATER)
    assert (found.etag, found.last_modified, found.title, found.interval) == (None, "Tue", "Cars", 600)
    assert found.entries_count == 3


def test_a_failure_keeps_what_was_known_and_says_why(database: Engine, feed: int) -> None:
    success(database, feed, etag='"1"', new_entries=1)
    with writing(database) as connection:
        for _ in range(2):
            feeds.record_failure(connection, feed, Failure("the answer is a web page", LATEST, "not a feed"), LATER)
    found = state(database)
    assert (found.failures, found.error, found.state) == (2, "the answer is a web page", "not a feed")
    assert (found.etag, found.succeeded_at, found.attempted_at, found.due_at) == ('"1"', NOW, LATER, LATEST)


def test_a_success_ends_a_row_of_failures(database: Engine, feed: int) -> None:
    with writing(database) as connection:
        feeds.record_failure(connection, feed, Failure("503", LATER, retry_after_until=LATEST), NOW)
    assert state(database).retry_after_until == LATEST
    success(database, feed)
    found = state(database)
    assert (found.failures, found.error, found.state, found.retry_after_until) == (0, None, "ok", None)


def test_unchanged_feeds_are_recorded_together_and_keep_their_validators(database: Engine, feed: int) -> None:
    success(database, feed, etag='"1"', interval=600)
    with writing(database) as connection:
        known = feeds.ensure(connection, [f"{URL}/{number}" for number in range(1_000)])
        same = [Unchanged(one.id, LATEST) for one in known.values()]
        with counted(database) as statements:
            feeds.record_unchanged(connection, [*same, Unchanged(feed, LATEST, 900)], LATER)
    assert len(statements) == 1
    found = state(database)
    assert (found.etag, found.succeeded_at, found.due_at, found.interval) == ('"1"', LATER, LATEST, 900)
    with reading(database) as connection:
        assert all(one.due_at == LATEST for one in feeds.states(connection).values())


def test_moves_are_counted_while_they_lead_to_the_same_place(database: Engine, feed: int) -> None:
    counts = []
    for target in ("https://a.example", "https://a.example", "https://b.example", None):
        success(database, feed, moved_to=target)
        counts.append((state(database).moved_to, state(database).moved_count))
    assert counts == [("https://a.example", 1), ("https://a.example", 2), ("https://b.example", 1), (None, 0)]
