"""Nodes written as YAML that people can read and edit: short lists and fields on one line, one long line a text."""

import re
from collections.abc import Iterator

import yaml

from evtimeline.documents.nodes import Mapping, Node, Scalar, Sequence

_DUMPER: type[yaml.SafeDumper] = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_FLOW_CELLS = 100
_TRAPS = re.compile(r"(?i:y|n|yes|no|true|false|on|off|null|~|=|<<|)")


def scalar(text: str) -> Scalar:
    """A text as a node to write."""
    return Scalar(0, text)


def sequence(texts: tuple[str, ...]) -> Sequence:
    """A list of texts as a node to write."""
    return Sequence(0, tuple(scalar(text) for text in texts))


def mapping(*pairs: tuple[str, Node | str | None]) -> Mapping:
    """Fields as a node to write, in this order; those that are None are left out."""
    nodes = ((name, scalar(value) if isinstance(value, str) else value) for name, value in pairs)
    return Mapping(0, tuple((scalar(name), node) for name, node in nodes if node is not None))


def write_yaml(node: Node) -> str:
    """The YAML text of a node, in UTF-8 terms, ending in a line break; `compose` reads the same texts back."""
    return str(yaml.emit(_stream(node), Dumper=_DUMPER, allow_unicode=True, width=1_000_000))


def _stream(node: Node) -> Iterator[yaml.Event]:
    yield yaml.StreamStartEvent()
    yield yaml.DocumentStartEvent(explicit=False)
    yield from _emit(node, top=True)
    yield yaml.DocumentEndEvent(explicit=False)
    yield yaml.StreamEndEvent()


def _emit(node: Node, top: bool = False) -> Iterator[yaml.Event]:
    if isinstance(node, Scalar):
        yield yaml.ScalarEvent(None, None, (_may_be_plain(node), True), node.text, style=_style(node.text))
    elif isinstance(node, Sequence):
        yield yaml.SequenceStartEvent(None, None, implicit=True, flow_style=_fits_a_line(node))
        for item in node.items:
            yield from _emit(item)
        yield yaml.SequenceEndEvent()
    else:
        yield yaml.MappingStartEvent(None, None, implicit=True, flow_style=not top and _fits_a_line(node))
        for name, value in node.pairs:
            yield from _emit(name)
            yield from _emit(value)
        yield yaml.MappingEndEvent()


def _may_be_plain(node: Scalar) -> bool:
    """Dates and numbers may, they are read as texts; what other YAML readers take for true or null is quoted."""
    return not _TRAPS.fullmatch(node.text)


def _style(text: str) -> str | None:
    return '"' if "\n" in text else None


def _fits_a_line(node: Sequence | Mapping) -> bool:
    items = node.items if isinstance(node, Sequence) else [part for pair in node.pairs for part in pair]
    length = 0
    for item in items:
        if not isinstance(item, Scalar):
            return False
        length += len(item.text) + 2
    return length <= _FLOW_CELLS
