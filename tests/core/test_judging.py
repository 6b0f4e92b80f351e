from datetime import date

import pytest

from evtimeline.core.claims import Signal, Stance, Tier, Verdict
from evtimeline.core.judging import SURE, judge
from evtimeline.core.windows import Window, parse_edtf

DAY = date(2025, 6, 20)


def verdict(
    signal: Signal,
    window: str | None = None,
    score: float = 0.9,
    stance: Stance = Stance.ASSERTED,
    tier: Tier = Tier.SECONDARY,
) -> tuple[Verdict, str]:
    parsed: Window | None = parse_edtf(window) if window else None
    return judge(score, signal, stance, parsed, DAY, tier)


@pytest.mark.parametrize(
    ("signal", "window", "stance", "tier"),
    [
        (Signal.SCHEDULED, "2025-07", Stance.ASSERTED, Tier.TERTIARY),
        (Signal.SCHEDULED, "2025-06-20", Stance.ASSERTED, Tier.SECONDARY),
        (Signal.DELAYED, "2025-09", Stance.RUMOUR, Tier.TERTIARY),
        (Signal.DELAYED, None, Stance.ASSERTED, Tier.SECONDARY),
        (Signal.ACHIEVED, "2025-06-20", Stance.ASSERTED, Tier.SECONDARY),
        (Signal.ACHIEVED, "2025-06", Stance.ASSERTED, Tier.SECONDARY),
        (Signal.MENTION, "2010", Stance.ASSERTED, Tier.SECONDARY),
        (Signal.SCHEDULED, "../2026", Stance.ASSERTED, Tier.PRIMARY),
    ],
)
def test_what_is_clear_is_accepted(signal: Signal, window: str | None, stance: Stance, tier: Tier) -> None:
    assert verdict(signal, window, stance=stance, tier=tier)[0] is Verdict.ACCEPTED


@pytest.mark.parametrize(
    ("signal", "window", "tier", "why"),
    [
        (Signal.ACHIEVED, "2025-06-26", Tier.PRIMARY, "rule: said to have happened on a day that lay ahead"),
        (Signal.SCHEDULED, "2025-05", Tier.PRIMARY, "rule: promised for a day that had passed"),
        (Signal.SCHEDULED, "2050", Tier.PRIMARY, "rule: the date is more than 15 years away"),
        (Signal.DELAYED, "2025-09", Tier.TERTIARY, "rule: a tertiary publisher alone says that it moved"),
        (Signal.CANCELLED, None, Tier.TERTIARY, "rule: a tertiary publisher alone says that it moved"),
    ],
)
def test_what_is_doubtful_waits_for_a_person_and_says_why(
    signal: Signal, window: str | None, tier: Tier, why: str
) -> None:
    assert verdict(signal, window, tier=tier) == (Verdict.PENDING, why)


def test_a_low_score_waits_whatever_it_says() -> None:
    assert verdict(Signal.MENTION, score=SURE - 0.01)[0] is Verdict.PENDING
    assert verdict(Signal.MENTION, score=SURE)[0] is Verdict.ACCEPTED
