"""A wire to PostgreSQL that a test can cut: at once, or just after a COMMIT has arrived and before its answer."""

import re
import socket
import threading
from contextlib import suppress
from types import TracebackType
from typing import Self


class Wire:
    """Use as a context manager; passes on to the server whose address is `url`, a socket in a folder."""

    def __init__(self, url: str) -> None:
        name, folder = re.findall(r"@/(\w+)\?host=(.+)", url)[0]
        self._server = f"{folder}/.s.PGSQL.5432"
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: list[tuple[socket.socket, socket.socket]] = []
        self._threads = [threading.Thread(target=self._accept)]
        self._marked: bytes | None = None
        self.cuts = 0
        port = self._listener.getsockname()[1]
        self.url = (
            f"postgresql://tests@127.0.0.1:{port}/{name}?sslmode=disable&gssencmode=disable&prepare_threshold=none"
        )

    def cut_after_commit_of(self, statement: str) -> None:
        """Cut the next connection that commits after such a statement, before it learns of it."""
        self._marked = statement.encode()

    def cut(self) -> None:
        """Cut all connections at once."""
        for pair in self._open:
            self._end(pair)

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _t: TracebackType | None
    ) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.cut()
        for thread in self._threads:
            thread.join()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.socket(socket.AF_UNIX)
            server.connect(self._server)
            pair = (client, server)
            self._open.append(pair)
            for act in (self._forth, self._back):
                thread = threading.Thread(target=act, args=(pair,))
                self._threads.append(thread)
                thread.start()

    def _forth(self, pair: tuple[socket.socket, socket.socket]) -> None:
        client, server = pair
        seen = b""
        with suppress(OSError):
            while data := client.recv(65_536):
                seen += data
                if b"COMMIT" not in data:
                    server.sendall(data)
                elif self._marked and self._marked in seen:
                    self._marked = None
                    self.cuts += 1
                    client.shutdown(socket.SHUT_RDWR)  # whatever the server answers now does not arrive
                    server.sendall(data)
                    break
                else:
                    seen = b""
                    server.sendall(data)
        self._end(pair, politely=True)

    def _back(self, pair: tuple[socket.socket, socket.socket]) -> None:
        client, server = pair
        with suppress(OSError):
            while data := server.recv(65_536):
                client.sendall(data)
        self._end(pair)

    def _end(self, pair: tuple[socket.socket, socket.socket], *, politely: bool = False) -> None:
        """Close both ends; `politely` lets the server finish what has arrived."""
        with suppress(OSError):
            pair[1].shutdown(socket.SHUT_WR if politely else socket.SHUT_RDWR)
        if politely:
            return
        for end in pair:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
