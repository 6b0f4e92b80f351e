import logging
import socket
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from tests.builders import NOW
from tests.web.sites import DAEMON, Site

from evtimeline.app import App
from evtimeline.errors import SettingsError
from evtimeline.web import server
from evtimeline.web import site as application
from evtimeline.web.answers import Answer


def test_every_answer_tells_browsers_to_do_nothing_with_it(site: Site) -> None:
    for path in ("/healthz", "/readyz", "/nothing"):
        headers = site.ask(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cache-Control"] == "no-store"
        assert headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert headers["Server"] == "evtimeline"


def test_head_has_the_headers_of_get_and_no_body(site: Site) -> None:
    got, head = site.ask("/healthz"), site.ask("/healthz", "HEAD")
    assert (head.status, head.text) == (got.status, "")
    assert head.headers["Content-Length"] == got.headers["Content-Length"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_other_methods_are_refused_by_name(site: Site, method: str) -> None:
    refused = site.ask("/healthz", method)
    assert (refused.status, refused.headers["Allow"]) == (405, "GET, HEAD")


def test_unknown_addresses_say_nothing_more(site: Site) -> None:
    assert site.ask("/").text == site.ask("/admin").text == "There is nothing here.\n"


def test_requests_that_are_too_large_are_refused(site: Site) -> None:
    assert site.ask("/healthz", "POST", "x" * (server.LARGEST + 1)).status == 413
    assert site.ask("/" + "x" * (server.LARGEST + 1)).status == 431


def test_a_port_that_is_taken_is_told(app: App, site: Site) -> None:
    with pytest.raises(SettingsError, match=rf"port {site.server.port} of 127\.0\.0\.1 is taken by another program"):
        server.start(app, DAEMON, "127.0.0.1", site.server.port, lambda: NOW)


@pytest.mark.parametrize("host", ["nowhere.invalid", "192.0.2.1", "x" * 70 + ".example"])
def test_an_address_that_is_not_ours_is_told(app: App, host: str) -> None:
    with pytest.raises(SettingsError, match=r"use 127\.0\.0\.1"):
        server.start(app, DAEMON, host, 0, lambda: NOW)


def test_being_reachable_for_others_is_said(app: App, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        running = server.start(app, DAEMON, "0.0.0.0", 0, lambda: NOW)
        running.close()
    assert running.is_public
    assert "health-public" in caplog.messages


def test_after_closing_nobody_answers_and_the_port_is_free(app: App) -> None:
    running = server.start(app, DAEMON, "127.0.0.1", 0, lambda: NOW)
    assert not running.is_public
    running.close()
    running.close()
    with pytest.raises(ConnectionRefusedError), socket.create_connection(("127.0.0.1", running.port)):
        pass
    server.start(app, DAEMON, "127.0.0.1", running.port, lambda: NOW).close()


def test_it_listens_on_ipv6_too(app: App) -> None:
    running = server.start(app, DAEMON, "::1", 0, lambda: NOW)
    try:
        assert Site(replace(app), running).ask("/nothing").status == 404
    finally:
        running.close()


def test_a_failing_page_shows_nothing_of_its_insides(caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> Answer:
        raise RuntimeError("the secret")

    def start(line: str, headers: object, trouble: object = None, /) -> Callable[[bytes], object]:
        told.append(line)
        return BytesIO().write

    told: list[str] = []
    body = b"".join(application.Site(lambda _path: {"GET": fail})({"REQUEST_METHOD": "GET"}, start))
    assert told == ["500 Internal Server Error"]
    assert b"secret" not in body
    assert "request-failed" in caplog.messages
    assert "secret" not in str(caplog.records[-1].__dict__["fields"])
