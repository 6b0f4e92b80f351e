"""Frozen dataclasses as JSON and back, by their own annotations; fields at their default are left out."""

from collections.abc import Callable, Hashable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from types import UnionType
from typing import TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
Decoder = Callable[[object], object]


def encode(value: object) -> object:
    """Turn a value (dataclass, tuple, date, enum, text, number, None) into what JSON can hold."""
    if is_dataclass(value) and not isinstance(value, type):
        told = ((one.name, getattr(value, one.name), one.default) for one in fields(value))
        return {name: encode(part) for name, part, default in told if default is MISSING or part != default}
    if isinstance(value, tuple):
        return [encode(part) for part in value]
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def decode(kind: type[T], payload: object) -> T:
    """Read back what `encode` made of a `kind`; fields it does not know are passed over."""
    return cast("T", _decoder(cast("Hashable", kind))(payload))


@cache
def _decoder(kind: object) -> Decoder:
    if get_origin(kind) in (Union, UnionType):
        (present,) = (part for part in get_args(kind) if part is not type(None))
        return _optional(_decoder(present))
    if get_origin(kind) is tuple:
        return _sequence(_decoder(get_args(kind)[0]))
    if is_dataclass(kind) and isinstance(kind, type):
        return _record(kind)
    if isinstance(kind, type) and issubclass(kind, date):
        return lambda payload: kind.fromisoformat(str(payload))
    if isinstance(kind, type) and issubclass(kind, Enum):
        members = {member.value: member for member in kind}  # a dict is several times faster than the class
        return lambda payload: members[payload]
    return lambda payload: payload


def _optional(present: Decoder) -> Decoder:
    return lambda payload: None if payload is None else present(payload)


def _sequence(member: Decoder) -> Decoder:
    return lambda payload: tuple(member(part) for part in cast("list[object]", payload))


def _record(kind: type) -> Decoder:
    hints = get_type_hints(kind)
    parts = {one.name: _decoder(hints[one.name]) for one in fields(kind)}

    def read(payload: object) -> object:
        cells = cast("dict[str, object]", payload)
        return kind(**{name: parts[name](cell) for name, cell in cells.items() if name in parts})

    return read
