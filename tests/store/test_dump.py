import gzip
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text
from tests.builders import NOW, a_message, a_subscription, a_timeline, an_entry, days, instant
from tests.postgres import Cluster
from tests.store.ledgers import a_stored_claim
from tests.store.processes import ROOT, other_process

from evtimeline.core.milestones import Entity, Names
from evtimeline.core.subscriptions import Attempt, MessageState, Result, Silence
from evtimeline.errors import EvtimelineError, StoreError, WorkspaceError
from evtimeline.jobs import edit
from evtimeline.jobs.settling import settle_milestones
from evtimeline.store import (
    dump,
    dump_file,
    entries,
    exclusions,
    feeds,
    markers,
    outbox,
    schema,
    silences,
    subscriptions,
    tables,
)
from evtimeline.store.daemons import Daemon, beat
from evtimeline.store.dump_format import Content, Header, Seal, dumped, header_line
from evtimeline.store.engine import connect, reading, writing
from evtimeline.store.load import load


def fill(engine: Engine) -> None:
    """Put something into every table, with texts that are easily spoilt."""
    with writing(engine) as connection:
        claim = a_stored_claim(connection, days("2025-06-26"))
        settle_milestones(connection, [claim.milestone_id])
        edit.apply(connection, a_timeline(entities=(Entity("xiaomi", Names(("小米",))),)), NOW)
        feed = feeds.ensure(connection, ["https://example.org/feed"])["https://example.org/feed"].id
        odd = an_entry("1", "小米 🚗 “YU7” \\ \u2028 é", summary="a\tb\nc", published=instant("2025-06-26T13:00"))
        entries.add(connection, feed, [odd, an_entry("2")], NOW + timedelta(microseconds=7), backfill=True)
        markers.put(connection, "status shown up to revision", "7")
        exclusions.add(connection, claim.milestone_id, "试产", "li", NOW)
        team = subscriptions.add(connection, a_subscription(quiet_from=time(22, 30), quiet_to=time(7)))
        silences.add(connection, Silence(claim.milestone_id, NOW.date(), "noise", "li", NOW))
        (sent,) = outbox.queue(connection, [a_message(team.id, references=("<1@example.org>",))])
        assert outbox.take(connection, sent.id, NOW)
        outbox.record(connection, Attempt(sent.id, NOW, Result.SENT, "250 ok", 0.1), MessageState.SENT, NOW)
        beat(connection, Daemon("here", NOW, NOW, "1"))


def lines_of(engine: Engine) -> list[bytes]:
    return list(dump.dump(engine))


@pytest.fixture
def full(database: Engine) -> Engine:
    fill(database)
    return database


@contextmanager
def empty(tmp_path: Path) -> Iterator[Engine]:
    """A new SQLite database."""
    url = f"sqlite:///{tmp_path / 'new.db'}"
    schema.upgrade(url, NOW)
    engine = connect(url)
    yield engine
    engine.dispose()


def url_of(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def test_there_and_back_gives_the_same_bytes(full: Engine, postgresql: Cluster, tmp_path: Path) -> None:
    name = postgresql.create("migrated")
    server = connect(postgresql.url(name))
    first = lines_of(full)
    load(url_of(server), first, "one")
    second = lines_of(server)
    with empty(tmp_path) as back:
        load(url_of(back), second, "two")
        assert first == second == lines_of(back)
        with reading(back) as connection:
            for table in dump.TABLES.values():
                assert connection.execute(select(table)).first() or table.name in ("entities", "revisions"), table.name
    server.dispose()
    postgresql.drop(name)


def test_a_dump_says_what_it_holds_and_leaves_processes_out(full: Engine) -> None:
    first, *rows, last = [json.loads(line) for line in lines_of(full)]
    assert first["evtimeline"]["format"] == 1
    assert first["evtimeline"]["revision"] == schema.HEAD
    assert first["evtimeline"]["tables"]["entries"]["rows"] == 2
    assert last["end"]["lines"] == len(rows) + 1
    assert not {"daemons", "job_runs"} & {name for row in rows for name in row}
    assert {"key": "timeline-of-yu7-launch", "zone": "UTC", "created_at": "2025-06-27T08:00:00Z"}.items() <= next(
        row["timelines"] for row in rows if "timelines" in row
    ).items()


def test_every_row_comes_behind_those_that_it_refers_to() -> None:
    seen: set[str] = set()
    for name, table in dump.TABLES.items():
        assert {key.column.table.name for key in table.foreign_keys} <= seen
        seen.add(name)


def test_numbers_go_on_behind_those_that_were_taken_in(database: Engine, tmp_path: Path) -> None:
    with empty(tmp_path) as source:
        fill(source)
        load(url_of(database), lines_of(source), "file")
    with writing(database) as connection:
        stored = feeds.ensure(connection, ["https://example.org/feed", "https://example.org/new"])
        assert [state.id for state in stored.values()] == [1, 2]


def test_a_dump_is_of_one_instant(full: Engine) -> None:
    lines = dump.dump(full)
    first = next(lines)
    with writing(full) as connection:
        feeds.ensure(connection, [f"https://example.org/{number}" for number in range(50)])
        markers.put(connection, "another", "1")
    told = [first, *lines]
    assert dump.checked(told, "file").count("feeds") == 1


def test_a_database_that_is_not_empty_is_left_as_it_is(full: Engine) -> None:
    before = lines_of(full)
    with pytest.raises(StoreError, match=r"is not empty \(it has feeds\)"):
        load(url_of(full), before, "file")
    assert lines_of(full) == before


def without_a_line(lines: list[bytes]) -> list[bytes]:
    return [*lines[:5], *lines[6:]]


def without_the_end(lines: list[bytes]) -> list[bytes]:
    return lines[:-1]


def cut_within_a_line(lines: list[bytes]) -> list[bytes]:
    return [*lines[:4], lines[4][:20]]


def with_another_word(lines: list[bytes]) -> list[bytes]:
    return [line.replace(b"noise", b"Noise") for line in lines]


def with_an_unknown_cell(lines: list[bytes]) -> list[bytes]:
    return [line.replace(b'{"feeds":{"id":1', b'{"feeds":{"id":1,"colour":1') for line in lines]


def with_rows_changed_over(lines: list[bytes]) -> list[bytes]:
    return [lines[0], *reversed(lines[1:-1]), lines[-1]]


def with_more_behind(lines: list[bytes]) -> list[bytes]:
    return [*lines[:-1], b"{}\n", lines[-1]]


@pytest.mark.parametrize(
    "spoil",
    [
        without_a_line,
        without_the_end,
        cut_within_a_line,
        with_another_word,
        with_an_unknown_cell,
        with_rows_changed_over,
        with_more_behind,
    ],
)
def test_what_was_cut_off_or_altered_is_refused_and_nothing_taken_in(
    database: Engine, tmp_path: Path, spoil: Callable[[list[bytes]], list[bytes]]
) -> None:
    with empty(tmp_path) as source:
        fill(source)
        lines = spoil(lines_of(source))
    before = lines_of(database)
    with pytest.raises(StoreError, match=r"file is cut off or was altered \(line \d+\)"):
        load(url_of(database), lines, "file")
    assert lines_of(database) == before


@pytest.mark.parametrize(
    ("first", "sentence"),
    [
        (b"", "file is no export of evtimeline"),
        (b"Dear Sirs\n", "file is no export of evtimeline"),
        (b"[]\n", "file is no export of evtimeline"),
        (b"\xff\xfe\n", "file is no export of evtimeline"),
        (b'{"evtimeline":{"format":2}}\n', "newer evtimeline"),
        (b'{"evtimeline":{"format":1,"revision":"9999","tables":{}}}\n', "newer evtimeline"),
        (
            b'{"evtimeline":{"format":1,"revision":"%s","tables":{"moods":{"columns":[],"rows":1}}}}\n'
            % schema.HEAD.encode(),
            "holds moods, which",
        ),
        (
            b'{"evtimeline":{"format":1,"revision":"%s","tables":{"feeds":{"columns":["mood"],"rows":1}}}}\n'
            % schema.HEAD.encode(),
            "holds mood, which",
        ),
    ],
)
def test_what_is_not_ours_or_newer_is_refused(sqlite: Engine, first: bytes, sentence: str) -> None:
    with pytest.raises(StoreError, match=sentence):
        load(url_of(sqlite), [first] if first else [], "file")


def dumped_by_the_first_version() -> list[bytes]:
    """What the first version would have dumped of a database with one feed."""
    columns = ("id", "url", "due_at")
    seal = Seal()
    header = Header("0001", (Content("feeds", columns, 1),))
    told = [header_line(header), dumped({"feeds": {"id": 7, "url": "https://example.org", "due_at": NOW.isoformat()}})]
    return [*map(seal.add, told), seal.line()]


def test_a_dump_of_an_older_version_is_taken_in_and_upgraded(database: Engine) -> None:
    load(url_of(database), dumped_by_the_first_version(), "file")
    schema.check(database)
    with reading(database) as connection:
        state = feeds.states(connection)["https://example.org"]
    assert (state.id, state.due_at) == (7, NOW)


def test_rows_that_refer_to_nothing_are_refused(database: Engine, tmp_path: Path) -> None:
    seal = Seal()
    header = Header(schema.HEAD, (Content("cursors", tuple(dump.TABLES["cursors"].columns.keys()), 1),))
    row = {"subscription_id": 9, "revision_id": 1, "claim_id": 1, "period_end": NOW.isoformat()}
    lines = [*map(seal.add, [header_line(header), dumped({"cursors": row})])]
    with pytest.raises(EvtimelineError, match=r"refer to others|foreign key"):
        load(url_of(database), [*lines, seal.line()], "file")
    assert dump.checked(lines_of(database), "file").rows == 0


def test_a_file_is_whole_private_and_packed_when_its_name_says_so(full: Engine, tmp_path: Path) -> None:
    plain, packed = tmp_path / "all.jsonl", tmp_path / "all.jsonl.gz"
    assert dump_file.write(dump.dump(full), plain) == dump_file.write(dump.dump(full), packed)
    assert gzip.decompress(packed.read_bytes()) == plain.read_bytes() == b"".join(lines_of(full))
    assert {one.stat().st_mode & 0o777 for one in (plain, packed)} == {0o600}
    assert list(dump_file.read(packed)) == list(dump_file.read(plain))
    assert len(list(tmp_path.glob("*all*"))) == 2


def test_equal_databases_give_equal_files(full: Engine, tmp_path: Path) -> None:
    one, other = tmp_path / "1.gz", tmp_path / "2.gz"
    dump_file.write(dump.dump(full), one)
    dump_file.write(dump.dump(full), other)
    assert one.read_bytes() == other.read_bytes()


def test_a_packed_file_that_is_cut_off_is_refused(full: Engine, tmp_path: Path) -> None:
    path = tmp_path / "all.jsonl.gz"
    dump_file.write(dump.dump(full), path)
    content = path.read_bytes()
    for length in (len(content) - 1, len(content) // 2, 10):
        path.write_bytes(content[:length])
        with pytest.raises(StoreError, match="is cut off or was altered"):
            dump.checked(dump_file.read(path), str(path))


def test_what_cannot_be_written_leaves_the_file_before(full: Engine, tmp_path: Path) -> None:
    target = tmp_path / "all.jsonl"
    target.write_bytes(b"before")

    def lines() -> Iterator[bytes]:
        yield next(dump.dump(full))
        raise OSError(28, "No space left on device")

    with pytest.raises(WorkspaceError, match="No space left on device"):
        dump_file.write(lines(), target)
    assert [(one.name, one.read_bytes()) for one in tmp_path.glob("*all*")] == [("all.jsonl", b"before")]


LOAD = """
import sys
from evtimeline.store.load import load

def lines():
    for number, line in enumerate(open(sys.argv[2], "rb")):
        if number == int(sys.argv[3]):
            print("here", flush=True)
            sys.stdin.read()
        yield line

load(sys.argv[1], lines(), "file")
"""


def test_an_import_that_is_killed_leaves_nothing_and_can_be_repeated(database: Engine, tmp_path: Path) -> None:
    path = tmp_path / "all.jsonl"
    with empty(tmp_path) as source:
        fill(source)
        with writing(source) as connection:
            feeds.ensure(connection, [f"https://example.org/{number}" for number in range(3_000)])
        dump_file.write(dump.dump(source), path)
    command_line = [sys.executable, "-c", LOAD, url_of(database), str(path), "2500"]
    with subprocess.Popen(command_line, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == b"here\n"
        process.kill()
    assert dump.checked(lines_of(database), "file").rows == 0
    load(url_of(database), dump_file.read(path), "file")
    assert b"".join(lines_of(database)) == path.read_bytes()


def test_dumps_made_beside_a_process_that_writes_are_whole(database: Engine, tmp_path: Path) -> None:
    with other_process("write_batches", url_of(database), "20") as writer:
        assert writer.stdout
        for number in range(4):
            writer.stdout.readline()
            header = dump_file.write(dump.dump(database), tmp_path / f"{number}.jsonl")
            assert header.count("feeds") % 20 == 0
        assert writer.poll() is None


def test_text_that_postgresql_cannot_hold_is_a_sentence(sqlite: Engine, postgresql_url: str) -> None:
    with writing(sqlite) as connection:
        connection.execute(text("INSERT INTO markers VALUES ('x', 'a' || char(0) || 'b')"))
        assert connection.execute(select(tables.markers.c.value)).scalar_one() == "a\0b"
    with pytest.raises(StoreError, match="cannot be taken in: markers"):
        load(postgresql_url, lines_of(sqlite), "file")
