"""Tells systemd (sd_notify) that the daemon is ready, reloading, stopping or alive; nothing where nobody listens."""

import os
import socket
import time
from collections.abc import Callable, Mapping

Environment = Mapping[str, str]


def ready(status: str, environment: Environment = os.environ) -> bool:
    """Say that the daemon has started, or has read its settings anew, and what it is at, in one line."""
    return _send(("READY=1", _status(status)), environment)


def reloading(environment: Environment = os.environ) -> bool:
    """Say that the settings are being read anew; `ready` ends it (Type=notify-reload wants the instant)."""
    return _send(("RELOADING=1", f"MONOTONIC_USEC={time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000}"), environment)


def stopping(status: str = "finishing what is in hand", environment: Environment = os.environ) -> bool:
    """Say that the daemon is about to end."""
    return _send(("STOPPING=1", _status(status)), environment)


def status(text: str, environment: Environment = os.environ) -> bool:
    """Say what the daemon is at, in one line, for `systemctl status`."""
    return _send((_status(text),), environment)


def watchdog(environment: Environment = os.environ) -> bool:
    """Say that the daemon is well; without it for `watchdog_interval` seconds systemd starts it anew."""
    return _send(("WATCHDOG=1",), environment)


def watchdog_interval(environment: Environment = os.environ) -> float | None:
    """Seconds within which systemd must hear that we are well; None where it does not ask this process."""
    microseconds, pid = environment.get("WATCHDOG_USEC", ""), environment.get("WATCHDOG_PID", "")
    meant = not pid or pid == str(os.getpid())
    return int(microseconds) / 1e6 if meant and microseconds.isdecimal() and int(microseconds) else None


class Watchdog:
    """Says that the daemon is well while its scheduler ticks and its database answers, and else what is not.

    Both checks are asked at every call and must not wait: `ticks` and `answers` tell of what was seen lately. What
    may hang (the database) is to be asked elsewhere, by a job whose last success is remembered.
    """

    def __init__(
        self, ticks: Callable[[], bool], answers: Callable[[], bool], environment: Environment = os.environ
    ) -> None:
        self._checks = (("the scheduler stands still", ticks), ("the database does not answer", answers))
        self._environment = environment
        self._told: tuple[str, ...] = ()

    def feed(self) -> tuple[str, ...]:
        """Ask both and tell systemd, at least twice within `watchdog_interval`; returns what is wrong."""
        wrong = tuple(sentence for sentence, is_well in self._checks if not is_well())
        if not wrong:
            watchdog(self._environment)
        if wrong != self._told:
            status("; ".join(wrong) or "at work", self._environment)
            self._told = wrong
        return wrong


def _status(text: str) -> str:
    return "STATUS=" + " ".join(text.split())  # a line end would begin another variable


def _send(lines: tuple[str, ...], environment: Environment) -> bool:
    """Hand the lines over in one datagram; returns whether there was somebody to hand them to."""
    address = environment.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return False
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as sender:
        sender.settimeout(1.0)
        try:
            sender.sendto("\n".join(lines).encode(), address.replace("@", "\0", 1) if address[0] == "@" else address)
        except OSError:  # systemd is busy or gone: no reason to stop working
            return False
    return True
