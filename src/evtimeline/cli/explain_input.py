"""The entries that `explain` reads: JSON lines, or a feed file."""

import json
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from evtimeline.core.entries import Entry
from evtimeline.errors import DocumentError, ParseError, Problem, UsageError

TITLE_LIMIT = 1_000
SUMMARY_LIMIT = 20_000
FORM = "one object with id, title, summary, published (2025-06-26) and lang"


def read_entries(file: Path) -> list[Entry]:
    """The entries of a file, or of standard input for `-`.

    Raises UsageError when it cannot be read or is no feed, DocumentError with the line that is wrong.
    """
    name = "standard input" if str(file) == "-" else str(file)
    try:
        body = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise UsageError(f"{name} cannot be read: {error.strerror}") from error
    return _feed(body, name) if _is_feed(body) else list(_lines(body, name))


def _is_feed(body: bytes) -> bool:
    """Whether it is XML of any encoding, or a JSON Feed."""
    start = body.removeprefix(b"\xef\xbb\xbf").lstrip()[:400]
    return start[:1] == b"<" or start[:2] in (b"\xff\xfe", b"\xfe\xff") or b"jsonfeed.org/version" in start


def _feed(body: bytes, name: str) -> list[Entry]:
    from evtimeline.app import read_clock
    from evtimeline.feeds.parse import Document, parse

    try:
        return list(parse(Document(body, name, read_clock())).entries)
    except ParseError as error:
        raise UsageError(f"{name} is neither a feed nor JSON lines ({FORM}): {error}") from error


def _lines(body: bytes, name: str) -> Iterator[Entry]:
    for number, line in enumerate(body.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if line.strip():
            try:
                yield _entry(line)
            except ValueError as error:
                raise DocumentError(name, (Problem(number, f"{error}; a line is {FORM}"),)) from error


def _entry(line: bytes) -> Entry:
    """The entry of one line; raises ValueError with what is wrong."""
    from evtimeline.feeds.clean import plain

    try:
        fields = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ValueError("is not UTF-8") from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError("is not JSON") from error
    if not isinstance(fields, dict):
        raise ValueError("is not a JSON object")
    texts = {key: fields.get(key) or "" for key in ("id", "title", "summary", "lang", "published")}
    wrong = next((key for key, value in texts.items() if not isinstance(value, str | int)), None)
    if wrong:
        raise ValueError(f"`{wrong}` is not text")
    return Entry(
        guid=plain(str(texts["id"]), TITLE_LIMIT),
        title=plain(str(texts["title"]), TITLE_LIMIT),
        summary=plain(str(texts["summary"]), SUMMARY_LIMIT, lines=True),
        stated_on=_day(str(texts["published"])),
        language=str(texts["lang"])[:8],
    )


def _day(published: str) -> date:
    """The day of publication as written: the date of an ISO 8601 instant in its own zone."""
    try:
        return datetime.fromisoformat(published).date()
    except ValueError:
        raise ValueError(f"`published` is {published!r}, not a day like 2025-06-26") from None
