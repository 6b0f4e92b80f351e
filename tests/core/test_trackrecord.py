from datetime import date

from tests.builders import a_claim, days

from evtimeline.core.claims import Claim, Signal, Stance
from evtimeline.core.standing import Outcome, Standing
from evtimeline.core.trackrecord import (
    Ending,
    Fate,
    Judgement,
    TrackRecord,
    judge_window,
    maker_records,
    publisher_records,
)
from evtimeline.core.windows import parse_edtf

TODAY = date(2025, 7, 20)
DONE = Standing(first=parse_edtf("2025-05"), window=days("2025-06-26"), outcome=Outcome.DONE)


def says(when: str, day: str = "2025-05-01", publisher: str = "Daily Car", **changes: object) -> Claim:
    return a_claim(parse_edtf(when), stated_on=date.fromisoformat(day), publisher=publisher, **changes)


def test_what_happened_inside_the_window_is_a_hit() -> None:
    assert judge_window(parse_edtf("2025-06"), DONE, TODAY) == Judgement(Fate.HIT, 0)


def test_what_came_after_the_window_is_late_by_the_days_since_its_end() -> None:
    assert judge_window(parse_edtf("2025-05"), DONE, TODAY) == Judgement(Fate.LATE, 26)


def test_what_came_before_the_window_is_early() -> None:
    assert judge_window(parse_edtf("2025-08"), DONE, TODAY) == Judgement(Fate.EARLY, -36)


def test_what_is_overdue_counts_as_late_so_far() -> None:
    assert judge_window(parse_edtf("2025-06"), Standing(window=parse_edtf("2025-06")), TODAY) == Judgement(
        Fate.LATE, 20
    )


def test_what_is_still_open_is_not_judged() -> None:
    assert judge_window(parse_edtf("2025-07"), Standing(window=parse_edtf("2025-07")), TODAY) is None


def test_what_was_called_off_never_came() -> None:
    assert judge_window(parse_edtf("2025-09"), Standing(outcome=Outcome.CANCELLED), TODAY) == Judgement(Fate.NEVER)


def test_a_publisher_is_judged_by_each_date_once() -> None:
    said = [says("2025-06"), says("2025-06", "2025-05-20"), says("2025-08", "2025-05-21", "daily  car")]
    (record,) = publisher_records([Ending(DONE, said, TODAY)])
    assert (record.name, record.claims, record.hit, record.early, record.late) == ("Daily Car", 2, 1, 1, 0)


def test_what_was_said_when_it_had_happened_is_no_prediction() -> None:
    said = [says("2025-06-26", "2025-06-26"), says("2025-06", "2025-06-01", signal=Signal.ACHIEVED)]
    assert publisher_records([Ending(DONE, said, TODAY)]) == ()


def test_denials_predict_nothing_and_rumours_do() -> None:
    said = [says("2025-10", stance=Stance.DENIED), says("2025-06", publisher="Forum", stance=Stance.RUMOUR)]
    assert [record.name for record in publisher_records([Ending(DONE, said, TODAY)])] == ["Forum"]


def test_fewer_than_five_say_nothing_of_a_rate() -> None:
    few, enough = (
        TrackRecord("a", 4, hit=4, missed_days=(0,) * 4),
        TrackRecord("b", 5, hit=4, late=1, missed_days=(0,) * 4 + (10,)),
    )
    assert (few.judged, few.hit_rate, few.mean_error, few.bias) == (4, None, None, None)
    assert (enough.judged, enough.hit_rate, enough.mean_error, enough.bias) == (5, 0.8, 2.0, 2.0)


def test_what_came_early_and_late_does_not_cancel_out_in_the_error() -> None:
    record = TrackRecord("a", 5, early=2, late=3, missed_days=(-10, -20, 10, 10, 10))
    assert (record.mean_error, record.bias) == (12.0, 0.0)


def test_a_promise_maker_is_judged_by_the_first_promise() -> None:
    endings = [
        Ending(DONE, [], TODAY, ("Xiaomi", "BAIC")),
        Ending(Standing(first=parse_edtf("2026")), [], TODAY, ("BAIC",)),
    ]
    baic, xiaomi = maker_records(endings)
    assert (baic.name, baic.claims, baic.judged, baic.late) == ("BAIC", 2, 1, 1)
    assert (xiaomi.name, xiaomi.claims, xiaomi.late) == ("Xiaomi", 1, 1)
