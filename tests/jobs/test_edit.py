from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Engine

from evtimeline.core.claims import Origin, Signal, Stance, Tier
from evtimeline.core.milestones import Citation, Milestone, Promise, Timeline
from evtimeline.core.standing import Outcome
from evtimeline.core.windows import parse_edtf
from evtimeline.jobs import edit
from evtimeline.store import claims, milestones, standings, timelines
from evtimeline.store.engine import reading, writing

NOW = datetime(2025, 5, 1, 20, tzinfo=UTC)  # the next day in Shanghai
PROMISE = Promise(
    parse_edtf("2025-08"), date(2025, 4, 20), Citation("Report", None, Tier.TERTIARY), Stance.FORECAST, "八月"
)
LAUNCH = Milestone("launch", {"zh": "上市"}, "launch", promise=PROMISE)
PLAN = Milestone("plan", {"zh": "出海"}, promise=Promise(None, None, Citation("Report"), quote="计划出海"))
TIMELINE = Timeline("cars", {"zh": "车"}, "Asia/Shanghai", (), (LAUNCH, PLAN))


def restated(edtf: str) -> Timeline:
    return replace(TIMELINE, milestones=(replace(LAUNCH, promise=replace(PROMISE, window=parse_edtf(edtf))), PLAN))


def test_the_first_promises_are_claims_that_count(database: Engine) -> None:
    with writing(database) as connection:
        assert len(edit.apply(connection, TIMELINE, NOW)) == 3
        launch, plan = (milestones.find(connection, key).id for key in ("launch", "plan"))
        (first,), (undated,) = claims.of_milestone(connection, launch), claims.of_milestone(connection, plan)
        assert (first.signal, first.stance, first.origin) == (Signal.SCHEDULED, Stance.FORECAST, Origin.FILE)
        assert (first.window, first.stated_on, first.title, first.publisher) == (
            PROMISE.window,
            PROMISE.stated,
            "Report",
            "",
        )
        assert first.quote is not None and first.quote.text == "八月" and first.backfill
        assert (undated.signal, undated.window, undated.stated_on) == (Signal.MENTION, None, date(2025, 5, 2))
        assert standings.load(connection, launch).window == PROMISE.window
        assert standings.load(connection, plan).window is None


def test_doing_it_twice_changes_nothing(database: Engine) -> None:
    for number, later in enumerate((NOW, NOW + timedelta(days=1))):
        with writing(database) as connection:
            assert bool(edit.apply(connection, TIMELINE, later)) is (number == 0)
    with reading(database) as connection:
        assert edit.plan(connection, TIMELINE) == ()
        assert len(claims.of_milestone(connection, milestones.find(connection, "launch").id)) == 1


def test_a_promise_stated_anew_corrects_the_first_and_keeps_the_old_claim(database: Engine) -> None:
    for day, edtf in enumerate(("2025-08", "2025-10", "2025-08", "2025-11")):
        with writing(database) as connection:
            edit.apply(connection, restated(edtf), NOW + timedelta(days=day))
    with reading(database) as connection:
        number = milestones.find(connection, "launch").id
        said = [claim.window.edtf for claim in claims.of_milestone(connection, number) if claim.window]
        assert said == ["2025-08", "2025-10", "2025-08", "2025-11"]
        standing = standings.load(connection, number)
        assert standing.first == standing.window == parse_edtf("2025-11")


def test_a_person_moves_settles_and_brings_back(database: Engine) -> None:
    with writing(database) as connection:
        edit.apply(connection, TIMELINE, NOW)
        stored = milestones.find(connection, "launch")
    with writing(database) as connection:
        (moved,) = edit.set_window(connection, stored, parse_edtf("2025-Q4"), "Q4", NOW, "li")
        assert moved.revision.days_first == 122
    with writing(database) as connection:
        edit.state(connection, stored, Signal.CANCELLED, None, None, NOW + timedelta(hours=1), "li")
        assert standings.load(connection, stored.id).outcome is Outcome.CANCELLED
    with writing(database) as connection:
        edit.set_window(connection, stored, parse_edtf("2026"), "2026", NOW + timedelta(hours=2), "li")
        standing = standings.load(connection, stored.id)
    assert (standing.outcome, standing.window) == (Outcome.OPEN, parse_edtf("2026"))
    assert standing.first == PROMISE.window


def test_a_failure_halfway_leaves_nothing_behind(database: Engine) -> None:
    try:
        with writing(database) as connection:
            edit.apply(connection, TIMELINE, NOW)
            raise KeyboardInterrupt
    except KeyboardInterrupt:
        pass
    with reading(database) as connection:
        assert timelines.keys(connection) == ()
