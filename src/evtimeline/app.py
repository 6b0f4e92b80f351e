"""The composition root: the only place that knows every part, and the only one that reads the clock."""

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from evtimeline.errors import SettingsError
from evtimeline.settings import Settings, Workspace, load_settings, locate

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from evtimeline.core.subscriptions import Subscription
    from evtimeline.delivery.channels import Channels
    from evtimeline.delivery.contract import Endpoint, MailServer
    from evtimeline.jobs.desk import Desk
    from evtimeline.jobs.poll import World


@dataclass(frozen=True)
class App:
    """An open workspace: where it lies, how it is set, its database."""

    workspace: Workspace
    settings: Settings
    engine: "Engine"

    @property
    def language(self) -> str:
        """The language to speak, zh or en."""
        return self.settings.language

    @property
    def now(self) -> datetime:
        """This instant, in UTC."""
        return read_clock()

    def today(self, zone: str) -> date:
        """This day in an IANA zone."""
        return self.now.astimezone(ZoneInfo(zone)).date()


HOMEPAGE = "https://github.com/evtimeline/evtimeline"


def read_clock() -> datetime:
    """Return the present instant in UTC; EVTIMELINE_NOW (ISO 8601 with a zone) replaces it for demonstrations.

    Raises SettingsError when EVTIMELINE_NOW is no instant.
    """
    told = os.environ.get("EVTIMELINE_NOW")
    if not told:
        return system_clock()
    try:
        instant = datetime.fromisoformat(told)
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        raise SettingsError(f"EVTIMELINE_NOW is {told!r}: write an instant such as 2025-06-27T12:00:00+08:00")
    return instant.astimezone(UTC)


def system_clock() -> datetime:
    """Return what the machine's clock shows, in UTC, whatever EVTIMELINE_NOW says: for who checks the clock itself."""
    return datetime.now(UTC)  # noqa: TID251  this is the one place


def read_user() -> str:
    """Return the name under which a person's decisions are kept: EVTIMELINE_USER, else the login name."""
    try:
        return os.environ.get("EVTIMELINE_USER") or getpass.getuser()
    except (OSError, KeyError):  # a container's user may have no name
        return f"uid {os.getuid()}"


def user_agent(contact: str | None) -> str:
    """Name us to the servers that we ask (RFC 9110, section 10.1.5): version, and where to complain."""
    from importlib.metadata import version  # 30 ms that only polling need pay

    return f"evtimeline/{version('evtimeline')} (+{contact or HOMEPAGE})"


@contextmanager
def open_app(home: Path | None = None, language: str | None = None) -> Iterator[App]:
    """Open the workspace at `home` (else where EVTIMELINE_HOME, the current folder or the user's folders say).

    Raises WorkspaceError when there is none, SettingsError when its settings are wrong, and StoreError (too old, too
    new, not readable) when its database cannot be used.
    """
    from evtimeline.store import schema  # SQLAlchemy takes a quarter of a second: not for `--help`
    from evtimeline.store.engine import connect

    workspace = locate(home)
    workspace.require()
    settings = load_settings(workspace, language=language)
    engine = connect(settings.database)
    read_clock()  # a wrong EVTIMELINE_NOW is told before anything is done
    try:
        schema.check(engine)
        yield App(workspace, settings, engine)
    finally:
        engine.dispose()


def open_channels(app: App) -> "Channels":
    """The channels as this workspace's settings have them; use them in a `with` block.

    Nothing is connected, and no password read, before there is something to send.
    """
    from evtimeline.delivery.channels import Channels, Sources

    settings = app.settings
    return Channels(
        Sources(
            mail_server=lambda: mail_server(settings),
            endpoint=lambda subscription: _endpoint(settings, subscription),
            folder=app.workspace.data,
            agent=user_agent(settings.contact),
            sender=settings.mail.sender or None,
            public_url=settings.public_url,
        )
    )


def make_world(app: App, *, keep: bool = True, holder: str | None = None, backlog: bool = False) -> "World":
    """What polling needs of the outside; see `World` for `keep`, `holder` (a new name without one) and `backlog`."""
    from evtimeline.feeds.fetch import Limits
    from evtimeline.jobs.claiming import own_name
    from evtimeline.jobs.poll import World

    fetch = app.settings.fetch
    limits = Limits(
        total=fetch.timeout,
        connect=min(10.0, fetch.timeout),
        size=fetch.max_bytes,
        at_once=fetch.at_once,
        per_host=fetch.per_host,
        link_local=fetch.allow_link_local,
    )
    agent = user_agent(app.settings.contact)
    least = timedelta(minutes=fetch.min_interval)
    return World(app.engine, read_clock, agent, limits, least, keep, backlog, holder or own_name())


def make_desk(app: App) -> "Desk":
    """Where this workspace's messages are written; their Message-IDs carry the domain that mail comes from."""
    from evtimeline.jobs.desk import Desk

    domain = app.settings.mail.sender.rpartition("@")[2] or "evtimeline.localhost"
    return Desk(app.engine, app.workspace.catalogue_file, domain)


def mail_server(settings: Settings) -> "MailServer":
    """The mail server with its password; raises SettingsError where there is none, or its password cannot be had."""
    from evtimeline.delivery.contract import MailServer, Security

    mail = settings.mail
    if not mail.host:
        raise SettingsError("there is no mail server: set smtp.host and smtp.from in evtimeline.toml")
    return MailServer(
        host=mail.host,
        sender=mail.sender,
        port=mail.port,
        security=Security(mail.security),
        user=mail.user or None,
        password=mail.read_password() if mail.user else None,
        timeout=mail.timeout,
        ca_file=mail.ca_file,
        public_url=settings.public_url,
    )


def _endpoint(settings: Settings, subscription: "Subscription") -> "Endpoint":
    from evtimeline.delivery.contract import Endpoint

    named = next((one for one in settings.channels if one.name == subscription.address), None)
    if named is not None:
        return Endpoint(named.url, named.secret.read())
    if "://" not in subscription.address:
        raise SettingsError(
            f"there is no [channel.{subscription.address}] in evtimeline.toml any more: set it up again"
        )
    return Endpoint(subscription.address)
