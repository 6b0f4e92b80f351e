"""A whole database as lines of JSON: of one instant, in flat memory, alike whichever database holds it."""

from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, Table, func, select

from evtimeline.errors import StoreError
from evtimeline.store import schema, tables_running, tables_telling
from evtimeline.store.dump_format import CUT_OFF, Content, Header, Seal, dumped, header_line, read_header, to_json
from evtimeline.store.failures import translated

AT_ONCE = 1_000
"""Rows that are read at once."""

LEFT_OUT = (tables_running.daemons, tables_running.job_runs)
"""Tables that tell of processes, and of nothing that lasts."""

TABLES: Mapping[str, Table] = {
    table.name: table for table in tables_telling.messages.metadata.sorted_tables if table not in LEFT_OUT
}
"""What a dump holds, each table behind those that its rows refer to."""


def dump(engine: Engine) -> Generator[bytes, None, None]:
    """Give the lines of the whole database, as it is at one instant, whoever writes meanwhile. Raises StoreError.

    First the header, then one line a row in the order of the tables and of their keys, then the seal. Who leaves
    before the end closes it, and with it its connection.
    """
    with _snapshot(engine) as connection:
        header = Header(schema.HEAD, tuple(_content(connection, table) for table in TABLES.values()))
        seal = Seal()
        yield seal.add(header_line(header))
        for table in TABLES.values():
            for line in _lines(connection, table):
                yield seal.add(line)
        yield seal.line()


def checked(lines: Iterable[bytes], name: str) -> Header:
    """Read the lines of the file `name` to their end; raises StoreError when they are cut off, altered or not ours."""
    seal, header, last = Seal(), None, b""
    for line in lines:
        header = header or read_header(line, name)
        if last:
            seal.add(last)
        last = line
    if header is None or seal.lines != header.rows + 1 or last != seal.line():
        raise StoreError(CUT_OFF.format(name=name, line=seal.lines + 1))
    return header


@contextmanager
def _snapshot(engine: Engine) -> Iterator[Connection]:
    """A transaction in which all statements see the same instant, as SQLite's do anyway."""
    with translated(engine.url), engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with connection.begin():
            yield connection


def _content(connection: Connection, table: Table) -> Content:
    rows = connection.execute(select(func.count()).select_from(table)).scalar_one()
    return Content(table.name, tuple(table.columns.keys()), rows)


def _lines(connection: Connection, table: Table) -> Iterator[bytes]:
    """The rows of a table; cells that are NULL are left out."""
    names, writers = tuple(table.columns.keys()), to_json(table)
    statement = select(table).order_by(*table.primary_key.columns)
    for row in connection.execute(statement, execution_options={"yield_per": AT_ONCE}):
        cells = {name: cell for name, cell in zip(names, row, strict=True) if cell is not None}
        for name, write in writers.items():
            if name in cells:
                cells[name] = write(cells[name])
        yield dumped({table.name: cells})
