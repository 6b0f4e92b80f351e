from collections.abc import Sequence
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from tests.builders import a_claim, a_milestone, instant

from evtimeline.core.claims import Claim, Decision, Origin, RevisionKind, Signal, Stance, Tier, Verdict
from evtimeline.core.ledger import settle
from evtimeline.core.slips import SlipSeries, Voice, slip_axes, slip_series
from evtimeline.core.windows import parse_edtf

JUNE, AUGUST, OCTOBER = parse_edtf("2025-06"), parse_edtf("2025-08"), parse_edtf("2025-10")


def says(number: int, day: str, when: str | None, signal: str = "scheduled", **changes: object) -> Claim:
    plain = {
        "id": number,
        "signal": Signal(signal),
        "stated_on": date.fromisoformat(day),
        "learned_at": instant(f"{day}T08:00"),
        "tier": Tier.PRIMARY,
        "publisher": "小米公司",
    }
    return a_claim(parse_edtf(when) if when else None, **(plain | changes))


def series(*said: Claim) -> SlipSeries:
    decided = [Decision(claim.id, Verdict.ACCEPTED, "rule: x", claim.learned_at, id=claim.id) for claim in said]
    settlement = settle(a_milestone(), said, decided)
    return slip_series(a_milestone(), settlement.standing, said, settlement.revisions)


FIRST = says(1, "2025-04-20", "2025-06", origin=Origin.FILE)


def test_the_line_begins_with_the_first_promise_and_follows_what_stood() -> None:
    shown = series(FIRST, says(2, "2025-05-20", "2025-08", "delayed"), says(3, "2025-06-20", "2025-10", "delayed"))
    assert [(str(point.day), point.window, point.kind) for point in shown.stands] == [
        ("2025-04-20", JUNE, None),
        ("2025-05-20", AUGUST, RevisionKind.SLIPPED),
        ("2025-06-20", OCTOBER, RevisionKind.SLIPPED),
    ]


def test_a_rumour_is_a_point_of_its_own_and_moves_no_line() -> None:
    shown = series(FIRST, says(2, "2025-05-20", "2025-10", "delayed", stance=Stance.RUMOUR, tier=Tier.TERTIARY))
    assert [point.window for point in shown.stands] == [JUNE]
    assert [(voice, point.window) for voice, point in shown.points if voice is Voice.RUMOUR] == [
        (Voice.RUMOUR, OCTOBER)
    ]


def test_a_forecast_is_a_point_of_its_own() -> None:
    shown = series(FIRST, says(2, "2025-05-20", "2025-10", stance=Stance.FORECAST, publisher="Broker"))
    assert [point.publisher for point in shown.forecasts] == ["Broker"]


def test_a_rumour_that_was_denied_is_struck() -> None:
    rumour = says(2, "2025-05-20", "2025-10", "delayed", stance=Stance.RUMOUR, publisher="Forum", tier=Tier.TERTIARY)
    denial = says(3, "2025-05-21", "2025-10", "delayed", stance=Stance.DENIED)
    assert [point.struck for point in series(FIRST, rumour, denial).rumours] == [True]


def test_a_delay_without_a_date_keeps_the_window_that_stood() -> None:
    last = series(FIRST, says(2, "2025-05-20", None, "delayed")).stands[-1]
    assert (last.kind, last.window) == (RevisionKind.DELAYED, JUNE)


def test_a_report_that_is_not_enough_is_told_beside_the_promise() -> None:
    said = says(2, "2025-06-20", "2025-06-19", "achieved", publisher="Daily Car", tier=Tier.SECONDARY)
    last = series(FIRST, said).stands[-1]
    assert (last.window, last.reported) == (JUNE, parse_edtf("2025-06-19"))


@given(st.permutations(range(4)))
def test_time_runs_one_way_however_late_a_statement_is_learned(order: Sequence[int]) -> None:
    stated = ("2025-05-01", "2025-05-11", "2025-05-21", "2025-05-31")
    said = [
        says(place + 2, stated[number], f"2025-{7 + number:02}", "delayed", learned_at=instant(f"2025-06-0{place + 1}"))
        for place, number in enumerate(order)
    ]
    shown = series(FIRST, *said).stands
    assert [point.day for point in shown] == sorted(point.day for point in shown)
    assert shown[-1].window == OCTOBER


def test_both_axes_show_today() -> None:
    across, up = slip_axes([series(FIRST)], date(2026, 1, 1))
    assert across.holds(date(2026, 1, 1)) and up.holds(date(2026, 1, 1))
    assert across.holds(date(2025, 4, 20)) and up.holds(date(2025, 6, 1))
