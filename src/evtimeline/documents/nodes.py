"""YAML text as nodes that know their line: scalars stay the text that was written, nothing is resolved or expanded.

`no`, `on`, `2025-06-26` and `007` are texts here; a plain empty scalar, `~` and `null` are absent. JSON is read too.
Hostile documents are bounded: 5 MB, 40 levels, one document, no aliases.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from evtimeline.errors import DocumentError, Problem

MAX_BYTES = 5_000_000
MAX_DEPTH = 40

_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SURROGATE_PAIR = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")
_BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_REMEDIES = {
    "mapping values are not allowed": "a text that holds a colon and a space needs quotes around it",
    "cannot start any token": "indent with spaces, not tabs; a text that begins with @, %, ` or a tab needs quotes",
    "could not find expected ':'": "a colon is missing after the name of a field, or a quote is not closed",
    "did not find expected key": "the indentation does not fit the lines above, or a quote is not closed",
    "did not find expected '-' indicator": "the indentation does not fit the items above",
    "while scanning a quoted scalar": "a quote is opened and never closed",
    "did not find expected ',' or": "a bracket is opened and never closed, or a comma is missing",
    "control characters": "it holds control characters; remove them",
    "found unknown escape character": 'inside "..." write a backslash as \\\\',
}


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text; `plain` when it stands without quotes."""

    line: int
    text: str
    plain: bool = True

    @property
    def absent(self) -> bool:
        """Whether nothing was written: an empty plain scalar, `~` or `null`."""
        return self.plain and self.text in ("", "~", "null")


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of nodes."""

    line: int
    items: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Mapping:
    """Named nodes, in the order written; a name may still be doubled."""

    line: int
    pairs: "tuple[tuple[Scalar, Node], ...]"


Node = Scalar | Sequence | Mapping


class _RefusedError(Exception):
    """Something that YAML allows and we do not."""

    def __init__(self, line: int, message: str) -> None:
        self.line = line
        super().__init__(message)


def read_text(path: Path) -> str:
    """The text of a document of at most 5 MB in UTF-8; raises DocumentError when it cannot be read as that."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise _whole(str(path), "there is no such file") from None
    except IsADirectoryError:
        raise _whole(str(path), "is a folder; name the file in it") from None
    except (OSError, ValueError) as error:
        raise _whole(str(path), f"cannot be read: {getattr(error, 'strerror', None) or error}") from None
    return decode(content, str(path))


def decode(content: bytes, path: str) -> str:
    """The text that the bytes of a document hold; raises DocumentError when they are too many or not UTF-8."""
    if len(content) > MAX_BYTES:
        raise _whole(path, f"is larger than {MAX_BYTES // 1_000_000} MB; split it")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise DocumentError(path, (Problem(line, "is not UTF-8 text; save the file as UTF-8"),)) from None


def compose(text: str, path: str) -> Node | None:
    """The one YAML or JSON document in `text`, None when it is empty; raises DocumentError with the line at fault."""
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise _whole(path, f"is larger than {MAX_BYTES // 1_000_000} MB; split it")
    try:
        return _document(_events(text))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = Problem(mark.line + 1 if mark else None, _plain(error))
    except yaml.YAMLError as error:
        problem = Problem(_first_unprintable(text), _plain(error))
    except UnicodeEncodeError:
        problem = Problem(None, "is not UTF-8 text; save the file as UTF-8")
    except _RefusedError as error:
        problem = Problem(error.line, str(error))
    raise DocumentError(path, (problem,))


def unprintable(text: str) -> str | None:
    """The name of the first character in `text` that no document should hold (control, bidi override), or None."""
    if text.isprintable():
        return None
    for character in text:
        if character in _BIDI or (
            unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") and character not in "\n\t"
        ):
            return f"U+{ord(character):04X}"
    return None


def _first_unprintable(text: str) -> int | None:
    lines = (number for number, line in enumerate(text.split("\n"), 1) if unprintable(line.rstrip("\r")))
    return next(lines, None)


def _whole(path: str, message: str) -> DocumentError:
    return DocumentError(path, (Problem(None, message),))


def _events(text: str) -> Iterator[yaml.Event]:
    """Parser events; a JSON writer's pairs of escapes are joined first, which YAML has no word for."""
    if text.lstrip().startswith(("{", "[")):
        text = _SURROGATE_PAIR.sub(_joined, text)
    return iter(yaml.parse(text, Loader=_LOADER))


def _joined(match: re.Match[str]) -> str:
    pair = int(match[1], 16).to_bytes(2, "big") + int(match[2], 16).to_bytes(2, "big")
    return pair.decode("utf-16-be")


def _document(events: Iterator[yaml.Event]) -> Node | None:
    root: Node | None = None
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent) and root is not None:
            raise _RefusedError(_line(event), "a second document begins here (---); keep one document in a file")
        if isinstance(event, yaml.NodeEvent):
            root = _node(event, events, depth=1)
    return root


def _node(event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
    line = _line(event)
    if depth > MAX_DEPTH:
        raise _RefusedError(line, f"is nested deeper than {MAX_DEPTH} levels")
    if isinstance(event, yaml.ScalarEvent):
        return Scalar(line, event.value, plain=event.style is None or event.style == "")
    if isinstance(event, yaml.SequenceStartEvent):
        return Sequence(line, tuple(_children(events, yaml.SequenceEndEvent, depth)))
    if isinstance(event, yaml.MappingStartEvent):
        children = list(_children(events, yaml.MappingEndEvent, depth))
        return Mapping(line, tuple(zip(map(_name, children[::2]), children[1::2], strict=True)))
    raise _RefusedError(line, "refers to another place with *; write the text out instead")


def _children(events: Iterator[yaml.Event], end: type[yaml.Event], depth: int) -> Iterator[Node]:
    for event in events:
        if isinstance(event, end):
            return
        yield _node(event, events, depth + 1)


def _name(node: Node) -> Scalar:
    if isinstance(node, Scalar):
        return node
    raise _RefusedError(node.line, "the name of a field must be a text")


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _plain(error: yaml.YAMLError) -> str:
    """A YAML error as a sentence with a remedy where the cause is a common one."""
    said = str(error)
    what = getattr(error, "problem", None) or getattr(error, "reason", None) or said.splitlines()[0]
    for sign, remedy in _REMEDIES.items():
        if sign in said:
            return f"is not valid YAML: {remedy}"
    return f"is not valid YAML: {what}"
