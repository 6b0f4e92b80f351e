"""`evtimeline subscribe`: tell somebody of what changes."""

from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from evtimeline.app import App, open_app
from evtimeline.cli import Invocation
from evtimeline.cli.subscription_options import Fields, applied, subscription_options, weekly_morning
from evtimeline.cli.subscription_screen import described
from evtimeline.cli.words import text
from evtimeline.core.subscriptions import Cadence, Subscription
from evtimeline.errors import UsageError

if TYPE_CHECKING:
    from sqlalchemy import Connection


@click.command(short_help="Tell somebody of what changes: by mail, chat bot or webhook.")
@click.argument("addresses", nargs=-1, required=True, metavar="ADDRESS...")
@subscription_options
@click.option("--channel", metavar="NAME", help="smtp, webhook, feishu, dingtalk, wecom, apprise or file.")
@click.pass_obj
def subscribe(
    invocation: Invocation, /, addresses: tuple[str, ...], channel: str | None, **typed: Unpack[Fields]
) -> None:
    """Tell ADDRESS of what changes from now on: at once, every day, or every week (on Monday at 8, if nothing is said).

    ADDRESS is name@example.org, the https:// address of a webhook or of a Feishu, DingTalk or WeCom bot, a
    [channel.NAME] of evtimeline.toml, a folder, or an Apprise URL. Several addresses make a subscription each.
    """
    from evtimeline.store import subscriptions
    from evtimeline.store.engine import writing

    with open_app(invocation.home, invocation.language) as app:
        with writing(app.engine) as connection:
            wanted = [_wanted(connection, app, address, channel, typed) for address in dict.fromkeys(addresses)]
            made = [subscriptions.add(connection, one) for one in wanted]
        for one in made:
            click.echo(text("subscribed", app.language, id=one.id, who=described(one, app.language)))
        if any(one.channel == "smtp" for one in made) and not app.settings.mail.host:
            click.echo(text("no mail server", app.language, file=app.workspace.settings_file), err=True)


def _wanted(connection: "Connection", app: App, address: str, channel: str | None, typed: Fields) -> Subscription:
    from evtimeline.delivery.addresses import CHANNELS, channel_of

    name = channel or channel_of(address, {one.name: one.kind for one in app.settings.channels})
    if name not in CHANNELS:
        raise UsageError(f"there is no channel {name!r}: there are {', '.join(CHANNELS)}")
    plain = Subscription(
        address=_absolute(address) if name == "file" else address,
        channel=name,
        cadence=Cadence.WEEKLY,
        created_at=app.now,
        zone=app.settings.zone,
        language=app.language,
    )
    return applied(connection, weekly_morning(plain), typed)


def _absolute(address: str) -> str:
    """A folder that means the same from wherever messages are sent later."""
    return address if address.startswith("file:") else str(Path(address).expanduser().absolute())
