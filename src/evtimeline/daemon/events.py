"""What the jobs did, as events of the log: news from information on, failures as warnings, the rest for debugging."""

import logging
from functools import singledispatch

from evtimeline.core.letters import shown_address
from evtimeline.core.subscriptions import MessageState, Result
from evtimeline.daemon.logs import note
from evtimeline.feeds.urls import shown
from evtimeline.jobs.deliver import Delivered
from evtimeline.jobs.desk import Composed
from evtimeline.jobs.housekeep import Housekept
from evtimeline.jobs.poll import Polled
from evtimeline.jobs.rounds import Done
from evtimeline.jobs.settling import Moved


@singledispatch
def tell(done: Done) -> None:
    """Write down what a job did."""
    raise TypeError(f"nobody knows how to tell of {done!r}")


@tell.register
def _(done: Polled) -> None:
    feed, address = done.feed.name, shown(done.feed.url)
    if done.error:
        note(logging.WARNING, "feed-failed", feed=feed, url=address, why=done.error)
        return
    if done.lost:
        event = "feed-in-doubt" if done.in_doubt else "feed-lost"
        note(logging.WARNING, event, feed=feed, url=address, why="; ".join(done.warnings))
        return
    level = logging.INFO if done.new_entries else logging.DEBUG
    note(level, "feed-polled", feed=feed, url=address, new=done.new_entries, claims=done.accepted, pending=done.pending)
    for sentence in done.warnings:
        note(logging.WARNING, "feed-odd", feed=feed, url=address, why=sentence)
    for moved in done.moved:
        _tell_moved(moved)


@tell.register
def _(done: Composed) -> None:
    number, to = done.subscription.id, shown_address(done.subscription)
    if done.error:
        note(logging.ERROR, "compose-failed", subscription=number, to=to, why=done.error)
    for message in done.messages:
        held = message.due_at if message.state is MessageState.HELD else None
        note(
            logging.INFO,
            f"{message.key.partition(':')[0]}-composed",
            subscription=number,
            to=to,
            message=message.id,
            subject=message.subject,
            state=message.state.value,
            held_until=held,
        )


@tell.register
def _(done: Delivered) -> None:
    sent = done.attempt.result is Result.SENT
    note(
        logging.INFO if sent else logging.WARNING,
        "message-sent" if sent else "message-failed",
        message=done.message.id,
        subscription=done.subscription.id,
        to=shown_address(done.subscription),
        subject=done.message.subject,
        result=done.attempt.result.value,
        why=None if sent else done.attempt.reason,
        next=done.message.due_at if done.message.state in (MessageState.QUEUED, MessageState.UNKNOWN) else None,
        seconds=done.attempt.seconds,
    )


@tell.register
def _(done: Housekept) -> None:
    level = logging.INFO if done != Housekept() else logging.DEBUG
    note(level, "housekept", entries=done.entries, forgotten=done.forgotten, messages=done.messages, bytes=done.bytes)


def _tell_moved(moved: Moved) -> None:
    revision, (timeline, key) = moved.revision, moved.milestone.ref
    note(
        logging.DEBUG if revision.backfill else logging.INFO,
        "revision",
        timeline=timeline,
        milestone=key,
        kind=revision.kind.value,
        old=revision.old.edtf if revision.old else None,
        new=revision.new.edtf if revision.new else None,
        days=revision.days_last,
    )
