import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evtimeline.feeds.clean import html_to_text, link, plain


def test_a_title_is_one_line() -> None:
    assert plain("  小米\r\nYU7\u2028上市\t\u3000了 ", 100) == "小米 YU7 上市 了"


def test_what_cannot_be_seen_is_taken_out() -> None:
    assert plain("a\x00\x1b[31mb\u200bc\u202ed\u2066e\ufefff\u00adg\ud800h\U000e0041i\x9b", 100) == "a[31mbcdefghi"


def test_an_emoji_of_several_parts_stays_whole() -> None:
    family = "👩\u200d👩\u200d👧"
    assert plain(f"Hi {family}", 100) == f"Hi {family}"
    assert plain("a\u200db", 100) == "ab"


def test_piles_of_marks_are_flattened() -> None:
    assert len(plain("Z" + "\u0301" * 20_000, 500)) == 5


def test_long_text_is_cut_with_a_sign() -> None:
    assert plain("字" * 600, 500) == "字" * 499 + "…"


def test_blocks_of_html_are_lines_of_their_own() -> None:
    text = html_to_text(
        "<h1>Launch</h1><p>The <b>YU7</b><br/>is here.</p><ul><li>One</li><li>Two &amp; three</li></ul>"
    )
    assert plain(text, 1000, lines=True) == "Launch\nThe YU7\nis here.\nOne\nTwo & three"


def test_cells_of_a_table_are_kept_apart() -> None:
    assert plain(html_to_text("<table><tr><td>SU7</td><td>YU7</td></tr></table>"), 100) == "SU7 YU7"


def test_scripts_and_styles_are_no_text() -> None:
    assert plain(html_to_text("a<script>alert(1)</script><style>x{}</style><svg/onload=alert(1)>b"), 100) in ("ab", "a")


def test_entities_are_resolved_once() -> None:
    assert html_to_text("AT&amp;T &#8212; 3 &lt; 4 &amp;lt;") == "AT&T — 3 < 4 &lt;"


def test_of_html_without_end_the_beginning_is_read() -> None:
    assert len(html_to_text("<b>x</b>" * 100_000)) < 10_000


def test_half_a_character_does_not_stop_the_html_around_it() -> None:
    assert html_to_text("<b>a\ud800b</b>") == "ab"


def test_html_nested_without_end_takes_no_time() -> None:
    assert "x" in html_to_text("<div>" * 5_000 + "x")


@given(st.text(max_size=300), st.integers(2, 100))
def test_any_text_becomes_clean_and_short(text: str, limit: int) -> None:
    cleaned = plain(text, limit)
    assert len(cleaned) <= limit
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", cleaned)
    assert not any(unicodedata.category(character) == "Cs" for character in cleaned)
    assert plain(cleaned, limit) == cleaned


@given(st.text(alphabet="<>/abp=\"' &;#x", max_size=200))
def test_any_markup_becomes_text(markup: str) -> None:
    html_to_text(markup)


@pytest.mark.parametrize(
    ("written", "usable"),
    [
        ("https://a.example/x", "https://a.example/x"),
        ("/x", "https://feed.example/x"),
        ("//b.example/x", "https://b.example/x"),
        ("https://name:secret@a.example/x", "https://a.example/x"),
        ("https://a.example/\u202egro.live", "https://a.example/gro.live"),
        ("https://a.example/\r\nX: 1", "https://a.example/X:1"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("file://a.example/etc/passwd", None),
        ("http://[::1", None),
        ("http://a.example:99999999/", None),
        ("https://a.example/" + "a" * 3000, None),
        ("", None),
    ],
)
def test_a_link_leads_to_the_web_or_is_left_out(written: str, usable: str | None) -> None:
    assert link(written, "https://feed.example/rss") == usable
