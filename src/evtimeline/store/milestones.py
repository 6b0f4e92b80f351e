"""Milestones as rows: found by key, read with their ids, retired but never deleted."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection, RowMapping, Select, select, tuple_, update

from evtimeline.core.claims import Stance, Tier
from evtimeline.core.milestones import Citation, Confirm, Milestone, Names, Promise, Target
from evtimeline.errors import UnknownKeyError
from evtimeline.store import tables
from evtimeline.store.batches import chunks
from evtimeline.store.types import window_cells, window_in

Ref = tuple[str, str]
"""The key of a timeline and the key of a milestone in it."""


@dataclass(frozen=True)
class StoredMilestone:
    """A milestone with the store's number, and the key and time zone of its timeline."""

    id: int
    timeline_key: str
    zone: str
    milestone: Milestone

    @property
    def ref(self) -> Ref:
        """The keys that name it."""
        return self.timeline_key, self.milestone.key


def load(connection: Connection, timeline: str | None = None) -> tuple[StoredMilestone, ...]:
    """Read the milestones that are followed, of one timeline or of all, in the order of their files."""
    statement = _active()
    if timeline is not None:
        statement = statement.where(tables.timelines.c.key == timeline)
    return tuple(stored_in(row) for row in connection.execute(statement).mappings())


def by_ids(connection: Connection, ids: Iterable[int]) -> Mapping[int, StoredMilestone]:
    """Read milestones by their numbers, retired ones too; unknown numbers are left out."""
    found: dict[int, StoredMilestone] = {}
    for part in chunks(sorted(set(ids))):
        rows = connection.execute(_joined().where(tables.milestones.c.id.in_(part))).mappings()
        found |= {row["milestone_id"]: stored_in(row) for row in rows}
    return found


def ids(connection: Connection, timeline: str | None = None) -> Mapping[Ref, int]:
    """Map the keys of the milestones that are followed, of one timeline or of all, to their numbers."""
    statement = _names()
    if timeline is not None:
        statement = statement.where(tables.timelines.c.key == timeline)
    return {(row.timeline_key, row.key): row.id for row in connection.execute(statement)}


def ids_of(connection: Connection, refs: Iterable[Ref]) -> Mapping[Ref, int]:
    """The same for some milestones by their keys, as far as they are followed."""
    found: dict[Ref, int] = {}
    for part in chunks(sorted(set(refs)), 500):
        named = tuple_(tables.timelines.c.key, tables.milestones.c.key).in_(part)
        found |= {(row.timeline_key, row.key): row.id for row in connection.execute(_names().where(named))}
    return found


def find(connection: Connection, text: str) -> StoredMilestone:
    """Find the milestone that a person named, as `key` or `timeline/key`.

    Raises UnknownKeyError with the nearest known name, or with both when the key is in two timelines.
    """
    timeline, _, key = text.rpartition("/")
    statement = _active().where(tables.milestones.c.key == key)
    if timeline:
        statement = statement.where(tables.timelines.c.key == timeline)
    found = [stored_in(row) for row in connection.execute(statement).mappings()]
    if len(found) > 1:
        names = " or ".join("/".join(stored.ref) for stored in found)
        raise UnknownKeyError(f"{text} is in {len(found)} timelines: write {names}")
    if not found:
        raise UnknownKeyError(f"there is no milestone {text}{_hint(connection, text)}")
    return found[0]


def lock(connection: Connection, milestone_ids: Iterable[int]) -> None:
    """Hold these milestones until the transaction ends, so that two processes never settle one at a time.

    On SQLite a writing transaction holds everything already.
    """
    if connection.dialect.name == "sqlite":
        return
    columns = tables.milestones.c
    for part in chunks(sorted(set(milestone_ids))):
        connection.execute(select(columns.id).where(columns.id.in_(part)).order_by(columns.id).with_for_update())


def retire(connection: Connection, milestone_id: int, now: datetime) -> None:
    """Stop following a milestone; its ledger stays, and saving its timeline with it again brings it back."""
    columns = tables.milestones.c
    connection.execute(update(tables.milestones).where(columns.id == milestone_id).values(retired_at=now))


def nearest(text: str, known: Iterable[str]) -> str:
    """Say which known name resembles `text`, as the end of a sentence; empty where none does."""
    close = difflib.get_close_matches(text, list(known), n=1, cutoff=0.5)
    return f": did you mean {close[0]}?" if close else ""


def cells(milestone: Milestone) -> dict[str, object]:
    """Spread a milestone over the columns that its file decides."""
    return {
        "key": milestone.key,
        "titles": dict(milestone.titles),
        "kind": str(milestone.kind),
        "subject": _subject_cell(milestone.subject),
        "parties": list(milestone.parties),
        "confirm_primary": milestone.confirm.primary,
        "confirm_secondary": milestone.confirm.secondary,
        "note": milestone.note,
        **_promise_cells(milestone.promise),
        **_target_cells(milestone.target),
    }


def milestone_in(row: RowMapping) -> Milestone:
    """Read a milestone back from its row."""
    return Milestone(
        key=row["key"],
        titles=row["titles"],
        kind=row["kind"],
        subject=_subject_of(row["subject"]),
        parties=tuple(row["parties"]),
        promise=_promise_in(row),
        target=_target_in(row),
        confirm=Confirm(row["confirm_primary"], row["confirm_secondary"]),
        note=row["note"],
    )


NAMED = tuple(
    tables.milestones.c[name]
    for name in (
        *("timeline_id", "key", "titles", "kind", "subject", "parties", "retired_at"),
        *("promise_earliest", "promise_latest", "promise_precision", "promise_qualifier"),
    )
)
"""The columns that `named_in` reads, and those by which rows are chosen."""


def named_in(row: RowMapping) -> Milestone:
    """Read of a milestone no more than texts are read against: its names, kind and parties, and its window."""
    return Milestone(
        key=row["key"],
        titles=row["titles"],
        kind=row["kind"],
        subject=_subject_of(row["subject"]),
        parties=tuple(row["parties"]),
        promise=Promise(window_in(row, "promise")),
    )


def stored_in(row: RowMapping) -> StoredMilestone:
    """Read a row of `JOINED` columns."""
    return StoredMilestone(row["milestone_id"], row["timeline_key"], row["timeline_zone"], milestone_in(row))


JOINED = (
    tables.milestones.c.id.label("milestone_id"),
    tables.timelines.c.key.label("timeline_key"),
    tables.timelines.c.zone.label("timeline_zone"),
    *(column for column in tables.milestones.columns if column.name != "id"),
)
"""What `stored_in` reads, for queries of milestones joined to their timelines."""

FOLLOWED = tables.milestones.c.retired_at.is_(None) & tables.timelines.c.retired_at.is_(None)
"""True of milestones that are followed, in such a query."""

FILE_ORDER = (tables.timelines.c.id, tables.milestones.c.position)


def _joined() -> Select[tuple[object, ...]]:
    return select(*JOINED).select_from(tables.milestones.join(tables.timelines))


def _active() -> Select[tuple[object, ...]]:
    return _joined().where(FOLLOWED).order_by(*FILE_ORDER)


def _names() -> Select[tuple[int, str, str]]:
    milestones, timelines = tables.milestones.c, tables.timelines.c
    chosen = select(milestones.id, milestones.key, timelines.key.label("timeline_key"))
    return chosen.select_from(tables.milestones.join(tables.timelines)).where(FOLLOWED).order_by(*FILE_ORDER)


def _hint(connection: Connection, text: str) -> str:
    refs = list(ids(connection))
    if not refs:
        return ": add one with `evtimeline milestone add`, or load a timeline with `evtimeline apply`"
    known = ["/".join(ref) for ref in refs] if "/" in text else [key for _, key in refs]
    return nearest(text, known) or ": `evtimeline milestone list` shows all"


def _subject_cell(subject: str | Names | None) -> object:
    if isinstance(subject, Names):
        return {"names": list(subject.names), "not": list(subject.exclusions)}
    return subject


def _subject_of(cell: str | dict[str, list[str]] | None) -> str | Names | None:
    return Names(tuple(cell["names"]), tuple(cell["not"])) if isinstance(cell, dict) else cell


def _promise_cells(promise: Promise) -> dict[str, object]:
    source = promise.source
    return {
        **window_cells("promise", promise.window),
        "promise_stated": promise.stated,
        "promise_stance": promise.stance.value,
        "promise_quote": promise.quote,
        "source_title": source.title if source else None,
        "source_publisher": source.publisher if source else None,
        "source_tier": source.tier.value if source else None,
        "source_link": source.link if source else None,
    }


def _promise_in(row: RowMapping) -> Promise:
    tier = row["source_tier"]
    source = Citation(row["source_title"], row["source_publisher"], Tier(tier), row["source_link"]) if tier else None
    return Promise(
        window=window_in(row, "promise"),
        stated=row["promise_stated"],
        source=source,
        stance=Stance(row["promise_stance"]),
        quote=row["promise_quote"],
    )


def _target_cells(target: Target | None) -> dict[str, object]:
    return {
        "target_value": str(target.value) if target else None,
        "target_unit": target.unit if target else None,
        "target_comparator": target.comparator if target else None,
    }


def _target_in(row: RowMapping) -> Target | None:
    value = row["target_value"]
    return Target(Decimal(value), row["target_unit"], row["target_comparator"]) if value is not None else None
