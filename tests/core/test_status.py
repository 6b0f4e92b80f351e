from dataclasses import replace
from datetime import date

import pytest
from tests.core.telling import MILESTONE, settled, tell

from evtimeline.core.milestones import Confirm, Milestone
from evtimeline.core.standing import Standing
from evtimeline.core.status import Mark, MarkKind, MilestoneStatus, Status, mark_text, status_of
from evtimeline.core.windows import parse_edtf

JUNE = "2025-01-10 primary Xiaomi scheduled 2025-06"


def on(day: str, *lines: str, milestone: Milestone = MILESTONE) -> MilestoneStatus:
    return status_of(settled(*lines, confirm=milestone.confirm).standing, milestone, date.fromisoformat(day))


def texts(status: MilestoneStatus, language: str = "en") -> list[str]:
    return [mark_text(mark, language) for mark in status.marks]


@pytest.mark.parametrize(
    ("day", "status", "overdue"),
    [
        ("2025-05-31", Status.PLANNED, None),
        ("2025-06-01", Status.DUE, None),
        ("2025-06-30", Status.DUE, None),
        ("2025-07-01", Status.OVERDUE, 1),
        ("2025-07-12", Status.OVERDUE, 12),
    ],
)
def test_a_milestone_is_not_late_before_the_last_day_has_ended(day: str, status: Status, overdue: int | None) -> None:
    found = on(day, JUNE)
    assert (found.status, found.days_overdue) == (status, overdue)


@pytest.mark.parametrize(
    ("window", "day", "status"),
    [
        ("../2025-06", "2025-06-30", Status.DUE),
        ("../2025-06", "2025-07-01", Status.OVERDUE),
        ("2025-06/..", "2025-05-31", Status.PLANNED),
        ("2025-06/..", "2025-06-01", Status.DUE),
        ("2025-06/..", "2035-06-01", Status.DUE),
    ],
)
def test_an_open_window_is_never_late_at_its_open_end(window: str, day: str, status: Status) -> None:
    assert on(day, f"2025-01-10 primary Xiaomi scheduled {window}").status is status


def test_without_a_date_it_is_undated() -> None:
    assert status_of(Standing(), MILESTONE, date(2025, 6, 1)).status is Status.UNDATED


def test_a_slip_is_marked_against_the_first_promise() -> None:
    found = on("2025-03-12", JUNE, "2025-03-10 primary Xiaomi delayed 2025-08-10")
    assert texts(found) == ["slipped +41d"]
    assert texts(found, "zh-CN") == ["推迟41天"]
    assert found.slipped
    assert found.needs_check


def test_an_advance_is_marked_and_needs_no_check() -> None:
    found = on("2025-03-12", JUNE, "2025-03-10 primary Xiaomi advanced 2025-05-25")
    assert texts(found) == ["advanced -36d"]
    assert not found.needs_check


def test_a_refinement_is_no_slip_and_no_advance() -> None:
    assert on("2025-03-12", JUNE, "2025-03-10 primary Xiaomi scheduled 2025-06-12").marks == ()


def test_a_slip_to_an_open_end_has_no_days() -> None:
    found = on("2025-03-12", JUNE, "2025-03-10 primary Xiaomi delayed 2025-08/..")
    assert texts(found) == ["slipped"]
    assert texts(found, "zh") == ["推迟"]


def test_what_was_done_late_is_marked_but_needs_no_check() -> None:
    found = on("2025-09-01", JUNE, "2025-07-05 primary Xiaomi achieved")
    assert (found.status, texts(found)) == (Status.DONE, ["slipped +5d"])
    assert not found.needs_check


def test_a_report_says_how_many_of_how_many() -> None:
    found = on("2025-07-02", JUNE, "2025-06-20 secondary Caijing achieved")
    assert (found.status, found.days_overdue, texts(found)) == (Status.REPORTED, None, ["reported 1/2"])
    assert texts(found, "zh") == ["报道1/2"]


def test_a_milestone_that_only_primary_publishers_can_confirm_counts_them() -> None:
    strict = replace(MILESTONE, confirm=Confirm(primary=2, secondary=0))
    found = on("2025-06-21", JUNE, "2025-06-20 primary Xiaomi achieved", milestone=strict)
    assert texts(found) == ["reported 1/2"]


def test_a_contested_milestone_is_overdue_when_the_last_of_its_windows_has_ended() -> None:
    lines = ("2025-05-01 secondary Caijing scheduled 2025-07", "2025-05-03 secondary Xinhua scheduled 2025-05")
    assert on("2025-06-15", *lines).status is Status.PLANNED
    assert on("2025-07-15", *lines).status is Status.DUE
    assert texts(on("2025-08-01", *lines)) == ["overdue 1d", "advanced -61d", "contested", "quiet 90d"]


def test_silence_is_marked_after_sixty_days() -> None:
    assert texts(on("2025-03-10", JUNE)) == []
    assert texts(on("2025-03-11", JUNE)) == ["quiet 60d"]


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("2025-03-10 tertiary Blog delayed rumour 2025-09", "rumoured"),
        ("2025-03-10 primary Xiaomi delayed", "delayed, no date"),
        ("2025-03-10 secondary Caijing cancelled", "cancellation reported 1/2"),
        ("2025-03-10 secondary Caijing delayed 2025-09", "challenged 1"),
    ],
)
def test_what_is_said_beside_what_stands_is_marked(line: str, mark: str) -> None:
    assert texts(on("2025-03-11", JUNE, line)) == [mark]


def test_claims_that_wait_are_counted() -> None:
    assert texts(status_of(Standing(pending=2), MILESTONE, date(2025, 6, 1))) == ["pending 2"]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", list(MarkKind))
def test_every_mark_can_be_written(kind: MarkKind, language: str) -> None:
    assert mark_text(Mark(kind, 3, 4), language)


def test_what_needs_attention_comes_first() -> None:
    told = {
        "overdue": (JUNE.replace("2025-06", "2025-04"),),
        "contested": (JUNE, "2025-01-11 primary BAIC scheduled 2025-09"),
        "reported": (JUNE, "2025-04-01 secondary Caijing achieved"),
        "due": (JUNE.replace("2025-06", "2025-05"),),
        "slipped": (JUNE, "2025-03-10 primary Xiaomi delayed 2025-12"),
        "near": (JUNE,),
        "far": (JUNE.replace("2025-06", "2026"),),
        "undated": ("2025-01-10 primary Xiaomi progress",),
        "done": (JUNE, "2025-04-01 primary Xiaomi achieved"),
        "cancelled": (JUNE, "2025-04-01 primary Xiaomi cancelled"),
    }
    found = {key: on("2025-05-02", *lines, milestone=replace(MILESTONE, key=key)) for key, lines in told.items()}
    by_name = sorted(told)  # an order that is not yet the right one
    assert sorted(by_name, key=lambda key: found[key].attention) == list(told)


def test_equal_needs_are_sorted_by_key() -> None:
    one, other = (on("2025-05-02", JUNE, milestone=replace(MILESTONE, key=key)) for key in ("a", "b"))
    assert one.attention < other.attention
    assert parse_edtf("2025-06") == tell(JUNE)[0].window
