"""A feed to be fetched, and its request under way, over all of its hops."""

from collections.abc import Hashable
from dataclasses import dataclass

from evtimeline.feeds.transfer import Transfer
from evtimeline.feeds.urls import Target, target

_ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"


@dataclass(frozen=True)
class FetchRequest:
    """A feed to be fetched; `key` is the caller's own and comes back with the result."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    private: bool = False
    key: Hashable = None


@dataclass
class Job:
    """A request under way, over all of its hops."""

    request: FetchRequest
    target: Target
    began: float | None = None
    hop_began: float = 0.0
    hops: int = 0
    conditional: bool = False
    moved: bool = True  # every redirect so far was permanent
    moved_to: str | None = None
    transfer: Transfer | None = None

    def headers(self) -> dict[str, str]:
        """What is sent; validators go only to the origin that gave them."""
        request = self.request
        headers = {"Accept": _ACCEPT, "Accept-Encoding": "gzip, deflate"}
        if self.hops == 0 or self.target.origin == target(request.url).origin:
            if request.etag:
                headers["If-None-Match"] = request.etag
            if request.last_modified:
                headers["If-Modified-Since"] = request.last_modified
        self.conditional = len(headers) > 2
        return headers

    def under_way(self) -> Transfer:
        """The transfer of the present hop."""
        if self.transfer is None:
            raise ValueError("a job that was not started has no transfer")
        return self.transfer
