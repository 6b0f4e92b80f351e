"""The text of a report: plain text and Markdown as they are, HTML and PDF with their structure as Markdown marks."""

import codecs
import logging
import re
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Final

from evtimeline.errors import UsageError

MAX_BYTES: Final = 5_000_000
MAX_PAGES: Final = 400

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHARSET: Final = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9._-]{2,20})""", re.IGNORECASE)
_HTML: Final = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype html|html|head|body|article|div|p|h1)\b",
    re.I | re.S,
)
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\udfff]"
)


def read_report(path: Path, body: bytes | None = None) -> str:
    """The text of the report at `path`, or of `body` under that name (standard input).

    Raises UsageError when it cannot be read, is larger than 5 MB, empty, or neither text, HTML nor PDF.
    """
    name = str(path)
    if body is None:
        try:
            with path.open("rb") as file:
                body = file.read(MAX_BYTES + 1)
        except OSError as error:
            raise UsageError(f"{name} cannot be read: {error.strerror}") from error
    if len(body) > MAX_BYTES:
        raise UsageError(f"{name} is larger than {MAX_BYTES // 1_000_000} MB; extract reads reports, not archives")
    if body.lstrip()[:5] == b"%PDF-":
        text = pdf_to_text(body, name)
    else:
        decoded = _decode(body, name)
        text = html_to_text(decoded) if _HTML.match(decoded) else decoded
    text = _clean(text)
    if not text.strip():
        raise UsageError(f"{name} holds no text; a scanned PDF must be put through text recognition first")
    return text


def _clean(text: str) -> str:
    """The text with plain line ends and without what cannot be seen."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))


def _decode(body: bytes, name: str) -> str:
    """Text in UTF-8, UTF-16 with its mark, the encoding that HTML names, or GB18030."""
    declared = _CHARSET.search(body[:4000])
    encodings = [encoding for mark, encoding in _MARKS if body.startswith(mark)][:1] or ["utf-8"]
    encodings += [declared[1].decode("ascii")] if declared else []
    for encoding in [*encodings, "gb18030"]:
        try:
            text = body.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if isinstance(text, str) and text.count("\x00") * 10 <= len(text):
            return text
    raise UsageError(f"{name} is no text that can be read; save it as UTF-8, HTML or PDF")


# -- HTML ---------------------------------------------------------------------------------------------------------

_SILENT: Final = frozenset(
    [
        "script",
        "style",
        "template",
        "svg",
        "math",
        "noscript",
        "select",
        "textarea",
        "iframe",
        "object",
        "head",
        "nav",
        "button",
        "form",
        "figure",
    ]
)
_BREAKS: Final = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "blockquote",
        "ul",
        "ol",
        "dl",
        "dd",
        "dt",
        "table",
        "thead",
        "tbody",
        "hr",
        "pre",
        "address",
        "aside",
    ]
)


class _Flattener(HTMLParser):
    """Writes Markdown marks for headings, bullets and table rows, and drops everything that is no prose."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in _SILENT:
            self._silent.append(tag)
        elif re.fullmatch("h[1-6]", tag):
            self.pieces.append("\n\n" + "#" * int(tag[1]) + " ")
        elif tag == "li":
            self.pieces.append("\n- ")
        elif tag == "tr":
            self.pieces.append("\n| ")
        elif tag == "br":
            self.pieces.append("\n")
        elif tag in _BREAKS:
            self.pieces.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._silent:
            while self._silent.pop() != tag:
                pass
        elif tag in ("td", "th"):
            self.pieces.append(" | ")
        elif tag in _BREAKS or re.fullmatch("h[1-6]", tag):
            self.pieces.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(re.sub(r"\s+", " ", data))


def html_to_text(markup: str) -> str:
    """The text of HTML with `#` before headings, `-` before items and `|` between cells; scripts and menus dropped."""
    flattener = _Flattener()
    flattener.feed(markup)
    flattener.close()
    text = "".join(flattener.pieces)
    text = re.sub(r"[^\S\n]+", " ", text)
    text = re.sub(r"(?m)^ +| +$", "", text)
    text = re.sub(r"(?m)^(-|#{1,6}|\|)\s*\n+(?=[^\n])", r"\1 ", text)  # <li><p>…
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


# -- PDF ----------------------------------------------------------------------------------------------------------


def pdf_to_text(body: bytes, name: str) -> str:
    """The text of a PDF's pages, one line a line; raises UsageError when it is protected, damaged or too long."""
    try:
        from pypdf import PdfReader
    except ImportError:
        raise UsageError(
            f"{name} is a PDF: install what reads it with `pip install evtimeline[pdf]`, or save it as text"
        ) from None
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns about every flaw that it could mend
    try:
        reader = PdfReader(BytesIO(body))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UsageError(f"{name} is protected by a password; save it without one")
        if len(reader.pages) > MAX_PAGES:
            raise UsageError(f"{name} has {len(reader.pages)} pages; extract reads up to {MAX_PAGES}")
        return _pages([page.extract_text() for page in reader.pages])
    except UsageError:
        raise
    except Exception as error:
        raise UsageError(f"{name} cannot be read as a PDF ({type(error).__name__}); save it as text") from error


def _pages(pages: list[str]) -> str:
    """The pages put together without page numbers, and without the lines that every page repeats."""
    lines = [[line.strip() for line in page.splitlines()] for page in pages]
    edges = [line for page in lines for line in {*page[:2], *page[-2:]} if line]
    repeated = {line for line in edges if len(pages) > 2 and edges.count(line) > len(pages) // 2}
    kept = [
        "\n".join(
            line
            for line in page
            if line not in repeated and not re.fullmatch(r"[-–\s]*\d{1,4}[-–\s]*|第\s*\d+\s*页.*", line)
        )
        for page in lines
    ]
    return "\n".join(kept)
