"""The lines of a dumped database: the first and the last one, and cells as JSON that is alike on every machine."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import Column, Date, Table, Time
from sqlalchemy.types import TypeEngine

from evtimeline.errors import StoreError
from evtimeline.store.types import Instant

FORMAT = 1
BEGIN, END = "evtimeline", "end"
NOT_OURS = "{name} is no export of evtimeline: `evtimeline export --all` makes one"
CUT_OFF = "{name} is cut off or was altered (line {line}): nothing was taken in; use another copy of it"

_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode

Cell = object
"""What a column holds, as Python or as JSON has it."""


@dataclass(frozen=True)
class Content:
    """One table of an export: its name, its columns in their order, and how many rows it has."""

    name: str
    columns: tuple[str, ...]
    rows: int


@dataclass(frozen=True)
class Header:
    """The first line: the schema's revision, and the tables in an order in which rows refer to earlier ones only."""

    revision: str
    tables: tuple[Content, ...]

    @property
    def rows(self) -> int:
        """How many rows all tables have."""
        return sum(one.rows for one in self.tables)

    def count(self, table: str) -> int:
        """How many rows a table has; 0 where there is no such table."""
        return next((one.rows for one in self.tables if one.name == table), 0)


class Seal:
    """Counts and digests lines as they pass, to be compared with what the last line says."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()
        self.lines = 0

    def add(self, line: bytes) -> bytes:
        """Take a line, its end included, into the digest, and give it back."""
        self._digest.update(line)
        self.lines += 1
        return line

    def line(self) -> bytes:
        """The last line, which says how many lines came before it and what their SHA-256 is."""
        return dumped({END: {"lines": self.lines, "sha256": self._digest.hexdigest()}})


def dumped(value: object) -> bytes:
    """One line of JSON in UTF-8, its end included."""
    return _ENCODE(value).encode() + b"\n"


def header_line(header: Header) -> bytes:
    """The first line."""
    told = {one.name: {"columns": one.columns, "rows": one.rows} for one in header.tables}
    return dumped({BEGIN: {"format": FORMAT, "revision": header.revision, "tables": told}})


def read_header(line: bytes, name: str) -> Header:
    """Read the first line of the file `name`; raises StoreError where it is none of ours, or of a newer version."""
    try:
        told = json.loads(line)[BEGIN]
        number = told["format"]
        if number != FORMAT:
            raise StoreError(f"{name} was written by a newer evtimeline (format {number}): install the newest version")
        tables = told["tables"].items()
        contents = tuple(Content(table, tuple(one["columns"]), int(one["rows"])) for table, one in tables)
        return Header(str(told["revision"]), contents)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreError(NOT_OURS.format(name=name)) from error


def to_json(table: Table) -> Mapping[str, Callable[[Cell], Cell]]:
    """How the columns of a table become JSON, for those that are not JSON as they are."""
    return {one.name: make for one in table.columns if (make := _writer(one.type))}


def from_json(columns: Mapping[str, Column[object]]) -> Mapping[str, Callable[[Cell], Cell]]:
    """How JSON becomes what columns hold, for those that are not JSON as they are."""
    return {name: make for name, one in columns.items() if (make := _reader(one.type))}


def _writer(kind: TypeEngine[object]) -> Callable[[Cell], Cell] | None:
    if isinstance(kind, Instant):
        return lambda cell: cell.isoformat().replace("+00:00", "Z") if isinstance(cell, datetime) else cell
    if isinstance(kind, Date | Time):
        return lambda cell: cell.isoformat() if isinstance(cell, date | time) else cell
    return None


def _reader(kind: TypeEngine[object]) -> Callable[[Cell], Cell] | None:
    if isinstance(kind, Instant):
        return lambda cell: datetime.fromisoformat(str(cell))
    if isinstance(kind, Date):
        return lambda cell: date.fromisoformat(str(cell))
    if isinstance(kind, Time):
        return lambda cell: time.fromisoformat(str(cell))
    return None
