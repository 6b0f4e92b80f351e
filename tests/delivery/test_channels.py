from dataclasses import replace
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from tests.builders import NOW, a_message, a_subscription

from evtimeline.core.subscriptions import Result, Subscription
from evtimeline.delivery.addresses import channel_of
from evtimeline.delivery.channels import Channels, Sources
from evtimeline.delivery.contract import Endpoint, MailServer
from evtimeline.delivery.file import FileChannel
from evtimeline.errors import SettingsError, UsageError


def no_mail_server() -> MailServer:
    raise SettingsError("there is no mail server: set smtp.host")


def no_endpoint(subscription: Subscription) -> Endpoint:
    raise SettingsError(f"there is no [channel.{subscription.address}]")


def test_a_folder_takes_each_message_once(tmp_path: Path) -> None:
    channel = FileChannel(tmp_path / "box")
    for _ in range(2):
        assert channel.send(a_message(1), a_subscription(str(tmp_path), "file", id=1), NOW).result is Result.SENT
    (place,) = (tmp_path / "box" / "new").iterdir()
    mail = message_from_bytes(place.read_bytes(), policy=policy.default)
    assert mail["Subject"] == "YU7 launch moved 2025-08 → 2025-06-26"
    assert not list((tmp_path / "box" / "tmp").iterdir())


def test_a_folder_that_cannot_be_written_keeps_the_message_waiting(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    outcome = FileChannel(tmp_path / "file").send(a_message(1), a_subscription("x", "file", id=1), NOW)
    assert (outcome.result, outcome.outage) == (Result.RETRY, True)
    assert "cannot be written" in outcome.reason


def test_channels_send_each_message_its_own_way(tmp_path: Path) -> None:
    with Channels(Sources(no_mail_server, no_endpoint, tmp_path)) as channels:
        box = a_subscription("box", "file", id=1)
        for key in "ab":
            assert channels.send(a_message(1, key), box, NOW).result is Result.SENT
        other = replace(box, address=(tmp_path / "other box").as_uri())
        assert channels.send(a_message(1), other, NOW).result is Result.SENT
    assert len(list((tmp_path / "box" / "new").iterdir())) == 2
    assert len(list((tmp_path / "other box" / "new").iterdir())) == 1


@pytest.mark.parametrize("name", ["smtp", "webhook"])
def test_a_channel_that_is_not_set_up_keeps_messages_waiting_and_says_why(tmp_path: Path, name: str) -> None:
    with Channels(Sources(no_mail_server, no_endpoint, tmp_path)) as channels:
        outcome = channels.send(a_message(1), a_subscription("team", name, id=1), NOW)
    assert (outcome.result, outcome.outage) == (Result.RETRY, True)
    assert outcome.reason.startswith("there is no")


def test_a_channel_that_is_unknown_is_given_up(tmp_path: Path) -> None:
    with Channels(Sources(no_mail_server, no_endpoint, tmp_path)) as channels:
        assert channels.send(a_message(1), a_subscription("x", "fax", id=1), NOW).result is Result.DEAD


@pytest.mark.parametrize(
    ("address", "channel"),
    [
        ("team@example.org", "smtp"),
        ("team", "feishu"),
        ("https://hooks.example/x", "webhook"),
        ("https://open.feishu.cn/open-apis/bot/v2/hook/x", "feishu"),
        ("https://open.larksuite.com/open-apis/bot/v2/hook/x", "feishu"),
        ("https://oapi.dingtalk.com/robot/send?access_token=x", "dingtalk"),
        ("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=x", "wecom"),
        ("file:///var/mail/box", "file"),
        ("./box", "file"),
        ("tgram://token/chat", "apprise"),
        ("mailtos://user:password@example.org", "apprise"),
    ],
)
def test_an_address_tells_its_channel(address: str, channel: str) -> None:
    assert channel_of(address, {"team": "feishu"}) == channel


@pytest.mark.parametrize("address", ["nobody", "", "a b@example.org", "a@b\r\nBcc: c@d.e"])
def test_what_is_no_address_is_answered_with_the_forms(address: str) -> None:
    with pytest.raises(UsageError, match=r"is no (mail )?address: write name@"):
        channel_of(address, {"team": "feishu"})
