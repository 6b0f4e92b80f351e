"""The settings by which messages leave: the mail server, and webhooks and bots by name."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from evtimeline.errors import SettingsError
from evtimeline.settings.source import MASK, Secret, Source

PORTS = {"starttls": 587, "tls": 465, "none": 25}
KINDS = ("webhook", "feishu", "dingtalk", "wecom", "apprise")

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}")
_HOST = re.compile(r"[A-Za-z0-9.:_-]{1,253}")


@dataclass(frozen=True)
class MailSettings:
    """How mail leaves; without a host none does. `keyring`: the password lies in the system's keyring."""

    host: str = ""
    port: int = 587
    security: str = "starttls"
    user: str = ""
    sender: str = ""
    password: Secret = field(default_factory=Secret)
    keyring: bool = False
    timeout: int = 60  # seconds for one message
    ca_file: str | None = None

    def read_password(self) -> str | None:
        """The password; None where none is set. Raises SettingsError when it cannot be had."""
        return _from_keyring(self.user) if self.keyring else self.password.read()


@dataclass(frozen=True)
class ChannelSettings:
    """A webhook or bot under the name that subscriptions use."""

    name: str
    kind: str
    url: str = field(repr=False)
    secret: Secret = field(default_factory=Secret)


def read_mail(source: Source, folder: Path) -> MailSettings:
    """Read [smtp]; what is wrong is noted in the source."""
    security = source.text("smtp.security", "starttls", _one_of(PORTS))
    ca_file = source.text("smtp.ca_file", "", str)
    keyring = source.switch("smtp.keyring", False)
    mail = MailSettings(
        host=source.text("smtp.host", "", _matching(_HOST, "must be a host's name or address")),
        port=source.number("smtp.port", PORTS[security], 1, 65_535),
        security=security,
        user=source.text("smtp.user", "", str),
        sender=source.text("smtp.from", "", _matching(_ADDRESS, "must be a mail address such as news@example.org")),
        password=source.secret("smtp.password", folder, keyring=keyring),
        keyring=keyring,
        timeout=source.number("smtp.timeout", 60, 1, 120),
        ca_file=str(folder / Path(ca_file).expanduser()) if ca_file else None,
    )
    if mail.host and not mail.sender:
        source.refuse("smtp.from", "is missing: with smtp.host there must be an address that mail comes from")
    return mail


def read_channels(source: Source, folder: Path) -> tuple[ChannelSettings, ...]:
    """Read every [channel.NAME]; what is wrong is noted in the source."""
    found = []
    for name in source.tables("channel"):
        place = f"channel.{name}"
        kind = source.text(f"{place}.kind", "webhook", _one_of(KINDS))
        url = source.address(f"{place}.url", "", _is_web_address if kind != "apprise" else str, folder, _door)
        if not url and f"{place}.url" not in source.refused:
            source.refuse(f"{place}.url", "is missing")
        found.append(ChannelSettings(name, kind, url, source.secret(f"{place}.secret", folder)))
    return tuple(found)


def _door(url: str) -> str:
    """What may be shown of an address that lets anybody who knows it write there."""
    scheme, separator, _ = url.partition("://")
    if not separator:
        return MASK if url else ""
    host = urlsplit(url).hostname if _is_fine(url) else None
    return f"{scheme}://{host}/{MASK}" if host else f"{scheme}://{MASK}"


def read_public_url(source: Source) -> str | None:
    """Read public_url; what is wrong is noted in the source."""
    return source.text("public_url", "", _is_web_address) or None


def _from_keyring(user: str) -> str | None:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError as error:
        raise SettingsError("smtp.keyring needs the keyring: pip install 'evtimeline[keyring]'") from error
    try:
        found: str | None = keyring.get_password("evtimeline", user)
    except KeyringError as error:
        raise SettingsError(f"the keyring cannot be read ({error}): unlock it, or use smtp.password_file") from error
    if found is None:
        raise SettingsError(f"the keyring has no password: run `keyring set evtimeline {user}`")
    return found


def _one_of(names: "dict[str, int] | tuple[str, ...]") -> Callable[[str], str]:
    def check(value: str) -> str:
        if value not in names:
            raise ValueError(f"must be {', '.join(list(names)[:-1])} or {list(names)[-1]}, not {value!r}")
        return value

    return check


def _matching(pattern: re.Pattern[str], sentence: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        if not pattern.fullmatch(value):
            raise ValueError(f"{sentence}, not {value!r}")
        return value

    return check


def _is_web_address(value: str) -> str:
    if not _is_fine(value):
        raise ValueError("must be a web address, https://...")
    return value


def _is_fine(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and value.isprintable() and " " not in value
    except ValueError:
        return False
