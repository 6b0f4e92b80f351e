"""One round of everything: poll what is due, tell who is to be told, deliver, clear away."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, field

from evtimeline.core.keeping import Keep
from evtimeline.feeds.catalogue import Feed
from evtimeline.jobs import housekeep as keeping
from evtimeline.jobs import telling
from evtimeline.jobs.claiming import any_due
from evtimeline.jobs.deliver import Delivered, Sender, deliver
from evtimeline.jobs.desk import Composed, Desk
from evtimeline.jobs.housekeep import Housekept
from evtimeline.jobs.poll import Polled, World, choose, poll
from evtimeline.jobs.stopping import Stop
from evtimeline.store import outbox
from evtimeline.store.engine import reading

Done = Polled | Composed | Delivered | Housekept
"""What a job tells of once it is stored."""


@dataclass(frozen=True)
class Means:
    """What the jobs of a round work with; `feeds` are those that are followed, `channels` opens the ways out."""

    world: World
    desk: Desk
    feeds: tuple[Feed, ...]
    channels: Callable[[], AbstractContextManager[Sender]]
    keep: Keep = field(default_factory=Keep)


def run_round(means: Means, stop: Stop) -> Iterator[Done]:
    """Do everything that is due, once, and tell of each thing when it is done. Raises StoreError."""
    yield from poll_due(means, stop)
    yield from tell_due(means, stop)
    yield from deliver_due(means, stop)
    yield from housekeep(means, stop)


def poll_due(means: Means, stop: Stop) -> Iterator[Polled]:
    """Poll the feeds that are due; those that are not reached stay due. Raises StoreError."""
    world = means.world
    if stop() or not any_due(world.engine, world.clock(), world.holder):  # mostly nothing is
        return
    with closing(poll(choose(world, means.feeds, stop=stop), world, stop)) as polled:
        yield from polled


def tell_due(means: Means, stop: Stop) -> Iterator[Composed]:
    """Queue the digests, alerts, reminders and notices that are due. Raises StoreError."""
    return telling.tell(means.desk, means.world.clock(), stop)


def deliver_due(means: Means, stop: Stop) -> Iterator[Delivered]:
    """Send the messages that are due; one that is on its way is waited for and recorded. Raises StoreError."""
    engine, clock = means.desk.engine, means.world.clock
    with reading(engine) as connection:
        waiting = outbox.due(connection, clock(), limit=1)
    if stop() or not waiting:
        return
    with means.channels() as sender, closing(deliver(engine, sender, clock)) as delivered:
        for one in delivered:
            yield one
            if stop():
                return


def housekeep(means: Means, stop: Stop) -> Iterator[Housekept]:
    """Clear away what is old and what nothing refers to. Raises StoreError."""
    if not stop():
        yield keeping.housekeep(means.desk.engine, means.world.clock(), means.keep, stop=stop)
