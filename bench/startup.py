"""How long `evtimeline --help` takes beside `python -c "import click"`, and `status` in a new workspace."""

from pathlib import Path
from tempfile import TemporaryDirectory

from bench.stopwatch import EVTIMELINE, PYTHON, best, command

RUNS = 15


def main() -> None:
    """Measure and print."""
    click = best(lambda: command([PYTHON, "-c", "import click"]), RUNS)
    print(f'python -c "import click"   {click * 1000:6.0f} ms')
    with TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        command([EVTIMELINE, "init", str(home), "--sample", "xiaomi-baic"])
        for arguments in (["--help"], ["status"]):
            taken = best(lambda typed=arguments: command([EVTIMELINE, *typed], home), RUNS)  # type: ignore[misc]
            print(f"evtimeline {arguments[0]:<16}{taken * 1000:6.0f} ms   {taken / click:.2f} x")


if __name__ == "__main__":
    main()
