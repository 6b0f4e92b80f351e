"""The daemon under load for long: memory, open files, threads and database, sampled, and whether they grow.

`python -m bench.soak --minutes 30 --rate 50`: feeds on this machine that go on changing, mail to a sink beside them.
"""

import argparse
import os
import random
import signal
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, fields
from email.utils import format_datetime
from pathlib import Path
from statistics import fmean, linear_regression
from tempfile import TemporaryDirectory
from time import monotonic, sleep

from tests.delivery.mailserver import MailServer, mail_server
from tests.endurance.press import Plant, Press, works
from tests.servers import FeedServer

from bench.stopwatch import PYTHON
from evtimeline.app import system_clock
from evtimeline.jobs import edit
from evtimeline.store.engine import connect, writing

INTERVAL = 75.0
"""Seconds between two polls of a feed: the shortest interval there is, what sets feeds apart, and the daemon's look."""

SAMPLE_EVERY = 10.0
WARM_UP = 120.0
PLANTS = 200
NEWS = 0.2  # of the polls bring a new entry
TALKING = 0.1  # of those move a milestone
LISTED = 20
TICKS = os.sysconf("SC_CLK_TCK")

SETTINGS = """\
[fetch]
min_interval = 1
per_host = 8
[smtp]
host = "127.0.0.1"
port = {port}
security = "none"
from = "news@example.org"
[daemon]
health = "off"
"""


@dataclass(frozen=True)
class Sample:
    """The state of the daemon and its children after so many seconds; sizes in MB, `own` memory without
    children, `cpu` in seconds so far."""

    seconds: float
    polls: int
    mails: int
    memory: float
    own: float
    files: int
    threads: int
    processes: int
    cpu: float
    database: float
    log: float


def main() -> None:
    """Run, print every sample, and say at the end how the last quarter differs from the first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--rate", type=float, default=50.0, help="polls a second")
    parser.add_argument("--feeds", type=int, help="so many, polled once an hour: an idle daemon")
    wanted = parser.parse_args()
    with ExitStack() as stack:
        home = Path(stack.enter_context(TemporaryDirectory(prefix="soak-")))
        server, mail = stack.enter_context(FeedServer()), stack.enter_context(mail_server())
        press = Press(server, wanted.feeds or round(wanted.rate * INTERVAL), LISTED)
        make(home, press, mail.port, "1h" if wanted.feeds else "1m")
        daemon = stack.enter_context(_daemon(home))
        news = 0.0 if wanted.feeds else wanted.rate * NEWS
        watch = _watching(home, daemon.pid, press, mail)
        samples = list(_sampled(watch, _publishing(press, server, news), wanted.minutes * 60))
        daemon.send_signal(signal.SIGTERM)
        print(f"SIGTERM: ended with {daemon.wait(40)}")
    _sum_up(samples)


def make(home: Path, press: Press, port: int, interval: str) -> None:
    """A workspace that follows the plants and all papers, and tells one reader at once."""
    _evtimeline(home, "init", str(home))
    lines = [
        f"  - {{url: '{url}', title: Paper {n}, interval: {interval}, private: true}}"
        for n, url in enumerate(press.urls)
    ]
    (home / "feeds.yaml").write_text("\n".join(["feeds:", *lines]) + "\n", "utf-8")
    (home / "evtimeline.toml").write_text(SETTINGS.format(port=port), "utf-8")
    engine = connect(f"sqlite:///{home / 'evtimeline.db'}")
    with writing(engine) as connection:
        edit.apply(connection, works(PLANTS), system_clock())
    engine.dispose()
    _evtimeline(home, "subscribe", "me@example.org", "--instant", "--group-wait", "0")


@contextmanager
def _daemon(home: Path) -> "Iterator[subprocess.Popen[bytes]]":
    with (home / "log").open("wb") as log:
        command = [PYTHON, "-m", "evtimeline", "daemon", "--log-level", "info"]
        environment = os.environ | {"EVTIMELINE_HOME": str(home)}
        with subprocess.Popen(command, env=environment, stderr=log) as process:
            try:
                yield process
            finally:
                process.kill()


def _publishing(press: Press, server: FeedServer, a_second: float) -> Callable[[float], None]:
    """Publishes as many entries as belong to so many seconds, in papers by chance."""
    chance = random.Random(20260602)
    owed = 0.0

    def publish(seconds: float) -> None:
        nonlocal owed
        owed += a_second * seconds
        server.asked.clear()  # nobody here wants them
        while owed >= 1:
            owed -= 1
            plant = Plant(chance.randrange(PLANTS))
            told = plant.postponed(chance) if chance.random() < TALKING else f"Weather report {chance.random()}"
            chance.choice(press.papers).publish(told, format_datetime(system_clock()))

    return publish


def _sampled(watch: Callable[[float], Sample], publish: Callable[[float], None], seconds: float) -> Iterator[Sample]:
    print(" ".join(f"{one.name:>9}" for one in fields(Sample)), flush=True)
    began = before = monotonic()
    due = 0.0
    while (passed := monotonic() - began) < seconds:
        publish(monotonic() - before)
        before = monotonic()
        if passed >= due:
            due += SAMPLE_EVERY
            sample = watch(passed)
            print(" ".join(f"{getattr(sample, one.name):9.6g}" for one in fields(Sample)), flush=True)
            yield sample
        sleep(0.2)


def _watching(home: Path, pid: int, press: Press, mail: MailServer) -> Callable[[float], Sample]:
    def watch(seconds: float) -> Sample:
        tree = [pid, *_children(pid)]
        memory = sum(_status(one, "VmRSS") for one in tree) / 1024
        files = sum(_open_files(one) for one in tree)
        database = home / "evtimeline.db"
        return Sample(
            seconds,
            press.asked,
            len(mail.taken),
            memory,
            _status(pid, "VmRSS") / 1024,
            files,
            sum(_status(one, "Threads") for one in tree),
            len(tree),
            _cpu(pid),
            database.stat().st_size / 1e6,
            _size(database.with_name(database.name + "-wal")),
        )

    return watch


def _children(pid: int) -> Iterator[int]:
    for task in _listed(Path(f"/proc/{pid}/task")):
        for child in _read(task / "children").split():
            yield int(child)
            yield from _children(int(child))


def _status(pid: int, field: str) -> int:
    """A number of /proc/<pid>/status; 0 for a process that has gone."""
    lines = _read(Path(f"/proc/{pid}/status")).splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{field}:")), 0)


def _cpu(pid: int) -> float:
    """Seconds of processor time of a process and of its children that have ended."""
    words = _read(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()
    return sum(map(int, words[11:15])) / TICKS if words else 0.0


def _open_files(pid: int) -> int:
    return len(_listed(Path(f"/proc/{pid}/fd")))


def _listed(folder: Path) -> Sequence[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""


def _size(path: Path) -> float:
    return path.stat().st_size / 1e6 if path.exists() else 0.0


def _sum_up(samples: Sequence[Sample]) -> None:
    """Means of the first and the last quarter behind the warm-up, and the slope of all of it, per hour."""
    steady = [one for one in samples if one.seconds >= WARM_UP] or list(samples)
    quarter = max(len(steady) // 4, 1)
    seconds, polls = steady[-1].seconds - steady[0].seconds, steady[-1].polls - steady[0].polls
    print(f"{polls / max(seconds, 1):.1f} polls a second, {steady[-1].cpu - steady[0].cpu:.1f} s of processor time")
    for name in ("memory", "own", "files", "threads", "processes", "database", "log"):
        values = [float(getattr(one, name)) for one in steady]
        first, last = fmean(values[:quarter]), fmean(values[-quarter:])
        slope = linear_regression([one.seconds / 3600 for one in steady], values).slope if len(steady) > 1 else 0.0
        print(f"{name:>10}  first quarter {first:8.2f}  last quarter {last:8.2f}  {slope:+9.2f} an hour")


def _evtimeline(home: Path, *words: str) -> None:
    command = [PYTHON, "-m", "evtimeline", *words]
    subprocess.run(command, env=os.environ | {"EVTIMELINE_HOME": str(home)}, stdout=subprocess.DEVNULL, check=True)


if __name__ == "__main__":
    main()
