"""A kind that was written down and a title that tells it more exactly: news is read in the words of both."""

import pytest
from tests.core.watched import found, watching

from evtimeline.core.claims import Signal
from evtimeline.core.milestones import Kind, Milestone, Names

WATCHED = watching(
    Milestone(
        "merger",
        {"en": "Alder Rail and Norvik Freight merger closes"},
        Kind.FOUNDING,
        Names(("Alder Norvik merger", "Norvik deal")),
        ("Alder Rail", "Norvik Freight", "Alder", "Norvik"),
    ),
    Milestone("law", {"zh": "共享无人机管理条例施行"}, Kind.LAUNCH, Names(("共享无人机管理条例", "共享无人机条例"))),
    Milestone(
        "assist",
        {"en": "Nordvik Trio Assist approved and launched in China", "zh": "诺维克Trio Assist在中国获批落地"},
        Kind.MARKET_ENTRY,
        Names(("Trio Assist China", "诺维克Trio Assist")),
        ("Nordvik", "诺维克"),
    ),
    Milestone(
        "water",
        {"zh": "福冈冷却水开始排海", "en": "Fukuoka cooling water release starts"},
        Kind.LAUNCH,
        Names(("冷却水排海", "Fukuoka cooling water")),
    ),
)


@pytest.mark.parametrize(
    ("key", "title", "signal"),
    [
        ("merger", "Alder, Norvik push back deadline to complete merger", Signal.DELAYED),
        ("merger", "Norvik deal may close as early as April, Alder says", Signal.SCHEDULED),
        ("law", "共享无人机条例明年元旦起施行", Signal.SCHEDULED),
        ("law", "共享无人机管理条例今日起正式施行", Signal.ACHIEVED),
        ("assist", "Nordvik expects Trio Assist to gain approval in China next month", Signal.SCHEDULED),
        ("water", "24日起日本将开始冷却水排海", Signal.SCHEDULED),
    ],
)
def test_news_is_read_in_the_words_of_the_kind_that_the_title_tells(key: str, title: str, signal: Signal) -> None:
    told = found(title, against=WATCHED)
    assert key in told
    assert told[key].signal is signal


@pytest.mark.parametrize(
    "title",
    [
        "Alder orders 40 locomotives for its northern line",
        "Nordvik Trio wins award for its seats",
        "韩国冷却水排海争议再起",
    ],
)
def test_other_news_of_the_same_companies_and_places_is_not_meant(title: str) -> None:
    assert not found(title, against=WATCHED)
