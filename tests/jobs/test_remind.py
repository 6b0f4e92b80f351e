from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from tests.builders import instant
from tests.jobs.told import MADE, desk, news, notify, queued, remind, subscribe, told_to

from evtimeline.core.subscriptions import Attempt, Cadence, MessageState, Result, Silence
from evtimeline.jobs.desk import Desk
from evtimeline.store import feeds, milestones, outbox, silences
from evtimeline.store.engine import writing
from evtimeline.store.feeds import Failure, Success


@pytest.fixture
def office(database: Engine, tmp_path: Path) -> Desk:
    """The plant is promised for June, the car for August."""
    return desk(database, tmp_path)


@pytest.fixture
def small(sqlite: Engine, tmp_path: Path) -> Desk:
    return desk(sqlite, tmp_path)


def mornings(office: Desk, first: str, last: str) -> list[str]:
    """Remind at every full hour; the subjects of what was queued."""
    now, end = instant(first), instant(last)
    while now <= end:
        remind(office, now)
        now += timedelta(hours=6)
    return [message.subject for message in queued(office.engine)]


def test_reminders_come_in_the_morning_each_once(office: Desk) -> None:
    subscribe(office.engine, Cadence.INSTANT)
    assert mornings(office, "2025-06-28", "2025-07-26") == [
        "Xiaomi EV phase-II plant start-up, overdue by 1 day",
        "Xiaomi YU7 launch, opens in 30 days",
        "Xiaomi EV phase-II plant start-up, overdue by 8 days",
        "Xiaomi EV phase-II plant start-up, overdue by 15 days",
        "Xiaomi YU7 launch, opens in 7 days",
    ]
    assert all(message.created_at.hour == 0 for message in queued(office.engine))  # 08:00 in Shanghai


def test_whoever_chose_other_days_is_told_on_those(small: Desk) -> None:
    subscribe(small.engine, Cadence.INSTANT, remind_days=(3,), milestones=("cars/yu7-launch",))
    assert "Xiaomi YU7 launch, opens in 3 days" in mornings(small, "2025-07-25", "2025-08-01")


def test_digests_list_the_same_so_their_readers_get_no_reminders(small: Desk) -> None:
    subscribe(small.engine)
    assert mornings(small, "2025-06-28", "2025-07-05") == []


def test_a_clock_that_jumps_reminds_once_and_back_never_again(small: Desk) -> None:
    subscription = subscribe(small.engine, Cadence.INSTANT)
    remind(small, instant("2025-07-20"))
    (message,) = queued(small.engine)
    assert message.subject == "Xiaomi EV phase-II plant start-up, overdue by 20 days; 1 more reminder"
    assert told_to(small.engine, subscription).period_end == instant("2025-07-20")
    for back in (0, 1, 12, 40):
        assert remind(small, instant("2025-07-20") - timedelta(days=back)) == ()


def test_what_is_silenced_or_done_is_not_reminded_of(small: Desk) -> None:
    subscribe(small.engine, Cadence.INSTANT)
    news(small.engine, "2025-06-20T10:00", "achieved", "2025-06-20", key="phase2-startup")
    with writing(small.engine) as connection:
        number = milestones.find(connection, "yu7-launch").id
        silences.add(connection, Silence(number, instant("2025-12-31").date(), "enough", "ann", MADE))
    assert mornings(small, "2025-06-28", "2025-07-10") == []


def test_a_reminder_waits_for_the_end_of_quiet_hours_and_joins_the_thread(small: Desk) -> None:
    subscribe(small.engine, Cadence.INSTANT, quiet_from=time(20), quiet_to=time(10))
    remind(small, instant("2025-07-01T00:30"))
    (message,) = queued(small.engine)
    assert (message.state, message.due_at) == (MessageState.HELD, instant("2025-07-01T02:00"))
    assert message.thread is not None


def test_an_operator_is_told_once_of_each_trouble_and_again_when_it_comes_back(office: Desk) -> None:
    office.catalogue.write_text("feeds:\n  - url: https://a.example/feed\n    title: Feed A\n", "utf-8")
    subscribe(office.engine, operator=True)
    subscribe(office.engine, Cadence.INSTANT)
    at = instant("2025-06-05T10:00")
    _fail(office.engine, 3)
    (composed,) = notify(office, at)
    assert composed.messages[0].subject == "evtimeline: Feed A broken"
    assert "no answer" in composed.messages[0].text
    assert notify(office, at + timedelta(hours=1)) == ()
    _recover(office.engine)
    assert notify(office, at + timedelta(hours=2)) == ()
    _fail(office.engine, 3)
    assert len(notify(office, at + timedelta(hours=3))) == 1
    assert len(queued(office.engine)) == 2


def test_one_failure_is_a_hiccup(small: Desk) -> None:
    small.catalogue.write_text("feeds:\n  - url: https://a.example/feed\n", "utf-8")
    subscribe(small.engine, operator=True)
    _fail(small.engine, 2)
    assert notify(small, instant("2025-06-05T10:00")) == ()


def test_a_message_that_was_given_up_is_told_but_no_notice_of_a_notice(small: Desk) -> None:
    subscription = subscribe(small.engine, operator=True)
    at = instant("2025-06-05T10:00")
    small.catalogue.write_text("feeds:\n  - url: https://a.example/feed\n", "utf-8")
    _fail(small.engine, 3)
    (composed,) = notify(small, at)
    _give_up(small.engine, composed.messages[0].id)
    assert notify(small, at + timedelta(hours=1)) == ()
    with writing(small.engine) as connection:
        (alert,) = outbox.queue(
            connection, [replace(composed.messages[0], id=0, key=f"alert:{subscription.id}:1:1", subject="Lost news")]
        )
    _give_up(small.engine, alert.id)
    (told,) = notify(small, at + timedelta(hours=2))
    assert "Lost news" in told.messages[0].text


def test_a_catalogue_that_cannot_be_read_is_a_trouble(small: Desk) -> None:
    subscribe(small.engine, operator=True)
    _fail(small.engine, 3)
    small.catalogue.write_text("feeds: [", "utf-8")
    (composed,) = notify(small, instant("2025-06-05T10:00"))
    assert composed.messages[0].subject == "evtimeline: feeds.yaml broken"


def _fail(engine: Engine, times: int) -> None:
    with writing(engine) as connection:
        state = feeds.ensure(connection, ["https://a.example/feed"])["https://a.example/feed"]
        for _ in range(times):
            feeds.record_failure(connection, state.id, Failure("no answer", MADE), MADE)


def _recover(engine: Engine) -> None:
    with writing(engine) as connection:
        state = feeds.ensure(connection, ["https://a.example/feed"])["https://a.example/feed"]
        feeds.record_success(connection, state.id, Success(due_at=MADE, new_entries=1), instant("2025-06-05T11:00"))


def _give_up(engine: Engine, number: int) -> None:
    with writing(engine) as connection:
        now = instant("2025-06-05T20:00")
        outbox.take(connection, number, now)
        attempt = Attempt(number, now, Result.DEAD, "550 no such user")
        outbox.record(connection, attempt, MessageState.DEAD, MADE)
