from collections.abc import Mapping
from http.client import HTTPConnection

from demo.server import LOOPBACK, Newsstand, serving
from demo.story import load_story
from tests.patience import PATIENCE

STORY = load_story()


def _get(stand: Newsstand, path: str, headers: Mapping[str, str] | None = None) -> tuple[int, str | None, bytes]:
    connection = HTTPConnection(LOOPBACK, stand.port, timeout=PATIENCE)
    try:
        connection.request("GET", path, headers=headers or {})
        response = connection.getresponse()
        return response.status, response.headers["ETag"], response.read()
    finally:
        connection.close()


def test_a_feed_that_has_not_changed_is_answered_with_304() -> None:
    with serving(Newsstand(STORY, STORY.stages[0].at)) as stand:
        status, etag, body = _get(stand, "/company.atom")
        assert (status, bool(body)) == (200, True)
        assert etag is not None
        assert _get(stand, "/company.atom", {"If-None-Match": etag}) == (304, etag, b"")


def test_a_feed_that_has_grown_is_sent_again() -> None:
    with serving(Newsstand(STORY, STORY.stages[0].at)) as stand:
        _, etag, before = _get(stand, "/company.atom")
        assert etag is not None
        stand.now = STORY.stages[1].at
        status, _, after = _get(stand, "/company.atom", {"If-None-Match": etag})
        assert status == 200
        assert len(after) > len(before)


def test_an_address_without_a_feed_is_not_found() -> None:
    with serving(Newsstand(STORY, STORY.stages[0].at)) as stand:
        assert _get(stand, "/nothing.xml")[0] == 404
