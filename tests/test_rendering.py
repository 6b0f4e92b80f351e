import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from tests.messages import GOLDEN, a_subscription, a_week, followed, letters, news, revised, said, stood

from evtimeline.core.alerts import alert
from evtimeline.core.cells import cells
from evtimeline.core.claims import RevisionKind
from evtimeline.core.digests import Gathered, digest, fitting
from evtimeline.core.letters import Item, Letter, Section, Sort
from evtimeline.core.milestones import Milestone
from evtimeline.rendering import LARGEST, WIDTH, as_html, as_text, encoded_size, render

EVERY = [(language, name, letter) for language in ("en", "zh") for name, letter in letters(language)]
HOSTILE = (
    "<script>alert(1)</script>",
    "{{7*7}} {% for x in y %} {{ letter.__class__ }} ${7*7}",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "abc\u202egpj.exe\u2066 \u200f\x1b[31m\x00\x07",
    "line one\r\nBcc: everybody@example.org\nline three",
    "x" * 5000,
    "税" * 3000,
    "\ud800 lone surrogate",
    "</table></td></tr></title></style>",
    "&lt;b&gt; &amp;amp;",
)


class Seen(HTMLParser):
    """Every element and attribute of a document."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in ("meta", "img", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def hostile(words: str, link: str = "https://news.example/1") -> Letter:
    """An alert in which everything that comes from outside says this."""
    about = replace(followed("yu7-launch"), milestone=Milestone("yu7-launch", {"en": words}))
    cause = replace(said(words, "2025-09", words), link=link)
    told = news(about, revised(RevisionKind.SLIPPED, "2025-08", "2025-09"), cause=cause)
    return alert([told], a_subscription(address=words))


@pytest.mark.parametrize(("language", "name", "letter"), EVERY, ids=[f"{n}.{lang}" for lang, n, _ in EVERY])
def test_a_message_is_laid_out_as_it_was_last_looked_at(language: str, name: str, letter: Letter) -> None:
    """`python -m tests.messages` writes the files anew; look at them in a browser before committing."""
    rendered = render(letter)
    assert f"Subject: {letter.subject}\n\n{rendered.text}" == (GOLDEN / f"{name}.{language}.txt").read_text("utf-8")
    assert rendered.html == (GOLDEN / f"{name}.{language}.html").read_text("utf-8")


@pytest.mark.parametrize(("language", "name", "letter"), EVERY, ids=[f"{n}.{lang}" for lang, n, _ in EVERY])
def test_html_is_well_formed_and_fetches_nothing(language: str, name: str, letter: Letter) -> None:
    html = as_html(letter)
    seen = Seen(html)
    assert seen.open == []
    assert {"script", "img", "link", "iframe", "object", "form", "svg", "video", "base"}.isdisjoint(seen.tags)
    assert {"src", "background", "srcset", "poster"}.isdisjoint(attribute for attribute, _ in seen.attributes)
    assert "url(" not in html
    assert "@import" not in html
    assert f'<html lang="{language}">' in html


@pytest.mark.parametrize(("language", "name", "letter"), EVERY, ids=[f"{n}.{lang}" for lang, n, _ in EVERY])
def test_no_line_of_text_is_wider_than_a_screen(language: str, name: str, letter: Letter) -> None:
    lines = as_text(letter).splitlines()
    assert max(cells(line) for line in lines if "://" not in line) <= WIDTH
    assert not any(line.endswith(" ") and line != "-- " for line in lines)


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_a_text_says_it_stays_text(words: str) -> None:
    rendered = render(hostile(words))
    tame = Seen(render(hostile("tame")).html)
    seen = Seen(rendered.html)
    assert seen.tags == tame.tags
    assert [name for name, _ in seen.attributes] == [name for name, _ in tame.attributes]
    assert "49" not in rendered.text
    for text in (rendered.text, rendered.html, hostile(words).subject):
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text)
        assert "\n" not in hostile(words).subject
    assert encoded_size(rendered.html) < 20_000


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//news.example/1",
        "/relative",
        "https://",
        "http://[::1",
        'https://news.example/"onclick="x',
        "https://news.example/a b",
        "https://news.example/\u202e",
        "https://news.example/" + "x" * 3000,
        "mailto:a@example.org",
        "",
    ],
)
def test_only_web_addresses_become_links(link: str) -> None:
    letter = hostile("tame", link)
    assert "href" not in as_html(letter)
    assert link not in as_text(letter) or not link


def test_a_web_address_keeps_its_query() -> None:
    letter = hostile("tame", "https://news.example/1?a=1&b=2#c")
    assert 'href="https://news.example/1?a=1&amp;b=2#c"' in as_html(letter)
    assert "https://news.example/1?a=1&b=2#c" in as_text(letter)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_five_thousand_changes_stay_below_what_mailboxes_cut(language: str) -> None:
    about = followed("yu7-launch", stood("2025-09"))
    words = "小米YU7推迟至九月上市，供应链人士称原因不明" * 9
    cause = said(words, "2025-09")
    many = tuple(
        news(about, revised(RevisionKind.SLIPPED, "2025-08", "2025-09"), cause=cause, ids=(n,)) for n in range(1, 5001)
    )
    gathered = replace(a_week(), news=many)
    subscription = a_subscription(language)
    letter = fitting(lambda most: digest(gathered, subscription, most), lambda one: encoded_size(as_html(one)), LARGEST)
    html = as_html(letter)
    assert encoded_size(html) <= LARGEST
    shown = len(letter.sections[0].items)
    assert shown >= 20
    assert f"{5000 - shown}" in letter.sections[0].more
    assert letter.sections[0].more in html
    assert letter.sections[0].more in as_text(letter)


def test_what_is_empty_leaves_no_trace() -> None:
    letter = Letter(Sort.ALERT, "en", "s", "h", sections=(Section("changes", "", (Item("only a title"),)),))
    text = as_text(letter)
    assert text == "evtimeline · alert\nh\n\nonly a title\n"
    assert "None" not in as_html(letter)


def test_an_empty_section_vanishes() -> None:
    letter = digest(Gathered(period=a_week().period), a_subscription())
    assert letter.sections == ()
    assert "Overdue" not in as_html(letter)
