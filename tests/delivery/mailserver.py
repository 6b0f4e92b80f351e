"""A real SMTP server on loopback (aiosmtpd), whose faults a test sets stage by stage."""

import asyncio
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from enum import Enum
from pathlib import Path
from typing import AnyStr

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from tests.patience import PATIENCE

CERTIFICATE = Path(__file__).parent / "data" / "certificate.pem"
_SERVER_PEM = Path(__file__).parent / "data" / "server.pem"


class Break(Enum):
    """How a server falls silent."""

    DROP = "closes the connection"
    HANG = "never answers"


@dataclass
class Fault:
    """What the server does at a stage (greeting, MAIL, RCPT, DATA, dot, taken, QUIT), so often (None: always).

    `dot` is where the mail has been received and not been taken, `taken` where it has been taken and not confirmed.
    """

    stage: str
    does: str | Break
    times: int | None = None
    recipient: str | None = None


@dataclass
class MailServer:
    """What the server does and what it has taken; the address is 127.0.0.1 and `port`."""

    faults: list[Fault] = field(default_factory=list)
    taken: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)  # of each mail taken
    raw: list[bytes] = field(default_factory=list)
    connections: int = 0
    slow: float = 0.0  # seconds between two bytes of an answer
    port: int = 0
    news: threading.Condition = field(default_factory=threading.Condition)  # told of each mail taken

    def message_ids(self) -> list[str]:
        """The Message-IDs of what was taken, in order."""
        return [str(one["Message-ID"]) for one in self.taken]

    def fault(self, stage: str, recipient: str = "") -> str | Break | None:
        """What goes wrong at this stage now."""
        for one in self.faults:
            if one.stage == stage and (one.recipient is None or one.recipient in recipient) and one.times != 0:
                if one.times:
                    one.times -= 1
                return one.does
        return None

    def keep(self, envelope: Envelope) -> None:
        """Take a mail."""
        content = envelope.original_content
        assert content is not None
        self.raw.append(content)
        self.recipients.append(envelope.rcpt_tos[0])
        self.taken.append(message_from_bytes(content, policy=policy.default))
        with self.news:
            self.news.notify_all()


class _Conversation(SMTP):
    """One connection."""

    def __init__(self, stand: MailServer, **options: object) -> None:
        self._stand = stand
        super().__init__(_Taker(stand), **options)  # type: ignore[arg-type]

    async def push(self, status: AnyStr) -> None:
        if self._stand.slow:
            for byte in (status.encode() if isinstance(status, str) else bytes(status)) + b"\r\n":
                self._writer.write(bytes([byte]))
                await asyncio.sleep(self._stand.slow)
        elif not str(status).startswith("220 ") or not await self.goes_wrong("greeting"):
            await super().push(status)

    async def goes_wrong(self, stage: str, recipient: str = "") -> bool:
        fault = self._stand.fault(stage, recipient)
        if isinstance(fault, str):
            await super().push(fault)
        elif fault is Break.HANG:
            await asyncio.Event().wait()
        elif fault is Break.DROP:
            cut(self)
        return fault is not None

    async def smtp_MAIL(self, arg: str) -> None:  # noqa: N802
        if not await self.goes_wrong("MAIL"):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg: str) -> None:  # noqa: N802
        if not await self.goes_wrong("RCPT", arg):
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        if not await self.goes_wrong("DATA"):
            await super().smtp_DATA(arg)

    async def smtp_QUIT(self, arg: str) -> None:  # noqa: N802
        if not await self.goes_wrong("QUIT"):
            await super().smtp_QUIT(arg)


def cut(conversation: SMTP) -> None:
    """Close a connection without a word."""
    assert isinstance(conversation.transport, asyncio.Transport)
    conversation.transport.abort()


class _Taker:
    """Decides on mails that have arrived whole."""

    def __init__(self, stand: MailServer) -> None:
        self._stand = stand

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: ARG002, N802
        return await self._faulty(server, "dot", envelope) or await self._take(server, envelope)

    async def _take(self, server: SMTP, envelope: Envelope) -> str:
        self._stand.keep(envelope)
        return await self._faulty(server, "taken", envelope) or "250 taken"

    async def _faulty(self, server: SMTP, stage: str, envelope: Envelope) -> str | None:
        fault = self._stand.fault(stage, envelope.rcpt_tos[0])
        if fault is Break.HANG:
            await asyncio.Event().wait()
        elif fault is Break.DROP:
            cut(server)
            return "250 nobody hears this"
        return fault if isinstance(fault, str) else None


@contextmanager
def mail_server(*faults: Fault, tls: str = "", password: str = "", size: int = 0) -> Iterator[MailServer]:
    """Run a server; `tls` is "starttls" or "tls", `password` one that it asks of everybody."""
    stand = MailServer(list(faults))
    loop = asyncio.new_event_loop()
    conversations: list[_Conversation] = []
    context = _context() if tls else None

    def converse() -> _Conversation:
        conversations.append(
            _Conversation(
                stand,
                loop=loop,
                hostname="mail.example.org",
                data_size_limit=size or None,
                tls_context=context if tls == "starttls" else None,
                require_starttls=tls == "starttls",
                auth_required=bool(password),
                authenticator=lambda *asked: _check(password, asked[-1]),
            )
        )
        stand.connections += 1
        return conversations[-1]

    listening = loop.create_server(converse, "127.0.0.1", 0, ssl=context if tls == "tls" else None)
    server = loop.run_until_complete(listening)
    stand.port = server.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield stand
    finally:
        asyncio.run_coroutine_threadsafe(_stop(server, conversations), loop).result(PATIENCE)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _stop(server: asyncio.Server, conversations: list[_Conversation]) -> None:
    server.close()
    for one in conversations:
        if one.transport is not None:
            cut(one)
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await asyncio.sleep(0)


def _context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_SERVER_PEM)
    return context


def _check(password: str, data: object) -> AuthResult:
    assert isinstance(data, LoginPassword)
    return AuthResult(success=data.password == password.encode(), handled=False)
