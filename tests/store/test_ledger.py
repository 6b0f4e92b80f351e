from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine
from tests.builders import NOW, a_claim, a_milestone, a_timeline, an_entry, days, instant
from tests.store.ledgers import a_stored_claim, a_stored_milestone
from tests.store.statements import counted

from evtimeline.core.claims import (
    SUMMARY_LENGTH,
    Decision,
    Origin,
    Quote,
    Revision,
    RevisionKind,
    Signal,
    Stance,
    Tier,
    Verdict,
)
from evtimeline.core.standing import Evidence, Outcome, Standing, evidence
from evtimeline.core.windows import Precision, Qualifier, Window
from evtimeline.errors import UnknownKeyError
from evtimeline.store import claims, entries, exclusions, feeds, markers, milestones, revisions, standings, timelines
from evtimeline.store.claims import NewClaim, ReviewItem
from evtimeline.store.engine import reading, writing

AUGUST = Window(date(2025, 8, 1), date(2025, 8, 31), Precision.MONTH, Qualifier.ABOUT)
RICH = a_claim(
    AUGUST,
    signal=Signal.DELAYED,
    stance=Stance.RUMOUR,
    quote=Quote("推迟至8月", "summary", 3, 8),
    tier=Tier.TERTIARY,
    origin=Origin.PERSON,
    title="小米YU7或推迟",
    link="https://example.org/1",
    score=0.1 + 0.2,
    reasons=("name: 小米YU7", "predicate: 推迟"),
    backfill=True,
)


def test_a_claim_comes_back_equal_but_for_its_number(database: Engine) -> None:
    with writing(database) as connection:
        milestone = a_stored_milestone(connection)
        added = claims.add(connection, [NewClaim(milestone, "a", RICH), NewClaim(milestone, "b", a_claim())])
    with reading(database) as connection:
        assert claims.of_milestone(connection, milestone) == tuple(one.claim for one in added)
        assert claims.get(connection, added[0].claim.id) == added[0]
    assert [replace(one.claim, id=0) for one in added] == [RICH, a_claim()]
    assert all(one.claim.id for one in added)


def test_the_same_occasion_is_never_claimed_twice(database: Engine) -> None:
    with writing(database) as connection:
        one, other = a_stored_milestone(connection, "one"), a_stored_milestone(connection, "other")
        told = [NewClaim(one, "entry:1", a_claim()), NewClaim(other, "entry:1", a_claim())]
        assert [stored.milestone_id for stored in claims.add(connection, [*told, told[0]])] == [one, other]
        assert claims.add(connection, told) == ()
        assert len(claims.of_milestone(connection, one)) == 1


def test_a_ledger_is_read_in_the_order_in_which_it_was_learned(database: Engine) -> None:
    times = [NOW + timedelta(hours=hours) for hours in (2, 0, 1, 0)]
    with writing(database) as connection:
        milestone = a_stored_milestone(connection)
        claims.add(
            connection,
            [NewClaim(milestone, str(number), a_claim(learned_at=time)) for number, time in enumerate(times)],
        )
        found = claims.of_milestones(connection, [milestone, 999])
    assert [claim.learned_at for claim in found[milestone]] == sorted(times)
    assert found[milestone][0].id < found[milestone][1].id
    assert found[999] == ()


def test_claims_are_found_by_the_entry_they_were_read_in(database: Engine) -> None:
    with writing(database) as connection:
        milestone = a_stored_milestone(connection)
        feed = feeds.ensure(connection, ["https://example.org"])["https://example.org"].id
        (entry,) = entries.add(connection, feed, [an_entry()], NOW, backfill=False)
        added = claims.add(
            connection, [NewClaim(milestone, "a", a_claim(), entry.id), NewClaim(milestone, "b", a_claim())]
        )
        assert claims.of_entries(connection, [entry.id]) == added[:1]


def test_a_claim_comes_back_with_the_beginning_of_what_its_entry_says(database: Engine) -> None:
    with writing(database) as connection:
        milestone = a_stored_milestone(connection)
        feed = feeds.ensure(connection, ["https://example.org"])["https://example.org"].id
        (entry,) = entries.add(connection, feed, [an_entry(summary="据路透社报道，" + "长" * 900)], NOW, backfill=False)
        claims.add(connection, [NewClaim(milestone, "a", a_claim(), entry.id), NewClaim(milestone, "b", a_claim())])
        read, written = claims.of_milestone(connection, milestone)
    assert read.summary == entry.entry.summary[:SUMMARY_LENGTH]
    assert written.summary == ""


def test_verdicts_are_added_never_replaced(database: Engine) -> None:
    with writing(database) as connection:
        stored = a_stored_claim(connection, verdict=Verdict.PENDING)
        claims.decide(connection, [Decision(stored.claim.id, Verdict.ACCEPTED, "Ada", NOW, "seen at the fair")])
        found = claims.decisions_of(connection, stored.milestone_id)
    assert [(one.verdict, one.decided_by, one.why) for one in found] == [
        (Verdict.PENDING, "rule: test", None),
        (Verdict.ACCEPTED, "Ada", "seen at the fair"),
    ]
    assert found[0].decided_at == NOW


def test_what_is_pending_by_its_last_verdict_waits_for_review(database: Engine) -> None:
    with writing(database) as connection:
        milestone = a_stored_milestone(connection)
        told = claims.add(connection, [NewClaim(milestone, str(number), a_claim()) for number in range(4)])
        verdicts = (
            (Verdict.PENDING,),
            (Verdict.PENDING, Verdict.REJECTED),
            (Verdict.ACCEPTED, Verdict.PENDING),
            (Verdict.ACCEPTED,),
        )
        for stored, history in zip(told, verdicts, strict=True):
            claims.decide(connection, [Decision(stored.claim.id, one, "rule: test", NOW) for one in history])
        waiting = claims.pending(connection)
        assert [item.claim for item in waiting] == [told[0], told[2]]
        assert {item.milestone.ref for item in waiting} == {("timeline-of-yu7-launch", "yu7-launch")}
        assert [item.decision.claim_id for item in waiting] == [told[0].claim.id, told[2].claim.id]
        assert claims.pending(connection, limit=1) == waiting[:1]
        assert claims.pending_count(connection) == 2
        assert claims.pending(connection, timeline="elsewhere") == ()


def test_a_retired_milestone_asks_for_no_review(database: Engine) -> None:
    with writing(database) as connection:
        stored = a_stored_claim(connection, verdict=Verdict.PENDING)
        assert [type(item) for item in claims.pending(connection)] == [ReviewItem]
        milestones.retire(connection, stored.milestone_id, NOW)
        assert claims.pending(connection) == ()


def test_an_unknown_claim_is_a_sentence(database: Engine) -> None:
    with reading(database) as connection, pytest.raises(UnknownKeyError, match="no claim 7: `evtimeline review`"):
        claims.get(connection, 7)


STANDING = Standing(
    first=AUGUST,
    window=days("2025-06-26"),
    outcome=Outcome.DONE,
    outcome_on=date(2025, 6, 26),
    holder=evidence(RICH),
    reporters=("新浪", "Daily Car"),
    cancellers=("Rumour Mill",),
    rivals=(Evidence(5, "p", Tier.PRIMARY, date(2025, 6, 1), Signal.SCHEDULED, Stance.ASSERTED, AUGUST),),
    delayed=evidence(a_claim()),
    rumours=(evidence(RICH), evidence(RICH)),
    struck=(3, 4),
    slip_first=-36,
    slip_last=0,
    last=evidence(RICH),
    quiet_since=date(2025, 6, 27),
    last_learned=instant("2025-06-27T08:00"),
    claims=9,
    pending=1,
    rejected=2,
)


@pytest.mark.parametrize("standing", [STANDING, Standing()])
def test_a_standing_comes_back_equal(database: Engine, standing: Standing) -> None:
    with writing(database) as connection:
        number = a_stored_milestone(connection)
        standings.save(connection, number, Standing(claims=1))
        standings.save(connection, number, standing)
    with reading(database) as connection:
        assert standings.load(connection, number) == standing
        (row,) = standings.load_all(connection)
    assert (row.milestone.id, row.standing) == (number, standing)


def test_what_stands_for_a_thousand_milestones_is_one_query(database: Engine) -> None:
    told = a_timeline(*(a_milestone(f"m{number}") for number in range(1_000)), key="cars")
    with writing(database) as connection:
        a_stored_milestone(connection)
        numbers = timelines.save(connection, told, NOW)
        standings.save_all(connection, dict.fromkeys(list(numbers.values())[:500], STANDING))
        with counted(database) as statements:
            rows = standings.load_all(connection, timeline="cars")
        assert len(standings.load_all(connection)) == 1_001
    assert len(statements) == 1
    assert [row.milestone.milestone for row in rows] == list(told.milestones)
    assert [row.standing for row in rows] == [STANDING] * 500 + [Standing()] * 500


def a_revision(claim_id: int, kind: RevisionKind = RevisionKind.SLIPPED, backfill: bool = False) -> Revision:
    return Revision(kind, claim_id, NOW, days("2025-06-26"), AUGUST, 66, -3, backfill)


def test_revisions_come_back_equal_and_are_stored_once(database: Engine) -> None:
    with writing(database) as connection:
        stored = a_stored_claim(connection)
        told = [a_revision(stored.claim.id), Revision(RevisionKind.DONE, stored.claim.id, NOW, None, None)]
        first = revisions.add(connection, stored.milestone_id, told[:1])
        second = revisions.add(connection, stored.milestone_id, told)
        assert [one.revision for one in (*first, *second)] == told
        assert revisions.add(connection, stored.milestone_id, told) == ()
        assert revisions.of_milestone(connection, stored.milestone_id) == (*first, *second)


def test_revisions_of_many_milestones_are_stored_together(database: Engine) -> None:
    with writing(database) as connection:
        milestone = {key: a_stored_milestone(connection, key) for key in ("one", "other", "still")}
        told = [NewClaim(milestone[key], "entry:1", a_claim()) for key in ("one", "other")]
        first, second = (one.claim.id for one in claims.add(connection, told))
        ledger = {
            milestone["other"]: [a_revision(second)],
            milestone["one"]: [a_revision(first), a_revision(first, RevisionKind.DONE)],
            milestone["still"]: [],
        }
        with counted(database) as statements:
            added = revisions.add_all(connection, ledger)
        assert len(statements) == 3
        assert [one.revision for one in added] == [one for many in ledger.values() for one in many]
        assert revisions.add_all(connection, ledger) == ()


def test_what_was_found_out_since_leaves_out_what_was_seen(database: Engine) -> None:
    with writing(database) as connection:
        assert revisions.last_id(connection) == 0
        stored = a_stored_claim(connection)
        kinds = (RevisionKind.SLIPPED, RevisionKind.CONTESTED, RevisionKind.DONE)
        told = [a_revision(stored.claim.id, kind, backfill=kind is RevisionKind.DONE) for kind in kinds]
        added = revisions.add(connection, stored.milestone_id, told)
        assert revisions.since(connection, 0) == added
        assert revisions.since(connection, added[0].id) == added[1:]
        assert revisions.since(connection, 0, backfill=False) == added[:2]
        assert revisions.since(connection, 0, timeline="elsewhere") == ()
        assert revisions.last_id(connection) == added[-1].id


def test_an_excluded_phrase_is_kept_once_and_can_be_taken_back(database: Engine) -> None:
    with writing(database) as connection:
        number = a_stored_milestone(connection)
        for phrase in ("小米手机", "SU7", "SU7"):
            exclusions.add(connection, number, phrase, "Ada", NOW)
        place = ("timeline-of-yu7-launch", "yu7-launch")
        assert exclusions.load_all(connection) == {place: ("小米手机", "SU7")}
        exclusions.remove(connection, number, "SU7")
        assert exclusions.load_all(connection) == {place: ("小米手机",)}


def test_a_marker_holds_what_was_put_last(database: Engine) -> None:
    with writing(database) as connection:
        assert markers.get(connection, markers.STATUS_SHOWN) is None
        markers.put(connection, markers.STATUS_SHOWN, "1")
        markers.put(connection, markers.STATUS_SHOWN, "2")
        assert markers.get(connection, markers.STATUS_SHOWN) == "2"
