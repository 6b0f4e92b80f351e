from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine
from tests.builders import instant
from tests.jobs.world import CARS, YU7, Clock, feed_at, follow, item, poll_all, rss
from tests.servers import FeedServer

from evtimeline.core.claims import Decision, Signal, Verdict
from evtimeline.core.windows import parse_edtf
from evtimeline.errors import UnknownKeyError
from evtimeline.jobs import reviewing
from evtimeline.jobs.rereading import UNREAD, Change, Rereading, apply, reread
from evtimeline.jobs.reviewing import Ruling
from evtimeline.store import claims, exclusions, milestones, revisions, standings
from evtimeline.store.engine import reading, writing

LATER = instant("2025-06-01")
NEWS = (
    item("1", "小米YU7将于2025年7月上市", "2025-05-05"),
    item("2", "小米汽车二期工厂将于2025年8月投产", "2025-05-08"),
    item("3", "一季度猪肉价格回落", "2025-05-09"),
)


@pytest.fixture
def polled(database: Engine) -> Iterator[Engine]:
    """A database in which the news was read, before what the tests change."""
    follow(database)
    with FeedServer() as server:
        poll_all(database, [feed_at(server.serve("/feed", rss(*NEWS)))], Clock())
    yield database


def told(found: Rereading) -> list[tuple[str, str, Change]]:
    return [(one.ref[1], one.entry.entry.guid, one.change) for one in found.differences]


def number(engine: Engine, key: str) -> int:
    with reading(engine) as connection:
        return milestones.find(connection, key).id


def exclude(engine: Engine, key: str, phrase: str) -> None:
    with writing(engine) as connection:
        exclusions.add(connection, milestones.find(connection, key).id, phrase, "li", LATER)


def misread(engine: Engine, key: str, as_window: str) -> None:
    """Put a claim into the place of the one that was read, as if older rules had read another date."""
    with writing(engine) as connection:
        found = milestones.find(connection, key).id
        (entry,) = {one.entry_id for one in claims.of_entries(connection, range(10)) if one.milestone_id == found}
        (read,) = claims.of_entries(connection, [entry or 0])
        window = parse_edtf(as_window)
        new = replace(read.claim, id=0, window=window)
        place = f"entry:{entry}:{new.signal}:{new.stance}:{window.edtf}"
        (stored,) = claims.add(connection, [claims.NewClaim(found, place, new, entry)])
        verdicts = ((stored.claim.id, Verdict.ACCEPTED), (read.claim.id, Verdict.REJECTED))
        claims.decide(connection, [Decision(one, verdict, "rule: old", LATER) for one, verdict in verdicts])


def test_rules_that_read_the_same_change_nothing(polled: Engine) -> None:
    found = reread(polled, LATER)
    assert (found.read, found.differences) == (3, ())
    assert apply(polled, found, LATER).moved == ()


def test_what_is_read_no_longer_is_lost_only_once_it_is_applied(polled: Engine) -> None:
    exclude(polled, "phase2-startup", "二期工厂")
    found = reread(polled, LATER)
    assert told(found) == [("phase2-startup", "2", Change.LOST)]
    with reading(polled) as connection:
        plant = milestones.find(connection, "phase2-startup").id
        assert standings.load(connection, plant).window == parse_edtf("2025-08")
    apply(polled, found, LATER)
    with reading(polled) as connection:
        assert standings.load(connection, plant).window == parse_edtf("2025-06")
        last = claims.decisions_of(connection, plant)[-1]
    assert (last.verdict, last.decided_by, last.decided_at) == (Verdict.REJECTED, UNREAD, LATER)
    assert reread(polled, LATER).differences == ()


def test_what_is_read_for_the_first_time_is_backfill_and_told_to_nobody(polled: Engine) -> None:
    with writing(polled) as connection:
        exclusions.add(connection, milestones.find(connection, "phase2-startup").id, "投产", "li", LATER)
    apply(polled, reread(polled, LATER), LATER)
    with writing(polled) as connection:
        exclusions.remove(connection, milestones.find(connection, "phase2-startup").id, "投产")
    follow(polled, replace(CARS, milestones=(*CARS.milestones, replace(YU7, key="yu7-again"))), LATER)
    found = reread(polled, LATER)
    assert sorted(told(found)) == [("phase2-startup", "2", Change.NEW), ("yu7-again", "1", Change.NEW)]
    apply(polled, found, LATER)
    with reading(polled) as connection:
        again = claims.of_milestone(connection, milestones.find(connection, "yu7-again").id)
        assert [one.backfill for one in again if one.origin == "entry"] == [True]
        changed = revisions.of_milestone(connection, milestones.find(connection, "yu7-again").id)
        assert all(one.revision.backfill for one in changed)
        assert standings.load(connection, milestones.find(connection, "phase2-startup").id).window == parse_edtf(
            "2025-08"
        )


def test_another_date_is_told_beside_the_old_one(polled: Engine) -> None:
    misread(polled, "yu7-launch", "2025-09")
    (one,) = reread(polled, LATER).differences
    assert one.change is Change.DIFFERENT
    assert one.old and one.new and (one.old.window, one.new.window) == (parse_edtf("2025-09"), parse_edtf("2025-07"))
    apply(polled, reread(polled, LATER), LATER)
    with reading(polled) as connection:
        car = milestones.find(connection, "yu7-launch").id
        assert standings.load(connection, car).window == parse_edtf("2025-07")
    assert reread(polled, LATER).differences == ()


def test_the_same_words_of_which_the_rules_are_surer_now_are_told_apart(polled: Engine) -> None:
    with writing(polled) as connection:
        car = milestones.find(connection, "yu7-launch").id
        read = claims.of_milestone(connection, car)[-1]
        claims.decide(connection, [Decision(read.id, Verdict.PENDING, "rule: not sure", LATER)])
    found = reread(polled, LATER)
    assert told(found) == [("yu7-launch", "1", Change.JUDGED)]
    assert found.differences[0].verdict is Verdict.ACCEPTED
    apply(polled, found, LATER)
    assert reread(polled, LATER).differences == ()


def test_what_a_person_decided_is_left_alone(polled: Engine) -> None:
    with writing(polled) as connection:
        car = milestones.find(connection, "yu7-launch").id
        read = claims.of_milestone(connection, car)[-1]
        correction = reviewing.Correction(signal=Signal.DELAYED, window=parse_edtf("2025-09"))
        reviewing.correct(connection, read.id, correction, Ruling("li", LATER))
    exclude(polled, "yu7-launch", "YU7")
    assert reread(polled, LATER).differences == ()
    with reading(polled) as connection:
        assert standings.load(connection, car).window == parse_edtf("2025-09")


def test_only_entries_since_a_day_and_milestones_of_a_timeline_are_read(polled: Engine) -> None:
    exclude(polled, "phase2-startup", "二期工厂")
    exclude(polled, "yu7-launch", "YU7")
    since = reread(polled, LATER, since=date(2025, 5, 8))
    assert (since.read, told(since)) == (2, [("phase2-startup", "2", Change.LOST)])
    assert len(reread(polled, LATER, timeline="cars").differences) == 2
    with pytest.raises(UnknownKeyError, match="planes"):
        reread(polled, LATER, timeline="planes")


def test_an_entry_that_was_changed_meanwhile_waits_for_the_next_time(database: Engine) -> None:
    follow(database)
    clock = Clock()
    with FeedServer() as server:
        poll_all(database, [feed_at(server.serve("/feed", rss(NEWS[0])))], clock)
        exclude(database, "yu7-launch", "7月")
        found = reread(database, LATER)
        news = item("1", "小米YU7将于2025年9月上市", "2025-05-09")
        poll_all(database, [feed_at(server.serve("/feed", rss(news)))], clock)
    assert len(found.differences) == 1
    assert apply(database, found, LATER).moved == ()
    with reading(database) as connection:
        car = milestones.find(connection, "yu7-launch").id
        assert standings.load(connection, car).window == parse_edtf("2025-09")
