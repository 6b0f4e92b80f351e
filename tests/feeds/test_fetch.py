import gzip
import itertools
import socket
import threading
from collections.abc import Iterable
from datetime import UTC, datetime

import pytest
from tests.patience import MOMENT, PATIENCE
from tests.servers import Answer, Asked, FeedServer

from evtimeline.feeds.asking import FetchRequest
from evtimeline.feeds.fetch import FetchResult, Limits, fetch_all

NOW = datetime(2025, 7, 1, 12, tzinfo=UTC)
AGENT = "evtimeline/0 (+https://example.org)"
FEED = b"<rss>" + b"<!-- padding -->" * 200 + b"</rss>"
LIMITS = Limits(total=PATIENCE, connect=PATIENCE, size=100_000, gap=0)


def fetch(requests: Iterable[FetchRequest], limits: Limits = LIMITS) -> list[FetchResult]:
    return list(fetch_all(requests, limits, agent=AGENT, now=NOW))


def fetch_one(url: str, limits: Limits = LIMITS, **fields: str) -> FetchResult:
    (result,) = fetch([FetchRequest(url, private=True, **fields)], limits)
    return result


def test_a_feed_is_fetched_with_what_it_tells_of_itself(server: FeedServer) -> None:
    url = server.serve("/feed", Answer(FEED, headers={"ETag": '"1"', "Last-Modified": "Tue, 01 Jul 2025 00:00:00 GMT"}))
    result = fetch_one(url)
    assert (result.status, result.body, result.error) == (200, FEED, None)
    assert (result.etag, result.last_modified) == ('"1"', "Tue, 01 Jul 2025 00:00:00 GMT")
    assert server.asked[0].headers["user-agent"] == AGENT


def test_many_feeds_are_fetched_each_with_its_key(server: FeedServer) -> None:
    for number in range(40):
        server.serve(f"/{number}", b"feed %d" % number)
    results = fetch(FetchRequest(server.url(f"/{number}"), private=True, key=number) for number in range(40))
    assert {result.request.key: result.body for result in results} == {n: b"feed %d" % n for n in range(40)}


def test_what_is_known_is_asked_for_conditionally(server: FeedServer) -> None:
    url = server.serve("/feed", lambda asked: Answer(status=304 if asked.headers.get("if-none-match") else 200))
    result = fetch_one(url, etag='W/"1"', last_modified="Tue, 01 Jul 2025 00:00:00 GMT")
    assert result.unchanged and result.body is None and result.error is None
    assert server.asked[0].headers["if-none-match"] == 'W/"1"'
    assert server.asked[0].headers["if-modified-since"] == "Tue, 01 Jul 2025 00:00:00 GMT"


def test_nothing_has_changed_is_no_answer_to_a_first_question(server: FeedServer) -> None:
    result = fetch_one(server.serve("/feed", Answer(status=304)))
    assert result.error is not None and not result.unchanged


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 429, 500, 503, 206, 999])
def test_every_other_status_is_an_error(server: FeedServer, status: int) -> None:
    result = fetch_one(server.serve("/feed", Answer(FEED, status=status)))
    assert result.status == status
    assert result.error is not None and result.error.startswith(f"HTTP {status}")


def test_the_server_says_when_to_come_back(server: FeedServer) -> None:
    url = server.serve("/feed", Answer(status=429, headers={"Retry-After": "3600"}))
    assert fetch_one(url).retry_after == 3600


def test_a_body_that_never_ends_is_cut_at_the_limit(server: FeedServer) -> None:
    result = fetch_one(server.serve("/feed", Answer(pieces=itertools.repeat(b" " * 65_536))))
    assert result.error == "the answer is larger than 100 kB"


def test_a_small_body_that_unpacks_to_a_large_one_is_cut_at_the_limit(server: FeedServer) -> None:
    bomb = gzip.compress(b"A" * 20_000_000)
    result = fetch_one(server.serve("/feed", Answer(bomb, headers={"Content-Encoding": "gzip"})))
    assert result.error == "the answer is larger than 100 kB"


def test_packed_feeds_are_unpacked(server: FeedServer) -> None:
    url = server.serve("/feed", Answer(gzip.compress(FEED), headers={"Content-Encoding": "gzip"}))
    assert fetch_one(url).body == FEED


def test_a_server_that_stops_talking_is_left_after_the_deadline(server: FeedServer) -> None:
    slow = server.serve("/slow", Answer(pieces=[b"<rss>"], hold=True))
    silent = server.serve("/silent", Answer(raw=b"", hold=True))
    limits = Limits(total=0.3, connect=0.3, gap=0)
    results = fetch([FetchRequest(slow, private=True), FetchRequest(silent, private=True)], limits)
    assert [result.error for result in results] == ["no whole answer within 0.3 s"] * 2


def test_a_server_that_never_finishes_a_handshake_is_left_before_the_deadline() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        result = fetch_one(f"https://127.0.0.1:{mute.getsockname()[1]}/", Limits(total=PATIENCE, connect=0.3, gap=0))
    assert result.error == "no whole answer within 0.3 s"
    assert result.elapsed < PATIENCE / 2


def test_a_slow_server_holds_up_no_other(server: FeedServer) -> None:
    slow = server.serve("/slow", Answer(raw=b"", hold=True))
    good = server.serve("/good", FEED)
    results = fetch([FetchRequest(slow, private=True), FetchRequest(good, private=True)], Limits(total=MOMENT, gap=0))
    assert [result.error is None for result in results] == [True, False]


def test_a_body_that_is_cut_short_is_an_error_and_its_validators_lead_nowhere(server: FeedServer) -> None:
    short = server.serve("/short", Answer(FEED, headers={"Content-Length": "99999", "ETag": '"1"'}))
    chunked = server.serve(
        "/chunked", Answer(raw=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n")
    )
    packed = server.serve("/packed", Answer(gzip.compress(FEED)[:-12], headers={"Content-Encoding": "gzip"}))
    for result in (fetch_one(short), fetch_one(chunked), fetch_one(packed)):
        assert result.body is None
        assert result.error is not None and "cut short" in result.error


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"<rss></rss>",
        b"HTTP/1.1 abc def\r\n\r\n<rss></rss>",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n<rss/>\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X-Many: yes\r\n" * 20_000 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\nxyz",
    ],
)
def test_broken_http_is_an_error_in_words(server: FeedServer, raw: bytes) -> None:
    result = fetch_one(server.serve("/feed", Answer(raw=raw)))
    assert result.body is None
    assert result.error


def test_redirects_are_followed_and_permanent_ones_remembered(server: FeedServer) -> None:
    server.serve("/new", FEED)
    server.serve("/newer", Answer(status=302, headers={"Location": "/new"}))
    moved = fetch_one(server.serve("/old", Answer(status=301, headers={"Location": "/newer"})))
    assert (moved.body, moved.url, moved.moved_to) == (FEED, server.url("/new"), server.url("/newer"))
    passing = fetch_one(server.serve("/passing", Answer(status=307, headers={"Location": "/new"})))
    assert (passing.body, passing.moved_to) == (FEED, None)


def test_one_deadline_holds_for_all_redirects_together(server: FeedServer) -> None:
    waiting = threading.Event()

    def slowly(_: Asked) -> Answer:
        waiting.wait(0.2)
        return Answer(status=302, headers={"Location": "/slow"})

    result = fetch_one(server.serve("/slow", slowly), Limits(total=0.5, redirects=1_000, gap=0))
    assert result.error == "no whole answer within 0.5 s"


def test_a_redirect_that_never_ends_is_left(server: FeedServer) -> None:
    result = fetch_one(server.serve("/loop", Answer(status=302, headers={"Location": "/loop"})))
    assert result.error == "more than 5 redirects"
    assert len(server.asked) == 6


@pytest.mark.parametrize("place", ["file:///etc/passwd", "gopher://127.0.0.1/", "data:text/plain,x", "http://[::1"])
def test_a_redirect_leads_to_the_web_or_nowhere(server: FeedServer, place: str) -> None:
    result = fetch_one(server.serve("/feed", Answer(status=302, headers={"Location": place})))
    assert (result.error or "").startswith("redirected to where we do not go: ")
    assert len(server.asked) == 1


@pytest.mark.parametrize("place", ["http://0.0.0.0:{port}/new", "http://[::ffff:169.254.169.254]/latest/"])
def test_a_redirect_leads_to_no_network_that_the_feed_may_not_reach(server: FeedServer, place: str) -> None:
    server.serve("/new", FEED)
    away = Answer(status=302, headers={"Location": place.format(port=server.port)})
    assert "the address leads to" in (fetch_one(server.serve("/feed", away)).error or "")
    assert [asked.path for asked in server.asked] == ["/feed"]


def test_validators_and_passwords_stay_with_the_origin_that_they_belong_to(server: FeedServer) -> None:
    with FeedServer() as other:
        elsewhere = other.serve("/feed", FEED)
        server.serve("/feed", Answer(status=302, headers={"Location": elsewhere}))
        url = server.url("/feed").replace("//", "//name:secret@")
        assert fetch_one(url, etag='"1"').body == FEED
        assert server.asked[0].headers["authorization"].startswith("Basic ")
        assert server.asked[0].headers["if-none-match"] == '"1"'
        assert not {"authorization", "if-none-match"} & set(other.asked[0].headers)


def test_a_password_goes_along_to_the_same_origin(server: FeedServer) -> None:
    server.serve("/new", FEED)
    server.serve("/feed", Answer(status=302, headers={"Location": "/new"}))
    fetch_one(server.url("/feed").replace("//", "//name:secret@"))
    assert all("authorization" in asked.headers for asked in server.asked)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0.0.0.0"]
)
def test_a_public_feed_never_reaches_this_machine_however_it_is_written(server: FeedServer, host: str) -> None:
    server.serve("/feed", FEED)
    (result,) = fetch([FetchRequest(f"http://{host}:{server.port}/feed")])
    assert result.body is None
    assert server.asked == []


def test_an_address_that_is_refused_is_not_even_connected_to() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        (result,) = fetch([FetchRequest(f"http://localhost:{listener.getsockname()[1]}/feed")])
        assert "private: true" in (result.error or "")
        listener.setblocking(False)
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_a_public_feed_uses_no_connection_that_a_private_one_opened(server: FeedServer) -> None:
    url = server.serve("/feed", FEED)
    private, public = fetch([FetchRequest(url, private=True), FetchRequest(url)], Limits(per_host=1, gap=0))
    assert private.body == FEED
    assert public.error is not None and "private: true" in public.error
    assert len(server.asked) == 1


def test_metadata_services_are_refused_even_to_private_feeds() -> None:
    assert "metadata" in (fetch_one("http://169.254.169.254/latest/").error or "")


def test_errors_are_told_in_words(server: FeedServer) -> None:
    with FeedServer() as gone:
        closed = gone.url("/feed")
    assert (fetch_one(closed).error or "").startswith("nothing answers at 127.0.0.1:")
    assert fetch_one("http://nowhere.invalid/").error == (
        "the name nowhere.invalid is not known; check the address and the network"
    )
    assert "nothing else is fetched" in (fetch_one("ftp://a.example/").error or "")
    assert "secure connection" in (fetch_one(server.url("/").replace("http:", "https:")).error or "")


def test_the_environment_names_no_proxy(server: FeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    assert fetch_one(server.serve("/feed", FEED)).body == FEED


def test_no_more_requests_reach_a_host_at_once_than_is_polite(server: FeedServer) -> None:
    both, lock = threading.Barrier(2, timeout=PATIENCE), threading.Lock()
    inside: list[Asked] = []
    most: list[int] = []

    def answer(asked: Asked) -> Answer:
        with lock:
            inside.append(asked)
            most.append(len(inside))
        both.wait()
        with lock:
            inside.remove(asked)
        return Answer(FEED)

    server.serve("/feed", answer)
    requests = [FetchRequest(server.url(f"/feed?{number}"), private=True) for number in range(6)]
    results = fetch(requests, Limits(total=PATIENCE, per_host=2, gap=0))
    assert all(result.body for result in results)
    assert max(most) == 2


def test_a_caller_may_stop_early(server: FeedServer) -> None:
    server.serve("/feed", FEED)
    requests = [FetchRequest(server.url(f"/feed?{number}"), private=True) for number in range(20)]
    results = fetch_all(requests, LIMITS, agent=AGENT, now=NOW)
    assert next(results).body == FEED
    results.close()  # type: ignore[attr-defined]  # it is a generator


def test_once_asked_to_stop_what_is_under_way_is_finished_and_nothing_else_is_begun(server: FeedServer) -> None:
    stop, more = threading.Event(), iter(range(100))

    def answer(_: Asked) -> Answer:
        stop.set()
        return Answer(FEED)

    def requests() -> Iterable[FetchRequest]:
        for number in more:
            yield FetchRequest(server.serve(f"/{number}", answer), private=True, key=number)

    one_by_one = Limits(total=PATIENCE, connect=PATIENCE, size=100_000, gap=0, at_once=1, per_host=1)
    results = list(fetch_all(requests(), one_by_one, agent=AGENT, now=NOW, stop=stop.is_set))
    assert [result.body for result in results] == [FEED]
    assert next(more) < 5
