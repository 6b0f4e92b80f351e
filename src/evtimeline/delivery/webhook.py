"""A JSON webhook, signed as Standard Webhooks says: HMAC-SHA256 over id, timestamp and body."""

import base64
import binascii
import hashlib
import hmac
import json
from datetime import datetime

from evtimeline.core.subscriptions import Message, Subscription
from evtimeline.delivery.contract import Endpoint, Outcome
from evtimeline.delivery.posting import Answer, Poster, judged


class WebhookChannel:
    """Posts each message's payload; the receiver knows a second sending by its `webhook-id`."""

    def __init__(self, endpoint: Endpoint, agent: str) -> None:
        self._endpoint = endpoint
        self._poster = Poster(endpoint.timeout, agent)

    def send(self, message: Message, subscription: Subscription, now: datetime) -> Outcome:  # noqa: ARG002
        """Post one message; see `Channel.send`."""
        body = (message.payload or plain_payload(message)).encode("utf-8", "replace")
        name, stamp = message.message_id.strip("<>"), str(int(now.timestamp()))
        headers = {"Content-Type": "application/json", "webhook-id": name, "webhook-timestamp": stamp}
        if self._endpoint.secret:
            headers["webhook-signature"] = signature(self._endpoint.secret, name, stamp, body)
        answer = self._poster.post(self._endpoint.url, body, headers, now)
        return judged(answer) if isinstance(answer, Answer) else answer

    def close(self) -> None:
        """Close the connection."""
        self._poster.close()


def signature(secret: str, name: str, timestamp: str, body: bytes) -> str:
    """The value of `webhook-signature`; a secret that begins with whsec_ is base64, any other is used as it is."""
    signed = hmac.new(_key(secret), f"{name}.{timestamp}.".encode() + body, hashlib.sha256)
    return "v1," + base64.b64encode(signed.digest()).decode()


def plain_payload(message: Message) -> str:
    """What is posted for a message that brings no payload of its own."""
    parts = {"subject": message.subject, "text": message.text, "reason": message.reason, "thread": message.thread}
    return json.dumps({"version": 1, "type": "message", **parts}, ensure_ascii=False)


def _key(secret: str) -> bytes:
    if secret.startswith("whsec_"):
        try:
            return base64.b64decode(secret.removeprefix("whsec_"), validate=True)
        except binascii.Error:
            pass
    return secret.encode()
