"""Anything else through an Apprise URL; needs the extra `evtimeline[apprise]`."""

import logging
from datetime import datetime

from evtimeline.core.subscriptions import Message, Result, Subscription
from evtimeline.delivery.contract import Endpoint, Outcome, brief, down


class AppriseChannel:
    """Hands subject and text to Apprise, which says little more than yes or no."""

    def __init__(self, endpoint: Endpoint, agent: str) -> None:  # noqa: ARG002  Apprise names itself
        self._endpoint = endpoint

    def send(self, message: Message, subscription: Subscription, now: datetime) -> Outcome:  # noqa: ARG002
        """Hand one message over; see `Channel.send`."""
        try:
            from apprise import Apprise, LogCapture
        except ImportError:
            return down("Apprise is not installed: pip install 'evtimeline[apprise]'")
        service = Apprise()
        if not service.add(self._endpoint.url):
            return Outcome(Result.DEAD, "Apprise does not know this kind of address: `apprise --details` lists them")
        with LogCapture(level=logging.WARNING, fmt="%(message)s") as log:  # type: ignore[no-untyped-call]
            taken = service.notify(title=message.subject, body=message.text, body_format="text")
            said = log.getvalue()
        if taken:
            return Outcome(Result.SENT, "Apprise says that it was sent")
        return Outcome(Result.RETRY, brief(f"Apprise could not send it. {self._without_address(said)}"))

    def close(self) -> None:
        """There is nothing to close."""

    def _without_address(self, words: str) -> str:
        return words.replace(self._endpoint.url, "***")
