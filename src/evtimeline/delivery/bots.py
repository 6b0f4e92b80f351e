"""What the chat bots have in common: they answer HTTP 200 to everything, and say in the body what came of it."""

import json
import re
from collections.abc import Collection, Mapping
from datetime import datetime

from evtimeline.core.subscriptions import Message, Result
from evtimeline.delivery.contract import Outcome, brief, shortened
from evtimeline.delivery.posting import Answer, Poster, judged

BUSY_SECONDS = 60
"""How long to wait when a bot says that it was asked too often; all of them count by the minute."""


def chat_text(message: Message, size: int, mention: re.Pattern[str] | None = None) -> str:
    """Subject and text as one chat message of so many bytes, in which no `mention` of people or everybody is left."""
    text = f"{message.subject}\n\n{message.text.strip()}"
    return shortened(mention.sub("‹", text) if mention else text, size)


def post(poster: Poster, url: str, content: Mapping[str, object], busy: Collection[int], now: datetime) -> Outcome:
    """Post to a bot and read its answer; `busy` are the error codes that pass by themselves."""
    body = json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")
    answer = poster.post(url, body, {"Content-Type": "application/json; charset=utf-8"}, now)
    if not isinstance(answer, Answer):
        return answer
    outcome = judged(answer)
    return outcome if outcome.result is not Result.SENT else _read(answer.body, busy)


def _read(body: bytes, busy: Collection[int]) -> Outcome:
    """What the body of a 200 says; one that cannot be read leaves it open whether the message was taken."""
    try:
        answer = json.loads(body)
    except ValueError:
        answer = None
    found = [answer[name] for name in ("code", "errcode", "StatusCode") if name in answer] if _is_object(answer) else []
    if not found or not isinstance(found[0], int):
        return Outcome(Result.UNKNOWN, brief(f"the answer was not understood: {body[:200].decode('utf-8', 'replace')}"))
    code = found[0]
    if code == 0:
        return Outcome(Result.SENT, "taken (code 0)")
    said = next((answer[name] for name in ("msg", "errmsg", "StatusMessage") if answer.get(name)), "")
    reason = brief(f"the bot answered code {code}: {said}")
    if code in busy:
        return Outcome(Result.RETRY, reason, BUSY_SECONDS, outage=True)
    return Outcome(Result.DEAD, reason)


def _is_object(answer: object) -> bool:
    return isinstance(answer, dict)
