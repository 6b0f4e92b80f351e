"""A message as the bytes of a mail (RFC 5322 and MIME), in which no text can become a header."""

import base64
import re
from datetime import UTC, datetime
from urllib.parse import quote

from evtimeline.core.subscriptions import Message, Subscription

LARGEST_HTML = 90_000
"""Bytes of the encoded HTML part; above about 102 KB of source Gmail cuts a mail off."""

LONGEST_SUBJECT = 250  # code points
MOST_REFERENCES = 20

_LINE = 76  # RFC 2047, section 2
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MESSAGE_ID = re.compile(r"<[!-;=?A-Z\[-~]{1,200}@[!-;=?A-Z\[-~]{1,200}>")
_MAILBOX = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}")
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


class AddressError(ValueError):
    """A mailbox that mail cannot be addressed to; the message is the end of a sentence."""


def build(message: Message, subscription: Subscription, sender: str, public_url: str | None = None) -> bytes:
    """Write the mail, the same bytes whenever it is sent, lines ended by CR LF.

    An HTML part above LARGEST_HTML is left out: the text says it all. Raises AddressError.
    """
    head = [
        f"From: evtimeline <{mailbox(sender)}>",
        f"To: <{mailbox(subscription.address)}>",
        "Subject: " + unstructured(message.subject, len("Subject: ")),
        "Date: " + _date(message.created_at),
        "Message-ID: " + message.message_id,
        *_threading(message),
        *_list_headers(subscription, sender, public_url),
        "Auto-Submitted: auto-generated",
        "MIME-Version: 1.0",
    ]
    return "\r\n".join([*head, *_body(message)]).encode("ascii")


def mailbox(address: str) -> str:
    """The address as it stands in headers and in the envelope: ASCII, the domain in its IDNA form."""
    local, _, domain = address.strip().rpartition("@")
    try:
        plain = f"{local}@{domain if domain.isascii() else domain.encode('idna').decode()}"
    except UnicodeError as error:
        raise AddressError(f"{address!r} has no domain that can be written in a mail") from error
    if not _MAILBOX.fullmatch(plain):
        raise AddressError(f"{address!r} is no mail address: write name@example.org, the name in plain ASCII")
    return plain


def unstructured(text: str, used: int = 0) -> str:
    """Any text as the value of a header: one line of printable ASCII, or encoded words (RFC 2047), folded.

    Control characters, line ends, direction overrides and lone surrogates are taken out first; text that looks like
    an encoded word is itself encoded, so that it is shown as it is. `used` is how long the header's name is.
    """
    plain = _one_line(text)
    if plain.isascii() and used + len(plain) <= _LINE and "=?" not in plain:
        return plain
    words, room = [], _room(used)
    piece = b""
    for character in plain:
        encoded = character.encode()
        if len(piece) + len(encoded) > room:
            words.append(piece)
            piece, room = b"", _room(1)
        piece += encoded
    return "\r\n ".join(f"=?utf-8?b?{base64.b64encode(word).decode()}?=" for word in [*words, piece])


def _room(used: int) -> int:
    """How many bytes an encoded word can hold on a line of which `used` columns are taken."""
    return (_LINE - used - len("=?utf-8?b??=")) // 4 * 3


def _one_line(text: str) -> str:
    known = text.encode("utf-8", "replace").decode()
    spaced = "".join(one if one.isprintable() else " " for one in _BIDI.sub("", known))
    line = " ".join(spaced.split())
    return line if len(line) <= LONGEST_SUBJECT else line[: LONGEST_SUBJECT - 1].rstrip() + "…"


def _date(at: datetime) -> str:
    """An instant as RFC 5322, section 3.3; strftime would speak the language of the locale."""
    utc = at.astimezone(UTC)
    return f"{_DAYS[utc.weekday()]}, {utc.day:02} {_MONTHS[utc.month - 1]} {utc.year:04} {utc:%H:%M:%S} +0000"


def _threading(message: Message) -> list[str]:
    known = [one for one in message.references if _MESSAGE_ID.fullmatch(one)]
    if not known:
        return []
    kept = known if len(known) <= MOST_REFERENCES else [known[0], *known[1 - MOST_REFERENCES :]]
    return [f"In-Reply-To: {kept[-1]}", "References: " + "\r\n ".join(kept)]


def _list_headers(subscription: Subscription, sender: str, public_url: str | None) -> list[str]:
    """RFC 2919, RFC 2369 and, where one click can reach us, RFC 8058."""
    domain = mailbox(sender).rpartition("@")[2]
    headers = [f"List-Id: evtimeline <s{subscription.id}.evtimeline.{domain}>"]
    if not subscription.token:
        return headers
    token = quote(subscription.token, safe="")
    ways = [f"<mailto:{quote(mailbox(sender), safe='@')}?subject=unsubscribe%20{token}>"]
    if public_url and public_url.startswith("https://"):
        ways.append(f"<{quote(public_url.rstrip('/'), safe=':/[]@%~+')}/unsubscribe/{token}>")
        headers.append("List-Unsubscribe-Post: List-Unsubscribe=One-Click")
    return [*headers, "List-Unsubscribe: " + ",\r\n ".join(ways)]


def _body(message: Message) -> list[str]:
    text = _part("plain", message.text)
    html = _part("html", message.html) if message.html else []
    if not html or sum(len(line) + 2 for line in html) > LARGEST_HTML:
        return text
    boundary = "=_" + base64.b32encode(message.message_id.encode()).decode().rstrip("=")[:60]  # base64 has no "_"
    start = f"--{boundary}"
    kind = f'Content-Type: multipart/alternative;\r\n boundary="{boundary}"'
    return [kind, "", start, *text, start, *html, f"{start}--", ""]


def _part(kind: str, text: str) -> list[str]:
    lines = text.encode("utf-8", "replace").replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    encoded = base64.encodebytes(lines).decode().splitlines()
    return [f"Content-Type: text/{kind}; charset=utf-8", "Content-Transfer-Encoding: base64", "", *encoded, ""]
