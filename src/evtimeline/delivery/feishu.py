"""A custom bot of a Feishu or Lark group."""

import base64
import hashlib
import hmac
import re
from datetime import datetime

from evtimeline.core.subscriptions import Message, Subscription
from evtimeline.delivery.bots import chat_text, post
from evtimeline.delivery.contract import Endpoint, Outcome
from evtimeline.delivery.posting import Poster

LARGEST = 18_000  # bytes of text; a request may have 20 KB
BUSY = (11232, 11233)  # too many requests of the tenant or the bot

_MENTION = re.compile(r"<(?=/?at\b)", re.IGNORECASE)


class FeishuChannel:
    """Posts plain text, in which nobody is mentioned whatever a title says."""

    def __init__(self, endpoint: Endpoint, agent: str) -> None:
        self._endpoint = endpoint
        self._poster = Poster(endpoint.timeout, agent)

    def send(self, message: Message, subscription: Subscription, now: datetime) -> Outcome:  # noqa: ARG002
        """Post one message; see `Channel.send`."""
        text = chat_text(message, LARGEST, _MENTION)
        content: dict[str, object] = {"msg_type": "text", "content": {"text": text}}
        if self._endpoint.secret:
            stamp = str(int(now.timestamp()))
            content |= {"timestamp": stamp, "sign": sign(self._endpoint.secret, stamp)}
        return post(self._poster, self._endpoint.url, content, BUSY, now)

    def close(self) -> None:
        """Close the connection."""
        self._poster.close()


def sign(secret: str, timestamp: str) -> str:
    """Feishu's signature: the HMAC-SHA256 of nothing, under timestamp (seconds) and secret as the key."""
    return base64.b64encode(hmac.new(f"{timestamp}\n{secret}".encode(), b"", hashlib.sha256).digest()).decode()
