"""One structured line per event on stderr, as text or as JSON; no control characters and no secrets in it."""

import json
import logging
import sys
from collections.abc import Mapping
from datetime import UTC, datetime

from evtimeline.feeds.urls import masked

LEVELS = ("debug", "info", "warning", "error")
LONGEST = 1000
"""Characters of one value."""

Field = str | int | float | bool | datetime | None
"""What an event may carry; None is left out."""

_LOG = logging.getLogger("evtimeline.events")


def note(level: int, event: str, *, error: BaseException | None = None, **fields: Field) -> None:
    """Write an event down; the traceback of `error` goes with it only where debugging is on."""
    if _LOG.isEnabledFor(level):
        trace = error if _LOG.isEnabledFor(logging.DEBUG) else None
        _LOG.log(level, event, exc_info=trace, extra={"fields": fields})


def set_up(level: str = "info", *, as_json: bool = False) -> None:
    """Send this process's events to stderr, from `level` on; libraries are heard from warnings on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_JsonLines() if as_json else _TextLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    _LOG.setLevel(level.upper())
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)  # it warns of every tick whose job is still running
    logging.raiseExceptions = False  # a closed stderr must not stop anything


class _TextLines(logging.Formatter):
    """`2026-11-22T08:00:01Z info event key=value ...`."""

    def format(self, record: logging.LogRecord) -> str:
        parts = [_at(record), record.levelname.lower(), _bare(_event(record))]
        parts += [f"{name}={_value(value)}" for name, value in _fields(self, record).items()]
        return " ".join(parts)


class _JsonLines(logging.Formatter):
    """One object a line."""

    def format(self, record: logging.LogRecord) -> str:
        told = {"at": _at(record), "level": record.levelname.lower(), "event": _event(record)}
        line = json.dumps(told | dict(_fields(self, record)), ensure_ascii=False)
        return "".join(one if one.isprintable() else _escaped(one) for one in line)


def _at(record: logging.LogRecord) -> str:
    return f"{datetime.fromtimestamp(record.created, UTC):%Y-%m-%dT%H:%M:%SZ}"


def _event(record: logging.LogRecord) -> str:
    return record.getMessage() if hasattr(record, "fields") else record.name


def _fields(formatter: logging.Formatter, record: logging.LogRecord) -> Mapping[str, str | int | float | bool]:
    """What an event carries, presentable; a library's record carries its message."""
    told: Mapping[str, Field] = getattr(record, "fields", {"says": record.getMessage()})
    shown = {name: _shown(value) for name, value in told.items() if value is not None}
    trace = {"traceback": masked(formatter.formatException(record.exc_info))} if record.exc_info else {}
    return shown | trace


def _shown(value: str | int | float | bool | datetime) -> str | int | float | bool:
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, str):
        clean = masked(value)
        return clean if len(clean) <= LONGEST else clean[: LONGEST - 1] + "…"
    return value


def _value(value: str | int | float | bool) -> str:
    if not isinstance(value, str):
        return str(value).lower() if isinstance(value, bool) else str(value)
    plain = value and value.isprintable() and not any(one in ' ="\\' for one in value)
    return value if plain else f'"{_bare(value.replace(chr(92), chr(92) * 2).replace(chr(34), chr(92) + chr(34)))}"'


def _bare(text: str) -> str:
    return "".join(one if one.isprintable() else _escaped(one) for one in text)


def _escaped(character: str) -> str:
    """A character as JSON writes it in ASCII."""
    return json.dumps(character)[1:-1]
