"""Galleries for the tests of what is exported: milestones with their claims, settled by the real rules."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tests.builders import a_claim, a_milestone, a_timeline, instant

from evtimeline.core.claims import Claim, Decision, Quote, Signal, Stance, Tier, Verdict
from evtimeline.core.ledger import settle
from evtimeline.core.milestones import Milestone
from evtimeline.core.status import status_of
from evtimeline.core.windows import parse_edtf
from evtimeline.jobs.gallery import Gallery
from evtimeline.jobs.story import Said, Story
from evtimeline.store.milestones import StoredMilestone

NOW = instant("2025-07-20T01:00")
ZONE = "Asia/Shanghai"

HOSTILE = (
    "=HYPERLINK(1)\r\nEND:VEVENT\r\nBEGIN:VEVENT",
    "\x1b[2J\x07red\x1b]0;owned\x07",
    "abc\u202egnp.exe\u2066\u200b",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "a|b `c` *d* [e](javascript:alert(1)) ![f](http://x.example/g) https://evil.example/ $h$",
    "]]> &amp; \ufffe\uffff\x00\ud800 \\ ; , : \" '",
    "{{ 7*7 }} {% raw %} ${x} %s",
    "很长" * 400,
)
"""What a feed may call something."""


def says(number: int, day: str, when: str | None, signal: str = "scheduled", **changes: object) -> Claim:
    """A claim of the company itself, learned on the day on which it was stated."""
    words = f"说法{number}：{when}"
    plain: dict[str, object] = {
        "id": number,
        "signal": Signal(signal),
        "stance": Stance.ASSERTED,
        "quote": Quote(words, "title", 0, len(words)),
        "title": words,
        "link": f"https://news.example/{number}",
        "stated_on": date.fromisoformat(day),
        "learned_at": instant(f"{day}T08:00"),
        "tier": Tier.PRIMARY,
        "publisher": "小米公司",
    }
    return a_claim(parse_edtf(when) if when else None, **(plain | changes))


def told(milestone: Milestone, said: Sequence[Claim], now: datetime = NOW, number: int = 1) -> Story:
    """The story of one milestone, every claim of which was accepted."""
    decisions = [Decision(one.id, Verdict.ACCEPTED, "rule: x", one.learned_at, id=one.id) for one in said]
    settled = settle(milestone, said, decisions)
    today = now.astimezone(ZoneInfo(ZONE)).date()
    ledger = tuple(Said(claim, (one,)) for claim, one in zip(said, decisions, strict=True))
    status = status_of(settled.standing, milestone, today)
    stored = StoredMilestone(number, "cars", ZONE, milestone)
    return Story(stored, now, status, settled.standing, settled.revisions, ledger)


def gallery_of(*stories: Story) -> Gallery:
    """One timeline of these stories."""
    milestones = [story.stored.milestone for story in stories]
    timeline = replace(a_timeline(*milestones), titles={"zh": "汽车", "en": "Cars"}, zone=ZONE)
    return Gallery(stories[0].now if stories else NOW, (timeline,), stories)


def of_claims(*said: Claim, now: datetime = NOW) -> Gallery:
    """One timeline of one milestone with these claims."""
    return gallery_of(told(a_milestone(), said, now))


def titled(title: str, *said: Claim) -> Gallery:
    """The same, the milestone having that title."""
    return gallery_of(told(a_milestone(title=title), said))
