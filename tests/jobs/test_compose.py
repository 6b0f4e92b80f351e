import threading
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert
from tests.builders import instant
from tests.jobs.told import MADE, MONDAY, compose, desk, news, queued, subscribe, tell, told_to
from tests.patience import PATIENCE

from evtimeline.core.cadence import Period
from evtimeline.core.claims import Tier
from evtimeline.core.subscriptions import Cadence, MessageState, Silence
from evtimeline.jobs.compose import preview, send_now, write
from evtimeline.jobs.desk import Desk
from evtimeline.jobs.rehearsing import rehearse
from evtimeline.jobs.sight import look
from evtimeline.store import milestones, outbox, revisions, silences, subscriptions, tables
from evtimeline.store.engine import connect, reading, writing

WAIT = timedelta(minutes=15)


@pytest.fixture
def office(database: Engine, tmp_path: Path) -> Desk:
    return desk(database, tmp_path)


@pytest.fixture
def small(sqlite: Engine, tmp_path: Path) -> Desk:
    return desk(sqlite, tmp_path)


def test_a_weekly_digest_is_queued_once_and_the_cursor_moves_behind_it(office: Desk) -> None:
    subscription = subscribe(office.engine)
    news(office.engine, "2025-06-05T10:00")
    assert compose(office, MONDAY - timedelta(minutes=1)) == ()
    (composed,) = compose(office, MONDAY + timedelta(minutes=5))
    (message,) = composed.messages
    assert message.subject == "Xiaomi YU7 launch moved 2025-08 -> 2025-09"
    assert (message.key, message.state) == (f"digest:{subscription.id}:2025-06-09T00:00:00+00:00", "queued")
    assert "“delayed 2025-09 05 1000”" in message.text
    assert message.html
    assert compose(office, MONDAY + timedelta(minutes=6)) == ()
    assert told_to(office.engine, subscription).period_end == MONDAY
    assert len(queued(office.engine)) == 1


def test_what_comes_after_composing_goes_into_the_next_digest(office: Desk) -> None:
    subscribe(office.engine)
    news(office.engine, "2025-06-05T10:00")
    news(office.engine, "2025-06-09T00:04", when="2025-10")  # after the hour, before composing: told at once
    compose(office, MONDAY + timedelta(minutes=5))
    news(office.engine, "2025-06-09T00:06", when="2025-11")
    compose(office, MONDAY + timedelta(days=7))
    first, second = queued(office.engine)
    assert "2025-08 -> 2025-10" in first.subject
    assert "2025-10 -> 2025-11" in second.subject


def test_all_of_it_happens_or_nothing(office: Desk) -> None:
    subscription = subscribe(office.engine)
    news(office.engine, "2025-06-05T10:00")
    before, sight = told_to(office.engine, subscription), look(office.engine, office.catalogue, [subscription], MONDAY)
    with pytest.raises(RuntimeError, match="cut off"), writing(office.engine) as connection:
        outbox.queue(connection, write(sight, connection, office, subscription, MONDAY))
        raise RuntimeError("cut off")
    assert queued(office.engine) == ()
    assert told_to(office.engine, subscription) == before
    compose(office, MONDAY)
    assert len(queued(office.engine)) == 1


def test_a_clock_that_jumps_weeks_forward_gives_one_digest_of_them_all(small: Desk) -> None:
    subscribe(small.engine)
    news(small.engine, "2025-06-05T10:00")
    news(small.engine, "2025-06-19T10:00", when="2025-10")
    later = instant("2025-06-25T12:00")
    assert len(compose(small, later)) == 1
    assert compose(small, later + timedelta(minutes=1)) == ()
    (message,) = queued(small.engine)
    assert "2025-08 -> 2025-10" in message.subject
    assert "2–25 June 2025" in message.text


def test_a_clock_that_was_a_year_ahead_loses_no_digest_and_no_news(office: Desk) -> None:
    subscription = subscribe(office.engine)
    wrong = MONDAY + timedelta(weeks=52)
    tell(office, wrong)
    assert told_to(office.engine, subscription).period_end == wrong
    news(office.engine, "2025-06-05T10:00")
    tell(office, MONDAY - timedelta(days=1))
    tell(office, MONDAY)
    for week in (1, 2, 50, 51):
        assert len(tell(office, MONDAY + timedelta(weeks=week))) == 1
    news(office.engine, wrong - timedelta(days=1), when="2026-12")
    assert tell(office, wrong) == ()  # a digest of this day was sent when the clock was wrong
    assert len(tell(office, wrong + timedelta(weeks=1))) == 1
    first, second = [one for one in queued(office.engine) if "delayed" in one.text]
    assert (first.created_at, second.created_at) == (MONDAY, wrong + timedelta(weeks=1))


def test_a_clock_that_is_put_back_gives_none_twice(small: Desk) -> None:
    subscribe(small.engine)
    news(small.engine, "2025-06-05T10:00")
    compose(small, MONDAY)
    for back in (timedelta(days=8), timedelta(days=3), timedelta(minutes=1), timedelta()):
        assert compose(small, MONDAY - back) == ()
    assert len(queued(small.engine)) == 1


@pytest.mark.parametrize(("empty", "messages"), [(True, 1), (False, 0)])
def test_an_empty_week_is_a_short_message_or_none(small: Desk, empty: bool, messages: int) -> None:
    subscription = subscribe(small.engine, empty=empty)
    compose(small, MONDAY)
    assert len(queued(small.engine)) == messages
    assert told_to(small.engine, subscription).period_end == MONDAY


def test_backfill_is_never_told(small: Desk) -> None:
    subscribe(small.engine, Cadence.INSTANT)
    subscribe(small.engine)
    news(small.engine, "2025-06-05T10:00", backfill=True)
    compose(small, MONDAY)
    (message,) = queued(small.engine)
    assert message.subject == "Nothing changed; 1 due soon"


def test_an_alert_waits_for_a_second_source_and_counts_it(office: Desk) -> None:
    subscribe(office.engine, Cadence.INSTANT)
    found = instant("2025-06-05T10:00")
    news(office.engine, found)
    assert compose(office, found + timedelta(minutes=1)) == ()
    news(office.engine, found + timedelta(minutes=5), publisher="EV Desk")
    assert compose(office, found + timedelta(minutes=14)) == ()
    (composed,) = compose(office, found + WAIT)
    (message,) = composed.messages
    assert "also reported by 1" in message.text
    assert message.reason == "first report"
    assert compose(office, found + 2 * WAIT) == ()


def test_later_alerts_answer_in_the_same_thread_with_their_reasons(office: Desk) -> None:
    subscribe(office.engine, Cadence.INSTANT)
    for day, signal, when in (
        ("05", "delayed", "2025-09"),
        ("06", "delayed", "2025-10"),
        ("07", "achieved", "2025-06-07"),
    ):
        news(office.engine, f"2025-06-{day}T10:00", signal, when)
        compose(office, instant(f"2025-06-{day}T11:00"))
    words = "First cars handed over in Beijing on Saturday"
    news(office.engine, "2025-06-08T10:00", "achieved", "2025-06-07", publisher="EV Desk", words=words)
    compose(office, instant("2025-06-08T11:00"))
    told = queued(office.engine)
    assert [message.reason for message in told] == ["first report", "moved again", "first report", "confirmed"]
    assert len({message.thread for message in told}) == 1
    assert told[0].references == ()
    assert told[3].references == tuple(message.message_id for message in told[:3])


def test_a_change_of_cadence_tells_nothing_twice_and_loses_nothing(small: Desk) -> None:
    subscription = subscribe(small.engine)
    news(small.engine, "2025-06-05T10:00")
    compose(small, MONDAY)
    with writing(small.engine) as connection:
        subscriptions.save(connection, replace(subscription, cadence=Cadence.INSTANT))
    assert compose(small, MONDAY + timedelta(hours=1)) == ()
    news(small.engine, MONDAY + timedelta(hours=2), when="2025-10")
    compose(small, MONDAY + timedelta(hours=3))
    assert [message.key.partition(":")[0] for message in queued(small.engine)] == ["digest", "alert"]


def test_filters_leave_out_what_nobody_asked_for_and_do_not_bring_it_back(small: Desk) -> None:
    subscription = subscribe(small.engine, Cadence.INSTANT, kinds=("done",), least_tier=Tier.PRIMARY)
    news(small.engine, "2025-06-05T10:00")
    news(small.engine, "2025-06-05T10:01", "achieved", "2025-06-05", key="phase2-startup")
    news(small.engine, "2025-06-05T10:02", "achieved", "2025-06-05", publisher="Xiaomi", tier=Tier.PRIMARY)
    compose(small, instant("2025-06-05T12:00"))
    (message,) = queued(small.engine)
    assert message.subject.startswith("Xiaomi YU7 launch done 2025-06-05")
    with writing(small.engine) as connection:
        subscriptions.save(connection, replace(subscription, kinds=(), least_tier=None))
    assert compose(small, instant("2025-06-05T13:00")) == ()


def test_a_silenced_milestone_is_on_record_with_its_reason_and_never_sent(small: Desk) -> None:
    subscribe(small.engine, Cadence.INSTANT)
    with writing(small.engine) as connection:
        number = milestones.find(connection, "yu7-launch").id
        silences.add(connection, Silence(number, instant("2025-06-30").date(), "waits for the filing", "ann", MADE))
    news(small.engine, "2025-06-05T10:00")
    news(small.engine, "2025-06-05T10:01", key="phase2-startup")
    compose(small, instant("2025-06-05T11:00"))
    told, muted = queued(small.engine)
    assert told.subject.startswith("Xiaomi EV phase-II")
    assert muted.state is MessageState.MUTED
    assert muted.reason == "first report; silenced until 2025-06-30 by ann: waits for the filing"
    with writing(small.engine) as connection:
        due = outbox.due(connection, instant("2025-07-30"), limit=10)
    assert due == (told.id,)


@pytest.mark.parametrize(("signal", "held"), [("delayed", True), ("cancelled", False)])
def test_quiet_hours_hold_all_but_what_turns_a_story_round(small: Desk, signal: str, held: bool) -> None:
    subscribe(small.engine, Cadence.INSTANT, quiet_from=time(22), quiet_to=time(7))
    night = instant("2025-06-05T15:00")  # 23:00 in Shanghai
    when = None if signal == "cancelled" else "2025-09"
    news(small.engine, night, signal, when, publisher="Xiaomi", tier=Tier.PRIMARY)
    compose(small, night + WAIT)
    (message,) = queued(small.engine)
    morning = instant("2025-06-05T23:00")
    expected = (MessageState.HELD, morning) if held else (MessageState.QUEUED, night + WAIT)
    assert (message.state, message.due_at) == expected


def test_mentions_are_told_to_those_who_want_every_one(small: Desk) -> None:
    subscribe(small.engine, Cadence.INSTANT, kinds=("mention",))
    subscribe(small.engine, Cadence.INSTANT)
    with writing(small.engine) as connection:
        feed = connection.execute(insert(tables.feeds).values(url="https://a.example").returning(tables.feeds.c.id))
        feed_id = feed.scalar_one()
    _mention(small.engine, feed_id)
    compose(small, instant("2025-06-05T11:00"))
    (message,) = queued(small.engine)
    assert message.subject == "Xiaomi YU7 launch mentioned"
    assert message.reason == "mention"
    assert compose(small, instant("2025-06-05T12:00")) == ()


def _mention(engine: Engine, feed_id: int) -> None:
    from tests.builders import an_entry

    from evtimeline.core.claims import Claim, Decision, Origin, Quote, Signal, Stance, Verdict
    from evtimeline.jobs.settling import settle_milestones
    from evtimeline.store import claims, entries

    at = instant("2025-06-05T10:00")
    with writing(engine) as connection:
        (entry,) = entries.add(connection, feed_id, [an_entry()], at, backfill=False)
        number = milestones.find(connection, "yu7-launch").id
        claim = Claim(
            Signal.MENTION,
            Stance.ASSERTED,
            None,
            Quote("the YU7 was seen"),
            at.date(),
            at,
            "Daily Car",
            Tier.SECONDARY,
            Origin.ENTRY,
        )
        (stored,) = claims.add(connection, [claims.NewClaim(number, "entry:1", claim, entry.id)])
        claims.decide(connection, [Decision(stored.claim.id, Verdict.ACCEPTED, "rule: clear enough", at)])
        settle_milestones(connection, [number])


def test_one_that_fails_holds_up_no_other_and_the_operator_learns_of_it(small: Desk) -> None:
    lost = subscribe(small.engine, zone="Mars/Olympus", address="lost@example.org")
    subscribe(small.engine)
    subscribe(small.engine, Cadence.INSTANT, operator=True, address="ops@example.org")
    news(small.engine, "2025-06-05T10:00")
    done = tell(small, MONDAY)
    (failed,) = (one for one in done if one.error)
    assert failed.subscription.id == lost.id
    notice = next(message for message in queued(small.engine) if message.key.startswith("operator:"))
    assert "lost@example.org" in notice.text
    assert "Mars/Olympus" in notice.text
    assert any(message.key.startswith("digest:") for message in queued(small.engine))
    assert not any(one.messages for one in tell(small, MONDAY + timedelta(minutes=1)))


def test_once_it_can_be_made_again_nothing_is_lost(small: Desk) -> None:
    lost = subscribe(small.engine, zone="Mars/Olympus")
    news(small.engine, "2025-06-05T10:00")
    compose(small, MONDAY)
    with writing(small.engine) as connection:
        subscriptions.save(connection, replace(lost, zone="Europe/Berlin"))
    compose(small, MONDAY + timedelta(hours=12))
    (message,) = queued(small.engine)
    assert "2025-08 -> 2025-09" in message.subject


def test_a_paused_subscription_is_told_all_of_it_when_it_goes_on(small: Desk) -> None:
    paused = subscribe(small.engine, paused=True)
    news(small.engine, "2025-06-05T10:00")
    assert compose(small, MONDAY) == ()
    with writing(small.engine) as connection:
        subscriptions.save(connection, replace(paused, paused=False))
    compose(small, MONDAY + timedelta(days=8))
    assert len(queued(small.engine)) == 1


def test_two_processes_compose_one_digest(postgresql_url: str, tmp_path: Path) -> None:
    engine = connect(postgresql_url)
    office = desk(engine, tmp_path)
    for n in range(4):
        subscribe(engine, address=f"a{n}@example.org")
    news(engine, "2025-06-05T10:00")
    threads = [threading.Thread(target=compose, args=(office, MONDAY)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    keys = [message.key for message in queued(engine)]
    engine.dispose()
    assert len(keys) == len(set(keys)) == 4


def test_a_change_with_an_earlier_number_that_is_stored_later_is_not_missed(
    postgresql_url: str, tmp_path: Path
) -> None:
    """Numbers are handed out before they are committed, so composing waits for those under way."""
    engine = connect(postgresql_url)
    office = desk(engine, tmp_path)
    subscribe(engine)
    claim = news(engine, "2025-06-05T10:00")
    with reading(engine) as connection:
        (known,) = revisions.since(connection, 0, backfill=False)
    early = replace(known.revision, happened_at=instant("2025-06-05T09:00"), claim_id=claim.id)
    composing = threading.Thread(target=compose, args=(office, MONDAY))
    with writing(engine) as slow:
        revisions.add(slow, known.milestone_id, [early])
        news(engine, "2025-06-06T10:00", key="phase2-startup")
        composing.start()
        composing.join(0.5)
        assert composing.is_alive()
    composing.join(PATIENCE)
    (message,) = queued(engine)
    engine.dispose()
    assert "2 changes since the last message" in message.text


def test_what_does_not_concern_a_subscription_is_passed_over_and_not_told_later(office: Desk) -> None:
    elsewhere = subscribe(office.engine, Cadence.INSTANT, timelines=("elsewhere",))
    news(office.engine, "2025-06-05T10:00")
    assert compose(office, instant("2025-06-05T10:01")) == ()
    assert told_to(office.engine, elsewhere).revision_id > 0
    with writing(office.engine) as connection:
        subscriptions.save(connection, replace(elsewhere, timelines=("cars",)))
    assert compose(office, instant("2025-06-06T10:00")) == ()
    news(office.engine, "2025-06-06T11:00", when="2025-10")
    ((message,),) = [one.messages for one in compose(office, instant("2025-06-06T12:00"))]
    assert "2025-09 -> 2025-10" in message.subject


def test_sending_now_takes_what_there_is_and_the_next_digest_the_rest(small: Desk) -> None:
    subscription = subscribe(small.engine)
    news(small.engine, "2025-06-05T10:00")
    (message,) = send_now(small, subscription, instant("2025-06-05T12:00")).messages
    assert "2025-08 -> 2025-09" in message.subject
    news(small.engine, "2025-06-06T10:00", when="2025-10")
    compose(small, MONDAY)
    assert "2025-09 -> 2025-10" in queued(small.engine)[-1].subject


def test_a_preview_of_any_period_records_nothing(small: Desk) -> None:
    subscription = subscribe(small.engine)
    news(small.engine, "2025-06-05T10:00")
    news(small.engine, "2025-06-06T10:00", when="2025-10")
    period = Period(instant("2025-06-05T00:00"), instant("2025-06-06T00:00"))
    with reading(small.engine) as connection:
        letter = preview(connection, subscription, period, MONDAY, small.catalogue)
    assert "2025-08 -> 2025-09" in letter.subject
    assert queued(small.engine) == ()
    assert told_to(small.engine, subscription).period_end == MADE


def test_a_rehearsal_says_who_would_be_told_and_why_not(small: Desk) -> None:
    everybody = [
        subscribe(small.engine, Cadence.INSTANT),
        subscribe(small.engine, Cadence.INSTANT, kinds=("done",)),
        subscribe(small.engine),
    ]
    news(small.engine, "2025-06-05T10:00")
    with reading(small.engine) as connection:
        found = rehearse(connection, everybody, "yu7", MONDAY, "example.org")
    assert [one.verdict for one in found] == [
        "told at once: first report",
        "not told: it asked for no slipped changes",
        "not told: it comes with the weekly digest",
    ]
    assert found[0].message is not None
    assert queued(small.engine) == ()
