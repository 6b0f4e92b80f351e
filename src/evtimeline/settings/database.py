"""The setting that says where the database is; its password may lie in a file of its own."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urlsplit

from evtimeline.errors import SettingsError
from evtimeline.feeds.urls import masked
from evtimeline.settings.source import MASK, Source

_SERVER = ("postgresql", "postgresql+psycopg")
_LOGIN = re.compile(r"(?<=://)([^:/@]*):.*@")


def read_database(source: Source, folder: Path, usual: str) -> str:
    """Read the address of the database, its password in it; what is wrong is noted in the source.

    A relative SQLite file is relative to `folder`.
    """
    url = source.address("database", usual, _database_in(folder), folder, without_password)
    secret = source.secret("database_password", folder)
    if secret.value is None and secret.file is None:
        return url
    try:
        return _with_password(url, secret.read() or "")
    except SettingsError as error:
        source.refuse("database_password_file", f"is of no use: {error}")
    except ValueError as error:
        source.refuse("database_password_file", str(error))
    return url


def without_password(url: str) -> str:
    """The address of a database as it may be shown."""
    scheme, _, _ = url.partition("://")
    return url if scheme == "sqlite" else masked(_LOGIN.sub(rf"\1:{MASK}@", url))


def _with_password(url: str, password: str) -> str:
    """Raises ValueError with the end of a sentence where the address has no room for a password."""
    parts = urlsplit(url)
    if parts.scheme not in _SERVER:
        raise ValueError("is of no use: a SQLite file has no password")
    if not parts.username:
        raise ValueError("needs a user in the database's address: postgresql://user@host/name")
    if parts.password is not None:
        raise ValueError("stands beside a password in the database's address: take that away")
    user, at, host = parts.netloc.rpartition("@")
    return parts._replace(netloc=f"{user}:{quote(password, safe='')}{at}{host}").geturl()


def _database_in(folder: Path) -> Callable[[str], str]:
    """A check that also lets a relative SQLite file be relative to the settings."""

    def check(value: str) -> str:
        if urlsplit(value).scheme in _SERVER:
            return value
        if not value.startswith("sqlite:///") or value == "sqlite:///":
            raise ValueError("must be sqlite:///path/to/file.db or postgresql://user@host/name")
        path = value.removeprefix("sqlite:///")
        return f"sqlite:///{folder / Path(path).expanduser()}"

    return check
