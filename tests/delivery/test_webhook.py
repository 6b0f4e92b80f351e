import base64
import hashlib
import hmac
import itertools
import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from tests.builders import NOW, a_message, a_subscription
from tests.patience import PATIENCE
from tests.servers import Answer, FeedServer

from evtimeline.core.subscriptions import Result
from evtimeline.delivery.contract import Endpoint
from evtimeline.delivery.posting import LARGEST_ANSWER, seconds_in
from evtimeline.delivery.webhook import WebhookChannel, signature

MESSAGE = a_message(1, payload='{"type": "alert", "title": "小米"}')
TEAM = a_subscription("team", "webhook", id=1)


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as running:
        yield running


def test_a_payload_is_posted_as_it_is_and_signed(server: FeedServer) -> None:
    secret = "whsec_" + base64.b64encode(b"key").decode()
    channel = WebhookChannel(Endpoint(server.serve("/hook", b""), secret), "evtimeline/test")
    assert channel.send(MESSAGE, TEAM, NOW).result is Result.SENT
    channel.close()
    (asked,) = server.asked
    assert json.loads(asked.body) == {"type": "alert", "title": "小米"}
    assert asked.headers["content-type"] == "application/json"
    assert asked.headers["webhook-id"] == MESSAGE.message_id.strip("<>")
    stamp = asked.headers["webhook-timestamp"]
    assert stamp == str(int(NOW.timestamp()))
    signed = f"{asked.headers['webhook-id']}.{stamp}.".encode() + asked.body
    wanted = base64.b64encode(hmac.new(b"key", signed, hashlib.sha256).digest()).decode()
    assert asked.headers["webhook-signature"] == f"v1,{wanted}"


def test_the_signature_is_that_of_the_standard_s_own_example() -> None:
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    signed = signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", b'{"test": 2432232314}')
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_message_without_payload_is_posted_as_its_parts(server: FeedServer) -> None:
    channel = WebhookChannel(Endpoint(server.serve("/hook", b"")), "evtimeline/test")
    channel.send(a_message(1, reason="first report", thread="cars/yu7"), TEAM, NOW)
    channel.close()
    posted = json.loads(server.asked[0].body)
    assert (posted["version"], posted["reason"], posted["thread"]) == (1, "first report", "cars/yu7")
    assert "webhook-signature" not in server.asked[0].headers


def test_many_messages_share_one_connection_and_a_long_answer_harms_nobody(server: FeedServer) -> None:
    channel = WebhookChannel(Endpoint(server.serve("/hook", b"x" * (3 * LARGEST_ANSWER))), "evtimeline/test")
    assert [channel.send(MESSAGE, TEAM, NOW).result for _ in range(3)] == [Result.SENT] * 3
    channel.close()


@pytest.mark.parametrize(
    ("status", "result", "outage"),
    [
        (200, Result.SENT, False),
        (204, Result.SENT, False),
        (302, Result.DEAD, False),
        (400, Result.DEAD, False),
        (401, Result.DEAD, False),
        (404, Result.DEAD, False),
        (408, Result.RETRY, False),
        (410, Result.DEAD, False),
        (429, Result.RETRY, True),
        (500, Result.RETRY, False),
        (503, Result.RETRY, True),
    ],
)
def test_every_status_says_whether_a_retry_can_help(
    server: FeedServer, status: int, result: Result, outage: bool
) -> None:
    answer = Answer(b"", status=status, headers={"Retry-After": "120", "Location": "https://elsewhere.example"})
    channel = WebhookChannel(Endpoint(server.serve("/hook", answer)), "evtimeline/test")
    outcome = channel.send(MESSAGE, TEAM, NOW)
    channel.close()
    assert (outcome.result, outcome.outage) == (result, outage)
    assert outcome.retry_after == (120 if result is Result.RETRY else None)
    assert len(server.asked) == 1


def test_an_answer_leads_nowhere_else_and_one_without_end_is_left(server: FeedServer) -> None:
    server.serve("/elsewhere", b"")
    away = server.serve("/away", Answer(status=302, headers={"Location": "/elsewhere"}))
    taken = itertools.count()
    endless = server.serve("/endless", Answer(pieces=(b"x" * 65_536 for _ in taken)))
    for url, result in ((away, Result.DEAD), (endless, Result.SENT)):
        channel = WebhookChannel(Endpoint(url, timeout=PATIENCE), "evtimeline/test")
        assert channel.send(MESSAGE, TEAM, NOW).result is result
        channel.close()
    assert server.asked_for("/elsewhere") == []
    assert next(taken) < 1_000


def test_only_the_web_is_posted_to() -> None:
    channel = WebhookChannel(Endpoint("file:///dev/null"), "evtimeline/test")
    assert "only http and https" in channel.send(MESSAGE, TEAM, NOW).reason
    channel.close()


def test_how_long_to_wait_is_read_and_clamped() -> None:
    assert seconds_in("120", NOW) == 120
    assert seconds_in("9" * 30, NOW) == 86_400
    assert seconds_in(f"{NOW + timedelta(minutes=5):%a, %d %b %Y %H:%M:%S} GMT", NOW) == 300
    assert seconds_in("Thu, 01 Jan 1970 00:00:00 GMT", NOW) == 0
    assert [seconds_in(text, NOW) for text in ("", "soon", "-5", "²")] == [None] * 4
