"""What a user follows: timelines, entities and milestones, with the promise each milestone began with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from evtimeline.core.claims import Stance, Tier
from evtimeline.core.windows import Window

Titles = Mapping[str, str]
"""A title per language code, e.g. {"zh": "小米YU7上市", "en": "Xiaomi YU7 launch"}; never empty."""


class Kind(StrEnum):
    """The kinds of milestone that come with predicates of their own in `lexicons/`."""

    FOUNDING = "founding"
    PLANT_OPENING = "plant-opening"
    MASS_PRODUCTION = "mass-production"
    LAUNCH = "launch"
    RELEASE = "release"
    OPENING = "opening"
    DELIVERY = "delivery"
    IPO = "ipo"
    MARKET_ENTRY = "market-entry"
    TARGET = "target"
    OTHER = "other"


CLOSING = "closing"
"""The kind of mergers and takeovers."""

FIRST_FLIGHT = "first-flight"
"""The kind of aircraft and rockets that fly for the first time."""

REOPENING = "reopening"
"""The kind of what was closed and opens again, or was grounded and flies again."""

FINER = frozenset(
    (
        (Kind.LAUNCH, FIRST_FLIGHT),
        (Kind.LAUNCH, "effect"),
        (Kind.LAUNCH, "approval"),
        (Kind.LAUNCH, "delisting"),
        (Kind.FOUNDING, CLOSING),
        (Kind.FOUNDING, "signing"),
    )
)
"""Kinds that were written down with those that titles tell more exactly: a launch that is a first flight."""

AS_TITLED = frozenset(
    (
        *((Kind.MARKET_ENTRY, Kind.LAUNCH), (Kind.MARKET_ENTRY, "approval"), (Kind.OPENING, REOPENING)),
        *((Kind.OPENING, Kind.PLANT_OPENING), (Kind.PLANT_OPENING, Kind.OPENING), (Kind.OPENING, Kind.LAUNCH)),
        *((Kind.LAUNCH, Kind.OPENING), (Kind.LAUNCH, Kind.RELEASE), (Kind.RELEASE, Kind.LAUNCH)),
    )
)
"""The same where news tells it in the words of both, and it stays what was written down."""

OF_A_COMPANY = (Kind.FOUNDING, Kind.TARGET, Kind.IPO, Kind.MARKET_ENTRY, "delisting")
"""Kinds of what happens to a company as a whole, and to no product or plant of it."""


@dataclass(frozen=True, slots=True)
class Names:
    """What a text may call something; a name that ends in * stands for every word that begins with it.

    `exclusions` are names that resemble it and mean something else (SU7 beside YU7).
    """

    names: tuple[str, ...]
    exclusions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """A company, product or place of a timeline."""

    key: str
    names: Names


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a promise was read, when it was not read by us in a feed."""

    title: str | None = None
    publisher: str | None = None
    tier: Tier = Tier.SECONDARY
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """A quantity that was promised: 30 GWh, 350000 cars; comparator is one of > >= = <= < ~."""

    value: Decimal
    unit: str
    comparator: str = ">="


@dataclass(frozen=True, slots=True)
class Confirm:
    """How many publishers of a tier make a milestone done; either number suffices."""

    primary: int = 1
    secondary: int = 2


@dataclass(frozen=True, slots=True)
class Promise:
    """The first promise of a milestone, as its timeline file states it; without a window it is undated."""

    window: Window | None = None
    stated: date | None = None
    source: Citation | None = None
    stance: Stance = Stance.ASSERTED
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Milestone:
    """An expected dated event, known by a key that is stable within its timeline.

    `subject` is the key of an entity of the timeline, or names in place, or None: then names are derived from the
    titles when texts are read. `parties` are entity keys or plain names.
    """

    key: str
    titles: Titles
    kind: str = Kind.OTHER
    subject: str | Names | None = None
    parties: tuple[str, ...] = ()
    promise: Promise = field(default_factory=Promise)
    target: Target | None = None
    confirm: Confirm = field(default_factory=Confirm)
    note: str | None = None

    def title(self, language: str) -> str:
        """The title in `language`, else in whatever language there is."""
        return self.titles.get(language) or next(iter(self.titles.values()))


@dataclass(frozen=True, slots=True)
class Timeline:
    """A named set of milestones about one subject, with one time zone (an IANA name)."""

    key: str
    titles: Titles
    zone: str = "UTC"
    entities: tuple[Entity, ...] = ()
    milestones: tuple[Milestone, ...] = ()
