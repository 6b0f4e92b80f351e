"""Which milestones are worth a reminder on a day: their window opens soon, or they are overdue, ever more rarely."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from evtimeline.core.alerts import Reason
from evtimeline.core.cells import truncate
from evtimeline.core.digests import LONGEST_IN_SUBJECT, closing
from evtimeline.core.items import overdue_item, soon_text, title_of, upcoming_item
from evtimeline.core.letters import LONGEST_SUBJECT, Item, Letter, Section, Sort
from evtimeline.core.message_words import count, days_text, joined, say
from evtimeline.core.news import Followed
from evtimeline.core.status import Status
from evtimeline.core.subscriptions import Subscription

OVERDUE_DAYS = (1, 1 + 7, 1 + 14, 1 + 28, 1 + 56)
"""On which day after its last one an overdue milestone is told: the first, then 1, 2, 4 and 8 weeks later."""

MOST = 40
"""Reminders that one message lists."""


@dataclass(frozen=True)
class Occasion:
    """Why a milestone is told today: it opens in so many days, or has been overdue for so many."""

    followed: Followed
    opens: bool
    days: int


def occasion(followed: Followed, remind_days: Iterable[int], after: date) -> Occasion | None:
    """The reminder of a milestone whose day came since `after` (that day not included), at the latest on its `today`.

    Whoever was away for a week is told the last of those he missed, with the days as they are now.
    """
    today, window, overdue = followed.today, followed.standing.window, followed.status.days_overdue
    if followed.status.status is Status.OVERDUE and overdue:
        last = today - timedelta(days=overdue)
        if any(after < last + timedelta(days=n) <= today for n in OVERDUE_DAYS):
            return Occasion(followed, False, overdue)
    if followed.status.status is not Status.PLANNED or window is None or window.earliest is None:
        return None
    left = (window.earliest - today).days
    if left > 0 and any(left <= n < (window.earliest - after).days for n in remind_days):
        return Occasion(followed, True, left)
    return None


def reminder_key(subscription: Subscription, due: datetime) -> str:
    """What a reminder is about: a subscription's morning."""
    return f"reminder:{subscription.id}:{due.isoformat()}"


def reminder(occasions: Sequence[Occasion], subscription: Subscription) -> Letter:
    """Word a day's reminders, what is overdue first, then what opens soonest."""
    language = subscription.language
    ordered = sorted(occasions, key=lambda one: (one.opens, one.days if one.opens else -one.days, one.followed.ref))
    first = ordered[0]
    told = joined((title_of(first.followed, language, LONGEST_IN_SUBJECT), _badge(first, language)), "comma", language)
    rest = count("more reminders", len(ordered) - 1, language) if len(ordered) > 1 else ""
    more = count("more", len(ordered) - MOST, language) if len(ordered) > MOST else ""
    items = tuple(_item(one, language) for one in ordered[:MOST])
    return Letter(
        sort=Sort.REMINDER,
        language=language,
        subject=truncate(joined((told, rest), "semicolon", language), LONGEST_SUBJECT),
        heading=say("heading reminders", language),
        preview=joined((items[0].when, *items[0].notes), "comma", language),
        sections=(Section("reminders", "", items, more),),
        closing=closing(subscription),
        reason=Reason.REMINDER.value,
    )


def _item(one: Occasion, language: str) -> Item:
    return (
        upcoming_item(one.followed, language, (_what(one), one.days))
        if one.opens
        else overdue_item(one.followed, language)
    )


def _what(one: Occasion) -> str:
    window = one.followed.standing.window
    return "day" if window and window.days == 1 else "opens"


def _badge(one: Occasion, language: str) -> str:
    if one.opens:
        return soon_text(_what(one), one.days, language)
    return say("overdue by", language, days=days_text(one.days, language))
