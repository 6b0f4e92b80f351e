"""One HTTP POST, bounded in time and size, that says whether the other side may have taken what was sent."""

from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import parse_qsl, urlsplit

import pycurl

from evtimeline.core.subscriptions import Result
from evtimeline.delivery.contract import Outcome, brief, down

LARGEST_ANSWER = 65_536
_KEY_LENGTH = 8
_BUSY = (408, 425, 429)
_NOT_SENT = {
    pycurl.E_UNSUPPORTED_PROTOCOL: "only http and https addresses can be posted to",
    pycurl.E_URL_MALFORMAT: "the address is not one that can be posted to",
    pycurl.E_COULDNT_RESOLVE_HOST: "the host's name is not known: check the address and the network",
    pycurl.E_COULDNT_CONNECT: "nothing answers at the host and port",
    pycurl.E_SSL_CONNECT_ERROR: "no secure connection could be made",
    pycurl.E_PEER_FAILED_VERIFICATION: "the certificate is not valid",
}


@dataclass(frozen=True)
class Answer:
    """What an HTTP server said; `body` is cut at LARGEST_ANSWER, `retry_after` is in seconds."""

    status: int
    body: bytes = b""
    retry_after: int | None = None


@dataclass
class _Received:
    """What libcurl has handed over so far."""

    body: bytearray = field(default_factory=bytearray)
    retry_after: str = ""
    uploaded: int = 0

    def on_body(self, data: bytes) -> int:
        """Keep what there is room for; anything but its length ends the transfer."""
        self.body += data[: LARGEST_ANSWER - len(self.body)]
        return len(data) if len(self.body) < LARGEST_ANSWER else 0

    def on_header(self, line: bytes) -> None:
        """Note the one header that matters."""
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"retry-after":
            self.retry_after = value.strip().decode("ascii", "replace")

    def on_progress(self, _to_come: int, _come: int, _to_go: int, gone: int) -> None:
        """Note how much of the request has left."""
        self.uploaded = gone


class Poster:
    """Posts on one connection for as long as the server keeps it."""

    def __init__(self, timeout: float, agent: str) -> None:
        self._curl = pycurl.Curl()
        for option, value in (
            (pycurl.NOSIGNAL, 1),
            (pycurl.TIMEOUT_MS, int(timeout * 1000)),
            (pycurl.CONNECTTIMEOUT_MS, int(min(timeout, 10) * 1000)),
            (pycurl.PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS),
            (pycurl.FOLLOWLOCATION, 0),
            (pycurl.NOPROGRESS, 0),
            (pycurl.NETRC, pycurl.NETRC_IGNORED),
            (pycurl.USERAGENT, agent),
        ):
            self._curl.setopt(option, value)

    def post(self, url: str, body: bytes, headers: dict[str, str], now: datetime) -> Answer | Outcome:
        """Post, and return the answer; an Outcome where there was none, UNKNOWN if all had been sent by then."""
        received = _Received()
        curl = self._curl
        try:
            curl.setopt(pycurl.URL, url.encode())
            curl.setopt(pycurl.POST, 1)
            curl.setopt(pycurl.POSTFIELDS, body)
            curl.setopt(pycurl.HTTPHEADER, [*(f"{name}: {value}" for name, value in headers.items()), "Expect:"])
            curl.setopt(pycurl.WRITEFUNCTION, received.on_body)
            curl.setopt(pycurl.HEADERFUNCTION, received.on_header)
            curl.setopt(pycurl.XFERINFOFUNCTION, received.on_progress)
            curl.perform()
        except pycurl.error as error:
            if curl.getinfo(pycurl.RESPONSE_CODE) < 200:
                return _no_answer(error, everything=received.uploaded >= len(body))
        status = int(curl.getinfo(pycurl.RESPONSE_CODE))
        return Answer(status, _without(url, bytes(received.body)), seconds_in(received.retry_after, now))

    def knock(self, url: str) -> str | None:
        """Connect, through a proxy and with a valid certificate where need be, without asking for anything.

        Returns why that cannot be done, None where it can.
        """
        self._curl.setopt(pycurl.URL, url.encode())
        self._curl.setopt(pycurl.CONNECT_ONLY, 1)
        try:
            self._curl.perform()
        except pycurl.error as error:
            return _no_answer(error, everything=False).reason
        return None

    def close(self) -> None:
        """Close the connection."""
        self._curl.close()


def seconds_in(retry_after: str, now: datetime) -> int | None:
    """Read Retry-After (RFC 9110, section 10.2.3): seconds, or a date; None for anything else."""
    if retry_after.isascii() and retry_after.isdecimal():
        return min(int(retry_after[:9]), 86_400)
    try:
        wanted = parsedate_to_datetime(retry_after)
        return max(0, min(int((wanted - now).total_seconds()), 86_400))
    except (ValueError, TypeError, OverflowError):
        return None


def judged(answer: Answer) -> Outcome:
    """What a status means for whoever posted: 2xx took it, some ask to wait, the others will never take it."""
    status, said = answer.status, f"answered {answer.status}"
    if 200 <= status < 300:
        return Outcome(Result.SENT, said)
    words = brief(f"{said}: {answer.body[:500].decode('utf-8', 'replace')}".rstrip(": "))
    if status in _BUSY or status >= 500:
        return Outcome(Result.RETRY, words, answer.retry_after, outage=status in (429, 503))
    if 300 <= status < 400:
        return Outcome(Result.DEAD, f"{said}, a redirect, which is not followed: give the address it leads to")
    return Outcome(Result.DEAD, words)


def _without(url: str, body: bytes) -> bytes:
    """An answer without what it repeats of the address, which may be a key: answers are kept, and shown."""
    parts = urlsplit(url)
    values = [value for _, value in parse_qsl(parts.query)]
    segments = [part for part in parts.path.split("/") if len(part) >= _KEY_LENGTH]
    for piece in (url, f"{parts.path}?{parts.query}", *values, *segments):
        if len(piece) >= _KEY_LENGTH:
            body = body.replace(piece.encode(), b"***")
    return body


def _no_answer(error: pycurl.error, *, everything: bool) -> Outcome:
    """What it means that there was no answer, and whether `everything` had been sent by then."""
    code, words = error.args[0], str(error.args[1] if len(error.args) > 1 else "")
    if code in _NOT_SENT:
        return down(f"{_NOT_SENT[code]} ({words})")
    if not everything:
        return down(f"the connection broke before everything was sent ({words})")
    return Outcome(Result.UNKNOWN, brief(f"no answer after everything was sent ({words})"), outage=True)
