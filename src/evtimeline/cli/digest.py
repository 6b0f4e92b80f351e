"""`evtimeline digest`: what a digest would say, and sending what is due."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evtimeline.app import App, make_desk, open_app, open_channels
from evtimeline.cli import Invocation
from evtimeline.cli.terminal import safe
from evtimeline.errors import UsageError, WorkspaceError

if TYPE_CHECKING:
    from evtimeline.core.cadence import Period
    from evtimeline.core.letters import Letter
    from evtimeline.core.subscriptions import Message, Subscription
    from evtimeline.jobs.desk import Composed

WEEK = timedelta(days=7)
FILE = click.Path(dir_okay=False, path_type=Path)


@click.group(short_help="Preview a digest, or send what is due.")
def digest() -> None:
    """What a digest would say, and sending what is due."""


@digest.command()
@click.option("--subscription", "number", type=int, metavar="ID", help="As this subscription would get it.")
@click.option(
    "--timeline", "timelines", multiple=True, metavar="KEY", help="Without ID: only this timeline; repeatable."
)
@click.option("--from", "begin", metavar="DATE", help="First day; else since the last digest, or a week ago.")
@click.option("--to", "end", metavar="DATE", help="Last day; else until now.")
@click.option("--text", "as_text", is_flag=True, help="Print the text part alone.")
@click.option("--open", "browse", is_flag=True, help="Open the HTML part in your browser.")
@click.option("--html", type=FILE, help="Write the HTML part to a file.")
@click.option("--eml", type=FILE, help="Write the whole mail to a file.")
@click.pass_obj
def preview(
    invocation: Invocation,
    number: int | None,
    timelines: tuple[str, ...],
    begin: str | None,
    end: str | None,
    as_text: bool,
    browse: bool,
    html: Path | None,
    eml: Path | None,
) -> None:
    """Show what would be sent, to whom and when, of any period. Nothing is sent and nothing is recorded."""
    with open_app(invocation.home, invocation.language) as app:
        subscription, letter = _draft(app, number, timelines, begin, end)
        message = _message(app, subscription, letter)
        if browse:
            html = html or Path(_temporary())
        if html:
            _write(html, (message.html or "").encode())
        if eml:
            _write(eml, _mail(app, message, subscription))
        if browse and html:
            click.launch(str(html))
        if as_text or not (html or eml):
            click.echo(message.text if as_text else _told(app, subscription, message), nl=not as_text)


@digest.command()
@click.option("--now", "forced", is_flag=True, help="Send digests with what there is, before their time.")
@click.option("--subscription", "number", type=int, metavar="ID", help="With --now: only this one.")
@click.pass_obj
def send(invocation: Invocation, forced: bool, number: int | None) -> int:
    """Compose and send everything that is due: digests, alerts, reminders, notices to operators.

    Made for cron. What is due is sent once, however often this runs. Ends with 3 when something could not be
    composed or sent; `evtimeline deliveries` says what and why.
    """
    from evtimeline.jobs.deliver import deliver
    from evtimeline.jobs.telling import tell

    if number is not None and not forced:
        raise UsageError("--subscription goes with --now: without it, whatever is due is sent")
    with open_app(invocation.home, invocation.language) as app:
        done = _forced(app, number) if forced else tell(make_desk(app), app.now)
        failed = [one for one in done if one.error]
        for one in failed:
            click.echo(f"subscription {one.subscription.id}: {safe(one.error or '')}", err=True)
        with open_channels(app) as channels:
            tried = [(one.message, one.attempt) for one in deliver(app.engine, channels, lambda: app.now)]
    for message, attempt in tried:
        click.echo(f"{attempt.result.value}: {safe(message.subject)} ({safe(attempt.reason)})")
    if not (tried or failed):
        click.echo("Nothing is due.")
    return 3 if failed or any(attempt.result.value != "sent" for _, attempt in tried) else 0


def _forced(app: App, number: int | None) -> "list[Composed]":
    """Queue the digests of one subscription, or of all that get digests, before their time."""
    from evtimeline.core.subscriptions import Cadence
    from evtimeline.jobs.compose import send_now
    from evtimeline.store import subscriptions
    from evtimeline.store.engine import reading

    with reading(app.engine) as connection:
        if number is None:
            chosen = [one for one in subscriptions.load(connection, paused=False) if one.cadence is not Cadence.INSTANT]
        else:
            chosen = [subscriptions.get(connection, number)]
    if any(one.cadence is Cadence.INSTANT for one in chosen):
        raise UsageError(f"subscription {number} is told at once and gets no digests: `evtimeline alert test` shows it")
    if not chosen:
        raise UsageError("nobody gets digests: `evtimeline subscribe` adds somebody")
    return [send_now(make_desk(app), one, app.now) for one in chosen]


def _draft(
    app: App, number: int | None, timelines: tuple[str, ...], begin: str | None, end: str | None
) -> "tuple[Subscription, Letter]":
    """The digest of the asked-for period, for a subscription or for nobody in particular."""
    from evtimeline.core.subscriptions import Cadence, Subscription
    from evtimeline.jobs.compose import preview as draft
    from evtimeline.store import subscriptions
    from evtimeline.store import timelines as known
    from evtimeline.store.engine import reading

    if number is not None and timelines:
        raise UsageError("--timeline goes without --subscription: a subscription knows its timelines")
    with reading(app.engine) as connection:
        for key in timelines:
            known.load(connection, key)
        if number is None:
            subscription = Subscription(
                address="you@example.org",
                channel="smtp",
                cadence=Cadence.WEEKLY,
                created_at=app.now,
                zone=app.settings.zone,
                language=app.language,
                timelines=timelines,
            )
            since = app.now - WEEK
        else:
            subscription = subscriptions.get(connection, number)
            since = subscriptions.cursors(connection)[number].period_end
        period = _period(app, subscription, since, begin, end)
        return subscription, draft(connection, subscription, period, app.now, app.workspace.catalogue_file)


def _period(app: App, subscription: "Subscription", since: datetime, begin: str | None, end: str | None) -> "Period":
    """Whole days in the subscription's zone, as far as they are asked for."""
    from evtimeline.core.cadence import Period, instant_of

    first = instant_of(_day(begin, "--from"), time(), subscription.zone) if begin else None
    last = instant_of(_day(end, "--to") + timedelta(days=1), time(), subscription.zone) if end else app.now
    first = first or (since if since < last else last - WEEK)
    if first >= last:
        raise UsageError("--from must not lie after --to")
    return Period(first, last)


def _day(typed: str, option: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise UsageError(f"{option} {typed!r} is no day: write it like 2025-06-27") from error


def _message(app: App, subscription: "Subscription", letter: "Letter") -> "Message":
    from evtimeline.jobs.desk import as_message

    return as_message(letter, subscription, f"preview:{app.now.isoformat()}", app.now, make_desk(app).domain)


def _told(app: App, subscription: "Subscription", message: "Message") -> str:
    """To whom, when and how big, and then what it says."""
    from evtimeline.core.letters import shown_address
    from evtimeline.rendering import encoded_size

    lines = [f"Subject: {message.subject}"]
    if subscription.id:
        lines.append(
            f"To:      {safe(shown_address(subscription))} ({subscription.channel}, {_when(app, subscription)})"
        )
    lines.append(f"HTML:    {encoded_size(message.html or ''):,} bytes encoded; --open shows it")
    return "\n".join(lines) + "\n\n" + message.text.rstrip("\n")


def _when(app: App, subscription: "Subscription") -> str:
    """When the subscription is told next."""
    from zoneinfo import ZoneInfo

    from evtimeline.core.cadence import next_due

    due = next_due(subscription, app.now)
    if subscription.paused:
        return "paused"
    return f"{due.astimezone(ZoneInfo(subscription.zone)):%Y-%m-%d %H:%M} {subscription.zone}" if due else "at once"


def _mail(app: App, message: "Message", subscription: "Subscription") -> bytes:
    """The mail as it would leave."""
    from dataclasses import replace

    from evtimeline.delivery.file import NOBODY
    from evtimeline.delivery.mime import build

    sender = app.settings.mail.sender or NOBODY
    mailed = subscription if subscription.channel == "smtp" else replace(subscription, address=sender)
    return build(message, mailed, sender, app.settings.public_url)


def _temporary() -> str:
    """A file that stays, for the browser to read after we are gone."""
    import os
    import tempfile

    handle, name = tempfile.mkstemp(prefix="evtimeline-", suffix=".html")
    os.close(handle)
    return name


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise WorkspaceError(f"{path} cannot be written: {error.strerror}") from error
    click.echo(f"written: {path}")
