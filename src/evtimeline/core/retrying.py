"""What becomes of a message after an attempt to deliver it: when it is tried again, and when it is given up."""

from datetime import datetime, timedelta
from zlib import crc32

from evtimeline.core.subscriptions import Attempt, MessageState, Result

MOST_ATTEMPTS = 30
"""Four days of trying, as mail servers do (RFC 5321, section 4.5.4.1); counted, so that no clock can end it early."""

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=4)
LONGEST_ASKED = timedelta(days=1)


def after(attempt: Attempt, attempts: int, *, retry_after: int | None = None) -> tuple[MessageState, datetime]:
    """The state of a message after its `attempts`-th attempt, and when it is due again.

    `retry_after` is what the server asked for, in seconds; it is kept to, up to a day. What was sent or is given up
    keeps the attempt's time.
    """
    if attempt.result is Result.SENT:
        return MessageState.SENT, attempt.at
    if attempt.result is Result.DEAD or attempts >= MOST_ATTEMPTS:
        return MessageState.DEAD, attempt.at
    asked = min(timedelta(seconds=min(max(retry_after or 0, 0), 86_400)), LONGEST_ASKED)
    due = attempt.at + max(wait(attempts, attempt.message_id), asked)
    return MessageState.UNKNOWN if attempt.result is Result.UNKNOWN else MessageState.QUEUED, due


def wait(attempts: int, salt: int) -> timedelta:
    """How long to wait after so many attempts: twice as long each time, a tenth more or less for each message."""
    doublings: int = 2 ** min(max(attempts, 1) - 1, 16)
    plain = min(FIRST_WAIT * doublings, LONGEST_WAIT)
    return plain * (1 + crc32(f"{salt} {attempts}".encode()) % 1000 / 10_000)
