"""Documents that a user writes, read through typed accessors that collect every problem with its line.

    fields = open_document(path)                    # or parse_document(text, "feeds.yaml"); the top must be a mapping
    zone = fields.read("zone", to_zone, "UTC")      # any str -> value function; ValueError, UsageError become a problem
    for feed in fields.mappings("feeds"):           # a list of mappings, each a Fields of its own
        url = feed.required("url")                  # problem when it is missing ("" is returned then)
        title = feed.text("title")                  # str | None
        tags = feed.texts("tags")                   # one text or a list of texts
        tier = feed.choice("tier", Tier, Tier.SECONDARY)
        private = feed.flag("private", False)
        feed.close()                                # whatever was not asked for is an unknown field
    fields.close()
    fields.raise_problems()                         # DocumentError with all of them, or nothing

After a problem an accessor returns its default, so that reading goes on and finds the next one; use what was read only
after `raise_problems`. Values are the text that the user wrote: `no`, `on` and dates are never resolved.
"""

import difflib
from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from evtimeline.documents.nodes import Mapping, Node, Scalar, Sequence, compose, read_text, unprintable
from evtimeline.errors import DocumentError, Problem, UsageError

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

_FLAGS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def open_document(path: Path) -> "Fields":
    """The fields of the mapping that a YAML or JSON file holds; raises DocumentError when it cannot be read as one."""
    return parse_document(read_text(path), str(path))


def parse_document(text: str, path: str) -> "Fields":
    """Like `open_document`, for a text; `path` is the name that problems are told under."""
    node = compose(text, path)
    if node is None or (isinstance(node, Scalar) and node.absent):
        node = Mapping(1, ())
    if not isinstance(node, Mapping):
        raise DocumentError(
            path, (Problem(node.line, "the document must be fields, each a name, a colon and a value"),)
        )
    return Fields(node, path, [], "")


def nearest(word: str, known: Iterable[str]) -> str:
    """`; did you mean 'x'?` for the known word that is nearest to `word`, else nothing."""
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"; did you mean {close[0]!r}?" if close else ""


class Fields:
    """The fields of one mapping of a document; remembers which were asked for and shares one list of problems."""

    def __init__(self, node: Mapping, path: str, problems: list[Problem], where: str) -> None:
        self.line = node.line
        self.path = path
        self._where = where
        self._problems = problems
        self._asked: list[str] = []
        self._nodes: dict[str, Node] = {}
        for name, value in node.pairs:
            if name.text in self._nodes:
                self._add(name.line, f"{name.text!r} is given twice{where}; keep one")
            self._nodes.setdefault(name.text, value)
        self._lines = {name.text: name.line for name, _ in reversed(node.pairs)}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the fields that are there, in the order written."""
        return tuple(self._nodes)

    def line_of(self, name: str) -> int:
        """The line on which a field stands, or that of the mapping."""
        return self._lines.get(name, self.line)

    def has(self, name: str) -> bool:
        """Whether a field is there and not empty."""
        return self._node(name) is not None

    def is_text(self, name: str) -> bool:
        """Whether a field is there and is a single text."""
        return isinstance(self._node(name), Scalar)

    def text(self, name: str, *, long: bool = False) -> str | None:
        """The text of a field, stripped; None when it is missing. Only a `long` text may hold line breaks."""
        node = self._node(name)
        if node is None:
            return None
        if isinstance(node, Scalar):
            return self._clean(node, name, long)
        self._add(node.line, f"{name!r} must be a single text")
        return None

    def required(self, name: str) -> str:
        """The text of a field that must be there; a problem and "" when it is not."""
        value = self.text(name)
        if value is None and not self.has(name):
            self.problem(f"{name!r} is missing{self._where}")
        return value or ""

    def texts(self, name: str) -> tuple[str, ...]:
        """The texts of a field that holds one text or a list of texts; () when it is missing."""
        node = self._node(name)
        if node is None:
            return ()
        items = node.items if isinstance(node, Sequence) else (node,)
        return tuple(text for item in items if (text := self._item(item, name)))

    def read(self, name: str, convert: Callable[[str], T], default: T) -> T:
        """The text of a field through `convert`, whose ValueError or UsageError becomes a problem on its line."""
        value = self.text(name)
        if value is None:
            return default
        try:
            return convert(value)
        except (ValueError, UsageError) as error:
            self.problem(f"{name!r}: {error}", name)
            return default

    def choice(self, name: str, options: type[E], default: E) -> E:
        """One of the values of an enumeration."""
        return self.read(name, lambda text: _member(text, options), default)

    def flag(self, name: str, default: bool) -> bool:
        """true or false; yes, no, on and off are understood too."""
        return self.read(name, _flag, default)

    def whole(self, name: str, default: int) -> int:
        """A whole number, zero or more."""
        return self.read(name, _whole, default)

    def mapping(self, name: str) -> "Fields | None":
        """The fields of a field; None when it is missing."""
        node = self._node(name)
        if node is None:
            return None
        if isinstance(node, Mapping):
            return Fields(node, self.path, self._problems, f" in {name!r}")
        self._add(node.line, f"{name!r} must hold fields of its own, such as {name}: {{name: value}}")
        return None

    def mappings(self, name: str) -> "tuple[Fields, ...]":
        """The fields of each item of a list; () when it is missing."""
        node = self._node(name)
        if node is None:
            return ()
        if not isinstance(node, Sequence):
            self._add(node.line, f"{name!r} must be a list, each item beginning with a dash")
            return ()
        return tuple(fields for item in node.items if (fields := self._fields(item, name)))

    def problem(self, message: str, name: str | None = None) -> None:
        """Add a problem on the line of the field `name`, or of the mapping."""
        self._add(self.line_of(name) if name else self.line, message)

    def close(self, *known: str) -> None:
        """Every field that was neither asked for nor is in `known` is a problem that names the nearest known field."""
        fields = dict.fromkeys((*self._asked, *known))
        for name in self._nodes:
            if name not in fields:
                hint = nearest(name, fields) or f"; known are {', '.join(fields)}"
                self.problem(f"unknown field {name!r}{self._where}{hint}", name)

    def raise_problems(self) -> None:
        """Raise DocumentError with every problem found so far in the whole document, in the order of lines."""
        if self._problems:
            raise DocumentError(self.path, tuple(sorted(set(self._problems), key=lambda p: (p.line or 0, p.message))))

    def _node(self, name: str) -> Node | None:
        self._asked.append(name)
        node = self._nodes.get(name)
        return None if isinstance(node, Scalar) and node.absent else node

    def _fields(self, node: Node, name: str) -> "Fields | None":
        if isinstance(node, Mapping):
            return Fields(node, self.path, self._problems, f" in an item of {name!r}")
        self._add(node.line, f"each item of {name!r} must hold fields, such as - key: value")
        return None

    def _item(self, node: Node, name: str) -> str | None:
        if isinstance(node, Scalar) and not node.absent:
            return self._clean(node, name, long=False)
        self._add(node.line, f"each item of {name!r} must be a text")
        return None

    def _clean(self, node: Scalar, name: str, long: bool) -> str | None:
        text = node.text.strip()
        bad = unprintable(text)
        if bad:
            self._add(node.line, f"{name!r} holds the control character {bad}; remove it")
        elif not text:
            self._add(node.line, f"{name!r} is empty; write something or leave the field out")
        elif not long and ("\n" in text or "\t" in text):
            self._add(node.line, f"{name!r} must stand on one line, without tabs")
        else:
            return text
        return None

    def _add(self, line: int, message: str) -> None:
        self._problems.append(Problem(line, message))


def decimal(text: str) -> Decimal:
    """A finite number of at most 30 digits, as written; `,` and `_` between digits are dropped; raises ValueError."""
    try:
        value = Decimal(text.replace(",", "").replace("_", ""))
    except InvalidOperation:
        raise ValueError(f"{text!r} is not a number") from None
    if not value.is_finite() or abs(value.adjusted()) > 30:
        raise ValueError(f"{text!r} is not a number that can be used here")
    return value


def _member(text: str, options: type[E]) -> E:
    try:
        return options(text)
    except ValueError:
        known = [option.value for option in options]
        raise ValueError(f"{text!r} is not one of {', '.join(known)}{nearest(text, known)}") from None


def _flag(text: str) -> bool:
    if text.lower() not in _FLAGS:
        raise ValueError(f"{text!r} is neither true nor false")
    return _FLAGS[text.lower()]


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise ValueError(f"{text!r} is not a whole number")
    return int(text)
