from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlalchemy import Engine
from tests.builders import NOW, a_subscription, days
from tests.store.ledgers import a_stored_claim, a_stored_milestone

from evtimeline.core.claims import Tier
from evtimeline.core.subscriptions import Cadence, Silence
from evtimeline.errors import UnknownKeyError
from evtimeline.store import silences, subscriptions
from evtimeline.store.engine import connect, reading, writing
from evtimeline.store.subscriptions import Cursor

RICH = a_subscription(
    cadence=Cadence.WEEKLY,
    weekday=0,
    at=time(8),
    zone="Asia/Shanghai",
    language="zh",
    timelines=("cars",),
    milestones=("cars/yu7-launch",),
    kinds=("slipped", "mention"),
    least_tier=Tier.SECONDARY,
    quiet_from=time(22, 30),
    quiet_to=time(7),
    operator=True,
    empty=False,
    remind_days=(14, 2),
    group_wait=timedelta(minutes=5),
    token="nobody guesses it",
)


def test_a_subscription_comes_back_equal_but_for_its_number(database: Engine) -> None:
    with writing(database) as connection:
        rich = subscriptions.add(connection, RICH)
        plain = subscriptions.add(connection, a_subscription())
    assert [replace(one, id=0) for one in (rich, plain)] == [RICH, a_subscription(token=plain.token)]
    assert len(plain.token) >= 32
    with reading(database) as connection:
        assert subscriptions.load(connection) == (rich, plain)
        assert subscriptions.by_token(connection, RICH.token) == rich


def test_a_new_subscription_is_told_only_of_what_comes(database: Engine) -> None:
    with writing(database) as connection:
        claim = a_stored_claim(connection, days("2025-06-26"))
        stored = subscriptions.add(connection, a_subscription())
        assert subscriptions.cursor(connection, stored.id) == Cursor(0, claim.claim.id, NOW)


def test_a_cursor_moves_and_is_read_together_with_others(database: Engine) -> None:
    there = Cursor(7, 9, NOW + timedelta(days=7))
    with writing(database) as connection:
        one, other = (subscriptions.add(connection, a_subscription(address)) for address in ("a@b.c", "d@e.f"))
        subscriptions.move(connection, one.id, there)
        assert subscriptions.cursors(connection) == {one.id: there, other.id: Cursor(0, 0, NOW)}


def test_a_changed_subscription_keeps_its_number_and_cursor(database: Engine) -> None:
    with writing(database) as connection:
        stored = subscriptions.add(connection, RICH)
        changed = replace(stored, paused=True, kinds=(), least_tier=None, quiet_from=None)
        subscriptions.save(connection, changed)
        assert subscriptions.get(connection, stored.id) == changed
        assert subscriptions.load(connection, paused=False) == ()


def test_a_removed_subscription_is_gone_for_everybody(database: Engine) -> None:
    with writing(database) as connection:
        stored = subscriptions.add(connection, RICH)
        subscriptions.remove(connection, stored.id, NOW)
        assert subscriptions.load(connection) == ()
        assert subscriptions.by_token(connection, RICH.token) is None
        with pytest.raises(UnknownKeyError, match="evtimeline subscriptions"):
            subscriptions.get(connection, stored.id)
        with pytest.raises(UnknownKeyError, match="no subscription 99"):
            subscriptions.cursor(connection, 99)


def test_a_silence_holds_until_it_is_lifted(database: Engine) -> None:
    with writing(database) as connection:
        milestone = a_stored_milestone(connection)
        stored = silences.add(connection, Silence(milestone, date(2025, 9, 1), "known", "me", NOW))
        assert silences.load(connection) == (stored,)
        silences.lift(connection, stored.id, "me", NOW)
        assert silences.load(connection) == ()
        with pytest.raises(UnknownKeyError, match="evtimeline silences"):
            silences.lift(connection, stored.id, "me", NOW)


def test_cursors_are_moved_on_together_and_never_back(database: Engine) -> None:
    with writing(database) as connection:
        near, far, other = (subscriptions.add(connection, a_subscription(f"{n}@example.org")) for n in range(3))
        subscriptions.move(connection, far.id, Cursor(9, 9, NOW))
        subscriptions.pass_over(connection, [near.id, far.id], 5, 7)
        found = subscriptions.cursors(connection)
    assert [found[one.id] for one in (near, far, other)] == [Cursor(5, 7, NOW), Cursor(9, 9, NOW), Cursor(0, 0, NOW)]


def test_a_cursor_that_somebody_holds_is_left_to_him(postgresql_url: str) -> None:
    engine = connect(postgresql_url)
    with writing(engine) as connection:
        one = subscriptions.add(connection, a_subscription())
    with writing(engine) as holder, writing(engine) as other:
        assert subscriptions.claim(holder, one.id) == Cursor(0, 0, NOW)
        assert subscriptions.claim(other, one.id) is None
        subscriptions.pass_over(other, [one.id], 5, 7)
        assert subscriptions.cursors(other)[one.id] == Cursor(0, 0, NOW)
    engine.dispose()
