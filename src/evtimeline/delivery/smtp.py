"""Mail by SMTP: one connection for many messages, and only the answer to the final dot decides (RFC 5321)."""

import re
import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from threading import Event, Thread
from time import monotonic

from evtimeline.core.subscriptions import Message, Result, Subscription
from evtimeline.delivery.contract import MailServer, Outcome, Security, brief, down
from evtimeline.delivery.mime import AddressError, build, mailbox

_LEADING_DOT = re.compile(rb"(?m)^\.")
_CLOSING = 421  # "service not available, closing transmission channel", at any time


class _RefusedError(Exception):
    """The server said no before it was given anything."""

    def __init__(self, code: int, words: bytes, stage: str) -> None:
        self.code = code
        super().__init__(f"{code} {words.decode('utf-8', 'replace')} (to {stage})")


class _NoWayError(Exception):
    """There is no connection on which anything may be sent; the message says why."""


class SmtpChannel:
    """Hands mail to one server; not for use by two threads."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._smtp: smtplib.SMTP | None = None
        self._overdue = False
        self._watch: Thread | None = None
        self._watched: tuple[smtplib.SMTP, float] | None = None
        self._closed = Event()

    def send(self, message: Message, subscription: Subscription, now: datetime) -> Outcome:  # noqa: ARG002
        """Hand one mail over; see `Channel.send`."""
        try:
            letter = build(message, subscription, self._server.sender, self._server.public_url)
            recipient = mailbox(subscription.address)
        except AddressError as error:
            return Outcome(Result.DEAD, str(error))
        used_before = self._smtp is not None
        outcome = self._attempt(recipient, letter)
        if used_before and self._smtp is None and outcome.result is Result.RETRY and outcome.outage:
            outcome = self._attempt(recipient, letter)  # it was closed between two messages: nothing was sent
        return outcome

    def greet(self) -> str | None:
        """Connect and log in without sending anything; returns why that cannot be done, None where it can."""
        self._overdue = False
        try:
            self._smtp = self._smtp or self._open()
        except _NoWayError as error:
            return str(error)
        return None

    def close(self) -> None:
        """Take leave; the answer does not matter."""
        self._closed.set()
        if self._watch is not None:
            self._watch.join()
            self._watch, self._closed = None, Event()
        smtp, self._smtp = self._smtp, None
        if smtp is None:
            return
        with suppress(OSError):
            if smtp.sock is not None:
                smtp.sock.settimeout(min(self._server.timeout, 2))
            smtp.docmd("QUIT")
        smtp.close()

    def _attempt(self, recipient: str, letter: bytes) -> Outcome:
        """Open what is needed and go through one transaction; whatever is in doubt afterwards is closed."""
        self._overdue = False
        try:
            smtp = self._smtp = self._smtp or self._open()
        except _NoWayError as error:
            return down(str(error))
        try:
            with self._bounded(smtp):
                self._announce(smtp, recipient, letter)
        except _RefusedError as error:
            return self._refused(error)
        except OSError as error:
            self._drop()
            return down(f"the connection to {self._place} broke: {self._why(error)}; nothing was sent")
        return self._hand_over(smtp, letter)

    def _announce(self, smtp: smtplib.SMTP, recipient: str, letter: bytes) -> None:
        """Everything before the message itself. Raises _RefusedError and OSError; nothing was sent then."""
        limit = smtp.esmtp_features.get("size", "")
        if limit.isdecimal() and 0 < int(limit) < len(letter):
            raise _RefusedError(552, f"the mail has {len(letter)} bytes, the server takes {limit}".encode(), "SIZE")
        options = [f"SIZE={len(letter)}"] if smtp.has_extn("size") else []
        sender = mailbox(self._server.sender)
        _expect((250,), smtp.mail(sender, options), "MAIL FROM")
        _expect((250, 251), smtp.rcpt(recipient), "RCPT TO")
        _expect((354,), smtp.docmd("DATA"), "DATA")

    def _hand_over(self, smtp: smtplib.SMTP, letter: bytes) -> Outcome:
        """Send the message and wait for the one answer that counts; without it nobody knows."""
        stuffed = _LEADING_DOT.sub(b"..", letter)
        end = b".\r\n" if stuffed.endswith(b"\r\n") else b"\r\n.\r\n"
        try:
            with self._bounded(smtp):
                smtp.send(stuffed + end)
                code, words = smtp.getreply()
        except OSError as error:
            self._drop()
            reason = f"no answer after the mail was sent to {self._place}: {self._why(error)}"
            return Outcome(Result.UNKNOWN, brief(reason), outage=True)
        if code == 250:
            return Outcome(Result.SENT, brief(f"250 {words.decode('utf-8', 'replace')}"))
        if 400 <= code < 600:
            return self._refused(_RefusedError(code, words, "the mail"))
        self._drop()
        return Outcome(Result.UNKNOWN, brief(f"the answer to the mail was not understood: {words!r}"), outage=True)

    def _refused(self, error: _RefusedError) -> Outcome:
        """What a refusal means; 4yz may pass, 5yz will not (RFC 5321, section 4.2.1)."""
        if error.code == _CLOSING or not 400 <= error.code < 600:
            self._drop()
            return down(str(error))
        if self._smtp is not None:
            try:
                with self._bounded(self._smtp):
                    _expect((250,), self._smtp.docmd("RSET"), "RSET")
            except (OSError, _RefusedError):
                self._drop()
        return Outcome(Result.DEAD if error.code >= 500 else Result.RETRY, brief(str(error)))

    def _open(self) -> smtplib.SMTP:
        """A connection that is protected as the settings say and logged in. Raises _NoWayError."""
        server, smtp = self._server, self._new()
        try:
            with self._bounded(smtp):
                _expect((220,), smtp.connect(server.host, server.port), "the greeting")
                self._introduce(smtp)
                if server.security is Security.STARTTLS:
                    self._secure(smtp)
                if server.user:
                    smtp.login(server.user, server.password or "")
        except (OSError, _RefusedError, _NoWayError, UnicodeError) as error:
            smtp.close()
            raise _NoWayError(self._closed_door(error)) from error
        return smtp

    def _new(self) -> smtplib.SMTP:
        name, timeout = "localhost", self._server.timeout  # without a name of ours it would ask the DNS for one
        if self._server.security is Security.TLS:
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(local_hostname=name, timeout=timeout, context=self._context())
        else:
            smtp = smtplib.SMTP(local_hostname=name, timeout=timeout)
        # connect() forgets whose certificate it must be
        smtp._host = self._server.host  # type: ignore[attr-defined]
        return smtp

    def _introduce(self, smtp: smtplib.SMTP) -> None:
        """EHLO with our address as a literal, which is true behind any NAT's near side; HELO for old servers."""
        assert smtp.sock is not None
        ours = str(smtp.sock.getsockname()[0])
        literal = f"[IPv6:{ours}]" if ":" in ours else f"[{ours}]"
        if smtp.ehlo(literal)[0] != 250:
            _expect((250,), smtp.helo(literal), "HELO")

    def _secure(self, smtp: smtplib.SMTP) -> None:
        if not smtp.has_extn("starttls"):
            raise _NoWayError(
                f"{self._place} offers no STARTTLS, and nothing is sent in the clear: "
                'set smtp.security to "tls", or to "none" if this network can be trusted'
            )
        _expect((220,), smtp.starttls(context=self._context()), "STARTTLS")
        self._introduce(smtp)

    def _context(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self._server.ca_file)

    def _closed_door(self, error: Exception) -> str:
        if isinstance(error, ssl.SSLCertVerificationError):
            return f"the certificate of {self._place} is not valid: {error.verify_message}"
        if isinstance(error, smtplib.SMTPAuthenticationError):
            return f"{self._place} refuses the user or the password: {error.smtp_code} {_words(error.smtp_error)}"
        if isinstance(error, smtplib.SMTPNotSupportedError):
            return f"{self._place} offers no login: leave smtp.user empty, or use another port"
        if isinstance(error, socket.gaierror):
            return f"the name {self._server.host} is not known: check smtp.host and the network"
        if isinstance(error, ConnectionRefusedError):
            return f"nothing answers at {self._place}: check smtp.host and smtp.port"
        if isinstance(error, UnicodeError):
            return f"{self._place} cannot be given this user or password: they must be plain ASCII"
        if isinstance(error, _NoWayError):
            return str(error)
        return f"no connection to {self._place}: {self._why(error)}"

    @property
    def _place(self) -> str:
        return f"{self._server.host}:{self._server.port}"

    def _why(self, error: Exception) -> str:
        if self._overdue or isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
            return f"no answer within {self._server.timeout:g} s"
        return str(error) or type(error).__name__

    def _drop(self) -> None:
        """Forget a connection without taking leave."""
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None

    @contextmanager
    def _bounded(self, smtp: smtplib.SMTP) -> Iterator[None]:
        """Bound the block as a whole: time-outs of a socket are per read, and a byte a second passes them all."""
        self._watched = smtp, monotonic() + self._server.timeout
        if self._watch is None:
            self._watch = Thread(target=self._keep_watch, daemon=True)
            self._watch.start()
        try:
            yield
        finally:
            self._watched = None

    def _keep_watch(self) -> None:
        """Look at the clock now and then, for as long as the channel is open; one thread for all its mails."""
        while not self._closed.wait(min(self._server.timeout / 8, 5)):
            watched = self._watched
            if watched is not None and monotonic() > watched[1]:
                self._watched = None
                self._overdue = True
                _cut(watched[0])


def _cut(smtp: smtplib.SMTP) -> None:
    """Close the connection under whoever waits for it."""
    sock = smtp.sock
    if sock is not None:
        with suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)


def _expect(codes: tuple[int, ...], reply: tuple[int, bytes], stage: str) -> None:
    if reply[0] not in codes:
        raise _RefusedError(reply[0], reply[1], stage)


def _words(text: bytes | str) -> str:
    return text.decode("utf-8", "replace") if isinstance(text, bytes) else text
