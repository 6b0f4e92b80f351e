from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine
from tests.builders import NOW, an_entry, instant
from tests.store.statements import counted

from evtimeline.core.claims import Tier
from evtimeline.store import entries, feeds
from evtimeline.store.engine import reading, writing

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def feed(database: Engine) -> int:
    with writing(database) as connection:
        return feeds.ensure(connection, ["https://example.org/feed"])["https://example.org/feed"].id


def test_an_entry_comes_back_equal(database: Engine, feed: int) -> None:
    told = an_entry(
        summary="小米YU7在6月26日上市 🚗",
        link="https://example.org/1",
        language="zh",
        published=instant("2025-06-26T13:00"),
        updated=instant("2025-06-26T14:00"),
        tier=Tier.PRIMARY,
    )
    with writing(database) as connection:
        (stored,) = entries.add(connection, feed, [told], NOW, backfill=False)
    with reading(database) as connection:
        assert entries.of_feed(connection, feed) == (stored,)
    assert (stored.entry, stored.first_seen_at, stored.backfill, stored.changed) == (told, NOW, False, False)


def test_only_what_is_new_or_says_something_else_is_returned(database: Engine, feed: int) -> None:
    first = [an_entry("1"), an_entry("2"), an_entry("3")]
    again = [an_entry("4"), an_entry("3", title="Delayed"), an_entry("2"), an_entry("1", link="https://example.org/x")]
    with writing(database) as connection:
        assert len(entries.add(connection, feed, first, NOW, backfill=True)) == 3
        told = entries.add(connection, feed, again, LATER, backfill=False)
    assert [(one.entry.guid, one.changed, one.backfill, one.first_seen_at) for one in told] == [
        ("4", False, False, LATER),
        ("3", True, True, NOW),
    ]
    assert told[1].entry.title == "Delayed"


def test_an_entry_that_did_not_change_is_not_written(database: Engine, feed: int) -> None:
    with writing(database) as connection:
        entries.add(connection, feed, [an_entry()], NOW, backfill=True)
        with counted(database) as statements:
            assert entries.add(connection, feed, [an_entry()], LATER, backfill=False) == ()
    assert len(statements) == 1


def test_of_entries_with_one_guid_the_first_counts(database: Engine, feed: int) -> None:
    told = [an_entry("1", title="newest"), an_entry("2"), an_entry("1", title="oldest")]
    with writing(database) as connection:
        stored = entries.add(connection, feed, told, NOW, backfill=False)
    assert [one.entry.title for one in stored] == ["newest", an_entry().title]


@pytest.mark.parametrize("same", [{"published": NOW}, {"link": "https://example.org/1"}])
def test_a_feed_that_makes_all_its_guids_anew_brings_nothing_new(
    database: Engine, feed: int, same: dict[str, datetime | str]
) -> None:
    first, again = an_entry("1", title="Launch", **same), an_entry("2", title="Launch", **same)
    with writing(database) as connection:
        entries.add(connection, feed, [first], NOW, backfill=False)
        assert entries.add(connection, feed, [again], LATER, backfill=False) == ()
        (new,) = entries.add(connection, feed, [again, an_entry("3", title="Delay", **same)], LATER, backfill=False)
    assert new.entry.title == "Delay"


def test_what_is_repeated_with_another_date_or_beside_known_guids_is_new(database: Engine, feed: int) -> None:
    weekly, repeated = an_entry("1", title="This week", published=NOW), an_entry("2", title="This week", published=NOW)
    with writing(database) as connection:
        entries.add(connection, feed, [weekly], NOW, backfill=False)
        assert len(entries.add(connection, feed, [replace(repeated, published=LATER)], LATER, backfill=False)) == 1
        assert len(entries.add(connection, feed, [weekly, replace(repeated, guid="3")], LATER, backfill=False)) == 1


def test_two_feeds_may_use_the_same_guid(database: Engine, feed: int) -> None:
    with writing(database) as connection:
        other = feeds.ensure(connection, ["https://example.org/other"])["https://example.org/other"].id
        entries.add(connection, feed, [an_entry()], NOW, backfill=False)
        assert len(entries.add(connection, other, [an_entry()], NOW, backfill=False)) == 1
        assert entries.count(connection) == 2


def test_entries_older_than_the_first_poll_are_backfill_whenever_they_appear(database: Engine, feed: int) -> None:
    told = [
        an_entry("old", published=NOW - timedelta(days=1)),
        an_entry("new", published=NOW + timedelta(minutes=1)),
        an_entry("undated"),
    ]
    with writing(database) as connection:
        stored = entries.add(connection, feed, told, LATER, backfill=False, since=NOW)
    assert [one.backfill for one in stored] == [True, False, False]


def test_a_thousand_entries_are_stored_in_a_few_statements(database: Engine, feed: int) -> None:
    told = [an_entry(str(number)) for number in range(1_000)]
    with writing(database) as connection, counted(database) as statements:
        stored = entries.add(connection, feed, told, NOW, backfill=True)
        changed = [replace(one, title="Delayed") for one in told]
        assert len(entries.add(connection, feed, changed, LATER, backfill=False)) == 1_000
    assert [one.entry.guid for one in stored] == [one.guid for one in told]
    assert len(statements) <= 6


def test_more_guids_than_a_statement_holds_are_looked_up_too(database: Engine, feed: int) -> None:
    with writing(database) as connection:
        entries.add(connection, feed, [an_entry("0"), an_entry("39999")], NOW, backfill=True)
        known = entries.known(connection, feed, (str(number) for number in range(40_000)))
    assert set(known) == {"0", "39999"}
    assert known["0"] == entries.content_hash(an_entry())
