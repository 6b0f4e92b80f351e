"""A trial by violence: processes are killed, frozen, stopped and cut off at random moments, and nothing may come of it.

`python -m tests.endurance.kills --how daemons --times 100 --outages 20` runs one by hand; see `--help`.
"""

import argparse
import os
import random
import signal
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from tempfile import TemporaryDirectory

from tests import postgres
from tests.delivery.mailserver import MailServer, mail_server
from tests.endurance import hurried, plot
from tests.endurance.hurried import Clock
from tests.endurance.plot import BEGIN, MADE, Edition, Ending, Mail
from tests.endurance.press import Press, works
from tests.patience import PATIENCE
from tests.servers import FeedServer

from evtimeline.core.subscriptions import Cadence, Subscription
from evtimeline.jobs import edit
from evtimeline.store import schema, subscriptions
from evtimeline.store.engine import connect, writing

PAPERS = 24
HURRY = 200.0
"""A lease of ten minutes ends after three seconds."""

FROZEN = 5.0
"""Seconds, longer than any lease in a hurry."""

MOMENTS = (5.0, 2.0, 0.03)
"""Seconds in which a process is struck: from its start on, from a request for a feed on, from a mail on."""

WAIT = 6.0
"""Seconds in which a request or a mail is waited for."""

SETTINGS = """\
database = "{database}"
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


@dataclass
class Stage:
    """A workspace with its feeds and its mail server; `log` gets what its processes say on stderr."""

    home: Path
    url: str
    press: Press
    mail: MailServer
    clock: Clock
    log: Path = field(init=False)

    def __post_init__(self) -> None:
        self.log = self.home / "log"

    def start(self, *words: str) -> ForkServerProcess:
        """Start a command in the workspace."""
        return hurried.start(words, self.home, self.clock, self.log)

    def run_once(self) -> int | None:
        """One round of everything, undisturbed; returns its exit code."""
        process = self.start("run", "--once")
        process.join()
        return process.exitcode

    def finish(self) -> None:
        """Let everything be done that is still to be done, undisturbed."""
        engine = connect(self.url)
        try:
            for _ in range(40):
                self.run_once()
                if not (left := plot.left(engine, self.press)):
                    return
                time.sleep(0.2)
        finally:
            engine.dispose()
        raise AssertionError(f"this was never done: {left}\n{self.log.read_text()[-3000:]}")

    def ending(self) -> Ending:
        """What the workspace holds."""
        engine = connect(self.url)
        try:
            return plot.ending(engine)
        finally:
            engine.dispose()

    def mails(self) -> list[Mail]:
        """What the mail server has taken."""
        return [
            Mail(str(one["Message-ID"]), body.get_content() if (body := one.get_body(("plain",))) else "")
            for one in self.mail.taken
        ]


@contextmanager
def stage(home: Path, url: str, editions: int) -> Iterator[Stage]:
    """Make a workspace in an empty folder, with the migrated database at `url`, whose feeds have been polled once."""
    with FeedServer() as server, mail_server() as mail:
        press = Press(server, PAPERS)
        made = Stage(home, url, press, mail, Clock(1, time.monotonic(), MADE))
        for paper in press.papers:
            paper.publish("Nothing has happened yet", "Mon, 01 Jun 2026 00:00:00 GMT")
        feeds = [
            f"  - {{url: '{one}', title: Paper {n}, interval: 1m, private: true}}" for n, one in enumerate(press.urls)
        ]
        (home / "feeds.yaml").write_text("\n".join(["feeds:", *feeds]) + "\n", "utf-8")
        (home / "evtimeline.toml").write_text(SETTINGS.format(database=url, port=mail.port), "utf-8")
        engine = connect(url)
        with writing(engine) as connection:
            edit.apply(connection, works(plot.plants(editions)), MADE)
            reader = Subscription("me@example.org", "smtp", Cadence.INSTANT, MADE, group_wait=timedelta(), token="t")
            subscriptions.add(connection, reader)
        engine.dispose()
        assert made.run_once() == 0, made.log.read_text()
        made.clock = Clock(HURRY, time.monotonic(), BEGIN)
        yield made


def play(made: Stage, editions: Sequence[Edition], at_once: int = 10) -> Ending:
    """The undisturbed run: some editions at a time, each told before the next."""
    for first in range(0, len(editions), at_once):
        for edition in editions[first : first + at_once]:
            plot.publish(made.press, edition)
        made.finish()
    return made.ending()


@dataclass
class Violence:
    """What is done to the processes of a stage: `words` is their command, `count` how many there are at a time.

    `strike` ends or freezes one; it returns whether that one was still at work. With a smaller `pace` the moments come
    sooner.
    """

    made: Stage
    chance: random.Random
    words: tuple[str, ...]
    count: int
    strike: Callable[[ForkServerProcess], bool]
    pace: float = 1.0
    running: list[ForkServerProcess] = field(default_factory=list)
    exits: Counter[int] = field(default_factory=Counter)

    def __enter__(self) -> "Violence":
        return self

    def __exit__(self, *_: object) -> None:
        for process in self.running:
            process.kill()
            process.join()

    def once(self, edition: Edition) -> None:
        """Publish, and strike one of the processes at a random moment; one that had ended by itself does not count."""
        plot.publish(self.made.press, edition)
        while True:
            while len(self.running) < self.count:
                self.running.append(self.made.start(*self.words))
            victim = self.chance.choice(self.running)
            self._await_moment(victim)
            struck = victim.is_alive() and self.strike(victim)
            if victim.exitcode is not None:
                self.running.remove(victim)
                self.exits[victim.exitcode] += 1
            if struck:
                return

    def _await_moment(self, victim: ForkServerProcess) -> None:
        """Some time after it was started, or soon after a feed was asked for, or while a mail is being taken."""
        press, mail = self.made.press, self.made.mail
        kind = self.chance.randrange(3)
        if kind == 1:
            _await_more(press.turn, lambda: press.asked, victim, WAIT * self.pace)
        elif kind == 2:
            _await_more(mail.news, lambda: len(mail.taken), victim, WAIT * self.pace)
        victim.join(self.chance.uniform(0, MOMENTS[kind] * self.pace))


def _await_more(news: threading.Condition, number: Callable[[], int], victim: ForkServerProcess, most: float) -> None:
    """Wait until a number has grown, or the process has ended, or some seconds have gone."""
    before, until = number(), time.monotonic() + most
    with news:
        while number() == before and victim.is_alive() and time.monotonic() < until:
            news.wait(0.1)


def kill(victim: ForkServerProcess) -> bool:
    """Kill it."""
    victim.kill()
    victim.join()
    return victim.exitcode == -signal.SIGKILL


def stop(victim: ForkServerProcess) -> bool:
    """Ask it to end, which it must within half a minute, and well."""
    victim.terminate()
    victim.join(PATIENCE)
    assert victim.exitcode in (0, -signal.SIGTERM), victim.exitcode  # the latter before it could hear anything
    return True


def freeze(victim: ForkServerProcess) -> bool:
    """Let it stand still for longer than its leases, as in a suspended machine."""
    _send(victim, signal.SIGSTOP)
    time.sleep(FROZEN)
    _send(victim, signal.SIGCONT)
    return True


def _send(process: ForkServerProcess, number: signal.Signals) -> None:
    assert process.pid is not None
    os.kill(process.pid, number)


STRIKES = {"kill": kill, "stop": stop, "freeze": freeze}
WAYS = {"once": (("run", "--once"), 1), "daemon": (("daemon",), 1), "daemons": (("daemon",), 3)}


@dataclass(frozen=True)
class Trial:
    """What came of it: `faults` are sentences, none if all is well; every `doubled` mail has its attempts on record."""

    faults: tuple[str, ...]
    exits: Counter[int]
    mails: int
    doubled: int
    claims: int
    revisions: int


def trial(
    made: Stage,
    calm: Ending,
    editions: Sequence[Edition],
    how: str,
    by: str = "kill",
    outage: Callable[[int], None] = lambda _: None,
    pace: float = 1.0,
) -> Trial:
    """Strike once for each edition, let the rest be done in peace, and hold the end against the undisturbed one.

    `outage` is called with the number of each strike, after it.
    """
    words, count = WAYS[how]
    with Violence(made, random.Random(len(editions)), words, count, STRIKES[by], pace) as violence:
        for number, edition in enumerate(editions):
            violence.once(edition)
            outage(number)
    made.finish()
    struck, mails = made.ending(), made.mails()
    found = (*plot.faults(struck, calm, mails), *_bugs(made.log.read_text("utf-8")), *_damage(made.url))
    doubled = len(mails) - len({one.message_id for one in mails})
    claims, revisions = struck.claims.total(), struck.revisions.total()
    return Trial(found, violence.exits, len(mails), doubled, claims, revisions)


def _bugs(log: str) -> Iterator[str]:
    """What no process may say, whatever is done to it."""
    for line in log.splitlines():
        if "Traceback" in line or "this is a bug" in line:
            yield f"the log says: {line[:300]}"


def _damage(url: str) -> Iterator[str]:
    """What SQLite says of its file."""
    if url.startswith("sqlite:///"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as file:
            answers = [str(row[0]) for row in file.execute("PRAGMA integrity_check")]
            references = file.execute("PRAGMA foreign_key_check").fetchall()
        if answers != ["ok"] or references:
            yield f"the file is damaged: {answers[:3]} {references[:3]}"


def outages(cluster: postgres.Cluster, database: str, every: int) -> Callable[[int], None]:
    """Restart the server, in peace or as in a crash, or cut all connections, in turn, behind every so many strikes."""
    acts: tuple[Callable[[], None], ...] = (
        lambda: cluster.restart("fast"),
        lambda: cluster.cut(database),
        lambda: cluster.restart("immediate"),
        lambda: cluster.cut(database),
    )
    return lambda number: None if (number + 1) % every else acts[number // every % len(acts)]()


def main() -> int:
    """Run a trial, and print what came of it; ends with 1 where there are faults."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--how", choices=WAYS, default="daemon")
    parser.add_argument("--by", choices=STRIKES, default="kill")
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--outages", type=int, default=0, help="of PostgreSQL, on which `daemons` work")
    wanted = parser.parse_args()
    told = plot.editions(wanted.times, PAPERS)
    with ExitStack() as stack:
        folders = [Path(stack.enter_context(TemporaryDirectory(prefix="trial-"))) for _ in range(2)]
        calm = play(stack.enter_context(stage(folders[0], _sqlite(folders[0]), len(told))), told)
        began = time.monotonic()
        if wanted.how == "daemons":
            cluster = stack.enter_context(postgres.running("synchronous_commit=on"))
            name = cluster.create()
            schema.upgrade(cluster.url(name), MADE)
            made = stack.enter_context(stage(folders[1], cluster.url(name), len(told)))
            outage = outages(cluster, name, wanted.times // wanted.outages if wanted.outages else wanted.times + 1)
            done = trial(made, calm, told, wanted.how, wanted.by, outage)
        else:
            made = stack.enter_context(stage(folders[1], _sqlite(folders[1]), len(told)))
            done = trial(made, calm, told, wanted.how, wanted.by)
    print(f"{wanted.times} times {wanted.by}, {wanted.how}, {wanted.outages} outages: {done}")
    print(f"{time.monotonic() - began:.0f} s; {len(done.faults)} faults")
    return 1 if done.faults else 0


def _sqlite(folder: Path) -> str:
    url = f"sqlite:///{folder / 'evtimeline.db'}"
    schema.upgrade(url, MADE)
    return url


if __name__ == "__main__":
    raise SystemExit(main())
