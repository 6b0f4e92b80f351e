from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from tests.builders import a_milestone, instant
from tests.exports.galleries import HOSTILE, gallery_of, of_claims, says, titled, told

from evtimeline.core.claims import Stance
from evtimeline.core.letters import LONGEST_TITLE, plain
from evtimeline.exports.ics import calendar
from evtimeline.jobs.gallery import Gallery

JUNE = says(1, "2025-04-20", "2025-06")
AUGUST = says(2, "2025-05-20", "2025-08", "delayed")
DONE = says(3, "2025-06-26", "2025-06-26", "achieved")


def events(gallery: Gallery, language: str = "en") -> list[dict[str, object]]:
    """The events as the icalendar library reads them: days and instants, numbers, texts."""
    parsed = Calendar.from_ical(calendar(gallery, language))
    assert not parsed.errors
    assert not [error for one in parsed.walk("VEVENT") for error in one.errors]
    return [{name: _value(name, value) for name, value in one.items()} for one in parsed.walk("VEVENT")]


def _value(name: str, value: object) -> object:
    return int(str(value)) if name == "SEQUENCE" else getattr(value, "dt", None) or str(value)


def test_an_event_is_as_wide_as_the_window_with_an_end_that_is_exclusive() -> None:
    (event,) = events(of_claims(JUNE))
    assert (event["DTSTART"], event["DTEND"]) == (date(2025, 6, 1), date(2025, 7, 1))


def test_a_day_is_an_event_of_one_day() -> None:
    (event,) = events(of_claims(says(1, "2025-04-20", "2025-06-26")))
    assert (event["DTSTART"], event["DTEND"]) == (date(2025, 6, 26), date(2025, 6, 27))
    assert event["SUMMARY"] == "Xiaomi YU7 launch"


@pytest.mark.parametrize(
    ("promised", "day", "shown"),
    [("2027/..", date(2027, 1, 1), "≥2027"), ("../2026-06", date(2026, 6, 30), "≤2026-06")],
)
def test_a_window_with_no_end_is_one_day_that_says_so(promised: str, day: date, shown: str) -> None:
    (event,) = events(of_claims(says(1, "2025-04-20", promised)))
    assert event["DTSTART"] == day
    assert "DTEND" not in event
    assert event["SUMMARY"] == f"Xiaomi YU7 launch ({shown})"


def test_what_is_promised_is_tentative_and_what_is_done_is_confirmed() -> None:
    assert [event["STATUS"] for event in events(of_claims(JUNE))] == ["TENTATIVE"]
    (event,) = events(of_claims(JUNE, DONE))
    assert (event["STATUS"], event["DTSTART"]) == ("CONFIRMED", date(2025, 6, 26))
    assert event["SUMMARY"] == "✓ Xiaomi YU7 launch"


def test_what_was_called_off_is_cancelled() -> None:
    assert [event["STATUS"] for event in events(of_claims(JUNE, says(2, "2025-05-20", None, "cancelled")))] == [
        "CANCELLED"
    ]


def test_a_revision_raises_the_sequence_and_keeps_the_uid() -> None:
    (before,), (after,) = events(of_claims(JUNE)), events(of_claims(JUNE, AUGUST))
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (1, 2)
    assert after["UID"] == before["UID"] == "cars/yu7-launch@evtimeline.github.io"
    assert after["DTSTAMP"] == datetime(2025, 5, 20, 8, tzinfo=UTC)


def test_a_claim_that_changes_nothing_raises_nothing() -> None:
    rumour = says(2, "2025-05-20", "2025-10", "delayed", stance=Stance.RUMOUR)
    (before,), (after,) = events(of_claims(JUNE)), events(of_claims(JUNE, rumour))
    assert after["SEQUENCE"] == before["SEQUENCE"]
    assert "rumoured: 2025-10" in str(after["DESCRIPTION"])


def test_the_same_ledger_gives_the_same_bytes_on_another_day() -> None:
    assert calendar(of_claims(JUNE), "en") == calendar(of_claims(JUNE, now=instant("2026-01-01")), "en")


def test_undated_milestones_are_in_no_calendar() -> None:
    assert events(gallery_of(told(a_milestone(), []))) == []


def test_the_description_tells_the_words_and_the_link_where_they_were_read() -> None:
    (event,) = events(of_claims(JUNE, AUGUST), "zh")
    assert "“说法2：2025-08”" in str(event["DESCRIPTION"])
    assert "比最初承诺（2025-06）晚62天" in str(event["DESCRIPTION"])
    assert event["URL"] == "https://news.example/2"


def test_the_calendar_has_the_name_of_its_timeline() -> None:
    parsed = Calendar.from_ical(calendar(of_claims(JUNE), "zh"))
    assert (parsed["X-WR-CALNAME"], parsed["X-WR-TIMEZONE"]) == ("汽车", "Asia/Shanghai")


def test_no_line_has_more_than_75_octets_and_no_character_is_torn() -> None:
    written = calendar(titled("小米汽车二期工厂投产" * 12, JUNE), "zh").encode()
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    assert all(line.decode() for line in written.split(b"\r\n")[:-1])
    assert b"\n" not in written.replace(b"\r\n", b"")


@pytest.mark.parametrize("title", HOSTILE)
def test_foreign_words_stay_inside_of_their_property(title: str) -> None:
    said = says(1, "2025-04-20", "2025-06", publisher=title, link=f"https://x.example/\r\nATTACH:{title}")
    written = calendar(titled(title, said), "en")
    (event,) = events(titled(title, said))
    assert sum(line.startswith("BEGIN:VEVENT") for line in written.split("\r\n")) == 1
    assert "URL" not in event and "ATTACH" not in event
    assert not set(written) & set("\x00\x07\x1b\u202e\u2066\u200b")


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=60))
def test_a_title_comes_back_as_it_was_shown(title: str) -> None:
    (event,) = events(titled(title, JUNE))
    assert str(event["SUMMARY"]) == f"{plain(title, LONGEST_TITLE)} (2025-06)"
