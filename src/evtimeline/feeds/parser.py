"""Parsing out of harm's way: documents go to worker processes that are bounded and replaced when they die."""

import contextlib
import pickle
import select
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import IO, Self, TypeVar

from evtimeline.errors import ParseError
from evtimeline.feeds.parse import Document, ParsedFeed
from evtimeline.feeds.worker import TOO_LARGE, receive, send

Key = TypeVar("Key")
Outcome = tuple[int, ParsedFeed | ParseError]
"""What came of a document, with the number that it was given under."""

_GIVEN_UP = "the document takes more time or memory than any feed should; it was given up"


class Parser:
    """A context manager with up to `workers` processes, started when they are first needed.

    `patience` is how many seconds a document may take by the wall clock; CPU seconds and memory are bounded by the
    worker itself. A document that ends its worker is an error of its own: the next one gets a new worker.
    """

    def __init__(self, workers: int = 2, patience: float = 60.0) -> None:
        self._workers = [_Worker() for _ in range(workers)]
        self._patience = patience
        self._done: deque[Outcome] = deque()
        self._again: deque[tuple[int, Document]] = deque()

    def parse(self, document: Document) -> ParsedFeed:
        """The feed in a document; raises ParseError with a sentence."""
        outcomes = [outcome for _, outcome in self.parse_all([(0, document)])]
        if isinstance(outcomes[0], ParsedFeed):
            return outcomes[0]
        raise outcomes[0]

    def parse_all(self, documents: Iterable[tuple[Key, Document]]) -> Iterator[tuple[Key, ParsedFeed | ParseError]]:
        """Parse documents as they come, several at a time; each outcome with its key, in no certain order."""
        waiting: dict[int, Key] = {}
        try:
            for number, (key, document) in enumerate(documents):
                waiting[number] = key
                for done, outcome in self.give(number, document):
                    yield waiting.pop(done), outcome
            for done, outcome in self.finished(wait=True):
                yield waiting.pop(done), outcome
        finally:
            for worker in self._workers:
                if worker.busy:  # the caller left early: nobody wants the answer any more
                    worker.stop()

    def give(self, number: int, document: Document) -> list[Outcome]:
        """Hand a document to a worker, and wait for one if need be; returns those that have become finished."""
        done = []
        while outcome := self._finished(wait=all(worker.busy for worker in self._workers)):
            done.append(outcome)
        next(self._idle()).give([(number, document)], self._patience)
        return done

    @property
    def is_idle(self) -> bool:
        """Whether a worker has nothing to do."""
        return next(self._idle(), None) is not None

    def give_easy(self, batch: Sequence[tuple[int, Document]]) -> None:
        """Hand documents that may be cheap to read to an idle worker; those that are not are then parsed alone."""
        next(self._idle()).give(batch, self._patience)

    def finished(self, *, wait: bool) -> Iterator[Outcome]:
        """The documents that are finished; with `wait` all that were given."""
        while outcome := self._finished(wait=wait):
            yield outcome

    def _finished(self, *, wait: bool) -> Outcome | None:
        """One document that is done, with its number; None when none is (`wait`: when nothing is under way)."""
        while True:
            while self._again and (worker := next(self._idle(), None)):
                worker.give([self._again.popleft()], self._patience)
            if self._done:
                return self._done.popleft()
            answered = self._answered(wait=wait)
            if answered is None:
                return None
            for number, document, outcome in answered:
                if outcome is None:
                    self._again.append((number, document))
                else:
                    self._done.append((number, outcome))

    def _answered(self, *, wait: bool) -> "list[_Answer] | None":
        """What a worker has made of all that it was given, or has not made in time; None when none is done."""
        busy = [worker for worker in self._workers if worker.busy]
        if not busy:
            return None
        soonest = max(0.0, min(worker.deadline for worker in busy) - time.monotonic())
        readable, _, _ = select.select([worker.output for worker in busy], [], [], soonest if wait else 0.0)
        for worker in busy:
            if worker.output in readable:
                return worker.take()
            if worker.deadline <= time.monotonic():
                return worker.give_up()
        return [] if wait else None

    def _idle(self) -> "Iterator[_Worker]":
        return (worker for worker in self._workers if not worker.busy)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _t: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.stop()


_Answer = tuple[int, Document, ParsedFeed | ParseError | None]
"""What came of a document, with its number; None when it has yet to be parsed alone."""


@dataclass
class _Task:
    """The documents that a worker has, and when they will be given up."""

    given: Sequence[tuple[int, Document]]
    deadline: float


class _Worker:
    """One process, started when it is first given something."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._task: _Task | None = None

    @property
    def busy(self) -> bool:
        """Whether it has documents whose outcome has not been taken."""
        return self._task is not None

    @property
    def deadline(self) -> float:
        """When its documents are given up, by the monotonic clock."""
        return self._task.deadline if self._task else 0.0

    @property
    def output(self) -> IO[bytes]:
        """The pipe from which its answer comes."""
        return _pipe(self._running().stdout)

    def give(self, given: Sequence[tuple[int, Document]], patience: float) -> None:
        """Hand it one document, or several that may be cheap to read."""
        self._task = _Task(given, time.monotonic() + patience)
        documents = tuple(document for _, document in given)
        with contextlib.suppress(OSError):  # it died: `take` meets the end of its pipe
            send(_pipe(self._running().stdin), documents if len(documents) > 1 else documents[0])

    def take(self) -> list[_Answer]:
        """What came of its documents; to be called when its pipe has something."""
        try:
            answer = receive(self.output)
        except (EOFError, OSError, pickle.UnpicklingError):
            return self.give_up()
        given = self._finish().given
        if isinstance(answer, tuple):
            return [(*one, parsed) for one, parsed in zip(given, answer, strict=True)]
        if answer == TOO_LARGE:  # what is left of its memory may not do for the next document
            self.stop()
        return [(*given[0], answer if isinstance(answer, ParsedFeed) else ParseError(str(answer)))]

    def give_up(self) -> list[_Answer]:
        """End the process and blame its document; which of several is to blame shows when each is parsed alone."""
        given = self._finish().given
        self.stop()
        blamed = ParseError(_GIVEN_UP) if len(given) == 1 else None
        return [(*one, blamed) for one in given]

    def stop(self) -> None:
        """End the process, if there is one."""
        self._task = None
        if self._process is not None:
            self._process.kill()
            for pipe in (self._process.stdin, self._process.stdout):
                with contextlib.suppress(OSError):
                    _pipe(pipe).close()
            self._process.wait()
            self._process = None

    def _finish(self) -> _Task:
        task, self._task = self._task, None
        if task is None:
            raise ValueError("an idle worker has no outcome")
        return task

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            # -P: no module may be picked up from the folder in which the command happens to run. A session of its
            # own: Ctrl-C is for us, and the end of our pipe tells the worker.
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "evtimeline.feeds.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        return self._process


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise ValueError("the worker was started without pipes")
    return stream
