from dataclasses import replace

from sqlalchemy import Engine
from tests.builders import instant
from tests.jobs.world import BEGIN, CARS, YU7, Clock, feed_at, follow, item, poll_all, rss
from tests.servers import FeedServer

from evtimeline.core.claims import Verdict
from evtimeline.core.milestones import Milestone
from evtimeline.core.windows import parse_edtf
from evtimeline.jobs.reading import catch_up
from evtimeline.jobs.reviewing import Ruling, decide
from evtimeline.store import claims, milestones, standings
from evtimeline.store.engine import reading, writing

PLANT_NEWS = item("1", "小米汽车二期工厂将于2025年7月投产", "2025-05-01")
CAR_NEWS = item("2", "小米YU7将于2025年6月至7月正式上市", "2025-05-02")


def test_a_milestone_that_is_added_later_is_read_about_in_what_is_stored(database: Engine) -> None:
    follow(database, replace(CARS, milestones=(YU7,)))
    with FeedServer() as server:
        poll_all(database, [feed_at(server.serve("/feed", rss(PLANT_NEWS, CAR_NEWS)))], Clock())
    follow(database)
    learned = catch_up(database, "cars", ["phase2-startup"], instant("2025-06-01"))
    assert learned.accepted == 1
    with reading(database) as connection:
        plant, car = (milestones.find(connection, key).id for key in ("phase2-startup", "yu7-launch"))
        assert standings.load(connection, plant).window == parse_edtf("2025-07")
        assert claims.of_milestone(connection, plant)[-1].backfill
        assert len(claims.of_milestone(connection, car)) == 2
    assert catch_up(database, "cars", ["phase2-startup"], instant("2025-06-02")).accepted == 0


def test_catching_up_on_what_nobody_wrote_about_changes_nothing(sqlite: Engine) -> None:
    other = Milestone("moon", {"en": "Moon landing"}, "other")
    follow(sqlite, replace(CARS, milestones=(*CARS.milestones, other)))
    assert catch_up(sqlite, "cars", ["moon"], BEGIN).moved == ()


def poll_saying(database: Engine, server: FeedServer, clock: Clock, title: str) -> None:
    feed = feed_at(server.serve("/feed", rss(item("1", title, "2025-05-09"))))
    poll_all(database, [feed], clock)


def test_what_an_entry_said_counts_again_once_it_says_so_again(database: Engine) -> None:
    follow(database)
    clock = Clock()
    with FeedServer() as server:
        for title in ("小米YU7将于7月上市", "小米YU7将于9月上市", "小米YU7将于7月上市"):
            poll_saying(database, server, clock, title)
    with reading(database) as connection:
        car = milestones.find(connection, "yu7-launch").id
        assert standings.load(connection, car).window == parse_edtf("2025-07")
        july = [one for one in claims.of_milestone(connection, car) if one.window == parse_edtf("2025-07")]
        verdicts = [one.verdict for one in claims.decisions_of(connection, car) if one.claim_id == july[0].id]
    assert len(july) == 1
    assert verdicts == [Verdict.ACCEPTED, Verdict.REJECTED, Verdict.ACCEPTED]


def test_a_person_s_verdict_outlives_every_change_of_an_entry(sqlite: Engine) -> None:
    follow(sqlite)
    clock = Clock()
    with FeedServer() as server:
        poll_saying(sqlite, server, clock, "小米YU7将于7月上市")
        with writing(sqlite) as connection:
            car = milestones.find(connection, "yu7-launch").id
            decide(connection, [claims.of_milestone(connection, car)[-1].id], Verdict.REJECTED, Ruling("li", clock()))
        for title in ("小米YU7将于9月上市", "小米YU7将于7月上市"):
            poll_saying(sqlite, server, clock, title)
    with reading(sqlite) as connection:
        assert standings.load(connection, car).window == parse_edtf("2025-08")


def test_a_delay_by_months_counts_from_what_stood_and_only_once(database: Engine) -> None:
    follow(database)
    clock = Clock()
    with FeedServer() as server:
        for day, title in (("2025-05-10", "小米YU7上市推迟三个月"), ("2025-05-12", "小米YU7延期三个月上市")):
            feed = feed_at(server.serve(f"/{day}", rss(item(day, title, day))), publisher=f"Paper of {day}")
            poll_all(database, [feed], clock)
    with reading(database) as connection:
        car = milestones.find(connection, "yu7-launch").id
        told = [one for one in claims.of_milestone(connection, car) if one.reasons]
    assert {one.window for one in told} == {parse_edtf("2025-11")}
    assert "2025-08, which stood" in told[0].reasons[-1]
