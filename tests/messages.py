"""A small world to write messages about, and one letter of every sort; run it to write the golden files anew."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from evtimeline.core import alerts, reminders, troubles
from evtimeline.core.cadence import Period
from evtimeline.core.claims import Claim, Origin, Quote, Revision, RevisionKind, Signal, Stance, Tier
from evtimeline.core.digests import Gathered, Waiting, digest
from evtimeline.core.letters import Letter
from evtimeline.core.milestones import Milestone
from evtimeline.core.news import Followed, News
from evtimeline.core.standing import Outcome, Standing, evidence
from evtimeline.core.status import status_of
from evtimeline.core.subscriptions import Cadence, Silence, Subscription
from evtimeline.core.troubles import Sore, Trouble
from evtimeline.core.windows import Window, parse_edtf, slip_days
from evtimeline.rendering import render

GOLDEN = Path(__file__).parent / "data" / "messages"
TODAY = date(2025, 6, 30)
NOW = datetime(2025, 6, 30, 0, 0, tzinfo=UTC)
WEEK = Period(NOW - timedelta(days=7), NOW)
ZONE = "Asia/Shanghai"
TITLES = {
    "yu7-launch": {"zh": "小米YU7上市", "en": "Xiaomi YU7 launch"},
    "phase2-startup": {"zh": "小米汽车二期工厂投产", "en": "Xiaomi EV phase-II plant start-up"},
    "jv-production": {"zh": "电池合资公司量产", "en": "Battery joint venture mass production"},
    "sea-entry": {"zh": "小米汽车进入东南亚市场", "en": "Xiaomi EV enters Southeast Asia"},
    "su7-update": {"zh": "小米SU7改款上市", "en": "Xiaomi SU7 facelift launch"},
    "profit": {"zh": "小米汽车季度盈利", "en": "Xiaomi EV quarterly profit"},
}


def a_subscription(language: str = "en", cadence: Cadence = Cadence.WEEKLY, **changes: object) -> Subscription:
    plain = Subscription(
        address="team@example.org",
        channel="smtp",
        cadence=cadence,
        created_at=datetime(2025, 6, 1, tzinfo=UTC),
        weekday=0 if cadence is Cadence.WEEKLY else None,
        at=time(8),
        zone=ZONE,
        language=language,
        timelines=("cars",),
        id=3,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def stood(when: str | None = None, **changes: object) -> Standing:
    window = parse_edtf(when) if when else None
    return replace(Standing(first=window, window=window, claims=1), **changes)  # type: ignore[arg-type]


def followed(key: str = "yu7-launch", standing: Standing | None = None, today: date = TODAY) -> Followed:
    milestone = Milestone(key, TITLES.get(key, {"en": key}))
    standing = standing or stood("2025-08")
    number = list(TITLES).index(key) + 1 if key in TITLES else 99
    status = status_of(standing, milestone, today)
    return Followed(number, "cars", {"en": "Cars"}, ZONE, milestone, standing, status, today)


def said(
    words: str, when: str | None = None, publisher: str = "Daily Car", day: str = "2025-06-27", **changes: object
) -> Claim:
    plain = Claim(
        signal=Signal.SCHEDULED,
        stance=Stance.ASSERTED,
        window=parse_edtf(when) if when else None,
        quote=Quote(words, "title", 0, len(words)),
        stated_on=date.fromisoformat(day),
        learned_at=NOW - timedelta(days=1),
        publisher=publisher,
        tier=Tier.SECONDARY,
        origin=Origin.ENTRY,
        title=words,
        link=f"https://news.example/{day}",
        id=7,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def revised(
    kind: RevisionKind, old: str | None = None, new: str | None = None, first: str | None = None, claim: int = 7
) -> Revision:
    before, after, promised = (parse_edtf(text) if text else None for text in (old, new, first or old))
    return Revision(
        kind, claim, NOW - timedelta(days=1), before, after, _days(before, after), _days(promised, after), False
    )


def news(about: Followed, *revisions: Revision, cause: Claim | None = None, **changes: object) -> News:
    plain = News(
        followed=about,
        ids=tuple(range(40 + about.id, 40 + about.id + len(revisions))),
        revisions=revisions,
        cause=cause or said("It is now set for another day"),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def _days(old: Window | None, new: Window | None) -> int | None:
    return slip_days(old, new) if old and new else None


def _launched() -> News:
    cause = said(
        "小米YU7正式上市，售价25.35万元起",
        "2025-06-26",
        "小米公司",
        "2025-06-26",
        tier=Tier.PRIMARY,
        signal=Signal.ACHIEVED,
    )
    echoes = (said("Xiaomi launches the YU7", "2025-06-26", f"Paper {n}", signal=Signal.ACHIEVED) for n in range(4))
    done = stood("2025-06-26", first=parse_edtf("2025-08"), outcome=Outcome.DONE, outcome_on=date(2025, 6, 26))
    return news(
        followed("yu7-launch", done),
        revised(RevisionKind.REFINED, "2025-06/2025-07", "2025-06-26", "2025-08"),
        revised(RevisionKind.DONE, "2025-06-26", "2025-06-26", "2025-08"),
        cause=cause,
        ledger=tuple(map(evidence, (cause, *echoes))),
    )


def _slipped() -> News:
    cause = said("Phase II of Xiaomi's car plant will start up in September", "2025-09", "EV Desk")
    moved = stood("2025-09", first=parse_edtf("2025-06"))
    return news(
        followed("phase2-startup", moved), revised(RevisionKind.SLIPPED, "2025-07", "2025-09", "2025-06"), cause=cause
    )


def _contested() -> News:
    holder, rival = (evidence(said("Battery plant date", when)) for when in ("2026-06", "2026-12"))
    split = stood("2026-06", holder=holder, rivals=(rival,))
    cause = said("Battery plant to start in December 2026", "2026-12", "Harbour Newswire")
    return news(followed("jv-production", split), revised(RevisionKind.CONTESTED, "2026-06", "2026-06"), cause=cause)


def a_week() -> Gathered:
    """A week in which every section has something."""
    launched, slipped, contested = _launched(), _slipped(), _contested()
    late = followed("su7-update", stood("2025-05", last=evidence(said("SU7 facelift due in May", "2025-05"))))
    soon = followed("profit", stood("2025-07-15"))
    quiet = followed("sea-entry", stood("2026", quiet_since=date(2025, 4, 20), pending=2))
    waiting = said("小米汽车或于2027年进入东南亚", "2027", "车友热帖", tier=Tier.TERTIARY, id=41)
    return Gathered(
        period=WEEK,
        news=(contested, launched, slipped),
        followed=(launched.followed, slipped.followed, contested.followed, late, soon, quiet),
        review=(Waiting(quiet, waiting, "rule: not sure that it is about this milestone (0.62)"),),
        review_count=2,
        troubles=some_troubles(),
        muted=((followed("sea-entry"), Silence(4, date(2025, 7, 31), "waits for the filing", "ann", NOW)),),
    )


def some_troubles() -> tuple[Trouble, ...]:
    since = NOW - timedelta(days=12)
    return (
        Trouble(Sore.BROKEN, "broken:a", "车轮周报", "answered 410 Gone: the feed is gone", since),
        Trouble(Sore.SILENT, "silent:b", "EV Desk", since=since),
        Trouble(Sore.DEAD, "dead:9", "“Xiaomi YU7 launch done” → bob@example.org", "550 no such user"),
        Trouble(Sore.UNBUILT, "unbuilt:5", "5 → carol@example.org", "ZoneInfoNotFoundError: 'Mars/Olympus'"),
    )


def letters(language: str) -> Iterator[tuple[str, Letter]]:
    """One letter of every sort, by the name of its golden files."""
    weekly, instant = a_subscription(language), a_subscription(language, Cadence.INSTANT)
    late = followed("su7-update", stood("2025-05-29"))
    yield "digest", digest(a_week(), weekly)
    yield "digest-empty", digest(Gathered(period=WEEK, followed=(late,)), weekly)
    yield "alert", alerts.alert([_slipped()], instant)
    yield (
        "reminder",
        reminders.reminder(
            [reminders.Occasion(followed("profit", stood("2025-07-07")), True, 7), reminders.Occasion(late, False, 32)],
            instant,
        ),
    )
    yield "operator", troubles.notice(some_troubles(), 2, a_subscription(language, operator=True))


def write_golden() -> None:
    """Write the golden files; look at them before they are committed."""
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for language in ("en", "zh"):
        for name, letter in letters(language):
            rendered = render(letter)
            (GOLDEN / f"{name}.{language}.txt").write_text(f"Subject: {letter.subject}\n\n{rendered.text}", "utf-8")
            (GOLDEN / f"{name}.{language}.html").write_text(rendered.html, "utf-8")


if __name__ == "__main__":
    write_golden()
