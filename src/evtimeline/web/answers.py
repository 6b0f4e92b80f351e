"""What a request is answered: a status, a body and the headers that keep browsers from doing more with it."""

from dataclasses import dataclass, field
from http import HTTPStatus

GUARDED = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),  # an address of ours may hold a token
    ("Cache-Control", "no-store"),
    ("X-Robots-Tag", "noindex"),
)
"""Headers of every answer."""

NOTHING_MORE = "default-src 'none'; frame-ancestors 'none'"
"""The content policy (CSP level 3) of answers that are no pages."""


@dataclass(frozen=True)
class Answer:
    """An answer as a whole; `policy` is its content security policy, `allow` the methods that a 405 names."""

    status: HTTPStatus
    body: str = field(repr=False)
    kind: str = "text/plain; charset=utf-8"
    policy: str = NOTHING_MORE
    allow: str = ""

    @property
    def line(self) -> str:
        """The status as WSGI wants it, such as "404 Not Found"."""
        return f"{self.status.value} {self.status.phrase}"

    def headers(self, length: int) -> list[tuple[str, str]]:
        """The headers of an answer whose body takes so many bytes."""
        own = [("Content-Type", self.kind), ("Content-Length", str(length)), ("Content-Security-Policy", self.policy)]
        return [*own, *GUARDED, *([("Allow", self.allow)] if self.allow else [])]


def sentence(status: HTTPStatus, text: str) -> Answer:
    """A plain answer of one line."""
    return Answer(status, text + "\n")


def nothing_here() -> Answer:
    """The one answer to whatever there is not, known paths without a known token included."""
    return sentence(HTTPStatus.NOT_FOUND, "There is nothing here.")
