"""Signals as values: who waits for them is told which have come, and no code runs inside a handler."""

import os
import select
import signal
from contextlib import suppress
from types import FrameType, TracebackType
from typing import Self

STOP = (signal.SIGTERM, signal.SIGINT)
HEARD = (*STOP, signal.SIGHUP)
_WOKEN = 0  # no signal has this number


class Signals:
    """A context manager for the main thread; inside it SIGTERM, SIGINT and SIGHUP end nothing and are waited for.

    The interpreter writes each signal's number into a pipe. A handler that set a lock or an event could meet the
    same lock held by the code that it interrupts.
    """

    def __enter__(self) -> Self:
        self._from, self._to = os.pipe()
        os.set_blocking(self._from, False)
        os.set_blocking(self._to, False)
        self._fd_before = signal.set_wakeup_fd(self._to, warn_on_full_buffer=False)
        self._before = {number: signal.signal(number, _ignore) for number in HEARD}
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _t: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._fd_before)
        os.close(self._from)
        os.close(self._to)

    def wait(self, seconds: float) -> tuple[int, ...]:
        """The signals that have come, in their order, as soon as there is one or `wake` is called; () in the end."""
        select.select([self._from], [], [], max(seconds, 0.0))
        try:
            return tuple(number for number in os.read(self._from, 4096) if number != _WOKEN)
        except BlockingIOError:
            return ()

    def wake(self) -> None:
        """End the wait, from another thread."""
        with suppress(BlockingIOError):  # a full pipe wakes, too
            os.write(self._to, bytes([_WOKEN]))


def _ignore(_number: int, _frame: FrameType | None) -> None:
    """What has come stands in the pipe."""
