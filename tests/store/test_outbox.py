from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine
from tests.builders import NOW, a_message, a_subscription

from evtimeline.core.retrying import MOST_ATTEMPTS, after
from evtimeline.core.subscriptions import Attempt, Message, MessageState, Result, Subscription
from evtimeline.errors import UnknownKeyError
from evtimeline.store import outbox, subscriptions
from evtimeline.store.engine import connect, reading, writing

LATER = NOW + timedelta(hours=1)
AFTER_THE_LEASE = NOW + outbox.LEASE


@pytest.fixture
def team(database: Engine) -> Subscription:
    with writing(database) as connection:
        return subscriptions.add(connection, a_subscription())


def queued(database: Engine, *messages: Message) -> tuple[Message, ...]:
    with writing(database) as connection:
        return outbox.queue(connection, messages)


def taken(database: Engine, now: datetime = NOW, limit: int = 1, without: tuple[int, ...] = ()) -> list[str]:
    with writing(database) as connection:
        numbers = outbox.due(connection, now, limit, without)
        found = [outbox.take(connection, number, now) for number in numbers]
    return [one.key for one in found if one is not None]


def answered(database: Engine, message: Message, result: Result, reason: str = "because") -> None:
    attempt = Attempt(message.id, NOW, result, reason, 0.5)
    with writing(database) as connection:
        outbox.record(connection, attempt, *after(attempt, message.attempts + 1))


def test_a_message_comes_back_equal_but_for_its_number(database: Engine, team: Subscription) -> None:
    rich = a_message(
        team.id,
        html="<p>小米</p>",
        payload="{}",
        references=("<a@example.org>", "<b@example.org>"),
        thread="cars/yu7-launch",
        state=MessageState.HELD,
        reason="first report",
        due_at=LATER,
    )
    (stored,) = queued(database, rich)
    assert replace(stored, id=0) == rich
    with reading(database) as connection:
        assert outbox.get(connection, stored.id) == stored


def test_a_key_is_queued_once_in_its_subscription(database: Engine, team: Subscription) -> None:
    with writing(database) as connection:
        other = subscriptions.add(connection, a_subscription("other@example.org"))
    first = queued(database, a_message(team.id, key="same"), a_message(other.id, key="same"))
    again = queued(database, a_message(team.id, key="same", subject="other words"), a_message(team.id, key="new"))
    assert [one.key for one in first] == ["same", "same"]
    assert [one.key for one in again] == ["new"]
    with reading(database) as connection:
        assert outbox.counts(connection) == {MessageState.QUEUED: 3}


def test_what_waits_longest_is_taken_first_and_by_nobody_else(database: Engine, team: Subscription) -> None:
    queued(
        database,
        a_message(team.id, key="late", due_at=LATER),
        a_message(team.id, key="second"),
        a_message(team.id, key="first", due_at=NOW - timedelta(hours=1)),
    )
    assert taken(database) == ["first"]
    assert taken(database, limit=5) == ["second"]
    assert taken(database) == []
    with reading(database) as connection:
        assert outbox.counts(connection) == {MessageState.SENDING: 2, MessageState.QUEUED: 1}


def test_two_processes_never_take_the_same_message(postgresql_url: str) -> None:
    engine = connect(postgresql_url)
    with writing(engine) as connection:
        team = subscriptions.add(connection, a_subscription())
        (message,) = outbox.queue(connection, [a_message(team.id)])
    with writing(engine) as one, writing(engine) as other:
        assert outbox.due(one, NOW) == outbox.due(other, NOW) == (message.id,)
        assert outbox.take(one, message.id, NOW) is not None
        assert outbox.take(other, message.id, NOW) is None
    engine.dispose()


def test_what_was_taken_and_not_sent_is_put_back_as_it_was(database: Engine, team: Subscription) -> None:
    (message,) = queued(database, a_message(team.id))
    with writing(database) as connection:
        begun = outbox.take(connection, message.id, NOW)
        assert begun is not None
        outbox.put_back(connection, begun, NOW)
        assert outbox.get(connection, message.id) == message
        assert outbox.attempts(connection, [message.id]) == {message.id: ()}


def test_an_attempt_is_unknown_until_its_answer_is_recorded(database: Engine, team: Subscription) -> None:
    (message,) = queued(database, a_message(team.id))
    taken(database)
    with reading(database) as connection:
        (begun,) = outbox.attempts(connection, [message.id])[message.id]
    assert (begun.at, begun.result) == (NOW, Result.UNKNOWN)
    answered(database, message, Result.SENT, "250 ok")
    with reading(database) as connection:
        (ended,) = outbox.attempts(connection, [message.id])[message.id]
        found = outbox.get(connection, message.id)
    assert ended == replace(begun, result=Result.SENT, reason="250 ok", seconds=0.5)
    assert (found.state, found.sent_at, found.last_error, found.attempts) == (MessageState.SENT, NOW, None, 1)


def test_what_a_crash_left_is_taken_again_when_its_lease_is_over(database: Engine, team: Subscription) -> None:
    (message,) = queued(database, a_message(team.id))
    taken(database)
    assert taken(database, AFTER_THE_LEASE - timedelta(seconds=1)) == []
    assert taken(database, AFTER_THE_LEASE) == [message.key]
    with reading(database) as connection:
        assert [one.result for one in outbox.attempts(connection, [message.id])[message.id]] == [Result.UNKNOWN] * 2
        assert outbox.get(connection, message.id).message_id == message.message_id


def test_what_ends_its_process_every_time_is_given_up_and_shown(database: Engine, team: Subscription) -> None:
    (message,) = queued(database, a_message(team.id, attempts=MOST_ATTEMPTS - 1))
    assert taken(database) == [message.key]
    assert taken(database, AFTER_THE_LEASE) == []
    with reading(database) as connection:
        assert outbox.load(connection, [MessageState.DEAD])[0].last_error == outbox.CUT_OFF


def test_a_refusal_for_now_is_tried_later(database: Engine, team: Subscription) -> None:
    (message,) = queued(database, a_message(team.id))
    taken(database)
    answered(database, message, Result.RETRY, "451 try again")
    with reading(database) as connection:
        found = outbox.get(connection, message.id)
    assert (found.state, found.last_error) == (MessageState.QUEUED, "451 try again")
    assert NOW + timedelta(minutes=1) <= found.due_at <= NOW + timedelta(minutes=1.1)
    assert taken(database, found.due_at) == [message.key]


def test_dead_letters_stay_until_somebody_retries_them(database: Engine, team: Subscription) -> None:
    dead, sent = queued(database, a_message(team.id, key="dead"), a_message(team.id, key="sent"))
    taken(database, limit=2)
    answered(database, dead, Result.DEAD, "550 no such user")
    answered(database, sent, Result.SENT)
    assert taken(database, NOW + timedelta(days=300)) == []
    with writing(database) as connection:
        assert outbox.retry(connection, [dead.id, sent.id], LATER) == 1
    assert taken(database, LATER) == ["dead"]


def test_what_was_sent_stays_sent_whatever_a_slow_process_says(database: Engine, team: Subscription) -> None:
    (message,) = queued(database, a_message(team.id))
    taken(database)
    answered(database, message, Result.SENT)
    answered(database, message, Result.DEAD)
    with reading(database) as connection:
        assert outbox.get(connection, message.id).state is MessageState.SENT


def test_paused_and_removed_subscriptions_are_sent_nothing(database: Engine, team: Subscription) -> None:
    queued(database, a_message(team.id))
    with writing(database) as connection:
        subscriptions.save(connection, replace(team, paused=True))
    assert taken(database) == []
    with writing(database) as connection:
        subscriptions.save(connection, team)
        subscriptions.remove(connection, team.id, NOW)
    assert taken(database) == []
    with reading(database) as connection:
        assert outbox.counts(connection) == {}


def test_a_subscription_can_be_passed_over(database: Engine, team: Subscription) -> None:
    queued(database, a_message(team.id))
    assert taken(database, without=(team.id,)) == []


def test_a_clock_that_is_put_back_strands_nothing(database: Engine, team: Subscription) -> None:
    wrong = NOW + timedelta(days=30)
    queued(database, a_message(team.id, key="leased", due_at=wrong))
    assert taken(database, wrong) == ["leased"]
    queued(database, a_message(team.id, key="queued", due_at=wrong))
    assert sorted(taken(database, limit=5)) == ["leased", "queued"]


def test_a_thread_names_its_messages_oldest_first(database: Engine, team: Subscription) -> None:
    told = [a_message(team.id, key=key, thread="cars/yu7") for key in "ab"] + [a_message(team.id, key="c", thread="x")]
    queued(database, *told)
    with reading(database) as connection:
        assert outbox.thread(connection, team.id, "cars/yu7") == (told[0].message_id, told[1].message_id)


def test_a_message_that_is_not_there_says_where_to_look(database: Engine) -> None:
    with reading(database) as connection, pytest.raises(UnknownKeyError, match="evtimeline deliveries"):
        outbox.get(connection, 7)


@pytest.mark.parametrize("result", [Result.RETRY, Result.UNKNOWN, Result.DEAD])
def test_who_has_lost_a_message_cannot_settle_it(database: Engine, team: Subscription, result: Result) -> None:
    (message,) = queued(database, a_message(team.id))
    taken(database)
    assert taken(database, AFTER_THE_LEASE) == [message.key]
    answered(database, message, result, "too late")
    with reading(database) as connection:
        first, second = outbox.attempts(connection, [message.id])[message.id]
        assert outbox.get(connection, message.id).state is MessageState.SENDING
    assert (first.result, first.reason, second.result) == (result, "too late", Result.UNKNOWN)


def test_that_it_was_sent_counts_from_whoever_lost_it_too(database: Engine, team: Subscription) -> None:
    (message,) = queued(database, a_message(team.id))
    taken(database)
    taken(database, AFTER_THE_LEASE)
    answered(database, message, Result.SENT)
    with reading(database) as connection:
        assert outbox.get(connection, message.id).state is MessageState.SENT
    assert taken(database, AFTER_THE_LEASE + outbox.LEASE) == []


def test_who_has_lost_a_message_cannot_put_it_back(database: Engine, team: Subscription) -> None:
    (message,) = queued(database, a_message(team.id))
    with writing(database) as connection:
        begun = outbox.take(connection, message.id, NOW)
    assert begun is not None
    assert taken(database, AFTER_THE_LEASE) == [message.key]
    with writing(database) as connection:
        outbox.put_back(connection, begun, NOW)
    with reading(database) as connection:
        assert outbox.get(connection, message.id).state is MessageState.SENDING
        assert len(outbox.attempts(connection, [message.id])[message.id]) == 1
