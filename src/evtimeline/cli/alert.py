"""`evtimeline alert`: who would be told of a change, how, and why others would not."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from evtimeline.app import App, make_desk, open_app
from evtimeline.cli import Invocation
from evtimeline.errors import UsageError

if TYPE_CHECKING:
    from evtimeline.jobs.rehearsing import Rehearsal


@click.group(short_help="Say who would be told of a change, and in which words.")
def alert() -> None:
    """Who would be told of a change, in which words, and why others would not."""


@alert.command()
@click.argument("key", metavar="[KEY]", required=False)
@click.option("--subscription", "number", type=int, metavar="ID", help="Only this subscription.")
@click.pass_obj
def test(invocation: Invocation, key: str | None, number: int | None) -> None:
    """Rehearse the alert of a milestone's last change, or of the last change of all: to whom it would go and what it
    would say; of the others, why it would not. Nothing is sent and nothing is recorded.
    """
    with open_app(invocation.home, invocation.language) as app:
        found = _rehearse(app, key, number)
        if not found:
            raise UsageError("nobody is subscribed: `evtimeline subscribe` adds somebody")
        for line in _told(found):
            click.echo(line)


def _rehearse(app: App, key: str | None, number: int | None) -> "Sequence[Rehearsal]":
    from evtimeline.jobs.rehearsing import rehearse
    from evtimeline.store import subscriptions
    from evtimeline.store.engine import reading

    with reading(app.engine) as connection:
        chosen = subscriptions.load(connection) if number is None else (subscriptions.get(connection, number),)
        return rehearse(connection, chosen, key, app.now, make_desk(app).domain)


def _told(found: "Sequence[Rehearsal]") -> Iterator[str]:
    """Everybody with the verdict; the words once for each language."""
    from evtimeline.core.letters import shown_address

    for one in found:
        yield f"{one.subscription.id}  {shown_address(one.subscription)} ({one.subscription.channel}): {one.verdict}"
    shown: set[str] = set()
    for one in found:
        if one.message and one.subscription.language not in shown:
            shown.add(one.subscription.language)
            yield f"\nSubject: {one.message.subject}\n\n{one.message.text.rstrip()}"
