import re
import sqlite3
from contextlib import closing
from dataclasses import fields
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, Table, text
from tests.builders import NOW, days
from tests.postgres import Cluster
from tests.store.ledgers import a_stored_claim
from tests.store.processes import other_process

from evtimeline.core.claims import Claim, Decision, Revision
from evtimeline.core.entries import Entry
from evtimeline.core.milestones import Milestone, Promise, Timeline
from evtimeline.core.subscriptions import Attempt, Message, Silence, Subscription
from evtimeline.errors import SchemaTooNewError, SchemaTooOldError, StoreError
from evtimeline.store import schema, tables, tables_running, tables_telling
from evtimeline.store.daemons import Daemon
from evtimeline.store.engine import connect, reading, writing
from evtimeline.store.feeds import FeedState
from evtimeline.store.job_runs import JobRun
from evtimeline.store.subscriptions import Cursor


def config() -> Config:
    found = Config()
    found.set_main_option("script_location", str(schema.migrations_path()))
    return found


def test_the_tables_are_what_the_migrations_make(database: Engine) -> None:
    alembic = config()
    with writing(database) as connection:
        alembic.attributes["connection"] = connection
        alembic.attributes["metadata"] = tables.metadata
        command.check(alembic)


def test_the_known_revisions_are_the_migrations_in_their_order() -> None:
    script = ScriptDirectory.from_config(config())
    assert tuple(one.revision for one in reversed(list(script.walk_revisions()))) == schema.REVISIONS


def test_migrations_never_import_the_package() -> None:
    for path in schema.migrations_path().rglob("*.py"):
        assert not re.search(r"^\s*(from|import) evtimeline", path.read_text("utf-8"), re.MULTILINE)


def test_a_downgrade_leaves_nothing_behind(database: Engine) -> None:
    alembic = config()
    with writing(database) as connection:
        alembic.attributes["connection"] = connection
        command.downgrade(alembic, "base")
    assert schema.current(database) is None


@pytest.mark.parametrize(
    ("value", "table", "elsewhere"),
    [
        (Claim, tables.claims, {"id", "summary"}),  # the summary is its entry's
        (Decision, tables.verdicts, {"id"}),
        (Entry, tables.entries, {"published", "updated"}),  # published_at, updated_at
        (FeedState, tables.feeds, set()),
        (Milestone, tables.milestones, {"promise"}),
        (Promise, tables.milestones, {"window"}),  # promise_edtf and its neighbours
        (Revision, tables.revisions, set()),
        (Timeline, tables.timelines, {"entities", "milestones"}),
        (Subscription, tables_telling.subscriptions, set()),
        (Cursor, tables_telling.cursors, set()),
        (Silence, tables_telling.silences, set()),
        (Message, tables_telling.messages, set()),
        (Attempt, tables_telling.deliveries, set()),
        (Daemon, tables_running.daemons, set()),
        (JobRun, tables_running.job_runs, set()),
    ],
)
def test_every_field_of_a_value_has_its_columns(value: type, table: Table, elsewhere: set[str]) -> None:
    columns = set(table.columns.keys())
    names = {one.name for one in fields(value)} - elsewhere
    assert {name for name in names if not any(has_a_place(name, column) for column in columns)} == set()


def has_a_place(name: str, column: str) -> bool:
    return column == name or column.startswith(f"{name}_") or column == f"promise_{name}" or column == f"{name}_edtf"


def test_a_database_at_head_passes_the_check(database: Engine) -> None:
    schema.check(database)
    assert schema.current(database) == schema.HEAD


def test_upgrading_again_changes_nothing(database_url: str) -> None:
    assert schema.upgrade(database_url, NOW) is None


def test_an_older_schema_names_the_command_that_helps(database: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "REVISIONS", (schema.HEAD, "next"))
    monkeypatch.setattr(schema, "HEAD", "next")
    with pytest.raises(SchemaTooOldError, match="evtimeline upgrade"):
        schema.check(database)


def test_a_newer_schema_is_left_alone(database: Engine, database_url: str) -> None:
    with writing(database) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaTooNewError, match="newest version"):
        schema.check(database)
    with pytest.raises(SchemaTooNewError, match="newest version"):
        schema.upgrade(database_url, NOW)


def test_an_empty_database_asks_for_init(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    engine = connect(f"sqlite:///{path}")
    with pytest.raises(SchemaTooOldError, match="evtimeline init"):
        schema.check(engine)
    engine.dispose()


def test_a_missing_database_is_not_made_by_reading(tmp_path: Path) -> None:
    path = tmp_path / "missing.db"
    engine = connect(f"sqlite:///{path}")
    with pytest.raises(StoreError, match="evtimeline init"):
        schema.check(engine)
    assert not path.exists()


def test_a_migration_saves_the_file_first(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    older_than_its_schema(sqlite_url, monkeypatch)
    with pytest.raises(StoreError, match="cannot be upgraded: Can't locate"):
        schema.upgrade(sqlite_url, NOW, tmp_path)
    (saved,) = (tmp_path / "backups").iterdir()
    assert saved.name == "evtimeline-0000-20250627T080000Z.db"
    with closing(sqlite3.connect(saved)) as copy:
        assert copy.execute("SELECT url FROM feeds").fetchall() == [("https://example.org/feed",)]
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_two_processes_may_make_the_tables_at_once(tmp_path: Path) -> None:
    make_tables_twice(f"sqlite:///{tmp_path / 'new.db'}")


def test_two_processes_may_make_the_tables_at_once_on_a_server(postgresql: Cluster) -> None:
    name = postgresql.create()
    make_tables_twice(postgresql.url(name))
    postgresql.drop(name)


def make_tables_twice(url: str) -> None:
    with other_process("make_tables", url) as one, other_process("make_tables", url) as other:
        assert (one.wait(), other.wait()) == (0, 0)
    engine = connect(url)
    schema.check(engine)
    engine.dispose()


def older_than_its_schema(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a database of a revision that this version knows and has no migration for."""
    monkeypatch.setattr(schema, "REVISIONS", ("0000", schema.HEAD))
    engine = connect(url)
    with writing(engine) as connection:
        connection.execute(tables.feeds.insert(), [{"url": "https://example.org/feed"}])
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    engine.dispose()


def test_claims_and_verdicts_refuse_to_be_changed(database: Engine) -> None:
    with writing(database) as connection:
        a_stored_claim(connection, days("2025-06-26"))
    for statement in ("UPDATE claims SET score = 0", "DELETE FROM claims", "DELETE FROM verdicts"):
        with pytest.raises(Exception, match="never changed or deleted"), writing(database) as connection:
            connection.execute(text(statement))
    with reading(database) as connection:
        assert connection.execute(text("SELECT score FROM claims")).scalar_one() == 1.0


def test_a_database_of_the_first_version_is_brought_up_to_date_with_what_it_holds(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'old.db'}"
    schema.upgrade(url, NOW)
    engine = connect(url, foreign_keys=False)
    alembic = config()
    with writing(engine) as connection:
        a_stored_claim(connection, days("2025-06-26"))
        alembic.attributes["connection"] = connection
        command.downgrade(alembic, "0001")
    with pytest.raises(SchemaTooOldError, match="evtimeline upgrade"):
        schema.check(engine)
    saved = schema.upgrade(url, NOW)
    assert saved is not None
    schema.check(engine)
    with reading(engine) as connection:
        assert connection.execute(text("SELECT count(*) FROM claims")).scalar_one() == 1
        assert connection.execute(text("SELECT count(*) FROM messages")).scalar_one() == 0
    engine.dispose()
