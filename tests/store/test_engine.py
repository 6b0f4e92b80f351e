import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, select, text
from tests.builders import instant
from tests.postgres import Cluster
from tests.store.ledgers import a_stored_milestone
from tests.store.processes import NOBODY, other_process

from evtimeline.core.standing import Standing
from evtimeline.errors import SchemaTooOldError, StoreError
from evtimeline.store import feeds, standings, tables
from evtimeline.store.engine import connect, reading, writing


def urls(engine: Engine) -> set[str]:
    with reading(engine) as connection:
        return set(connection.execute(select(tables.feeds.c.url)).scalars())


def test_what_is_committed_stays_and_what_fails_leaves_nothing(database: Engine) -> None:
    with writing(database) as connection:
        feeds.ensure(connection, ["https://example.org/kept"])
    with pytest.raises(RuntimeError), writing(database) as connection:
        feeds.ensure(connection, ["https://example.org/lost"])
        raise RuntimeError
    assert urls(database) == {"https://example.org/kept"}


def test_two_processes_that_read_and_write_back_lose_nothing(database: Engine, database_url: str) -> None:
    with writing(database) as connection:
        number = str(a_stored_milestone(connection))
        standings.save(connection, int(number), Standing())
    with (
        other_process("count_up", database_url, number, "150") as one,
        other_process("count_up", database_url, number, "150") as other,
    ):
        assert (one.wait(), other.wait()) == (0, 0)
    with reading(database) as connection:
        assert standings.load(connection, int(number)).claims == 300


def test_a_process_killed_in_a_transaction_leaves_nothing_of_it(database: Engine, database_url: str) -> None:
    with other_process("hold", database_url) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
    with writing(database) as connection:
        feeds.ensure(connection, ["https://example.org/next"])
    assert urls(database) == {"https://example.org/next"}
    if database.dialect.name == "sqlite":
        with reading(database) as connection:
            assert connection.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"


def test_a_killed_process_has_kept_whole_every_batch_that_it_reported(database: Engine, database_url: str) -> None:
    with other_process("write_batches", database_url, "50") as process:
        assert process.stdout is not None
        reported = [int(process.stdout.readline()) for _ in range(20)]
        process.kill()
        reported += [int(line) for line in process.stdout]
    kept = {f"https://example.org/{batch}/{one}" for batch in reported for one in range(50)}
    assert kept <= urls(database)
    assert len(urls(database)) % 50 == 0


def test_a_second_writer_is_told_to_try_again_and_readers_go_on(sqlite: Engine, sqlite_url: str) -> None:
    impatient = connect(sqlite_url, busy_seconds=0.05)
    with writing(sqlite) as connection:
        feeds.ensure(connection, ["https://example.org/one"])
        with pytest.raises(StoreError, match=r"another process is writing to .*evtimeline\.db: wait"):
            write_a_feed(impatient)
        assert urls(impatient) == set()
    write_a_feed(impatient)
    impatient.dispose()


def write_a_feed(engine: Engine) -> None:
    with writing(engine) as connection:
        feeds.ensure(connection, ["https://example.org/other"])


def test_sqlite_keeps_a_log_checks_keys_and_syncs_what_people_did(sqlite: Engine) -> None:
    with writing(sqlite) as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"
        assert connection.execute(text("PRAGMA foreign_keys")).scalar_one() == 1
        assert connection.execute(text("PRAGMA synchronous")).scalar_one() == 2  # FULL
    with writing(sqlite, durable=False) as connection:
        assert connection.execute(text("PRAGMA synchronous")).scalar_one() == 1  # NORMAL


def test_a_full_disk_is_a_sentence_and_keeps_nothing(sqlite: Engine) -> None:
    @event.listens_for(sqlite, "connect")
    def leave_no_room(connection: sqlite3.Connection, _: object) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages + 2}")

    with pytest.raises(StoreError, match=r"the disk of .*evtimeline\.db is full"), writing(sqlite) as connection:
        feeds.ensure(connection, [f"https://example.org/{one}" for one in range(10_000)])
    assert urls(sqlite) == set()


def test_a_disk_without_room_for_the_log_is_full_and_not_broken(sqlite: Engine) -> None:
    sqlite.dispose()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        with pytest.raises(StoreError, match=r"the disk of .*evtimeline\.db is full"), writing(sqlite):
            pass
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert urls(sqlite) == set()


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that other accounts may enter and read, unlike pytest's own."""
    with tempfile.TemporaryDirectory(prefix="evtimeline-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


def test_who_may_only_read_sees_everything_and_is_told_so_on_writing(sqlite_template: Path, open_folder: Path) -> None:
    path = open_folder / "evtimeline.db"
    path.write_bytes(sqlite_template.read_bytes())
    engine = connect(f"sqlite:///{path}")
    with writing(engine) as connection:
        standings.save(connection, a_stored_milestone(connection), Standing(claims=7))
    engine.dispose()
    path.chmod(0o444)
    open_folder.chmod(0o555)
    with other_process("try_as_nobody", f"sqlite:///{path}") as process:
        answer, _ = process.communicate()
    assert answer.splitlines()[0] == "read 7"
    assert "cannot be written: make the file and its folder writable" in answer.splitlines()[1]


def test_who_could_only_read_writes_once_that_is_allowed(sqlite_template: Path, open_folder: Path) -> None:
    path = open_folder / "evtimeline.db"
    path.write_bytes(sqlite_template.read_bytes())
    if os.geteuid() == 0:
        os.chown(path, NOBODY, NOBODY)
    path.chmod(0o444)
    open_folder.chmod(0o777)
    with other_process("write_as_nobody_again", f"sqlite:///{path}") as process:
        answer, _ = process.communicate()
    assert [line.partition(" ")[0] for line in answer.splitlines()] == ["refused", "written"]


def move_all(source: Path, target: Path) -> None:
    """Move a database and what SQLite lays beside it into another folder."""
    target.mkdir(exist_ok=True)
    for file in source.glob("evtimeline.db*"):
        file.rename(target / file.name)


def test_a_file_that_was_exchanged_is_not_written_to_in_vain(sqlite: Engine, sqlite_template: Path) -> None:
    path = Path(sqlite.url.database or "")
    with writing(sqlite) as connection:
        feeds.ensure(connection, ["https://a.example/before"])
    away = path.parent / "away"
    move_all(path.parent, away)
    with pytest.raises(StoreError, match="there is no database at"), writing(sqlite):
        pass
    shutil.copy(sqlite_template, path)
    with writing(sqlite) as connection:
        feeds.ensure(connection, ["https://a.example/after"])
    assert urls(sqlite) == {"https://a.example/after"}
    move_all(path.parent, path.parent / "other")
    move_all(away, path.parent)
    assert urls(sqlite) == {"https://a.example/before"}


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "letter.db"
    path.write_text("Dear analyst, " * 1_000)
    assert_cannot_read(f"sqlite:///{path}", "letter.db is not a database of evtimeline")


def test_a_damaged_database_asks_for_its_backup(sqlite_url: str) -> None:
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    assert_cannot_read(sqlite_url, "is damaged: restore a backup")


def test_a_folder_instead_of_a_database_cannot_be_opened(tmp_path: Path) -> None:
    assert_cannot_read(f"sqlite:///{tmp_path}", "cannot be opened")


def test_a_server_that_is_not_there_is_named_without_the_password() -> None:
    message = assert_cannot_read(
        "postgresql://analyst:geheim@127.0.0.1:1/cars", "no PostgreSQL answers at 127.0.0.1:1/cars"
    )
    assert "geheim" not in message


def test_what_a_server_refuses_is_a_sentence(postgresql_url: str) -> None:
    assert_cannot_read(postgresql_url.replace("tests@/", "stranger@/"), "does not know the user")
    assert_cannot_read(postgresql_url.replace("@/test_", "@/no_such_"), "there is no such database")


def test_a_standby_is_told_from_its_primary(postgresql: Cluster, postgresql_url: str) -> None:
    name = postgresql_url.partition("@/")[2].partition("?")[0]
    postgresql.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
    engine = connect(postgresql_url)
    with pytest.raises(StoreError, match="use the address of the primary server"), writing(engine) as one:
        feeds.ensure(one, ["https://example.org/feed"])
    engine.dispose()


def test_who_stands_still_while_writing_is_cut_off_so_that_others_go_on(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evtimeline.store.engine.STANDSTILL", "1ms")
    frozen, other = connect(postgresql_url), connect(postgresql_url)
    with pytest.raises(StoreError, match="try again"), writing(frozen) as one:
        with reading(other) as look:
            while (
                look.execute(
                    text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
                ).scalar_one()
                > 1
            ):
                look.execute(text("SELECT pg_stat_clear_snapshot()"))
        feeds.ensure(one, ["https://example.org/feed"])
    for engine in (frozen, other):
        engine.dispose()


def test_polls_do_not_wait_for_the_servers_disk_and_what_people_did_does(
    postgresql: Cluster, postgresql_url: str
) -> None:
    name = postgresql_url.partition("@/")[2].partition("?")[0]
    postgresql.execute(f'ALTER DATABASE "{name}" SET synchronous_commit = on')
    engine = connect(postgresql_url)
    for durable, expected in ((False, "off"), (True, "on")):
        with writing(engine, durable=durable) as connection:
            assert connection.execute(text("SHOW synchronous_commit")).scalar_one() == expected
    engine.dispose()


def test_several_servers_may_be_named_of_which_one_takes_writes() -> None:
    servers = "host=127.0.0.1:1&host=127.0.0.1:2&target_session_attrs=read-write"
    message = assert_cannot_read(f"postgresql://analyst@/cars?{servers}", "no PostgreSQL answers")
    assert "127.0.0.1:1,127.0.0.1:2/cars" in message


def test_statements_are_prepared_unless_the_address_says_otherwise(postgresql_url: str) -> None:
    for more, threshold in (("", 5), ("&prepare_threshold=none", None), ("&prepare_threshold=1", 1)):
        engine = connect(postgresql_url + more)
        with reading(engine) as connection:
            assert getattr(connection.connection.dbapi_connection, "prepare_threshold", 0) == threshold
        engine.dispose()


def test_tables_that_are_missing_ask_for_init(database: Engine) -> None:
    with pytest.raises(SchemaTooOldError, match="evtimeline init"), writing(database) as connection:
        connection.execute(text("SELECT * FROM no_such_table"))


def assert_cannot_read(url: str, sentence: str) -> str:
    engine = connect(url)
    with pytest.raises(StoreError, match=sentence) as caught:
        urls(engine)
    engine.dispose()
    return str(caught.value)


@pytest.mark.parametrize("url", ["mysql://localhost/cars", "cars.db", "", "sqlite://", "sqlite:///:memory:"])
def test_other_addresses_say_which_are_understood(url: str) -> None:
    with pytest.raises(StoreError, match="sqlite:///"):
        connect(url)


def test_a_missing_driver_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreError, match=r"pip install 'evtimeline\[postgresql\]'"):
        connect("postgresql://analyst@localhost/cars")


def test_instants_come_back_aware_and_in_utc(database: Engine) -> None:
    beijing = datetime(2025, 6, 26, 19, 0, 0, 123456, tzinfo=timezone(timedelta(hours=8)))
    with writing(database) as connection:
        connection.execute(tables.feeds.insert(), [{"url": "https://example.org", "due_at": beijing}])
    with reading(database) as connection:
        (found,) = connection.execute(select(tables.feeds.c.due_at)).scalars()
    assert found == beijing
    assert found.utcoffset() == timedelta(0)


def test_a_naive_instant_is_refused(database: Engine) -> None:
    naive = instant("2025-06-26").replace(tzinfo=None)
    with pytest.raises(Exception, match="needs a time zone"), writing(database) as connection:
        connection.execute(tables.feeds.insert(), [{"url": "https://example.org", "due_at": naive}])


def test_no_orm_is_imported() -> None:
    code = "import sys, evtimeline.store.standings, evtimeline.store.schema; sys.exit('sqlalchemy.orm' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, env=dict(os.environ)).returncode == 0
