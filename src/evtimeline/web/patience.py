"""Waits for the database only so long, whatever it does, so that a dead one never keeps others from an answer."""

from collections.abc import Callable
from concurrent.futures import Future
from threading import BoundedSemaphore, Thread
from typing import TypeVar

from evtimeline.errors import StoreError

T = TypeVar("T")


class Patience:
    """Does work in threads of its own, so many at once, and gives up waiting for it after some seconds.

    A driver may hang for as long as the network lets it, so a time-out of its own would not do. The threads are
    daemonic: one that hangs does not keep the process from ending.
    """

    def __init__(self, seconds: float = 3.0, at_once: int = 8) -> None:
        self._seconds = seconds
        self._free = BoundedSemaphore(at_once)

    def wait_for(self, work: Callable[[], T]) -> T:
        """What the work returns or raises; StoreError when it takes too long (it may still be done later)."""
        if not self._free.acquire(blocking=False):
            raise StoreError("the database has not answered earlier questions yet")
        future: Future[T] = Future()
        Thread(target=self._do, args=(work, future), name="evtimeline-web-database", daemon=True).start()
        try:
            return future.result(self._seconds)
        except TimeoutError as error:
            raise StoreError(f"the database has not answered within {self._seconds:g} s") from error

    def _do(self, work: Callable[[], T], future: "Future[T]") -> None:
        try:
            future.set_result(work())
        except Exception as error:  # noqa: BLE001  it is raised where it is waited for
            future.set_exception(error)
        finally:
            self._free.release()
