"""One settings file and the environment, asked for one setting after another, with every problem told at once."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from evtimeline.errors import SettingsError

OTHER_VARIABLES = ("EVTIMELINE_HOME", "EVTIMELINE_NOW", "EVTIMELINE_USER", "EVTIMELINE_DEBUG")
"""Variables of ours that are no settings."""


@dataclass(frozen=True)
class Secret:
    """A password or key, or the file that holds it; it stands in no database, log or output."""

    value: str | None = field(default=None, repr=False)
    file: Path | None = None

    def read(self) -> str | None:
        """The secret itself; None where there is none. Raises SettingsError when its file cannot be read."""
        if self.value is not None or self.file is None:
            return self.value
        try:
            return self.file.read_text("utf-8").strip()
        except OSError as error:
            raise SettingsError(f"{self.file} cannot be read ({error.strerror}): it should hold a password") from error
        except UnicodeDecodeError as error:
            raise SettingsError(f"{self.file} should hold a password as UTF-8 text, and nothing else") from error


class Source:
    """File and environment, asked for one setting after another; remembers what was asked and what was wrong."""

    def __init__(self, path: Path, values: Mapping[str, object], environment: Mapping[str, str]) -> None:
        self._path = path
        self._values = values
        self._environment = environment
        self._asked: list[str] = []
        self._problems: list[str] = []

    def text(self, name: str, usual: str, check: Callable[[str], str]) -> str:
        """The text of a setting as `check` gives it back, which raises ValueError with the end of a sentence."""
        value, where = self._find(name)
        if value is None or value == usual:
            return usual
        if not isinstance(value, str):
            self._refuse_at(where, f"must be text in quotes, not {value!r}")
            return usual
        try:
            return check(value)
        except ValueError as error:
            self._refuse_at(where, str(error))
            return usual

    def number(self, name: str, usual: int, least: int, most: int) -> int:
        """The whole number of a setting, both bounds inclusive."""
        value, where = self._find(name)
        if value is None:
            return usual
        if isinstance(value, str) and value.isdecimal():
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            self._refuse_at(where, f"must be a whole number from {least} to {most}, not {value!r}")
            return usual
        return value

    def switch(self, name: str, usual: bool) -> bool:
        """Whether a setting is true."""
        value, where = self._find(name)
        if isinstance(value, str):
            value = {"true": True, "1": True, "false": False, "0": False}.get(value.lower(), value)
        if value is None or isinstance(value, bool):
            return usual if value is None else value
        self._refuse_at(where, f"must be true or false, not {value!r}")
        return usual

    def secret(self, name: str, folder: Path) -> Secret:
        """A secret: from its variable, or from the file that `<name>_file` names, relative to `folder`."""
        path = self.text(f"{name}_file", "", str)
        file = folder / Path(path).expanduser() if path else None
        value, where = self._find(name)
        if name in self._values:
            self._refuse_at(where, f"must not stand here: put it into a file of its own and name that as {name}_file")
        return Secret(str(value), None) if value is not None and name not in self._values else Secret(None, file)

    def tables(self, prefix: str) -> tuple[str, ...]:
        """The names of the tables under `prefix`: with [channel.team], `tables("channel")` is ("team",)."""
        parts = [name.split(".") for name in self._values if name.startswith(f"{prefix}.")]
        return tuple(dict.fromkeys(one[1] for one in parts if len(one) == 3))

    def refuse(self, name: str, sentence: str) -> None:
        """Note that a setting is wrong beside others; the sentence goes on from its name."""
        self._refuse_at(f"{self._path}: {name}", sentence)

    def finish(self) -> None:
        """Raise SettingsError if anything was wrong, misspelt names included."""
        for name in self._values:
            if name not in self._asked:
                near = get_close_matches(name, self._asked, n=1, cutoff=0.5)
                remedy = f"did you mean {near[0]}?" if near else f"there are: {', '.join(self._asked)}."
                self._problems.append(f"{self._path}: there is no setting {name!r}; {remedy}")
        self._problems.extend(self._misspelt_variables())
        if self._problems:
            raise SettingsError("\n".join(self._problems))

    def _find(self, name: str) -> tuple[object, str]:
        self._asked.append(name)
        variable = _variable(name)
        if self._environment.get(variable):
            return self._environment[variable], variable
        return self._values.get(name), f"{self._path}: {name}"

    def _refuse_at(self, where: str, sentence: str) -> None:
        self._problems.append(f"{where} {sentence}")

    def _misspelt_variables(self) -> list[str]:
        """Other people's EVTIMELINE_ variables are none of our business, unless they resemble one of ours."""
        known = [*map(_variable, self._asked), *OTHER_VARIABLES]
        problems = []
        for variable in self._environment:
            near = get_close_matches(variable, known, n=1, cutoff=0.88)
            if variable.startswith("EVTIMELINE_") and variable not in known and near:
                problems.append(f"there is no variable {variable}; did you mean {near[0]}?")
        return problems


def _variable(name: str) -> str:
    return "EVTIMELINE_" + name.replace(".", "_").replace("-", "_").upper()


def read_file(path: Path) -> Mapping[str, object]:
    """Read the settings by dotted name; a file that is missing is an empty one. Raises SettingsError."""
    try:
        document = tomllib.loads(path.read_text("utf-8-sig"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path} is not UTF-8 text: save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path} is not valid TOML: {error}") from error
    return _flat(document)


def _flat(document: Mapping[str, object], prefix: str = "") -> dict[str, object]:
    values: dict[str, object] = {}
    for name, value in document.items():
        if isinstance(value, dict):
            values.update(_flat(value, f"{prefix}{name}."))
        else:
            values[prefix + name] = value
    return values
