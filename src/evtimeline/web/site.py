"""The WSGI application: which address is answered by what, and by which methods."""

import logging
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING

from evtimeline.daemon.logs import note
from evtimeline.web.answers import Answer, nothing_here, sentence

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

Page = Callable[[], Answer]
Methods = Mapping[str, Page]
"""What an address does by each method; HEAD goes with GET."""

Router = Callable[[str], Methods | None]
"""Finds what is at a path; None where there is nothing."""


class Site:
    """Answers requests; no failure of a page gets past it, and no path (it may hold a token) into the log."""

    def __init__(self, find: Router) -> None:
        self._find = find

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Serve one request (PEP 3333)."""
        method = str(environ["REQUEST_METHOD"])
        answer = self._answer(method, str(environ.get("PATH_INFO", "")))
        body = answer.body.encode("utf-8", "replace")
        start_response(answer.line, answer.headers(len(body)))
        return [] if method == "HEAD" else [body]

    def _answer(self, method: str, path: str) -> Answer:
        methods = self._find(path)
        if methods is None:
            return nothing_here()
        page = methods.get("GET" if method == "HEAD" else method)
        if page is None:
            allow = ", ".join(("GET, HEAD" if name == "GET" else name) for name in methods)
            return Answer(HTTPStatus.METHOD_NOT_ALLOWED, f"This address takes {allow}.\n", allow=allow)
        try:
            return page()
        except Exception as error:  # noqa: BLE001  the edge: a request that trips us must not show our insides
            why = f"this is a bug in evtimeline ({type(error).__name__})"  # its words may hold a token
            note(logging.ERROR, "request-failed", error=error, why=why)
            return sentence(HTTPStatus.INTERNAL_SERVER_ERROR, "This failed; the daemon's log says more.")
