"""Fills an empty database with what was dumped, all of it or nothing."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from sqlalchemy import Connection, Table, insert, select, text
from sqlalchemy.exc import DataError, IntegrityError

from evtimeline.errors import StoreError
from evtimeline.store import schema
from evtimeline.store.dump import TABLES
from evtimeline.store.dump_format import CUT_OFF, Cell, Content, Header, Seal, from_json, read_header
from evtimeline.store.engine import connect, parse_url, writing
from evtimeline.store.failures import place

AT_ONCE = 1_000
"""Rows that are written at once."""


def load(url: str, lines: Iterable[bytes], name: str) -> Header:
    """Fill an empty database with the lines of the file `name`, in one transaction; returns what that held.

    A dump of an older version is taken in as that version had it, and then upgraded. Raises StoreError where the
    database holds rows already, or the lines are cut off, altered, not ours, or of a newer version.
    """
    engine = connect(url, foreign_keys=False)  # SQLite's are checked at the end, for an upgrade may rebuild tables
    try:
        with writing(engine) as connection:
            _require_empty(connection, place(parse_url(url)))
            header = _Loading(connection, name).take(iter(lines))
            schema.check_references(connection)
        return header
    finally:
        engine.dispose()


@dataclass
class _Loading:
    """One file on its way into the database; `seal` has counted and digested what was read of it."""

    connection: Connection
    name: str
    seal: Seal = field(default_factory=Seal)

    def take(self, lines: Iterator[bytes]) -> Header:
        first = next(lines, b"")
        header = read_header(self.seal.add(first), self.name)
        older = self._older(header)
        if older:
            schema.move(self.connection, older)
        for content in header.tables:
            self._fill(content, lines)
        if next(lines, b"") != self.seal.line():
            raise self._cut_off()
        if older:
            schema.move(self.connection, schema.HEAD)
        _set_sequences(self.connection)
        return header

    def _older(self, header: Header) -> str | None:
        if header.revision not in schema.REVISIONS:
            raise StoreError(
                f"{self.name} was written by a newer evtimeline ({header.revision}): install the newest version"
            )
        return header.revision if header.revision != schema.HEAD else None

    def _fill(self, content: Content, lines: Iterator[bytes]) -> None:
        table = self._table(content)
        statement = insert(table)
        left = content.rows
        while left > 0:
            rows = self._rows(content, table, islice(lines, min(AT_ONCE, left)))
            if not rows:
                raise self._cut_off()
            left -= len(rows)
            try:
                self.connection.execute(statement, rows)
            except (DataError, IntegrityError) as error:
                why = str(error.orig).splitlines()[0]
                raise StoreError(
                    f"{self.name} cannot be taken in: {content.name}, before line {self.seal.lines + 1}: {why}"
                ) from error

    def _table(self, content: Content) -> Table:
        table = TABLES.get(content.name)
        unknown = content.name if table is None else next((c for c in content.columns if c not in table.c), None)
        if table is None or unknown:
            raise StoreError(f"{self.name} holds {unknown}, which this evtimeline does not know: install the newest")
        return table

    def _rows(self, content: Content, table: Table, lines: Iterator[bytes]) -> list[dict[str, Cell]]:
        columns = {name: table.c[name] for name in content.columns}
        empty: Mapping[str, Cell] = dict.fromkeys(columns)
        readers = from_json(columns)
        return [self._row(line, content.name, empty, readers) for line in lines]

    def _row(
        self, line: bytes, table: str, empty: Mapping[str, Cell], readers: Mapping[str, Callable[[Cell], Cell]]
    ) -> dict[str, Cell]:
        self.seal.add(line)
        try:
            told = json.loads(line)[table]
            cells = {**empty, **told}
            if len(cells) != len(empty):
                raise self._cut_off()
            return cells | {name: read(told[name]) for name, read in readers.items() if name in told}
        except (ValueError, KeyError, TypeError) as error:
            raise self._cut_off() from error

    def _cut_off(self) -> StoreError:
        return StoreError(CUT_OFF.format(name=self.name, line=self.seal.lines))


def _require_empty(connection: Connection, where: str) -> None:
    for name, table in TABLES.items():
        if connection.execute(select(*table.primary_key.columns).limit(1)).first():
            raise StoreError(
                f"{where} is not empty (it has {name}), and nothing was changed: import into a new one, "
                "made by `evtimeline init DIR`"
            )


def _set_sequences(connection: Connection) -> None:
    """Let PostgreSQL go on counting behind the numbers that were taken in; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for name, table in TABLES.items():
        if "id" in table.c:
            sequence = f"pg_get_serial_sequence('\"{name}\"', 'id')"
            last = f'SELECT setval({sequence}, coalesce(max(id), 1), max(id) IS NOT NULL) FROM "{name}"'
            connection.execute(text(last))
