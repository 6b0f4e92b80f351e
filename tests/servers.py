"""A small real HTTP server on loopback, whose answers a test sets path by path."""

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

from tests.patience import PATIENCE

RSS = "application/rss+xml; charset=utf-8"


@dataclass(frozen=True)
class Asked:
    """A request that has arrived: its path with the query, its headers in lower case, its body."""

    path: str
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True)
class Answer:
    """What the server says: Content-Length is right unless `headers` set another one or `pieces` are given.

    `pieces` are written as they are after the head, without a length; `hold` keeps the connection open after the
    last byte until the server stops; `raw` is everything that is sent, head included.
    """

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = RSS
    pieces: Iterable[bytes] | None = None
    hold: bool = False
    raw: bytes | None = None


Script = Callable[[Asked], Answer]


class FeedServer:
    """Use as a context manager; `server.answers[path]` is an Answer or a function of what was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer | Script] = {}
        self.asked: list[Asked] = []
        self.stopped = threading.Event()
        self._server = _HTTPServer(self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    @property
    def port(self) -> int:
        """The port that the system chose."""
        return int(self._server.server_address[1])

    def url(self, path: str) -> str:
        """The address of a path on this server."""
        return f"http://127.0.0.1:{self.port}{path}"

    def serve(self, path: str, answer: Answer | Script | bytes) -> str:
        """Set what a path answers, and give its address."""
        self.answers[path] = Answer(answer) if isinstance(answer, bytes) else answer
        return self.url(path)

    def asked_for(self, path: str) -> list[Asked]:
        """The requests for a path so far."""
        return [one for one in self.asked if one.path == path]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _t: TracebackType | None
    ) -> None:
        self.stopped.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _HTTPServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, stand: FeedServer) -> None:
        self.stand = stand
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that break off are what many tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _HTTPServer

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        asked = Asked(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
        stand = self.server.stand
        stand.asked.append(asked)
        answer = stand.answers.get(self.path.partition("?")[0], Answer(status=404))
        if callable(answer):
            answer = answer(asked)
        try:
            self._send(answer)
        except OSError:  # the client has gone, which many tests are about
            self.close_connection = True

    do_POST = do_GET  # noqa: N815  the name that the base class looks for

    def _send(self, answer: Answer) -> None:
        if answer.raw is None:
            self._send_head(answer)
            self.wfile.write(answer.body)
        else:
            self.close_connection = True
            self.wfile.write(answer.raw)
        for piece in answer.pieces or ():
            if self.server.stand.stopped.is_set():
                return
            self.wfile.write(piece)
        if answer.hold:
            self.wfile.flush()
            self.server.stand.stopped.wait(PATIENCE)

    def _send_head(self, answer: Answer) -> None:
        self.send_response(answer.status)
        headers = {"Content-Type": answer.content_type, **answer.headers}
        if answer.pieces is not None:
            self.close_connection = True
            headers["Connection"] = "close"
        elif answer.status != 304:
            headers.setdefault("Content-Length", str(len(answer.body)))
            self.close_connection = headers["Content-Length"] != str(len(answer.body))
        for name, value in headers.items():
            if value:
                self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: ARG002  the name that the base class gives it
        return
