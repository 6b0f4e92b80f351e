import os
import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from evtimeline.daemon import notify
from evtimeline.daemon.notify import Watchdog


class Manager:
    """What systemd is to a service: a datagram socket that listens, and the variables that name it."""

    def __init__(self, address: str) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(address.replace("@", "\0", 1))
        self._socket.setblocking(False)
        self.environment = {"NOTIFY_SOCKET": address}

    def heard(self) -> list[str]:
        """Every datagram since the last question."""
        found = []
        while True:
            try:
                found.append(self._socket.recv(4096).decode())
            except BlockingIOError:
                return found

    def close(self) -> None:
        self._socket.close()


@pytest.fixture(params=["file", "abstract"])
def manager(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Manager]:
    """A listening manager, once at a path and once at an abstract address."""
    at = str(tmp_path / "notify") if request.param == "file" else f"@evtimeline-test-{os.getpid()}"
    listening = Manager(at)
    yield listening
    listening.close()


def test_ready_and_stopping_say_what_the_daemon_is_at(manager: Manager) -> None:
    assert notify.ready("46 feeds, next poll in 2 min", manager.environment)
    assert notify.status("polling", manager.environment)
    assert notify.stopping(environment=manager.environment)
    assert manager.heard() == [
        "READY=1\nSTATUS=46 feeds, next poll in 2 min",
        "STATUS=polling",
        "STOPPING=1\nSTATUS=finishing what is in hand",
    ]


def test_reloading_names_the_monotonic_instant(manager: Manager) -> None:
    before = time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000
    notify.reloading(manager.environment)
    (heard,) = manager.heard()
    told = re.fullmatch(r"RELOADING=1\nMONOTONIC_USEC=(\d+)", heard)
    assert told and before <= int(told[1]) <= time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000


def test_no_text_becomes_another_variable(manager: Manager) -> None:
    notify.status("polling\nWATCHDOG=1\r\nMAINPID=1", manager.environment)
    assert manager.heard() == ["STATUS=polling WATCHDOG=1 MAINPID=1"]


@pytest.mark.parametrize("address", ["", "relative", "vsock:2:1234", "/nowhere/at/all"])
def test_without_a_manager_nothing_is_said(address: str) -> None:
    assert not notify.ready("at work", {"NOTIFY_SOCKET": address})
    assert not notify.watchdog({})


@pytest.mark.parametrize(
    ("environment", "seconds"),
    [
        ({"WATCHDOG_USEC": "120000000"}, 120.0),
        ({"WATCHDOG_USEC": "500000", "WATCHDOG_PID": str(os.getpid())}, 0.5),
        ({"WATCHDOG_USEC": "500000", "WATCHDOG_PID": "1"}, None),
        ({"WATCHDOG_USEC": "0"}, None),
        ({"WATCHDOG_USEC": "soon"}, None),
        ({}, None),
    ],
)
def test_the_watchdog_wants_to_hear_of_this_process_alone(environment: dict[str, str], seconds: float | None) -> None:
    assert notify.watchdog_interval(environment) == seconds


def test_the_watchdog_is_fed_only_while_scheduler_and_database_answer(manager: Manager) -> None:
    well = {"ticks": True, "answers": True}
    dog = Watchdog(lambda: well["ticks"], lambda: well["answers"], manager.environment)
    assert dog.feed() == ()
    assert manager.heard() == ["WATCHDOG=1"]
    well["answers"] = False
    assert dog.feed() == dog.feed() == ("the database does not answer",)
    assert manager.heard() == ["STATUS=the database does not answer"]
    well["ticks"] = False
    assert dog.feed() == ("the scheduler stands still", "the database does not answer")
    well |= {"ticks": True, "answers": True}
    dog.feed()
    heard = manager.heard()
    assert heard == ["STATUS=the scheduler stands still; the database does not answer", "WATCHDOG=1", "STATUS=at work"]
