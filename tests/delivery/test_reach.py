"""Whether ways out can be reached, without anything being sent."""

import socket

import pytest
from tests.delivery.mailserver import CERTIFICATE, Break, Fault, mail_server
from tests.servers import FeedServer

from evtimeline.delivery.contract import MailServer, Security
from evtimeline.delivery.reach import ask_apprise, greet, knock


def server(port: int, security: Security = Security.NONE, **changes: object) -> MailServer:
    return MailServer("127.0.0.1", "news@example.org", port, security, timeout=2, **changes)  # type: ignore[arg-type]


@pytest.fixture
def closed() -> int:
    """A port at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def test_a_mail_server_is_greeted_and_nothing_is_handed_over() -> None:
    with mail_server() as stand:
        assert greet(server(stand.port)) is None
    assert (stand.connections, stand.taken) == (1, [])


def test_one_that_refuses_or_is_silent_or_offers_no_protection_says_so(closed: int) -> None:
    assert "nothing answers at" in (greet(server(closed)) or "")
    with mail_server(Fault("greeting", "554 go away")) as stand:
        assert "554 go away" in (greet(server(stand.port)) or "")
    with mail_server(Fault("greeting", Break.HANG)) as stand:
        assert "no answer within 2 s" in (greet(server(stand.port)) or "")
    with mail_server() as stand:
        assert "offers no STARTTLS" in (greet(server(stand.port, Security.STARTTLS, ca_file=str(CERTIFICATE))) or "")


def test_a_web_address_is_connected_to_and_asked_for_nothing(closed: int) -> None:
    with FeedServer() as stand:
        assert knock(stand.url("/hook"), "test") is None
        assert stand.asked == []
        assert "no secure connection" in (knock(stand.url("/hook").replace("http:", "https:"), "test") or "")
    assert "nothing answers" in (knock(f"http://127.0.0.1:{closed}/hook", "test") or "")


def test_apprise_is_only_asked_whether_it_knows_the_address() -> None:
    assert ask_apprise("no such thing") is not None
