"""`evtimeline subscriptions`: who is told what; change, pause, resume or end it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Unpack

import click

from evtimeline.app import open_app
from evtimeline.cli import Invocation
from evtimeline.cli.subscription_options import Fields, applied, subscription_options
from evtimeline.cli.subscription_screen import described, dump, listed
from evtimeline.cli.terminal import this_screen
from evtimeline.cli.words import text

NUMBERS = click.argument("numbers", metavar="ID...", nargs=-1, required=True, type=int)


@click.group(invoke_without_command=True, short_help="Who is told what; change, pause or end it.")
@click.option("--json", "as_json", is_flag=True, help="For programs; addresses without their keys.")
@click.pass_context
def subscriptions(context: click.Context, as_json: bool) -> None:
    """List who is told what; the commands below change it. `evtimeline subscribe` adds somebody."""
    if context.invoked_subcommand:
        return
    from evtimeline.store import outbox
    from evtimeline.store import subscriptions as store
    from evtimeline.store.engine import reading

    invocation = context.find_object(Invocation) or Invocation()
    with open_app(invocation.home, invocation.language) as app:
        with reading(app.engine) as connection:
            many, waiting = store.load(connection), outbox.waiting(connection)
        if as_json:
            click.echo(dump(many, app.now))
            return
        screen = this_screen()
        for line in listed(many, waiting, app.now, screen, app.language):
            click.echo(line, color=screen.colour)


@subscriptions.command()
@click.argument("number", metavar="ID", type=int)
@subscription_options
@click.pass_obj
def edit(invocation: Invocation, /, number: int, **typed: Unpack[Fields]) -> None:
    """Change a subscription; what is not given stays. Its address cannot change: make another."""
    from evtimeline.store import subscriptions as store
    from evtimeline.store.engine import writing

    with open_app(invocation.home, invocation.language) as app:
        with writing(app.engine) as connection:
            before = store.get(connection, number)
            after = applied(connection, before, typed)
            store.save(connection, after)
        changed = "changed" if after != before else "unchanged"
        click.echo(text(f"subscription {changed}", app.language, id=number, who=described(after, app.language)))


@subscriptions.command()
@NUMBERS
@click.pass_obj
def pause(invocation: Invocation, numbers: tuple[int, ...]) -> None:
    """Send nothing for a while; what changes meanwhile is told after `resume`."""
    _set(invocation, numbers, paused=True)


@subscriptions.command()
@NUMBERS
@click.pass_obj
def resume(invocation: Invocation, numbers: tuple[int, ...]) -> None:
    """Go on after a pause."""
    _set(invocation, numbers, paused=False)


@subscriptions.command()
@NUMBERS
@click.pass_obj
def remove(invocation: Invocation, numbers: tuple[int, ...]) -> None:
    """End subscriptions; what was sent stays on record."""
    from evtimeline.store import subscriptions as store
    from evtimeline.store.engine import writing

    with open_app(invocation.home, invocation.language) as app:
        with writing(app.engine) as connection:
            gone = [store.get(connection, number) for number in dict.fromkeys(numbers)]
            for one in gone:
                store.remove(connection, one.id, app.now)
        for one in gone:
            click.echo(text("subscription removed", app.language, id=one.id, who=described(one, app.language)))


def _set(invocation: Invocation, numbers: Sequence[int], *, paused: bool) -> None:
    from evtimeline.store import subscriptions as store
    from evtimeline.store.engine import writing

    with open_app(invocation.home, invocation.language) as app:
        with writing(app.engine) as connection:
            many = [replace(store.get(connection, number), paused=paused) for number in dict.fromkeys(numbers)]
            for one in many:
                store.save(connection, one)
        key = "subscription paused" if paused else "subscription resumed"
        for one in many:
            click.echo(text(key, app.language, id=one.id, who=described(one, app.language)))
