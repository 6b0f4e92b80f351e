"""`evtimeline channels`: by which ways messages can leave, and a test message by one of them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from evtimeline.app import App, open_app, open_channels
from evtimeline.cli import Invocation
from evtimeline.cli.terminal import safe
from evtimeline.cli.words import text

if TYPE_CHECKING:
    from evtimeline.core.subscriptions import Message, Subscription
    from evtimeline.delivery.channels import Channels
    from evtimeline.delivery.contract import Outcome

NOT_SENT = 3
"""The exit code when the test message was not taken."""


@click.group(invoke_without_command=True, short_help="By which ways messages leave; test one.")
@click.pass_context
def channels(context: click.Context) -> None:
    """List the mail server and the channels of evtimeline.toml; nothing that opens a door is shown."""
    if context.invoked_subcommand:
        return
    invocation = context.find_object(Invocation) or Invocation()
    with open_app(invocation.home, invocation.language) as app:
        for line in _listed(app):
            click.echo(line)


@channels.command()
@click.argument("address")
@click.pass_obj
def test(invocation: Invocation, address: str) -> int:
    """Send a short test message to ADDRESS (a mailbox, an address, a channel's name or a subscription's number).

    Nothing is recorded. Ends with 3 when it was not taken, and says why.
    """
    with open_app(invocation.home, invocation.language) as app:
        subscription = _meant(app, address)
        with open_channels(app) as ways:
            outcome = send_test(app, ways, subscription)
        click.echo(f"{subscription.channel}: {outcome.result.value} ({safe(outcome.reason)})")
    return 0 if outcome.result.value == "sent" else NOT_SENT


def send_test(app: App, ways: "Channels", subscription: "Subscription") -> "Outcome":
    """Send a short test message, of which nothing is recorded."""
    return ways.send(_message(app, subscription), subscription, app.now)


def _listed(app: App) -> Iterator[str]:
    from urllib.parse import urlsplit

    mail = app.settings.mail
    if mail.host:
        secured = {"none": text("in the clear", app.language)}.get(mail.security, mail.security)
        login = f"{safe(mail.user)}@" if mail.user else ""
        yield f"smtp      {login}{safe(mail.host)}:{mail.port} ({secured}), {safe(mail.sender)}"
    else:
        yield text("no mail server", app.language, file=app.workspace.settings_file)
    for one in app.settings.channels:
        signed = ", " + text("signed", app.language) if one.secret.value or one.secret.file else ""
        yield f"{one.kind:9} {safe(one.name)} ({safe(urlsplit(one.url).hostname or one.kind)}{signed})"


def _meant(app: App, address: str) -> "Subscription":
    from evtimeline.core.subscriptions import Cadence, Subscription
    from evtimeline.delivery.addresses import channel_of
    from evtimeline.store import subscriptions
    from evtimeline.store.engine import reading

    if address.isdecimal():
        with reading(app.engine) as connection:
            return subscriptions.get(connection, int(address))
    channel = channel_of(address, {one.name: one.kind for one in app.settings.channels})
    return Subscription(address, channel, Cadence.INSTANT, app.now, language=app.language)


def _message(app: App, subscription: "Subscription") -> "Message":
    from evtimeline.core.subscriptions import Message, message_id

    now = app.now
    return Message(
        subscription.id,
        key=f"test:{now.isoformat()}",
        subject=text("test subject", subscription.language),
        text=text("test text", subscription.language, place=app.workspace.config) + "\n",
        message_id=message_id(f"test:{now.isoformat()}", app.settings.mail_domain),
        created_at=now,
        due_at=now,
        reason="test",
    )
