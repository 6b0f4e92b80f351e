from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Engine
from tests.builders import NOW, a_claim, a_message, a_milestone, a_subscription, a_timeline, days

from evtimeline.core.claims import Decision, Verdict
from evtimeline.core.standing import Outcome, Standing, evidence
from evtimeline.core.status import Status, status_of
from evtimeline.core.subscriptions import Attempt, MessageState, Result
from evtimeline.core.windows import Precision
from evtimeline.jobs.settling import settle_milestones
from evtimeline.store import claims, feeds, figures, outbox, standings, subscriptions, timelines
from evtimeline.store.claims import NewClaim
from evtimeline.store.engine import reading, writing
from evtimeline.store.feeds import Failure, Success
from evtimeline.store.figures import Waiting
from evtimeline.store.standings import StoredStanding

PAST, AROUND, COMING = days("2025-06-01"), days("2025-06-01", "2025-06-30", Precision.MONTH), days("2025-09-01")
STANDINGS = (
    Standing(),
    Standing(window=PAST),
    Standing(window=AROUND),
    Standing(window=COMING),
    Standing(window=PAST, outcome=Outcome.DONE),
    Standing(window=PAST, outcome=Outcome.REPORTED),
    Standing(outcome=Outcome.CANCELLED),
    Standing(window=PAST, rivals=(evidence(a_claim(COMING)),)),
    Standing(window=COMING, rivals=(evidence(a_claim(AROUND)),)),
)


def test_milestones_are_counted_by_the_status_that_is_shown(database: Engine) -> None:
    keys = [f"m{number}" for number in range(len(STANDINGS))]
    with writing(database) as connection:
        for key, zone in (("east", "Pacific/Kiritimati"), ("west", "Pacific/Midway")):
            timeline = a_timeline(*map(a_milestone, keys), a_milestone("never-settled"), key=key, zone=zone)
            numbers = timelines.save(connection, timeline, NOW)
            standings.save_all(connection, {numbers[name]: one for name, one in zip(keys, STANDINGS, strict=True)})
        timelines.save(connection, a_timeline(a_milestone("gone"), key="retired"), NOW)
        timelines.retire(connection, "retired", NOW)
    with reading(database) as connection:
        for hours in range(0, 24 * 7, 5):  # across midnights in either zone
            now = NOW + timedelta(hours=hours)
            shown = Counter(_shown(one, now) for one in standings.load_all(connection))
            assert figures.milestones_by_status(connection, now) == shown


def _shown(one: StoredStanding, now: datetime) -> Status:
    today = now.astimezone(ZoneInfo(one.milestone.zone)).date()
    return status_of(one.standing, one.milestone.milestone, today).status


def test_claims_are_counted_by_the_verdict_that_holds(database: Engine) -> None:
    verdicts = [Verdict.ACCEPTED] * 3 + [Verdict.PENDING] * 2 + [Verdict.REJECTED]
    with writing(database) as connection:
        assert set(figures.claims_by_verdict(connection).values()) == {0}
        (number,) = timelines.save(connection, a_timeline(a_milestone()), NOW).values()
        stored = claims.add(connection, [NewClaim(number, f"c{i}", a_claim(COMING)) for i, _ in enumerate(verdicts)])
        decided = [Decision(one.claim.id, verdict, "me", NOW) for one, verdict in zip(stored, verdicts, strict=True)]
        claims.decide(connection, decided)
        settle_milestones(connection, [number])
        assert figures.claims_by_verdict(connection) == Counter(verdicts)


def test_feeds_are_counted_as_long_as_they_are_listed(database: Engine) -> None:
    urls = [f"https://news.example/{name}" for name in ("new", "ok", "failing", "unlisted")]
    with writing(database) as connection:
        assert figures.polls_due(connection, NOW) == Waiting(0, None)
        feeds.sync(connection, urls, NOW)
        numbers = [feeds.states(connection)[url].id for url in urls]
        feeds.record_success(connection, numbers[1], Success(NOW + timedelta(hours=1), new_entries=30), NOW)
        feeds.record_failure(connection, numbers[2], Failure("404", NOW - timedelta(hours=2)), NOW)
        feeds.record_success(connection, numbers[3], Success(NOW, new_entries=12), NOW)
        feeds.sync(connection, urls[:3], NOW)
        assert figures.feeds_by_state(connection) == {"new": 1, "ok": 1, "failing": 1}
        assert figures.polls_due(connection, NOW) == Waiting(2, NOW - timedelta(hours=2))
        assert figures.entries_ever(connection) == 42


def test_the_outbox_holds_what_is_not_sent_to_those_who_are_still_told(database: Engine) -> None:
    earlier, later = NOW - timedelta(minutes=40), NOW + timedelta(minutes=40)
    with writing(database) as connection:
        team, paused, gone = (subscriptions.add(connection, a_subscription(paused=each == 1)) for each in range(3))
        messages = [
            a_message(team.id, "alert:1", due_at=earlier),
            a_message(team.id, "alert:2", due_at=later, state=MessageState.HELD),
            a_message(team.id, "alert:3", state=MessageState.DEAD),
            a_message(team.id, "digest:1", state=MessageState.SENT, sent_at=earlier),
            a_message(team.id, "alert:4", state=MessageState.SENT, sent_at=NOW),
            a_message(paused.id, "alert:1", due_at=earlier - timedelta(days=1)),
            a_message(gone.id, "alert:1", due_at=earlier - timedelta(days=1)),
        ]
        assert figures.last_digest(connection) is None
        assert figures.messages_due(connection, NOW) == Waiting(0, None)
        outbox.queue(connection, messages)
        subscriptions.remove(connection, gone.id, NOW)
        assert figures.outbox_by_state(connection) == {
            MessageState.QUEUED: 2,
            MessageState.HELD: 1,
            MessageState.DEAD: 1,
        }
        assert figures.messages_due(connection, NOW) == Waiting(1, earlier)
        assert figures.last_digest(connection) == earlier
        assert figures.channels(connection) == ("smtp",)


def test_attempts_are_counted_once_they_have_ended(database: Engine) -> None:
    with writing(database) as connection:
        assert figures.last_delivery(connection) == 0
        mail, hook = (subscriptions.add(connection, a_subscription(channel=name)) for name in ("smtp", "webhook"))
        queued = outbox.queue(connection, [a_message(mail.id), a_message(hook.id), a_message(mail.id, "alert:2")])
        for message in queued:
            outbox.take(connection, message.id, NOW)
        for message, result in zip(queued, (Result.SENT, Result.RETRY), strict=False):
            outbox.record(connection, Attempt(message.id, NOW, result, "because"), MessageState.QUEUED, NOW)
        last = figures.last_delivery(connection)
        assert figures.deliveries(connection, 0, last) == {("smtp", Result.SENT): 1, ("webhook", Result.RETRY): 1}
        assert figures.deliveries(connection, 0, last - 2) == {("smtp", Result.SENT): 1}
        assert figures.deliveries(connection, last, last) == {}
