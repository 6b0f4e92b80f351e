"""One table of what a server may do, against every channel that speaks to one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from tests.builders import NOW, a_message, a_subscription
from tests.delivery.mailserver import Break, Fault, mail_server
from tests.patience import MOMENT, PATIENCE
from tests.servers import Answer, FeedServer

from evtimeline.core.subscriptions import Result
from evtimeline.delivery.apprise import AppriseChannel
from evtimeline.delivery.contract import Channel, Endpoint, MailServer, Outcome, Security
from evtimeline.delivery.dingtalk import DingTalkChannel
from evtimeline.delivery.feishu import FeishuChannel
from evtimeline.delivery.smtp import SmtpChannel
from evtimeline.delivery.webhook import WebhookChannel
from evtimeline.delivery.wecom import WeComChannel

POSTING: dict[str, Callable[[Endpoint, str], Channel]] = {
    "webhook": WebhookChannel,
    "feishu": FeishuChannel,
    "dingtalk": DingTalkChannel,
    "wecom": WeComChannel,
    "apprise": AppriseChannel,
}
TAKEN = b'{"code": 0, "errcode": 0}'
HTTP = {
    "takes it": Answer(TAKEN),
    "takes it and talks on": Answer(TAKEN + b" " * 200_000),
    "is overloaded": Answer(b"", status=503),
    "asks for patience": Answer(b"", status=429, headers={"Retry-After": "7"}),
    "refuses for good": Answer(b"no", status=403),
    "moved away": Answer(b"", status=301, headers={"Location": "http://127.0.0.1:1/"}),
    "closes without an answer": Answer(raw=b""),
    "never answers": Answer(raw=b"", hold=True),
    "breaks off its answer": Answer(b'{"cod', headers={"Content-Length": "500"}),
    "answers with a web page": Answer(b"<html><title>Sign in</title>"),
}
MAIL = {
    "takes it": [],
    "takes it and talks on": [Fault("taken", "250-taken\r\n250-and\r\n250 more")],
    "is overloaded": [Fault("greeting", "421 too busy")],
    "asks for patience": [Fault("RCPT", "450 greylisted")],
    "refuses for good": [Fault("RCPT", "550 no such user")],
    "moved away": [Fault("RCPT", "551 not here, try elsewhere")],
    "closes without an answer": [Fault("dot", Break.DROP)],
    "never answers": [Fault("dot", Break.HANG)],
    "breaks off its answer": [Fault("dot", "2")],
    "answers with a web page": [Fault("dot", "<html>")],
}
S, R, D, U = Result.SENT, Result.RETRY, Result.DEAD, Result.UNKNOWN
TABLE = {
    #                             smtp webhook feishu dingtalk wecom apprise
    "takes it":                  (S,   S,      S,     S,       S,    S),
    "takes it and talks on":     (S,   S,      S,     S,       S,    S),
    "is overloaded":             (R,   R,      R,     R,       R,    R),
    "asks for patience":         (R,   R,      R,     R,       R,    R),
    "refuses for good":          (D,   D,      D,     D,       D,    R),
    "moved away":                (D,   D,      D,     D,       D,    R),
    "closes without an answer":  (U,   U,      U,     U,       U,    R),
    "never answers":             (U,   U,      U,     U,       U,    R),
    "breaks off its answer":     (U,   S,      U,     U,       U,    R),
    "answers with a web page":   (U,   S,      U,     U,       U,    S),
    "is not there":              (R,   R,      R,     R,       R,    R),
}  # fmt: skip
CHANNELS = ("smtp", *POSTING)
CASES = [
    (what, name, result) for what, results in TABLE.items() for name, result in zip(CHANNELS, results, strict=True)
]


@contextmanager
def reaching(name: str, behaviour: str) -> Iterator[Channel]:
    """A channel to a server that behaves so."""
    timeout = MOMENT if behaviour == "never answers" else PATIENCE
    if name == "smtp":
        with mail_server(*MAIL.get(behaviour, [])) as stand:
            port = 1 if behaviour == "is not there" else stand.port
            yield SmtpChannel(MailServer("127.0.0.1", "a@example.org", port, Security.NONE, timeout=timeout))
        return
    with FeedServer() as server:
        url = server.serve("/hook", HTTP.get(behaviour, Answer()))
        if behaviour == "is not there":
            url = "http://127.0.0.1:1/hook"
        if name == "apprise":
            url = url.replace("http://", "json://") + f"?rto={timeout}&cto={timeout}"
        yield POSTING[name](Endpoint(url, timeout=timeout), "evtimeline/test")


@pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")  # of Apprise, on older Pythons
@pytest.mark.parametrize(("behaviour", "name", "result"), CASES)
def test_what_a_server_does_decides_what_becomes_of_a_message(behaviour: str, name: str, result: Result) -> None:
    with reaching(name, behaviour) as channel:
        outcome: Outcome = channel.send(a_message(1), a_subscription("team@example.org", name, id=1), NOW)
        channel.close()
    assert (outcome.result, outcome.reason) == (result, outcome.reason)
    assert outcome.reason
    assert outcome.reason.isprintable()
