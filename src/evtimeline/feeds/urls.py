"""Addresses as text: which may be fetched, how they are shown, and whether two have the same origin."""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from evtimeline.errors import FetchError

_LONGEST = 4000
_HOST = re.compile(r"[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\]")
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f\\]")
_USERINFO = re.compile(r'(?<=//)([^/?#@\s:"<>\[]*):(?!\d{1,5}[/?#])[^\s"<>]{0,500}@')  # no port before a path
_SECRET = re.compile(r"(?i)(?<=[?&])([\w.-]*(?:token|key|secret|password|passwd|pwd|pass|auth|sig|signature)=)[^&#\s]+")
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Target:
    """An address taken apart: what is asked for, of whom, and with which name and password."""

    url: str  # without name and password, ASCII only
    origin: tuple[str, str, int]  # scheme, host, port
    credentials: tuple[str, str] | None = None  # name and password, decoded

    @property
    def host(self) -> str:
        """The host name, in lower case."""
        return self.origin[1]


@lru_cache(maxsize=2048)
def target(url: str) -> Target:
    """Take an http or https address apart; raises FetchError for everything that parsers could read in two ways.

    Our parser and libcurl's must agree on the host, since credentials depend on it: hence the narrow syntax.
    """
    url = url.strip()
    try:
        parts = urlsplit(url)
        port = parts.port
        host = _ascii_host(parts.hostname or "")
    except ValueError:
        raise FetchError(f"{shown(url)} is not an address that can be fetched") from None
    if parts.scheme not in _PORTS:
        named = "data:…" if parts.scheme == "data" else shown(url)  # which is a document and no place
        raise FetchError(f"{named} is not an http:// or https:// address; nothing else is fetched")
    if len(url) > _LONGEST or _FORBIDDEN.search(url) or not _HOST.fullmatch(host) or port == 0:
        raise FetchError(f"{shown(url)} is not an address that can be fetched")
    netloc = host if port is None else f"{host}:{port}"
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/?%:@!$&'()*+,;=~-._[]{}|^`")
    return Target(
        url=urlunsplit((parts.scheme, netloc, path, query, "")),
        origin=(parts.scheme, host.lower(), port or _PORTS[parts.scheme]),
        credentials=_credentials(parts.username, parts.password),
    )


def shown(url: str) -> str:
    """The address as it may be printed or logged: secrets masked, no control characters, at most 200 long."""
    text = "".join(c if c.isprintable() else "�" for c in masked(url))
    return text if len(text) <= 200 else text[:199] + "…"


def masked(text: str) -> str:
    """The text without the passwords and keys that stand in the addresses in it."""
    return _SECRET.sub(r"\1***", _USERINFO.sub(r"\1:***@", text))


def has_secret(url: str) -> bool:
    """Whether an address holds a password or a key, so that it must not be shown whole."""
    return _USERINFO.search(url) is not None or _SECRET.search(url) is not None


def _ascii_host(host: str) -> str:
    if ":" in host:
        return f"[{host}]"
    return host if host.isascii() else host.encode("idna").decode("ascii")


def _credentials(user: str | None, password: str | None) -> tuple[str, str] | None:
    if user is None and password is None:
        return None
    return unquote(user or ""), unquote(password or "")
