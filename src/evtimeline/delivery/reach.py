"""Whether a way out can be reached, found out without sending anything."""

from dataclasses import replace

from evtimeline.delivery.contract import MailServer

PATIENCE = 10.0
"""Seconds for one way."""


def greet(server: MailServer) -> str | None:
    """Connect to a mail server and log in; returns why that cannot be done, None where it can."""
    from evtimeline.delivery.smtp import SmtpChannel

    channel = SmtpChannel(replace(server, timeout=min(server.timeout, PATIENCE)))
    try:
        return channel.greet()
    finally:
        channel.close()


def knock(url: str, agent: str) -> str | None:
    """Connect to a web address; returns why that cannot be done, None where it can."""
    from evtimeline.delivery.posting import Poster

    poster = Poster(PATIENCE, agent)
    try:
        return poster.knock(url)
    finally:
        poster.close()


def ask_apprise(url: str) -> str | None:
    """Whether Apprise is installed and knows this kind of address; nobody is asked anything."""
    try:
        from apprise import Apprise
    except ImportError:
        return "Apprise is not installed: pip install 'evtimeline[apprise]'"
    return None if Apprise().add(url) else "Apprise does not know this kind of address: `apprise --details` lists them"
