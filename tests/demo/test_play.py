import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from demo.play import Played, main
from demo.story import load_story

LAST = load_story().stages[-1].at
COMMAND = str(Path(sys.executable).parent / "evtimeline")


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace in which the whole story has been played once."""
    home = tmp_path_factory.mktemp("demo") / "home"
    assert main(["--home", str(home)]) == 0
    return home


def _answer(home: Path, *arguments: str) -> str:
    environment = {**os.environ, "EVTIMELINE_HOME": str(home), "EVTIMELINE_NOW": LAST.isoformat()}
    return subprocess.run([COMMAND, *arguments], env=environment, capture_output=True, text=True, check=True).stdout


def test_a_second_run_finds_nothing_new(played: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = json.loads(_answer(played, "status", "--all", "--json"))
    assert main(["--home", str(played)]) == 0
    assert "played already" in capfd.readouterr().out
    after = json.loads(_answer(played, "status", "--all", "--json"))
    assert after["milestones"] == before["milestones"]


def test_a_run_that_was_cut_off_goes_on_where_it_stopped(played: Path, capfd: pytest.CaptureFixture[str]) -> None:
    state = played / "demo.json"
    complete = state.read_text("utf-8")
    port = Played(**json.loads(complete)).port
    state.write_text(json.dumps({"port": port, "stages": 4}), "utf-8")
    assert main(["--home", str(played)]) == 0
    assert "20 July 2025" in capfd.readouterr().out
    assert state.read_text("utf-8") == complete


def test_a_port_that_is_taken_is_told_in_one_sentence(played: Path, capfd: pytest.CaptureFixture[str]) -> None:
    port = Played(**json.loads((played / "demo.json").read_text("utf-8"))).port
    with socket.create_server(("127.0.0.1", port)):
        assert main(["--home", str(played)]) == 1
    assert f"Port {port}" in capfd.readouterr().err
