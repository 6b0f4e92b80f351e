import pytest
from markdown_it import MarkdownIt
from tests.exports.galleries import HOSTILE, gallery_of, of_claims, says, titled, told

from evtimeline.core.claims import Stance, Tier
from evtimeline.exports.markdown import document

JUNE = says(1, "2025-04-20", "2025-06")
READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def test_a_table_tells_what_stands_and_another_who_said_it() -> None:
    lines = document(of_claims(JUNE, says(2, "2025-06-20", "2025-08", "delayed")), "zh").splitlines()
    assert lines[0] == "# 汽车"
    assert "| Xiaomi YU7 launch | 2025-06 | 2025-08 | 计划中 · 推迟62天 | 2025-06-20 小米公司 |" in lines
    assert (
        "| 2025-06-20 | 小米公司 (当事方) | 推迟 | 2025-08 | [说法2：2025-08](<https://news.example/2>) | 采信 |"
        in lines
    )


def test_what_a_denial_struck_is_struck_through() -> None:
    rumour = says(2, "2025-05-20", "2025-10", "delayed", stance=Stance.RUMOUR, publisher="Forum", tier=Tier.TERTIARY)
    denial = says(3, "2025-05-21", "2025-10", "delayed", stance=Stance.DENIED)
    assert "| ~~accepted~~ |" in document(of_claims(JUNE, rumour, denial), "en")


def test_a_milestone_without_claims_says_so() -> None:
    story = told(titled("x", JUNE).stories[0].stored.milestone, [])
    assert "Nobody has said anything yet." in document(gallery_of(story), "en")


@pytest.mark.parametrize("title", HOSTILE)
def test_foreign_words_are_no_markup(title: str) -> None:
    said = says(1, "2025-04-20", "2025-06", publisher=title, title=title, quote=None, link=None)
    tokens = READER.parse(document(titled(title, said), "en"))
    kinds = {child.type for token in tokens for child in (token, *(token.children or ()))}
    assert kinds.isdisjoint({"html_block", "html_inline", "link_open", "image", "em_open", "strong_open", "fence"})
    assert sum(token.type == "table_open" for token in tokens) == 2
    assert sum(token.type == "td_open" for token in tokens) == 5 + 6


def test_a_link_leads_nowhere_but_to_the_web() -> None:
    said = says(
        1, "2025-04-20", "2025-06", title="a](http://evil.example)|", quote=None, link="https://x.example/a|b)(c"
    )
    tokens = READER.parse(document(of_claims(said), "en"))
    links = [child.attrs["href"] for token in tokens for child in token.children or () if child.type == "link_open"]
    assert links == ["https://x.example/a%7Cb)(c"]
