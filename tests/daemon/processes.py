"""A daemon as a process of its own: what it says is read line by line, and waited for."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from tests.patience import PATIENCE

Event = Mapping[str, object]


class Running:
    """A command of evtimeline under way, with the events that it wrote."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self.events: list[Event] = []
        self.said: list[str] = []  # what were no events
        self._news = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def wait_for(self, name: str, fits: Callable[[Event], bool] = lambda _: True) -> Event:
        """The first event of this name that fits, waited for if need be."""
        with self._news:
            assert self._news.wait_for(lambda: self._found(name, fits), PATIENCE), (name, self.events, self.said)
            found = self._found(name, fits)
        assert found is not None
        return found

    def send(self, number: signal.Signals) -> None:
        """Send a signal."""
        self.process.send_signal(number)

    def wait_a_moment(self) -> None:
        """Wait until it has said something, or ended, or a fifth of a second has gone."""
        with self._news:
            self._news.wait(0.2)

    def end(self) -> int:
        """Wait for its end, and return the exit code."""
        code = self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        return code

    def _found(self, name: str, fits: Callable[[Event], bool]) -> Event | None:
        return next((event for event in self.events if event["event"] == name and fits(event)), None)

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            with self._news:
                try:
                    self.events.append(json.loads(line))
                except ValueError:
                    self.said.append(line)
                self._news.notify_all()


@contextmanager
def evtimeline(home: Path, *words: str, **environment: str) -> Iterator[Running]:
    """Start a command in a workspace; it is killed at the end of the block, if it still runs."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("EVTIMELINE_")}
    with subprocess.Popen(
        [sys.executable, "-m", "evtimeline", *words],
        env=kept | {"EVTIMELINE_HOME": str(home), "EVTIMELINE_DAEMON_HEALTH": "off"} | environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        running = Running(process)
        try:
            yield running
        finally:
            process.kill()
            running.end()


def daemon(home: Path, *words: str) -> AbstractContextManager[Running]:
    """Start a daemon whose events can be read."""
    return evtimeline(home, "daemon", "--json-logs", *words)
