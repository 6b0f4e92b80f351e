from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evtimeline.feeds.dates import read_date, stated_on

SHANGHAI, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")
NOW = datetime(2025, 7, 2, 6, 0, tzinfo=UTC)  # 14:00 in Shanghai


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("raw", "instant"),
    [
        ("Mon, 30 Jun 2025 16:57:00 +0800", "2025-06-30T08:57"),
        ("Mon, 30 Jun 2025 16:57:00 GMT", "2025-06-30T16:57"),
        ("Mon, 30 Jun 2025 16:57 GMT+8", "2025-06-30T08:57"),
        ("Mon, 30 Jun 2025 16:57:00 UTC+08:00", "2025-06-30T08:57"),
        ("30 Jun 25 16:57:00 EST", "2025-06-30T21:57"),
        ("Monday, 30-Jun-25 16:57:00 GMT", "2025-06-30T16:57"),
        ("Mon Jun 30 16:57:00 2025", "2025-06-30T08:57"),
        ("Mon Jun 30 16:57:00 UTC 2025", "2025-06-30T16:57"),
        ("June 30, 2025 4:57 pm", "2025-06-30T08:57"),
        ("Jun 30th, 2025", "2025-06-29T16:00"),
        ("Mon, 30 Jun 2025 16:57:00 Europe/Berlin", "2025-06-30T14:57"),
        ("2025-06-30T16:57:00Z", "2025-06-30T16:57"),
        ("2025-06-30T16:57:00.123456+08:00", "2025-06-30T08:57"),
        ("2025-06-30T16:57:00 -0500", "2025-06-30T21:57"),
        ("2025-06-30 16:57:00", "2025-06-30T08:57"),
        ("2025/06/30 16:57:00", "2025-06-30T08:57"),
        ("2025.6.30 16:57", "2025-06-30T08:57"),
        ("2025-06-30", "2025-06-29T16:00"),
        ("20250630T165700Z", "2025-06-30T16:57"),
        ("2025-06", "2025-05-31T16:00"),
        ("2025-06-30T24:00:00Z", "2025-07-01T00:00"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59"),
        ("2025年6月30日 16:57", "2025-06-30T08:57"),
        ("2025年6月30日", "2025-06-29T16:00"),
        ("2025年06月30日 16时57分30秒", "2025-06-30T08:57:30"),
        ("2025年6月30日 下午4:57", "2025-06-30T08:57"),
        ("2025年6月30日 星期一 16:57", "2025-06-30T08:57"),
        ("6月30日 16:57", "2025-06-30T08:57"),
        ("12月31日 08:00", "2024-12-31T00:00"),
        ("1751273820", "2025-06-30T08:57"),
        ("1751273820000", "2025-06-30T08:57"),
        ("3小时前", "2025-07-02T03:00"),
        ("5分钟前", "2025-07-02T05:55"),
        ("2天前", "2025-06-30T06:00"),
        ("昨天 16:57", "2025-07-01T08:57"),
        ("今天 08:00", "2025-07-02T00:00"),
        ("3 hours ago", "2025-07-02T03:00"),
        ("an hour ago", "2025-07-02T05:00"),
        ("yesterday", "2025-07-01T06:00"),
    ],
)
def test_a_date_of_a_chinese_feed_is_read(raw: str, instant: str) -> None:
    assert read_date(raw, SHANGHAI, NOW) == utc(instant)


def test_cst_means_china_in_china_and_chicago_elsewhere() -> None:
    assert read_date("Mon, 30 Jun 2025 16:57:00 CST", SHANGHAI, NOW) == utc("2025-06-30T08:57")
    assert read_date("Mon, 30 Jun 2025 16:57:00 CST", NEW_YORK, NOW) == utc("2025-06-30T22:57")


def test_a_date_without_a_zone_is_in_the_feeds_zone() -> None:
    assert read_date("2025-06-30 16:57:00", NEW_YORK, NOW) == utc("2025-06-30T20:57")


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "   ",
        "soon",
        "Mon, 01 Jan 1751 00:00:00 GMT",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59-23:59",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "2025-07-05T00:00:00Z",
        "Sat, 30 Feb 2025 10:00:00 GMT",
        "Mon, 30 Jun 2025 25:61:61 GMT",
        "Mon, 30 Jun 2025 10:00:00 +9999",
        "99999999999999999999",
        "1e309",
        "NaN",
        "-1",
        "0",
        "2025年13月40日",
        "99999天前",
    ],
)
def test_a_date_that_cannot_be_is_no_date(raw: str) -> None:
    assert read_date(raw, SHANGHAI, NOW) is None


def test_a_clock_a_day_fast_is_believed() -> None:
    assert read_date("2025-07-03T06:00:00Z", SHANGHAI, NOW) == utc("2025-07-03T06:00")


def test_the_day_is_that_of_the_feeds_zone() -> None:
    assert stated_on(utc("2025-06-30T20:00"), SHANGHAI, NOW) == date(2025, 7, 1)
    assert stated_on(utc("2025-06-30T20:00"), NEW_YORK, NOW) == date(2025, 6, 30)


def test_without_a_date_the_day_is_that_of_the_poll() -> None:
    assert stated_on(None, SHANGHAI, utc("2025-07-01T20:00")) == date(2025, 7, 2)


def test_nothing_was_said_after_the_day_of_the_poll() -> None:
    assert stated_on(utc("2025-07-03T20:00"), SHANGHAI, NOW) == date(2025, 7, 2)


@given(st.text(max_size=60))
def test_any_text_is_a_date_or_none(raw: str) -> None:
    read_date(raw, SHANGHAI, NOW)


@given(st.from_regex(r"[0-9]{1,5}[年/.-][0-9]{1,3}[月/.-][0-9]{1,3}日?[T ]?[0-9]{0,3}:?[0-9]{0,3} ?[A-Z+:0-9-]{0,8}"))
def test_whatever_looks_like_a_date_is_one_or_none(raw: str) -> None:
    read_date(raw, NEW_YORK, NOW)
