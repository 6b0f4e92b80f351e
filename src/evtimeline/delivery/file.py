"""A folder that mail is written into, as a Maildir: for demonstrations, and for programs that read mail from disk."""

import os
from datetime import datetime
from pathlib import Path

from evtimeline.core.subscriptions import Message, Result, Subscription
from evtimeline.delivery.contract import Outcome, down
from evtimeline.delivery.mime import build

NOBODY = "evtimeline@localhost"


class FileChannel:
    """Writes each message as one .eml file; a second sending finds the first and writes nothing."""

    def __init__(self, folder: Path, sender: str | None = None, public_url: str | None = None) -> None:
        self._folder = folder
        self._sender = sender or NOBODY
        self._public_url = public_url

    def send(self, message: Message, subscription: Subscription, now: datetime) -> Outcome:  # noqa: ARG002
        """Write one message; see `Channel.send`."""
        from dataclasses import replace

        letter = build(message, replace(subscription, address=NOBODY), self._sender, self._public_url)
        name = f"{message.created_at:%Y%m%dT%H%M%SZ}-{message.message_id.strip('<>').partition('@')[0]}.eml"
        try:
            for folder in (self._folder, *(self._folder / part for part in ("tmp", "new", "cur"))):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            place = self._folder / "new" / name
            if not place.exists():
                _write(self._folder / "tmp" / name, place, letter)
        except OSError as error:
            return down(f"{error.filename or self._folder} cannot be written: {error.strerror}")
        return Outcome(Result.SENT, f"written to {place}")

    def close(self) -> None:
        """There is nothing to close."""


def _write(unfinished: Path, place: Path, letter: bytes) -> None:
    """Put a file for its owner alone in its place whole, and on the disk, or not at all."""
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(letter)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(place)
