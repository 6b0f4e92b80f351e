"""The track records of a report: a row for everybody of whom enough is known, silence about the others."""

from collections.abc import Iterator, Sequence

from evtimeline.core.board_words import count, say
from evtimeline.core.cells import safe, truncate
from evtimeline.core.storyboard import RecordRow, RecordTable, Told
from evtimeline.core.trackrecord import ENOUGH, Ending, TrackRecord, maker_records, publisher_records

_MOST = 200  # rows of a table
_NAME = 60  # cells
_COLUMNS = ("claims", "judged", "hit", "early", "late", "never", "rate", "error", "bias")


def record_tables(stories: Sequence[Told], language: str) -> tuple[RecordTable, ...]:
    """The records of publishers and of promise makers, those left out that have no records at all."""
    endings = [Ending(told.standing, told.accepted, told.today, told.makers) for told in stories]
    found = (("publishers", publisher_records(endings)), ("makers", maker_records(endings)))
    return tuple(_table(sort, records, language) for sort, records in found if records)


def _table(sort: str, records: Sequence[TrackRecord], language: str) -> RecordTable:
    telling = [record for record in records if record.telling]
    few = len(records) - len(telling)
    who = count(sort, few, language)
    return RecordTable(
        heading=say(sort, language),
        columns=tuple(say(f"record {name}", language) for name in ("name", *_COLUMNS)),
        rows=tuple(
            RecordRow(truncate(safe(record.name), _NAME), tuple(_cells(record, language))) for record in telling[:_MOST]
        ),
        few=say("record few", language, who=who, n=ENOUGH) if few else "",
    )


def _cells(record: TrackRecord, language: str) -> Iterator[str]:
    for number in (record.claims, record.judged, record.hit, record.early, record.late, record.never):
        yield str(number)
    yield f"{record.hit_rate:.0%}" if record.hit_rate is not None else ""
    yield _days(record.mean_error, language)
    yield _days(record.bias, language, signed=True)


def _days(days: float | None, language: str, signed: bool = False) -> str:
    if days is None:
        return ""
    shown = f"{days:+.0f}" if signed and round(days) else f"{days:.0f}"
    return f"{shown.replace('-', '−')}{'天' if language == 'zh' else ' d'}"
