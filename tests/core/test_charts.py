from datetime import date, timedelta

from hypothesis import example, given
from hypothesis import strategies as st
from tests.builders import a_claim, a_milestone, days, instant

from evtimeline.core.charts import Axis, Lane, axis_around, lane
from evtimeline.core.claims import Claim, Decision, Origin, Signal, Stance, Tier, Verdict
from evtimeline.core.ledger import settle
from evtimeline.core.standing import Outcome, Standing
from evtimeline.core.status import status_of
from evtimeline.core.windows import Precision, Window, not_before, parse_edtf

TODAY = date(2025, 7, 20)
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
WINDOWS = st.tuples(DAYS, DAYS).map(lambda two: Window(min(two), max(two), Precision.DAY))


def drawn(standing: Standing, today: date = TODAY) -> Lane:
    milestone = a_milestone()
    return lane("cars", milestone, standing, status_of(standing, milestone, today), today)


def test_days_lie_on_an_axis_from_0_to_1() -> None:
    axis = Axis(date(2025, 1, 1), date(2025, 1, 10))
    assert (axis.begin(date(2025, 1, 1)), axis.end(date(2025, 1, 10))) == (0, 1)
    assert axis.span(days("2025-01-03", "2025-01-05")) == (0.2, 0.5)


def test_a_window_with_no_end_reaches_the_end_of_the_axis() -> None:
    axis = Axis(date(2025, 1, 1), date(2025, 1, 10))
    assert axis.span(not_before(date(2025, 1, 6))) == (0.5, 1.0)


def test_a_window_beyond_the_axis_is_not_on_it() -> None:
    axis = Axis(date(2025, 1, 1), date(2025, 1, 10))
    assert axis.span(days("2025-02-01")) is None
    assert axis.span(days("2024-12-31")) is None


@given(st.lists(WINDOWS, max_size=5), DAYS)
def test_everything_is_on_the_axis_around_it(windows: list[Window], today: date) -> None:
    axis = axis_around(windows, [today])
    assert axis.holds(today)
    for window in windows:
        begin, end = axis.span(window) or (2, 0)
        assert 0 < begin < end < 1


@given(DAYS, st.integers(0, 200_000), st.integers(1, 40))
@example(date(2000, 1, 1), 16, 1)
def test_ticks_are_on_the_axis_in_order_and_few_enough(first: date, length: int, most: int) -> None:
    axis = Axis(first, min(first + timedelta(days=length), date(2400, 1, 1)))
    ticks = axis.ticks(most)
    assert len(ticks) <= max(most * 3 // 2, most)
    assert all(axis.holds(tick.day) for tick in ticks)
    assert [tick.day for tick in ticks] == sorted({tick.day for tick in ticks})


def test_an_axis_of_some_years_is_labelled_by_half_years_where_there_is_room() -> None:
    axis = Axis(date(2024, 5, 1), date(2026, 3, 1))
    assert [tick.label for tick in axis.ticks(5)] == ["2024-07", "2025-01", "2025-07", "2026-01"]
    assert [tick.label for tick in axis.ticks(2)] == ["2025", "2026"]


def test_an_axis_of_some_weeks_is_labelled_by_mondays() -> None:
    ticks = Axis(date(2025, 6, 3), date(2025, 7, 2)).ticks(4)
    assert [tick.label for tick in ticks] == ["2025-06-09", "2025-06-16", "2025-06-23", "2025-06-30"]


def test_fixed_ends_win_over_what_is_drawn() -> None:
    axis = axis_around([days("2025-06-26")], [TODAY], date(2025, 1, 1), date(2025, 12, 31))
    assert (axis.first, axis.last) == (date(2025, 1, 1), date(2025, 12, 31))
    assert axis_around([], [TODAY], first=date(2030, 1, 1)).first == date(2030, 1, 1)


def test_what_stands_where_it_was_promised_has_no_ghost() -> None:
    assert drawn(Standing(first=days("2025-08-01"), window=days("2025-08-01"))).ghost is None


def test_a_moved_milestone_keeps_its_first_promise_as_ghost() -> None:
    shown = drawn(Standing(first=parse_edtf("2025-06"), window=parse_edtf("2025-09")))
    assert (shown.ghost, shown.stands) == (parse_edtf("2025-06"), (parse_edtf("2025-09"),))


def test_overdue_days_begin_after_the_last_promised_day() -> None:
    shown = drawn(Standing(first=parse_edtf("2025-06"), window=parse_edtf("2025-06")))
    assert shown.overdue == (date(2025, 7, 1), TODAY)


def test_a_milestone_that_is_done_is_drawn_where_it_happened() -> None:
    shown = drawn(Standing(first=parse_edtf("2025-08"), window=days("2025-06-26"), outcome=Outcome.DONE))
    assert (shown.stands, shown.happened, shown.ghost) == ((), days("2025-06-26"), parse_edtf("2025-08"))


def test_all_that_contradict_each_other_are_drawn() -> None:
    milestone = a_milestone()
    said = [_says(1, "Daily Car", "2026-06"), _says(2, "EV Desk", "2026-12", 1)]
    standing = settle(milestone, said, [_accepted(claim) for claim in said]).standing
    assert len(drawn(standing).stands) == 2


def _says(number: int, publisher: str, when: str, later: int = 0) -> Claim:
    day = date(2025, 6, 2) + timedelta(days=later)
    return a_claim(
        parse_edtf(when),
        id=number,
        publisher=publisher,
        stated_on=day,
        learned_at=instant(f"{day}T08:00"),
        signal=Signal.SCHEDULED,
        stance=Stance.ASSERTED,
        tier=Tier.SECONDARY,
        origin=Origin.ENTRY,
    )


def _accepted(claim: Claim) -> Decision:
    return Decision(claim.id, Verdict.ACCEPTED, "rule: clear enough", claim.learned_at, id=claim.id)
