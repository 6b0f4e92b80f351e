"""A server on loopback for every test that asks."""

from collections.abc import Iterator

import pytest
from tests.servers import FeedServer


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as running:
        yield running
