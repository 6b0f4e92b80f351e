"""The process in which documents are parsed: reads requests on stdin, answers on stdout, within its limits."""

import pickle
import resource
import signal
import struct
import sys
from typing import IO

from evtimeline.errors import ParseError
from evtimeline.feeds.parse import Document, ParsedFeed, parse, parse_quickly

MEMORY = 1_000_000_000  # bytes of address space
CPU_SECONDS = 15  # for one document
TOO_LARGE = "the document takes too much memory to be read"
_LENGTH = struct.Struct("!Q")

Outcome = ParsedFeed | str
"""What came of a document: its feed, or the sentence that says why there is none.

A tuple of documents is answered with a tuple of what `parse_quickly` makes of each.
"""


def send(stream: IO[bytes], value: object) -> None:
    """Write one value with its length before it."""
    data = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes]) -> object:
    """Read one value that our own other end has sent; raises EOFError when that end has gone."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    return pickle.loads(stream.read(_LENGTH.unpack(head)[0]))


def outcome(document: Document) -> Outcome:
    """Parse a document; whatever its content provokes in a parser is this document's error and nobody else's."""
    try:
        return parse(document)
    except ParseError as error:
        return str(error)
    except MemoryError:
        return TOO_LARGE
    except RecursionError:
        return "the document is nested too deep to be a feed"
    except Exception as error:  # noqa: BLE001 - the guarded edge around third-party parsers of hostile input
        return f"the document breaks the parser ({type(error).__name__})"


def main() -> None:
    """Serve until the other end closes its pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, whose end closes the pipe
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _lower(resource.RLIMIT_AS, MEMORY)
    while True:
        try:
            given = receive(sys.stdin.buffer)
        except EOFError:
            return
        used = resource.getrusage(resource.RUSAGE_SELF)
        _lower(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + CPU_SECONDS)
        if isinstance(given, Document):
            send(sys.stdout.buffer, outcome(given))
        elif isinstance(given, tuple):
            send(sys.stdout.buffer, tuple(map(parse_quickly, given)))


def _lower(what: int, limit: int) -> None:
    """Set a soft limit, within a hard one that someone else may have set."""
    hard = resource.getrlimit(what)[1]
    resource.setrlimit(what, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


if __name__ == "__main__":
    main()
