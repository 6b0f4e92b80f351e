"""Changes, overdue and coming milestones, each worded as one item of a message."""

from typing import TypedDict

from evtimeline.core.bars import bar
from evtimeline.core.claims import Claim, Origin, RevisionKind, Tier
from evtimeline.core.letters import LONGEST_QUOTE, LONGEST_TITLE, Bar, Item, Tone, plain, web_link
from evtimeline.core.message_words import count, day_text, days_text, joined, say
from evtimeline.core.news import MOVES, Followed, News, others
from evtimeline.core.standing import Standing
from evtimeline.core.status import MarkKind, Status
from evtimeline.core.windows import Window


class _Proof(TypedDict):
    quote: str
    source: str
    link: str | None


_BAD = (RevisionKind.SLIPPED, RevisionKind.DELAYED, RevisionKind.CANCELLED, RevisionKind.CONTESTED)
_GOOD = (RevisionKind.ADVANCED, RevisionKind.DONE, RevisionKind.REINSTATED)


def title_of(followed: Followed, language: str, longest: int = LONGEST_TITLE) -> str:
    """The milestone's title, harmless and bounded."""
    return plain(followed.milestone.title(language), longest)


def headline(news: News, language: str, longest: int) -> str:
    """What happened as one phrase, the title cut to `longest` cells."""
    kind = news.kind.value if news.new or news.kind is not RevisionKind.DONE else "done undated"
    return say(
        f"told {kind}",
        language,
        title=title_of(news.followed, language, longest),
        old=_shown(news.old),
        new=_shown(news.new),
        windows=_windows(news, language),
    )


def change_item(news: News, language: str) -> Item:
    """A change with its windows, the sentence that proves it, who said so and how many others do."""
    n = others(news)
    return Item(
        title=title_of(news.followed, language),
        badge=_badge(news, language),
        tone=Tone.BAD if news.kind in _BAD else Tone.GOOD if news.kind in _GOOD else Tone.NEWS,
        when=_when(news, language),
        bar=_bar(news, language),
        **_proof(news.cause, language),
        also=count("also", n, language) if n else "",
        notes=_notes(news, language),
        facts=_facts(news, n),
    )


def mention_item(followed: Followed, claim: Claim, language: str) -> Item:
    """An entry that names a milestone and changes nothing."""
    facts = (("milestone", followed.ref), ("kind", "mention"), ("signal", claim.signal.value))
    return Item(title_of(followed, language), say("mention", language), **_proof(claim, language), facts=facts)


def overdue_item(followed: Followed, language: str) -> Item:
    """A milestone whose last day has ended."""
    days = followed.status.days_overdue or 0
    return Item(
        title=title_of(followed, language),
        badge=say("overdue by", language, days=days_text(days, language)),
        tone=Tone.BAD,
        when=standing_text(followed.standing, language),
        notes=_last_word(followed.standing, language),
        facts=_standing_facts(followed, "overdue", days),
    )


def upcoming_item(followed: Followed, language: str, near: tuple[str, int]) -> Item:
    """A milestone that `near` says to open or to close in so many days."""
    what, days = near
    return Item(
        title=title_of(followed, language),
        badge=soon_text(what, days, language),
        tone=Tone.NEWS,
        when=standing_text(followed.standing, language),
        notes=_last_word(followed.standing, language),
        facts=_standing_facts(followed, what, days),
    )


def quiet_item(followed: Followed, language: str) -> Item:
    """A milestone of which nobody has said anything for long."""
    mark = followed.status.mark(MarkKind.QUIET)
    days = (mark.number if mark else None) or 0
    return Item(
        title=title_of(followed, language),
        badge=say("quiet for", language, days=days_text(days, language)),
        when=standing_text(followed.standing, language),
        notes=_last_word(followed.standing, language),
        facts=_standing_facts(followed, "quiet", days),
    )


def soon(followed: Followed, within: int = 30) -> tuple[str, int] | None:
    """Whether a milestone `opens`, `closes` or is on its one `day` within so many days, and in how many; else None."""
    window, today = followed.standing.window, followed.today
    if window is None or followed.status.status not in (Status.PLANNED, Status.DUE):
        return None
    if window.days == 1 and window.latest:
        return ("day", (window.latest - today).days) if 0 <= (window.latest - today).days <= within else None
    for what, day in (("opens", window.earliest), ("closes", window.latest)):
        if day and (day > today or what == "closes") and 0 <= (day - today).days <= within:
            return what, (day - today).days
    return None


def soon_text(what: str, days: int, language: str) -> str:
    """Says that something opens or closes in so many days."""
    suffix = {0: " today", 1: " tomorrow"}.get(days, "")
    return say(what + suffix, language, days=days_text(days, language))


def standing_text(standing: Standing, language: str) -> str:
    """For when it is promised now, all dates if they contradict each other."""
    if standing.contested:
        shown = say("or", language).join(dict.fromkeys(window.display for window in standing.contested))
        return say("is contested", language, windows=shown)
    return say("promised for", language, window=_shown(standing.window))


def source_text(claim: Claim, language: str) -> str:
    """Who said it, when, and how near that is to the event."""
    who = plain(claim.publisher, 60) or say("nobody", language)
    said = say("source", language, who=who, day=day_text(claim.stated_on, language))
    near = "" if claim.origin is not Origin.ENTRY or claim.tier is Tier.SECONDARY else f"tier {claim.tier.value}"
    return f"{said} · {say(near, language)}" if near else said


def _proof(claim: Claim, language: str) -> _Proof:
    """The words, their source and where to read them."""
    quote = plain(claim.quote.text if claim.quote else claim.title, LONGEST_QUOTE)
    return {
        "quote": say("quoted", language, quote=quote) if quote else "",
        "source": source_text(claim, language),
        "link": web_link(claim.link),
    }


def _bar(news: News, language: str) -> Bar | None:
    """The old window above the new one, for dates that moved and for what happened at another time."""
    if news.kind not in (*MOVES, RevisionKind.DONE, RevisionKind.SETTLED):
        return None
    labels = (("bar old", news.old), ("bar new", news.new))
    old, new = (say(key, language, window=_shown(window)) for key, window in labels)
    return bar(news.old, news.new, (old, new))


def _badge(news: News, language: str) -> str:
    kind = news.kind
    word = say(kind.value, language)
    if kind in (RevisionKind.SLIPPED, RevisionKind.ADVANCED) and news.days:
        return say("by days", language, what=word, days=days_text(news.days, language))
    return word


def _when(news: News, language: str) -> str:
    kind, old, new = news.kind, _shown(news.old), _shown(news.new)
    if kind is RevisionKind.CONTESTED:
        return _windows(news, language)
    if kind in (RevisionKind.CANCELLED, RevisionKind.DELAYED):
        return say("was" if kind is RevisionKind.CANCELLED else "still", language, old=old) if news.old else ""
    if kind in (RevisionKind.DONE, RevisionKind.REPORTED):
        happened = say("on", language, new=new) if news.new else ""
        return joined((happened, say("was", language, old=old) if news.old else ""), "comma", language)
    return say("from to", language, old=old, new=new) if news.old and news.new else new


def _windows(news: News, language: str) -> str:
    """The dates that contradict each other now, or those that did."""
    known = news.followed.standing.contested or tuple(window for window in (news.old, news.new) if window)
    return say("or", language).join(dict.fromkeys(window.display for window in known))


def _notes(news: News, language: str) -> tuple[str, ...]:
    first, days = news.followed.standing.first, news.days_first
    notes = []
    if days and first and days != news.days and news.kind in (*MOVES, RevisionKind.DONE, RevisionKind.REPORTED):
        key = "against first" if days > 0 else "against first earlier"
        notes.append(say(key, language, days=days_text(days, language), window=first.display))
    reporters = len(news.followed.standing.reporters)
    if news.kind is RevisionKind.REPORTED and reporters:
        notes.append(count("reporters", reporters, language))
    if len(news.revisions) > 1:
        notes.append(count("moves", len(news.revisions), language))
    return tuple(notes)


def _last_word(standing: Standing, language: str) -> tuple[str, ...]:
    last = standing.last
    if last is None or not last.publisher:
        return ()
    who = plain(last.publisher, 60)
    return (say("last word", language, who=who, day=day_text(last.stated_on, language)),)


def _facts(news: News, also: int) -> tuple[tuple[str, str | int | None], ...]:
    return (
        ("milestone", news.followed.ref),
        ("kind", news.kind.value),
        ("old", news.old.edtf if news.old else None),
        ("new", news.new.edtf if news.new else None),
        ("days", news.days),
        ("days_first", news.days_first),
        ("publisher", news.cause.publisher),
        ("tier", news.cause.tier.value),
        ("stated_on", news.cause.stated_on.isoformat()),
        ("also_reported_by", also),
    )


def _standing_facts(followed: Followed, kind: str, days: int) -> tuple[tuple[str, str | int | None], ...]:
    window = followed.standing.window
    return (
        ("milestone", followed.ref),
        ("kind", kind),
        ("window", window.edtf if window else None),
        ("days", days),
    )


def _shown(window: Window | None) -> str:
    return window.display if window else "–"
