"""A running server and short ways to ask it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage
from typing import cast

from tests.builders import NOW
from tests.patience import PATIENCE

from evtimeline.app import App
from evtimeline.web import server
from evtimeline.web.health import Pulse

DAEMON = "laptop:1"


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: HTTPMessage
    text: str

    @property
    def checks(self) -> dict[str, tuple[bool, str]]:
        """The checks of a health answer by name: whether it is well, and why."""
        told = cast("list[dict[str, object]]", json.loads(self.text)["checks"])
        return {str(one["name"]): (bool(one["ok"]), str(one["why"])) for one in told}


@dataclass(frozen=True)
class Site:
    """A server on loopback with the app that it serves."""

    app: App
    server: server.Server

    def ask(self, path: str, method: str = "GET", body: str | None = None) -> Reply:
        """Ask for a path on a connection of its own."""
        connection = HTTPConnection(self.server.host, self.server.port, timeout=PATIENCE)
        try:
            headers = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return Reply(answer.status, answer.headers, answer.read().decode())
        finally:
            connection.close()


@contextmanager
def serving(app: App, pulse: Pulse = lambda: NOW) -> Iterator[Site]:
    """Run a server for the app on a free port of loopback."""
    running = server.start(app, DAEMON, "127.0.0.1", 0, pulse)
    try:
        yield Site(app, running)
    finally:
        running.close()
