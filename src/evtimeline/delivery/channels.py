"""All channels of one workspace: made when first needed, reused from message to message, closed together."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import unquote, urlsplit

from evtimeline.core.subscriptions import Message, Result, Subscription
from evtimeline.delivery.contract import Channel, Endpoint, MailServer, Outcome, down
from evtimeline.errors import EvtimelineError


@dataclass(frozen=True)
class Sources:
    """What channels are made from; each is asked for when it is needed, and may raise an error of ours.

    `endpoint` finds a named channel of the settings, or takes an address as it is. `folder` is where relative paths
    begin, `agent` how we name ourselves in HTTP.
    """

    mail_server: Callable[[], MailServer]
    endpoint: Callable[[Subscription], Endpoint]
    folder: Path
    agent: str = "evtimeline"
    sender: str | None = None
    public_url: str | None = None


class Channels:
    """Sends each message by its subscription's channel; use it in a `with` block."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._open: dict[str, Channel] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for channel in self._open.values():
            channel.close()
        self._open.clear()

    def send(self, message: Message, subscription: Subscription, now: datetime) -> Outcome:
        """Hand one message over; a channel that is not set up is an outage with a sentence that says what to do."""
        lane = lane_of(subscription)
        try:
            channel = self._open.get(lane) or self._make(subscription)
        except EvtimelineError as error:
            return down(str(error))
        if channel is None:
            return Outcome(Result.DEAD, f"there is no channel {subscription.channel!r}")
        self._open[lane] = channel
        return channel.send(message, subscription, now)

    def _make(self, subscription: Subscription) -> Channel | None:
        """The libraries of a channel are imported with it, so that nobody waits for one that is not used."""
        sources = self._sources
        if subscription.channel == "smtp":
            from evtimeline.delivery.smtp import SmtpChannel

            return SmtpChannel(sources.mail_server())
        if subscription.channel == "file":
            from evtimeline.delivery.file import FileChannel

            path = sources.folder / path_of(subscription.address)
            return FileChannel(path, sources.sender, sources.public_url)
        maker = _posting(subscription.channel)
        return maker(sources.endpoint(subscription), sources.agent) if maker else None


def lane_of(subscription: Subscription) -> str:
    """What fails together: all mail, or all messages to one address."""
    return "smtp" if subscription.channel == "smtp" else f"{subscription.channel} {subscription.address}"


def path_of(address: str) -> Path:
    """The folder that an address of the file channel names: file:///path, or a plain path."""
    return Path(unquote(urlsplit(address).path) if address.startswith("file:") else address)


def _posting(name: str) -> Callable[[Endpoint, str], Channel] | None:
    if name == "webhook":
        from evtimeline.delivery.webhook import WebhookChannel

        return WebhookChannel
    if name == "feishu":
        from evtimeline.delivery.feishu import FeishuChannel

        return FeishuChannel
    if name == "dingtalk":
        from evtimeline.delivery.dingtalk import DingTalkChannel

        return DingTalkChannel
    if name == "wecom":
        from evtimeline.delivery.wecom import WeComChannel

        return WeComChannel
    if name == "apprise":
        from evtimeline.delivery.apprise import AppriseChannel

        return AppriseChannel
    return None
