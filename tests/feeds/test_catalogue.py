from datetime import timedelta
from pathlib import Path

import pytest

from evtimeline.core.claims import Tier
from evtimeline.errors import DocumentError
from evtimeline.feeds.catalogue import Feed, format_interval, load_catalogue, parse_catalogue, parse_interval

SHIPPED = Path(__file__).parents[2] / "feeds.yaml"


def read(text: str) -> tuple[Feed, ...]:
    return parse_catalogue(text, "feeds.yaml")


def problems(text: str) -> list[str]:
    with pytest.raises(DocumentError) as caught:
        read(text)
    return str(caught.value).splitlines()


def test_a_feed_is_read_with_everything_that_is_said_of_it() -> None:
    (feed,) = read(
        """
feeds:
  - url: https://a.example/rss
    title: 第一财经
    language: zh-CN
    zone: Asia/Shanghai
    publisher: 第一财经
    tier: primary
    tags: [汽车, 财经]
    interval: 30m
    enabled: no
    private: true
"""
    )
    assert feed == Feed(
        url="https://a.example/rss",
        title="第一财经",
        language="zh",
        zone="Asia/Shanghai",
        publisher="第一财经",
        tier=Tier.PRIMARY,
        tags=("汽车", "财经"),
        interval=timedelta(minutes=30),
        enabled=False,
        private=True,
    )


def test_defaults_hold_for_what_a_feed_leaves_out() -> None:
    one, other = read(
        """
defaults: {language: zh, zone: Asia/Shanghai, interval: 2h, tags: cars}
feeds:
  - url: https://a.example/1
  - {url: https://a.example/2, language: en, zone: UTC, tags: [news]}
"""
    )
    assert (one.language, one.zone, one.interval, one.tags) == ("zh", "Asia/Shanghai", timedelta(hours=2), ("cars",))
    assert (other.language, other.zone, other.interval, other.tags) == ("en", "UTC", timedelta(hours=2), ("news",))


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "feeds:\n", "feeds: []\n"])
def test_a_catalogue_may_be_empty(text: str) -> None:
    assert read(text) == ()


def test_every_problem_is_told_with_its_line() -> None:
    assert problems(
        """feeds:
  - url: https://a.example/rss
    zone: Asia/Shangai
    langauge: zh
  - url: https://a.example/rss
    interval: often
    tier: first
  - title: no address
  - url: ftp://a.example/
"""
    ) == [
        "feeds.yaml:3: 'zone': 'Asia/Shangai' is no time zone; did you mean Asia/Shanghai?",
        "feeds.yaml:4: unknown field 'langauge' in an item of 'feeds'; did you mean 'language'?",
        "feeds.yaml:5: https://a.example/rss is already on line 2; keep one of them",
        "feeds.yaml:6: 'interval': 'often' is no interval; write one such as 30m, 2h or 1d (1m to 30d)",
        "feeds.yaml:7: 'tier': 'first' is not one of primary, secondary, tertiary",
        "feeds.yaml:8: 'url' is missing in an item of 'feeds'",
        "feeds.yaml:9: 'url': ftp://a.example/ is not an http:// or https:// address; nothing else is fetched",
    ]


def test_a_password_in_a_wrong_address_is_not_shown() -> None:
    assert "secret" not in problems("feeds: [{url: 'ftp://name:secret@a.example/'}]")[0]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="there is no such file"):
        load_catalogue(tmp_path / "feeds.yaml")


@pytest.mark.parametrize(
    ("text", "minutes"), [("30m", 30), ("90", 90), ("2h", 120), ("2 hours", 120), ("1d", 1440), ("1w", 10_080)]
)
def test_intervals_are_read_as_people_write_them(text: str, minutes: int) -> None:
    assert parse_interval(text) == timedelta(minutes=minutes)
    assert parse_interval(format_interval(parse_interval(text))) == timedelta(minutes=minutes)


@pytest.mark.parametrize("text", ["0m", "31d", "", "m", "1.5h", "-2h", "99999999h"])
def test_an_interval_is_between_a_minute_and_a_month(text: str) -> None:
    with pytest.raises(ValueError, match="no interval"):
        parse_interval(text)


def test_the_catalogue_that_is_shipped_is_right_and_large_enough() -> None:
    feeds = load_catalogue(SHIPPED)
    assert len(feeds) >= 40
    assert {feed.language for feed in feeds} == {"zh", "en"}
    assert {feed.tier for feed in feeds} == set(Tier)
    assert all(feed.title and feed.publisher and feed.tags for feed in feeds)
