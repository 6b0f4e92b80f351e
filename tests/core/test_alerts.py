import json
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.messages import NOW, a_subscription, followed, news, revised, said, some_troubles, stood

from evtimeline.core.alerts import (
    MOST_ALERTS,
    Reason,
    alert,
    alert_key,
    grouped,
    is_urgent,
    reason_of,
    refusal,
)
from evtimeline.core.claims import RevisionKind, Tier
from evtimeline.core.letters import payload
from evtimeline.core.news import News
from evtimeline.core.subscriptions import Cadence, Silence
from evtimeline.core.troubles import MOST, Sore, Trouble, notice

K = RevisionKind
INSTANT = a_subscription(cadence=Cadence.INSTANT)


def moved(key: str, words: str, entry: int | None = None, kind: K = K.SLIPPED, number: int = 1) -> News:
    told = news(followed(key, stood("2025-09")), revised(kind, "2025-08", "2025-09"), cause=said(words, "2025-09"))
    return replace(told, entry_id=entry, ids=(number,))


@pytest.mark.parametrize(
    ("seen", "kind", "reason"),
    [
        ((), K.SLIPPED, Reason.FIRST),
        ((), K.REPORTED, Reason.FIRST),
        ((), K.DONE, Reason.FIRST),
        ((K.REPORTED,), K.DONE, Reason.CONFIRMED),
        ((K.SLIPPED,), K.DONE, Reason.FIRST),
        ((K.SLIPPED,), K.SLIPPED, Reason.AGAIN),
        ((K.SLIPPED,), K.ADVANCED, Reason.AGAIN),
        ((K.REFINED,), K.DELAYED, Reason.AGAIN),
        ((K.REPORTED,), K.SLIPPED, Reason.FIRST),
        ((K.DONE,), K.REINSTATED, Reason.TAKEN_BACK),
        ((K.CONTESTED,), K.SETTLED, Reason.CONFIRMED),
    ],
)
def test_the_reason_follows_from_what_was_news_before(seen: tuple[K, ...], kind: K, reason: Reason) -> None:
    earlier = tuple(revised(one, "2025-07", "2025-08") for one in seen)
    told = news(followed(), revised(kind, "2025-08", "2025-09"), seen=earlier)
    assert reason_of(told) is reason


def test_a_report_and_its_confirmation_that_come_together_are_confirmed() -> None:
    both = news(followed(), revised(K.REPORTED, "2025-06", "2025-06"), revised(K.DONE, "2025-06", "2025-06-26"))
    assert reason_of(both) is Reason.CONFIRMED


def test_one_entry_about_several_milestones_is_one_alert() -> None:
    groups = grouped([moved("yu7-launch", "A", 5), moved("phase2-startup", "B", 6), moved("sea-entry", "C", 5)])
    assert sorted(len(group) for group in groups) == [1, 2]


def test_copies_of_one_headline_are_one_alert() -> None:
    words = "小米汽车宣布YU7与二期工厂计划均推迟至九月"
    groups = grouped([moved("yu7-launch", words, 5), moved("phase2-startup", words + " - 车轮周报", 6)])
    assert len(groups) == 1


def test_different_stories_are_different_alerts() -> None:
    groups = grouped([moved("yu7-launch", "Car is late", 5), moved("phase2-startup", "Plant is late", 6)])
    assert len(groups) == 2


def test_a_burst_is_one_message() -> None:
    many = [moved(f"m{n}", f"story number {n} about {'x' * n}", n, number=n) for n in range(1, MOST_ALERTS + 2)]
    (group,) = grouped(many)
    letter = alert(group, INSTANT)
    assert letter.subject.endswith(f"; {MOST_ALERTS} more changes")
    assert len(letter.sections[0].items) == MOST_ALERTS + 1


def test_the_key_names_the_changes_however_they_come() -> None:
    one, two = moved("yu7-launch", "A", 5, number=7), moved("sea-entry", "A", 5, number=9)
    assert alert_key(INSTANT, [one, two]) == "alert:3:1:7+9"
    many = [moved("yu7-launch", "A", number=n) for n in range(1, 3000)]
    assert len(alert_key(INSTANT, many)) < 40


@pytest.mark.parametrize(("kind", "urgent"), [(K.CANCELLED, True), (K.REINSTATED, True), (K.SLIPPED, False)])
def test_what_turns_a_story_round_may_pass_quiet_hours(kind: K, urgent: bool) -> None:
    assert is_urgent([moved("yu7-launch", "A", kind=kind)]) is urgent


def test_an_alert_says_why_it_is_sent() -> None:
    told = news(followed(), revised(K.SLIPPED, "2025-08", "2025-09"), seen=(revised(K.SLIPPED, "2025-07", "2025-08"),))
    letter = alert([told], INSTANT)
    assert (letter.reason, letter.lead) == ("moved again", ("Why you are told: moved again",))
    chinese = alert([told], a_subscription("zh", Cadence.INSTANT))
    assert (chinese.reason, chinese.lead) == ("moved again", ("通知原因：再次变动",))


def test_whoever_is_not_told_has_a_reason() -> None:
    told = moved("yu7-launch", "A")
    silence = Silence(1, told.followed.today, "waits for the filing", "ann", NOW)
    for subscription, muted, why in (
        (INSTANT, None, None),
        (replace(INSTANT, paused=True), None, "the subscription is paused"),
        (a_subscription(), None, "it comes with the weekly digest"),
        (replace(INSTANT, timelines=("boats",)), None, "cars/yu7-launch is not among what it follows"),
        (replace(INSTANT, kinds=("done",)), None, "it asked for no slipped changes"),
        (replace(INSTANT, least_tier=Tier.PRIMARY), None, "its publisher is secondary, less than primary"),
        (INSTANT, silence, "silenced until 2025-06-30 by ann: waits for the filing"),
    ):
        assert refusal(subscription, told, muted) == why


def test_a_notice_counts_what_lasts_and_what_does_not_fit() -> None:
    many = [Trouble(Sore.BROKEN, f"broken:{n}", f"Feed {n}", "no answer", NOW - timedelta(days=n)) for n in range(50)]
    letter = notice(many, 3, a_subscription(operator=True))
    assert letter.subject == "evtimeline: Feed 0 broken; and 49 more"
    assert letter.lead == ("3 problems told before still last.",)
    assert len(letter.sections[0].items) == MOST
    assert letter.sections[0].more == "and 20 more"


def test_a_notice_names_every_trouble_for_programs() -> None:
    document = json.loads(payload(notice(some_troubles(), 0, a_subscription(operator=True))))
    assert [item["kind"] for item in document["sections"][0]["items"]] == ["broken", "silent", "dead", "unbuilt"]
