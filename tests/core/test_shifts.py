"""Lengths of time by which news says that a date has moved."""

import pytest

from evtimeline.core.shifts import find_shifts, moved
from evtimeline.core.windows import parse_edtf


@pytest.mark.parametrize(
    ("text", "months", "days", "direction"),
    [
        ("The opening was delayed by six months.", 6, 0, 1),
        ("The opening slipped by about three weeks.", 0, 21, 1),
        ("Another two-year delay for the bridge", 24, 0, 1),
        ("The bridge opened three years late.", 36, 0, 1),
        ("Work finished two weeks ahead of schedule.", 0, 14, -1),
        ("The date was brought forward by a month.", 1, 0, -1),
        ("通车时间推迟了三个月", 3, 0, 1),
        ("通车延期半年", 6, 0, 1),
        ("比计划晚一年半", 18, 0, 1),
        ("工程提前两周完工", 0, 14, -1),
    ],
)
def test_a_move_by_a_length_of_time_is_found(text: str, months: int, days: int, direction: int) -> None:
    (shift,) = find_shifts(text)
    assert (shift.length.months, shift.length.days, shift.direction) == (months, days, direction)
    assert text[shift.start : shift.end] == shift.text


@pytest.mark.parametrize(
    "text", ["The opening was delayed to June.", "推迟到6月", "三个月后开业", "晚7点直播", "in six months"]
)
def test_other_lengths_and_moves_are_none(text: str) -> None:
    assert find_shifts(text) == ()


@pytest.mark.parametrize(
    ("stood", "text", "now"),
    [
        ("2025-08", "delayed by six months", "2026-02"),
        ("2026-02", "推迟三个月", "2026-05"),
        ("2026-09-10", "slipped by about three weeks", "2026-10-01"),
        ("2026-34", "延期半年", "2026-36"),
        ("2026", "a two-year delay", "2028"),
        ("2026-06-30", "brought forward by a month", "2026-05-31"),
    ],
)
def test_what_stood_is_moved_by_that_length(stood: str, text: str, now: str) -> None:
    (shift,) = find_shifts(text)
    assert moved(parse_edtf(stood), shift).edtf == now
