"""What a report shows, worded and placed: values that a template only has to write down."""

from dataclasses import dataclass
from datetime import date, datetime

from evtimeline.core.claims import Claim, Revision, Verdict
from evtimeline.core.milestones import Milestone, Titles
from evtimeline.core.said import Said
from evtimeline.core.standing import Standing
from evtimeline.core.status import MilestoneStatus


@dataclass(frozen=True)
class Told:
    """One milestone as the store has it; `makers` are those who promise it, `today` is a day in its zone."""

    timeline: str
    milestone: Milestone
    standing: Standing
    status: MilestoneStatus
    ledger: tuple[Said, ...]
    revisions: tuple[Revision, ...]
    makers: tuple[str, ...]
    today: date

    @property
    def accepted(self) -> tuple[Claim, ...]:
        """The claims that count, in the order in which they were stated."""
        return tuple(said.claim for said in self.ledger if said.verdict is Verdict.ACCEPTED)


@dataclass(frozen=True)
class Asked:
    """What a report is about: timelines by their keys, the moment at which it is made, and the day it tells of."""

    timelines: tuple[tuple[str, Titles], ...]
    now: datetime  # in the zone of the first timeline
    language: str
    as_of: date | None = None

    @property
    def today(self) -> date:
        """The day the report tells of."""
        return self.as_of or self.now.date()


@dataclass(frozen=True)
class Count:
    """How many milestones have a status."""

    status: str
    label: str
    number: int


@dataclass(frozen=True)
class Label:
    """A text at a place of an axis, in percent."""

    at: str
    text: str
    major: bool = False


@dataclass(frozen=True)
class Shape:
    """Something drawn on a lane: a `kind`, from `at` over `width`, in percent; `top` and `height` in pixels."""

    kind: str
    at: str
    width: str
    top: int
    height: int


@dataclass(frozen=True)
class Sign:
    """A small sign at a place, in percent; on a chart `claim` leads to the words."""

    kind: str
    x: str
    y: str = ""
    claim: int = 0


@dataclass(frozen=True)
class Strip:
    """One milestone on the timeline: its shapes and signs, and in words what they say."""

    chapter: int
    label: str
    shapes: tuple[Shape, ...]
    signs: tuple[Sign, ...]


@dataclass(frozen=True)
class Timescale:
    """The axis of the timeline: ticks in steps of detail, the coarsest first, and where today is."""

    levels: tuple[tuple[Label, ...], ...]
    today: str


@dataclass(frozen=True)
class Trace:
    """One milestone of a slip chart; `band` and `line` are SVG path data in a square of 1000 by 1000."""

    chapter: int
    colour: int
    dashed: bool
    still: bool
    band: str
    line: str
    whiskers: tuple[tuple[str, str], ...]
    signs: tuple[Sign, ...]
    label: str
    moved: str = ""


@dataclass(frozen=True)
class SlipChart:
    """A slip chart: labels of both axes, today, the traces, and as path data mesh, diagonal and what is past."""

    across: tuple[Label, ...]
    up: tuple[Label, ...]
    today: str
    mesh: str
    diagonal: str
    past: str
    traces: tuple[Trace, ...]
    left_out: int = 0


@dataclass(frozen=True)
class Proof:
    """The words on which something rests."""

    words: str
    who: str
    claim: int


@dataclass(frozen=True)
class ChangeRow:
    """A change in what stood; `claim` is the number of the one that caused it."""

    day: str
    kind: str
    window: str
    moved: str
    who: str
    claim: int


@dataclass(frozen=True)
class ClaimRow:
    """One claim of a ledger; `verdict` is ok, wait or no, `link` is empty unless it is http or https."""

    number: int
    verdict: str
    day: str
    who: str
    tier: str
    says: str
    words: str
    title: str
    link: str
    place: str
    note: str
    struck: bool = False


@dataclass(frozen=True)
class Fact:
    """A name and what is known under it."""

    name: str
    text: str


@dataclass(frozen=True)
class Chapter:
    """One milestone of the report, its row in the table and its ledger."""

    number: int
    ref: str
    title: str
    names: str  # what it is called in any language, for the filter
    status: str
    status_text: str
    first: str
    stands: str
    moved: str
    evidence: str
    proof: Proof | None
    facts: tuple[Fact, ...]
    changes: tuple[ChangeRow, ...]
    claims: tuple[ClaimRow, ...]
    claim_count: str
    left_out: str = ""
    chart: SlipChart | None = None


@dataclass(frozen=True)
class RecordRow:
    """How somebody's statements fared."""

    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class RecordTable:
    """Track records of one sort; `few` tells of those who are passed over in silence."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[RecordRow, ...]
    few: str = ""


@dataclass(frozen=True)
class Group:
    """The strips of one timeline; the heading is empty where there is only one."""

    heading: str
    strips: tuple[Strip, ...]


@dataclass(frozen=True)
class Storyboard:
    """The whole report, what needs attention most coming first among its chapters."""

    language: str
    title: str
    when: str
    summary: str
    stamp: str
    counts: tuple[Count, ...] = ()
    scale: Timescale | None = None
    groups: tuple[Group, ...] = ()
    slips: SlipChart | None = None
    chapters: tuple[Chapter, ...] = ()
    records: tuple[RecordTable, ...] = ()

    def chapter(self, number: int) -> Chapter:
        """The chapter of that number."""
        return self.chapters[number]
