from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from tests.core.telling import MILESTONE, accepted, settled, tell, verdict

from evtimeline.core.claims import Decision, Revision, Verdict
from evtimeline.core.ledger import Outcome, settle
from evtimeline.core.milestones import Confirm


@dataclass(frozen=True)
class Tale:
    """Claims in order of learning, and what must stand and have changed in the end."""

    sentence: str
    lines: tuple[str, ...]
    stands: str | None
    kinds: str = ""
    outcome: str = "open"
    confirm: Confirm | None = None


PROMISE = "2025-01-10 primary Xiaomi scheduled 2025-06/2025-07"
GUESS = "2025-04-20 tertiary Report scheduled forecast 2025-08 file"
PRESS = "2025-02-01 secondary Caijing scheduled 2025-06"

TALES = (
    # What stands, and what a change is called
    Tale("nothing said, nothing stands", (), None),
    Tale("the first promise of the user is no change", (GUESS,), "2025-08"),
    Tale("an undated milestone is dated by the first promise of anybody", (PROMISE,), "2025-06…07", "dated"),
    Tale(
        "a narrower window is a refinement, not a delay",
        (PROMISE, "2025-06-20 primary Xiaomi scheduled 2025-07-20"),
        "2025-07-20",
        "dated refined",
    ),
    Tale(
        "a wider window blurs",
        (PRESS, "2025-03-01 secondary Caijing scheduled 2025"),
        "2025",
        "dated blurred",
    ),
    Tale(
        "a later window slips",
        (PROMISE, "2025-06-20 primary Xiaomi delayed 2025-09"),
        "2025-09",
        "dated slipped",
    ),
    Tale(
        "an earlier window advances",
        (PROMISE, "2025-03-20 primary Xiaomi advanced 2025-05"),
        "2025-05",
        "dated advanced",
    ),
    Tale(
        "the same window said again changes nothing",
        (PROMISE, "2025-03-20 primary Xiaomi reaffirmed scheduled 2025-06/2025-07"),
        "2025-06…07",
        "dated",
    ),
    Tale(
        "a slip that overlaps is still a slip",
        (PROMISE, "2025-06-20 primary Xiaomi delayed 2025-07/2025-08"),
        "2025-07…08",
        "dated slipped",
    ),
    # Tiers and time
    Tale(
        "a primary publisher beats the press, even with what it said earlier and we learned later",
        (PRESS, "2025-01-10 primary Xiaomi scheduled 2025-09 learned=2025-03-01"),
        "2025-09",
        "dated slipped",
    ),
    Tale(
        "newer beats older within a tier",
        (PRESS, "2025-03-01 secondary Xinhua scheduled 2025-10"),
        "2025-10",
        "dated slipped",
    ),
    Tale(
        "an older statement learned later changes nothing",
        (
            "2025-03-01 secondary Xinhua scheduled 2025-10",
            "2025-02-01 secondary Sina scheduled 2025-06 learned=2025-04-01",
        ),
        "2025-10",
        "dated",
    ),
    Tale(
        "the press refines what the company promised",
        (PROMISE, "2025-06-16 secondary Caijing scheduled 2025-06-21/2025-06-30"),
        "2025-06-21…30",
        "dated refined",
    ),
    Tale(
        "a refinement by the press gives way to another one inside what the company promised",
        (PROMISE, "2025-05-16 secondary Caijing scheduled 2025-06", "2025-06-16 secondary Xinhua scheduled 2025-07-10"),
        "2025-07-10",
        "dated refined slipped",
    ),
    Tale(
        "an aggregator refines the press",
        (PRESS, "2025-05-16 tertiary Blog scheduled 2025-06-12"),
        "2025-06-12",
        "dated refined",
    ),
    Tale(
        "an aggregator does not move the press",
        (PRESS, "2025-05-16 tertiary Blog delayed 2025-09"),
        "2025-06",
        "dated",
    ),
    Tale(
        "the press saying it less exactly blurs nothing that the company said",
        ("2025-01-10 primary Xiaomi scheduled 2025-06-26", "2025-06-20 secondary Caijing scheduled 2025-06"),
        "2025-06-26",
        "dated",
    ),
    Tale(
        "one outlet that contradicts the company does not move it",
        (PROMISE, "2025-05-16 secondary Caijing delayed 2025-09"),
        "2025-06…07",
        "dated",
    ),
    Tale(
        "two independent outlets that agree overrule an older statement of the company",
        (
            PROMISE,
            "2025-05-16 secondary Caijing delayed 2025-09 title='Xiaomi pushes the launch of its SUV back'",
            "2025-05-18 secondary Xinhua delayed 2025-09 title='小米首款SUV将晚于原计划上市'",
        ),
        "2025-09",
        "dated slipped",
    ),
    Tale(
        "two outlets that each name another date do not",
        (
            PROMISE,
            "2025-05-16 secondary Caijing delayed 2025-09 title='Launch pushed back'",
            "2025-05-18 secondary Xinhua delayed 2025-12 title='小米首款SUV将晚于原计划上市'",
        ),
        "2025-06…07",
        "dated",
    ),
    Tale(
        "a syndicated copy is no second outlet",
        (
            PROMISE,
            "2025-05-16 secondary Caijing delayed 2025-09 title='Xiaomi pushes the launch of its SUV back'",
            "2025-05-18 secondary Xinhua delayed 2025-09 title='Xiaomi pushes launch of its SUV back - Xinhua'",
        ),
        "2025-06…07",
        "dated",
    ),
    Tale(
        "a company that repeats its date has answered the outlet before",
        (
            PROMISE,
            "2025-05-16 secondary Caijing delayed 2025-09 title='Launch pushed back'",
            "2025-05-17 primary Xiaomi reaffirmed scheduled 2025-06/2025-07",
            "2025-05-18 secondary Xinhua delayed 2025-09 title='小米首款SUV将晚于原计划上市'",
        ),
        "2025-06…07",
        "dated",
    ),
    Tale(
        "one outlet suffices once the company's date has passed",
        (PROMISE, "2025-08-03 secondary Caijing scheduled 2025-09"),
        "2025-09",
        "dated slipped",
    ),
    Tale(
        "a reaffirmation in coarser words keeps the exact day",
        ("2025-05-16 primary Xiaomi scheduled 2025-06-26", "2025-05-17 primary Xiaomi reaffirmed scheduled 2025-06"),
        "2025-06-26",
        "dated",
    ),
    # Guesses, rumours, conditions
    Tale(
        "a guess of the user's gives way to any assertion, even an older one",
        (GUESS, f"{PRESS} learned=2025-05-01"),
        "2025-06",
        "advanced",
    ),
    Tale(
        "a guess of the user's does not move what somebody asserted",
        (PRESS, GUESS),
        "2025-06",
        "dated",
    ),
    Tale(
        "a forecast never moves what stands",
        (PRESS, "2025-03-01 primary Broker scheduled forecast 2025-09"),
        "2025-06",
        "dated",
    ),
    Tale(
        "a rumour never moves what stands",
        (PRESS, "2025-03-01 primary Leak delayed rumour 2025-09"),
        "2025-06",
        "dated",
    ),
    Tale(
        "a conditional date never moves what stands",
        (PRESS, "2025-03-01 primary Xiaomi scheduled conditional 2025-09"),
        "2025-06",
        "dated",
    ),
    Tale(
        "progress and mentions move nothing",
        (PRESS, "2025-03-01 primary Xiaomi progress 2025-09", "2025-03-02 primary Xiaomi mention 2025-10"),
        "2025-06",
        "dated",
    ),
    # Contested
    Tale(
        "two outlets that contradict each other within a week contest it",
        (PRESS, "2025-02-05 secondary Xinhua scheduled 2025-10"),
        "2025-10",
        "dated contested",
    ),
    Tale(
        "an outlet that says the date has moved contests nothing",
        (PRESS, "2025-02-05 secondary Xinhua delayed 2025-10"),
        "2025-10",
        "dated slipped",
    ),
    Tale(
        "an outlet may correct itself",
        (PRESS, "2025-02-05 secondary Caijing scheduled 2025-10"),
        "2025-10",
        "dated slipped",
    ),
    Tale(
        "windows that overlap do not contradict each other",
        (PRESS, "2025-02-05 secondary Xinhua scheduled 2025-06/2025-07"),
        "2025-06…07",
        "dated blurred",
    ),
    Tale(
        "two primary publishers can contest it too",
        (PROMISE, "2025-01-12 primary BAIC scheduled 2025-09"),
        "2025-09",
        "dated contested",
    ),
    Tale(
        "a contest is settled when one side gives in",
        (PRESS, "2025-02-05 secondary Xinhua scheduled 2025-10", "2025-02-07 secondary Xinhua scheduled 2025-06"),
        "2025-06",
        "dated contested settled",
    ),
    Tale(
        "a contest is settled by a better tier",
        (PRESS, "2025-02-05 secondary Xinhua scheduled 2025-10", "2025-02-06 primary Xiaomi scheduled 2025-08"),
        "2025-08",
        "dated contested settled",
    ),
    Tale(
        "a contest is settled when the older side has been silent while others repeat the newer one",
        (PRESS, "2025-02-05 secondary Xinhua scheduled 2025-10", "2025-03-05 secondary Sina scheduled 2025-10"),
        "2025-10",
        "dated contested settled",
    ),
    Tale(
        "the user's own first promise contests nothing",
        ("2025-02-01 secondary Report scheduled 2025-08 file", "2025-02-03 secondary Caijing scheduled 2025-10"),
        "2025-10",
        "slipped",
    ),
    # Denials
    Tale(
        "a denial strikes the delay that moved it",
        (PRESS, "2025-03-01 secondary Xinhua delayed 2025-09", "2025-03-02 primary Xiaomi progress denied"),
        "2025-06",
        "dated slipped advanced",
    ),
    Tale(
        "a denial of one date strikes only that date",
        (PRESS, "2025-03-01 secondary Xinhua delayed 2025-09", "2025-03-02 primary Xiaomi scheduled denied 2025-07"),
        "2025-09",
        "dated slipped",
    ),
    Tale(
        "a denial by an aggregator does not strike the press",
        (PRESS, "2025-03-01 secondary Xinhua delayed 2025-09", "2025-03-02 tertiary Blog delayed denied"),
        "2025-09",
        "dated slipped",
    ),
    Tale(
        "a denial does not reach back to what has long been settled",
        (PRESS, "2025-03-01 secondary Xinhua delayed 2025-09", "2025-08-02 primary Xiaomi delayed denied"),
        "2025-09",
        "dated slipped",
    ),
    Tale(
        "a claim that was denied before we learned of it never counts",
        (
            PRESS,
            "2025-03-02 primary Xiaomi delayed denied",
            "2025-03-01 secondary Xinhua delayed 2025-09 learned=2025-03-05",
        ),
        "2025-06",
        "dated",
    ),
    Tale(
        "a denial of the report reopens what was reported",
        (
            PRESS,
            "2025-05-30 secondary Xinhua achieved",
            "2025-05-31 primary Xiaomi achieved denied",
        ),
        "2025-06",
        "dated reported reinstated",
    ),
    # Delays without a date
    Tale(
        "a delay without a date keeps the window and says so",
        (PROMISE, "2025-05-16 primary Xiaomi delayed"),
        "2025-06…07",
        "dated delayed",
    ),
    Tale(
        "the press names the date that the company left open",
        (PROMISE, "2025-05-16 primary Xiaomi delayed", "2025-05-20 secondary Caijing scheduled 2025-10"),
        "2025-10",
        "dated delayed slipped",
    ),
    # Done
    Tale(
        "one primary publisher makes it done, on the day it names",
        (PROMISE, "2025-06-27 primary Xiaomi achieved 2025-06-26"),
        "2025-06-26",
        "dated done",
        "done",
    ),
    Tale(
        "one outlet is a report",
        (PROMISE, "2025-06-26 secondary Caijing achieved"),
        "2025-06…07",
        "dated reported",
        "reported",
    ),
    Tale(
        "two independent outlets make it done, on the day of the first",
        (
            PROMISE,
            "2025-06-26 secondary Caijing achieved title='小米YU7正式上市'",
            "2025-06-27 secondary Xinhua achieved title='Xiaomi begins to sell its first SUV'",
        ),
        "2025-06-26",
        "dated reported done",
        "done",
    ),
    Tale(
        "a syndicated copy confirms nothing",
        (
            PROMISE,
            "2025-06-26 secondary Caijing achieved title='小米YU7正式上市，售价25.35万元起'",
            "2025-06-26 secondary Sina achieved title='小米YU7正式上市 售价25.35万元起_新浪财经'",
        ),
        "2025-06…07",
        "dated reported",
        "reported",
    ),
    Tale(
        "aggregators never confirm",
        (PROMISE, *(f"2025-06-26 tertiary Blog{n} achieved title='Launched {n * 7919}'" for n in range(5))),
        "2025-06…07",
        "dated reported",
        "reported",
    ),
    Tale(
        "a milestone may ask for more",
        (PROMISE, "2025-06-26 primary Xiaomi achieved 2025-06-26"),
        "2025-06…07",
        "dated reported",
        "reported",
        Confirm(primary=2, secondary=3),
    ),
    Tale(
        "a milestone may ask for less",
        (PROMISE, "2025-06-26 secondary Caijing achieved 2025-06-26"),
        "2025-06-26",
        "dated done",
        "done",
        Confirm(primary=1, secondary=1),
    ),
    Tale(
        "a person at the keyboard is enough",
        (PROMISE, "2025-06-27 secondary Li achieved 2025-06-26 person"),
        "2025-06-26",
        "dated done",
        "done",
    ),
    Tale(
        "a company that names a later day has overtaken the report",
        (PROMISE, "2025-06-20 secondary Caijing achieved", "2025-06-23 primary Xiaomi scheduled 2025-06-26"),
        "2025-06-26",
        "dated reported reinstated",
    ),
    Tale(
        "it may be done before it was promised",
        (
            "2025-04-20 tertiary Report scheduled 2025-04 file",
            "2024-05-20 secondary Caijing achieved 2024-05-17 learned=2025-05-01 backfill title='Three found a firm'",
            "2024-05-21 secondary Xinhua achieved 2024-05-17 learned=2025-05-02 backfill title='北京时代动力电池成立'",
        ),
        "2024-05-17",
        "reported done",
        "done",
    ),
    Tale(
        "what is promised after it was done changes nothing",
        (PROMISE, "2025-06-26 primary Xiaomi achieved", "2025-07-10 primary Xiaomi scheduled 2027"),
        "2025-06-26",
        "dated done",
        "done",
    ),
    Tale(
        "the day it happened may be corrected by who is nearer",
        (
            PROMISE,
            "2025-06-27 secondary Caijing achieved title='小米YU7正式上市'",
            "2025-06-27 secondary Xinhua achieved title='Xiaomi begins to sell its first SUV'",
            "2025-06-28 primary Xiaomi achieved 2025-06-26",
        ),
        "2025-06-26",
        "dated reported done advanced",
        "done",
    ),
    # Cancelled
    Tale(
        "the company cancels",
        (PROMISE, "2025-05-01 primary Xiaomi cancelled"),
        "2025-06…07",
        "dated cancelled",
        "cancelled",
    ),
    Tale(
        "one outlet does not cancel",
        (PROMISE, "2025-05-01 secondary Caijing cancelled"),
        "2025-06…07",
        "dated",
    ),
    Tale(
        "two independent outlets cancel",
        (
            PROMISE,
            "2025-05-01 secondary Caijing cancelled title='小米放弃YU7'",
            "2025-05-02 secondary Xinhua cancelled title='SUV shelved, say executives'",
        ),
        "2025-06…07",
        "dated cancelled",
        "cancelled",
    ),
    Tale(
        "a new date of the company's reinstates",
        (PROMISE, "2025-05-01 primary Xiaomi cancelled", "2025-06-01 primary Xiaomi scheduled 2026"),
        "2026",
        "dated cancelled reinstated",
    ),
    Tale(
        "one outlet does not reinstate",
        (PROMISE, "2025-05-01 primary Xiaomi cancelled", "2025-06-01 secondary Caijing scheduled 2026"),
        "2025-06…07",
        "dated cancelled",
        "cancelled",
    ),
    Tale(
        "it may be cancelled again",
        (
            PROMISE,
            "2025-05-01 primary Xiaomi cancelled",
            "2025-06-01 primary Xiaomi scheduled 2026",
            "2025-09-01 primary Xiaomi cancelled",
        ),
        "2026",
        "dated cancelled reinstated cancelled",
        "cancelled",
    ),
    Tale(
        "what was cancelled may happen all the same",
        (PROMISE, "2025-05-01 primary Xiaomi cancelled", "2025-06-26 primary Xiaomi achieved"),
        "2025-06-26",
        "dated cancelled done",
        "done",
    ),
    Tale(
        "a denial strikes a reported cancellation",
        (
            PROMISE,
            "2025-05-01 secondary Caijing cancelled title='小米放弃YU7'",
            "2025-05-02 secondary Xinhua cancelled title='SUV shelved, say executives'",
            "2025-05-03 primary Xiaomi progress denied",
        ),
        "2025-06…07",
        "dated cancelled reinstated",
    ),
)


@pytest.mark.parametrize("tale", TALES, ids=lambda tale: tale.sentence)
def test_what_stands_and_what_has_changed(tale: Tale) -> None:
    settlement = settled(*tale.lines, confirm=tale.confirm)
    standing = settlement.standing
    assert (standing.window.display if standing.window else None) == tale.stands
    assert " ".join(revision.kind for revision in settlement.revisions) == tale.kinds
    assert standing.outcome == tale.outcome


def moved(revision: Revision) -> tuple[str, str | None, str | None, int | None, int | None]:
    old, new = revision.old, revision.new
    edges = (old.display if old else None, new.display if new else None)
    return revision.kind.value, *edges, revision.days_last, revision.days_first


def test_a_slip_is_measured_against_the_last_promise_and_the_first() -> None:
    settlement = settled(
        "2025-01-10 primary Xiaomi scheduled 2025-06",
        "2025-03-10 primary Xiaomi delayed 2025-07",
        "2025-05-10 primary Xiaomi delayed 2025-09-10",
    )
    assert [moved(revision) for revision in settlement.revisions] == [
        ("dated", None, "2025-06", None, 0),
        ("slipped", "2025-06", "2025-07", 31, 31),
        ("slipped", "2025-07", "2025-09-10", 41, 72),
    ]
    assert (settlement.standing.slip_first, settlement.standing.slip_last) == (72, 41)


def test_the_launch_of_the_yu7_from_first_guess_to_the_day() -> None:
    settlement = settled(
        "2025-04-20 tertiary Report scheduled forecast 2025-08 file learned=2025-05-20",
        "2024-12-09 primary Xiaomi scheduled 2025-06/2025-07 learned=2025-05-21 backfill",
        "2025-04-23 primary Xiaomi reaffirmed scheduled 2025-06/2025-07 learned=2025-05-21 backfill",
        "2025-05-29 tertiary Blog delayed rumour 2025-08/2025-09",
        "2025-05-30 primary Xiaomi progress denied",
        "2025-06-19 secondary Caijing scheduled 2025-06-21/2025-06-30",
        "2025-06-23 primary Xiaomi scheduled 2025-06-26",
        "2025-06-26 secondary Caijing achieved 2025-06-26 title='小米YU7正式上市'",
        "2025-06-26 primary Xiaomi achieved 2025-06-26",
        "2025-06-27 secondary Reuters achieved 2025-06-26 title='Xiaomi prices first SUV below Model Y'",
    )
    assert [moved(revision) for revision in settlement.revisions] == [
        ("advanced", "2025-08", "2025-06…07", -31, -31),
        ("refined", "2025-06…07", "2025-06-21…30", -31, -62),
        ("refined", "2025-06-21…30", "2025-06-26", -4, -66),
        ("reported", "2025-06-26", "2025-06-26", 0, -66),
        ("done", "2025-06-26", "2025-06-26", 0, -66),
    ]
    assert [revision.backfill for revision in settlement.revisions] == [True, False, False, False, False]
    standing = settlement.standing
    assert standing.first is not None
    assert standing.first.display == "2025-08"
    assert (standing.outcome, standing.outcome_on) == (Outcome.DONE, date(2025, 6, 26))
    assert standing.struck == (4,)
    assert standing.holder is not None
    assert standing.holder.publisher == "Xiaomi"


def test_the_rumour_shows_until_it_is_denied() -> None:
    lines = (
        PROMISE,
        "2025-05-29 tertiary Blog delayed rumour 2025-08/2025-09",
        "2025-05-30 primary Xiaomi progress denied",
    )
    before, after = settled(*lines, as_of="2025-05-29").standing, settled(*lines).standing
    assert [rumour.publisher for rumour in before.rumours] == ["Blog"]
    assert (before.struck, after.struck) == ((), (2,))
    assert after.rumours == ()


def test_a_rumour_is_answered_by_any_newer_statement_of_somebody_as_near() -> None:
    rumour = "2025-03-01 tertiary Blog delayed rumour 2025-09"
    assert settled(PRESS, rumour).standing.rumours
    assert not settled(PRESS, rumour, "2025-03-02 tertiary Wiki scheduled 2025-06").standing.rumours


def test_the_start_of_the_second_plant_was_promised_later_by_better_sources_than_the_report() -> None:
    settlement = settled(
        "2025-04-20 tertiary Report scheduled 2025-06 file learned=2025-05-20",
        "2025-04-16 secondary 36Kr scheduled 2025-07/2025-08 learned=2025-05-21 backfill",
        "2025-06-18 secondary 36Kr achieved title='小米汽车二期工厂已开工生产'",
    )
    assert [moved(revision) for revision in settlement.revisions] == [
        ("slipped", "2025-06", "2025-07…08", 62, 62),
        ("reported", "2025-07…08", "2025-06-18", -74, -12),
    ]
    assert settlement.standing.reporters == ("36Kr",)
    assert settlement.standing.outcome_on == date(2025, 6, 18)


def test_a_contest_shows_both_windows_and_who_says_so() -> None:
    standing = settled(PRESS, "2025-02-05 secondary Xinhua scheduled 2025-10").standing
    assert [window.display for window in standing.contested] == ["2025-10", "2025-06"]
    assert [rival.publisher for rival in standing.rivals] == ["Caijing"]


def test_a_lower_tier_that_says_otherwise_is_kept_beside_what_stands() -> None:
    standing = settled(PROMISE, "2025-05-16 secondary Caijing delayed 2025-09").standing
    assert [(c.publisher, c.window and c.window.display) for c in standing.challenges] == [("Caijing", "2025-09")]


def test_a_cancellation_that_is_not_enough_names_who_reports_it() -> None:
    assert settled(PROMISE, "2025-05-01 secondary Caijing cancelled").standing.cancellers == ("Caijing",)


def test_a_reported_cancellation_is_answered_by_a_newer_date_of_the_company() -> None:
    lines = (PROMISE, "2025-05-01 secondary Caijing cancelled", "2025-05-09 primary Xiaomi scheduled 2025-07")
    assert settled(*lines).standing.cancellers == ()


def test_a_forecast_is_kept_on_its_own_track() -> None:
    standing = settled(PRESS, "2025-03-01 secondary Broker scheduled forecast 2025-09").standing
    assert [forecast.publisher for forecast in standing.forecasts] == ["Broker"]


def test_of_two_first_promises_the_user_wrote_the_last_one_is_meant() -> None:
    standing = settled(GUESS, "2025-04-20 tertiary Report scheduled forecast 2025-09 file learned=2025-05-01").standing
    assert standing.first is not None and standing.first.display == "2025-09"
    assert standing.window is not None and standing.window.display == "2025-09"


def test_without_a_promise_of_the_user_the_earliest_stated_one_is_the_first() -> None:
    standing = settled(PROMISE, "2024-11-01 secondary Caijing scheduled 2025-03 learned=2025-02-01").standing
    assert standing.first is not None and standing.first.display == "2025-03"
    assert standing.slip_first == 122


def test_what_a_person_types_later_moves_what_stands_and_not_the_first_promise() -> None:
    claims = tell(GUESS, "2025-05-01 primary Li delayed 2025-12 person quote=2025-12")
    standing = settle(MILESTONE, claims, accepted(claims)).standing
    assert standing.first is not None and standing.first.display == "2025-08"
    assert standing.window is not None and standing.window.display == "2025-12"


def test_a_claim_without_a_verdict_waits_but_what_the_user_wrote_counts() -> None:
    claims = tell(GUESS, PRESS)
    standing = settle(MILESTONE, claims, ()).standing
    assert standing.window is not None and standing.window.display == "2025-08"
    assert (standing.claims, standing.pending, standing.rejected) == (2, 1, 0)


def test_a_rejection_takes_back_what_the_claim_did_when_it_is_decided() -> None:
    claims = tell(PRESS, "2025-03-01 secondary Xinhua delayed 2025-09")
    decisions = (*accepted(claims), verdict(2, "2025-03-10"))
    settlement = settle(MILESTONE, claims, decisions)
    last = settlement.revisions[-1]
    assert moved(last) == ("advanced", "2025-09", "2025-06", -92, 0)
    assert (last.claim_id, last.happened_at) == (2, datetime(2025, 3, 10, 15, tzinfo=UTC))
    assert (settlement.standing.claims, settlement.standing.rejected) == (2, 1)
    before = settle(MILESTONE, claims, decisions, date(2025, 3, 9)).standing
    assert before.window is not None and before.window.display == "2025-09"


def test_a_correction_is_one_change() -> None:
    claims = tell(
        PRESS,
        "2025-03-01 secondary Xinhua delayed 2025-09",
        "2025-03-01 secondary Xinhua delayed 2025-10 learned=2025-03-10",
    )
    at = claims[2].learned_at
    rejected = Decision(2, Verdict.REJECTED, "Li", at, id=10)
    revisions = settle(MILESTONE, claims, (*accepted(claims), rejected)).revisions
    assert [moved(revision)[:3] for revision in revisions] == [
        ("dated", None, "2025-06"),
        ("slipped", "2025-06", "2025-09"),
        ("slipped", "2025-09", "2025-10"),
    ]


def test_rejecting_a_denial_gives_back_what_it_struck() -> None:
    claims = tell(PRESS, "2025-03-01 secondary Xinhua delayed 2025-09", "2025-03-02 primary Xiaomi delayed denied")
    settlement = settle(MILESTONE, claims, (*accepted(claims), verdict(3, "2025-03-10")))
    assert [revision.kind.value for revision in settlement.revisions] == ["dated", "slipped", "advanced", "slipped"]
    assert settlement.standing.struck == ()


def test_rejecting_a_confirmation_reopens_what_was_done() -> None:
    claims = tell(PROMISE, "2025-06-26 primary Xiaomi achieved")
    settlement = settle(MILESTONE, claims, (*accepted(claims), verdict(2, "2025-06-27")))
    assert settlement.revisions[-1].kind == "reinstated"
    assert settlement.standing.outcome is Outcome.OPEN


def test_what_a_person_accepts_later_counts_from_then() -> None:
    claims = tell(PRESS, "2025-03-01 secondary Xinhua delayed 2025-09")
    rules = (*accepted(claims[:1]), Decision(2, Verdict.PENDING, "rule: doubt", claims[1].learned_at, id=2))
    decisions = (*rules, verdict(2, "2025-03-10", Verdict.ACCEPTED))
    settlement = settle(MILESTONE, claims, decisions)
    assert settlement.revisions[-1].happened_at == datetime(2025, 3, 10, 15, tzinfo=UTC)
    assert settle(MILESTONE, claims, decisions, date(2025, 3, 5)).standing.pending == 1


def test_as_of_a_day_only_what_was_learned_by_then_is_known() -> None:
    lines = (PROMISE, "2025-02-10 primary Xiaomi delayed 2025-09 learned=2025-05-01")
    early, late = settled(*lines, as_of="2025-04-30"), settled(*lines, as_of="2025-05-01")
    assert early.standing.window is not None and early.standing.window.display == "2025-06…07"
    assert late.standing.window is not None and late.standing.window.display == "2025-09"


def test_a_change_that_was_told_stays_true_when_another_feed_adds_older_news_at_the_same_instant() -> None:
    first = (PROMISE, "2025-06-23 primary Xiaomi scheduled 2025-06-26 learned=2025-06-24")
    older = "2025-06-19 secondary Caijing scheduled 2025-06-21/2025-06-30 learned=2025-06-24"
    assert settled(*first, older).revisions == settled(*first).revisions


def test_a_mention_is_no_evidence_that_breaks_the_silence() -> None:
    standing = settled(PRESS, "2025-03-01 secondary Xinhua progress", "2025-05-01 secondary Sina mention").standing
    assert standing.quiet_since == date(2025, 3, 1)
    assert standing.last is not None
    assert standing.last.publisher == "Xinhua"
