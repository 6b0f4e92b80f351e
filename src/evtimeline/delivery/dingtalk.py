"""A custom bot of a DingTalk group."""

import base64
import hashlib
import hmac
from datetime import datetime
from urllib.parse import quote_plus

from evtimeline.core.subscriptions import Message, Subscription
from evtimeline.delivery.bots import chat_text, post
from evtimeline.delivery.contract import Endpoint, Outcome
from evtimeline.delivery.posting import Poster

LARGEST = 18_000  # bytes of text; a message may have 20,000
BUSY = (-1, 130101, 410100)  # the system is busy, or more than 20 messages in a minute


class DingTalkChannel:
    """Posts plain text; with a secret, signed in the address."""

    def __init__(self, endpoint: Endpoint, agent: str) -> None:
        self._endpoint = endpoint
        self._poster = Poster(endpoint.timeout, agent)

    def send(self, message: Message, subscription: Subscription, now: datetime) -> Outcome:  # noqa: ARG002
        """Post one message; see `Channel.send`."""
        content: dict[str, object] = {
            "msgtype": "text",
            "text": {"content": chat_text(message, LARGEST)},
            "at": {"isAtAll": False},
        }
        url = self._endpoint.url
        if self._endpoint.secret:
            url = signed(url, self._endpoint.secret, int(now.timestamp() * 1000))
        return post(self._poster, url, content, BUSY, now)

    def close(self) -> None:
        """Close the connection."""
        self._poster.close()


def signed(url: str, secret: str, timestamp: int) -> str:
    """The address with DingTalk's signature: timestamp in milliseconds and secret, under the secret as the key."""
    digest = hmac.new(secret.encode(), f"{timestamp}\n{secret}".encode(), hashlib.sha256).digest()
    separator = "&" if "?" in url else "?"
    return f"{url}{separator}timestamp={timestamp}&sign={quote_plus(base64.b64encode(digest))}"
