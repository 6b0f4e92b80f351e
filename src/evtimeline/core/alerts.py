"""Which changes make one alert, why it is sent, whether it may disturb, and what it says."""

from collections.abc import Sequence
from enum import StrEnum

from evtimeline.core.cells import truncate
from evtimeline.core.claims import Claim, RevisionKind
from evtimeline.core.digests import LONGEST_IN_SUBJECT, closing
from evtimeline.core.items import change_item, headline, mention_item, title_of
from evtimeline.core.letters import LONGEST_SUBJECT, Letter, Section, Sort
from evtimeline.core.message_words import count, joined, say
from evtimeline.core.news import MOVES, Followed, News, concerns, ranked, wants
from evtimeline.core.stories import same_text
from evtimeline.core.subscriptions import Cadence, Silence, Subscription

MOST_ALERTS = 8
"""More alerts than these at once are a burst, and told in one message."""

URGENT = (RevisionKind.CANCELLED, RevisionKind.REINSTATED)
"""The kinds that turn a story round, which do not wait for the end of quiet hours."""

_DATES = (*MOVES, RevisionKind.DELAYED, RevisionKind.CONTESTED, RevisionKind.DATED)


class Reason(StrEnum):
    """Why a message is sent; kept with it and shown."""

    FIRST = "first report"
    CONFIRMED = "confirmed"
    AGAIN = "moved again"
    TAKEN_BACK = "taken back"
    MENTION = "mention"
    REMINDER = "reminder"


def reason_of(news: News) -> Reason:
    """Why a change is told, by what was news of its milestone before."""
    before = {revision.kind for revision in news.seen} | {revision.kind for revision in news.revisions[:-1]}
    kind = news.kind
    if kind is RevisionKind.REINSTATED:
        return Reason.TAKEN_BACK
    if kind is RevisionKind.SETTLED or (kind is RevisionKind.DONE and RevisionKind.REPORTED in before):
        return Reason.CONFIRMED
    earlier = {revision.kind for revision in news.seen}
    return Reason.AGAIN if kind in _DATES and earlier & set(_DATES) else Reason.FIRST


def refusal(subscription: Subscription, news: News, silence: Silence | None) -> str | None:
    """Why a subscription would not be told of a change at once; None where it would."""
    claim = news.cause
    if subscription.paused:
        return "the subscription is paused"
    if subscription.cadence is not Cadence.INSTANT:
        return f"it comes with the {subscription.cadence} digest"
    if not concerns(subscription, news.followed):
        return f"{news.followed.ref} is not among what it follows"
    if not wants(subscription, news.kind, claim):
        least = subscription.least_tier
        far = least is not None and claim.tier.rank > least.rank
        return f"its publisher is {claim.tier}, less than {least}" if far else f"it asked for no {news.kind} changes"
    return muted_reason(silence) if silence else None


def grouped(news: Sequence[News]) -> tuple[tuple[News, ...], ...]:
    """Put together what one story told of several milestones: read in one entry, or under headlines that are copies.

    The weightiest comes first, in each group and of the groups. Too many groups at once become one.
    """
    groups: list[list[News]] = []
    for one in ranked(news):
        home = next((group for group in groups if any(_is_one_story(one, other) for other in group)), None)
        if home is None:
            groups.append([one])
        else:
            home.append(one)
    if len(groups) > MOST_ALERTS:
        return (ranked(news),)
    return tuple(map(tuple, groups))


def is_urgent(group: Sequence[News]) -> bool:
    """Whether a group may pass quiet hours."""
    return any(one.kind in URGENT for one in group)


def alert_key(subscription: Subscription, group: Sequence[News]) -> str:
    """What the alert is about, the same whenever it is composed."""
    ids = sorted(number for one in group for number in one.ids)
    told = "+".join(map(str, ids)) if len(ids) <= 8 else f"{ids[0]}..{ids[-1]}x{len(ids)}"
    return f"alert:{subscription.id}:{group[0].followed.id}:{told}"


def thread_of(followed: Followed) -> str:
    """The name of the mail thread in which everything about a milestone is told."""
    return f"milestone:{followed.id}"


def muted_reason(silence: Silence) -> str:
    """Why an alert is kept back, as it is stored."""
    return f"silenced until {silence.until.isoformat()} by {silence.by}: {silence.why}"


def alert(group: Sequence[News], subscription: Subscription, most: int = 60) -> Letter:
    """Word an alert about one milestone, or about the several that one story is about."""
    language, first = subscription.language, group[0]
    told, extra = headline(first, language, LONGEST_IN_SUBJECT), len(group) - 1
    rest = count("more changes", extra, language) if extra else ""
    items = tuple(change_item(one, language) for one in group[:most])
    more = count("more", len(group) - len(items), language) if len(group) > len(items) else ""
    reason = reason_of(first)
    return Letter(
        sort=Sort.ALERT,
        language=language,
        subject=truncate(joined((told, rest), "semicolon", language), LONGEST_SUBJECT),
        heading=title_of(first.followed, language) if not extra else count("changes", len(group), language),
        preview=joined((items[0].badge, items[0].source), "comma", language),
        lead=(say("why", language, reason=say(f"reason {reason}", language)),),
        sections=(Section("changes", "", items, more),),
        closing=closing(subscription),
        reason=reason.value,
    )


def mention_key(subscription: Subscription, claims: Sequence[Claim]) -> str:
    """What an alert of mentions is about."""
    return f"mention:{subscription.id}:{claims[0].id}..{claims[-1].id}"


def mentioned(found: Sequence[tuple[Followed, Claim]], subscription: Subscription, most: int = 60) -> Letter:
    """Word an alert of entries that name milestones and change nothing."""
    language = subscription.language
    items = tuple(mention_item(followed, claim, language) for followed, claim in found[:most])
    more = count("more", len(found) - len(items), language) if len(found) > len(items) else ""
    told = say("told mention", language, title=title_of(found[0][0], language, LONGEST_IN_SUBJECT))
    rest = count("more", len(found) - 1, language) if len(found) > 1 else ""
    return Letter(
        sort=Sort.ALERT,
        language=language,
        subject=truncate(joined((told, rest), "semicolon", language), LONGEST_SUBJECT),
        heading=say("heading mentions", language),
        preview=items[0].quote,
        lead=(say("why", language, reason=say("reason mention", language)),),
        sections=(Section("mentions", "", items, more),),
        closing=closing(subscription),
        reason=Reason.MENTION.value,
    )


def _is_one_story(one: News, other: News) -> bool:
    if one.entry_id is not None and one.entry_id == other.entry_id:
        return True
    mine, theirs = one.cause.title, other.cause.title
    return bool(mine and theirs) and same_text(mine or "", theirs or "")
