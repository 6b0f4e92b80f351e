import gzip
import tracemalloc
import zlib
from datetime import UTC, datetime

import pytest

from evtimeline.feeds.answers import Body, BodyError, Headers, fresh_for, retry_after, status_sentence, validator

NOW = datetime(2025, 7, 1, 12, tzinfo=UTC)


def unpacked(data: bytes, encoding: str, limit: int = 10_000) -> bytes:
    body = Body(limit)
    body.start(encoding)
    for start in range(0, len(data), 7):
        body.feed(data[start : start + 7])
    return body.finish()


def test_bodies_are_unpacked_in_every_form_that_we_ask_for() -> None:
    text = b"<rss>" * 500
    raw = zlib.compressobj(wbits=-15)
    assert unpacked(text, "") == text
    assert unpacked(text, "identity") == text
    assert unpacked(gzip.compress(text), "gzip") == text
    assert unpacked(zlib.compress(text), "deflate") == text
    assert unpacked(raw.compress(text) + raw.flush(), "deflate") == text


def test_a_packed_body_without_its_end_is_an_error() -> None:
    with pytest.raises(BodyError, match="cut short"):
        unpacked(gzip.compress(b"<rss>" * 500)[:-9], "gzip")


def test_a_packed_body_is_bounded_by_what_it_becomes() -> None:
    with pytest.raises(BodyError, match="larger than"):
        unpacked(gzip.compress(b"A" * 1_000_000), "gzip")


def test_no_more_of_a_packed_body_is_unpacked_than_may_be_kept() -> None:
    bomb = gzip.compress(b"A" * 20_000_000)
    body = Body(10_000)
    body.start("gzip")
    tracemalloc.start()
    with pytest.raises(BodyError, match="larger than"):
        body.feed(bomb)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 1_000_000


def test_what_was_not_asked_for_is_an_error() -> None:
    with pytest.raises(BodyError, match="not asked for"):
        unpacked(b"", "br")
    with pytest.raises(BodyError, match="not asked for"):
        unpacked(b"", "gzip, gzip")
    with pytest.raises(BodyError, match="damaged"):
        unpacked(b"<rss>plain</rss>", "gzip")


def test_the_headers_of_an_informational_answer_are_forgotten() -> None:
    headers = Headers()
    for line in (b"HTTP/1.1 103 Early Hints\r\n", b"ETag: early\r\n", b"\r\n", b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"):
        assert headers.feed(line)
    assert headers.values == {"x": "y"}


def test_too_many_headers_are_noticed() -> None:
    headers = Headers()
    assert not all(headers.feed(b"X-%d: y\r\n" % number) for number in range(10_000))


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        ("99999999999999999999", 86_400),
        ("Tue, 01 Jul 2025 13:00:00 GMT", 3600),
        ("Tue, 01 Jul 2020 13:00:00 GMT", 0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 86_400),
        ("-5", None),
        ("soon", None),
        ("", None),
        ("1e9", None),
    ],
)
def test_retry_after_is_read_and_bounded(value: str, seconds: int | None) -> None:
    assert retry_after({"retry-after": value}, NOW) == seconds


def test_a_date_in_retry_after_is_measured_by_the_servers_own_clock() -> None:
    headers = {"retry-after": "Tue, 01 Jul 2025 13:00:00 GMT", "date": "Tue, 01 Jul 2025 12:50:00 GMT"}
    assert retry_after(headers, NOW) == 600


def test_absurd_validators_are_not_kept() -> None:
    assert validator({"etag": 'W/"abc"'}, "etag") == 'W/"abc"'
    assert validator({"etag": "x" * 16_000}, "etag") is None
    assert validator({"etag": '"\x1b"'}, "etag") is None
    assert validator({}, "etag") is None


def test_a_status_is_told_with_its_remedy() -> None:
    assert status_sentence(404).startswith("HTTP 404 Not Found")
    assert "gone for good" in status_sentence(410)
    assert status_sentence(999) == "HTTP 999"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"cache-control": "public, max-age=600"}, 600),
        ({"cache-control": 'MAX-AGE="600"'}, 600),
        ({"cache-control": "max-age=600", "age": "200"}, 400),
        ({"cache-control": "max-age=600", "age": "99999999999999999999"}, 0),
        ({"cache-control": "max-age=99999999999999999999"}, 86_400),
        ({"cache-control": "s-maxage=600"}, None),
        ({"cache-control": "max-age=soon"}, None),
        ({"cache-control": "no-cache, max-age=600"}, None),
        ({"cache-control": "no-store", "expires": "Tue, 01 Jul 2025 13:00:00 GMT"}, None),
        ({"expires": "Tue, 01 Jul 2025 13:00:00 GMT"}, 3600),
        ({"expires": "Tue, 01 Jul 2025 13:00:00 GMT", "date": "Tue, 01 Jul 2025 12:30:00 GMT"}, 1800),
        ({"expires": "Tue, 01 Jul 2025 11:00:00 GMT"}, 0),
        ({"expires": "0"}, None),
        ({"cache-control": "max-age=60", "expires": "Wed, 02 Jul 2025 11:00:00 GMT"}, 60),
    ],
)
def test_how_long_an_answer_stays_fresh(headers: dict[str, str], seconds: int | None) -> None:
    assert fresh_for(headers, NOW) == seconds
