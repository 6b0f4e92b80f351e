from datetime import timedelta

import pytest
from sqlalchemy import Connection, Engine
from tests.builders import days, instant
from tests.jobs.world import BEGIN, CARS, follow

from evtimeline.core.claims import Claim, Decision, Origin, Quote, Signal, Stance, Tier, Verdict
from evtimeline.core.reading import read, watch
from evtimeline.core.standing import Outcome
from evtimeline.core.windows import parse_edtf
from evtimeline.errors import UnknownKeyError, UsageError
from evtimeline.jobs import reading as reading_job
from evtimeline.jobs.reviewing import Correction, Ruling, correct, decide, exclude
from evtimeline.store import claims, exclusions, milestones, standings
from evtimeline.store.claims import NewClaim
from evtimeline.store.engine import writing

LI = Ruling("li", BEGIN + timedelta(hours=1), "the photo shows it")
WORDS = "二期工厂已于5月投产"


def a_waiting_claim(connection: Connection) -> int:
    """A claim that the rules left to a person; its number."""
    claim = Claim(
        signal=Signal.ACHIEVED,
        stance=Stance.ASSERTED,
        window=parse_edtf("2025-05"),
        quote=Quote(WORDS, "title", 0, len(WORDS)),
        stated_on=instant("2025-05-10").date(),
        learned_at=BEGIN,
        publisher="小米公司",
        tier=Tier.PRIMARY,
        origin=Origin.ENTRY,
        title=WORDS,
        score=0.5,
    )
    (stored,) = claims.add(connection, [NewClaim(plant(connection), "test:1", claim)])
    claims.decide(connection, [Decision(stored.claim.id, Verdict.PENDING, "rule: not sure", BEGIN)])
    return stored.claim.id


def plant(connection: Connection) -> int:
    return milestones.find(connection, "phase2-startup").id


def test_what_a_person_accepts_counts_and_who_decided_is_kept(database: Engine) -> None:
    follow(database)
    with writing(database) as connection:
        number = a_waiting_claim(connection)
        assert [item.claim.claim.id for item in claims.pending(connection)] == [number]
        (moved,) = decide(connection, [number], Verdict.ACCEPTED, LI)
        assert moved.milestone.milestone.key == "phase2-startup"
        assert standings.load(connection, plant(connection)).outcome is Outcome.DONE
        last = claims.decisions_of(connection, plant(connection))[-1]
        assert (last.decided_by, last.decided_at, last.why) == ("li", LI.at, "the photo shows it")
        assert claims.pending(connection) == ()


def test_a_decision_can_be_taken_back(sqlite: Engine) -> None:
    follow(sqlite)
    with writing(sqlite) as connection:
        number = a_waiting_claim(connection)
        decide(connection, [number], Verdict.ACCEPTED, LI)
        decide(connection, [number], Verdict.REJECTED, Ruling("wang", LI.at + timedelta(hours=1)))
        assert standings.load(connection, plant(connection)).outcome is Outcome.OPEN


def test_a_corrected_claim_stands_in_the_place_of_the_one_that_was_misread(database: Engine) -> None:
    follow(database)
    with writing(database) as connection:
        number = a_waiting_claim(connection)
        correct(connection, number, Correction(Signal.SCHEDULED, window=parse_edtf("2025-07")), LI)
        misread, corrected = claims.of_milestone(connection, plant(connection))[1:]
        assert misread.window == parse_edtf("2025-05") and corrected.window == parse_edtf("2025-07")
        assert (corrected.publisher, corrected.quote, corrected.tier) == ("小米公司", misread.quote, Tier.PRIMARY)
        standing = standings.load(connection, plant(connection))
        assert (standing.window, standing.rejected) == (parse_edtf("2025-07"), 1)


def test_a_correction_that_says_the_same_is_refused_with_what_to_do(sqlite: Engine) -> None:
    follow(sqlite)
    with writing(sqlite) as connection:
        number = a_waiting_claim(connection)
        with pytest.raises(UsageError, match="says this already: accept it"):
            correct(connection, number, Correction(Signal.ACHIEVED), LI)


def test_a_rejected_phrase_is_not_matched_again(sqlite: Engine) -> None:
    follow(sqlite)
    with writing(sqlite) as connection:
        number = a_waiting_claim(connection)
        exclude(connection, number, "二期工厂", LI)
        assert exclusions.load_all(connection) == {("cars", "phase2-startup"): ("二期工厂",)}
        assert claims.pending(connection) == ()
        watchlist = reading_job.load_watchlist(connection)
    from tests.builders import an_entry

    entry = an_entry(title="小米汽车二期工厂投产", stated_on=days("2025-06-26").earliest)
    (with_it,) = read([entry], watchlist)
    (without,) = read([entry], watch([CARS], watchlist.lexicons))
    assert [one.ref[1] for one in without.findings] == ["phase2-startup"]
    assert with_it.findings == ()


def test_a_phrase_that_the_claim_does_not_say_is_refused(sqlite: Engine) -> None:
    follow(sqlite)
    with writing(sqlite) as connection:
        number = a_waiting_claim(connection)
        with pytest.raises(UsageError, match="is not in the words of claim"):
            exclude(connection, number, "三期", LI)


def test_a_claim_that_is_not_there_is_named(sqlite: Engine) -> None:
    follow(sqlite)
    with writing(sqlite) as connection, pytest.raises(UnknownKeyError, match="there is no claim 99"):
        decide(connection, [99], Verdict.ACCEPTED, LI)
