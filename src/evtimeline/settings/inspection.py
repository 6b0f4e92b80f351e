"""Every setting with where it comes from and everything that is wrong, for people who look into their settings."""

import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from evtimeline.errors import SettingsError
from evtimeline.settings import Settings, Workspace, read_settings
from evtimeline.settings.source import Origin, Source, Told, read_file


@dataclass(frozen=True)
class Inspection:
    """The settings, with what is usual in the place of what is wrong; `refused` names the settings that are."""

    settings: Settings
    told: tuple[Told, ...]
    problems: tuple[str, ...] = ()
    refused: frozenset[str] = frozenset()


def inspect_settings(
    workspace: Workspace, environment: Mapping[str, str] = os.environ, language: str | None = None
) -> Inspection:
    """Read the settings as `load_settings` does, and raise nothing: a file that is no TOML counts as an empty one."""
    path, unreadable = workspace.settings_file, []
    values: Mapping[str, object] = {}
    try:
        values = read_file(path)
    except SettingsError as error:
        unreadable = [str(error)]
    source = Source(path, values, environment)
    settings = read_settings(source, workspace, language)
    lines = _lines(path) if values else {}
    told = tuple(_with_line(one, lines) for one in source.told)
    refused = source.refused | ({"database"} if unreadable else set())
    return Inspection(settings, told, (*unreadable, *source.problems()), frozenset(refused))


def _with_line(one: Told, lines: Mapping[str, int]) -> Told:
    if one.origin is not Origin.FILE:
        return one
    parts = one.name.split(".")
    above = (".".join(parts[:count]) for count in range(len(parts), 0, -1))  # an inline table holds several
    return replace(one, line=next((lines[name] for name in above if name in lines), None))


def _lines(path: Path) -> dict[str, int]:
    """The 1-based lines of the settings by their dotted names; tomllib knows of none."""
    found: dict[str, int] = {}
    prefix: tuple[str, ...] = ()
    for number, line in enumerate(path.read_text("utf-8-sig").splitlines(), start=1):
        is_table = line.lstrip().startswith("[")
        name = _name(line if is_table else line.partition("=")[0] + "=0")
        if is_table:
            prefix = name
        elif name:
            found.setdefault(".".join((*prefix, *name)), number)
    return found


def _name(line: str) -> tuple[str, ...]:
    """The parts of the name on a line that stands for itself; none where it does not."""
    try:
        return tuple(_deepest(tomllib.loads(line)))
    except tomllib.TOMLDecodeError:
        return ()


def _deepest(document: Mapping[str, object]) -> Iterator[str]:
    for name, value in document.items():
        yield name
        if isinstance(value, dict):
            yield from _deepest(value)
