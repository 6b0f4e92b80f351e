"""Finding dates in any text, and reading what people type as dates."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evtimeline.core.phrases import find_dates, parse_window
from evtimeline.core.windows import parse_edtf
from evtimeline.errors import DateNotUnderstoodError

TODAY = date(2025, 9, 17)  # a Wednesday

_FRAGMENTS = """2025年 6月 26日 底 前 至 - 、 明年 下周三 三个月内 第一季度 Q3 春节 初 中旬 25年 零 农历
    闰四月 双11 , 。 ( ) June 26 , 2025 early late end of the next last week month year quarter second half by before
    after not in two weeks ago three days Friday Christmas 31 0 99999 9999年 2199-12-31 1900 31/12/2199 from to
    until 29 Feb week 54 of 十 廿 '"""
fragments = st.sampled_from(_FRAGMENTS.split())
texts = st.one_of(
    st.text(max_size=80), st.lists(fragments, max_size=14).map(" ".join), st.lists(fragments).map("".join)
)
days = st.dates(date(1901, 1, 1), date(2190, 12, 31))


@settings(max_examples=400)
@given(texts, days, st.integers(1, 12))
def test_any_text_can_be_read_and_every_quote_stands_in_it(text: str, reference: date, fiscal_start: int) -> None:
    end = 0
    for found in find_dates(text, reference, "", fiscal_start):
        assert text[found.start : found.end] == found.text != ""
        assert found.start >= end
        end = found.end
        assert parse_edtf(found.window.edtf) == found.window


@given(texts, days)
def test_the_same_text_gives_the_same_dates(text: str, reference: date) -> None:
    assert find_dates(text, reference) == find_dates(text, reference)


@pytest.mark.parametrize(
    "word", ["1", "12-", "前", " ", "to ", "(", "the ", "early ", "第", "至", "in 1 ", "2025", "."]
)
def test_a_long_text_of_nothing_but_hints_is_read_to_its_end(word: str) -> None:
    text = word * (1_000_000 // len(word)) + " 2026-03-18"
    assert find_dates(text, TODAY)[-1].window.latest == date(2026, 3, 18)


def test_offsets_count_code_points_of_the_text_as_given() -> None:
    text = "🎉🎉 İ ２０２６年 ３月１８日见"
    (found,) = find_dates(text, TODAY)
    assert (found.start, found.text) == (5, "２０２６年 ３月１８日")


def test_a_text_in_two_languages_is_read_in_both_and_no_date_twice() -> None:
    text = "Xiaomi (小米) will launch it on Nov. 6, 2025. 发布会定于11月6日, 2026-Q1 deliveries."
    assert [found.window.edtf for found in find_dates(text, TODAY)] == ["2025-11-06", "2025-11-06", "2026-33"]
    assert [found.window.edtf for found in find_dates(text, TODAY, "en")] == ["2025-11-06", "2025-11-06", "2026-33"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-06", "2025-06"),
        ("2025-Q3", "2025-35"),
        ("2025-H2", "2025-41"),
        ("2025-06/2025-07", "2025-06/2025-07"),
        ("2026/..", "2026/.."),
        ("Q3 2025", "2025-35"),
        ("q3 2025", "2025-35"),
        ("3Q25", "2025-35"),
        ("H2 2025", "2025-41"),
        ("second half of 2025", "2025-41"),
        ("mid 2026", "2026-06/2026-07"),
        ("early 2026", "2026-33"),
        ("end of 2026", "2026-12"),
        ("end of year", "2025-12"),
        ("by 2026-06", "../2026-06"),
        ("by June 2026", "../2026-06"),
        ("no earlier than 2026", "2026/.."),
        ("after 2026", "2027/.."),
        ("June 26, 2025", "2025-06-26"),
        ("26 June 2025", "2025-06-26"),
        ("2025/6/26", "2025-06-26"),
        ("June to July 2026", "2026-06/2026-07"),
        ("summer 2026", "2026-22"),
        ("tomorrow", "2025-09-18"),
        ("next month", "2025-10"),
        ("Friday", "2025-09-19"),
        ("2025下半年", "2025-41"),
        ("2026年上半年", "2026-40"),
        ("2026年三季度", "2026-35"),
        ("年底", "2025-12"),
        ("明年年中", "2026-06/2026-07"),
        ("6月26日", "2025-06-26"),
        ("10月下旬", "2025-10-21/2025-10-31"),
        ("2026年6月至7月", "2026-06/2026-07"),
        ("不早于2026年", "2026/.."),
        ("约2026年", "2026~"),
        ("  2026 年 6 月  ", "2026-06"),
    ],
)
def test_a_date_can_be_typed_in_many_forms(text: str, expected: str) -> None:
    assert parse_window(text, TODAY).edtf == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "TBD",
        "99999",
        "1751",
        "9999",
        "1751-01-01",
        "2025-13",
        "2025-02-30",
        "32",
        "June 26 or so maybe",
        "2025 2026",
    ],
)
def test_what_is_no_date_is_refused_with_the_forms_that_are(text: str) -> None:
    with pytest.raises(DateNotUnderstoodError, match=r"2025-Q3.*mid 2026.*年底"):
        parse_window(text, TODAY)
