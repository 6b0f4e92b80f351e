"""What a digest says, in which order and in which words; the templates only lay it out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from evtimeline.core.cadence import Period
from evtimeline.core.cells import truncate
from evtimeline.core.claims import Claim
from evtimeline.core.items import (
    change_item,
    headline,
    mention_item,
    overdue_item,
    quiet_item,
    soon,
    source_text,
    title_of,
    upcoming_item,
)
from evtimeline.core.letters import (
    LONGEST_QUOTE,
    LONGEST_SUBJECT,
    Item,
    Letter,
    Section,
    Sort,
    plain,
    shown_address,
    web_link,
)
from evtimeline.core.message_words import count, day_text, joined, period_text, say
from evtimeline.core.news import Followed, News, local_days, ranked
from evtimeline.core.status import MarkKind, Status
from evtimeline.core.subscriptions import Silence, Subscription
from evtimeline.core.troubles import Sore, Trouble, trouble_item, warnings

T = TypeVar("T")

MOST = 60
"""How many changes a digest shows; of other things a quarter."""

FEWEST = 3
"""How many it shows however big that makes it."""

SHORT = 12
"""The same for a digest without changes, which is to be a short message."""

LONGEST_IN_SUBJECT = 44  # cells of a title


@dataclass(frozen=True)
class Waiting:
    """A claim that waits for a person, and the rule that left it so."""

    followed: Followed
    claim: Claim
    why: str


@dataclass(frozen=True)
class Gathered:
    """Everything that one digest is made of; `review_count` counts the whole queue, `review` is its beginning."""

    period: Period
    news: tuple[News, ...] = ()
    followed: tuple[Followed, ...] = ()
    mentions: tuple[tuple[Followed, Claim], ...] = ()
    review: tuple[Waiting, ...] = ()
    review_count: int = 0
    troubles: tuple[Trouble, ...] = ()
    muted: tuple[tuple[Followed, Silence], ...] = ()

    @property
    def has_news(self) -> bool:
        """Whether anything happened in the period; that something is still overdue is not new."""
        return bool(self.news or self.mentions)


def digest(gathered: Gathered, subscription: Subscription, most: int = MOST) -> Letter:
    """Word a digest with at most so many changes."""
    language = subscription.language
    first, last = local_days(gathered.period, subscription.zone)
    overdue, upcoming, quiet = _overdue(gathered), _upcoming(gathered), _quiet(gathered)
    few = max(2, (most if gathered.has_news else min(most, SHORT)) // 4)
    news = ranked(gathered.news)
    sections = (
        _section("changes", news, most, lambda one: change_item(one, language), language),
        _section("mentions", gathered.mentions, few, lambda one: mention_item(*one, language), language),
        _section("overdue", overdue, few, lambda one: overdue_item(one, language), language),
        _section("upcoming", upcoming, few, lambda one: upcoming_item(one[0], language, one[1]), language),
        _section("quiet", quiet, few, lambda one: quiet_item(one, language), language),
        _review(gathered, few, language),
        _sources(gathered.troubles, few, subscription),
        _section("muted", gathered.muted, few, lambda one: _muted_item(*one, language), language),
    )
    counted = _counts(len(news), len(overdue), len(upcoming), language)
    return Letter(
        sort=Sort.DIGEST,
        language=language,
        subject=_subject(news, len(overdue), len(upcoming), language),
        heading=period_text(first, last, language),
        preview=joined(counted, "comma", language),
        lead=() if gathered.has_news else (say("nothing said", language),),
        warnings=warnings(gathered.troubles, language),
        sections=tuple(section for section in sections if section.items or section.more),
        closing=closing(subscription),
        reason="digest",
    )


def fitting(make: Callable[[int], Letter], size: Callable[[Letter], int], largest: int, most: int = MOST) -> Letter:
    """The letter with as many items as it can have without its size passing `largest`; at least FEWEST."""
    letter = make(most)
    while (actual := size(letter)) > largest and most > FEWEST:
        most = max(FEWEST, int(most * largest / actual * 0.95))
        letter = make(most)
    return letter


def closing(subscription: Subscription) -> tuple[str, ...]:
    """Why somebody gets a message, and how that ends."""
    language = subscription.language
    names = [plain(name, 40) for name in (*subscription.timelines, *subscription.milestones)]
    shown = ", ".join(names[:5]) + (" ..." if len(names) > 5 else "")
    what = say("to timelines", language, names=shown) if names else say("to all", language)
    how = say(f"how {subscription.cadence}", language)
    why = say("you follow", language, how=how, address=shown_address(subscription), what=what, id=subscription.id)
    return (why, say("how to end", language)) if subscription.id else ()


def _section(name: str, found: tuple[T, ...], most: int, item: Callable[[T], Item], language: str) -> Section:
    shown = tuple(map(item, found[:most]))
    more = count("more", len(found) - len(shown), language) if len(found) > len(shown) else ""
    return Section(name, say(f"heading {name}", language), shown, more)


def _overdue(gathered: Gathered) -> tuple[Followed, ...]:
    found = [one for one in gathered.followed if one.status.status is Status.OVERDUE]
    return tuple(sorted(found, key=lambda one: (-(one.status.days_overdue or 0), one.ref)))


def _upcoming(gathered: Gathered) -> tuple[tuple[Followed, tuple[str, int]], ...]:
    found = [(one, near) for one in gathered.followed if (near := soon(one))]
    return tuple(sorted(found, key=lambda pair: (pair[1][1], pair[0].ref)))


def _quiet(gathered: Gathered) -> tuple[Followed, ...]:
    """What fell quiet last comes first: the rest has been told before."""
    found = [(mark.number or 0, one.ref, one) for one in gathered.followed if (mark := one.status.mark(MarkKind.QUIET))]
    return tuple(one for *_, one in sorted(found, key=lambda row: row[:2]) if one.status.status is not Status.OVERDUE)


def _review(gathered: Gathered, most: int, language: str) -> Section:
    items = tuple(_waiting_item(one, language) for one in gathered.review[:most])
    left = gathered.review_count - len(items)
    more = joined((count("more", left, language) if left else "", say("review how", language)), "semicolon", language)
    return Section("review", say("heading review", language), items, more if items else "")


def _waiting_item(waiting: Waiting, language: str) -> Item:
    claim = waiting.claim
    quote = plain(claim.quote.text if claim.quote else claim.title, LONGEST_QUOTE)
    return Item(
        title=title_of(waiting.followed, language),
        badge=f"#{claim.id}",
        quote=say("quoted", language, quote=quote) if quote else "",
        source=source_text(claim, language),
        link=web_link(claim.link),
        notes=(say("waits because", language, why=plain(waiting.why.removeprefix("rule: "))),),
        facts=(("milestone", waiting.followed.ref), ("kind", "review"), ("claim", claim.id)),
    )


def _sources(troubles: tuple[Trouble, ...], most: int, subscription: Subscription) -> Section:
    """The feeds that fail or are silent; what could not be delivered concerns the operator alone."""
    seen = tuple(one for one in troubles if one.sore in (Sore.BROKEN, Sore.SILENT) or subscription.operator)
    language, zone = subscription.language, subscription.zone
    return _section("sources", seen, most, lambda one: trouble_item(one, zone, language), language)


def _muted_item(followed: Followed, silence: Silence, language: str) -> Item:
    until = day_text(silence.until, language)
    badge = say("muted until", language, day=until, why=plain(silence.why, 80))
    facts = (("milestone", followed.ref), ("kind", "silenced"), ("until", silence.until.isoformat()))
    return Item(title_of(followed, language), badge, facts=facts)


def _subject(news: tuple[News, ...], overdue: int, upcoming: int, language: str) -> str:
    """The news itself: the weightiest change, how many more, and what is overdue."""
    top = headline(news[0], language, LONGEST_IN_SUBJECT) if news else say("nothing", language)
    parts = (
        top,
        count("more changes", len(news) - 1, language) if len(news) > 1 else "",
        count("overdue", overdue, language) if overdue else "",
        count("upcoming", upcoming, language) if upcoming and not news else "",
    )
    return truncate(joined(parts, "semicolon", language), LONGEST_SUBJECT)


def _counts(changes: int, overdue: int, upcoming: int, language: str) -> tuple[str, ...]:
    found = (("changes", changes), ("overdue", overdue), ("upcoming", upcoming))
    return tuple(count(key, n, language) for key, n in found if n)
