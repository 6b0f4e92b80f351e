"""A publisher's web server on the loopback interface: each feed as of an instant, with ETag and 304."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from demo.render import CONTENT_TYPES, render
from demo.story import Publisher, Story

LOOPBACK = "127.0.0.1"


class Newsstand(ThreadingHTTPServer):
    """Serves the story's feeds as they stood at `now`, which the player moves on; OSError when the port is taken."""

    daemon_threads = True

    def __init__(self, story: Story, now: datetime, port: int = 0) -> None:
        self.story = story
        self.now = now
        super().__init__((LOOPBACK, port), _Request)

    @property
    def port(self) -> int:
        """The port that is listened on."""
        return int(self.server_address[1])

    def url(self, publisher: Publisher) -> str:
        """Where the publisher's feed is to be had."""
        return f"http://{LOOPBACK}:{self.port}/{publisher.file}"


class _Request(BaseHTTPRequestHandler):
    server: Newsstand
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:  # the name is http.server's
        publisher = next((each for each in self.server.story.publishers if f"/{each.file}" == self.path), None)
        if publisher is None:
            self._answer(HTTPStatus.NOT_FOUND, "text/plain", b"no such feed\n", None)
            return
        body = render(self.server.story, publisher, self.server.now)
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if self.headers.get("If-None-Match") == etag:
            self._answer(HTTPStatus.NOT_MODIFIED, None, b"", etag)
        else:
            charset = f"{CONTENT_TYPES[publisher.format]}; charset={publisher.encoding}"
            self._answer(HTTPStatus.OK, charset, body, etag)

    def _answer(self, status: HTTPStatus, content_type: str | None, body: bytes, etag: str | None) -> None:
        self.send_response(status)
        if content_type:
            self.send_header("Content-Type", content_type)
        if etag:
            self.send_header("ETag", etag)
        if status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the player tells the story."""


@contextmanager
def serving(stand: Newsstand) -> Iterator[Newsstand]:
    """Serve in the background for as long as the block runs."""
    with stand:
        thread = Thread(target=stand.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield stand
        finally:
            stand.shutdown()
            thread.join()
