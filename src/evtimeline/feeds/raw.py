"""What a feed document holds, before it is made clean: strings as they stand, whatever the format was."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """A text and whether it is HTML."""

    value: str = ""
    is_html: bool = False


@dataclass(frozen=True)
class RawItem:
    """One item. Empty strings stand for what is missing; dates are as written."""

    id: str = ""
    link: str = ""
    title: Text = Text()
    body: Text = Text()
    published: str = ""
    updated: str = ""
    language: str = ""
    source_name: str = ""  # of an aggregator's item: who wrote it
    source_link: str = ""
    fingerprint: str = ""  # of everything the item holds, for one without id, link and title; empty: it holds nothing


@dataclass(frozen=True)
class RawFeed:
    """A feed's own fields and its items, in the document's order; `ttl` is minutes, all of them as written."""

    format: str
    items: tuple[RawItem, ...]
    title: Text = Text()
    language: str = ""
    ttl: str = ""
    update_period: str = ""  # sy:updatePeriod, such as "hourly"
    update_frequency: str = ""  # how often in that period
    cut: bool = False  # the document ends before its end
