"""The whole poll as a process: a thousand new feeds, then nothing new, then one new entry each; time and memory.

`READER_PYTHON=/path/to/python make bench` names a Python that has lemon24/reader, which then plays beside it.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from urllib.request import urlopen

from bench.newsstand import title_of
from bench.stopwatch import EVTIMELINE, PYTHON, command

MILESTONES = (10, 100, 10_000)
PHASES = ("first poll", "all 304", "one new each")
READER = (
    "import sys; from reader import make_reader\n"
    "with make_reader(sys.argv[1]) as reader:\n"
    "    for line in open(sys.argv[2]) if sys.argv[2:] else (): reader.add_feed(line.strip())\n"
    "    sys.argv[2:] or reader.update_feeds(scheduled=False, workers=16)\n"
)
SETTINGS = '[fetch]\nmin_interval = 0\nper_host = 16\nat_once = 16\n[daemon]\nhealth = "off"\n'


@dataclass(frozen=True)
class Cost:
    """What a process took: seconds by the wall clock and of the processor, and its peak memory in MB."""

    wall: float
    cpu: float
    memory: float


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=1000)
    wanted = parser.parse_args()
    reader = os.environ.get("READER_PYTHON")
    costs: dict[str, list[Cost]] = {}
    for number in MILESTONES:
        costs[f"{number} milestones"] = _play(wanted.feeds, number, partial(_ours, number))
    if reader:
        costs["reader"] = _play(wanted.feeds, 1, partial(_readers, reader))
    _print(costs, wanted.feeds)


def _play(feeds: int, milestones: int, prepare: Callable[[Path, Sequence[str]], Sequence[str]]) -> list[Cost]:
    """The costs of the three phases, each of a whole process."""
    with TemporaryDirectory(prefix="poll-") as folder, _newsstand(feeds, milestones) as port:
        address = f"http://127.0.0.1:{port}"
        run = prepare(Path(folder), [f"{address}/feed/{number}" for number in range(feeds)])
        first, unchanged = _cost(run), _cost(run)
        urlopen(f"{address}/publish").close()
        return [first, unchanged, _cost(run)]


def _ours(milestones: int, home: Path, urls: Sequence[str]) -> Sequence[str]:
    """A workspace that follows so many milestones and these feeds; the command that polls."""
    command([EVTIMELINE, "init", str(home)])
    (home / "evtimeline.toml").write_text(SETTINGS)
    feeds = "".join(f"- {{url: '{url}', title: Feed {number}}}\n" for number, url in enumerate(urls))
    (home / "feeds.yaml").write_text(f"defaults: {{private: true, zone: Asia/Shanghai}}\nfeeds:\n{feeds}")
    titles = [title_of(number) for number in range(milestones)]
    timeline = {
        "timeline": "bench",
        "milestones": [
            {"key": f"m{number}", "title": dict([one]), "window": "2026-Q1"} for number, one in enumerate(titles)
        ],
    }
    (home / "bench.yaml").write_text(json.dumps(timeline, ensure_ascii=False))
    command([EVTIMELINE, "apply", "--yes", str(home / "bench.yaml")], home)
    return [EVTIMELINE, "--home", str(home), "poll", "--all"]


def _readers(python: str, home: Path, urls: Sequence[str]) -> Sequence[str]:
    run, listed = [python, "-c", READER, str(home / "reader.db")], home / "urls"
    listed.write_text("\n".join(urls))
    command([*run, str(listed)])
    return run


@contextmanager
def _newsstand(feeds: int, milestones: int) -> Iterator[int]:
    """The feeds, served by a process of their own; its port."""
    server = [PYTHON, "-m", "bench.newsstand", str(feeds), str(milestones)]
    with subprocess.Popen(server, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield int(process.stdout.readline())
        finally:
            process.terminate()


def _cost(run: Sequence[str]) -> Cost:
    begun = perf_counter()
    process = subprocess.Popen(run, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{run[0]} ended with exit code {process.returncode}")
    return Cost(perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _print(costs: dict[str, list[Cost]], feeds: int) -> None:
    print(f"{feeds} feeds of 30 entries: seconds by the clock, of the processor, peak MB")
    for name, phases in costs.items():
        told = "  ".join(
            f"{phase} {cost.wall:6.2f} {cost.cpu:6.2f} {cost.memory:4.0f}"
            for phase, cost in zip(PHASES, phases, strict=True)
        )
        print(f"{name:>18}  {told}")
    few, many = (costs[f"{number} milestones"] for number in (MILESTONES[0], MILESTONES[-1]))
    _ratios(f"{MILESTONES[-1]} milestones against {MILESTONES[0]}", many, few)
    if "reader" in costs:
        _ratios(f"reader against us with {MILESTONES[-1]}", costs["reader"], many)


def _ratios(what: str, dividend: list[Cost], divisor: list[Cost]) -> None:
    told = ", ".join(
        f"{phase} {one.wall / other.wall:.2f} x (processor {one.cpu / other.cpu:.2f} x)"
        for phase, one, other in zip(PHASES, dividend, divisor, strict=True)
    )
    print(f"{what}: {told}")


if __name__ == "__main__":
    main()
