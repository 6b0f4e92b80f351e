"""What the documents claim is true: links lead somewhere, commands exist, and the promised steps work."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from evtimeline.cli import run

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "demo").glob("*.md")])
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.M | re.S)
TARGET = re.compile(r"^([a-z]+):", re.M)


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _lines(document: Path) -> list[list[str]]:
    blocks = BLOCK.findall(document.read_text("utf-8"))
    typed = [shlex.split(line.partition(" > ")[0], comments=True) for block in blocks for line in block.splitlines()]
    return [words for words in typed if words]


@pytest.mark.parametrize("document", DOCUMENTS, ids=_name)
def test_links_lead_to_files_that_are_there(document: Path) -> None:
    links = [link for link in LINK.findall(document.read_text("utf-8")) if "://" not in link]
    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=_name)
def test_commands_and_their_options_exist(document: Path) -> None:
    for words in _lines(document):
        if Path(words[0]).name == "evtimeline":
            # An unknown command or option is refused before --help is obeyed.
            assert run([*words[1:], "--help"]) == 0, " ".join(words)


@pytest.mark.parametrize("document", DOCUMENTS, ids=_name)
def test_make_targets_exist(document: Path) -> None:
    targets = set(TARGET.findall((ROOT / "Makefile").read_text("utf-8")))
    asked = {words[1] for words in _lines(document) if words[0] == "make"}
    asked |= set(re.findall(r"`make ([a-z]+)`", document.read_text("utf-8")))
    assert asked <= targets


@pytest.mark.parametrize("document", ["README.md", "docs/getting-started.md"])
def test_the_first_steps_work_as_written(document: str, tmp_path: Path) -> None:
    folder = tmp_path
    for words in _lines(ROOT / document):
        if words[0] == "cd":
            folder = folder / words[1]
        elif words[0] == "evtimeline" and not any("://" in word or word in {"KEY", "poll"} for word in words):
            _run(words[1:], folder)


def _run(arguments: list[str], folder: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("EVTIMELINE_")}
    command = [str(Path(sys.executable).parent / "evtimeline"), *arguments]
    answer = subprocess.run(command, cwd=folder, env=kept, capture_output=True, text=True, check=False)
    allowed = {0, 10, 11} if "--check" in arguments else {0}
    assert answer.returncode in allowed, f"{arguments}: {answer.stdout}{answer.stderr}"
