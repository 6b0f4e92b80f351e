"""`evtimeline config show`: every setting, and where it comes from; secrets are never shown, nor parts of them."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evtimeline.cli import Invocation
from evtimeline.errors import SettingsError

if TYPE_CHECKING:
    from evtimeline.cli.terminal import Screen
    from evtimeline.settings.inspection import Inspection
    from evtimeline.settings.source import Told

VERSION = 1


@click.group(short_help="Show every setting, and where it comes from.")
def config() -> None:
    """Look into the settings: evtimeline.toml, and what the environment says before it."""


@config.command()
@click.option("--origin", is_flag=True, help="Also where each comes from: the file and line, or the variable.")
@click.option("--json", "as_json", is_flag=True, help="For programs, with origins.")
@click.pass_obj
def show(invocation: Invocation, origin: bool, as_json: bool) -> None:
    """Show every setting with its value, also those that are as usual; of secrets only that there is one.

    What is wrong is told afterwards, and ends with 2.
    """
    from evtimeline.cli.terminal import safe, this_screen
    from evtimeline.settings import locate
    from evtimeline.settings.inspection import inspect_settings

    workspace = locate(invocation.home)
    workspace.require()
    found = inspect_settings(workspace, language=invocation.language)
    if as_json:
        click.echo(_as_json(workspace.settings_file, found))
    else:
        screen = this_screen()
        click.echo(safe(str(workspace.settings_file)))
        for line in _lines(found.told, found.settings.language, origin, screen):
            click.echo(line, color=screen.colour)
    if found.problems:
        raise SettingsError("\n".join(found.problems))


def _lines(told: "Sequence[Told]", language: str, origin: bool, screen: "Screen") -> Iterator[str]:
    from evtimeline.cli.terminal import Cell, Column, Style, safe, table
    from evtimeline.cli.words import NOTHING, text

    columns = [Column(text("setting", language), 24, 1), Column(text("value", language), 12, 3, middle=True)]
    columns += [Column(text("comes from", language), 12, 2)] if origin else []
    rows = []
    for one in told:
        usual = Style.FAINT if one.origin == "default" else Style.PLAIN
        cells = (Cell(safe(one.name), usual), Cell(safe(value_text(one.value)) or NOTHING, usual))
        rows.append((*cells, Cell(safe(origin_text(one, language)), usual))[: len(columns)])
    yield from table(columns, rows, screen)


def value_text(value: str | int | bool) -> str:
    """A value as the settings file writes it, without quotes."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def origin_text(one: "Told", language: str) -> str:
    """Where a setting comes from: `evtimeline.toml:12`, a variable, a file of its own, or what is usual."""
    from evtimeline.cli.words import text
    from evtimeline.settings.source import Origin

    if one.origin is Origin.FILE:
        name = Path(one.where).name
        return f"{name}:{one.line}" if one.line else name
    return one.where or text(f"origin {one.origin}", language)


def _as_json(path: Path, found: "Inspection") -> str:
    settings = [
        {"name": one.name, "value": one.value, "origin": one.origin.value, "where": one.where or None, "line": one.line}
        for one in found.told
    ]
    told = {"version": VERSION, "file": str(path), "settings": settings, "problems": list(found.problems)}
    return json.dumps(told, ensure_ascii=False, indent=1)
