from datetime import timedelta

import pytest
from sqlalchemy import Engine
from tests.builders import NOW

from evtimeline.store import feeds, leases
from evtimeline.store.engine import reading, writing
from evtimeline.store.feeds import Failure, LeaseLostError, Success, Unchanged
from evtimeline.store.leases import FARTHEST, LEASE

URLS = [f"https://example.org/{number}" for number in range(6)]
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def listed(database: Engine) -> Engine:
    with writing(database) as connection:
        feeds.sync(connection, URLS, NOW)
    return database


def claim(engine: Engine, holder: str, most: int = 10, now: object = NOW) -> list[str]:
    with writing(engine) as connection:
        return [one.url for one in leases.claim(connection, holder, now, most)]  # type: ignore[arg-type]


def numbers(engine: Engine) -> dict[str, int]:
    with reading(engine) as connection:
        return {url: state.id for url, state in feeds.states(connection).items()}


def test_a_feed_belongs_to_one_holder_at_a_time(listed: Engine) -> None:
    assert claim(listed, "a", 4) == URLS[:4]
    assert claim(listed, "b") == URLS[4:]
    assert claim(listed, "a") == claim(listed, "b") == []


def test_what_a_holder_still_has_of_a_round_that_broke_off_is_due_for_it_alone(listed: Engine) -> None:
    claim(listed, "a")
    with reading(listed) as connection:
        assert leases.any_due(connection, NOW, "a")
        assert not leases.any_due(connection, NOW, "b")


def test_a_claim_passes_over_what_another_transaction_is_claiming(postgresql_url: str) -> None:
    from evtimeline.store.engine import connect

    engine = connect(postgresql_url)
    with writing(engine) as connection:
        feeds.sync(connection, URLS, NOW)
    with writing(engine) as one, writing(engine) as other:
        first = {state.url for state in leases.claim(one, "a", NOW, 4)}
        second = {state.url for state in leases.claim(other, "b", NOW, 4)}
    assert (len(first), second) == (4, set(URLS) - first)
    engine.dispose()


def test_what_waits_longest_is_claimed_first_and_what_is_not_due_not_at_all(listed: Engine) -> None:
    ids = numbers(listed)
    waits = [Unchanged(ids[url], NOW - timedelta(minutes=minutes)) for minutes, url in enumerate(URLS[:3])]
    with writing(listed) as connection:
        feeds.record_unchanged(connection, [*waits, *(Unchanged(ids[url], LATER) for url in URLS[3:])], NOW)
    assert claim(listed, "a", 2) == [URLS[2], URLS[1]]
    assert claim(listed, "a") == [URLS[0]]


def test_a_lease_that_has_ended_is_anybodys(listed: Engine) -> None:
    claim(listed, "a")
    assert claim(listed, "b", now=NOW + LEASE - timedelta(seconds=1)) == []
    assert claim(listed, "b", now=NOW + LEASE) == URLS


def test_a_renewed_lease_lasts_longer(listed: Engine) -> None:
    claim(listed, "a", 2)
    with writing(listed) as connection:
        leases.renew(connection, "a", NOW + LEASE)
    assert claim(listed, "b", now=NOW + LEASE) == URLS[2:]


def test_who_stops_gives_everything_back_at_once(listed: Engine) -> None:
    claim(listed, "a", 4)
    with writing(listed) as connection:
        leases.release(connection, "a")
        leases.release(connection, "b")
    assert claim(listed, "b") == URLS


def test_named_feeds_are_claimed_whether_or_not_they_are_due_but_not_from_others(listed: Engine) -> None:
    claim(listed, "a", 1)
    with writing(listed) as connection:
        feeds.record_unchanged(connection, [Unchanged(numbers(listed)[URLS[1]], LATER)], NOW)
        named = [*URLS[:2], "https://example.org/unknown"]
        assert [one.url for one in leases.claim_these(connection, "b", NOW, named)] == named[1:]


def test_what_a_poll_brought_ends_its_lease(listed: Engine) -> None:
    claim(listed, "a")
    ids = numbers(listed)
    with writing(listed) as connection:
        feeds.record_success(connection, ids[URLS[0]], Success(NOW), NOW, "a")
        feeds.record_failure(connection, ids[URLS[1]], Failure("503", NOW), NOW, "a")
        feeds.record_unchanged(connection, [Unchanged(ids[URLS[2]], NOW)], NOW, "a")
    assert claim(listed, "b") == URLS[:3]


def test_what_was_lost_to_another_is_not_recorded(listed: Engine) -> None:
    claim(listed, "a")
    assert claim(listed, "b", now=NOW + LEASE) == URLS
    ids = numbers(listed)
    with pytest.raises(LeaseLostError), writing(listed) as connection:
        feeds.record_success(connection, ids[URLS[0]], Success(LATER), NOW, "a")
    with pytest.raises(LeaseLostError), writing(listed) as connection:
        feeds.record_failure(connection, ids[URLS[0]], Failure("503", LATER), NOW, "a")
    with writing(listed) as connection:
        feeds.record_unchanged(connection, [Unchanged(ids[URLS[0]], LATER)], NOW, "a")
        leases.defer(connection, "a", ids.values(), LATER)
        leases.release(connection, "a")
        state = feeds.states(connection)[URLS[0]]
    assert (state.leased_by, state.due_at, state.state, state.failures) == ("b", NOW, "new", 0)


def test_a_deferred_feed_is_given_back_and_waits(listed: Engine) -> None:
    claim(listed, "a")
    with writing(listed) as connection:
        leases.defer(connection, "a", numbers(listed).values(), LATER)
    assert claim(listed, "b") == []
    assert claim(listed, "b", now=LATER) == URLS


def test_a_clock_that_was_years_ahead_puts_nothing_off_for_years(listed: Engine) -> None:
    claim(listed, "a", 2, now=NOW + 2 * FARTHEST)
    with writing(listed) as connection:
        feeds.record_unchanged(connection, [Unchanged(numbers(listed)[URLS[2]], NOW + 2 * FARTHEST)], NOW)
        leases.mend(connection, NOW)
    assert sorted(claim(listed, "b")) == URLS


def test_a_clock_that_was_hours_ahead_is_forgotten_once_that_is_mended(listed: Engine) -> None:
    wrong, number = NOW + timedelta(hours=5), numbers(listed)[URLS[0]]
    with writing(listed) as connection:
        feeds.record_success(connection, number, Success(wrong + timedelta(hours=1)), wrong)
    claim(listed, "dead", 2, now=wrong)
    assert sorted(claim(listed, "a")) == URLS[3:]
    with writing(listed) as connection:
        leases.mend(connection, NOW)
        first = feeds.states(connection)[URLS[0]].first_polled_at
    assert first == NOW
    assert sorted(claim(listed, "b")) == URLS[:3]


def test_what_is_no_longer_listed_is_not_claimed_and_keeps_what_is_known_of_it(listed: Engine) -> None:
    with writing(listed) as connection:
        feeds.record_success(connection, numbers(listed)[URLS[0]], Success(NOW, etag='"1"'), NOW)
        feeds.sync(connection, [*URLS[1:], "https://example.org/new"], NOW)
    assert sorted(claim(listed, "a")) == [*URLS[1:], "https://example.org/new"]
    with writing(listed) as connection:
        feeds.sync(connection, URLS, NOW)
    assert claim(listed, "b") == [URLS[0]]
    with reading(listed) as connection:
        assert feeds.states(connection)[URLS[0]].etag == '"1"'


def test_a_feed_that_was_known_before_it_was_listed_is_due(database: Engine) -> None:
    with writing(database) as connection:
        feeds.ensure(connection, URLS)
        assert leases.count_due(connection, NOW) == 0
        feeds.sync(connection, URLS, NOW)
        assert leases.count_due(connection, NOW) == len(URLS)
    assert claim(database, "a") == URLS
