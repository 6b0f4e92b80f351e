"""The settings of the daemon."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from evtimeline.settings.source import Source

HEALTH = "127.0.0.1:8686"
OFF = "off"


@dataclass(frozen=True)
class Listening:
    """Where somebody listens: a host's address without brackets, and a port."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """The address for a browser."""
        return f"http://[{self.host}]:{self.port}" if ":" in self.host else f"http://{self.host}:{self.port}"


@dataclass(frozen=True)
class DaemonSettings:
    """How the daemon runs; `health` is where its health and its figures can be asked for, None for nowhere."""

    health: Listening | None = Listening("127.0.0.1", 8686)


def read_daemon(source: Source) -> DaemonSettings:
    """Read [daemon]; what is wrong is noted in the source."""
    health = source.text("daemon.health", HEALTH, _is_listening)
    return DaemonSettings(None if health == OFF else parse_listening(health))


def parse_listening(text: str) -> Listening:
    """Read `host:port` or `[v6]:port`; raises ValueError with the end of a sentence."""
    try:
        parts = urlsplit(f"//{text}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    if not host or not port or parts.path or parts.username is not None or " " in text:
        raise ValueError(f"must be an address and a port such as {HEALTH}, or off, not {text!r}")
    return Listening(host, port)


def _is_listening(text: str) -> str:
    if text in ("", OFF):
        return OFF
    parse_listening(text)
    return text
