import pytest
from tests.core.telling import tell

from evtimeline.core.claims import Claim, Tier
from evtimeline.core.tracks import WEAK, Track, is_baseline, rank, track


def one(line: str) -> Claim:
    return tell(f"2025-05-01 {line}")[0]


def test_a_primary_publisher_is_nearest() -> None:
    assert [tier.rank for tier in (Tier.PRIMARY, Tier.SECONDARY, Tier.TERTIARY)] == [0, 1, 2]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("secondary Caijing scheduled 2025-06", Track.DATE),
        ("secondary Caijing delayed", Track.DATE),
        ("secondary Caijing advanced", Track.NONE),
        ("secondary Caijing scheduled", Track.NONE),
        ("primary Xiaomi reaffirmed progress", Track.DATE),
        ("secondary Caijing achieved", Track.ACHIEVED),
        ("secondary Caijing cancelled", Track.CANCELLED),
        ("primary Xiaomi mention denied", Track.DENIAL),
        ("secondary Caijing delayed rumour 2025-09", Track.RUMOUR),
        ("secondary Caijing cancelled rumour", Track.RUMOUR),
        ("secondary Caijing mention rumour", Track.NONE),
        ("secondary Caijing scheduled forecast 2025-09", Track.FORECAST),
        ("secondary Caijing scheduled conditional 2025-09", Track.FORECAST),
        ("secondary Caijing progress 2025-09", Track.NONE),
        ("secondary Caijing mention 2025-09", Track.NONE),
        ("tertiary Report scheduled forecast 2025-08 file", Track.DATE),
    ],
)
def test_signal_and_stance_decide_the_track(line: str, expected: Track) -> None:
    assert track(one(line)) is expected


def test_only_what_a_user_wrote_down_as_a_promise_is_a_first_promise() -> None:
    assert is_baseline(one("tertiary Report scheduled 2025-08 file"))
    assert is_baseline(one("tertiary Li scheduled 2025-08 person"))
    assert not is_baseline(one("tertiary Report scheduled 2025-08"))
    assert not is_baseline(one("primary Li achieved person"))
    assert not is_baseline(one("primary Li scheduled 2025-08 person quote=2025-08"))


def test_a_guessed_first_promise_weighs_least_and_what_a_person_types_most() -> None:
    assert rank(one("primary Report scheduled forecast 2025-08 file")) == WEAK
    assert rank(one("secondary Report scheduled 2025-08 file")) == Tier.SECONDARY.rank
    assert rank(one("secondary Li delayed 2025-08 person")) == Tier.PRIMARY.rank
