"""Every failure a user can meet, as one tree; the message is the sentence that the user reads.

EvtimelineError                 exit 1
├── UsageError                  exit 2   what was typed cannot be done as it stands
│   ├── DateNotUnderstoodError           a date in no known form
│   └── UnknownKeyError                  a key, feed or claim that is not there, or names two things
├── DocumentError               exit 2   a file that the user wrote is wrong: every problem with its line
├── SettingsError               exit 2   settings file or environment
├── WorkspaceError              exit 1   there is no workspace, or it cannot be written
│   └── WorkspaceHeldError      exit 4   another daemon works in it
├── StoreError                  exit 1   the database: locked, read-only, full, damaged
│   ├── StoreAwayError                   it does not answer now and may soon: starting, cut off, locked
│   ├── SchemaTooOldError                needs `evtimeline upgrade`
│   └── SchemaTooNewError                was written by a newer evtimeline
└── FeedError                   (stored with the feed)
    ├── FetchError                       no usable answer from the address
    └── ParseError                       an answer that is not a feed
"""

from dataclasses import dataclass


class EvtimelineError(Exception):
    """A failure whose message is one sentence that says what to do."""

    exit_code = 1


class UsageError(EvtimelineError):
    """What the user typed cannot be done as it stands."""

    exit_code = 2


class DateNotUnderstoodError(UsageError):
    """A typed date is in no form that is known."""


class UnknownKeyError(UsageError):
    """A key names nothing, or more than one thing."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in a document: the 1-based line (None: the whole file) and a sentence."""

    line: int | None
    message: str


class DocumentError(EvtimelineError):
    """A file that the user wrote is wrong; carries every problem found, not only the first."""

    exit_code = 2

    def __init__(self, path: str, problems: tuple[Problem, ...]) -> None:
        self.path = path
        self.problems = problems
        super().__init__(
            "\n".join(f"{path}:{p.line}: {p.message}" if p.line else f"{path}: {p.message}" for p in problems)
        )


class SettingsError(EvtimelineError):
    """The settings file or the environment holds wrong values."""

    exit_code = 2


class WorkspaceError(EvtimelineError):
    """There is no workspace here, or it cannot be written."""


class WorkspaceHeldError(WorkspaceError):
    """Another daemon, or a round of everything, works in the workspace."""

    exit_code = 4


class StoreError(EvtimelineError):
    """The database cannot be used: locked, read-only, full or damaged."""


class StoreAwayError(StoreError):
    """The database does not answer now, and may soon: it is starting, restarting, cut off or held by another."""


class SchemaTooOldError(StoreError):
    """The database was made by an older version; `evtimeline upgrade` helps."""


class SchemaTooNewError(StoreError):
    """The database was made by a newer version of evtimeline."""


class FeedError(EvtimelineError):
    """A feed could not be polled; the message is stored with the feed and shown by `feed list`."""


class FetchError(FeedError):
    """The address gave no usable answer."""


class ParseError(FeedError):
    """The answer is not a feed."""
