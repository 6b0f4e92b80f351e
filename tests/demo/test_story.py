import json

import feedparser
import pytest
from demo.render import render
from demo.story import Publisher, Story, load_story

STORY = load_story()
LAST = STORY.stages[-1].at


@pytest.mark.parametrize("publisher", STORY.publishers, ids=lambda each: each.key)
def test_a_feed_is_read_back_as_it_was_written(publisher: Publisher) -> None:
    titles = [item.title for item in STORY.published(publisher.key, LAST)]
    body = render(STORY, publisher, LAST)
    if publisher.format == "jsonfeed":
        read = [item["title"] for item in json.loads(body)["items"]]
    else:
        feed = feedparser.parse(body)
        assert not feed.bozo
        read = [entry.title for entry in feed.entries]
    assert read == titles


def test_the_feeds_come_in_four_formats_two_languages_and_an_old_encoding() -> None:
    assert {each.format for each in STORY.publishers} == {"rss2", "rss1", "atom", "jsonfeed"}
    assert {each.language for each in STORY.publishers} == {"zh", "en"}
    assert "gb2312" in {each.encoding for each in STORY.publishers}


def test_every_outlet_says_that_it_is_a_demo() -> None:
    assert all("演示" in each.publisher or "demo" in each.publisher for each in STORY.publishers)


def test_every_stage_publishes_something_new() -> None:
    def published(story: Story, number: int) -> int:
        return sum(len(story.published(each.key, story.stages[number].at)) for each in story.publishers)

    counts = [published(STORY, number) for number in range(len(STORY.stages))]
    assert counts == sorted(set(counts))
    assert counts[-1] == len(STORY.items)


def test_the_first_poll_finds_an_entry_in_every_feed() -> None:
    first = STORY.stages[0].at
    assert all(STORY.published(each.key, first) for each in STORY.publishers)


def test_links_are_distinct_and_lead_nowhere() -> None:
    links = {item.link for item in STORY.items}
    assert len(links) == len(STORY.items)
    assert all(".example/" in link for link in links)
