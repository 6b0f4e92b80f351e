"""What an HTTP answer means: its headers read with care, its body unpacked, its failure as a sentence."""

import re
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

DAY = 86_400
_HEADERS_LIMIT = 64 * 1024
_LONGEST_VALIDATOR = 4_000


class BodyError(Exception):
    """The body cannot be used; the message is a clause."""


class Headers:
    """The header lines of one answer as they arrive: names in lower case, bounded, informational answers dropped."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self._size = 0

    def feed(self, line: bytes) -> bool:
        """Take one line as libcurl hands it over; False when there are too many of them."""
        self._size += len(line)
        if line.startswith(b"HTTP/"):
            self.values = {}
        else:
            name, colon, value = line.decode("latin-1").partition(":")
            if colon:
                self.values[name.strip().lower()] = value.strip()
        return self._size <= _HEADERS_LIMIT


class Body:
    """A body as it arrives: unpacked while it is received, and bounded by its unpacked size.

    Unpacking is done here because libcurl takes a gzip stream that ends too early for a whole one.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._parts: list[bytes] = []
        self._size = 0
        self._unpack: zlib._Decompress | None = None
        self._begun = False

    def start(self, encoding: str) -> None:
        """Set the Content-Encoding before the first byte; raises BodyError for one that was not asked for."""
        self._begun = True
        names = [name for name in re.split(r"[,\s]+", encoding.lower()) if name and name != "identity"]
        if not names:
            return
        if len(names) > 1 or names[0] not in ("gzip", "x-gzip", "deflate"):
            raise BodyError(f"the answer is packed in a way that was not asked for ({encoding[:40]})")
        self._unpack = zlib.decompressobj(wbits=47)

    @property
    def started(self) -> bool:
        """Whether the encoding is known."""
        return self._begun

    def feed(self, data: bytes) -> None:
        """Take received bytes; raises BodyError when they are too many or not what the encoding promised."""
        if self._unpack is None:
            self._add(data)
            return
        while data and not self._unpack.eof:
            try:
                self._add(self._unpack.decompress(data, self._limit + 1 - self._size))
            except zlib.error:
                data = self._as_raw_deflate(data)
                continue
            data = self._unpack.unconsumed_tail

    def finish(self) -> bytes:
        """The whole body; raises BodyError when the packed stream has no end."""
        if self._unpack is not None and self._begun and not self._unpack.eof:
            raise BodyError("the packed answer was cut short")
        return b"".join(self._parts)

    def _add(self, data: bytes) -> None:
        self._size += len(data)
        if self._size > self._limit:
            raise BodyError(f"the answer is larger than {megabytes(self._limit)}")
        self._parts.append(data)

    def _as_raw_deflate(self, data: bytes) -> bytes:
        """Some servers send raw deflate streams: try once, at the very start."""
        if self._size or self._parts:
            raise BodyError("the packed answer is damaged")
        self._parts.append(b"")
        self._unpack = zlib.decompressobj(wbits=-15)
        return data


def megabytes(size: int) -> str:
    """A size limit for people: `10 MB`, `200 kB`."""
    return f"{size // 1_000_000} MB" if size >= 1_000_000 else f"{max(1, size // 1000)} kB"


def retry_after(headers: Mapping[str, str], now: datetime) -> int | None:
    """Seconds that Retry-After asks for (a number or a date, RFC 9110 10.2.3), within 0..24 h; None without one."""
    text = headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d{1,30}", text):
        return min(int(text), DAY)
    when = _http_date(text)
    if when is None:
        return None
    sent = _http_date(headers.get("date", "")) or now
    return int(min(max((when - sent).total_seconds(), 0), DAY))


def fresh_for(headers: Mapping[str, str], now: datetime) -> int | None:
    """Seconds for which an answer stays fresh (RFC 9111, 4.2.1), within 0..24 h; None where nothing says so."""
    control = headers.get("cache-control", "").lower()
    if re.search(r"\bno-(?:store|cache)\b", control):
        return None
    if found := re.search(r"""(?:^|[,\s])max-age\s*=\s*"?(\d{1,30})""", control):
        age = headers.get("age", "").strip()
        return max(0, min(int(found[1]), DAY) - (min(int(age), DAY) if re.fullmatch(r"\d{1,30}", age) else 0))
    expires = _http_date(headers.get("expires", ""))
    if expires is None:
        return None
    sent = _http_date(headers.get("date", "")) or now
    return int(min(max((expires - sent).total_seconds(), 0), DAY))


def validator(headers: Mapping[str, str], name: str) -> str | None:
    """An ETag or Last-Modified worth keeping: printable ASCII and not longer than anyone needs."""
    value = headers.get(name, "")
    usable = value and len(value) <= _LONGEST_VALIDATOR and value.isascii() and value.isprintable()
    return value if usable else None


def status_sentence(status: int) -> str:
    """What a status that is no success means, with the remedy where there is one."""
    remedies = {
        401: ": it asks for a name and password (https://name:password@...)",
        403: ": the server refuses us; it may want a browser or a subscription",
        404: ": the feed may have moved; `evtimeline feed add` on the site's page finds it",
        410: ": the feed is gone for good; look for another with `evtimeline feed add` on the site's page",
        429: ": we asked too often; the feed is asked less often now",
    }
    try:
        phrase = " " + HTTPStatus(status).phrase
    except ValueError:
        phrase = ""
    return f"HTTP {status}{phrase}{remedies.get(status, '')}"


def _http_date(text: str) -> datetime | None:
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)
