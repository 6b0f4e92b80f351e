"""The story file as values: who publishes, what they write and when, and the stages in which it is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import yaml

STORY = Path(__file__).parent / "story.yaml"


@dataclass(frozen=True)
class Publisher:
    """One feed of the demo and who writes it; `format` is rss2, rss1, atom or jsonfeed."""

    key: str
    file: str
    format: str
    title: str
    publisher: str
    tier: str
    language: str
    zone: str
    encoding: str = "utf-8"


@dataclass(frozen=True)
class Item:
    """One entry of a feed; `at` is aware, `copied_from` names the publisher whose text it repeats."""

    publisher: str
    at: datetime
    title: str
    text: str
    copied_from: str | None = None

    @property
    def link(self) -> str:
        """An address that stays the same and leads nowhere (RFC 2606)."""
        return f"https://{self.publisher}.example/{self.at:%Y/%m/%d/%H%M}"


@dataclass(frozen=True)
class Stage:
    """A moment at which the demo polls, and a sentence on what has happened until then."""

    at: datetime
    told: str


@dataclass(frozen=True)
class Story:
    """Everything in story.yaml."""

    publishers: tuple[Publisher, ...]
    stages: tuple[Stage, ...]
    items: tuple[Item, ...]

    def published(self, publisher: str, now: datetime) -> tuple[Item, ...]:
        """What a publisher's feed holds at `now`, newest first."""
        items = [item for item in self.items if item.publisher == publisher and item.at <= now]
        return tuple(sorted(items, key=lambda item: item.at, reverse=True))

    def publisher(self, key: str) -> Publisher:
        """The publisher called `key`."""
        return next(each for each in self.publishers if each.key == key)


def load_story(path: Path = STORY) -> Story:
    """Read the story file."""
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Story(
        tuple(Publisher(**fields) for fields in document["publishers"]),
        tuple(Stage(_instant(fields["at"]), fields["told"]) for fields in document["stages"]),
        _items(document["entries"]),
    )


def _items(entries: Sequence[Mapping[str, object]]) -> tuple[Item, ...]:
    return tuple(
        Item(
            publisher=str(each["from"]),
            at=_instant(each["at"]),
            title=str(each["title"]),
            text=str(each["text"]),
            copied_from=str(each["copied_from"]) if "copied_from" in each else None,
        )
        for each in entries
    )


def _instant(value: object) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
