import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from tests.builders import NOW, days
from tests.store.ledgers import a_stored_claim
from tests.store.processes import other_process, with_a_full_disk

from evtimeline.errors import StoreError, UsageError, WorkspaceError
from evtimeline.store import backup, feeds, schema
from evtimeline.store.engine import writing
from evtimeline.store.wholefile import check_target, unfinished, written_whole


def path_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


@pytest.fixture
def source(sqlite_url: str, sqlite: Engine) -> Path:
    """A database with a claim in it."""
    with writing(sqlite) as connection:
        a_stored_claim(connection, days("2025-06-26"))
    return path_of(sqlite_url)


def test_a_copy_holds_what_the_database_held_and_says_so(source: Path, tmp_path: Path) -> None:
    found = backup.copy(source, tmp_path / "copy.db")
    assert (found.revision, found.count("claims"), found.count("messages")) == (schema.HEAD, 1, 0)
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        assert copy.execute("SELECT count(*) FROM claims").fetchone() == (1,)
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert (tmp_path / "copy.db").stat().st_mode & 0o777 == 0o600
    assert sorted(one.name for one in tmp_path.glob("*copy*")) == ["copy.db"]


def test_a_copy_is_of_one_instant_while_another_transaction_is_open(
    sqlite: Engine, source: Path, tmp_path: Path
) -> None:
    with writing(sqlite) as connection:
        feeds.ensure(connection, ["https://example.org/during"])
        backup.copy(source, tmp_path / "copy.db")
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        assert copy.execute("SELECT url FROM feeds").fetchall() == []


def test_copies_made_beside_a_process_that_writes_are_whole(sqlite_url: str, tmp_path: Path) -> None:
    size = 50
    with other_process("write_batches", sqlite_url, str(size)) as writer:
        assert writer.stdout
        for number in range(8):
            committed = int(writer.stdout.readline())
            found = backup.copy(path_of(sqlite_url), tmp_path / f"{number}.db")
            assert found.count("feeds") % size == 0
            assert found.count("feeds") >= (committed + 1) * size
        assert writer.poll() is None


def test_a_damaged_database_is_not_called_a_backup(source: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(source)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(source.read_bytes())
    content[8192:16384] = b"\xff" * 8192
    source.write_bytes(content)
    with pytest.raises(StoreError, match="damaged"):
        backup.copy(source, tmp_path / "copy.db")
    assert list(tmp_path.glob("*copy*")) == []


def test_a_copy_whose_rows_refer_to_nothing_is_not_called_a_backup(source: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(source)) as connection:
        connection.execute("INSERT INTO entities VALUES (1, 99, 'x', '{}', '[]', 0)")
        connection.commit()
    with pytest.raises(StoreError, match="rows of entities refer to nothing"):
        backup.copy(source, tmp_path / "copy.db")


def test_a_failed_copy_leaves_the_one_before(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    backup.copy(source, target)
    before = target.read_bytes()
    source.write_bytes(b"no database")
    with pytest.raises(StoreError, match="is not a database of evtimeline"):
        backup.copy(source, target)
    assert target.read_bytes() == before


def test_a_full_disk_leaves_no_half_copy(source: Path, tmp_path: Path) -> None:
    code = "from pathlib import Path; from evtimeline.store.backup import copy; copy(*map(Path, sys.argv[1:]))"
    answer = with_a_full_disk(code, str(source), str(tmp_path / "copy.db"))
    assert "StoreError: the disk of" in answer.splitlines()[-1]
    assert list(tmp_path.glob("*copy*")) == []


@pytest.fixture
def older(sqlite_url: str, source: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A database of a revision for which there is no migration."""
    with closing(sqlite3.connect(source)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0000'")
        connection.commit()
    monkeypatch.setattr(schema, "REVISIONS", ("0000", *schema.REVISIONS))
    yield path_of(sqlite_url)


def upgrade(database: Path, at: timedelta = timedelta()) -> None:
    with pytest.raises(StoreError, match="cannot be upgraded: Can't locate"):
        schema.upgrade(f"sqlite:///{database}", NOW + at, database.parent)


def test_the_last_copies_before_migrations_stay_and_nothing_else_goes(older: Path) -> None:
    folder = older.parent / "backups"
    folder.mkdir()
    (folder / "mine.db").touch()
    for hours in range(5):
        upgrade(older, timedelta(hours=hours))
    assert sorted(path.name for path in folder.iterdir()) == [
        "evtimeline-0000-20250627T100000Z.db",
        "evtimeline-0000-20250627T110000Z.db",
        "evtimeline-0000-20250627T120000Z.db",
        "mine.db",
    ]


def test_nothing_is_migrated_where_no_copy_can_be_made(older: Path) -> None:
    (older.parent / "backups").touch()
    with pytest.raises(StoreError, match=r"nothing was upgraded: .*--no-backup"):
        schema.upgrade(f"sqlite:///{older}", NOW, older.parent)
    with pytest.raises(StoreError, match="cannot be upgraded: Can't locate"):
        schema.upgrade(f"sqlite:///{older}", NOW, older.parent, backup=False)


def test_what_a_killed_process_left_is_written_over(tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    (tmp_path / ".copy.db.unfinished").write_bytes(b"half")
    (tmp_path / ".copy.db.unfinished-journal").write_bytes(b"half")
    with written_whole(target) as path:
        assert path.read_bytes() == b""
        path.write_bytes(b"whole")
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("copy.db", b"whole")]


def test_two_processes_do_not_write_one_file(tmp_path: Path) -> None:
    with (
        unfinished(tmp_path / "copy.db", "unfinished"),
        pytest.raises(WorkspaceError, match="another process is writing"),
        unfinished(tmp_path / "copy.db", "unfinished"),
    ):
        pass


def test_targets_that_cannot_be_are_refused(tmp_path: Path) -> None:
    (tmp_path / "there").touch()
    check_target(tmp_path / "new")
    check_target(tmp_path / "there", force=True)
    for target, sentence in (
        (tmp_path, "is a folder: name a file"),
        (tmp_path / "there", "is there already"),
        (tmp_path / "none" / "new", "there is no folder"),
        (Path("/dev/null"), "is no file"),
    ):
        with pytest.raises(UsageError, match=sentence):
            check_target(target)
