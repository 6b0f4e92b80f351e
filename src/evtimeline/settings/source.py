"""One settings file and the environment, asked for one setting after another, with every problem told at once."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path

from evtimeline.errors import SettingsError
from evtimeline.feeds.urls import masked

OTHER_VARIABLES = ("EVTIMELINE_HOME", "EVTIMELINE_NOW", "EVTIMELINE_USER", "EVTIMELINE_DEBUG")
"""Variables of ours that are no settings."""

MASK = "***"
"""What is shown in the place of a secret, however long it is."""


class Origin(StrEnum):
    """What kind of place a setting comes from."""

    USUAL = "default"
    FILE = "file"
    VARIABLE = "variable"
    SECRET_FILE = "secret file"
    KEYRING = "keyring"


@dataclass(frozen=True)
class Told:
    """A setting as it may be shown: `where` is a file or a variable, empty for what is usual; `line` is 1-based."""

    name: str
    value: str | int | bool
    origin: Origin = Origin.USUAL
    where: str = ""
    line: int | None = None


@dataclass(frozen=True)
class _Found:
    """What is set, None for nothing, and by whom."""

    value: object = None
    origin: Origin = Origin.USUAL
    where: str = ""


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
            text = self.file.read_text("utf-8").strip()
        except OSError as error:
            raise SettingsError(f"{self.file} cannot be read ({error.strerror}): it should hold a password") from error
        except UnicodeDecodeError as error:
            raise SettingsError(f"{self.file} should hold a password as UTF-8 text, and nothing else") from error
        if not text:
            raise SettingsError(f"{self.file} is empty: it should hold a password")
        if not text.isprintable():
            raise SettingsError(f"{self.file} should hold a password on one line, and nothing else")
        return text


class Source:
    """File and environment, asked for one setting after another; remembers what was asked and what was wrong."""

    def __init__(self, path: Path, values: Mapping[str, object], environment: Mapping[str, str]) -> None:
        self._path = path
        self._values = values
        self.environment = environment
        self._asked: list[str] = []
        self._problems: list[str] = []
        self.told: list[Told] = []
        self.refused: set[str] = set()

    def text(self, name: str, usual: str, check: Callable[[str], str]) -> str:
        """The text of a setting as `check` gives it back, which raises ValueError with the end of a sentence."""
        return self._checked(name, self._find(name), usual, check, masked)

    def number(self, name: str, usual: int, least: int, most: int) -> int:
        """The whole number of a setting, both bounds inclusive."""
        found = self._find(name)
        value = usual if found.value is None else found.value
        if isinstance(value, str) and value.isdecimal():
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            self._refuse(name, found, f"must be a whole number from {least} to {most}, not {value!r}")
            return usual
        self._tell(name, value, found)
        return value

    def switch(self, name: str, usual: bool) -> bool:
        """Whether a setting is true."""
        found = self._find(name)
        value = usual if found.value is None else found.value
        if isinstance(value, str):
            value = {"true": True, "1": True, "false": False, "0": False}.get(value.lower(), value)
        if not isinstance(value, bool):
            self._refuse(name, found, f"must be true or false, not {value!r}")
            return usual
        self._tell(name, value, found)
        return value

    def secret(self, name: str, folder: Path, *, keyring: bool = False) -> Secret:
        """A secret: from its variable, or from the file that `<name>_file` names, relative to `folder`.

        With `keyring` it lies there, and is only told of here.
        """
        path = self.text(f"{name}_file", "", str)
        found = self._find(name)
        if name in self._values:
            way = f"must not stand here: put it into a file of its own and name that as {name}_file"
            self._refuse(name, _Found(None, Origin.FILE, str(self._path)), way)
        value = str(found.value) if found.origin is Origin.VARIABLE else None
        file = folder / Path(path).expanduser() if path and value is None else None
        if keyring:
            found = _Found(MASK, Origin.KEYRING)
        elif file:
            found = _Found(MASK, Origin.SECRET_FILE, str(file))
        self._tell(name, MASK if value or file or keyring else "", found)
        return Secret(value, file)

    def address(
        self, name: str, usual: str, check: Callable[[str], str], folder: Path, mask: Callable[[str], str]
    ) -> str:
        """A text that holds a secret perhaps: like `text`, or the content of the file that `<name>_file` names.

        `mask` makes of it what may be shown. Variables go before what stands in the settings file.
        """
        path = self.text(f"{name}_file", "", str)
        found, by_file = self._find(name), self._find(f"{name}_file")
        if path and found.origin is by_file.origin is Origin.FILE:
            self._refuse(name, found, f"stands beside {name}_file: take one of them away")
        elif path and found.origin is not Origin.VARIABLE:
            file = folder / Path(path).expanduser()
            try:
                found = _Found(Secret(None, file).read(), Origin.SECRET_FILE, str(file))
            except SettingsError as error:
                self._problems.append(str(error))
                self.refused.add(name)
                return usual
        return self._checked(name, found, usual, check, mask)

    def tables(self, prefix: str) -> tuple[str, ...]:
        """The names of the tables under `prefix`: with [channel.team], `tables("channel")` is ("team",)."""
        parts = [name.split(".") for name in self._values if name.startswith(f"{prefix}.")]
        return tuple(dict.fromkeys(one[1] for one in parts if len(one) == 3))

    def refuse(self, name: str, sentence: str) -> None:
        """Note that a setting is wrong beside others; the sentence goes on from its name."""
        self._refuse(name, _Found(None, Origin.FILE, str(self._path)), sentence)

    def finish(self) -> None:
        """Raise SettingsError if anything was wrong, misspelt names included."""
        problems = self.problems()
        if problems:
            raise SettingsError("\n".join(problems))

    def problems(self) -> tuple[str, ...]:
        """Everything that is wrong, misspelt names included, once all settings were asked for."""
        unknown = []
        for name in self._values:
            if name not in self._asked:
                near = get_close_matches(name, self._asked, n=1, cutoff=0.5)
                remedy = f"did you mean {near[0]}?" if near else f"there are: {', '.join(dict.fromkeys(self._asked))}."
                unknown.append(f"{self._path}: there is no setting {name!r}; {remedy}")
        return (*self._problems, *unknown, *self._misspelt_variables())

    def _find(self, name: str) -> _Found:
        self._asked.append(name)
        variable = _variable(name)
        if self.environment.get(variable):
            return _Found(self.environment[variable], Origin.VARIABLE, variable)
        if name in self._values:
            return _Found(self._values[name], Origin.FILE, str(self._path))
        return _Found()

    def _checked(
        self, name: str, found: _Found, usual: str, check: Callable[[str], str], mask: Callable[[str], str]
    ) -> str:
        value = usual
        if found.value is not None and found.value != usual:
            if not isinstance(found.value, str):
                self._refuse(name, found, f"must be text in quotes, not {found.value!r}")
                return usual
            try:
                value = check(found.value)
            except ValueError as error:
                self._refuse(name, found, str(error))
                return usual
        self._tell(name, mask(value), found)
        return value

    def _tell(self, name: str, value: str | int | bool, found: _Found) -> None:
        self.told.append(Told(name, value, found.origin, found.where))

    def _refuse(self, name: str, found: _Found, sentence: str) -> None:
        where = f"{found.where}: {name}" if found.origin is Origin.FILE else found.where
        self._problems.append(f"{where} {sentence}")
        self.refused.add(name)

    def _misspelt_variables(self) -> list[str]:
        """Other people's EVTIMELINE_ variables are none of our business, unless they resemble one of ours."""
        known = [*map(_variable, self._asked), *OTHER_VARIABLES]
        problems = []
        for variable in self.environment:
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
