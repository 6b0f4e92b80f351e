"""One HTTP request on one libcurl handle: what it may touch, what came back, and why it failed."""

import socket
from collections.abc import Mapping
from dataclasses import dataclass, field

import pycurl

from evtimeline.feeds.addresses import refusal
from evtimeline.feeds.answers import Body, BodyError, Headers
from evtimeline.feeds.urls import Target

_BROKEN = "the connection broke while the answer was received"
_FAILURES = {
    pycurl.E_UNSUPPORTED_PROTOCOL: "the answer is not HTTP",
    pycurl.E_URL_MALFORMAT: "the address is not one that can be fetched",
    pycurl.E_COULDNT_RESOLVE_HOST: "the name {host} is not known; check the address and the network",
    pycurl.E_COULDNT_CONNECT: "nothing answers at {host}:{port}",
    8: "the answer is not HTTP",  # CURLE_WEIRD_SERVER_REPLY, which pycurl has no name for
    pycurl.E_HTTP2: _BROKEN,
    pycurl.E_PARTIAL_FILE: "the answer was cut short",
    pycurl.E_OPERATION_TIMEDOUT: "no answer from {host}",
    pycurl.E_SSL_CONNECT_ERROR: "no secure connection to {host} ({message})",
    pycurl.E_GOT_NOTHING: "the server closed the connection without an answer",
    pycurl.E_SEND_ERROR: "the connection broke while asking",
    pycurl.E_RECV_ERROR: _BROKEN,
    pycurl.E_PEER_FAILED_VERIFICATION: "the certificate of {host} is not valid ({message})",
    100: "the answer has too many or too long headers",  # CURLE_TOO_LARGE, likewise
    92: _BROKEN,  # CURLE_HTTP2_STREAM, likewise
}

SocketAddress = tuple[int, int, int, tuple[str, int]]


@dataclass(frozen=True)
class Reachable:
    """What a transfer may connect to; `redirected` tells whose wish it is."""

    private: bool
    link_local: bool
    redirected: bool = False

    def refusal(self, address: str) -> str | None:
        """Why an address is refused, or None."""
        return refusal(address, private=self.private, link_local=self.link_local, redirected=self.redirected)


@dataclass
class Transfer:
    """The state of one hop. Its callbacks run inside libcurl and therefore never raise: they note and refuse."""

    target: Target
    reachable: Reachable
    body: Body
    headers: Headers = field(default_factory=Headers)
    refused: str | None = None
    _sockets: list[socket.socket] = field(default_factory=list)

    def open_socket(self, _purpose: int, address: SocketAddress) -> socket.socket | int:
        """Give libcurl a socket for an address that it has resolved, or none when policy forbids the address."""
        family, kind, protocol, where = address
        why = self.reachable.refusal(str(where[0]))
        if why is not None:
            self.refused = why
            return int(pycurl.SOCKET_BAD)
        try:
            opened = socket.socket(family, kind, protocol)
        except OSError as error:
            self.refused = f"no connection can be opened: {error.strerror}"
            return int(pycurl.SOCKET_BAD)
        self._sockets.append(opened)  # libcurl works on a duplicate; ours is closed when the hop is over
        return opened

    def before_request(self, remote: str, _local: str, _remote_port: int, _local_port: int) -> int:
        """Check the address again: a connection that another feed opened may be used a second time."""
        self.refused = self.reachable.refusal(remote)
        return int(pycurl.PREREQFUNC_OK if self.refused is None else pycurl.PREREQFUNC_ABORT)

    def on_header(self, line: bytes) -> int:
        """Take a header line."""
        if self.headers.feed(line):
            return len(line)
        self.refused = "the answer has too many headers"
        return 0

    def on_body(self, data: bytes) -> int:
        """Take a piece of the body; anything but its length ends the transfer."""
        try:
            if not self.body.started:
                self.body.start(self.headers.values.get("content-encoding", ""))
            self.body.feed(data)
        except BodyError as error:
            self.refused = str(error)
            return 0
        return len(data)

    def close(self) -> None:
        """Close our halves of the sockets."""
        for opened in self._sockets:
            opened.close()
        self._sockets.clear()


def new_handle(agent: str) -> pycurl.Curl:
    """A handle with everything that never changes: no proxy, no cookies, no .netrc, http(s) only, TLS checked."""
    curl = pycurl.Curl()
    curl.setopt(pycurl.NOSIGNAL, 1)
    curl.setopt(pycurl.CONNECTTIMEOUT, 3600)  # the fetcher's own deadlines are shorter
    curl.setopt(pycurl.PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS)
    curl.setopt(pycurl.FOLLOWLOCATION, 0)
    curl.setopt(pycurl.PROXY, "")
    curl.setopt(pycurl.NOPROXY, "*")
    curl.setopt(pycurl.NETRC, pycurl.NETRC_IGNORED)
    curl.setopt(pycurl.SSL_VERIFYPEER, 1)
    curl.setopt(pycurl.SSL_VERIFYHOST, 2)
    curl.setopt(pycurl.HTTPAUTH, pycurl.HTTPAUTH_BASIC)
    curl.setopt(pycurl.HTTP_CONTENT_DECODING, 0)
    curl.setopt(pycurl.USERAGENT, agent)
    return curl


def arm(curl: pycurl.Curl, transfer: Transfer, headers: Mapping[str, str]) -> None:
    """Aim a handle at the transfer's target."""
    curl.setopt(pycurl.URL, transfer.target.url)
    curl.setopt(pycurl.HTTPHEADER, [f"{name}: {value}" for name, value in headers.items()])
    curl.setopt(pycurl.OPENSOCKETFUNCTION, transfer.open_socket)
    curl.setopt(pycurl.PREREQFUNCTION, transfer.before_request)
    curl.setopt(pycurl.HEADERFUNCTION, transfer.on_header)
    curl.setopt(pycurl.WRITEFUNCTION, transfer.on_body)
    for option in (pycurl.USERNAME, pycurl.PASSWORD):
        curl.unsetopt(option)
    if transfer.target.credentials:
        curl.setopt(pycurl.USERNAME, transfer.target.credentials[0])
        curl.setopt(pycurl.PASSWORD, transfer.target.credentials[1])


def failure(code: int, message: str, transfer: Transfer) -> str:
    """A libcurl error code as a sentence; a refusal of ours explains it better than libcurl can."""
    if transfer.refused:
        return transfer.refused
    sentence = _FAILURES.get(code, "the request failed ({message})")
    return sentence.format(
        host=transfer.target.host, port=transfer.target.origin[2], message=_plain(message) or f"libcurl error {code}"
    )


def _plain(message: str) -> str:
    return "".join(c if c.isprintable() else " " for c in message)[:160]
