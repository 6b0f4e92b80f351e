from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from tests.builders import NOW
from tests.web.sites import Site, serving

from evtimeline.app import App
from evtimeline.settings import Settings, Workspace


@pytest.fixture
def app(database: Engine, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> App:
    """An open workspace whose clock stands at NOW, once on each kind of database."""
    monkeypatch.setenv("EVTIMELINE_NOW", NOW.isoformat())
    settings = Settings(database_url, public_url="https://dates.example/news")
    return App(Workspace(tmp_path, tmp_path), settings, database)


@pytest.fixture
def site(app: App) -> Iterator[Site]:
    """A server that runs for the test."""
    with serving(app) as running:
        yield running
