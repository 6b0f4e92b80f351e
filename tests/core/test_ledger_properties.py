import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.telling import MILESTONE

from evtimeline.core.book import Book
from evtimeline.core.claims import Claim, Decision, Origin, Signal, Stance, Tier, Verdict
from evtimeline.core.ledger import settle
from evtimeline.core.promises import Promises
from evtimeline.core.tracks import Track, is_baseline, stated_order, track
from evtimeline.core.windows import Precision, Window

BOUNDED = settings(deadline=None, max_examples=40)  # a busy machine is no failure
START = datetime(2025, 1, 1, tzinfo=UTC)
TITLES = ("小米YU7正式上市", "小米YU7正式上市 - 新浪", "Xiaomi starts sales of its first SUV", None)


@st.composite
def windows(draw: st.DrawFn) -> Window:
    first = date(2025, 1, 1) + timedelta(days=draw(st.integers(0, 500)))
    length = draw(st.sampled_from([0, 6, 30, 91, 365]))
    shape = draw(st.sampled_from(["closed", "closed", "closed", "from", "until"]))
    if shape == "closed":
        return Window(first, first + timedelta(days=length), Precision.DAY)
    return Window(first, None, Precision.OPEN) if shape == "from" else Window(None, first, Precision.OPEN)


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    learned = START + timedelta(hours=12 * draw(st.integers(0, 200)))
    return Claim(
        signal=draw(st.sampled_from(Signal)),
        stance=draw(st.sampled_from([*Stance, Stance.ASSERTED, Stance.ASSERTED])),
        window=draw(st.none() | windows()),
        quote=None,
        stated_on=learned.date() - timedelta(days=draw(st.sampled_from([0, 0, 1, 30, 200]))),
        learned_at=learned,
        publisher=draw(st.sampled_from(["Xiaomi", "Caijing", "Xinhua", "Blog"])),
        tier=draw(st.sampled_from(Tier)),
        origin=draw(st.sampled_from([Origin.ENTRY, Origin.ENTRY, Origin.ENTRY, Origin.FILE, Origin.PERSON])),
        title=draw(st.sampled_from(TITLES)),
        backfill=draw(st.booleans()),
    )


@st.composite
def ledgers(draw: st.DrawFn) -> tuple[list[Claim], list[Decision]]:
    """Claims numbered from 1, most of them accepted at once, some decided on later, some more than once."""
    told = [_numbered(claim, n) for n, claim in enumerate(draw(st.lists(claims(), max_size=14)), start=1)]
    decisions: list[Decision] = []
    for claim in told:
        for verdict in draw(st.lists(st.sampled_from([*Verdict, Verdict.ACCEPTED, Verdict.ACCEPTED]), max_size=3)):
            after = timedelta(hours=12 * draw(st.sampled_from([0, 0, 1, 20])))
            number = len(decisions) + 1
            decisions.append(Decision(claim.id, verdict, "rule: test", claim.learned_at + after, id=number))
    return told, decisions


def _numbered(claim: Claim, number: int) -> Claim:
    return replace(claim, id=number)


@BOUNDED
@given(ledgers(), st.randoms(use_true_random=False))
def test_the_order_of_handing_in_never_matters(
    ledger: tuple[list[Claim], list[Decision]], chance: random.Random
) -> None:
    told, decisions = ledger
    expected = settle(MILESTONE, told, decisions)
    chance.shuffle(told)
    chance.shuffle(decisions)
    assert settle(MILESTONE, told, decisions) == expected


@BOUNDED
@given(ledgers(), st.integers(0, 110))
def test_what_was_known_on_a_day_is_what_a_ledger_cut_off_there_says(
    ledger: tuple[list[Claim], list[Decision]], days: int
) -> None:
    told, decisions = ledger
    day = START.date() + timedelta(days=days)
    early = settle(MILESTONE, told, decisions, day)
    cut = settle(
        MILESTONE,
        [claim for claim in told if claim.learned_at.date() <= day],
        [decision for decision in decisions if decision.decided_at.date() <= day],
    )
    assert early == cut
    whole = settle(MILESTONE, told, decisions)
    assert whole.revisions[: len(early.revisions)] == early.revisions


@BOUNDED
@given(ledgers())
def test_no_claim_is_lost_from_the_counts(ledger: tuple[list[Claim], list[Decision]]) -> None:
    told, decisions = ledger
    standing = settle(MILESTONE, told, decisions).standing
    last = {d.claim_id: d.verdict for d in sorted(decisions, key=lambda d: (d.decided_at, d.id))}
    verdicts = [last.get(c.id, Verdict.PENDING if c.origin is Origin.ENTRY else Verdict.ACCEPTED) for c in told]
    assert standing.claims == len(told)
    assert standing.pending == verdicts.count(Verdict.PENDING)
    assert standing.rejected == verdicts.count(Verdict.REJECTED)
    assert len(standing.struck) + standing.pending + standing.rejected <= standing.claims


@BOUNDED
@given(ledgers())
def test_every_revision_has_an_identity_of_its_own_and_they_come_in_order(
    ledger: tuple[list[Claim], list[Decision]],
) -> None:
    revisions = settle(MILESTONE, *ledger).revisions
    identities = {(r.claim_id, r.kind, r.happened_at) for r in revisions}
    assert len(identities) == len(revisions)
    assert [r.happened_at for r in revisions] == sorted(r.happened_at for r in revisions)


@BOUNDED
@given(st.lists(claims(), max_size=14), st.integers(0, 14))
def test_learning_more_only_adds_revisions(found: list[Claim], known: int) -> None:
    # A promise of the user's own comes first at its instant, as whoever applies a file before polling has it.
    told_live = (replace(claim, backfill=False) for claim in found)
    in_order = sorted(told_live, key=lambda claim: (claim.learned_at, not is_baseline(claim)))
    told = [_numbered(claim, number) for number, claim in enumerate(in_order, start=1)]
    decisions = [Decision(c.id, Verdict.ACCEPTED, "rule: test", c.learned_at, id=c.id) for c in told]
    before = settle(MILESTONE, told[:known], decisions[:known]).revisions
    assert settle(MILESTONE, told, decisions).revisions[: len(before)] == before


def dated(told: Sequence[Claim]) -> list[Claim]:
    return [claim for claim in told if track(claim) is Track.DATE and claim.stance is not Stance.FORECAST]


@BOUNDED
@given(ledgers(), st.randoms(use_true_random=False))
def test_hearing_dates_late_or_taking_some_back_comes_to_the_same_as_hearing_the_rest_in_order(
    ledger: tuple[list[Claim], list[Decision]], chance: random.Random
) -> None:
    told = dated(ledger[0])
    kept = [claim for claim in told if claim.id % 3]
    plain, shuffled = Promises(), Promises()
    for claim in sorted(kept, key=stated_order):
        plain.add(claim)
    chance.shuffle(told)
    for claim in told:
        shuffled.add(claim)
    for claim in told:
        if claim not in kept:
            shuffled.remove(claim)
    assert shuffled.now == plain.now


@BOUNDED
@given(ledgers())
def test_taking_every_claim_back_leaves_a_blank_book(ledger: tuple[list[Claim], list[Decision]]) -> None:
    told = ledger[0]
    book = Book(MILESTONE)
    for claim in told:
        book.add(claim)
    for claim in told:
        book.remove(claim)
    assert book.view() == Book(MILESTONE).view()
    assert (book.accepted, book.struck) == ({}, {})
