"""A bot of a WeCom (企业微信) group; its address alone is the key, there is nothing to sign."""

import re
from datetime import datetime

from evtimeline.core.subscriptions import Message, Subscription
from evtimeline.delivery.bots import chat_text, post
from evtimeline.delivery.contract import Endpoint, Outcome
from evtimeline.delivery.posting import Poster

LARGEST = 2_048  # bytes of text
BUSY = (-1, 45009, 45033)  # the system is busy, too many calls, too many at once

_MENTION = re.compile(r"<(?=@)")


class WeComChannel:
    """Posts plain text, in which nobody is mentioned whatever a title says."""

    def __init__(self, endpoint: Endpoint, agent: str) -> None:
        self._endpoint = endpoint
        self._poster = Poster(endpoint.timeout, agent)

    def send(self, message: Message, subscription: Subscription, now: datetime) -> Outcome:  # noqa: ARG002
        """Post one message; see `Channel.send`."""
        text = chat_text(message, LARGEST, _MENTION)
        return post(self._poster, self._endpoint.url, {"msgtype": "text", "text": {"content": text}}, BUSY, now)

    def close(self) -> None:
        """Close the connection."""
        self._poster.close()
