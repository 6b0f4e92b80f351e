import os
import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from tests.builders import NOW, days
from tests.store.ledgers import a_stored_claim
from tests.store.olden import downgrade
from tests.store.processes import NOBODY, ROOT, other_process

from evtimeline.errors import EvtimelineError, SchemaTooNewError, StoreError
from evtimeline.store import backup, dump, dump_file, feeds, schema
from evtimeline.store.engine import connect, writing
from evtimeline.store.restore import restore

KILLS = int(os.environ.get("EVTIMELINE_TEST_KILLS", "8"))


@pytest.fixture
def database(sqlite_url: str) -> Path:
    """A database in which somebody follows a claim; nobody has it open."""
    engine = connect(sqlite_url)
    with writing(engine) as connection:
        a_stored_claim(connection, days("2025-06-26"))
    engine.dispose()
    return Path(sqlite_url.removeprefix("sqlite:///"))


def follow(database: Path, *urls: str) -> None:
    engine = connect(f"sqlite:///{database}")
    with writing(engine) as connection:
        feeds.ensure(connection, urls)
    engine.dispose()


def followed(database: Path) -> list[str]:
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return [url for (url,) in connection.execute("SELECT url FROM feeds ORDER BY id")]


@pytest.fixture
def saved(database: Path, tmp_path: Path) -> Path:
    """A backup with one feed; the database has gone on since and has two."""
    follow(database, "https://example.org/1")
    backup.copy(database, tmp_path / "saved.db")
    follow(database, "https://example.org/2")
    return tmp_path / "saved.db"


def test_a_backup_takes_the_place_of_the_database_which_is_kept(database: Path, saved: Path) -> None:
    content = saved.read_bytes()
    done = restore(saved, database, NOW)
    assert (done.revision, done.contents.count("claims")) == (schema.HEAD, 1)
    assert done.kept == database.with_name("evtimeline.before-restore-20250627T080000Z.db")
    assert (followed(database), len(followed(done.kept))) == (["https://example.org/1"], 2)
    assert saved.read_bytes() == content
    assert {one.name for one in database.parent.iterdir()} == {database.name, saved.name, done.kept.name}


def test_the_restored_database_has_a_log_again_and_the_rights_of_the_old_one(database: Path, saved: Path) -> None:
    database.chmod(0o640)
    if os.geteuid() == 0:
        os.chown(database, NOBODY, NOBODY)
    owner = database.stat().st_uid
    restore(saved, database, NOW)
    assert (database.stat().st_mode & 0o777, database.stat().st_uid) == (0o640, owner)
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_restoring_twice_at_one_instant_keeps_both(database: Path, saved: Path) -> None:
    first, second = restore(saved, database, NOW).kept, restore(saved, database, NOW).kept
    assert first and second
    assert (first.name, second.name) == (
        "evtimeline.before-restore-20250627T080000Z.db",
        "evtimeline.before-restore-20250627T080000Z-2.db",
    )


def test_dumped_lines_are_restored_too(database: Path, tmp_path: Path) -> None:
    follow(database, "https://example.org/1")
    engine = connect(f"sqlite:///{database}")
    dump_file.write(dump.dump(engine), tmp_path / "saved.jsonl.gz")
    engine.dispose()
    follow(database, "https://example.org/2")
    assert restore(tmp_path / "saved.jsonl.gz", database, NOW).contents.count("claims") == 1
    assert followed(database) == ["https://example.org/1"]


def test_a_backup_of_an_older_version_is_brought_up(database: Path, saved: Path) -> None:
    downgrade(f"sqlite:///{saved}", "0001")
    assert restore(saved, database, NOW).revision == "0001"
    engine = connect(f"sqlite:///{database}")
    schema.check(engine)
    engine.dispose()


def test_a_missing_database_is_restored(database: Path, saved: Path) -> None:
    database.unlink()
    assert restore(saved, database, NOW).kept is None
    assert followed(database) == ["https://example.org/1"]


def test_a_damaged_database_is_kept_with_all_that_lies_beside_it(database: Path, saved: Path) -> None:
    database.write_bytes(b"\xff" * 5_000)
    log = database.with_name(database.name + "-wal")
    log.write_bytes(b"half a log")
    kept = restore(saved, database, NOW).kept
    assert kept
    assert (kept.read_bytes(), kept.with_name(kept.name + "-wal").read_bytes()) == (b"\xff" * 5_000, b"half a log")
    assert followed(database) == ["https://example.org/1"]


def refused(file: Path, database: Path, error: type[EvtimelineError], sentence: str) -> None:
    """Restoring fails with a sentence, and changes nothing."""
    before = followed(database)
    with pytest.raises(error, match=sentence):
        restore(file, database, NOW)
    assert followed(database) == before
    assert not list(database.parent.glob("*before-restore*"))
    assert not list(database.parent.glob(".*"))


def test_what_is_no_backup_is_refused(database: Path, saved: Path, tmp_path: Path) -> None:
    letter, stranger, damaged = tmp_path / "letter", tmp_path / "stranger.db", tmp_path / "damaged.db"
    letter.write_text("Dear Sirs")
    with closing(sqlite3.connect(stranger)) as connection:
        connection.execute("CREATE TABLE letters (words TEXT)")
    damaged.write_bytes(saved.read_bytes()[:-9_000])
    refused(letter, database, StoreError, "letter is no export of evtimeline")
    refused(stranger, database, StoreError, "not one of evtimeline")
    refused(damaged, database, StoreError, "damaged")


def test_a_backup_of_a_newer_version_is_refused(database: Path, saved: Path) -> None:
    with closing(sqlite3.connect(saved)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    refused(saved, database, SchemaTooNewError, "newer evtimeline")


def test_a_database_in_use_is_not_replaced(database: Path, saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evtimeline.store.restore.BUSY_SECONDS", 0.1)
    with other_process("hold", f"sqlite:///{database}") as holder:
        assert holder.stdout
        holder.stdout.readline()
        with pytest.raises(StoreError, match="another process is using"):
            restore(saved, database, NOW)
    assert len(followed(database)) == 2
    assert not list(database.parent.glob("*before-restore*"))


RESTORE = """
import sys
from datetime import datetime
from pathlib import Path
from evtimeline.store.restore import restore
print("begun", flush=True)
restore(Path(sys.argv[1]), Path(sys.argv[2]), datetime.fromisoformat(sys.argv[3]))
"""


def restore_and_kill(file: Path, database: Path, number: int, after: float) -> bool:
    """Kill a restoring process some time after its beginning; whether it was still at work."""
    at = (NOW + timedelta(seconds=number)).isoformat()
    command = [sys.executable, "-c", RESTORE, str(file), str(database), at]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        try:
            process.wait(after)
        except subprocess.TimeoutExpired:
            process.kill()
            return True
    return False


def test_a_killed_restore_leaves_the_old_or_the_new_database_and_can_be_repeated(
    database: Path, saved: Path, tmp_path: Path
) -> None:
    chance, killed = random.Random(20250627), 0
    old = tmp_path / "old.db"
    shutil.copy(database, old)
    for number in range(KILLS):
        shutil.copy(old, database)
        killed += restore_and_kill(saved, database, number, chance.uniform(0, 0.08))
        assert len(followed(database)) in (1, 2)
    restore(saved, database, NOW - timedelta(days=1))
    assert followed(database) == ["https://example.org/1"]
    assert not list(database.parent.glob(".*"))
    assert killed
