"""What has changed for a milestone since somebody was last told, which of it he wants, and what matters most."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from evtimeline.core.cadence import Period
from evtimeline.core.claims import Claim, Revision, RevisionKind, Signal, Stance
from evtimeline.core.milestones import Milestone, Titles
from evtimeline.core.standing import Evidence, Standing
from evtimeline.core.status import MilestoneStatus
from evtimeline.core.stories import publisher_key
from evtimeline.core.subscriptions import MENTION, USUAL_KINDS, Silence, Subscription
from evtimeline.core.windows import Change as Move
from evtimeline.core.windows import Window, change, inside, slip_days

MOVES = (RevisionKind.SLIPPED, RevisionKind.ADVANCED, RevisionKind.REFINED, RevisionKind.BLURRED)
"""The kinds that take one date to another."""

_ORDER = (
    RevisionKind.CANCELLED,
    RevisionKind.SLIPPED,
    RevisionKind.DELAYED,
    RevisionKind.CONTESTED,
    RevisionKind.DONE,
    RevisionKind.REPORTED,
    RevisionKind.ADVANCED,
    RevisionKind.REINSTATED,
    RevisionKind.SETTLED,
    RevisionKind.DATED,
    RevisionKind.REFINED,
    RevisionKind.BLURRED,
)
_RANKS = {kind: place for place, kind in enumerate(_ORDER)}
_SAID = {
    RevisionKind.DONE: Signal.ACHIEVED,
    RevisionKind.REPORTED: Signal.ACHIEVED,
    RevisionKind.CANCELLED: Signal.CANCELLED,
    RevisionKind.DELAYED: Signal.DELAYED,
}


@dataclass(frozen=True)
class Followed:
    """A milestone as it stands on `today`, a day in its timeline's zone; `id` is the store's number."""

    id: int
    timeline: str
    timeline_titles: Titles
    zone: str
    milestone: Milestone
    standing: Standing
    status: MilestoneStatus
    today: date

    @property
    def ref(self) -> str:
        """How a subscription names it."""
        return f"{self.timeline}/{self.milestone.key}"


@dataclass(frozen=True)
class News:
    """The changes of one milestone that are told together, in the order in which they were found out.

    `ids` are the store's numbers of the revisions, `cause` the claim behind the last of them, `entry_id` where that
    was read, `seen` the earlier changes of the milestone that were news in their time. `ledger` is what counts of
    what was read in entries.
    """

    followed: Followed
    ids: tuple[int, ...]
    revisions: tuple[Revision, ...]
    cause: Claim
    entry_id: int | None = None
    seen: tuple[Revision, ...] = ()
    ledger: tuple[Evidence, ...] = ()

    @property
    def old(self) -> Window | None:
        """What stood before the first of the changes."""
        return self.revisions[0].old

    @property
    def new(self) -> Window | None:
        """What stands after the last of them."""
        return self.revisions[-1].new

    @cached_property
    def kind(self) -> RevisionKind:
        """What it comes to: of several moves the one from the first date to the last."""
        last = self.revisions[-1].kind
        if last not in MOVES or self.old is None or self.new is None:
            return last
        named = change(self.old, self.new)
        return last if named is Move.SAME else RevisionKind(named.value)

    @property
    def days(self) -> int | None:
        """By how many days the latest day moved, later being positive."""
        return slip_days(self.old, self.new) if self.old and self.new else None

    @property
    def days_first(self) -> int | None:
        """The same against the first promise."""
        return self.revisions[-1].days_first


def concerns(subscription: Subscription, followed: Followed) -> bool:
    """Whether the subscription is for this milestone: one that it names, or any of a timeline that it names.

    Naming milestones of a timeline narrows it to those, whether or not the timeline is named too.
    """
    if followed.ref in subscription.milestones:
        return True
    if any(name.startswith(f"{followed.timeline}/") for name in subscription.milestones):
        return False
    if subscription.timelines:
        return followed.timeline in subscription.timelines
    return not subscription.milestones


def wants(subscription: Subscription, kind: str, claim: Claim) -> bool:
    """Whether the subscription is for changes of this kind, by publishers as near as that of the claim."""
    least = subscription.least_tier
    return kind in (subscription.kinds or USUAL_KINDS) and (least is None or claim.tier.rank <= least.rank)


def wants_mentions(subscription: Subscription) -> bool:
    """Whether the subscription is for every mention, too."""
    return MENTION in subscription.kinds


def silenced(silences: Iterable[Silence], followed: Followed) -> Silence | None:
    """The silence that mutes a milestone on its day, the longest if there are several."""
    ours = [one for one in silences if one.milestone_id == followed.id and followed.today <= one.until]
    return max(ours, key=lambda one: (one.until, one.id), default=None)


def ranked(news: Iterable[News]) -> tuple[News, ...]:
    """What matters most first: by kind, then the farther move, then the newest."""
    return tuple(sorted(news, key=lambda one: (_RANKS[one.kind], -abs(one.days or 0), -one.ids[-1])))


def others(news: News) -> int:
    """How many publishers besides the one that is quoted say the same, copies included: not evidence, but echo."""
    wanted, said_for = _SAID.get(news.kind), news.new
    if news.kind is RevisionKind.CONTESTED:
        said_for = news.cause.window
    said = {publisher_key(one.publisher) for one in news.ledger if _says_the_same(one, wanted, said_for)}
    return len(said - {publisher_key(news.cause.publisher), ""})


def in_period(revision: Revision, period: Period) -> bool:
    """Whether a change was found out within a period."""
    return period.begin < revision.happened_at <= period.end


def local_days(period: Period, zone: str) -> tuple[date, date]:
    """The first and the last day of a period; one that ends at midnight ends with the day before."""
    first = period.begin.astimezone(ZoneInfo(zone)).date()
    return first, (period.end - timedelta(microseconds=1)).astimezone(ZoneInfo(zone)).date()


def _says_the_same(one: Evidence, signal: Signal | None, window: Window | None) -> bool:
    """Whether it asserts the same signal, or a date within the same window."""
    if one.stance not in (Stance.ASSERTED, Stance.REAFFIRMED):
        return False
    if signal:
        return one.signal is signal
    return one.window is not None and window is not None and inside(one.window, window)
