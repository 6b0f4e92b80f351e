import subprocess
import sys

from tests.patience import PATIENCE

HEAVY = ("sqlalchemy", "alembic", "feedparser", "pycurl", "yaml", "ruamel", "jinja2", "apscheduler", "daachorse", "nh3")

SCRIPT = """
import sys
from evtimeline.cli import run
code = run(["--help"])
print("LOADED", *sys.modules)
sys.exit(code)
"""


def _loaded_by_help() -> set[str]:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True, timeout=PATIENCE)
    return set(done.stdout.splitlines()[-1].split()[1:])


def test_help_loads_nothing_heavy() -> None:
    packages = {name.partition(".")[0] for name in _loaded_by_help()}
    assert packages.isdisjoint(HEAVY)


def test_help_loads_no_part_of_the_standard_library_that_it_can_do_without() -> None:
    assert _loaded_by_help().isdisjoint({"tomllib", "sqlite3", "pathlib", "shutil", "difflib", "json"})


def test_help_loads_no_command() -> None:
    ours = {name for name in _loaded_by_help() if name.startswith("evtimeline")}
    assert ours == {"evtimeline", "evtimeline.cli"}
