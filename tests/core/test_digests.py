from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.messages import NOW, TODAY, WEEK, a_subscription, a_week, followed, letters, news, revised, said, stood

from evtimeline.core.bars import bar
from evtimeline.core.cadence import Period
from evtimeline.core.claims import RevisionKind, Signal, Stance, Tier
from evtimeline.core.digests import Gathered, digest, fitting
from evtimeline.core.items import change_item, soon
from evtimeline.core.letters import Letter, Section, Stripe, payload
from evtimeline.core.message_words import count, day_text, period_text
from evtimeline.core.news import concerns, others, ranked, silenced, wants
from evtimeline.core.standing import evidence
from evtimeline.core.subscriptions import Silence
from evtimeline.core.troubles import Sore, Trouble
from evtimeline.core.windows import parse_edtf

SLIPPED, ADVANCED, DONE = RevisionKind.SLIPPED, RevisionKind.ADVANCED, RevisionKind.DONE


def section(letter: Letter, name: str) -> Section:
    return next(one for one in letter.sections if one.name == name)


def test_the_subject_says_the_news() -> None:
    moved = news(followed(standing=stood("2025-06-26")), revised(ADVANCED, "2025-08", "2025-06-26"))
    late = followed("su7-update", stood("2025-05"))
    gathered = Gathered(WEEK, news=(moved,), followed=(late,))
    assert digest(gathered, a_subscription()).subject == "Xiaomi YU7 launch moved 2025-08 -> 2025-06-26; 1 overdue"
    assert digest(gathered, a_subscription("zh")).subject == "小米YU7上市提前 2025-08→2025-06-26；1项逾期"


@pytest.mark.parametrize(
    ("language", "subject"), [("en", "Nothing changed; 1 overdue; 1 due soon"), ("zh", "没有变化；1项逾期；1项临近")]
)
def test_an_empty_week_is_a_short_message(language: str, subject: str) -> None:
    late, near = followed("su7-update", stood("2025-05")), followed("profit", stood("2025-07-05"))
    letter = digest(Gathered(WEEK, followed=(late, near)), a_subscription(language))
    assert letter.subject == subject
    assert [one.name for one in letter.sections] == ["overdue", "upcoming"]
    assert letter.lead


def test_sections_come_in_the_order_in_which_they_matter() -> None:
    names = [one.name for one in digest(a_week(), a_subscription()).sections]
    assert names == ["changes", "overdue", "upcoming", "quiet", "review", "sources", "muted"]


def test_the_weightiest_change_comes_first() -> None:
    about = followed()
    cancelled = news(about, revised(RevisionKind.CANCELLED, "2025-08"), ids=(1,))
    far = news(about, revised(SLIPPED, "2025-06", "2025-12"), ids=(2,))
    near = news(about, revised(SLIPPED, "2025-06", "2025-07"), ids=(3,))
    refined = news(about, revised(RevisionKind.REFINED, "2025", "2025-08"), ids=(4,))
    assert ranked([refined, near, cancelled, far]) == (cancelled, far, near, refined)


def test_several_moves_are_one_from_the_first_date_to_the_last() -> None:
    there_and_on = news(followed(), revised(SLIPPED, "2025-06", "2025-09"), revised(ADVANCED, "2025-09", "2025-08"))
    assert (there_and_on.kind, there_and_on.days) == (SLIPPED, 62)
    item = change_item(there_and_on, "en")
    assert (item.badge, item.when) == ("slipped 62 days", "2025-06 → 2025-08")
    assert "2 changes since the last message" in item.notes


def test_a_date_that_moved_and_came_back_is_named_for_its_last_move() -> None:
    back = news(followed(), revised(SLIPPED, "2025-06", "2025-09"), revised(ADVANCED, "2025-09", "2025-06"))
    item = change_item(back, "en")
    assert (back.kind, item.badge, item.bar) == (ADVANCED, "brought forward", None)


def test_one_day_is_singular() -> None:
    item = change_item(news(followed(), revised(SLIPPED, "2025-06-25", "2025-06-26")), "en")
    assert item.badge == "slipped 1 day"
    assert count("overdue", 1, "zh") == "1项逾期"


def test_who_else_says_so_is_counted_once_each_and_not_the_one_that_is_quoted() -> None:
    cause = said("done", "2025-06-26", "小米公司", signal=Signal.ACHIEVED)
    echoes = [said("done", "2025-06-26", name, signal=Signal.ACHIEVED) for name in ("A", "a ", "B", "小米公司", "")]
    rumour = said("done", "2025-06-26", "Forum", signal=Signal.ACHIEVED, stance=Stance.RUMOUR)
    later = said("on sale in July", "2025-07", "C")
    told = news(
        followed(),
        revised(DONE, "2025-06", "2025-06-26"),
        cause=cause,
        ledger=tuple(map(evidence, (*echoes, rumour, later))),
    )
    assert others(told) == 2
    assert change_item(told, "en").also == "also reported by 2"
    assert change_item(told, "zh").also == "另有2家报道"


def test_of_too_much_the_rest_is_counted() -> None:
    many = tuple(followed(f"late-{n:03}", stood("2025-05")) for n in range(100))
    letter = digest(Gathered(WEEK, news=a_week().news, followed=many), a_subscription(), most=40)
    assert len(section(letter, "overdue").items) == 10
    assert section(letter, "overdue").more == "and 90 more"


def test_a_letter_that_is_too_big_shrinks_until_it_fits_or_can_shrink_no_more() -> None:
    asked: list[int] = []

    def make(most: int) -> Letter:
        asked.append(most)
        return digest(a_week(), a_subscription(), most)

    fitting(make, lambda _: asked[-1] * 1000, 20_000)
    assert asked == [60, 19]
    asked.clear()
    fitting(make, lambda _: 10**6, 20_000)
    assert asked[-1] == 3


def test_sources_that_are_broken_stand_on_top() -> None:
    troubles = (Trouble(Sore.BROKEN, "a", "A"), Trouble(Sore.BROKEN, "b", "B"), Trouble(Sore.SILENT, "c", "C"))
    letter = digest(Gathered(WEEK, troubles=troubles), a_subscription())
    assert letter.warnings == ("2 sources are broken, 1 source has gone silent: this message may miss news.",)
    assert [item.badge for item in section(letter, "sources").items] == ["broken", "broken", "silent"]


def test_whose_mail_could_not_be_delivered_is_for_the_operator_alone() -> None:
    gathered = Gathered(WEEK, troubles=(Trouble(Sore.DEAD, "dead:1", "“News” → bob@example.org", "550 no such user"),))
    assert "bob" not in payload(digest(gathered, a_subscription()))
    assert digest(gathered, a_subscription()).warnings == ("1 message could not be delivered.",)
    assert "bob" in payload(digest(gathered, a_subscription(operator=True)))


@pytest.mark.parametrize(
    ("when", "near"),
    [
        ("2025-07-01", ("day", 1)),
        ("2025-06-30", ("day", 0)),
        ("2025-07-30", ("day", 30)),
        ("2025-07-31", None),
        ("2025-07", ("opens", 1)),
        ("2025", None),
        ("2025-06-21/2025-07-10", ("closes", 10)),
        ("2025-06", ("closes", 0)),
        ("2025-05", None),
        ("2025-07-10/..", ("opens", 10)),
        ("../2025-07-10", ("closes", 10)),
    ],
)
def test_what_comes_within_thirty_days(when: str, near: tuple[str, int] | None) -> None:
    assert soon(followed(standing=stood(when))) == near


def test_a_subscription_narrows_by_timeline_milestone_kind_and_tier() -> None:
    one, claim = followed(), said("words")
    assert concerns(a_subscription(timelines=()), one)
    assert concerns(a_subscription(timelines=("cars",)), one)
    assert not concerns(a_subscription(timelines=("boats",)), one)
    assert concerns(a_subscription(timelines=("boats",), milestones=("cars/yu7-launch",)), one)
    assert not concerns(a_subscription(timelines=(), milestones=("cars/other",)), one)
    assert not concerns(a_subscription(timelines=("cars",), milestones=("cars/other",)), one)
    assert concerns(a_subscription(timelines=("cars",), milestones=("boats/other",)), one)
    assert wants(a_subscription(), "slipped", claim)
    assert not wants(a_subscription(), "mention", claim)
    assert not wants(a_subscription(kinds=("done",)), "slipped", claim)
    assert not wants(a_subscription(least_tier=Tier.PRIMARY), "slipped", claim)
    assert wants(a_subscription(least_tier=Tier.SECONDARY), "slipped", claim)


def test_a_silence_ends_with_its_day() -> None:
    one = followed()
    last, over = (Silence(one.id, day, "why", "ann", NOW) for day in (TODAY, TODAY - timedelta(days=1)))
    assert silenced([last], one) is last
    assert silenced([over], one) is None
    assert silenced([replace(last, milestone_id=77)], one) is None


@pytest.mark.parametrize(
    ("begin", "end", "english", "chinese"),
    [
        ("2025-06-23", "2025-06-29", "23–29 June 2025", "2025年6月23日至29日"),
        ("2025-06-28", "2025-07-04", "28 June to 4 July 2025", "2025年6月28日至7月4日"),
        ("2024-12-30", "2025-01-05", "30 December 2024 to 5 January 2025", "2024年12月30日至2025年1月5日"),
        ("2025-06-29", "2025-06-29", "29 June 2025", "2025年6月29日"),
    ],
)
def test_periods_are_written_as_people_write_them(begin: str, end: str, english: str, chinese: str) -> None:
    first, last = date.fromisoformat(begin), date.fromisoformat(end)
    assert period_text(first, last, "en") == english
    assert period_text(first, last, "zh") == chinese
    assert day_text(date(2025, 6, 7), "en") == "7 June 2025"


def test_a_period_that_ends_at_midnight_ends_with_the_day_before() -> None:
    midnight = NOW - timedelta(hours=8)  # of 30 June in Shanghai
    letter = digest(Gathered(Period(midnight - timedelta(days=7), midnight)), a_subscription())
    assert letter.heading == "23–29 June 2025"


@pytest.mark.parametrize(
    ("old", "new", "stripes"),
    [
        ("2025-01", "2025-02", ([(53, True), (47, False)], [(53, False), (47, True)])),
        ("2025", "2025-06-26", ([(100, True)], [(48, False), (4, True), (48, False)])),
        ("2025-12-31", "2025", ([(96, False), (4, True)], [(100, True)])),
    ],
)
def test_windows_are_drawn_on_one_scale(old: str, new: str, stripes: tuple[list[object], list[object]]) -> None:
    drawn = bar(parse_edtf(old), parse_edtf(new))
    assert drawn is not None
    assert drawn.old == tuple(Stripe(*one) for one in stripes[0])  # type: ignore[misc]
    assert drawn.new == tuple(Stripe(*one) for one in stripes[1])  # type: ignore[misc]


@pytest.mark.parametrize(("old", "new"), [("2026/..", "2027/.."), ("../2025-06", "2025-08"), ("2026", "2027/..")])
def test_a_window_without_end_is_drawn_too(old: str, new: str) -> None:
    drawn = bar(parse_edtf(old), parse_edtf(new))
    assert drawn is not None
    for stripes in (drawn.old, drawn.new):
        assert sum(stripe.percent for stripe in stripes) == 100


def test_what_has_not_moved_is_not_drawn() -> None:
    assert bar(parse_edtf("2025"), parse_edtf("2025")) is None
    assert bar(None, parse_edtf("2025")) is None


@pytest.mark.parametrize("language", ["en", "zh"])
def test_programs_get_the_same_with_machine_dates(language: str) -> None:
    import json

    for _, letter in letters(language):
        document = json.loads(payload(letter))
        assert (document["version"], document["type"]) == (1, letter.sort.value)
    (change, *_) = json.loads(payload(digest(a_week(), a_subscription(language))))["sections"][0]["items"]
    assert (change["milestone"], change["kind"]) == ("cars/phase2-startup", "slipped")
    assert (change["old"], change["new"], change["days"]) == ("2025-07", "2025-09", 61)
