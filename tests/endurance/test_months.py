"""Two years of a laptop that sleeps at night, goes on holidays and has its clock put wrong: who is told when."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Engine
from tests.delivery.mailserver import mail_server
from tests.jobs.delivering import deliver_all
from tests.jobs.told import desk, news, queued, subscribe, tell

from evtimeline.core.subscriptions import Cadence, MessageState, Subscription
from evtimeline.store import subscriptions
from evtimeline.store.engine import writing

BERLIN, NEW_YORK, SHANGHAI = "Europe/Berlin", "America/New_York", "Asia/Shanghai"
FIRST, LAST = date(2025, 6, 2), date(2027, 6, 2)
DAY, HALF_AN_HOUR = timedelta(days=1), timedelta(minutes=30)
EARLY = time(2, 30)  # on Sundays: it comes twice, or never, on those of changing clocks

AWAY = (
    (date(2025, 10, 6), date(2025, 10, 13)),
    (date(2026, 3, 8), date(2026, 4, 8)),
    (date(2027, 1, 22), date(2027, 1, 27)),
)
"""A week, a month and some days in which the laptop is shut, the last day included; it stands in Berlin."""

OPEN_NIGHTS = (date(2025, 10, 26), date(2025, 11, 2), date(2026, 10, 25), date(2027, 3, 14), date(2027, 3, 28))
"""Nights of changing clocks, in Berlin and in New York, in which it is left open."""

WRONG = {date(2025, 8, 24): -DAY, date(2026, 6, 28): -9 * DAY}
"""On these Sundays the clock is put back, once all has been told, by so much, and put right some hours later."""

AUTUMN = (date(2025, 10, 1), date(2025, 11, 5))
"""Then somebody in Shanghai wants a digest each day, too, and somebody in New York one a week: over the week away, and
both changes of clocks."""

NOTES = {
    date(2025, 8, 20): "2026-04",
    date(2025, 10, 6): "2026-06",
    date(2026, 4, 20): "2027-02",
    date(2027, 2, 1): "2027-05",
}
"""On these days (or, away, once it is opened again) the launch is said to move to these months."""

REMINDERS = (
    "2025-07-01",  # the plant was to start up in June
    "2025-07-02",  # the launch was promised for August: thirty days, seven days and a day before
    "2025-07-08",
    "2025-07-15",
    "2025-07-25",
    "2025-07-29",
    "2025-07-31",
    "2025-08-26",
    "2027-01-02",
    "2027-01-28",  # that of the 25th, once the laptop is opened again
    "2027-01-31",
    "2027-04-01",
    "2027-04-24",
    "2027-04-30",
    "2027-06-01",
)
"""The mornings of all reminders, as they follow from the notes."""


class Told(NamedTuple):
    """A message: about which instant (the end of a digest, a morning), and when it was sent."""

    about: datetime
    sent: datetime


def at_wall(day: date, at: time, zone: str) -> datetime:
    """When a zone's clocks show a time: the first time where it comes twice."""
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)


def looks(begin: date, end: date) -> Iterator[datetime]:
    """The instants at which the daemon looks, as its own clock shows them."""
    for day in days(begin, end):
        if any(first <= day <= last for first, last in AWAY):
            continue
        opened = at_wall(day, time(9), BERLIN)
        if day in OPEN_NIGHTS:
            yield from (opened - number * HALF_AN_HOUR for number in range(20, 0, -1))
        yield opened
        if day in WRONG:
            yield from (opened + WRONG[day], opened + WRONG[day] + HALF_AN_HOUR, opened + 4 * HALF_AN_HOUR)


def days(begin: date, end: date) -> list[date]:
    """The days from `begin` on and before `end`."""
    return [begin + number * DAY for number in range((end - begin).days)]


def expected(due: Sequence[datetime], looks: Sequence[datetime]) -> list[Told]:
    """Each digest at the first look behind it; of those that were missed together only the last."""
    told, reached = [], looks[0]
    for look in looks[1:]:
        if passed := [one for one in due if reached < one <= look]:
            told.append(Told(passed[-1], look))
        reached = max(reached, look)
    return told


def sundays(zone: str) -> list[datetime]:
    """When the weekly digests are due."""
    return [at_wall(day, EARLY, zone) for day in days(FIRST, LAST) if day.weekday() == 6]


class Laptop:
    """The daemon's jobs, called at each look."""

    def __init__(self, engine: Engine, folder: Path, port: int) -> None:
        self.engine, self.port, self.office = engine, port, desk(engine, folder)
        self._notes = list(NOTES.items())

    def work(self, begin: date, end: date) -> list[datetime]:
        """What a daemon does at each look of these days: learn, tell and deliver."""
        instants = list(looks(begin, end))
        for now in instants:
            while self._notes and now.date() >= self._notes[0][0]:
                month = self._notes.pop(0)[1]
                news(self.engine, now, when=month, words=f"moved to {month}, they say")
            if tell(self.office, now):
                deliver_all(self.engine, self.port, now)
        return instants

    def told(self, subscription: Subscription, kind: str) -> list[Told]:
        """What a subscription was sent of a kind, in order."""
        sent = [one for one in queued(self.engine) if one.subscription_id == subscription.id]
        keys = [(one.key.split(":", 2), one.created_at) for one in sent]
        return [Told(datetime.fromisoformat(key[2]), at) for key, at in keys if key[0] == kind]

    def telling(self, subscription: Subscription, words: str) -> list[datetime]:
        """When a subscription was sent these words."""
        sent = [one for one in queued(self.engine) if one.subscription_id == subscription.id]
        return [one.created_at for one in sent if words in one.text]


def test_two_years_of_sleep_holidays_and_wrong_clocks_tell_everything_once(sqlite: Engine, tmp_path: Path) -> None:
    began = next(looks(FIRST, LAST))

    def weekly(zone: str, made: datetime) -> Subscription:
        return subscribe(sqlite, address=f"{zone[:4]}@example.org", zone=zone, created_at=made, at=EARLY, weekday=6)

    with mail_server() as mail:
        laptop = Laptop(sqlite, tmp_path, mail.port)
        berlin = weekly(BERLIN, began)
        instant = subscribe(sqlite, Cadence.INSTANT, zone=BERLIN, created_at=began, group_wait=timedelta(), at=None)
        before = laptop.work(FIRST, AUTUMN[0])
        daily = subscribe(sqlite, Cadence.DAILY, address="daily@example.org", zone=SHANGHAI, created_at=before[-1])
        york = weekly(NEW_YORK, before[-1])
        meanwhile = laptop.work(*AUTUMN)
        with writing(sqlite) as connection:
            for one in (daily, york):
                subscriptions.remove(connection, one.id, meanwhile[-1])
        after = laptop.work(AUTUMN[1], LAST)
        taken = mail.message_ids()
    mornings = [at_wall(day, time(8), SHANGHAI) for day in days(*AUTUMN)]
    assert laptop.told(daily, "digest") == expected(mornings, [before[-1], *meanwhile])
    assert laptop.told(york, "digest") == expected(sundays(NEW_YORK), [before[-1], *meanwhile])
    assert laptop.told(berlin, "digest") == expected(sundays(BERLIN), [*before, *meanwhile, *after])
    for month in NOTES.values():
        assert len(laptop.telling(berlin, f"moved to {month}, they say")) == 1
    assert [one.about for one in laptop.told(instant, "reminder")] == [
        at_wall(date.fromisoformat(day), time(8), BERLIN) for day in REMINDERS
    ]
    assert all(one.sent - one.about < DAY for one in laptop.told(instant, "reminder"))
    messages = queued(sqlite)
    assert {one.state for one in messages} == {MessageState.SENT}
    assert sorted(taken) == sorted(one.message_id for one in messages)


def test_the_nights_of_changing_clocks_are_among_them() -> None:
    """What the test above goes by, written down for three nights: once, twice on the clock, and never on the clock."""
    due = {one.date(): one for one in (*sundays(BERLIN), *sundays(NEW_YORK))}
    assert at_wall(date(2025, 10, 26), EARLY, BERLIN) == datetime(2025, 10, 26, 0, 30, tzinfo=UTC)
    assert at_wall(date(2027, 3, 28), EARLY, BERLIN) == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert at_wall(date(2027, 3, 14), EARLY, NEW_YORK) == datetime(2027, 3, 14, 7, 30, tzinfo=UTC)
    assert set(OPEN_NIGHTS) <= set(due)
