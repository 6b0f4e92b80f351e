import json
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.builders import NOW, a_message, a_subscription
from tests.servers import Answer, FeedServer

from evtimeline.core.subscriptions import Result
from evtimeline.delivery import dingtalk, feishu, wecom
from evtimeline.delivery.contract import Channel, Endpoint, Outcome

TEAM = a_subscription("team", "feishu", id=1)
AGENT = "evtimeline/test"
BOTS: list[tuple[Callable[[Endpoint, str], Channel], str]] = [
    (feishu.FeishuChannel, '{"code": %d, "msg": "%s"}'),
    (dingtalk.DingTalkChannel, '{"errcode": %d, "errmsg": "%s"}'),
    (wecom.WeComChannel, '{"errcode": %d, "errmsg": "%s"}'),
]


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as running:
        yield running


def posted(
    server: FeedServer,
    make: Callable[[Endpoint, str], Channel],
    answer: str,
    secret: str | None = None,
    **changes: str,
) -> Outcome:
    channel = make(Endpoint(server.serve("/bot", Answer(answer.encode())), secret), AGENT)
    outcome = channel.send(a_message(1, **changes), TEAM, NOW)
    channel.close()
    return outcome


@pytest.mark.parametrize(("make", "form"), BOTS)
def test_only_code_zero_means_that_it_was_taken(
    server: FeedServer, make: Callable[[Endpoint, str], Channel], form: str
) -> None:
    assert posted(server, make, form % (0, "ok")).result is Result.SENT
    refused = posted(server, make, form % (310000, "sign not match"))
    assert (refused.result, refused.reason) == (Result.DEAD, "the bot answered code 310000: sign not match")


@pytest.mark.parametrize(
    ("make", "busy"), [(feishu.FeishuChannel, 11232), (dingtalk.DingTalkChannel, 130101), (wecom.WeComChannel, 45009)]
)
def test_a_bot_that_was_asked_too_often_is_asked_later(
    server: FeedServer, make: Callable[[Endpoint, str], Channel], busy: int
) -> None:
    form = next(form for kind, form in BOTS if kind is make)
    outcome = posted(server, make, form % (busy, "too fast"))
    assert (outcome.result, outcome.retry_after, outcome.outage) == (Result.RETRY, 60, True)


@pytest.mark.parametrize(("make", "_form"), BOTS)
@pytest.mark.parametrize("answer", ["", "<html>", "[]", "{}", '{"errcode": "0"}', "null"])
def test_an_answer_that_cannot_be_read_leaves_it_open(
    server: FeedServer, make: Callable[[Endpoint, str], Channel], _form: str, answer: str
) -> None:
    assert posted(server, make, answer).result is Result.UNKNOWN


def test_the_older_answer_of_feishu_is_read_too(server: FeedServer) -> None:
    answer = '{"StatusCode": 0, "StatusMessage": "success"}'
    assert posted(server, feishu.FeishuChannel, answer).result is Result.SENT


def test_feishu_is_signed_in_the_body(server: FeedServer) -> None:
    posted(server, feishu.FeishuChannel, '{"code": 0}', secret="SEC")
    body = json.loads(server.asked[0].body)
    assert body["timestamp"] == str(int(NOW.timestamp()))
    assert body["sign"] == feishu.sign("SEC", body["timestamp"])
    assert feishu.sign("demo", "1599360473") == "l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8="  # as openssl has it
    assert body["content"]["text"].startswith("YU7 launch moved 2025-08 → 2025-06-26\n\n小米YU7定档")


def test_dingtalk_is_signed_in_the_address(server: FeedServer) -> None:
    channel = dingtalk.DingTalkChannel(
        Endpoint(server.serve("/bot", b'{"errcode": 0}') + "?access_token=x", "SEC"), AGENT
    )
    assert channel.send(a_message(1), TEAM, NOW).result is Result.SENT
    channel.close()
    query = parse_qs(urlsplit(server.asked[0].path).query)
    assert query["timestamp"] == [str(int(NOW.timestamp() * 1000))]
    assert query["access_token"] == ["x"]
    sign = "hmPWwU%2B7lVdm3ZZz0r9tSfx0L4Q26jWOZr9%2BGs6EZQM%3D"  # as openssl has it
    wanted = f"https://d.example/send?a=b&timestamp=1577262236757&sign={sign}"
    assert dingtalk.signed("https://d.example/send?a=b", "this is secret", 1577262236757) == wanted
    assert json.loads(server.asked[0].body)["at"] == {"isAtAll": False}


def test_a_title_mentions_nobody(server: FeedServer) -> None:
    posted(server, feishu.FeishuChannel, '{"code": 0}', subject='<at user_id="all">all</at> YU7')
    posted(server, wecom.WeComChannel, '{"errcode": 0}', subject="<@all> YU7")
    texts = [asked.body.decode() for asked in server.asked]
    assert not any("<at" in one or "</at" in one or "<@" in one for one in texts)


@pytest.mark.parametrize(("make", "form"), BOTS)
def test_long_texts_are_cut_to_what_a_bot_takes(
    server: FeedServer, make: Callable[[Endpoint, str], Channel], form: str
) -> None:
    posted(server, make, form % (0, "ok"), text="小米汽车二期工厂 <@a> <at b>" * 3_000)
    body = json.loads(server.asked[0].body)
    text = body["text"]["content"] if "text" in body else body["content"]["text"]
    assert text.endswith("…")
    assert len(text.encode()) <= (2_048 if make is wecom.WeComChannel else 20_000)
