import os
import signal
import threading

import pytest
from tests.patience import PATIENCE

from evtimeline.daemon.signals import Signals
from evtimeline.daemon.supervising import supervise


def test_signals_are_waited_for_in_their_order() -> None:
    with Signals() as signals:
        os.kill(os.getpid(), signal.SIGHUP)
        os.kill(os.getpid(), signal.SIGTERM)
        heard: tuple[int, ...] = ()
        while len(heard) < 2:
            heard += signals.wait(PATIENCE)
        assert set(heard) == {signal.SIGHUP, signal.SIGTERM}
        assert signals.wait(0) == ()


def test_another_thread_can_end_the_wait() -> None:
    with Signals() as signals:
        threading.Thread(target=signals.wake).start()
        assert signals.wait(PATIENCE) == ()


def test_handlers_are_as_they_were_afterwards() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with Signals():
        assert signal.getsignal(signal.SIGTERM) is not before
    assert signal.getsignal(signal.SIGTERM) is before


def test_work_is_asked_to_stop_and_waited_for() -> None:
    stop, done = threading.Event(), []

    def work() -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        assert stop.wait(PATIENCE)
        done.append("finished")

    with Signals() as signals:
        supervise(work, stop, signals)
    assert done == ["finished"]


def test_sighup_reloads_and_does_not_stop() -> None:
    reloaded, stop = threading.Event(), threading.Event()

    def work() -> None:
        os.kill(os.getpid(), signal.SIGHUP)
        assert reloaded.wait(PATIENCE)

    with Signals() as signals:
        supervise(work, stop, signals, reload=reloaded.set)
    assert not stop.is_set()


def test_what_the_work_raises_is_raised() -> None:
    def work() -> None:
        raise ValueError("no")

    with Signals() as signals, pytest.raises(ValueError, match="no"):
        supervise(work, threading.Event(), signals)
