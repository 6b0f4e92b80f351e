from dataclasses import replace
from xml.etree import ElementTree

import feedparser
import pytest
from tests.builders import a_milestone, instant
from tests.exports.galleries import HOSTILE, NOW, gallery_of, of_claims, says, titled, told

from evtimeline.core.claims import Stance, Tier
from evtimeline.exports.atom import MOST, changes_feed
from evtimeline.feeds.parse import Document, parse
from evtimeline.jobs.gallery import Gallery

JUNE = says(1, "2025-04-20", "2025-06")
AUGUST = says(2, "2025-05-20", "2025-08", "delayed")
RUMOUR = says(3, "2025-05-21", "2025-12", "delayed", stance=Stance.RUMOUR, tier=Tier.TERTIARY)
OCTOBER = says(4, "2025-06-20", "2025-10", "delayed")


def read(gallery: Gallery, language: str = "en") -> feedparser.FeedParserDict:
    parsed = feedparser.parse(changes_feed(gallery, language).encode("utf-8"))
    assert not parsed.bozo, parsed.get("bozo_exception")
    assert parsed.version == "atom10"
    return parsed


def test_each_change_is_an_entry_the_newest_first() -> None:
    parsed = read(of_claims(JUNE, AUGUST, RUMOUR, OCTOBER))
    assert [entry.title for entry in parsed.entries] == [
        "Xiaomi YU7 launch moved 2025-08 -> 2025-10",
        "Xiaomi YU7 launch moved 2025-06 -> 2025-08",
        "Xiaomi YU7 launch set for 2025-06",
    ]


def test_an_entry_tells_the_sentence_who_said_it_and_where() -> None:
    entry = read(of_claims(JUNE, AUGUST)).entries[0]
    assert "2025-06 → 2025-08" in entry.summary
    assert "“说法2：2025-08”" in entry.summary
    assert (entry.author, entry.link) == ("小米公司", "https://news.example/2")


def test_an_entry_is_published_when_it_was_stated_and_updated_when_it_was_learned() -> None:
    late = replace(AUGUST, learned_at=instant("2025-06-01T12:00"))
    entry = read(of_claims(JUNE, late)).entries[0]
    assert (entry.published, entry.updated) == ("2025-05-20T12:00:00Z", "2025-06-01T12:00:00Z")


def test_identifiers_are_all_different_and_stay_the_same_when_more_is_learned() -> None:
    before = [entry.id for entry in read(of_claims(JUNE, AUGUST)).entries]
    after = [entry.id for entry in read(of_claims(JUNE, AUGUST, OCTOBER)).entries]
    assert len(set(after)) == 3
    assert after[1:] == before
    assert all(one.startswith("tag:evtimeline.github.io,2025:cars/yu7-launch/") for one in after)


def test_the_same_ledger_gives_the_same_document_on_another_day() -> None:
    assert changes_feed(of_claims(JUNE, AUGUST), "en") == changes_feed(
        of_claims(JUNE, AUGUST, now=instant("2026-01-01")), "en"
    )


def test_a_feed_without_changes_is_a_feed() -> None:
    parsed = read(gallery_of(told(a_milestone(), [])), "zh")
    assert (parsed.entries, parsed.feed.title, parsed.feed.updated) == ([], "汽车", "2025-07-20T01:00:00Z")


def test_another_evtimeline_can_follow_it() -> None:
    body = changes_feed(of_claims(JUNE, AUGUST), "zh").encode("utf-8")
    feed = parse(Document(body, "https://team.example/changes.atom", NOW, "application/atom+xml"))
    assert not feed.warnings
    assert [(entry.title, str(entry.stated_on)) for entry in feed.entries] == [
        ("Xiaomi YU7 launch推迟 2025-06→2025-08", "2025-05-20"),
        ("Xiaomi YU7 launch有了日期：2025-06", "2025-04-20"),
    ]


def test_a_change_without_a_link_has_content_instead() -> None:
    (entry,) = read(of_claims(replace(JUNE, link="javascript:alert(1)"))).entries
    assert "javascript" not in entry.get("link", "")
    assert "说法1" in entry.content[0].value


def test_only_the_newest_changes_are_kept() -> None:
    said = [
        says(number, f"2025-{number // 28 + 1:02}-{number % 28 + 1:02}", f"{2026 + number % 40}", "delayed")
        for number in range(1, MOST + 20)
    ]
    parsed = read(of_claims(*said))
    assert len(parsed.entries) == MOST
    assert parsed.entries[0].id.split("/")[-2] == str(said[-1].id)


@pytest.mark.parametrize("title", HOSTILE)
def test_foreign_words_are_text_and_nothing_else(title: str) -> None:
    said = says(1, "2025-04-20", "2025-06", publisher=title, title=title, quote=None)
    document = changes_feed(titled(title, said), "en")
    root = ElementTree.fromstring(document)
    names = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert names <= {"feed", "id", "title", "updated", "generator", "author", "name", "entry", "published"} | {
        *("category", "link", "summary")
    }
    assert not set(document) & set("\x00\x07\x1b\u202e\u2066\u200b\ufffe\uffff")
    assert len(read(titled(title, said)).entries) == 1
