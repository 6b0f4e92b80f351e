"""The address in our mail under which one click ends a subscription (RFC 8058), and its page for people.

Only POST ends anything: programs that look through mail open every link in it.
"""

import logging
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from hmac import compare_digest
from http import HTTPStatus
from typing import TYPE_CHECKING

from evtimeline.core.letters import shown_address
from evtimeline.core.subscriptions import Subscription
from evtimeline.daemon.logs import note
from evtimeline.errors import StoreError, UnknownKeyError
from evtimeline.rendering import Notice, as_page
from evtimeline.store import subscriptions
from evtimeline.store.engine import reading, writing
from evtimeline.web.answers import Answer, nothing_here
from evtimeline.web.patience import Patience
from evtimeline.web.site import Methods

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

PLACE = "/unsubscribe/"
"""Where the tokens stand; `delivery.mime` writes the address into the mail."""

_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,100}")
_WORDS = {
    "en": {
        "instant": "the alerts that evtimeline sends you",
        "daily": "the daily digest that evtimeline sends you",
        "weekly": "the weekly digest that evtimeline sends you",
        "ask": "Unsubscribe?",
        "what": "This ends {what}. Nothing changes until you press the button.",
        "button": "Unsubscribe",
        "done": "You are unsubscribed",
        "ended": "This has ended {what}. If that was a mistake, ask whoever set it up to subscribe you again.",
    },
    "zh": {
        "instant": "evtimeline 发给您的即时提醒",
        "daily": "evtimeline 发给您的每日摘要",
        "weekly": "evtimeline 发给您的每周摘要",
        "ask": "要退订吗？",
        "what": "按下按钮即可退订 {what}；在此之前一切照旧。",
        "button": "退订",
        "done": "已退订",
        "ended": "您已退订 {what}。如属误操作，请联系为您订阅的人重新订阅。",
    },
}
_LATER = Notice(
    "en",
    "Please try again in a few minutes",
    ("Your request could not be carried out just now.", "暂时无法处理您的请求，请几分钟后再试。"),
)


class Unsubscribing:
    """Ends the subscriptions of one database by their tokens."""

    def __init__(self, engine: "Engine", clock: Callable[[], datetime], patience: Patience) -> None:
        self._engine = engine
        self._clock = clock
        self._patience = patience

    def find(self, path: str) -> Methods | None:
        """What is at a path; whether its token is a known one shows when it is asked for."""
        token = path.removeprefix(PLACE)
        if token == path or not _TOKEN.fullmatch(token):
            return None
        return {"GET": partial(self._answer, self._look, token), "POST": partial(self._answer, self._end, token)}

    def _answer(self, work: Callable[[str], Notice | None], token: str) -> Answer:
        try:
            notice = self._patience.wait_for(partial(work, token))
        except StoreError:
            return _page(_LATER, HTTPStatus.SERVICE_UNAVAILABLE)
        return _page(notice) if notice else nothing_here()

    def _look(self, token: str) -> Notice | None:
        with reading(self._engine) as connection:
            named = _named(connection, token)
            present = subscriptions.by_token(connection, token)
        if named is None:
            return None
        return _asking(named) if present else _ended(named)

    def _end(self, token: str) -> Notice | None:
        with writing(self._engine) as connection:
            named = _named(connection, token)
            if named is None:
                return None
            with suppress(UnknownKeyError):  # it has ended before: a second click is no mistake
                subscriptions.remove(connection, named.id, self._clock())
        note(logging.INFO, "unsubscribed", subscription=named.id, to=shown_address(named))
        return _ended(named)


def _named(connection: "Connection", token: str) -> Subscription | None:
    """The subscription whose token this is, ended or not; no answer's time tells how much of a token is right."""
    found = subscriptions.by_token(connection, token, ended=True)
    return found if found and compare_digest(found.token, token) else None


def _asking(subscription: Subscription) -> Notice:
    words = _words(subscription)
    what = words["what"].format(what=words[subscription.cadence.value])
    return Notice(subscription.language, words["ask"], (what,), words["button"])


def _ended(subscription: Subscription) -> Notice:
    words = _words(subscription)
    what = words["ended"].format(what=words[subscription.cadence.value])
    return Notice(subscription.language, words["done"], (what,))


def _words(subscription: Subscription) -> dict[str, str]:
    return _WORDS["zh" if subscription.language.startswith("zh") else "en"]


def _page(notice: Notice, status: HTTPStatus = HTTPStatus.OK) -> Answer:
    page = as_page(notice)
    return Answer(status, page.html, "text/html; charset=utf-8", page.policy)
