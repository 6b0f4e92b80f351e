"""The best of several runs, in seconds."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter

EVTIMELINE = str(Path(sys.executable).parent / "evtimeline")
PYTHON = sys.executable


def best(run: Callable[[], object], times: int) -> float:
    """The shortest of `times` runs: the one that was disturbed least."""
    return min(_once(run) for _ in range(times))


def command(arguments: Sequence[str], home: Path | None = None) -> None:
    """Run a command to its end with its output thrown away; raises CalledProcessError when it fails."""
    environment = {**os.environ, **({"EVTIMELINE_HOME": str(home)} if home else {})}
    subprocess.run(arguments, env=environment, stdout=subprocess.DEVNULL, check=True)


def _once(run: Callable[[], object]) -> float:
    begun = perf_counter()
    run()
    return perf_counter() - begun
