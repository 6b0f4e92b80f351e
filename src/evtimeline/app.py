"""The composition root: the only place that knows every part, and the only one that reads the clock."""

import getpass
import os
import time
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
_BEGAN = time.monotonic()


def read_clock() -> datetime:
    """Return the present instant in UTC; EVTIMELINE_NOW (ISO 8601 with a zone) replaces it for demonstrations.

    A replaced clock runs on from there, so that what happens later in a process is later. Raises SettingsError when
    EVTIMELINE_NOW is no instant.
    """
    told = os.environ.get("EVTIMELINE_NOW")
    if not told:
        return datetime.now(UTC)  # noqa: TID251  this is the one place
    try:
        instant = datetime.fromisoformat(told)
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        raise SettingsError(f"EVTIMELINE_NOW is {told!r}: write an instant such as 2025-06-27T12:00:00+08:00")
    return instant.astimezone(UTC) + timedelta(seconds=time.monotonic() - _BEGAN)


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
    try:
        schema.check(engine)
        yield App(workspace, settings, engine)
    finally:
        engine.dispose()
