"""Compiles all that is followed for reading, and keeps the index of its names, which takes the longest to make."""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from evtimeline.core.milestones import Timeline
from evtimeline.core.reading import MilestoneRef, Watchlist, index_names, watch
from evtimeline.core.spellings import Index, Matcher
from evtimeline.lexicons import load as load_lexicons
from evtimeline.store import exclusions, timelines

if TYPE_CHECKING:
    from sqlalchemy import Connection

Exclusions = Mapping[MilestoneRef, tuple[str, ...]]

_LAST: dict[str, Matcher] = {}
"""The matcher that this process used last, by its key: a daemon needs it round after round."""

WORTH_KEEPING = 300
"""With fewer milestones the index is made in the time that it takes to notice."""


def load_watchlist(connection: "Connection") -> Watchlist:
    """Compile all that is followed, with what people have excluded.

    The index of names is kept beside a SQLite database, so that the next process has it at once. It is made anew
    where milestones, exclusions or the rules of reading have changed, and where the file cannot be read.
    """
    followed, excluded = timelines.load_for_reading(connection), exclusions.load_all(connection)
    if sum(len(timeline.milestones) for timeline in followed) < WORTH_KEEPING:
        return watch(followed, load_lexicons(), excluded)
    key = _key(followed, excluded)
    matcher = _LAST.get(key) or Matcher(_index(_place(connection), key, followed, excluded))
    _LAST.clear()
    _LAST[key] = matcher
    return watch(followed, load_lexicons(), excluded, matcher)


def _index(place: Path | None, key: str, followed: Iterable[Timeline], excluded: Exclusions) -> Index:
    """The index as it was kept, else a new one, which is kept."""
    index = _read(place, key) if place else None
    if index is None:
        index = index_names(followed, load_lexicons(), excluded)
        if place:
            _write(place, key, index)
    return index


def _place(connection: "Connection") -> Path | None:
    database = connection.engine.url.database
    file = connection.dialect.name == "sqlite" and database and database != ":memory:"
    return Path(f"{database}.names") if file else None


def _key(followed: Iterable[Timeline], excluded: Exclusions) -> str:
    """A digest of all that the index is made of."""
    digest = hashlib.sha256(_rules())
    for timeline in followed:
        digest.update(repr((timeline.key, timeline.entities)).encode())
        for milestone in timeline.milestones:
            told = (milestone.key, milestone.titles, milestone.kind, milestone.subject, milestone.parties)
            digest.update(repr(told).encode())
    digest.update(repr(sorted(excluded.items())).encode())
    return digest.hexdigest()


@cache
def _rules() -> bytes:
    """A digest of the program that makes the index and of its lexicons."""
    digest = hashlib.sha256()
    for package in ("core", "lexicons"):
        for file in sorted(resources.files(f"evtimeline.{package}").iterdir(), key=lambda file: file.name):
            if file.name.endswith((".py", ".yaml")):
                digest.update(file.read_bytes())
    return digest.digest()


def _read(place: Path, key: str) -> Index | None:
    """The index that was kept under the key, if all of it is there."""
    try:
        seal, _, body = place.read_bytes().partition(b"\n")
    except OSError:
        return None
    return Index(*json.loads(body)) if seal.decode("ascii", "replace") == _seal(key, body) else None


def _write(place: Path, key: str, index: Index) -> None:
    """Keep the index; where that cannot be it is made again the next time."""
    parts = (index.leading, index.others, index.leads, index.shared)
    body = json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()
    new = place.with_name(f"{place.name}.{os.getpid()}")
    with suppress(OSError):
        new.touch(mode=0o600)
        new.write_bytes(_seal(key, body).encode() + b"\n" + body)
        new.replace(place)
    with suppress(OSError):
        new.unlink(missing_ok=True)


def _seal(key: str, body: bytes) -> str:
    return hashlib.sha256(key.encode() + body).hexdigest()
