"""A small world to poll in: feeds on a real server, a timeline in a real database, a clock that tests set."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from xml.sax.saxutils import escape

from sqlalchemy import Engine
from tests.builders import instant
from tests.patience import PATIENCE

from evtimeline.core.claims import Tier
from evtimeline.core.milestones import Milestone, Promise, Timeline
from evtimeline.core.windows import parse_edtf
from evtimeline.feeds.catalogue import Feed
from evtimeline.feeds.fetch import Limits
from evtimeline.jobs import edit
from evtimeline.jobs.poll import Polled, World, choose, poll
from evtimeline.store.engine import writing

BEGIN = instant("2025-05-10T01:00")
YU7 = Milestone(
    "yu7-launch",
    {"zh": "小米YU7上市", "en": "Xiaomi YU7 launch"},
    "launch",
    promise=Promise(parse_edtf("2025-08"), date(2025, 4, 20)),
)
PLANT = Milestone(
    "phase2-startup",
    {"zh": "小米汽车二期工厂投产", "en": "Xiaomi EV phase-II plant start-up"},
    "plant-opening",
    promise=Promise(parse_edtf("2025-06"), date(2025, 4, 20)),
)
CARS = Timeline("cars", {"en": "Cars"}, "Asia/Shanghai", (), (YU7, PLANT))


@dataclass
class Clock:
    """A clock that tests set; each look moves it on a little, as real ones do."""

    at: datetime = BEGIN

    def __call__(self) -> datetime:
        self.at += timedelta(milliseconds=1)
        return self.at


def follow(engine: Engine, timeline: Timeline = CARS, at: datetime = BEGIN) -> None:
    with writing(engine) as connection:
        edit.apply(connection, timeline, at)


def feed_at(url: str, publisher: str = "Daily Car", tier: Tier = Tier.SECONDARY) -> Feed:
    return Feed(url, title=publisher, language="zh", zone="Asia/Shanghai", publisher=publisher, tier=tier, private=True)


def item(guid: str, title: str, day: str, summary: str = "") -> str:
    return (
        f"<item><guid isPermaLink='false'>{guid}</guid><title>{escape(title)}</title>"
        f"<description>{escape(summary)}</description>"
        f"<pubDate>{instant(day):%a, %d %b %Y %H:%M:%S} +0000</pubDate></item>"
    )


def rss(*items: str) -> bytes:
    body = f"<rss version='2.0'><channel><title>Feed</title>{''.join(items)}</channel></rss>"
    return ("<?xml version='1.0' encoding='utf-8'?>" + body).encode()


def a_world(engine: Engine, clock: Clock, **changes: object) -> World:
    world = World(engine, clock, "evtimeline/test", Limits(total=PATIENCE, connect=PATIENCE, gap=0))
    return replace(world, **changes)  # type: ignore[arg-type]


def poll_all(engine: Engine, feeds: Sequence[Feed], clock: Clock, **changes: object) -> dict[str, Polled]:
    """Poll every feed once; what each brought, by its address."""
    world = a_world(engine, clock, **changes)
    return {one.feed.url: one for one in poll(choose(world, feeds, everything=True), world)}
