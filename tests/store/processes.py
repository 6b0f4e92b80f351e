"""What other processes do to a database in the tests: `python -m tests.store.processes <what> <url> ...`."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from tests.builders import NOW

from evtimeline.core.standing import Standing
from evtimeline.errors import StoreError
from evtimeline.store import feeds, milestones, schema, standings, tables
from evtimeline.store.engine import connect, reading, writing

NOBODY = 65534
ROOT = Path(__file__).parents[2]


@contextmanager
def other_process(*words: str) -> Iterator[subprocess.Popen[str]]:
    """Run one of the functions below beside this test; it is killed, if need be, and waited for."""
    command = [sys.executable, "-m", "tests.store.processes", *words]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        yield process
        process.kill()


def with_a_full_disk(code: str, *words: str) -> str:
    """Run code in a process that can write no file of more than 50 kB; returns what it says on stderr."""
    limit = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000)); "
    command = [sys.executable, "-c", limit + code, *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stderr


def make_tables(url: str) -> None:
    """Bring a database up to date."""
    schema.upgrade(url, NOW)


def count_up(url: str, milestone_id: str, times: str) -> None:
    """Add one to a stored number, by reading and writing it, many times."""
    engine = connect(url, busy_seconds=60)
    number = int(milestone_id)
    for _ in range(int(times)):
        with writing(engine, durable=False) as connection:
            milestones.lock(connection, [number])
            before = standings.load(connection, number)
            standings.save(connection, number, replace(before, claims=before.claims + 1))
    engine.dispose()


def write_batches(url: str, size: str) -> None:
    """Store batch after batch, naming each one when it is committed, until killed."""
    engine = connect(url)
    for batch in range(1_000_000):
        with writing(engine) as connection:
            feeds.ensure(connection, [f"https://example.org/{batch}/{one}" for one in range(int(size))])
        print(batch, flush=True)


def hold(url: str) -> None:
    """Write without committing, say so, and wait to be killed."""
    engine = connect(url)
    with writing(engine) as connection:
        connection.execute(tables.feeds.insert(), [{"url": f"https://example.org/held/{one}"} for one in range(5_000)])
        print("held", flush=True)
        sys.stdin.read()


def try_as_nobody(url: str) -> None:
    """Read and write as somebody who may only read, and say what came of it."""
    engine = connect(url)
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    schema.check(engine)
    with reading(engine) as connection:
        print(f"read {standings.load(connection, 1).claims}")
    try:
        with writing(engine) as connection:
            standings.save(connection, 1, Standing())
    except StoreError as error:
        print(error)
    engine.dispose()


def write_as_nobody_again(url: str) -> None:
    """Write as somebody who may only read at first, with one engine, and say what came of it."""
    engine = connect(url)
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    for _ in range(2):
        try:
            with writing(engine) as connection:
                feeds.ensure(connection, ["https://a.example/"])
            print("written")
        except StoreError:
            print("refused")
        for file in Path(engine.url.database or "").parent.iterdir():
            file.chmod(0o644)
    engine.dispose()


ACTS: dict[str, Callable[..., None]] = {
    "make_tables": make_tables,
    "count_up": count_up,
    "write_batches": write_batches,
    "hold": hold,
    "try_as_nobody": try_as_nobody,
    "write_as_nobody_again": write_as_nobody_again,
}

if __name__ == "__main__":
    ACTS[sys.argv[1]](*sys.argv[2:])
