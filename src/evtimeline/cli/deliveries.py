"""`evtimeline deliveries` and `retry`: every message, each attempt to send it, what came of it and why."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from evtimeline.app import App, open_app
from evtimeline.cli import Invocation
from evtimeline.cli.terminal import Screen, Style, safe, this_screen, truncate, wrap
from evtimeline.cli.words import text, word
from evtimeline.core.letters import shown_address
from evtimeline.core.subscriptions import MessageState
from evtimeline.errors import UsageError

if TYPE_CHECKING:
    from evtimeline.core.subscriptions import Attempt, Message, Subscription

_STYLES: Mapping[MessageState, Style] = {
    MessageState.SENT: Style.GOOD,
    MessageState.UNKNOWN: Style.WARNING,
    MessageState.DEAD: Style.BAD,
}


@click.command(short_help="Every message, each attempt to send it, and why it failed.")
@click.argument("numbers", metavar="[MESSAGE]...", nargs=-1, type=int)
@click.option("--dead", is_flag=True, help="Only those that were given up.")
@click.option("--waiting", is_flag=True, help="Only those that are yet to be sent.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1), help="Show at most so many.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_obj
def deliveries(
    invocation: Invocation, numbers: tuple[int, ...], dead: bool, waiting: bool, limit: int, as_json: bool
) -> None:
    """Show the newest messages, or MESSAGE: to whom, why it is sent, and every attempt with its result and reason."""
    with open_app(invocation.home, invocation.language) as app:
        states = (MessageState.DEAD,) if dead else _WAITING if waiting else ()
        found = _found(app, numbers, states, limit)
        if as_json:
            click.echo(
                json.dumps({"version": 1, "messages": [_record(*one) for one in found]}, ensure_ascii=False, indent=1)
            )
        elif not found:
            click.echo(text("no messages", app.language))
        else:
            screen = this_screen()
            for one in found:
                for line in _lines(*one, app.language, screen):
                    click.echo(line, color=screen.colour)


@click.command(short_help="Send messages again that were given up or wait.")
@click.argument("numbers", metavar="[MESSAGE]...", nargs=-1, type=int)
@click.option("--dead", is_flag=True, help="All that were given up.")
@click.pass_obj
def retry(invocation: Invocation, numbers: tuple[int, ...], dead: bool) -> None:
    """Let messages be sent at once, and with fresh patience, by the next `evtimeline digest send`.

    They keep their Message-ID. What was sent is left alone.
    """
    from evtimeline.store import outbox
    from evtimeline.store.engine import writing

    if dead == bool(numbers):
        raise UsageError("give the numbers of messages, or --dead for all that were given up")
    with open_app(invocation.home, invocation.language) as app:
        with writing(app.engine) as connection:
            chosen = [outbox.get(connection, number).id for number in dict.fromkeys(numbers)]
            if dead:
                chosen = [one.id for one in outbox.load(connection, [MessageState.DEAD])]
            count = outbox.retry(connection, chosen, app.now)
        click.echo(text("queued again", app.language, n=count))


_WAITING = (MessageState.QUEUED, MessageState.HELD, MessageState.SENDING, MessageState.UNKNOWN)
_Found = tuple["Message", "Subscription | None", "Sequence[Attempt]"]


def _found(app: App, numbers: Sequence[int], states: Sequence[MessageState], limit: int) -> list[_Found]:
    from evtimeline.store import outbox, subscriptions
    from evtimeline.store.engine import reading

    with reading(app.engine) as connection:
        if numbers:
            messages = tuple(outbox.get(connection, number) for number in dict.fromkeys(numbers))
        else:
            messages = outbox.load(connection, states, limit)
        told = {one.id: one for one in subscriptions.load(connection)}
        tried = outbox.attempts(connection, [one.id for one in messages])
    return [(one, told.get(one.subscription_id), tried[one.id]) for one in messages]


def _lines(
    message: "Message", subscription: "Subscription | None", tried: "Sequence[Attempt]", language: str, screen: Screen
) -> Iterator[str]:
    """The message with its state, to whom and why, then its attempts."""
    state = screen.paint(word(message.state.value, language), _STYLES.get(message.state, Style.PLAIN))
    yield f"#{message.id}  {state}  {truncate(safe(message.subject), screen.width - 20)}"
    who = shown_address(subscription) if subscription else text("removed subscription", language)
    parts = [safe(who), safe(message.reason), _due(message, language)]
    yield screen.paint(truncate("    " + "  ".join(one for one in parts if one), screen.width), Style.FAINT)
    for one in tried:
        line = f"{one.at:%Y-%m-%d %H:%M}Z  {word(one.result.value, language)}  {one.seconds:.1f}s  {safe(one.reason)}"
        yield from (f"    {part}" for part in wrap(line, screen.width - 4))


def _due(message: "Message", language: str) -> str:
    waits = message.state in (MessageState.QUEUED, MessageState.HELD, MessageState.UNKNOWN)
    return text("due at", language, when=f"{message.due_at:%Y-%m-%d %H:%M}Z") if waits else ""


def _record(message: "Message", subscription: "Subscription | None", tried: "Sequence[Attempt]") -> dict[str, object]:
    return {
        "id": message.id,
        "subscription": message.subscription_id,
        "address": shown_address(subscription) if subscription else None,
        "subject": message.subject,
        "state": message.state.value,
        "reason": message.reason,
        "message_id": message.message_id,
        "created_at": message.created_at.isoformat(),
        "due_at": message.due_at.isoformat(),
        "sent_at": message.sent_at.isoformat() if message.sent_at else None,
        "last_error": message.last_error,
        "attempts": [
            {
                "at": one.at.isoformat(),
                "result": one.result.value,
                "reason": one.reason,
                "seconds": round(one.seconds, 3),
            }
            for one in tried
        ],
    }
