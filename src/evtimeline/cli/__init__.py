"""The `evtimeline` command: a table of lazily imported commands, one thin file per group."""

import os
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import click

if TYPE_CHECKING:  # every import here is paid by `--help` too, so what only a failure or an option needs waits
    from pathlib import Path

LANGUAGES = ("zh", "en")


class Invocation(NamedTuple):
    """What was typed for every command: `--home` and `--language`, None where nothing was."""

    home: "Path | None" = None
    language: str | None = None


class Listed(NamedTuple):
    """A command of the table: where its click object lives, and the line that `--help` shows without importing it."""

    module: str
    attribute: str
    help: str


SECTIONS: Mapping[str, Mapping[str, Listed]] = {
    "Follow": {
        "status": Listed("evtimeline.cli.status", "status", "What was promised, what the news said, what stands."),
        "show": Listed("evtimeline.cli.show", "show", "The ledger of one milestone: every claim, and why it counts."),
        "timeline": Listed("evtimeline.cli.timeline", "timeline", "The milestones on an axis of time, drawn."),
        "report": Listed(
            "evtimeline.cli.report", "report", "Write one file to send round: timeline, slip chart, ledgers."
        ),
        "poll": Listed("evtimeline.cli.poll", "poll", "Fetch the feeds that are due and read what they say."),
        "review": Listed("evtimeline.cli.review", "review", "Decide on the claims that the rules are not sure of."),
    },
    "Timelines": {
        "milestone": Listed("evtimeline.cli.milestone", "milestone", "Add, edit, cancel or list milestones."),
        "extract": Listed("evtimeline.cli.extract", "extract", "Draft a timeline file from an analyst's report."),
        "plan": Listed("evtimeline.cli.plan", "plan", "Show what a timeline file would change."),
        "apply": Listed("evtimeline.cli.plan", "apply", "Make the timeline what its file says."),
        "export": Listed("evtimeline.cli.export", "export", "Write YAML, a calendar, an Atom feed or tables."),
        "cite": Listed("evtimeline.cli.cite", "cite", "Cite a claim of the ledger."),
    },
    "Feeds": {
        "feed": Listed("evtimeline.cli.feed", "feed", "Add, list, check, import or export feeds."),
        "explain": Listed("evtimeline.cli.explain", "explain", "Say what entries match, why, and for which dates."),
    },
    "Telling": {
        "subscribe": Listed(
            "evtimeline.cli.subscribe", "subscribe", "Tell somebody of what changes: by mail, bot, hook."
        ),
        "subscriptions": Listed("evtimeline.cli.subscriptions", "subscriptions", "Who is told what; change or end it."),
        "silence": Listed("evtimeline.cli.silence", "silence", "Tell nobody of a milestone for a while."),
        "silences": Listed("evtimeline.cli.silence", "silences", "The milestones of which nobody is told."),
        "lift": Listed("evtimeline.cli.silence", "lift", "End a silence early."),
        "digest": Listed("evtimeline.cli.digest", "digest", "Preview a digest, or send what is due."),
        "alert": Listed("evtimeline.cli.alert", "alert", "Say who would be told of a change, and in which words."),
        "deliveries": Listed(
            "evtimeline.cli.deliveries", "deliveries", "Every message, each attempt to send it, and why."
        ),
        "retry": Listed("evtimeline.cli.deliveries", "retry", "Send messages again that were given up or wait."),
        "channels": Listed("evtimeline.cli.channels", "channels", "By which ways messages leave; test one."),
    },
    "Running": {
        "daemon": Listed("evtimeline.cli.daemon", "daemon", "Poll, tell and deliver until it is told to stop."),
        "doctor": Listed("evtimeline.cli.doctor", "doctor", "Check everything; say what to do about what is wrong."),
        "run": Listed("evtimeline.cli.once", "run", "Do one round of everything that is due."),
    },
    "Setup": {
        "init": Listed("evtimeline.cli.init", "init", "Make a workspace: settings, feeds and a database."),
        "config": Listed("evtimeline.cli.config", "config", "Show every setting, and where it comes from."),
        "upgrade": Listed("evtimeline.cli.upgrade", "upgrade", "Bring the database up to this version."),
        "backup": Listed(
            "evtimeline.cli.backup", "backup", "Copy the database while it is in use, and check the copy."
        ),
        "restore": Listed("evtimeline.cli.restore", "restore", "Put a backup in the place of the database."),
        "import": Listed("evtimeline.cli.importing", "import_", "Fill an empty database from `export --all`."),
        "housekeep": Listed("evtimeline.cli.housekeep", "housekeep", "Clear away old news that nothing refers to."),
    },
}

COMMANDS: Mapping[str, Listed] = {name: listed for section in SECTIONS.values() for name, listed in section.items()}


def _set_home(context: click.Context, _: click.Parameter, value: str | None) -> None:
    if value is not None:
        from pathlib import Path

        context.obj = (context.obj or Invocation())._replace(home=Path(value))


def _set_language(context: click.Context, _: click.Parameter, value: str | None) -> None:
    if value is not None:
        context.obj = (context.obj or Invocation())._replace(language=value)


def _print_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if not wanted:
        return
    from importlib.metadata import version  # 30 ms that nobody else should pay

    click.echo(f"evtimeline {version('evtimeline')}")
    context.exit()


def _global_options(hidden: bool = False) -> list[click.Parameter]:
    """The options that stand before a command, and (not listed again) behind it."""
    return [
        click.Option(
            ["--home"],
            type=click.Path(),
            metavar="DIR",
            expose_value=False,
            callback=_set_home,
            hidden=hidden,
            help="The workspace: one folder with evtimeline.toml, feeds.yaml and the database. Else $EVTIMELINE_HOME, "
            "else the current folder if it holds an evtimeline.toml, else your user folders.",
        ),
        click.Option(
            ["--language"],
            type=click.Choice(LANGUAGES),
            expose_value=False,
            callback=_set_language,
            hidden=hidden,
            help="Show titles and headings in this language. Else as the settings or your locale say.",
        ),
    ]


def _accept_global_options(command: click.Command) -> click.Command:
    """Let `evtimeline status --home DIR` mean `evtimeline --home DIR status`, for subcommands too."""
    if not any(parameter.name == "home" for parameter in command.params):
        command.params.extend(_global_options(hidden=True))
    if isinstance(command, click.Group):
        for subcommand in command.commands.values():
            _accept_global_options(subcommand)
    return command


class CommandTable(click.Group):
    """A group that knows its commands by name and help, and imports one only when it is invoked."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Name the commands in the order in which `--help` shows them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the command; None when the table has no such name."""
        listed = COMMANDS.get(cmd_name)
        if listed is None:
            return None
        from importlib import import_module

        command = getattr(import_module(listed.module), listed.attribute)
        assert isinstance(command, click.Command)
        return _accept_global_options(command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or name the nearest one."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(name, COMMANDS, n=1)
            remedy = f"Did you mean '{near[0]}'?" if near else "`evtimeline --help` lists the commands."
            ctx.fail(f"There is no command '{name}'. {remedy}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write one section per purpose, from the table alone."""
        width = max(map(len, COMMANDS))
        for section, commands in SECTIONS.items():
            with formatter.section(section):
                formatter.write_dl([(name.ljust(width), listed.help) for name, listed in commands.items()])


cli = CommandTable(
    name="evtimeline",
    help="Follow promised dates through Chinese and English news: what was promised, what the news said, what stands.",
    epilog="Begin with `evtimeline init --sample xiaomi-baic`, then `evtimeline poll` and `evtimeline status`. "
    "`evtimeline COMMAND --help` says more.",
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=True,
    params=[
        *_global_options(),
        click.Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_print_version,
            help="Show the version and exit.",
        ),
    ],
)


def _say(sentence: str) -> None:
    from evtimeline.feeds.urls import masked

    click.echo(f"evtimeline: {masked(sentence)}", err=True)


def _explain(error: Exception) -> int:
    """Say in one sentence what went wrong, and return the exit code."""
    from evtimeline.errors import EvtimelineError

    if isinstance(error, EvtimelineError):
        _say(str(error))
        return error.exit_code
    if os.environ.get("EVTIMELINE_DEBUG"):
        import traceback

        traceback.print_exception(error)
    what = f"{type(error).__name__}: {error}".splitlines()[0]
    _say(f"this is a bug in evtimeline ({what}); run it again with EVTIMELINE_DEBUG=1 to see where, and report it.")
    return 70


def _columns_for_help() -> int:
    """Columns as click counts them; click itself would import shutil and with it three compression libraries."""
    columns = os.environ.get("COLUMNS", "")
    try:
        width = int(columns) if columns.isdecimal() else os.get_terminal_size().columns
    except OSError:
        width = 80
    return max(min(width, 80) - 2, 50)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code; a command that returns a number ends with that number."""
    try:
        result = cli.main(
            arguments,
            prog_name="evtimeline",
            standalone_mode=False,
            obj=Invocation(),
            terminal_width=_columns_for_help(),
        )
        sys.stdout.flush()
    except click.Abort:
        return 130
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else the interpreter complains at its end
        return 1
    except Exception as error:  # noqa: BLE001  the outermost edge: nobody above could show a sentence
        return _explain(error)
    return result if isinstance(result, int) else 0


def main() -> None:
    """Run the command line of this process and exit."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal that cannot show Chinese shows ? and goes on
    raise SystemExit(run())
