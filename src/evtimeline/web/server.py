"""Serves health, figures and the links in mail from a thread of the daemon."""

import errno
import ipaddress
import logging
import socket
from threading import Event, Thread
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from waitress import create_server, wasyncore

from evtimeline.daemon.logs import note
from evtimeline.errors import SettingsError
from evtimeline.store.engine import connect
from evtimeline.web.health import Health, Pulse
from evtimeline.web.metrics import Metrics
from evtimeline.web.patience import Patience
from evtimeline.web.site import Methods, Site
from evtimeline.web.unsubscribe import Unsubscribing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from wsgiref.types import WSGIApplication

    from sqlalchemy import Engine

    from evtimeline.app import App

THREADS = 6
CONNECTIONS = 50
LARGEST = 16_384
"""Bytes of a request's head, and of its body: one click sends 26."""
IDLE_SECONDS = 20
"""After which a connection that says nothing is closed."""

_REFUSALS = {
    errno.EADDRINUSE: "is taken by another program: stop that, or choose another port",
    errno.EACCES: "may not be opened by this user: choose a port above 1023",
    errno.EADDRNOTAVAIL: "cannot be opened, the address is none of this machine's: use 127.0.0.1 or 0.0.0.0",
}


class Server:
    """A running server; `host` and `port` are where it listens."""

    def __init__(self, application: "WSGIApplication", listening: socket.socket, engine: "Engine") -> None:
        self.host, self.port = listening.getsockname()[:2]
        self._engine = engine
        self._closing = Event()
        self._channels: dict[int, object] = {}
        self._server = create_server(
            application,
            map=self._channels,
            sockets=[listening],
            threads=THREADS,
            connection_limit=CONNECTIONS,
            max_request_header_size=LARGEST,
            max_request_body_size=LARGEST,
            channel_timeout=IDLE_SECONDS,
            cleanup_interval=IDLE_SECONDS // 2,
            asyncore_use_poll=True,  # select() fails from the 1,024th open file on
            ident="evtimeline",
        )
        self._loop = Thread(target=self._serve, name="evtimeline-web", daemon=True)
        self._loop.start()

    @property
    def is_public(self) -> bool:
        """Whether other machines can reach it."""
        return not ipaddress.ip_address(self.host.partition("%")[0]).is_loopback

    def close(self) -> None:
        """Let requests in hand end, for some seconds, and stop; the second time does nothing."""
        if self._closing.is_set():
            return
        self._closing.set()
        self._server.task_dispatcher.shutdown()
        self._server.pull_trigger()
        self._loop.join()
        wasyncore.close_all(self._channels)
        self._engine.dispose()

    def _serve(self) -> None:
        while not self._closing.is_set():
            wasyncore.loop(timeout=1, map=self._channels, use_poll=True, count=1)


def start(app: "App", daemon_name: str, host: str, port: int, pulse: Pulse) -> Server:
    """Serve /healthz, /readyz, /metrics and /unsubscribe/ of one daemon until the server is closed; port 0 is any.

    `daemon_name` is the one under which the daemon's heartbeat is kept; `pulse` tells when its scheduler last ticked.
    The server has connections of its own. Raises SettingsError when the port cannot be had.
    """
    engine = connect(app.settings.database)
    server = Server(Site(_router(app, engine, daemon_name, pulse)), _listen(host, port), engine)
    if server.is_public:
        where = f"{server.host}:{server.port}"
        note(logging.WARNING, "health-public", at=where, why="other machines can read health and figures there")
    return server


def _router(app: "App", engine: "Engine", daemon_name: str, pulse: Pulse) -> "Callable[[str], Methods | None]":
    health = Health(engine, daemon_name, lambda: app.now, Patience(), pulse)
    metrics = Metrics(engine, lambda: app.now, Patience(seconds=8.0, at_once=2))
    unsubscribing = Unsubscribing(engine, lambda: app.now, Patience(seconds=8.0))
    fixed: Mapping[str, Methods] = {
        "/healthz": {"GET": health.alive},
        "/readyz": {"GET": health.ready},
        "/metrics": {"GET": metrics.page},
    }
    prefix = urlsplit(app.settings.public_url or "").path.rstrip("/")

    def find(path: str) -> Methods | None:
        inside = path.removeprefix(prefix)  # a proxy may hand the path on with or without it
        return fixed.get(path) or unsubscribing.find(inside)

    return find


def _listen(host: str, port: int) -> socket.socket:
    """Open the port. Raises SettingsError that says why it cannot be had."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (socket.gaierror, UnicodeError, OverflowError) as error:
        raise SettingsError(f"{host!r} is no address to listen at: use 127.0.0.1, or one of this machine's") from error
    listening = socket.socket(family, kind)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen()
    except OSError as error:
        listening.close()
        why = _REFUSALS.get(error.errno or 0, f"cannot be opened ({error.strerror}): choose another address or port")
        raise SettingsError(f"port {port} of {host} {why}") from error
    return listening
