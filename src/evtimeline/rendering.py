"""The one Jinja environment: lays out letters as text and HTML, and reports as one page, and decides nothing."""

import base64
import hashlib
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from evtimeline.core import board_words
from evtimeline.core.cells import wrap
from evtimeline.core.letters import Letter
from evtimeline.core.message_words import say
from evtimeline.core.storyboard import Storyboard
from evtimeline.core.trackrecord import ENOUGH

WIDTH = 78
"""Cells of a line of text, as RFC 5322 (section 2.1.1) recommends."""

LARGEST = 90_000
"""Bytes of an encoded HTML part: Gmail cuts messages at about 102 KB of source."""

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Rendered:
    """A letter laid out: plain text, and HTML that stands alone."""

    text: str
    html: str


def render(letter: Letter) -> Rendered:
    """Lay a letter out by the templates of its sort."""
    return Rendered(as_text(letter), as_html(letter))


@lru_cache(maxsize=1)  # who measured it wants it next
def as_html(letter: Letter) -> str:
    """Lay a letter out as HTML; everything in it is escaped, nothing is fetched."""
    return _environment().get_template(f"{letter.sort}/message.html").render(letter=letter, word=_word(letter))


def as_text(letter: Letter) -> str:
    """Lay a letter out as text of at most WIDTH cells a line, addresses excepted."""
    text = _environment().get_template(f"{letter.sort}/message.txt").render(letter=letter, word=_word(letter))
    return text.strip("\n") + "\n"


def as_report(board: Storyboard) -> str:
    """Lay a report out as one page that fetches nothing and in which only its own style and script may act.

    The page's policy names both by their hash (CSP level 3), so whatever else slipped in would not run.
    """
    style, script = ((TEMPLATES / "report" / name).read_text("utf-8") for name in ("style.css", "script.js"))
    return (
        _environment()
        .get_template("report/page.html")
        .render(
            board=board,
            say=partial(_say_in, board.language),
            enough=ENOUGH,
            style=Markup(style),  # ours, not data
            script=Markup(script),
            style_hash=_sha256(style),
            script_hash=_sha256(script),
        )
    )


@dataclass(frozen=True)
class Notice:
    """A small page that says something and may ask for one press of a button, which posts to where the page is."""

    language: str
    heading: str
    lines: tuple[str, ...]
    button: str = ""


@dataclass(frozen=True)
class Page:
    """A page that stands alone, and the content policy (CSP level 3) under which its style acts and nothing else."""

    html: str
    policy: str


def as_page(notice: Notice) -> Page:
    """Lay a notice out as a page that fetches nothing and runs nothing."""
    style = (TEMPLATES / "page" / "style.css").read_text("utf-8")
    html = _environment().get_template("page/notice.html").render(notice=notice, style=Markup(style))  # ours, not data
    acts = f"style-src 'sha256-{_sha256(style)}'; form-action 'self'"
    return Page(html, f"default-src 'none'; {acts}; frame-ancestors 'none'; base-uri 'none'")


def _say_in(language: str, key: str, **values: object) -> str:
    return board_words.say(key, language, **values)


def _sha256(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def encoded_size(html: str) -> int:
    """Bytes that a text takes in a mail: UTF-8, base64, in lines of 76 characters and CRLF (RFC 2045, section 6.8)."""
    characters = -(-len(html.encode("utf-8", "replace")) // 3) * 4
    return characters + 2 * -(-characters // 76)


@cache
def _environment() -> Environment:
    """Made once, when the first letter is laid out."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=lambda name: name is None or not name.endswith(".txt"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["fill"] = _fill
    return environment


def _fill(text: str, indent: str = "") -> str:
    """Break a text into lines that fit, each behind its indent."""
    return "\n".join(indent + line for line in wrap(text, WIDTH - len(indent)))


class _word:  # noqa: N801  used by templates as a function
    """The words of the letter's language, by their keys."""

    def __init__(self, letter: Letter) -> None:
        self._language = letter.language

    def __call__(self, key: str) -> str:
        return say(key, self._language)
