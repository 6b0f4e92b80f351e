"""Changes to feeds.yaml that touch only the lines they are about, written whole or not at all."""

import contextlib
import io
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import yaml

from evtimeline.documents.nodes import read_text
from evtimeline.documents.writing import mapping, sequence, write_yaml
from evtimeline.errors import DocumentError, UnknownKeyError, UsageError, WorkspaceError
from evtimeline.feeds.catalogue import Feed, format_interval, parse_catalogue, parse_defaults
from evtimeline.feeds.urls import shown

_EMPTY = "feeds:\n"


def add_feeds(path: Path, feeds: Sequence[Feed]) -> None:
    """Append feeds to the catalogue at `path`, which may be missing.

    Raises UsageError when one is there already, DocumentError when the file is wrong as it stands, and WorkspaceError
    when it cannot be written.
    """
    text = read_text(path) if path.exists() else _EMPTY
    present = parse_catalogue(text, str(path))
    known = {feed.url for feed in present}
    for feed in feeds:
        if feed.url in known:
            raise UsageError(f"{shown(feed.url)} is in {path} already")
        known.add(feed.url)
    default = parse_defaults(text, str(path))
    items = [_item(feed, default) for feed in feeds]
    expected = (*present, *feeds)
    changed = _first_right(path, expected, lambda: _appended(text, items), lambda: _rewritten(text, items, []))
    _write(path, text, changed)


def remove_feeds(path: Path, urls: Iterable[str]) -> tuple[Feed, ...]:
    """Take the feeds with these addresses out of the catalogue, and return them.

    Raises UnknownKeyError when one is not there; else as `add_feeds`.
    """
    wanted = set(urls)
    text = read_text(path)
    present = parse_catalogue(text, str(path))
    for url in sorted(wanted - {feed.url for feed in present}):
        raise UnknownKeyError(f"{shown(url)} is not in {path}; `evtimeline feed list` shows what is")
    kept = tuple(feed for feed in present if feed.url not in wanted)
    gone = [number for number, feed in enumerate(present) if feed.url in wanted]
    changed = _first_right(path, kept, lambda: _without(text, gone), lambda: _rewritten(text, [], gone))
    _write(path, text, changed)
    return tuple(feed for feed in present if feed.url in wanted)


def _item(feed: Feed, default: Feed) -> str:
    """A feed as the YAML fields of a list's item; what is as the catalogue's defaults say is left out."""
    fields = {
        "title": feed.title,
        "language": feed.language or None,
        "zone": feed.zone,
        "publisher": feed.publisher or None,
        "tier": feed.tier.value,
        "interval": format_interval(feed.interval),
        "enabled": str(feed.enabled).lower(),
        "private": str(feed.private).lower(),
    }
    usual = {
        "language": default.language or None,
        "zone": default.zone,
        "publisher": default.publisher or None,
        "tier": default.tier.value,
        "interval": format_interval(default.interval),
        "enabled": str(default.enabled).lower(),
        "private": str(default.private).lower(),
    }
    pairs = [(name, None if usual.get(name) == value else value) for name, value in fields.items()]
    tags = sequence(feed.tags) if feed.tags and feed.tags != default.tags else None
    text = write_yaml(mapping(("url", feed.url), *pairs, ("tags", tags)))
    return re.sub(r"(?m)^(enabled|private): '(true|false)'$", r"\1: \2", text)


def _first_right(path: Path, expected: tuple[Feed, ...], *ways: Callable[[], str | None]) -> str:
    """The first way's text that reads back as exactly the feeds that are expected."""
    for way in ways:
        with contextlib.suppress(DocumentError):
            text = way()
            if text is not None and parse_catalogue(text, str(path)) == expected:
                return text
    raise UsageError(f"{path} is written in a way that evtimeline cannot change safely; change it by hand")


def _list_of(text: str) -> yaml.SequenceNode | None:
    """The list of feeds with its marks, when it is written as a block (one dash an item)."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    found = next((value for key, value in pairs if key.value == "feeds"), None)
    return found if isinstance(found, yaml.SequenceNode) and not found.flow_style else None


def _names(text: str) -> set[str]:
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    return {key.value for key, _ in root.value} if isinstance(root, yaml.MappingNode) else set()


def _appended(text: str, items: Sequence[str]) -> str | None:
    """The text with items behind the last one; None when there is no place that could be found."""
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    found = _list_of(text)
    if found is not None and found.value:
        place, indent = _end(lines, found.value[-1]), _dash_column(lines, found.value[-1])
    else:
        heads = [number for number, line in enumerate(lines) if re.match(r"feeds:\s*(\[\s*\]\s*)?(#.*)?$", line)]
        if not heads and "feeds" not in _names(text):
            heads = [len(lines)]
            lines.append(_EMPTY)
        if len(heads) != 1:
            return None
        place, indent = heads[0] + 1, 2
        lines[heads[0]] = re.sub(r"^feeds:\s*\[\s*\][ \t]*", "feeds: ", lines[heads[0]])
    dash, rest = " " * indent + "- ", " " * (indent + 2)
    new = [dash + rest.join(item.splitlines(keepends=True)) for item in items]
    return "".join([*lines[:place], *new, *lines[place:]])


def _without(text: str, gone: Sequence[int]) -> str | None:
    """The text without some of the items; comments stay, those inside an item excepted."""
    found = _list_of(text)
    if found is None:
        return None
    lines = text.splitlines(keepends=True)
    for number in reversed(gone):
        node = found.value[number]
        del lines[node.start_mark.line : _end(lines, node)]
    return "".join(lines)


def _end(lines: Sequence[str], node: yaml.Node) -> int:
    """The number of the line behind an item, whose own mark is where the next thing begins."""
    flow = isinstance(node, yaml.CollectionNode) and node.flow_style
    at_the_end = node.end_mark.index >= sum(map(len, lines))
    end = len(lines) if at_the_end else int(node.end_mark.line) + (1 if flow else 0)
    while end > node.start_mark.line + 1 and re.match(r"\s*(#.*)?$", lines[end - 1]):
        end -= 1
    return end


def _dash_column(lines: Sequence[str], node: yaml.Node) -> int:
    return max(lines[node.start_mark.line].find("-"), 0)


def _rewritten(text: str, items: Sequence[str], gone: Sequence[int]) -> str | None:
    """The text through a YAML library that keeps comments where it can; for lists in [brackets] and the like."""
    from ruamel.yaml import YAML

    round_trip = YAML()
    round_trip.preserve_quotes = True
    round_trip.width = 1_000_000
    document = round_trip.load(text)
    if not isinstance(document, dict):
        return None
    if document.get("feeds") is None:
        document["feeds"] = []
    for number in reversed(gone):
        del document["feeds"][number]
    document["feeds"].extend(round_trip.load(item) for item in items)
    stream = io.StringIO()
    round_trip.dump(document, stream)
    return stream.getvalue()


def _write(path: Path, before: str, text: str) -> None:
    """Replace the file as a whole, its mode kept; a link is followed to the file that it stands for."""
    place = Path(os.path.realpath(path))
    temporary: Path | None = None
    try:
        if place.exists() and read_text(place) != before:
            raise UsageError(f"{path} was changed by someone else just now; do it again")
        descriptor, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.")
        temporary = Path(name)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(place.stat().st_mode & 0o7777 if place.exists() else 0o600)
        temporary.replace(place)
    except OSError as error:
        raise WorkspaceError(f"{path} cannot be written: {error.strerror}") from error
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
