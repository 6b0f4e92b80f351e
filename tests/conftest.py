"""Real databases for every test that asks: a migrated SQLite file or PostgreSQL database of its own."""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import hypothesis
import pytest
from sqlalchemy import Engine
from tests import postgres

from evtimeline.store import schema
from evtimeline.store.engine import connect

# A busy machine is no failure: what must end in time is tested by ending, not by the clock.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")

WITHOUT_POSTGRESQL = os.environ.get("EVTIMELINE_TEST_POSTGRESQL") == "off"
WITHOUT_BROWSER = os.environ.get("EVTIMELINE_TEST_BROWSER") == "off"
MIGRATED_AT = datetime(2025, 1, 1, tzinfo=UTC)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs PostgreSQL or a browser where that was asked for; without asking, nothing is left out."""
    left_out = [item for item in items if _is_left_out(item)]
    if left_out:
        items[:] = [item for item in items if not _is_left_out(item)]
        config.hook.pytest_deselected(items=left_out)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say plainly that something was left out."""
    if WITHOUT_POSTGRESQL:
        terminalreporter.write_line(
            "EVTIMELINE_TEST_POSTGRESQL=off: what needs PostgreSQL was NOT tested", yellow=True, bold=True
        )
    if WITHOUT_BROWSER:
        terminalreporter.write_line(
            "EVTIMELINE_TEST_BROWSER=off: what needs a browser was NOT tested", yellow=True, bold=True
        )


def _is_left_out(item: pytest.Item) -> bool:
    return (WITHOUT_POSTGRESQL and _needs_postgresql(item)) or (WITHOUT_BROWSER and _needs_browser(item))


def _needs_browser(item: pytest.Item) -> bool:
    return isinstance(item, pytest.Function) and "browser" in item.fixturenames


def _needs_postgresql(item: pytest.Item) -> bool:
    if not isinstance(item, pytest.Function):
        return False
    case = getattr(item, "callspec", None)
    return "postgresql_url" in item.fixturenames or (case is not None and "postgresql" in case.params.values())


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file that the real migrations have made, to be copied."""
    path = tmp_path_factory.mktemp("template") / "evtimeline.db"
    schema.upgrade(f"sqlite:///{path}", MIGRATED_AT)
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of a migrated SQLite database of the test's own."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'evtimeline.db')}"


@pytest.fixture(scope="session")
def postgresql() -> Iterator[postgres.Cluster]:
    """A PostgreSQL server for this session, or this worker of it; its database `migrated` is there to be copied."""
    with ExitStack() as stack:
        try:
            cluster = stack.enter_context(postgres.running())
        except LookupError as reason:
            pytest.fail(str(reason), pytrace=False)
        cluster.execute("CREATE DATABASE migrated")
        schema.upgrade(cluster.url("migrated"), MIGRATED_AT)
        yield cluster


@pytest.fixture
def postgresql_url(postgresql: postgres.Cluster) -> Iterator[str]:
    """The address of a migrated PostgreSQL database of the test's own."""
    name = postgresql.create("migrated")
    yield postgresql.url(name)
    postgresql.drop(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a migrated database of the test's own; the test runs once on each kind."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def database(database_url: str) -> Iterator[Engine]:
    """A migrated database of the test's own; the test runs once on each kind."""
    engine = connect(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def sqlite(sqlite_url: str) -> Iterator[Engine]:
    """A migrated SQLite database of the test's own."""
    engine = connect(sqlite_url)
    yield engine
    engine.dispose()
