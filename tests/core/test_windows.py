"""Windows: EDTF there and back, what people see, and how one window stands to another."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evtimeline.core.windows import (
    Change,
    Precision,
    Qualifier,
    Window,
    change,
    closed,
    inside,
    not_after,
    not_before,
    overlaps,
    parse_edtf,
    slip_days,
)
from evtimeline.errors import DateNotUnderstoodError

days = st.dates(date(1900, 1, 1), date(2198, 12, 31))
units = st.sampled_from([unit for unit in Precision if unit is not Precision.OPEN])
marks = st.sampled_from([None, Qualifier.ABOUT, Qualifier.UNCERTAIN])


@st.composite
def closed_windows(draw: st.DrawFn) -> Window:
    first, last = sorted((draw(days), draw(days)))
    return closed(first, last, draw(units), draw(marks))


@st.composite
def period_windows(draw: st.DrawFn) -> Window:
    year = draw(st.integers(1900, 2198))
    code = draw(st.sampled_from(["", "-01", "-12", "-21", "-24", "-33", "-36", "-40", "-41", "-02-28"]))
    later = draw(st.sampled_from(["", f"/{year + 1}", f"/{year + 1}-06", f"/{year + 1}-35", f"/{year + 1}-41"]))
    return parse_edtf(f"{year}{code}{later}")


open_windows = st.one_of(days.map(not_before), days.map(not_after))
windows = st.one_of(closed_windows(), period_windows(), open_windows)


@given(windows)
def test_what_is_written_as_edtf_is_read_back_as_the_same_window(window: Window) -> None:
    assert parse_edtf(window.edtf) == window


@given(windows, windows)
def test_a_change_read_backwards_is_the_opposite_change(a: Window, b: Window) -> None:
    opposite = {
        Change.SAME: Change.SAME,
        Change.REFINED: Change.BLURRED,
        Change.BLURRED: Change.REFINED,
        Change.SLIPPED: Change.ADVANCED,
        Change.ADVANCED: Change.SLIPPED,
    }
    assert change(b, a) is opposite[change(a, b)]


@given(windows, windows)
def test_what_lies_inside_overlaps_and_slips_by_no_day_forward(a: Window, b: Window) -> None:
    assert overlaps(a, b) == overlaps(b, a)
    if inside(a, b):
        assert overlaps(a, b)
        assert (slip_days(b, a) or 0) <= 0
    moved, back = slip_days(a, b), slip_days(b, a)
    assert (moved is None and back is None) or (moved is not None and back is not None and moved == -back)


@given(windows)
def test_every_window_lies_inside_itself_and_does_not_change(window: Window) -> None:
    assert inside(window, window)
    assert change(window, window) is Change.SAME


@given(st.text(max_size=40))
def test_no_text_makes_the_parser_fail_otherwise_than_it_says(text: str) -> None:
    try:
        parse_edtf(text)
    except DateNotUnderstoodError as error:
        assert "2025-06-26" in str(error)


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision", "shown"),
    [
        ("2025-06-26", "2025-06-26", "2025-06-26", Precision.DAY, "2025-06-26"),
        ("2025-06", "2025-06-01", "2025-06-30", Precision.MONTH, "2025-06"),
        ("2024-02", "2024-02-01", "2024-02-29", Precision.MONTH, "2024-02"),
        ("2025-35", "2025-07-01", "2025-09-30", Precision.QUARTER, "2025-Q3"),
        ("2025-Q3", "2025-07-01", "2025-09-30", Precision.QUARTER, "2025-Q3"),
        ("2025-40", "2025-01-01", "2025-06-30", Precision.HALF, "2025-H1"),
        ("2025-h2", "2025-07-01", "2025-12-31", Precision.HALF, "2025-H2"),
        ("2025-21", "2025-03-01", "2025-05-31", Precision.SEASON, "2025-03…05"),
        ("2025-24", "2025-12-01", "2026-02-28", Precision.SEASON, "2025-12…2026-02"),
        ("2025", "2025-01-01", "2025-12-31", Precision.YEAR, "2025"),
        ("2025-W26", "2025-06-23", "2025-06-29", Precision.WEEK, "2025-06-23…29"),
        ("2025-06-23/2025-06-29", "2025-06-23", "2025-06-29", Precision.WEEK, "2025-06-23…29"),
        ("2025-06/2025-07", "2025-06-01", "2025-07-31", Precision.MONTH, "2025-06…07"),
        ("2024-12/2025-01", "2024-12-01", "2025-01-31", Precision.MONTH, "2024-12…2025-01"),
        ("2029/2031", "2029-01-01", "2031-12-31", Precision.YEAR, "2029…2031"),
        ("2025-06-21/2025-06-30", "2025-06-21", "2025-06-30", Precision.DAY, "2025-06-21…30"),
        ("2025-06/2025-08-15", "2025-06-01", "2025-08-15", Precision.DAY, "2025-06-01…08-15"),
        ("2025-33/2025-41", "2025-01-01", "2025-12-31", Precision.MONTH, "2025-01…12"),
    ],
)
def test_edtf_says_days_and_precision(text: str, earliest: str, latest: str, precision: Precision, shown: str) -> None:
    window = parse_edtf(text)
    assert (str(window.earliest), str(window.latest)) == (earliest, latest)
    assert (window.precision, window.display) == (precision, shown)


def test_an_open_end_is_read_and_shown_as_a_bound() -> None:
    assert parse_edtf("2027/..") == not_before(date(2027, 1, 1))
    assert parse_edtf("../2026-06") == not_after(date(2026, 6, 30))
    assert (parse_edtf("2027/..").display, parse_edtf("../2026-06").display) == ("≥2027", "≤2026-06")
    assert parse_edtf("2027/..").days is None


def test_a_tilde_is_about_and_a_question_mark_is_uncertain() -> None:
    assert parse_edtf("2025-06~").qualifier is Qualifier.ABOUT
    assert parse_edtf("2025?").qualifier is Qualifier.UNCERTAIN
    assert parse_edtf("2025-06~/2025-07~").edtf == "2025-06~/2025-07~"


@pytest.mark.parametrize(
    "text", ["", "..", "../..", "99999", "1751-02-03", "9999", "2025-13", "2025-06-31", "2025-42", "2026/2025", "June"]
)
def test_what_is_no_date_of_news_is_refused_with_the_forms(text: str) -> None:
    with pytest.raises(DateNotUnderstoodError, match="2025-Q3"):
        parse_edtf(text)


def test_a_precision_that_is_not_true_of_the_days_is_not_kept() -> None:
    assert closed(date(2025, 6, 3), date(2025, 7, 9), Precision.MONTH).precision is Precision.DAY
    assert closed(date(2025, 6, 23), date(2025, 6, 29), Precision.DAY).precision is Precision.WEEK


@pytest.mark.parametrize(
    ("old", "new", "expected", "moved"),
    [
        ("2025-06/2025-07", "2025-07", Change.REFINED, 0),
        ("2025-Q3", "2025-08", Change.REFINED, -30),
        ("2025-08", "2025-H2", Change.BLURRED, 122),
        ("2025-06/2025-07", "2025-08", Change.SLIPPED, 31),
        ("2025-06", "2025-06-26/2025-07-02", Change.SLIPPED, 2),
        ("2026", "2025-12", Change.ADVANCED, -365),
        ("2026", "2027/..", Change.SLIPPED, None),
        ("2027/..", "2028/..", Change.SLIPPED, None),
        ("../2025-06", "../2025-08", Change.SLIPPED, 62),
        ("../2025-08", "2025-07", Change.REFINED, -31),
        ("2025-06~", "2025-06", Change.SAME, 0),
    ],
)
def test_a_change_is_named_for_what_it_is(old: str, new: str, expected: Change, moved: int | None) -> None:
    assert change(parse_edtf(old), parse_edtf(new)) is expected
    assert slip_days(parse_edtf(old), parse_edtf(new)) == moved


def test_windows_that_only_touch_overlap_and_neighbours_do_not() -> None:
    june = parse_edtf("2025-06")
    assert overlaps(june, parse_edtf("2025-06-30/2025-07-10"))
    assert not overlaps(june, parse_edtf("2025-07"))
    assert overlaps(june, parse_edtf("../2025-06-01"))
    assert not overlaps(june, parse_edtf("2025-07/.."))


def test_a_window_that_ends_before_it_begins_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        Window(date(2025, 7, 1), date(2025, 7, 1) - timedelta(days=1), Precision.DAY)
