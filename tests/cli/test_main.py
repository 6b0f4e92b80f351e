import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from tests.patience import PATIENCE

from evtimeline import cli
from evtimeline.cli import COMMANDS, Invocation, Listed, run
from evtimeline.errors import UnknownKeyError

seen: list[Invocation] = []


@click.command()
@click.pass_obj
def tell(invocation: Invocation) -> None:
    seen.append(invocation)


@click.command()
def miss() -> None:
    raise UnknownKeyError("there is no milestone 'yu8'; did you mean 'yu7-launch'?")


@click.command()
def crash() -> None:
    raise ZeroDivisionError("division by zero")


@click.command()
def interrupt() -> None:
    raise KeyboardInterrupt


@click.command()
def ten() -> int:
    return 10


@click.group()
def family() -> None:
    pass


family.add_command(tell)


@pytest.fixture
def own_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    seen.clear()
    names = ("tell", "miss", "crash", "interrupt", "ten", "family")
    monkeypatch.setattr(cli, "COMMANDS", {**COMMANDS, **{name: Listed(__name__, name, name) for name in names}})


def test_help_lists_every_command_with_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    out = capsys.readouterr().out
    for name, listed in COMMANDS.items():
        assert f"  {name}" in out
        assert listed.help in out


def test_every_line_of_help_fits_eighty_columns() -> None:
    assert all(len(listed.help) <= 64 for listed in COMMANDS.values())


def test_a_mistyped_command_is_answered_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["stauts"]) == 2
    assert "Did you mean 'status'?" in capsys.readouterr().err


def test_a_word_like_no_command_leads_to_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["zzzzzz"]) == 2
    assert "`evtimeline --help` lists the commands" in capsys.readouterr().err


def test_the_version_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("evtimeline 0.")


@pytest.mark.usefixtures("own_commands")
class TestRunning:
    def test_an_error_of_ours_is_one_sentence_and_its_exit_code(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["miss"]) == 2
        assert capsys.readouterr().err == "evtimeline: there is no milestone 'yu8'; did you mean 'yu7-launch'?\n"

    def test_a_bug_is_one_sentence_without_a_traceback(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("EVTIMELINE_DEBUG", raising=False)
        assert run(["crash"]) == 70
        err = capsys.readouterr().err
        assert err.count("\n") == 1
        assert "ZeroDivisionError: division by zero" in err

    def test_the_traceback_of_a_bug_can_be_asked_for(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("EVTIMELINE_DEBUG", "1")
        assert run(["crash"]) == 70
        assert "Traceback" in capsys.readouterr().err

    def test_an_interrupt_is_quiet(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["interrupt"]) == 130
        assert capsys.readouterr().err.strip() == ""

    def test_a_command_that_returns_a_number_ends_with_it(self) -> None:
        assert run(["ten"]) == 10

    @pytest.mark.parametrize(
        "arguments",
        [
            ["--home", "here", "--language", "en", "tell"],
            ["tell", "--home", "here", "--language", "en"],
            ["--home", "here", "family", "tell", "--language", "en"],
            ["--home", "elsewhere", "family", "--language", "en", "tell", "--home", "here"],
        ],
    )
    def test_global_options_may_stand_before_or_behind_the_command(self, arguments: list[str]) -> None:
        assert run(arguments) == 0
        assert seen == [Invocation(Path("here"), "en")]


def test_a_reader_that_goes_away_is_no_failure_to_complain_about() -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    with os.fdopen(write_end, "wb") as nobody_reads:
        done = subprocess.run(
            [sys.executable, "-m", "evtimeline", "--help"],
            stdout=nobody_reads,
            stderr=subprocess.PIPE,
            timeout=PATIENCE,
        )
    assert done.stderr == b""


def test_a_terminal_that_cannot_show_chinese_gets_question_marks() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "evtimeline", "小米"],
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        timeout=PATIENCE,
    )
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
