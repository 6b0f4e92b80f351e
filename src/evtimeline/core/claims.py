"""What is said of a milestone: claims, verdicts and revisions as values."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from evtimeline.core.windows import Window


class Tier(StrEnum):
    """How near a publisher is to the event."""

    PRIMARY = "primary"  # the company, the regulator, the exchange
    SECONDARY = "secondary"  # the press
    TERTIARY = "tertiary"  # aggregators, blogs, forums, reports of others' news

    @property
    def rank(self) -> int:
        """0 for primary, 1 for secondary, 2 for tertiary: less is nearer."""
        return _RANKS[self]


_RANKS = {tier: place for place, tier in enumerate(Tier)}


class Signal(StrEnum):
    """What a matched entry says of a milestone, by its own words on its day."""

    ACHIEVED = "achieved"
    CANCELLED = "cancelled"
    DELAYED = "delayed"
    ADVANCED = "advanced"
    SCHEDULED = "scheduled"
    PROGRESS = "progress"
    MENTION = "mention"


class Stance(StrEnum):
    """How the publisher stands to what is said."""

    ASSERTED = "asserted"
    RUMOUR = "rumour"
    DENIED = "denied"
    CONDITIONAL = "conditional"
    REAFFIRMED = "reaffirmed"
    FORECAST = "forecast"


class Verdict(StrEnum):
    """Whether a claim counts."""

    ACCEPTED = "accepted"
    PENDING = "pending"
    REJECTED = "rejected"


class Origin(StrEnum):
    """Where a claim came from: a timeline file, an entry of a feed, or a person at the keyboard."""

    FILE = "file"
    ENTRY = "entry"
    PERSON = "person"


@dataclass(frozen=True)
class Quote:
    """Words of a source; `field` says of which text, start and end are offsets in code points, end exclusive."""

    text: str
    field: str = "title"  # title, summary, or document for a timeline file
    start: int = 0
    end: int = 0


SUMMARY_LENGTH = 600
"""How much of an entry's text goes with a claim, in characters: enough to tell whether two reports are one."""


@dataclass(frozen=True)
class Claim:
    """One publisher's statement about one milestone; never changed once it is in the ledger.

    `id` is the store's number (0 before it is stored) and breaks ties of time. `stated_on` is the publication day in
    the feed's zone, `learned_at` the aware UTC time at which we read it. `backfill`: the entry is older than the
    feed's first poll, so it fills the ledger and never alerts. `summary` is the beginning of the entry's text, which
    the store keeps with the entry.
    """

    signal: Signal
    stance: Stance
    window: Window | None
    quote: Quote | None
    stated_on: date
    learned_at: datetime
    publisher: str
    tier: Tier
    origin: Origin
    id: int = 0
    title: str | None = None
    link: str | None = None
    score: float = 1.0
    reasons: tuple[str, ...] = ()
    backfill: bool = False
    summary: str = ""


@dataclass(frozen=True)
class Decision:
    """A dated verdict on a claim and who decided: `rule: ...` or a person's name."""

    claim_id: int
    verdict: Verdict
    decided_by: str
    decided_at: datetime
    why: str | None = None
    id: int = 0


class RevisionKind(StrEnum):
    """What changed in what stands for a milestone."""

    DATED = "dated"  # the first window of an undated milestone
    REFINED = "refined"
    BLURRED = "blurred"
    SLIPPED = "slipped"
    ADVANCED = "advanced"
    DELAYED = "delayed"  # said to be later, without a new date: what stands keeps its window
    REPORTED = "reported"
    DONE = "done"
    CANCELLED = "cancelled"
    REINSTATED = "reinstated"  # a cancelled, done or reported milestone stands open again
    CONTESTED = "contested"
    SETTLED = "settled"  # no longer contested


@dataclass(frozen=True)
class Revision:
    """A change in what stands, with the claim that caused it and the claim's or verdict's time.

    `days_last` is the move of the latest day against what stood before, `days_first` against the first promise;
    positive is later; None where a side has no latest day.
    """

    kind: RevisionKind
    claim_id: int
    happened_at: datetime
    old: Window | None
    new: Window | None
    days_last: int | None = None
    days_first: int | None = None
    backfill: bool = False
