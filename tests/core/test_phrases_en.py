"""Dates as English news writes them."""

from datetime import date

import pytest

from evtimeline.core.phrases import Role, find_dates

TODAY = date(2025, 9, 17)  # a Wednesday


def read(text: str, reference: date = TODAY) -> list[str]:
    return [found.window.edtf for found in find_dates(text, reference, "en")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bridge opens on March 18, 2026.", "2026-03-18"),
        ("The bridge opens on 18 March 2026.", "2026-03-18"),
        ("The bridge opens on the 18th of March, 2026.", "2026-03-18"),
        ("The bridge opens Nov. 4.", "2025-11-04"),
        ("The bridge will open on Feb. 4.", "2026-02-04"),
        ("The bridge opens on Thursday, Nov. 6.", "2025-11-06"),
        ("Filed 2026-03-18 with the regulator", "2026-03-18"),
        ("Filed 18-Mar-2026 with the regulator", "2026-03-18"),
        ("Filed 03/18/2026 with the regulator", "2026-03-18"),
        ("The line will start up in November.", "2025-11"),
        ("The line will start up in March.", "2026-03"),
        ("The line started up in March.", "2025-03"),
        ("The line could start up as early as May.", "2026-05"),
        ("The line starts up in May 2026.", "2026-05"),
        ("It opens in the first six months of 2026.", "2026-01/2026-06"),
        ("It opens in the final three months of the year.", "2025-10/2025-12"),
        ("It opens before the year is out.", "2025-12"),
        ("It opens before the year ends.", "2025-12"),
        ("It opens in two months' time.", "2025-11-17~"),
        ("It ships in early October.", "2025-10-01/2025-10-10"),
        ("It ships in mid-October.", "2025-10-11/2025-10-20"),
        ("It ships in late October.", "2025-10-21/2025-10-31"),
        ("It ships at the end of October.", "2025-10-21/2025-10-31"),
        ("It ships in the second half of October.", "2025-10-16/2025-10-31"),
        ("It ships in the first week of October.", "2025-10-06/2025-10-12"),
        ("It ships in Q4.", "2025-36"),
        ("It ships in 1Q26.", "2026-33"),
        ("It ships in the first quarter of next year.", "2026-33"),
        ("It ships late in the fourth quarter.", "2025-12"),
        ("It ships in H1 2026.", "2026-40"),
        ("It ships in the second half of 2026.", "2026-41"),
        ("It ships in early 2026.", "2026-33"),
        ("It ships in mid-2026.", "2026-06/2026-07"),
        ("It ships in late 2026.", "2026-36"),
        ("It ships by year-end.", "2025-12"),
        ("It ships by the end of next year.", "2026-12"),
        ("It ships next year.", "2026"),
        ("It ships later this year.", "2025-09-17/2025-12-31"),
        ("It shipped earlier this year.", "2025-01-01/2025-09-16"),
        ("It ships next spring.", "2026-21"),
        ("It ships this fall.", "2025-23"),
        ("It ships in the summer of 2026.", "2026-22"),
        ("It ships between October and December.", "2025-10/2025-12"),
        ("It ships in October or November.", "2025-10/2025-11"),
        ("It ships in 2027, 2028 or 2029.", "2027/2029"),
        ("The fair runs October 8-12.", "2025-10-08/2025-10-12"),
        ("The fair runs from 8 to 12 October.", "2025-10-08/2025-10-12"),
        ("The fair runs Nov-Feb.", "2025-11/2026-02"),
        ("It will launch on Friday.", "2025-09-19"),
        ("It launched on Friday.", "2025-09-12"),
        ("It launches next Friday.", "2025-09-26"),
        ("It launched last Friday.", "2025-09-12"),
        ("It launched yesterday.", "2025-09-16"),
        ("It launches the week of October 6.", "2025-10-06/2025-10-12"),
        ("It launches next week.", "2025-09-22/2025-09-28"),
        ("It launches in two weeks.", "2025-10-01"),
        ("It launches within 18 months.", "../2027-03-17"),
        ("It was founded ten years ago.", "2015-09-17~"),
        ("It launches three days after Thanksgiving.", "2025-11-30"),
        ("It launches around Christmas.", "2025-12-25~"),
        ("It launches on Black Friday.", "2025-11-28"),
        ("It launches in fiscal 2027.", "2027"),
        ("It starts in the second half of the 2030s.", "2035/2039"),
        ("It is due in the second half October.", "2025-10-16/2025-10-31"),
        ("The app for iOS 27 in September 2026", "2026-09"),
        ("It was built in the 1990s.", "1990/1999"),
        ("It was built in October two thousand and five.", "2005-10"),
    ],
)
def test_a_date_is_read_as_news_means_it(text: str, expected: str) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It will open no earlier than 2027.", "2027/.."),
        ("It is not expected to open before 2028.", "2028/.."),
        ("It will open by March 2026.", "../2026-03"),
        ("It must open before 2027.", "../2026"),
        ("It will open after 2026.", "2027/.."),
        ("It has been open since 2019.", "2019/.."),
        ("It will open no later than June 30, 2026.", "../2026-06"),
        ("It opens on June 30, 2026 at the latest.", "../2026-06"),
    ],
)
def test_words_beside_a_date_open_an_end(text: str, expected: str) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The firm may open a store; it might march on.",
        "Prices fall as buyers spring into action.",
        "The 737 and the 777X need 3.5 hours, or 1,995 miles.",
        "Version 2.0.15 runs 24/7 at 800V on a 5:5 split.",
        "It cut 2,025 jobs and built 2025 cars.",
        "Shares cost $2025 at 10:30.",
        "Audi Q3 sales rose; H2 is hydrogen.",
        "The second phase follows the first.",
        "A three-day event in a 10-year plan",
        "One in three said so for the first time in two years.",
        "May Mobility and the Sun signed with Mar-a-Lago.",
    ],
)
def test_what_looks_like_a_date_and_is_none_is_left_alone(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("The opening was delayed from October to December.", "2025-10", "2025-12"),
        ("They pushed the opening back to March 2026 from October.", "2026-10", "2026-03"),
        ("They moved the opening to Nov. 3, 2026, instead of Jan. 9, 2026.", "2026-01-09", "2026-11-03"),
    ],
)
def test_a_move_has_an_old_and_a_new_date(text: str, old: str, new: str) -> None:
    roles = {found.role: found.window.edtf for found in find_dates(text, TODAY)}
    assert roles == {Role.OLD: old, Role.NEW: new}


def test_a_range_is_no_move() -> None:
    (found,) = find_dates("The fair runs from October to December.", TODAY)
    assert (found.role, found.window.edtf) == (None, "2025-10/2025-12")


def test_a_plan_that_was_is_not_pushed_into_the_next_year() -> None:
    assert read("The line was due to start in July but has not.") == ["2025-07"]


def test_the_fiscal_year_begins_when_the_company_says() -> None:
    (found,) = find_dates("Revenue grew in the first quarter of fiscal 2026.", TODAY, "en", fiscal_start=4)
    assert found.window.edtf == "2025-34"


def test_a_year_that_was_said_is_told_from_one_that_was_inferred() -> None:
    said, inferred = find_dates("It opened in May 2024 and closes in November.", date(2024, 6, 1))
    assert (said.explicit_year, inferred.explicit_year) == (True, True)
    assert [found.explicit_year for found in find_dates("It closes in November.", TODAY)] == [False]


def test_a_rocket_is_no_month() -> None:
    assert read("A Long March 3B lifted off with a Long March 5 upper stage") == []
