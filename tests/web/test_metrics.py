import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import Engine
from tests.builders import NOW, a_message, a_milestone, a_subscription, a_timeline
from tests.web.sites import DAEMON, Site, serving

from evtimeline.app import App
from evtimeline.core.subscriptions import Attempt, Message, MessageState, Result
from evtimeline.store import daemons, feeds, job_runs, outbox, subscriptions, timelines
from evtimeline.store.daemons import Daemon
from evtimeline.store.engine import reading, writing
from evtimeline.store.job_runs import JobRun
from evtimeline.web.tally import SETTLED_SECONDS, Tally

Scraped = dict[str, float]


def scraped(site: Site) -> Scraped:
    """Every sample by its name and labels, as `evtimeline_feeds{state=ok}`."""
    reply = site.ask("/metrics")
    assert reply.status == 200
    assert reply.headers["Content-Type"].startswith("text/plain")
    found = {}
    for family in text_string_to_metric_families(reply.text):
        for sample in family.samples:
            labels = ",".join(f"{name}={value}" for name, value in sorted(sample.labels.items()))
            found[f"{sample.name}{{{labels}}}" if labels else sample.name] = sample.value
    return found


def at_work(app: App) -> None:
    """A daemon that runs, one that died, a feed that waits, a milestone and a message that could not be sent."""
    with writing(app.engine) as connection:
        daemons.beat(connection, Daemon(DAEMON, NOW - timedelta(days=1), NOW, "1.0"))
        daemons.beat(connection, Daemon("dead:1", NOW - timedelta(days=2), NOW - timedelta(days=1), "1.0"))
        job_runs.record(connection, JobRun(DAEMON, "poll", NOW, 2.5))
        job_runs.record(connection, JobRun(DAEMON, "deliver", NOW, 0.1, "the mail server is gone"))
        job_runs.record(connection, JobRun("server", job_runs.ROUND, NOW, 4.0))
        job_runs.record(connection, JobRun("dead:1", "poll", NOW - timedelta(days=1), 9.0, "no disk"))
        feeds.sync(connection, ["https://news.example/feed"], NOW - timedelta(minutes=5))
        timelines.save(connection, a_timeline(a_milestone()), NOW)
        team = subscriptions.add(connection, a_subscription())
        waiting = a_message(team.id, due_at=NOW - timedelta(hours=1))
        outbox.queue(connection, [waiting, a_message(team.id, "digest:1", state=MessageState.SENT, sent_at=NOW)])


def test_every_figure_is_told(site: Site) -> None:
    at_work(site.app)
    found = scraped(site)
    assert found["evtimeline_database_up"] == 1
    assert found["evtimeline_feeds{state=new}"] == found["evtimeline_polls_due"] == 1
    assert found["evtimeline_feeds{state=not a feed}"] == 0
    assert found["evtimeline_poll_oldest_due_seconds"] == 300
    assert found["evtimeline_entries_total"] == 0
    assert found["evtimeline_milestones{status=undated}"] == 1
    assert found["evtimeline_claims{verdict=pending}"] == 0
    assert found["evtimeline_outbox_messages{state=queued}"] == found["evtimeline_messages_due"] == 1
    assert found["evtimeline_message_oldest_due_seconds"] == 3600
    assert found["evtimeline_deliveries_total{channel=smtp,result=sent}"] == 0
    assert found["evtimeline_digest_last_sent_timestamp_seconds"] == NOW.timestamp()
    assert found["evtimeline_daemons_alive"] == 1
    assert found[f"evtimeline_daemon_heartbeat_timestamp_seconds{{daemon={DAEMON}}}"] == NOW.timestamp()
    assert found[f"evtimeline_job_last_duration_seconds{{daemon={DAEMON},job=poll}}"] == 2.5
    assert found[f"evtimeline_job_last_failed{{daemon={DAEMON},job=deliver}}"] == 1
    assert found["evtimeline_job_last_duration_seconds{daemon=server,job=round}"] == 4.0
    assert found["process_resident_memory_bytes"] > 0
    assert not [name for name in found if "job" in name and "dead:1" in name]


def test_names_follow_the_conventions(site: Site) -> None:
    at_work(site.app)
    for name in {name.partition("{")[0] for name in scraped(site)} - {"process_start_time_seconds"}:
        assert re.fullmatch(r"(evtimeline|process)_[a-z_]+", name)
    text = site.ask("/metrics").text
    for kind in re.findall(r"^# TYPE (\S+) counter$", text, re.M):
        assert kind.endswith("_total")


def test_figures_are_counted_again_only_after_some_seconds(site: Site) -> None:
    before = scraped(site)
    at_work(site.app)
    assert scraped(site)["evtimeline_polls_due"] == before["evtimeline_polls_due"] == 0


def test_without_a_database_the_process_is_still_told_of(app: App, tmp_path: Path) -> None:
    gone = replace(app, settings=replace(app.settings, database=f"sqlite:///{tmp_path / 'gone.db'}"))
    with serving(gone) as site:
        found = scraped(site)
    assert found["evtimeline_database_up"] == 0
    assert found["process_resident_memory_bytes"] > 0
    assert "evtimeline_polls_due" not in found


class Sending:
    """A subscription by mail, and attempts to send it things."""

    def __init__(self, database: Engine) -> None:
        self.database = database
        with writing(database) as connection:
            self.team = subscriptions.add(connection, a_subscription())
        self.sent = 0

    def begin(self) -> Message:
        """Write down that a message is being sent."""
        self.sent += 1
        with writing(self.database) as connection:
            (message,) = outbox.queue(connection, [a_message(self.team.id, f"alert:{self.sent}")])
            outbox.take(connection, message.id, NOW)
        return message

    def end(self, message: Message, result: Result) -> None:
        """Write down what came of it."""
        with writing(self.database) as connection:
            outbox.record(connection, Attempt(message.id, NOW, result, "because"), MessageState.SENT, NOW)

    def count(self, tally: Tally) -> dict[str, int]:
        """What the tally says of mail, without the zeros."""
        with reading(self.database) as connection:
            return {result.value: number for (_, result), number in tally.count(connection).items() if number}


def test_deliveries_are_counted_from_the_start_and_never_twice(database: Engine) -> None:
    seconds = [0.0]
    sending, tally = Sending(database), Tally(lambda: seconds[0])
    sending.end(sending.begin(), Result.DEAD)  # before we came
    assert sending.count(tally) == {}
    slow = sending.begin()
    sending.end(sending.begin(), Result.SENT)
    assert sending.count(tally) == {"sent": 1}
    sending.end(slow, Result.RETRY)
    for _ in range(3):
        seconds[0] += SETTLED_SECONDS
        assert sending.count(tally) == {"sent": 1, "retry": 1}
    sending.end(sending.begin(), Result.SENT)
    assert sending.count(tally) == {"sent": 2, "retry": 1}


def test_deliveries_that_are_cleared_away_stay_counted(database: Engine) -> None:
    seconds = [0.0]
    sending, tally = Sending(database), Tally(lambda: seconds[0])
    sending.count(tally)
    sending.end(sending.begin(), Result.SENT)
    sending.count(tally)
    seconds[0] += SETTLED_SECONDS
    sending.count(tally)
    with writing(database) as connection:
        connection.exec_driver_sql("DELETE FROM deliveries")
    assert sending.count(tally) == {"sent": 1}
