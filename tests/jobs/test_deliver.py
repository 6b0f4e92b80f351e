"""Delivering to a real mail server that fails in every way: nothing lost, and nothing doubled but what is in doubt."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine
from tests.builders import NOW
from tests.delivery.mailserver import Break, Fault, mail_server
from tests.jobs.delivering import deliver_all, fill, mail_channels
from tests.patience import MOMENT

from evtimeline.core.subscriptions import Message, MessageState, Result, Subscription
from evtimeline.delivery.contract import Outcome
from evtimeline.errors import StoreError
from evtimeline.jobs.deliver import deliver
from evtimeline.store import outbox
from evtimeline.store.engine import connect, reading, writing


def states(engine: Engine) -> dict[MessageState, int]:
    with reading(engine) as connection:
        return dict(outbox.counts(connection))


def next_due(engine: Engine) -> datetime:
    with reading(engine) as connection:
        return max(one.due_at for one in outbox.load(connection, [MessageState.QUEUED, MessageState.UNKNOWN]))


def test_what_is_queued_is_sent_once_on_one_connection(database: Engine) -> None:
    fill(database, 20)
    with mail_server() as server:
        assert len(deliver_all(database, server.port)) == 20
        assert deliver_all(database, server.port) == []
        assert (len(server.taken), len(set(server.message_ids())), server.connections) == (20, 20, 1)
    assert states(database) == {MessageState.SENT: 20}


def test_greylisted_mail_is_sent_at_the_next_try(database: Engine) -> None:
    fill(database, 3)
    with mail_server(Fault("RCPT", "450 greylisted", times=3)) as server:
        assert {one.attempt.result for one in deliver_all(database, server.port)} == {Result.RETRY}
        assert deliver_all(database, server.port, NOW + timedelta(seconds=30)) == []
        assert {one.attempt.result for one in deliver_all(database, server.port, next_due(database))} == {Result.SENT}
        assert len(server.taken) == 3


def test_a_refused_recipient_is_a_dead_letter_with_its_reason(database: Engine) -> None:
    for one in "abc":
        fill(database, 1, f"{one}@example.org")
    with mail_server(Fault("RCPT", "550 no such user", recipient="b@")) as server:
        deliver_all(database, server.port)
        assert sorted(server.recipients) == ["a@example.org", "c@example.org"]
    assert states(database) == {MessageState.SENT: 2, MessageState.DEAD: 1}
    with reading(database) as connection:
        (dead,) = outbox.load(connection, [MessageState.DEAD])
        assert dead.last_error == "550 no such user (to RCPT TO)"


@pytest.mark.parametrize("silence", list(Break))
def test_what_is_in_doubt_is_sent_again_under_the_same_message_id(database: Engine, silence: Break) -> None:
    fill(database, 1)
    with mail_server(Fault("taken", silence, times=1)) as server:
        (first,) = deliver_all(database, server.port, timeout=MOMENT)
        assert (first.attempt.result, first.message.state) == (Result.UNKNOWN, MessageState.UNKNOWN)
        (second,) = deliver_all(database, server.port, next_due(database))
        assert second.attempt.result is Result.SENT
        assert Counter(server.message_ids()) == {first.message.message_id: 2}
    with reading(database) as connection:
        told = outbox.attempts(connection, [first.message.id])[first.message.id]
    assert [one.result for one in told] == [Result.UNKNOWN, Result.SENT]


def test_a_server_that_is_down_is_asked_once_a_round(database: Engine) -> None:
    fill(database, 50)
    with mail_server(Fault("greeting", "421 down")) as server:
        assert len(deliver_all(database, server.port)) == 1
        assert server.connections == 1
    assert states(database) == {MessageState.QUEUED: 50}


def test_a_server_that_fails_now_and_then_gets_everything_in_the_end(database: Engine) -> None:
    fill(database, 40)
    faults = [
        Fault("MAIL", "421 enough", times=5),
        Fault("RCPT", "451 later", times=5),
        Fault("DATA", Break.DROP, times=5),
        Fault("dot", "452 full", times=5),
        Fault("dot", Break.DROP, times=2),
        Fault("taken", Break.DROP, times=2),
    ]
    now = NOW
    with mail_server(*faults) as server:
        for _ in range(60):
            deliver_all(database, server.port, now)
            now += timedelta(minutes=20)
        count = Counter(server.message_ids())
    assert states(database) == {MessageState.SENT: 40}
    assert len(count) == 40
    assert sum(count.values()) == 42  # the two whose answer was cut off


def test_nothing_is_sent_that_cannot_be_written_down_first(sqlite_url: str) -> None:
    engine, other = connect(sqlite_url, busy_seconds=0.05), connect(sqlite_url)
    fill(engine, 3)
    with mail_server() as server:
        with writing(other), pytest.raises(StoreError, match="another process is writing"):
            deliver_all(engine, server.port)
        assert server.taken == []
        assert len(deliver_all(engine, server.port)) == 3
    engine.dispose()
    other.dispose()


def test_who_stops_listening_leaves_nothing_half_done(database: Engine) -> None:
    fill(database, 3)
    with mail_server() as server, mail_channels(server.port) as channels:
        told = deliver(database, channels, lambda: NOW)
        next(told)
        told.close()
        assert len(server.taken) == 1
    assert states(database) == {MessageState.SENT: 1, MessageState.QUEUED: 2}


class Broken:
    """A channel with a bug."""

    def send(self, message: Message, subscription: Subscription, now: datetime) -> Outcome:
        raise ZeroDivisionError(f"{message.key} {subscription.address} {now.year}")


def test_a_message_that_trips_us_is_shown_and_holds_up_no_other(database: Engine) -> None:
    fill(database, 3)
    told = list(deliver(database, Broken(), lambda: NOW))
    assert [one.attempt.result for one in told] == [Result.DEAD] * 3
    assert "bug in evtimeline (ZeroDivisionError" in told[0].attempt.reason


def test_no_more_than_asked_for_is_sent(database: Engine) -> None:
    fill(database, 5)
    assert len(list(deliver(database, Broken(), lambda: NOW, most=2))) == 2
