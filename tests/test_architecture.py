import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "evtimeline"
MODULES = sorted(SOURCE.rglob("*.py"))
OURS = ("src", "tests", "demo", "bench", "docs", "migrations", "timelines", ".ci")
TEXT = {".py", ".md", ".yaml", ".toml", ".svg", ".lock", ".mako", ""}
PLACES = re.compile("/(?:" + "|".join(("work", "root", "home")) + r")/\w")
WORLDLY = {"os", "pathlib", "socket", "subprocess", "sqlite3", "time", "logging", "urllib.request", "http", "random"}


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _our_files() -> Iterator[Path]:
    for path in [*ROOT.iterdir(), *(each for folder in OURS for each in (ROOT / folder).rglob("*"))]:
        if path.is_file() and path.suffix in TEXT and "__pycache__" not in path.parts:
            yield path


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def test_imports_point_one_way() -> None:
    linter = Path(sys.executable).parent / "lint-imports"
    answer = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout


@pytest.mark.parametrize("module", MODULES, ids=_name)
def test_a_module_begins_with_one_sentence_and_fits_in_300_lines(module: Path) -> None:
    text = module.read_text("utf-8")
    assert len(text.splitlines()) <= 300
    if text:
        first = (ast.get_docstring(ast.parse(text)) or "").partition("\n")[0]
        assert first.endswith("."), f"{_name(module)} begins with {first!r}"


@pytest.mark.parametrize("module", MODULES, ids=_name)
def test_a_function_fits_in_the_eye(module: Path) -> None:
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or 0) - node.lineno + 1
            assert lines <= 40, f"{node.name} in {_name(module)} has {lines} lines"


@pytest.mark.parametrize("module", sorted((SOURCE / "core").glob("*.py")), ids=_name)
def test_the_core_does_not_touch_the_world(module: Path) -> None:
    outside = {name for name in _imported(module) if name in WORLDLY or name.split(".")[0] in WORLDLY}
    assert not outside


def test_feedparser_stays_in_the_parser() -> None:
    users = {module.name for module in MODULES if "feedparser" in set(_imported(module))}
    assert all(re.fullmatch(r"pars\w*\.py", name) for name in users), users


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    named = [_name(path) for path in _our_files() if PLACES.search(path.read_text("utf-8"))]
    assert not named


def test_the_lock_names_no_package_index() -> None:
    assert "://" not in (ROOT / "requirements.lock").read_text("utf-8")
