from datetime import timedelta
from itertools import pairwise

import pytest
from tests.builders import NOW

from evtimeline.core.retrying import LONGEST_WAIT, MOST_ATTEMPTS, after, wait
from evtimeline.core.subscriptions import Attempt, MessageState, Result


def attempt(result: Result) -> Attempt:
    return Attempt(1, NOW, result, "because")


def test_waits_double_up_to_four_hours() -> None:
    waits = [wait(number, 1) for number in range(1, MOST_ATTEMPTS)]
    assert timedelta(minutes=1) <= waits[0] <= timedelta(minutes=1.1)
    assert all(later >= earlier * 0.9 for earlier, later in pairwise(waits))
    assert max(waits) <= LONGEST_WAIT * 1.1
    assert timedelta(days=3.5) < sum(waits, timedelta()) < timedelta(days=5)


def test_messages_that_failed_together_are_not_tried_together() -> None:
    assert len({wait(5, number) for number in range(100)}) > 50


@pytest.mark.parametrize(
    ("result", "state"),
    [
        (Result.SENT, MessageState.SENT),
        (Result.DEAD, MessageState.DEAD),
        (Result.RETRY, MessageState.QUEUED),
        (Result.UNKNOWN, MessageState.UNKNOWN),
    ],
)
def test_the_result_decides_the_state(result: Result, state: MessageState) -> None:
    assert after(attempt(result), 1)[0] is state


@pytest.mark.parametrize("result", [Result.RETRY, Result.UNKNOWN])
def test_patience_has_an_end(result: Result) -> None:
    assert after(attempt(result), MOST_ATTEMPTS - 1)[0] is not MessageState.DEAD
    assert after(attempt(result), MOST_ATTEMPTS)[0] is MessageState.DEAD


def test_what_a_server_asks_for_is_kept_to_up_to_a_day() -> None:
    assert after(attempt(Result.RETRY), 1, retry_after=3_600)[1] == NOW + timedelta(hours=1)
    assert after(attempt(Result.RETRY), 1, retry_after=10**12)[1] == NOW + timedelta(days=1)
    assert after(attempt(Result.RETRY), 9, retry_after=1)[1] > NOW + timedelta(hours=3)
