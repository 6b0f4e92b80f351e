"""A press that never rests: feeds on a real server that go on bringing entries about milestones of their own."""

import random
import threading
from collections import deque
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple
from xml.sax.saxutils import escape

from tests.servers import Answer, Asked, FeedServer, Script

from evtimeline.core.milestones import Kind, Milestone, Promise, Timeline
from evtimeline.core.windows import parse_edtf

STATED = date(2026, 1, 5)
PROMISED = "2026-12"
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October")


class Plant(NamedTuple):
    """A milestone by its number, which its key and its title carry."""

    number: int

    @property
    def name(self) -> str:
        """What texts call it; found in a mail, it says which milestone the mail is about."""
        return f"Norvik P{self.number:05} plant"

    @property
    def milestone(self) -> Milestone:
        """What is followed of it."""
        promise = Promise(parse_edtf(PROMISED), STATED)
        return Milestone(f"p{self.number:05}", {"en": f"{self.name} start-up"}, Kind.PLANT_OPENING, promise=promise)

    def postponed(self, chance: random.Random) -> str:
        """A headline that moves it."""
        return f"{self.name} start-up postponed to {chance.choice(_MONTHS)} {chance.randint(2027, 2029)}"


def works(plants: int) -> Timeline:
    """A timeline of so many plants."""
    return Timeline("works", {"en": "Works"}, "UTC", (), tuple(Plant(one).milestone for one in range(plants)))


@dataclass
class Paper:
    """One feed: the entries that it lists, the newest last; asked with the validator of now it answers 304."""

    number: int
    most: int | None = None
    entries: deque[str] = field(init=False)
    published: int = 0

    def __post_init__(self) -> None:
        self.entries = deque(maxlen=self.most)

    def publish(self, title: str, dated: str) -> None:
        """List another entry, which says of itself that it was published then (RFC 822)."""
        self.published += 1
        self.entries.append(
            f"<item><guid isPermaLink='false'>{self.number}-{self.published}</guid><title>{escape(title)}</title>"
            f"<link>https://paper{self.number}.example/{self.published}</link>"
            f"<description>{escape(title)}. {'Nothing else is known of it. ' * 12}</description>"
            f"<pubDate>{dated}</pubDate></item>"
        )

    @property
    def etag(self) -> str:
        """The validator of what it lists now."""
        return f'"{self.number}-{self.published}"'

    def answer(self, asked: Asked) -> Answer:
        """What the server says now."""
        etag = self.etag
        if asked.headers.get("if-none-match") == etag:
            return Answer(status=304, headers={"ETag": etag})
        body = f"<rss version='2.0'><channel><title>Paper {self.number}</title>{''.join(self.entries)}</channel></rss>"
        return Answer(f"<?xml version='1.0' encoding='utf-8'?>{body}".encode(), headers={"ETag": etag})


class Press:
    """Papers on a server, each asked under a path of its own; `asked` counts requests of all."""

    def __init__(self, server: FeedServer, papers: int, most: int | None = None) -> None:
        self.papers = [Paper(number, most) for number in range(papers)]
        self.asked = 0
        self.turn = threading.Condition()  # told of every request
        self.urls = [server.serve(f"/{one.number}", self._answering(one)) for one in self.papers]

    def _answering(self, paper: Paper) -> Script:
        def answer(asked: Asked) -> Answer:
            with self.turn:
                self.asked += 1
                self.turn.notify_all()
            return paper.answer(asked)

        return answer
