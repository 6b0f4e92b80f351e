"""One item of a feed, made clean at the border."""

from dataclasses import dataclass
from datetime import date, datetime

from evtimeline.core.claims import Tier


@dataclass(frozen=True)
class Entry:
    """An entry, identified within its feed by `guid`; title and summary are plain text, already cleaned.

    `published` and `updated` are aware UTC; `stated_on` is the publication day in the feed's zone (the day of the
    poll when the feed gives no believable date). `publisher` and `tier` say who wrote it: the feed's own, unless
    the item names another source (aggregators).
    """

    guid: str
    title: str
    summary: str
    stated_on: date
    language: str = ""
    link: str | None = None
    published: datetime | None = None
    updated: datetime | None = None
    publisher: str = ""
    tier: Tier = Tier.SECONDARY
