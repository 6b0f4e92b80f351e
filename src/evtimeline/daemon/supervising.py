"""Work in a thread of its own, while the main thread hears signals: finish when asked to, leave when it takes long."""

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from evtimeline.daemon.logs import note
from evtimeline.daemon.signals import STOP, Signals

PATIENCE = 30.0
"""Seconds in which the work in hand is finished after the first signal."""

LOOK = 5.0
"""Seconds between two looks of `watch`."""

ECHO = 1.0
"""Seconds in which another signal is taken for the same one: some send it to a process and then to its group."""

CUT_SHORT = 1
"""The exit code when what was in hand took too long."""


def supervise(
    work: Callable[[], None],
    stop: threading.Event,
    signals: Signals,
    *,
    reload: Callable[[], None] = lambda: None,
    watch: Callable[[], None] = lambda: None,
) -> None:
    """Do `work` until it ends by itself, or soon after SIGTERM or SIGINT, upon which `stop` is set for it to see.

    `signals` are heard from where their block begins, so that none ends the process before the work has begun. SIGHUP
    calls `reload`; `watch` is called every few seconds; both in this, the main thread. A second signal, or work that
    does not end in PATIENCE, ends the process where it stands: the database keeps whole transactions only. Raises what
    the work raises.
    """
    failed: list[BaseException] = []
    ended = threading.Event()
    thread = threading.Thread(target=_run, args=(work, failed, ended, signals), name="work", daemon=True)
    thread.start()
    ending = _Ending(stop)
    while not ended.is_set():
        caught = signals.wait(ending.left)
        for number in caught:
            ending.hear(number)
        if not stop.is_set():
            if signal.SIGHUP in caught:
                reload()
            watch()
    thread.join()
    if failed:
        raise failed[0]


@dataclass
class _Ending:
    """Whether the end was asked for, and when, in monotonic seconds."""

    stop: threading.Event
    asked_at: float | None = None

    @property
    def left(self) -> float:
        """Seconds to wait for the next signal; leaves when patience is at its end."""
        if self.asked_at is None:
            return LOOK
        left = self.asked_at + PATIENCE - time.monotonic()
        if left <= 0:
            _leave(CUT_SHORT, f"what was in hand did not end within {PATIENCE:g} s")
        return left

    def hear(self, number: int) -> None:
        """Heed a signal: the first that asks for the end begins it, another one does not wait for it."""
        if number not in STOP:
            return
        name, now = signal.Signals(number).name, time.monotonic()
        if self.asked_at is None:
            note(logging.INFO, "stopping", signal=name, within_seconds=PATIENCE)
            self.asked_at = now
            self.stop.set()
        elif now > self.asked_at + ECHO:
            _leave(128 + number, f"{name} came a second time")


def _leave(code: int, why: str) -> None:
    """End the process at once, whatever its threads are doing."""
    note(logging.WARNING, "leaving", why=why)
    logging.shutdown()
    sys.stdout.flush()
    os._exit(code)


def _run(work: Callable[[], None], failed: list[BaseException], ended: threading.Event, signals: Signals) -> None:
    try:
        work()
    except BaseException as error:  # noqa: BLE001  it is raised again in the main thread
        failed.append(error)
    finally:
        ended.set()
        signals.wake()
