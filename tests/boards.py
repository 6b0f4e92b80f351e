"""Stories for reports: settled ledgers with claims of many publishers, plain and hostile."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from tests.builders import a_claim, a_milestone, instant

from evtimeline.core.board import draw_board
from evtimeline.core.claims import Claim, Decision, Origin, Quote, Signal, Stance, Tier, Verdict
from evtimeline.core.ledger import settle
from evtimeline.core.milestones import Milestone
from evtimeline.core.said import ledger_of
from evtimeline.core.status import status_of
from evtimeline.core.storyboard import Asked, Storyboard, Told
from evtimeline.core.windows import parse_edtf

NOW = instant("2025-07-20T01:00")
TODAY = NOW.date()

HOSTILE = (
    "<script>window.ran=1</script>",
    '"><img src=x onerror="window.ran=2">',
    "<svg onload=window.ran=3><style>*{display:none}</style>",
    "</script></style></title><script>window.ran=4</script>",
    "{{ 7*7 }}{% raw %}${7*7}<%= 7*7 %>",
    "javascript:window.ran=5",
    "' onmouseover='window.ran=6' x='",
    "<!--<script>--><![CDATA[<iframe srcdoc='<script>parent.ran=7</script>'>",
    "safe\u202eexe.live\u202c\u2066\u2028\u2029\x00\x1b[31m\ud800",
    "W" * 3000,
    "<math><mtext></mtext><mglyph><style><img src=x onerror=window.ran=8>",
    "<base href=https://evil.example/><meta http-equiv=refresh content='0;url=https://evil.example/'>",
)
"""Texts that a feed may bring."""

LINKS = (
    "javascript:window.ran=9",
    "data:text/html,<script>window.ran=10</script>",
    "https://news.example/a' onclick='window.ran=11",
    'https://news.example/"><script>window.ran=12</script>',
    "vbscript:x",
    "file:///etc/passwd",
    "//evil.example/x",
    "https://bank.example@evil.example/",
    "java\nscript:window.ran=13",
    " https://news.example/",
)
"""Links that a reader must not be able to follow."""


def claim(day: str, publisher: str, signal: str, when: str | None, words: str, **changes: object) -> Claim:
    """A claim of an entry, learned when it was stated."""
    plain = a_claim(
        parse_edtf(when) if when else None,
        signal=Signal(signal),
        quote=Quote(words, "title", 0, len(words)),
        title=words,
        stated_on=date.fromisoformat(day),
        learned_at=instant(day + "T08:00"),
        publisher=publisher,
        link=f"https://news.example/{day}",
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def told(
    said: Sequence[Claim], milestone: Milestone | None = None, timeline: str = "cars", today: date = TODAY
) -> Told:
    """A milestone with its ledger, every claim accepted by rule."""
    milestone = milestone or a_milestone(titles={"en": "Xiaomi YU7 launch", "zh": "小米YU7上市"})
    numbered = [replace(one, id=one.id or number) for number, one in enumerate(said, start=1)]
    decisions = [Decision(one.id, Verdict.ACCEPTED, "rule: clear enough", one.learned_at) for one in numbered]
    settlement = settle(milestone, numbered, decisions)
    return Told(
        timeline=timeline,
        milestone=milestone,
        standing=settlement.standing,
        status=status_of(settlement.standing, milestone, today),
        ledger=ledger_of(numbered, decisions),
        revisions=settlement.revisions,
        makers=(),
        today=today,
    )


def board_of(*stories: Told, language: str = "en") -> Storyboard:
    """The report of these stories, all of the timeline `cars`."""
    return draw_board(Asked((("cars", {"en": "Cars", "zh": "汽车"}),), NOW, language), stories)


def launch() -> Told:
    """A launch that was promised, rumoured to slip, denied, made exact and done."""
    company = {"tier": Tier.PRIMARY}
    rumour = {"stance": Stance.RUMOUR, "tier": Tier.TERTIARY}
    return told(
        (
            claim("2025-04-20", "", "scheduled", "2025-08", "小米YU7计划8月上市", origin=Origin.FILE),
            claim("2025-04-28", "小米公司", "scheduled", "2025-06/2025-07", "小米YU7将于六七月正式上市", **company),
            claim("2025-05-12", "Bank", "scheduled", "2025-09", "We expect September", stance=Stance.FORECAST),
            claim("2025-05-29", "车友热帖", "delayed", "2025-10", "听说YU7要推迟到十月", **rumour),
            claim("2025-05-30", "小米公司", "delayed", "2025-10", "小米否认YU7推迟", stance=Stance.DENIED, **company),
            claim("2025-06-26", "小米公司", "achieved", "2025-06-26", "小米YU7今晚正式发布", **company),
        )
    )


def plant() -> Told:
    """A plant that slipped and is overdue."""
    milestone = a_milestone("plant", titles={"en": "Phase II plant starts up", "zh": "二期工厂投产"})
    return told(
        (
            claim("2025-03-01", "EV Desk", "scheduled", "2025-04", "The plant is to open in April", id=101),
            claim("2025-04-20", "EV Desk", "delayed", "2025-06", "The plant slips to June", id=102),
        ),
        milestone,
    )


def hostile() -> Iterator[Told]:
    """Milestones whose every text was written by an attacker."""
    for number, text in enumerate(HOSTILE):
        milestone = a_milestone(f"evil-{number}", titles={"en": text, "zh": text}, note=text)
        said = [
            claim("2025-05-01", text, "scheduled", "2025-06", text, id=1000 + 10 * number, link=LINKS[number % 10]),
            claim("2025-05-09", text, "delayed", "2025-09", text, id=1001 + 10 * number, title=text + "!", link=text),
        ]
        yield replace(told(said, milestone), makers=(text,))


def many(milestones: int, claims_each: int) -> Iterator[Told]:
    """So many milestones with so many claims each, of the length that news has."""
    for number in range(milestones):
        said = [_news(number, index, number * claims_each + index + 1) for index in range(claims_each)]
        titles = {"en": f"Battery plant {number} starts mass production", "zh": f"第{number}电池工厂量产"}
        yield told(said, a_milestone(f"plant-{number}", titles=titles))


def _news(number: int, index: int, claim_id: int) -> Claim:
    day = date(2024, 1, 1) + timedelta(days=13 * index + number % 7)
    words = f"据车轮周报{day.month}月{day.day}日报道，第{number}电池工厂的量产时间预计在今年晚些时候，公司没有回应。"
    return claim(
        day.isoformat(),
        f"媒体 {index % 9}",
        "scheduled",
        f"2026-{1 + index // 15 % 12:02}",
        words,
        id=claim_id,
        title=f"Plant {number} said to begin mass production, sources say ({index})",
        link=f"https://news.example/auto/{day:%Y/%m/%d}/plant-{number}-mass-production-{index}.html",
    )
