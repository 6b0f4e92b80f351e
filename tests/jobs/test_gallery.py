from datetime import date

from sqlalchemy import Engine
from tests.builders import a_claim, a_milestone, a_timeline, instant
from tests.store.statements import counted

from evtimeline.core.claims import Decision, Signal, Tier, Verdict
from evtimeline.core.milestones import Entity, Names
from evtimeline.core.windows import parse_edtf
from evtimeline.exports.atom import changes_feed
from evtimeline.exports.csvtable import milestones_table
from evtimeline.exports.ics import calendar
from evtimeline.exports.timelinejs import slides
from evtimeline.jobs.gallery import accepted, followed, gather, lane_of, makers_of
from evtimeline.jobs.lanes import gather_lanes
from evtimeline.jobs.settling import settle_milestones
from evtimeline.store import claims, milestones, timelines
from evtimeline.store.claims import NewClaim, StoredClaim
from evtimeline.store.engine import reading, writing

NOW = instant("2025-07-20T01:00")


def fill(database: Engine, count: int = 3) -> None:
    """So many milestones, each promised for June, delayed to August, and talked about in between."""
    timeline = a_timeline(*(a_milestone(f"m{number}", f"Milestone {number}") for number in range(count)))
    with writing(database) as connection:
        numbers = timelines.save(connection, timeline, NOW)
        for number in numbers.values():
            said = [
                a_claim(
                    parse_edtf(when) if when else None,
                    stated_on=date(2025, 5, day),
                    learned_at=instant(f"2025-05-{day:02}"),
                    signal=signal,
                    tier=Tier.PRIMARY,
                    link=f"https://news.example/{day}",
                )
                for day, when, signal in (
                    (1, "2025-06", Signal.SCHEDULED),
                    (2, None, Signal.MENTION),
                    (3, "2025-08", Signal.DELAYED),
                )
            ]
            stored = claims.add(connection, [NewClaim(number, str(one.stated_on), one) for one in said])
            claims.decide(connection, [accept(one) for one in stored])
        settle_milestones(connection, numbers.values())


def accept(one: StoredClaim) -> Decision:
    return Decision(one.claim.id, Verdict.ACCEPTED, "rule: x", one.claim.learned_at)


def test_a_story_has_its_ledger_and_its_changes(database: Engine) -> None:
    fill(database, 1)
    with reading(database) as connection:
        (story,) = gather(connection, NOW).stories
    assert [claim.stated_on.day for claim in accepted(story)] == [1, 2, 3]
    assert [revision.kind.value for revision in story.revisions] == ["dated", "slipped"]
    assert lane_of(story).ghost == parse_edtf("2025-06")


def test_many_milestones_take_as_few_queries_as_one(database: Engine) -> None:
    fill(database, 20)
    with reading(database) as connection, counted(database) as seen:
        assert len(gather(connection, NOW).stories) == 20
    assert len(seen) <= 8


def test_what_needs_no_ledgers_is_the_same_without_them(database: Engine) -> None:
    fill(database)
    with reading(database) as connection:
        whole, light = gather(connection, NOW), gather(connection, NOW, whole=False)
    for write in (calendar, milestones_table, slides):
        assert write(whole, "en") == write(light, "en")
    assert "moved 2025-06" in changes_feed(whole, "en")
    assert [len(story.ledger) for story in light.stories] == [1, 1, 1]


def test_messages_speak_of_the_same_milestone(database: Engine) -> None:
    fill(database, 1)
    with reading(database) as connection:
        gallery = gather(connection, NOW, "cars")
    assert followed(gallery, gallery.stories[0]).ref == "cars/m0"


def test_lanes_leave_out_what_was_over_long_ago(database: Engine) -> None:
    fill(database, 2)
    with writing(database) as connection:
        number = milestones.find(connection, "m0").id
        done = a_claim(parse_edtf("2025-05-10"), signal=Signal.ACHIEVED, tier=Tier.PRIMARY, stated_on=date(2025, 5, 10))
        (stored,) = claims.add(connection, [NewClaim(number, "done", done)])
        claims.decide(connection, [accept(stored)])
        settle_milestones(connection, [number])
    later = instant("2026-01-01")
    shown = gather_lanes(database, later, None, False)
    assert ([lane.milestone.key for lane in shown.lanes], shown.hidden) == (["m1"], 1)
    assert len(gather_lanes(database, later, None, True).lanes) == 2


def test_parties_make_promises_and_else_the_subject_does() -> None:
    timeline = a_timeline(entities=(Entity("mi", Names(("小米", "Xiaomi"))),))
    assert makers_of(timeline, a_milestone(parties=("mi", "BAIC"), subject="mi")) == ("小米", "BAIC")
    assert makers_of(timeline, a_milestone(subject="mi")) == ("小米",)
    assert makers_of(timeline, a_milestone()) == ()
